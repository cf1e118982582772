"""What a register says, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from rondom.crisis import lists
from rondom.crisis.models import RegisterLine
from rondom.crisis.quarter import Quarter
from rondom.reference import queries as reference
from rondom.reference.enums import AreaKind


def quarter_words(quarter: Quarter) -> str:
    """Say a quarter: "kwartaal 3 van 2016"."""
    return _("quarter %(number)s of %(year)s") % {"number": quarter.number, "year": quarter.year}


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of the municipalities of lines; an empty one lies outside the region."""
    found = set(codes)
    known = reference.labels(AreaKind.MUNICIPALITY, found - {""})
    return {code: known.get(code, code) or _("outside the region") for code in found}


def follow_up_words(row: RegisterLine) -> str:
    """Return what followed on the help of a line, "" when that is not known or not yet."""
    return reference.labels(lists.FOLLOW_UPS.get(row.form, ""), [row.follow_up]).get(row.follow_up, row.follow_up)


def reason_words(row: RegisterLine) -> str:
    """Return why no help was given, "" when a line names no reason."""
    return reference.labels(lists.REASONS, [row.no_help_reason]).get(row.no_help_reason, row.no_help_reason)
