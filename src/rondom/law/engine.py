"""How a rule is written down: facts in, an answer that explains itself out."""

import dataclasses
import datetime as dt
import functools
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NATIONAL = ""
REMEMBERED = 8192  # (name, day) pairs a set of parameters keeps at hand


@dataclasses.dataclass(frozen=True)
class Value:
    """A parameter as it held on a day: value, the day from which it holds, its scope and its source."""

    name: str
    value: Any
    valid_from: dt.date
    source: str
    scope: str = NATIONAL


class UnknownParameter(LookupError):
    """A rule asked for a number that is not known for that day: a gap in the parameters, not in the facts."""


class ParameterSet:
    """Effective-dated numbers (GEN-01). A scoped row outweighs a national one; a later row changes no earlier day."""

    def __init__(self, rows: Iterable[Value]) -> None:
        self._rows: dict[str, list[Value]] = {}
        self._found: dict[tuple[str, dt.date], Value] = {}
        for row in rows:
            self._rows.setdefault(row.name, []).append(row)
        for known in self._rows.values():
            known.sort(key=lambda row: (row.scope != NATIONAL, row.valid_from))

    def on(self, name: str, day: dt.date) -> Value:
        """Return the value that holds on a day; raises UnknownParameter when none does."""
        found = self._found.get((name, day))
        if found is not None:
            return found
        for row in reversed(self._rows.get(name, [])):
            if row.valid_from <= day:
                if len(self._found) >= REMEMBERED:
                    self._found.clear()
                self._found[name, day] = row
                return row
        raise UnknownParameter(f"{name} on {day}")

    def with_rows(self, rows: Iterable[Value]) -> "ParameterSet":
        """Return a set in which these rows are added, for one municipality or as asked on another day."""
        return ParameterSet([row for known in self._rows.values() for row in known] + list(rows))

    def reading(self, name: str, value: Any) -> "ParameterSet":
        """Return a set in which a parameter has this value on every day: to try another reading of the law."""
        made = ParameterSet(())
        made._rows = self._rows | {name: [Value(name, value, dt.date.min, "een andere lezing")]}
        return made

    def names(self) -> list[str]:
        """Return the names of all parameters."""
        return sorted(self._rows)


