"""The room `crisis`."""

from django.apps import AppConfig


class CrisisConfig(AppConfig):
    """Registers the room under the label `crisis` and makes its parameters known."""

    name = "rondom.crisis"
    label = "crisis"

    def ready(self) -> None:
        from rondom.crisis import known
        from rondom.privacy.destruction import stays

        known.register()
        stays("crisis.RegisterLine", "a line of the register of the region, by pseudonym; no dossier hangs on it")
