"""What a municipality chooses about the work with a family."""

from django.utils.translation import gettext_lazy as _

from rondom.reference.known import DAYS, LOCAL
from rondom.reference.parameters import ParameterKind, Type, add

STANDSTILL = "standstill_days"


def register() -> None:
    """Make them known, once."""
    add(
        ParameterKind(
            STANDSTILL, _("A family stands still"),
            _(
                "After how many days without contact a family stands in the list of what stands still. Without a value "
                "only the rhythm agreed with the family counts."
            ),
            Type.WHOLE, DAYS, LOCAL, lowest=7, highest=365, rule="N54",
        )
    )  # fmt: skip
