"""The room `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the room under the label `reports` with its pages, and guards frozen editions in the database."""

    name = "rondom.reports"
    label = "reports"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rondom.accounts.enums import Role
        from rondom.core import guards
        from rondom.core.navigation import NavItem, navigation
        from rondom.privacy.destruction import stays
        from rondom.reports.models import ClosedFlag, Edition

        desk, readers = frozenset({Role.CRISIS_DESK}), frozenset({Role.POLICY_MAKER, Role.TEAM_LEAD})
        adders = frozenset({Role.CRISIS_DESK, Role.POLICY_MAKER})
        for name, label, roles, order in (
            ("quarters", _("Per quarter"), desk, 20), ("published", _("Crisis help"), readers, 61),
            ("check_table", _("Add up a table"), adders, 62),
        ):  # fmt: skip
            navigation.register(f"reports-{name}", NavItem(label, f"reports:{name}", roles=roles, order=order))
        guards.guard(Edition, may_change=("content",), when="NEW.content = ''")
        guards.guard(ClosedFlag)
        stays("reports.ClosedFlag", "a note about two counts and the name of the colleague who looked; about no youth")
        stays(
            "reports.Edition", "frozen counts, never rows; the internal counts are emptied when their time has passed"
        )
