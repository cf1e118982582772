"""What a municipality chooses about plans."""

from django.utils.translation import gettext_lazy as _

from rondom.reference.known import LOCAL
from rondom.reference.parameters import ParameterKind, Type, add


def register() -> None:
    """Make them known, once."""
    add(
        ParameterKind(
            "plan_screening", _("A second person screens the goals"),
            _("Whether a second person looks at a goal before help is ordered for it. Without a value nobody has to."),
            Type.YES_NO, levels=LOCAL, rule="N63",
        )
    )  # fmt: skip
