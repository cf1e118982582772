"""Whether a line of a register file can be true: words to values, with every reason why not."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.crisis.enums import Form
from rondom.crisis.lists import FOLLOW_UPS, Lists, plain
from rondom.reference import files

COLUMNS = (
    "report_id", "youth_ref", "reported_on", "municipality", "age", "form", "no_help_reason", "started_on", "ended_on",
    "follow_up",
)  # fmt: skip
OLDEST = 23  # Jeugdwet 1.1: youth help may run on until the 23rd birthday
EARLIEST = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class Values:
    """A line as it can be stored; `youth_ref` is turned into a pseudonym before it is."""

    report_id: str
    youth_ref: str
    reported_on: dt.date
    municipality: str
    age: int
    form: str
    no_help_reason: str
    started_on: dt.date | None
    ended_on: dt.date | None
    follow_up: str


class LineRefused(Exception):
    """Every reason why a line cannot be stored."""

    def __init__(self, reasons: list[Any]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class _Reader:
    """Reads the cells of one line and gathers what is wrong with them."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.reasons: list[Any] = []

    def refuse(self, sentence: Any, **words: Any) -> None:
        self.reasons.append(sentence % words if words else sentence)

    def text(self, name: str, longest: int) -> str:
        try:
            return files.plain(self.cells[name], name, longest)
        except files.LineRefused as reason:
            self.refuse(reason.args[0])
            return ""

    def day(self, name: str, latest: dt.date) -> dt.date | None:
        text = self.cells[name]
        if not text:
            return None
        day = _day(text)
        if day is None:
            self.refuse(_("%(name)s “%(text)s” is no date like 2016-07-31 or 31-7-2016."), name=name, text=text[:20])
        elif not EARLIEST <= day <= latest:
            self.refuse(_("%(name)s %(day)s lies in the future, or too long ago to be true."), name=name, day=day)
            return None
        return day

    def age(self) -> int:
        text = self.cells["age"]
        if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > OLDEST:
            sentence = _("age “%(text)s” is no age of a youth: write whole years, 0 to %(oldest)s.")
            self.refuse(sentence, text=text[:20], oldest=OLDEST)
            return 0
        return int(text)

    def form(self) -> str:
        word = plain(self.cells["form"])
        if word not in Form.values:
            sentence = _("form “%(text)s” is not known. Choose from: %(known)s.")
            self.refuse(sentence, text=self.cells["form"][:30], known=", ".join(Form.values))
        return word


def _day(text: str) -> dt.date | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    dutch = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", text, re.ASCII)
    parts = iso.groups() if iso else dutch.groups()[::-1] if dutch else ()
    try:
        return dt.date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def check(cells: dict[str, str] | None, lists: Lists, today: dt.date) -> Values:
    """Return the values of a line; raise LineRefused with every reason why it cannot be stored."""
    if cells is None:
        raise LineRefused([_("This line has more or fewer cells than the first line has columns.")])
    reader = _Reader(cells)
    report_id, youth_ref = reader.text("report_id", 40), reader.text("youth_ref", 100)
    reported_on = reader.day("reported_on", today)
    if not cells["reported_on"]:
        reader.refuse(_("reported_on is empty."))
    age, form = reader.age(), reader.form()
    started_on, ended_on = reader.day("started_on", today), reader.day("ended_on", today)
    if started_on and ended_on and ended_on < started_on:
        words = {"ended": ended_on, "started": started_on}
        reader.refuse(_("ended_on %(ended)s lies before started_on %(started)s."), **words)
    on = reported_on or today
    municipality = _municipality(reader, lists, on)
    values = Values(
        report_id, youth_ref, on, municipality, age, form, _reason(reader, lists, form, on), started_on, ended_on,
        _follow_up(reader, lists, form, ended_on or on),
    )  # fmt: skip
    _fits(reader, form)
    if reader.reasons:
        raise LineRefused(reader.reasons)
    return values


def _municipality(reader: _Reader, lists: Lists, on: dt.date) -> str:
    text = reader.cells["municipality"]
    found = lists.municipality(text, on) if text else None
    if found is None:
        sentence = _(
            "municipality “%(text)s” is not known. Write its CBS code (GM0303) or its name, or “buiten regio” when it "
            "lies elsewhere."
        )
        reader.refuse(sentence, text=text[:40])
    return found or ""


def _reason(reader: _Reader, lists: Lists, form: str, on: dt.date) -> str:
    text = reader.cells["no_help_reason"]
    if not text:
        return ""
    if form != Form.NONE:
        reader.refuse(_("no_help_reason belongs only to a line with form geen."))
        return ""
    found = lists.reasons.find(text, on)
    if found is None:
        known = ", ".join(code.code for code in lists.reasons.on(on))
        reader.refuse(_("no_help_reason “%(text)s” is not known. Choose from: %(known)s."), text=text[:40], known=known)
    return found.code if found else ""


def _follow_up(reader: _Reader, lists: Lists, form: str, on: dt.date) -> str:
    text = reader.cells["follow_up"]
    if not text or form not in FOLLOW_UPS:
        return ""
    words = lists.follow_ups[FOLLOW_UPS[form]]
    found = words.find(text, on)
    if found is None:
        known = "; ".join(code.label for code in words.on(on))
        sentence = _("follow_up “%(text)s” is not known for %(form)s. Choose from: %(known)s.")
        reader.refuse(sentence, text=text[:60], form=form, known=known)
    elif not reader.cells["ended_on"]:
        reader.refuse(_("follow_up is filled in, but ended_on is empty: say when the help ended."))
    return found.code if found else ""


def _fits(reader: _Reader, form: str) -> None:
    if form == Form.NONE:
        filled = [name for name in ("started_on", "ended_on", "follow_up") if reader.cells[name]]
        if filled:
            sentence = _("With form geen no help was given, so %(names)s must be empty.")
            reader.refuse(sentence, names=", ".join(filled))
