"""Numbers of this room that differ per place; their first values stand with the values of `reference`."""

from django.utils.translation import gettext_lazy as _

from rondom.reference.known import DAYS, LOCAL, WEEKS
from rondom.reference.parameters import ParameterKind, Type, add


def register() -> None:
    """Make them known, once."""
    add(
        ParameterKind(
            "concern_retention_weeks", _("How long a worry is kept"),
            _("How many weeks the contact record of a worry is kept when it does not lead to a case."),
            Type.WHOLE, WEEKS, LOCAL, lowest=1, highest=26, rule="AVG 5 lid 1 e",
        )
    )  # fmt: skip
    add(
        ParameterKind(
            "concern_triage_days", _("Time to look at a worry"),
            _("Within how many days triage looks at a worry that came in. Without a value no date is set."),
            Type.WHOLE, DAYS, LOCAL, lowest=0, highest=30, rule="D38, N107",
        )
    )  # fmt: skip
