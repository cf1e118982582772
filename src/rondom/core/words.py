"""Days, hours and moments as people say them, and as people type them. Pure: the moment is always an argument.

On screen a clock is words first, tone second (ui, point 2). Tones: "late", "due", "calm", "plain".
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.core import clock

SOON = 3  # days within which a deadline asks attention
COUNTED = 14  # days up to which the remaining days are counted; further away the date says more
MONTHS = {  # Dutch, then English where it differs
    1: ("januari", "january"), 2: ("februari", "february"), 3: ("maart", "mrt", "march"), 4: ("april",),
    5: ("mei", "may"), 6: ("juni", "june"), 7: ("juli", "july"), 8: ("augustus", "august"), 9: ("september",),
    10: ("oktober", "october"), 11: ("november",), 12: ("december",),
}  # fmt: skip
WORDS_FOR_DAYS = {
    "vandaag": 0, "today": 0, "gisteren": -1, "yesterday": -1, "eergisteren": -2, "morgen": 1, "tomorrow": 1,
    "overmorgen": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """Words with their tone."""

    text: str
    tone: str = "plain"


def clock_words(due: dt.date | dt.datetime, at: dt.datetime) -> Said:
    """Say how far a deadline is: "1 dag te laat", "vandaag 16.00", "morgen", "nog 2 dagen", "do 26 nov"."""
    days = (_day(due) - clock.today(at)).days
    if days < 0:
        return Said(ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}, "late")
    if isinstance(due, dt.datetime) and due <= at:
        return hour_words(due, at)
    if days <= 1:
        return Said(day_words(due, at), "due")
    if days <= COUNTED:
        text = ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
        return Said(text, "due" if days <= SOON else "plain")
    return Said(day_words(due, at))


def hour_words(due: dt.datetime, at: dt.datetime) -> Said:
    """Say how far a clock in elapsed hours is: "nog 38 minuten", "nog 3 uur", "12 minuten te laat"."""
    late = due <= at
    minutes = int(abs(due - at).total_seconds() // 60)
    if minutes < 120:
        late_text = ngettext("%(minutes)s minute late", "%(minutes)s minutes late", minutes)
        left_text = ngettext("%(minutes)s minute left", "%(minutes)s minutes left", minutes)
    else:
        late_text = ngettext("%(hours)s hour late", "%(hours)s hours late", minutes // 60)
        left_text = ngettext("%(hours)s hour left", "%(hours)s hours left", minutes // 60)
    words = {"minutes": minutes, "hours": minutes // 60}
    return Said(late_text % words, "late") if late else Said(left_text % words, "due")


def day_words(when: dt.date | dt.datetime, at: dt.datetime) -> str:
    """Say a day or moment near today: "vandaag 16.00", "morgen", "gisteren", "do 26 nov", "do 26 nov 2027"."""
    day, today = _day(when), clock.today(at)
    named = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((day - today).days)
    text = named or dateformat.format(day, "D j M" if day.year == today.year else "D j M Y").lower()
    return f"{text} {time_words(when)}" if isinstance(when, dt.datetime) else text


def time_words(when: dt.datetime) -> str:
    """Say the time in Amsterdam: "16.00"."""
    return dateformat.format(when.astimezone(clock.AMSTERDAM), "G.i")


def date_words(when: dt.date | dt.datetime) -> str:
    """Say a date in full: "3 april 2019"."""
    return dateformat.format(_day(when), "j F Y")


def moment_words(when: dt.datetime) -> str:
    """Say a moment in full: "3 april 2019, 16.00"."""
    return f"{date_words(when)}, {time_words(when)}"


def _day(when: dt.date | dt.datetime) -> dt.date:
    return clock.today(when) if isinstance(when, dt.datetime) else when


def read_day(text: str, today: dt.date) -> dt.date:
    """Return the day somebody typed: 3-4-2019, 3/4/19, 3 april 2019, 03042019, 2019-04-03, vandaag, gisteren.

    Day comes before month, as in Dutch. Two digits of a year mean the one nearest to today, at most ten years ahead.
    Raises ValueError when it cannot be read or the day does not exist.
    """
    words = text.strip().lower()
    if words in WORDS_FOR_DAYS:
        return today + dt.timedelta(days=WORDS_FOR_DAYS[words])
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    if solid := re.fullmatch(r"(\d{2})(\d{2})(\d{4})", words):
        return dt.date(int(solid[3]), int(solid[2]), int(solid[1]))
    spoken = re.sub(r"^(?:ma|di|wo|do|vr|za|zo)\w*\.?\s+(?=\d)", "", words)
    parts = re.fullmatch(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2}|[a-z]{3,9})\.?\s*[-/. ]\s*(\d{4}|\d{2})", spoken)
    if parts is None:
        raise ValueError(text)
    month = int(parts[2]) if parts[2].isdigit() else _month(parts[2])
    return dt.date(_year(parts[3], today), month, int(parts[1]))


def _month(word: str) -> int:
    for number, names in MONTHS.items():
        if any(name.startswith(word) for name in names):
            return number
    raise ValueError(word)


def _year(digits: str, today: dt.date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = today.year // 100 * 100 + int(digits)
    return year - 100 if year > today.year + 10 else year


def read_time(text: str) -> dt.time:
    """Return the time somebody typed: 16.00, 16:30, 1630, 16, 16 uur, 9u30. Raises ValueError when unreadable."""
    words = re.sub(r"\s*(?:uur|h)$", "", text.strip().lower())
    parts = re.fullmatch(r"(\d{1,2})(?:\s*[.:u]\s*(\d{2}))?", words) or re.fullmatch(r"(\d{2})(\d{2})", words)
    if parts is None:
        raise ValueError(text)
    return dt.time(int(parts[1]), int(parts[2] or 0))


def moment_in_amsterdam(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the moment in UTC; the hour that comes twice in October is the first. Raises ValueError for the hour that
    is skipped in March."""
    local = dt.datetime.combine(day, time, clock.AMSTERDAM)
    moment = local.astimezone(dt.UTC)
    if moment.astimezone(clock.AMSTERDAM).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(local.isoformat())
    return moment
