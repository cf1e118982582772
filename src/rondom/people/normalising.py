"""How names, dates, phone numbers and postcodes are made comparable. Pure functions, no database."""

import datetime as dt
import re
import unicodedata

_PREFIXES = """
aan bij da das de del dem den der des di do dos du el het in la las le les lo los op over te ten ter tot uit
uijt van vanden vander vd vom von voor zu zum zur
"""
NAME_PREFIXES = frozenset(_PREFIXES.split())
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb february", "maart mrt mar march", "april apr", "mei may",
            "juni jun june", "juli jul july", "augustus aug august", "september sep sept", "oktober okt oct october",
            "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_LETTERS_THAT_STAY = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHE = re.compile(r"(?<!\w)['’`][stST]\b")
_WORD = re.compile(r"[^\W_]+")
_PARTED = re.compile(r"(\d{1,2})\W+(\d{1,2}|[a-z]+)\W+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_POSTCODE = re.compile(r"(?<!\d)([1-9]\d{3})\s?([A-Za-z]{2})(?![A-Za-z])")
TOKEN_LENGTH = 60


def plain(text: str) -> str:
    """Return text in lower case without accents, so that "Çelik" and "celik" are the same."""
    folded = text.casefold().translate(_LETTERS_THAT_STAY)
    parts = unicodedata.normalize("NFKD", folded)
    kept = "".join(c for c in parts if not unicodedata.combining(c)).casefold()
    return unicodedata.normalize("NFC", kept)


def words(text: str) -> list[str]:
    """Return the words of a text, plain, in order; apostrophes and hyphens part words ("El-Amrani": el, amrani)."""
    return [word[:TOKEN_LENGTH] for word in _WORD.findall(plain(text))]


def name_tokens(*names: str) -> set[str]:
    """Return the words under which a person is found."""
    return {word for name in names for word in words(name)}


def asked_words(text: str) -> list[str]:
    """Return the words of a search, without prefixes such as "van de" when something else is left."""
    asked = list(dict.fromkeys(words(_APOSTROPHE.sub(" ", text))))
    telling = [word for word in asked if word not in NAME_PREFIXES]
    return telling or asked


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_date(text: str, *, today: dt.date) -> dt.date | None:
    """Return the date a person typed, or None when it is none.

    Understands 12-3-2015, 12/03/15, 12.3.2015, 12 maart 2015, 12 mrt '15, 12032015 and 2015-03-12. A year of two
    digits is the most recent one that does not lie after `today`.
    """
    typed = plain(text).strip()
    if iso := _ISO.fullmatch(typed):
        return _day(*map(int, iso.groups()))
    if re.fullmatch(r"\d{8}", typed):
        return _day(int(typed[4:]), int(typed[2:4]), int(typed[:2]))
    parted = _PARTED.fullmatch(typed)
    if not parted:
        return None
    day, month, year = parted.groups()
    number = int(month) if month.isdigit() else MONTHS.get(month, 0)
    full = int(year)
    if len(year) == 2:
        full += today.year // 100 * 100
        full -= 100 if full > today.year else 0
    return _day(full, number, int(day))


def phone_digits(text: str) -> str:
    """Return a phone number as it is dialled within the Netherlands ("+31 6 12" is "0612"), or "" when it is none.

    Other countries keep their "00" and code. Ten digits for a Dutch number; three to fifteen otherwise.
    """
    typed = text.strip().replace("(0)", "")
    if not re.fullmatch(r"\+?[\d\s().\-/]+", typed):
        return ""
    digits = re.sub(r"\D", "", typed)
    if typed.startswith("+"):
        digits = "00" + digits
    if digits.startswith("0031"):
        digits = "0" + digits[4:].removeprefix("0")
    dutch = digits.startswith("0") and not digits.startswith("00")
    if dutch:
        return digits if len(digits) == 10 else ""
    return digits if 8 <= len(digits) <= 17 and digits.startswith("00") else ""


def email_plain(text: str) -> str:
    """Return an e-mail address as it is compared: lower case, without surrounding space."""
    return text.strip().casefold()


def postcode_in(text: str) -> str:
    """Return the first Dutch postcode in a text as "1234AB", or ""."""
    found = _POSTCODE.search(text)
    return (found[1] + found[2].upper()) if found else ""


def turned_dates(day: dt.date) -> set[dt.date]:
    """Return the dates that a slip of the fingers makes of this one: day and month turned, two digits turned."""
    text = day.strftime("%d%m%Y")
    slips = {text[2:4] + text[:2] + text[4:]}
    for i in range(len(text) - 1):
        slips.add(text[:i] + text[i + 1] + text[i] + text[i + 2 :])
    found = {_day(int(s[4:]), int(s[2:4]), int(s[:2])) for s in slips}
    return {d for d in found if d is not None and d.year >= 1900} - {day}
