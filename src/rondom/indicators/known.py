"""The parameters of the gate and of the figures; their first values stand in reference/data/parameters.toml."""

from django.utils.translation import gettext_lazy as _

from rondom.reference.parameters import Level, ParameterKind, Type, Unit, add

LEVELS = (Level.NATIONAL, Level.REGION, Level.MUNICIPALITY)

KINDS = (
    ParameterKind(
        "disclosure_smallest", _("Published figures: smallest count"),
        _("The smallest count that may be published. What is smaller is not shown, nor what would give it away."),
        Type.WHOLE, levels=LEVELS, lowest=3, highest=100, rule="N104, F24", privileged=True,
    ),
    ParameterKind(
        "disclosure_rounding", _("Published figures: rounding"),
        _("The multiple to which published counts are rounded; 1 means not rounded."),
        Type.WHOLE, levels=LEVELS, lowest=1, highest=100, rule="N104", privileged=True,
    ),
    ParameterKind(
        "repeat_use_days", _("Help again: how far to look back"),
        _("Within how many days after earlier help ended a new start counts as help again (herhaald beroep)."),
        Type.WHOLE, Unit(_("day"), _("days")), lowest=1, highest=8400, rule="CBS 85096NED",
    ),
)  # fmt: skip


def register() -> None:
    """Make them known, once."""
    for kind in KINDS:
        add(kind)
