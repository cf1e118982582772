"""What a municipality chooses about plans."""

from django.utils.translation import gettext_lazy as _

from rondom.reference.known import LOCAL, MONTHS
from rondom.reference.parameters import ParameterKind, Type, add

FUTURE_PLAN, FUTURE_REVIEW = "future_plan_months", "future_review_months"


def register() -> None:
    """Make them known, once."""
    add(
        ParameterKind(
            "plan_screening", _("A second person screens the goals"),
            _("Whether a second person looks at a goal before help is ordered for it. Without a value nobody has to."),
            Type.YES_NO, levels=LOCAL, rule="N63",
        )
    )  # fmt: skip
    for name, title, meaning in (
        (
            FUTURE_PLAN, _("Age for a plan for after 18"),
            _("At which age, in months, a date begins to make a plan for after the 18th birthday. Empty: no date."),
        ),
        (
            FUTURE_REVIEW, _("Age to look again at after 18"),
            _("At which age, in months, a date begins to look at that plan again. Empty: no date."),
        ),
    ):  # fmt: skip
        add(ParameterKind(name, title, meaning, Type.WHOLE, MONTHS, LOCAL, lowest=168, highest=215, rule="practice 20"))
