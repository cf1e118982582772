"""The room `safety`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """Registers the room: its tab, its badge and bar, the page for the weekend, its numbers, steps and timeline."""

    name = "rondom.safety"
    label = "safety"

    def ready(self) -> None:
        """Give what others need from here."""
        from rondom.accounts.enums import Role
        from rondom.core.navigation import NavItem, navigation
        from rondom.dossiers.frame import FamilyTab, family_tabs
        from rondom.safety import destroying, merging, parameters, receivers, views  # noqa: F401 - they register
        from rondom.safety import timeline as entries  # noqa: F401 - registers on import

        parameters.register()
        family_tabs.register("safety", FamilyTab(_("Safety"), "safety:of_family", 11))
        family = frozenset({Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR})
        navigation.register("weekend", NavItem(_("For the weekend"), "safety:weekend", roles=family, order=32))
