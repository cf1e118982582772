"""Named terms: those that need no more than a day to start from. The table is `law/terms.toml`."""

import dataclasses
import datetime as dt
import functools
import tomllib
from typing import Any

from rondom.law import words
from rondom.law.calendar import Deadline, Level, Term, Unit, deadline
from rondom.law.engine import HERE, Answer, Reasoning, Value, fact, rule


@dataclasses.dataclass(frozen=True)
class NamedTerm:
    """A term of the table: its rule and article, what ends, and how it is counted."""

    key: str
    rule: str
    what: str
    term: Term
    backward: bool
    valid_from: dt.date
    source: str

    def as_value(self) -> Value:
        """Return the term as a parameter, for the answer."""
        return Value(self.key, self.term.in_words(), self.valid_from, self.source)


@functools.cache
def table() -> dict[str, NamedTerm]:
    """Return all named terms by key, read once."""
    rows: dict[str, Any] = tomllib.loads((HERE / "terms.toml").read_text("utf-8"))
    return {key: _term(key, row) for key, (row,) in rows.items()}


def _term(key: str, row: dict[str, Any]) -> NamedTerm:
    value = row["value"]
    term = Term(value["length"], Unit(value["unit"]), Level(value["level"]))
    return NamedTerm(key, row["rule"], row["what"], term, value["backward"], row["valid_from"], row["source"])


@dataclasses.dataclass(frozen=True)
class NamedTermFacts:
    """Which term, and the day it starts from."""

    term: str | None = fact("welke termijn (naam uit de tabel)")
    starts_after: dt.date | None = fact("de dag waarna de termijn begint, of waarvan wordt teruggeteld")


@rule(
    title="Een termijn uit de tabel", day="starts_after",
    ids=tuple(dict.fromkeys(term.rule for term in table().values())),
)  # fmt: skip
def named_term(why: Reasoning[NamedTermFacts]) -> Answer[Deadline]:
    """Return the end of a term of the table; an unknown name is asked for again."""
    facts = why.facts
    why.need("term", "starts_after")
    named = table().get(facts.term)
    if named is None:
        why.say(f"Deze termijn staat niet in de tabel: {facts.term}.")
        return why.asking("term")
    why.rests_on(named.rule)
    why.uses(named.as_value())
    why.say(f"Het gaat om: {named.what}.")
    if named.backward:
        why.rests_on("CAL-02")
        back = dataclasses.replace(named.term, length=-named.term.length)
        day = back.after(facts.starts_after, why.numbers)
        why.say(f"{named.term.in_words().capitalize()} terug vanaf {words.day(facts.starts_after)}: {words.day(day)}.")
        return why.answer(Deadline(day, 0, day))
    return why.answer(deadline(why, facts.starts_after, named.term))
