"""The room `plans`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """Registers the room: its tab on the family page, steps, closing check, timeline, merging."""

    name = "rondom.plans"
    label = "plans"

    def ready(self) -> None:
        """Give what others need from here."""
        import datetime as dt

        from rondom.accounts.enums import Role
        from rondom.core import schedule
        from rondom.core.navigation import NavItem, navigation
        from rondom.dossiers.frame import FamilyTab, family_tabs
        from rondom.plans import (  # noqa: F401 - they register on import
            boxes,
            destroying,
            future,
            merging,
            ordering,
            parameters,
            receivers,
            views,
        )
        from rondom.plans import timeline as entries  # noqa: F401 - registers on import

        parameters.register()
        schedule.nightly("plans.future", dt.time(1, 35), future.remind)

        family_tabs.register("plan", FamilyTab(_("Plan"), "plans:of_family", 12))
        who = frozenset({Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR})
        navigation.register("board", NavItem(_("Plan board"), "plans:board", roles=who, order=21))
