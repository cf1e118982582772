"""Why a date, a person or an outcome is what it is: the law's answer in the shape of the component `{% why %}`.

of_law(answer, question)      an answer of `rondom.law`, for a page
together(question, parts)     one answer for each of several people, under one question
agreed(question, reason)      set by hand: it says so
norm(question, sentence)      a working rule of the organisation or of Rondom: it says so
kept(answer) / from_kept(...) the same as plain values in a row (a clock keeps its explanation as it was said)
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rondom.law.engine import Answer, Value, article_of, words_for


@dataclass(frozen=True)
class Why:
    """What stands behind "waarom?": the question, the sentences, where it stands, the numbers, what is uncertain."""

    question: str
    said: tuple[str, ...]
    grounds: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    doubt: str = ""
    readings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.said)


def of_law(answer: Answer[Any], question: str) -> Why:
    """Return an answer of the law for a page: rules with articles, numbers with dates and sources, doubt."""
    doubt = answer.doubt
    return Why(
        question,
        (answer.explanation,),
        tuple(_ground(key) for key in answer.grounds),
        tuple(_number(value) for value in answer.parameters),
        doubt.why if doubt else "",
        tuple(reading.reading for reading in doubt.alternatives) if doubt else (),
    )


def together(question: str, parts: Iterable[tuple[str, Answer[Any]]]) -> Why:
    """Return one Why for several people, each with the own sentences; grounds and numbers once."""
    found = [(name, of_law(answer, question)) for name, answer in parts]
    return Why(
        question,
        tuple(f"{name}: {why.said[0]}" for name, why in found),
        tuple(dict.fromkeys(ground for _name, why in found for ground in why.grounds)),
        tuple(dict.fromkeys(number for _name, why in found for number in why.numbers)),
        " ".join(f"{name}: {why.doubt}" for name, why in found if why.doubt),
        tuple(f"{name}: {reading}" for name, why in found for reading in why.readings),
    )


def agreed(question: str, reason: str, where: str = "", counted: str = "") -> Why:
    """Return that something was set by hand, with the reason that was given; it does not follow from the law."""
    said = (_("This was set by hand, by agreement. It does not follow from the law."), reason, counted)
    return Why(question, tuple(sentence for sentence in said if sentence), (where,) if where else ())


def norm(question: str, sentence: str, where: str = "", counted: str = "") -> Why:
    """Return that something follows from a working rule, not from the law."""
    said = (_("This follows from a working rule, not from the law."), sentence, counted)
    return Why(question, tuple(part for part in said if part), (where,) if where else ())


def kept(answer: Answer[Any]) -> dict[str, Any]:
    """Return an answer as plain values, to be kept in a row; read back with `from_kept`."""
    why = of_law(answer, "")
    return {
        "counted": " ".join(why.said), "grounds": list(why.grounds), "numbers": list(why.numbers), "doubt": why.doubt,
        "readings": list(why.readings),
    }  # fmt: skip


def from_kept(question: str, values: Mapping[str, Any]) -> Why:
    """Return a kept answer as it was said then; a later number or rule does not change it."""
    said = tuple(part for part in (values.get("rule", ""), values.get("counted", "")) if part)
    lists = (tuple(values.get(name, ())) for name in ("grounds", "numbers", "readings"))
    grounds, numbers, readings = lists
    return Why(question, said, grounds, numbers, values.get("doubt", ""), readings)


def _ground(key: str) -> str:
    article = article_of(key)
    return f"{article} ({key})" if article else key


def _number(value: Value) -> str:
    words = {
        "what": words_for(value.name), "value": _said(value.value), "source": value.source,
        "day": date_format(value.valid_from, "j F Y"),
    }  # fmt: skip
    if not words["what"]:
        return _("%(value)s, since %(day)s: %(source)s") % words
    return _("%(what)s: %(value)s, since %(day)s: %(source)s") % words


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    if isinstance(value, list | tuple):
        return ", ".join(map(_said, value))
    return str(value)