def frozen(value: Any) -> Any:
    """Return a value read from TOML with tuples for lists, so that it can be kept."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value


@functools.cache
def national() -> ParameterSet:
    """Return the national parameters from the reviewed files of this room, read once."""
    rows = []
    for path in sorted((HERE / "parameters").glob("*.toml")):
        for name, known in tomllib.loads(path.read_text("utf-8")).items():
            rows += [Value(name, frozen(row["value"]), row["valid_from"], row["source"]) for row in known]
    return ParameterSet(rows)


@dataclasses.dataclass(frozen=True)
class Reading:
    """One way to read the law, and what follows from it."""

    reading: str
    outcome: Any


@dataclasses.dataclass(frozen=True)
class Doubt:
    """The law leaves room: why, and the alternatives. The answer itself takes none of them silently."""

    why: str
    alternatives: tuple[Reading, ...]

    def __add__(self, other: "Doubt") -> "Doubt":
        """Return both doubts as one: all reasons and all readings."""
        return Doubt(f"{self.why} {other.why}", self.alternatives + other.alternatives)


@dataclasses.dataclass(frozen=True)
class Unsure:
    """A parameter whose value is one reading of the law; `other` is the other one. Doubt when the outcome differs."""

    name: str
    other: bool
    why: str
    here: str
    there: str
    by: str = ""


@dataclasses.dataclass(frozen=True)
class Answer[T]:
    """What a rule says.

    `outcome` is None when facts are missing (their names stand in `asks`) or when the law leaves it open (`doubt`).
    With an outcome and a doubt, the outcome is the reading that is chosen in the parameters and named first.
    """

    outcome: T | None
    grounds: tuple[str, ...]
    parameters: tuple[Value, ...]
    explanation: str
    doubt: Doubt | None = None
    asks: tuple[str, ...] = ()

    @property
    def certain(self) -> T:
        """The outcome, for who knows that all facts were given."""
        if self.outcome is None:
            raise ValueError(f"facts are missing: {', '.join(self.asks)}" if self.asks else "the law leaves this open")
        return self.outcome


class MissingFacts(Exception):
    """Raised inside a rule by `Reasoning.need`; becomes an answer that asks."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class WrongFact(ValueError):
    """Facts that contradict each other or lie outside what can be: `field`, and what was expected (English)."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: {expected}")
        self.field = field
        self.expected = expected


class Reasoning[F]:
    """Collects, while a rule thinks: the rules it rests on, the numbers it used, and the sentences that tell why."""

    def __init__(self, facts: F, parameters: ParameterSet) -> None:
        self.facts: Any = facts
        self.numbers = parameters
        self.unsure_about: list[Unsure] = []
        self._grounds: dict[str, None] = {}
        self._used: dict[Value, None] = {}
        self._sentences: list[str] = []
        self._doubt: Doubt | None = None

    def need(self, *names: str) -> None:
        """Ask for facts by name when they are not given."""
        missing = [name for name in names if getattr(self.facts, name) is None]
        if missing:
            raise MissingFacts(missing)

    def expect(self, holds: bool, field: str, expected: str) -> None:
        """Refuse facts that cannot be; raises WrongFact with the field and what was expected."""
        if not holds:
            raise WrongFact(field, expected)

    def number_or_fact(self, name: str, fact: str, day: dt.date) -> Any:
        """Return a fact when it is given, else the parameter of that day; ask for the fact when neither is known."""
        given = getattr(self.facts, fact)
        if given is not None:
            return given
        try:
            return self.number(name, day)
        except UnknownParameter:
            raise MissingFacts([fact]) from None

    def number_or(self, name: str, day: dt.date, default: Any) -> Any:
        """Return a parameter as it holds on a day, or the default when none does."""
        try:
            return self.number(name, day)
        except UnknownParameter:
            return default

    def number(self, name: str, day: dt.date) -> Any:
        """Return a parameter as it holds on a day and remember that it was used."""
        value = self.numbers.on(name, day)
        self._used[value] = None
        return value.value

    def uses(self, value: Value) -> None:
        """Remember a number that came from a table of its own."""
        self._used[value] = None

    def rests_on(self, *rules: str) -> None:
        """Name the rules (ids of rules.toml) this step rests on."""
        self._grounds.update(dict.fromkeys(rules))

    def say(self, sentence: str) -> None:
        """Add a plain Dutch sentence to the explanation."""
        self._sentences.append(sentence)

    def doubts(self, why: str, *alternatives: Reading) -> None:
        """Return this as doubt beside the outcome; a second doubt is added to the first."""
        said = Doubt(why, alternatives)
        self._doubt = said if self._doubt is None else self._doubt + said

    def choice(self, name: str, day: dt.date, why: str, *, yes: str, no: str, by: str = "") -> bool:
        """Return a yes-or-no parameter that is one reading of the law, and have the rule worked out the other way too.

        When the other reading gives another outcome, both stand in the doubt; when it does not, there is nothing to
        doubt. `by` names the field of the outcome that matters (default: all of it).
        """
        chosen = bool(self.number(name, day))
        if all(known.name != name for known in self.unsure_about):
            here, there = (yes, no) if chosen else (no, yes)
            self.unsure_about.append(Unsure(name, not chosen, why, here, there, by))
        return chosen

    def asking[T](self, *names: str) -> "Answer[T]":
        """Close the reasoning with a question: these facts decide and are not known yet."""
        words = ", ".join(word_for(type(self.facts), name) for name in names)
        self.say(f"Nog nodig om dit te bepalen: {words}.")
        return Answer(None, tuple(self._grounds), tuple(self._used), " ".join(self._sentences), asks=names)

    def not_known[T](self, gap: UnknownParameter) -> "Answer[T]":
        """Close the reasoning with doubt: the number for that day is not in the parameters."""
        self.doubts(f"Dit getal is voor die dag niet bekend: {gap}.")
        self.say("Dit is niet te bepalen zonder een getal dat nog ontbreekt.")
        return self.undecided()

    def not_in_force[T](self, since: dt.date | None, until: dt.date | None) -> "Answer[T]":
        """Close the reasoning with doubt: on the day that decides, this rule did not hold (yet, or any more)."""
        held = f"vanaf {since.day}-{since.month}-{since.year}" if since else ""
        if until:
            held += f"{' ' if held else ''}tot en met {until.day}-{until.month}-{until.year}"
        self.doubts(f"Deze regel geldt {held}; wat er op een andere dag gold, staat niet in de bronnen.")
        self.say(f"Deze regel geldt {held}. Voor deze dag geeft Rondom geen antwoord.")
        return self.undecided()

    def undecided[T](self) -> "Answer[T]":
        """Close the reasoning without an outcome: only the doubt and its readings."""
        return Answer(None, tuple(self._grounds), tuple(self._used), " ".join(self._sentences), self._doubt)

    def answer[T](self, outcome: T) -> Answer[T]:
        """Close the reasoning with an outcome."""
        return Answer(outcome, tuple(self._grounds), tuple(self._used), " ".join(self._sentences), self._doubt)


@dataclasses.dataclass(frozen=True)
class Rule:
    """A rule as a function: `facts` is its frozen dataclass, `day` the fact that decides which numbers hold."""

    name: str
    title: str
    subject: str
    ids: tuple[str, ...]
    day: str
    facts: type
    function: Callable[..., Answer[Any]]
    given_from: dt.date | None = None
    valid_until: dt.date | None = None

    def __call__(self, facts: Any, parameters: ParameterSet | None = None) -> Answer[Any]:
        """Answer for these facts with the numbers of a parameter set (default: the national ones)."""
        return self.function(facts, parameters or national())

    @property
    def valid_from(self) -> dt.date | None:
        """The first day on which the rule can answer: as declared, else the earliest of the rules it rests on."""
        return _valid_from(self.given_from, self.ids)


@functools.cache
def _valid_from(given: dt.date | None, ids: tuple[str, ...]) -> dt.date | None:
    if given:
        return given
    known = [found for key in ids if key in rule_table() and (found := rule_table()[key].valid_from)]
    return min(known, default=None)


RULES: dict[str, Rule] = {}


def rule(
    *,
    title: str,
    ids: tuple[str, ...],
    day: str,
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> Callable[[Callable[[Any], Any]], Callable[..., Answer[Any]]]:
    """Register a function `f(why: Reasoning) -> Answer` as a rule, named after the function.

    The decorated function takes (facts, parameters=None); the type of the facts is read from the annotation
    `why: Reasoning[Facts]`. When the day that decides lies outside the validity of the rule, the answer is doubt.
    Raises WrongFact when facts contradict each other.
    """

    def decorate(function: Callable[[Any], Any]) -> Callable[..., Answer[Any]]:
        def once(why: Reasoning[Any]) -> Answer[Any]:
            try:
                return function(why)  # type: ignore[no-any-return]
            except MissingFacts as missing:
                return why.asking(*missing.names)
            except UnknownParameter as gap:
                return why.not_known(gap)

        @functools.wraps(function)
        def run(facts: Any, parameters: ParameterSet | None = None) -> Answer[Any]:
            numbers = parameters or national()
            why = Reasoning(facts, numbers)
            decides = getattr(facts, day)
            if decides is not None:
                on = decides.date() if isinstance(decides, dt.datetime) else decides
                since = _valid_from(valid_from, ids)
                if (since and on < since) or (valid_until and on > valid_until):
                    return why.not_in_force(since, valid_until)
            answer = once(why)
            for unsure in why.unsure_about:
                other = once(Reasoning(facts, numbers.reading(unsure.name, unsure.other)))
                if answer.outcome is not None and _differs(answer.outcome, other.outcome, unsure.by):
                    readings = (Reading(unsure.here, answer.outcome), Reading(unsure.there, other.outcome))
                    said = Doubt(unsure.why, readings)
                    answer = dataclasses.replace(answer, doubt=answer.doubt + said if answer.doubt else said)
            return answer

        name = function.__name__
        if name in RULES:
            raise ValueError(f"rule {name} exists already")
        subject = function.__module__.rpartition(".")[2]
        facts_type = function.__annotations__["why"].__args__[0]
        RULES[name] = Rule(name, title, subject, ids, day, facts_type, run, valid_from, valid_until)
        return run

    return decorate


def _differs(one: Any, other: Any, by: str) -> bool:
    return bool(getattr(one, by, None) != getattr(other, by, None) if by else one != other)


def fact(word: str, **extra: Any) -> Any:
    """Declare a field of facts with the Dutch words it is asked by; without a default it may be missing (None)."""
    return dataclasses.field(default=extra.pop("default", None), metadata={"word": word, **extra})


def word_for(facts: type, name: str) -> str:
    """Return the Dutch words of a fact."""
    found = {field.name: field.metadata.get("word", field.name) for field in dataclasses.fields(facts)}
    return str(found.get(name, name))


@dataclasses.dataclass(frozen=True)
class RuleEntry:
    """A rule of the reference: what it is about, its article, and the functions that compute it or why none does."""

    id: str
    about: str
    article: str
    computed: tuple[str, ...]
    why_not: str
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@functools.cache
def words_for(parameter: str) -> str:
    """Return what a parameter is, in plain Dutch ("" for one that has no words, such as a term of the table)."""
    return str(_parameter_words().get(parameter, ""))


@functools.cache
def _parameter_words() -> dict[str, Any]:
    return tomllib.loads((HERE / "parameter_words.toml").read_text("utf-8"))


@functools.cache
def article_of(rule_id: str) -> str:
    """Return where a rule stands: of the table, or of what policy documents print ("" when neither knows it)."""
    written: dict[str, Any] = tomllib.loads((HERE / "rules.toml").read_text("utf-8"))
    found = written["rules"].get(rule_id) or written["printed"].get(rule_id) or {}
    return str(found.get("article", ""))


@functools.cache
def rule_table() -> dict[str, RuleEntry]:
    """Return the table of all rules by id (`law/rules.toml`), read once.

    The validity of a rule is its own, else that of its group (the letters of its id).
    """
    written: dict[str, Any] = tomllib.loads((HERE / "rules.toml").read_text("utf-8"))
    groups = written["validity"]
    return {
        key: RuleEntry(
            key,
            row["about"],
            row["article"],
            tuple(row.get("computed", ())),
            written["reasons"][row["not_computed"]] if "not_computed" in row else "",
            row.get("valid_from", groups.get(key.partition("-")[0])),
            row.get("valid_until"),
        )
        for key, row in written["rules"].items()
    }
