"""What differs per place in this room. No instrument text is in Rondom: a municipality names its own."""

from django.utils.translation import gettext_lazy as _

from rondom.reference.known import DAYS, LOCAL
from rondom.reference.parameters import ParameterKind, Type, add

INSTRUMENT, START_DAYS = "safety_instrument", "safety_start_days"


def register() -> None:
    """Make them known, once."""
    add(
        ParameterKind(
            INSTRUMENT, _("Instrument for safety"),
            _("Which instrument a worker uses to assess the safety of a child. Its name stands on each assessment."),
            Type.TEXT, levels=LOCAL, rule="D34, DR84",
        )
    )  # fmt: skip
    add(
        ParameterKind(
            START_DAYS, _("Time until the first safety assessment"),
            _("Within how many days of the start of a case the safety is assessed. Without a value: the same day."),
            Type.WHOLE, DAYS, LOCAL, lowest=0, highest=30, rule="D34",
        )
    )  # fmt: skip
