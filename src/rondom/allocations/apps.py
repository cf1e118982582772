"""The room `allocations`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AllocationsConfig(AppConfig):
    """Registers the room: its tab on the family page, the orders of the back office, steps, closing check, timeline."""

    name = "rondom.allocations"
    label = "allocations"

    def ready(self) -> None:
        """Give what others need from here."""
        from rondom.accounts.enums import Role
        from rondom.accounts.start import START_PAGES
        from rondom.allocations import (  # noqa: F401 - they register on import
            boxes,
            destroying,
            parameters,
            receivers,
            timeline,
        )
        from rondom.allocations.views import family, registration  # noqa: F401 - they register on import
        from rondom.core.navigation import NavItem, navigation
        from rondom.dossiers.frame import FamilyTab, family_tabs

        parameters.register()
        family_tabs.register("help", FamilyTab(_("Help"), "allocations:of_family", 14))
        navigation.register(
            "orders", NavItem(_("Orders"), "allocations:orders", roles=frozenset({Role.BACK_OFFICE}), order=10)
        )
        who = frozenset({Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR})
        navigation.register("help", NavItem(_("Running help"), "allocations:ending", roles=who, order=22))
        START_PAGES.register(Role.BACK_OFFICE, "allocations:orders")
