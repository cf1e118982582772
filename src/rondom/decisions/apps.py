"""The room `decisions`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    """Registers the room: its tab on the family page, the desk, mandates, steps, night work."""

    name = "rondom.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Give what others need from here."""
        import datetime as dt

        from rondom.accounts.enums import Role
        from rondom.accounts.start import START_PAGES
        from rondom.core import schedule
        from rondom.core.navigation import NavItem, navigation
        from rondom.decisions import actions, boxes, destroying, letters, notices, timeline  # noqa: F401 - they register on import
        from rondom.decisions.views import applications, deciding  # noqa: F401 - they register on import
        from rondom.dossiers.frame import FamilyTab, family_tabs

        family_tabs.register("decisions", FamilyTab(_("Decisions"), "decisions:of_family", 13))
        near = frozenset({Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR})
        navigation.register("decisions", NavItem(_("Decisions"), "decisions:desk", roles=near, order=28))
        office = frozenset({Role.BACK_OFFICE})
        navigation.register("mandates", NavItem(_("Mandates"), "decisions:mandates", roles=office, order=30))
        words = frozenset({Role.JURIST, Role.BACK_OFFICE})
        navigation.register("letters", NavItem(_("Letters"), "documents:templates", roles=words, order=32))
        START_PAGES.register(Role.JURIST, "documents:templates")
        schedule.nightly("decisions.expire", dt.time(1, 25), actions.expire)
