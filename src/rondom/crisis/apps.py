"""The room `crisis`."""

from django.apps import AppConfig


class CrisisConfig(AppConfig):
    """Registers the room under the label `crisis` and makes its parameters known."""

    name = "rondom.crisis"
    label = "crisis"

    def ready(self) -> None:
        from rondom.core.rotation import hoards
        from rondom.crisis import known, pseudonyms
        from rondom.privacy.destruction import stays

        known.register()
        stays("crisis.RegisterLine", "a line of the register of the region, by pseudonym; no dossier hangs on it")
        stays("crisis.PseudonymKey", "the secret of a register; it names nobody")
        hoards.register("pseudonyms of crisis registers", pseudonyms.renew_older)
