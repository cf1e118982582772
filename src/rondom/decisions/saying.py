"""A decision in words, the same for who works on it and for the family: its period, and what the law said then."""

from typing import Any

from django.utils.translation import gettext as _

from rondom.core.why import Why, from_kept
from rondom.core.words import date_words
from rondom.decisions.models import Decision


def kept_why(question: str, values: dict[str, Any]) -> Why:
    """Return what the law said then, without repeating the name of the rule."""
    return from_kept(question, {name: value for name, value in values.items() if name != "rule"})


def judged_rows(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return per rule: its name, what was looked at, what it says (as kept), and what follows."""
    return [
        {
            "rule": each["rule"], "looked": each["looked"], "follows": each["follows"],
            "why": kept_why(_("What does the rule say?"), each),
        }
        for each in values
    ]  # fmt: skip


def period_words(row: Decision) -> str:
    """Return the period in words, both days included."""
    if row.starts is None:
        return _("not named")
    said = {"first": date_words(row.starts), "last": date_words(row.last_day) if row.last_day else ""}
    return _("%(first)s up to and including %(last)s") % said if row.last_day else _("from %(first)s") % said
