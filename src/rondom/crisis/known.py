"""The parameters of this room; their first values stand in reference/data/parameters.toml."""

from django.utils.translation import gettext_lazy as _

from rondom.reference.parameters import Level, ParameterKind, Type, Unit, add

REGIONAL = (Level.NATIONAL, Level.REGION)
OLDER, YOUNGER = "older", "younger"

KINDS = (
    ParameterKind(
        "crisis_age_twelve", _("Crisis figures: the group of a youth of exactly 12"),
        _("Whether a youth of exactly 12 counts with the older group (12+) or with the younger one (12-)."),
        Type.CHOICE, levels=REGIONAL, choices=((OLDER, _("12+")), (YOUNGER, _("12-"))), rule="F55",
    ),
    ParameterKind(
        "crisis_few", _("Crisis figures: too few for conclusions"),
        _("Below how many ended lines of crisis stay a report warns that conclusions are not possible."),
        Type.WHOLE, Unit(_("line"), _("lines")), REGIONAL, lowest=1, highest=1000, rule="F24",
    ),
)  # fmt: skip


def register() -> None:
    """Make them known, once."""
    for kind in KINDS:
        add(kind)
