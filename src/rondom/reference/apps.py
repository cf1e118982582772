"""The room `reference`."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Registers the room under the label `reference` and makes its parameters known."""

    name = "rondom.reference"
    label = "reference"

    def ready(self) -> None:
        from rondom.core.filling import fillers
        from rondom.reference import actions, known

        known.register()
        fillers.register("reference", lambda by, at: actions.fill(by=by, at=at))
