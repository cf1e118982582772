"""The room `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the room under the label `reports`, and guards frozen editions in the database."""

    name = "rondom.reports"
    label = "reports"

    def ready(self) -> None:
        from rondom.core import guards
        from rondom.privacy.destruction import stays
        from rondom.reports.models import ClosedFlag, Edition

        guards.guard(Edition, may_change=("content",), when="NEW.content = ''")
        guards.guard(ClosedFlag)
        stays("reports.ClosedFlag", "a note about two counts and the name of the colleague who looked; about no youth")
        stays(
            "reports.Edition", "frozen counts, never rows; the internal counts are emptied when their time has passed"
        )
