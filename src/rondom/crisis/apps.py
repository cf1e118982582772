"""The room `crisis`."""

from django.apps import AppConfig


class CrisisConfig(AppConfig):
    """Registers the room under the label `crisis`: its parameters, and where the crisis desk begins."""

    name = "rondom.crisis"
    label = "crisis"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rondom.accounts.enums import Role
        from rondom.accounts.start import START_PAGES
        from rondom.core.navigation import NavItem, navigation
        from rondom.core.rotation import hoards
        from rondom.crisis import known, pseudonyms
        from rondom.privacy.destruction import stays

        known.register()
        START_PAGES.register(Role.CRISIS_DESK, "crisis:register")
        desk = frozenset({Role.CRISIS_DESK})
        navigation.register("crisis-register", NavItem(_("Crisis register"), "crisis:register", roles=desk, order=10))
        stays("crisis.RegisterLine", "a line of the register of the region, by pseudonym; no dossier hangs on it")
        stays("crisis.PseudonymKey", "the secret of a register; it names nobody")
        hoards.register("pseudonyms of crisis registers", pseudonyms.renew_older)
