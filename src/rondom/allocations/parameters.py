"""Numbers of this room that differ per place; their first values stand with the values of `reference`."""

from django.utils.translation import gettext_lazy as _

from rondom.reference.known import DAYS, LOCAL, WEEKS
from rondom.reference.parameters import ParameterKind, Type, add

ENDING_SOON, FIRST_TALK = "help_ends_soon_weeks", "first_talk_working_days"
HANDOVER_DAYS = "warm_handover_days"


def register() -> None:
    """Make them known, once."""
    add(
        ParameterKind(
            ENDING_SOON, _("Help that ends soon"),
            _("How many weeks before the last day help stands in the list of what ends soon."),
            Type.WHOLE, WEEKS, LOCAL, lowest=1, highest=26, rule="C08, practice 6",
        )
    )  # fmt: skip
    add(
        ParameterKind(
            FIRST_TALK, _("Longest wait for our first talk"),
            _("Within how many working days after a worry came in the first talk with the family is held."),
            Type.WHOLE, DAYS, LOCAL, lowest=1, highest=60, rule="WT-03",
        )
    )  # fmt: skip
    add(
        ParameterKind(
            HANDOVER_DAYS, _("Time to hand over in person"),
            _(
                "Within how many days after an order goes out the team has handed over to the provider, with the "
                "family there. Without a value no date runs."
            ),
            Type.WHOLE, DAYS, LOCAL, lowest=1, highest=180, rule="D6, N6",
        )
    )  # fmt: skip
