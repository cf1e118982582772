"""The room `indicators`."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the room under the label `indicators` and makes its parameters known."""

    name = "rondom.indicators"
    label = "indicators"

    def ready(self) -> None:
        import datetime as dt

        from rondom.core import schedule
        from rondom.core.principals import machine
        from rondom.indicators import crisis_measures, known, snapshot

        known.register()
        crisis_measures.register()
        if snapshot.available():
            nightly = machine("scheduler:facts")
            schedule.nightly("indicators.snapshot", dt.time(3, 45), lambda *, at: snapshot.make(by=nightly, at=at))
