"""The code lists of a crisis register as they hold on a day: areas, follow-ups, reasons without help.

Lists are reference data with periods and a source (`reference`). Every period is read at once, so that a file of many
lines asks the database once. Words are found whatever their capitals, by code or by meaning.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.crisis.enums import Form
from rondom.reference import queries as reference
from rondom.reference.enums import AreaKind
from rondom.reference.models import Code

AREAS, AMBULATORY, STAY = "crisis_area", "crisis_followup_ambulatory", "crisis_followup_stay"
REASONS = "crisis_no_help_reason"
OUTSIDE = "buiten"  # the code of the area outside the region
FOLLOW_UPS = {Form.AMBULATORY.value: AMBULATORY, Form.BED.value: STAY, Form.FOSTER.value: STAY}


@dataclass
class Words:
    """A code list with all its periods: from a word, whatever its capitals, to the codes that bear it."""

    name: str
    codes: list[Code]
    _found: dict[str, list[Code]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code in self.codes:
            for word in {plain(code.code), plain(code.label)}:
                self._found.setdefault(word, []).append(code)

    def find(self, word: str, on: dt.date | None = None) -> Code | None:
        """Return the code with this code or meaning (on a day, or ever), or None."""
        found = self._found.get(plain(word), [])
        return next((code for code in found if on is None or code.holds_on(on)), None)

    def on(self, day: dt.date) -> list[Code]:
        """Return the codes that hold on a day, in the order of the list."""
        return [code for code in self.codes if code.holds_on(day)]


def plain(word: str) -> str:
    """Return a word as it is compared: small letters, single spaces; _ is a space."""
    return " ".join(word.replace("_", " ").casefold().split())


def load(key: str) -> Words:
    """Return a code list with all its periods; raise BadInput when it was never loaded."""
    codes = list(reference.all_periods(key).order_by("id"))
    if not codes:
        sentence = _(
            "The code list %(key)s is not there. Ask who manages this installation to load the reference files "
            "(rondom django reference load --all)."
        )
        raise BadInput(sentence % {"key": key})
    return Words(reference.code_list(key).name, codes)


@dataclass
class Lists:
    """Everything a line of the register is checked against."""

    region: str
    areas: Words
    municipalities: Words
    reasons: Words
    follow_ups: dict[str, Words]

    def municipality(self, word: str, on: dt.date) -> str | None:
        """Return the CBS code of the municipality somebody wrote, "" for outside the region, None when unknown.

        A municipality of another region keeps its code; the report counts it with those outside the region.
        """
        area = self.areas.find(word, on)
        if area is not None:
            return "" if area.code == OUTSIDE else area.code
        known = self.municipalities.find(word, on) or self.municipalities.find(word)
        return known.code if known else None


def for_region(region: str) -> Lists:
    """Return the lists for the register of a region."""
    return Lists(
        region,
        load(AREAS),
        load(AreaKind.MUNICIPALITY),
        load(REASONS),
        {key: load(key) for key in (AMBULATORY, STAY)},
    )


def region_around(municipality: str) -> str:
    """Return the region whose register counts a municipality in a column of its own, "" when there is none."""
    found = reference.all_periods(AREAS).filter(code=municipality).last()
    return str(found.extra.get("region", "")) if found else ""


def region_of(given: str) -> str:
    """Return the region of a register: the given one, or the only one there is; raise BadInput otherwise."""
    known = sorted({code.extra["region"] for code in load(AREAS).codes if code.extra.get("region")})
    words = {"given": given[:40], "known": ", ".join(known)}
    if given:
        if given in known:
            return given
        raise BadInput(_("There is no crisis register of the region “%(given)s”. Known: %(known)s.") % words)
    if len(known) == 1:
        return known[0]
    raise BadInput(_("Say which region it is about, with --region. Known: %(known)s.") % words)
