"""Named terms: those that need no more than a day to start from. The table is `law/terms.toml`."""

import dataclasses
import datetime as dt
import functools
import tomllib
from typing import Any

from rondom.law.calendar import Deadline, Level, Term, Unit, counted_back, deadline
from rondom.law.engine import HERE, Answer, Reading, Reasoning, Value, WrongFact, fact, rule


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
    doubt: str = ""

    def as_value(self) -> Value:
        """Return the term as a parameter, for the answer."""
        return Value(self.key, self.term.in_words(), self.valid_from, self.source)


@functools.cache
def table() -> dict[str, tuple[NamedTerm, ...]]:
    """Return all named terms by key, the oldest version first, read once."""
    rows: dict[str, Any] = tomllib.loads((HERE / "terms.toml").read_text("utf-8"))
    return {key: tuple(sorted((_term(key, row) for row in known), key=_since)) for key, known in rows.items()}


def _since(term: NamedTerm) -> dt.date:
    return term.valid_from


def _term(key: str, row: dict[str, Any]) -> NamedTerm:
    value = row["value"]
    term = Term(value["length"], Unit(value["unit"]), Level(value["level"]), value.get("liberty", False))
    named = NamedTerm(
        key, row["rule"], row["what"], term, value.get("backward", False), row["valid_from"], row["source"]
    )
    return dataclasses.replace(named, doubt=row.get("doubt", ""))


@dataclasses.dataclass(frozen=True)
class NamedTermFacts:
    """Which term, and the day it starts from."""

    term: str | None = fact("welke termijn (naam uit de tabel)")
    starts_after: dt.date | None = fact("de dag waarna de termijn begint, of waarvan wordt teruggeteld")


@rule(
    title="Een termijn uit de tabel", day="starts_after",
    ids=tuple(dict.fromkeys(term.rule for known in table().values() for term in known)),
)  # fmt: skip
def named_term(why: Reasoning[NamedTermFacts]) -> Answer[Deadline]:
    """Return the end of a term of the table, as it stood on the day the term starts from."""
    facts = why.facts
    why.need("term", "starts_after")
    versions = table().get(facts.term)
    if versions is None:
        raise WrongFact("term", f"one of {', '.join(table())}")
    named = next((v for v in reversed(versions) if v.valid_from <= facts.starts_after), None)
    if named is None:
        return why.not_in_force(versions[0].valid_from, None)
    why.rests_on(named.rule)
    why.uses(named.as_value())
    why.say(f"Het gaat om: {named.what}.")
    end = counted_back(why, facts.starts_after, named.term) if named.backward else None
    end = end or deadline(why, facts.starts_after, named.term)
    if named.doubt:
        why.doubts(named.doubt, Reading("deze termijn", end))
    return why.answer(end)
