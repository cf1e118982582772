"""The room `desk`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Registers the room, its places in the navigation, the start pages of roles and the tabs of a family."""

    name = "rondom.desk"
    label = "desk"

    def ready(self) -> None:
        from rondom.accounts.enums import Role
        from rondom.accounts.start import START_PAGES
        from rondom.core.navigation import NavItem, QuickKey, SearchBox, footer, navigation, quick_keys, search_boxes
        from rondom.desk import (
            drafts,  # noqa: F401 - registers the forms that keep drafts
            privacy_places,
        )
        from rondom.dossiers.frame import FamilyTab, family_tabs

        privacy_places.register()
        family = frozenset({Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR})
        leads = frozenset({Role.TEAM_LEAD, Role.PROCESS_COORDINATOR})
        navigation.register("day", NavItem(_("My day"), "desk:day", roles=family, order=10))
        navigation.register("inbox", NavItem(_("Inbox"), "desk:inbox", roles=family, order=15))
        navigation.register("families", NavItem(_("Families"), "desk:families", roles=family, order=20))
        navigation.register("team", NavItem(_("Team"), "desk:team", roles=leads, order=30))
        navigation.register(
            "residences",
            NavItem(_("Which municipality?"), "desk:residences", roles=frozenset({Role.BACK_OFFICE}), order=35),
        )
        footer.register("relatives", NavItem(_("My own circle"), "desk:relatives", order=20))
        search_boxes.register(
            "families",
            SearchBox(
                _("Search by name, birth date or phone"), "desk:search", roles=family, hint=_("Name, date or phone")
            ),
        )
        quick_keys.register("note", QuickKey(_("Note"), "desk:note", "n", roles=family))
        START_PAGES.register(Role.CASE_WORKER, "desk:day")
        START_PAGES.register(Role.TEAM_LEAD, "desk:team")
        START_PAGES.register(Role.PROCESS_COORDINATOR, "desk:team")
        for name, label, order in (
            ("family", _("Overview"), 10),
            ("members", _("People"), 15),
            ("journal", _("Journal"), 20),
            ("timeline", _("Timeline"), 30),
            ("meetings", _("Meetings"), 40),
            ("looks", _("Who looked?"), 90),
        ):
            family_tabs.register(name, FamilyTab(label, f"desk:{name}", order))
