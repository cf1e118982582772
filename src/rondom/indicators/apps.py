"""The room `indicators`."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the room under the label `indicators` and makes its parameters known."""

    name = "rondom.indicators"
    label = "indicators"

    def ready(self) -> None:
        from rondom.indicators import known

        known.register()
