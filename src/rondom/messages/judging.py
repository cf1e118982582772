"""Rules that are functions: how a rule is declared, found for a message, and run; what comes out.

    @each("CD007", JW301="Client > Communicatie/Taal")
    def language_only_with_interpreter(client, case):
        ...                                # True when the rule holds

Left of `>` stands what the function is given (a class, or an element below one), right of it the element the rule
speaks of. Without `>` they are the same. An element that is absent is not judged. `among` gives the function all
repeats of a wrapper, `across` all of a message; both return the places of those that break the rule. `whole` gives
the message.

The level, the return code and the sentence of a rule stand in the table `ijw32/rules.toml`; a test holds both
together.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from rondom.messages.declaring import MANY, Class, Complex, Message, Release, group_of, walk
from rondom.messages.knowing import Earlier, NothingEarlier, NothingOutside, Outside

Way = tuple[str, ...]
MUNICIPALITY_CODE = len("0184")


@dataclass(frozen=True)
class Breach:
    """A broken rule: where the class stands (`place`), and the way to the element it speaks of (`path`)."""

    rule: str
    place: tuple[tuple[str, int], ...]
    path: str


@dataclass(frozen=True)
class Target:
    """Where a rule applies in one message: the way to what is judged, and from there the element it speaks of."""

    judged: Way
    spoken: Way


@dataclass(frozen=True)
class Rule:
    """One declared rule: its id, how it is given what it judges, the function, its targets per message name."""

    id: str
    kind: str
    function: Callable[..., Any]
    targets: dict[str, str]


@dataclass
class Case:
    """What a rule may look at: the message, and what is known beside it."""

    message: Message
    content: Any
    earlier: Earlier = field(default_factory=NothingEarlier)
    outside: Outside = field(default_factory=NothingOutside)
    chain: tuple[Any, ...] = ()
    _things: dict[Way, list[Any]] = field(default_factory=dict, init=False, repr=False)
    _made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def header(self) -> Any:
        """The header."""
        return self.content.Header

    @cached_property
    def dated(self) -> dt.date:
        """The Dagtekening of the message."""
        found: dt.date = self.header.BerichtIdentificatie.Dagtekening
        return found

    @property
    def client(self) -> Any:
        """The client in which what is judged stands."""
        return next(group for group in self.chain if type(group).__name__ == "Client")

    @cached_property
    def municipality(self) -> str:
        """The municipality that sends or receives."""
        return next(code for code in (self.header.Afzender, self.header.Ontvanger) if len(code) == MUNICIPALITY_CODE)

    @cached_property
    def provider(self) -> str:
        """The provider that sends or receives."""
        return next(code for code in (self.header.Afzender, self.header.Ontvanger) if len(code) != MUNICIPALITY_CODE)

    def once(self, make: Callable[["Case"], Any]) -> Any:
        """Return what a function makes of this case, made only the first time it is asked."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    def things(self, way: Way) -> list[Any]:
        """Return all that stand at the end of a way, in order; the absent are left out."""
        known = self._things.get(way)
        if known is None:
            known = self._things[way] = self._gather(way)
        return known

    def _gather(self, way: Way) -> list[Any]:
        if not way:
            return [self.content]
        above = self.things(way[:-1])
        if not above:
            return []
        place, element = place_of(type(above[0]), way[-1])
        if element.times == MANY:
            return [thing for group in above for thing in group[place]]
        return [group[place] for group in above if group[place] is not None]

    def standing(self, way: Way) -> Iterator[tuple[tuple[tuple[str, int], ...], tuple[Any, ...]]]:
        """Yield for each of `things` its place (name and number per step) and the groups it stands in, itself last."""
        return self._descend(self.content, way, (("Bericht", 0),), (self.content,))

    def _descend(self, group: Any, way: Way, place: Any, chain: Any) -> Iterator[Any]:
        if not way:
            yield place, chain
            return
        index, element = place_of(type(group), way[0])
        value = group[index]
        if value is None:
            return
        for number, each in enumerate(value, 1) if element.times == MANY else ((0, value),):
            yield from self._descend(each, way[1:], (*place, (way[0], number)), (*chain, each))


RULES: dict[str, list[Rule]] = {}


def _declaring(kind: str) -> Callable[..., Callable[[Callable[..., Any]], Callable[..., Any]]]:
    def declare(key: str, **targets: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def keep(function: Callable[..., Any]) -> Callable[..., Any]:
            RULES.setdefault(key, []).append(Rule(key, kind, function, targets))
            return function

        return keep

    return declare


each = _declaring("each")
among = _declaring("among")
across = _declaring("across")
whole = _declaring("whole")


def place_of(group: type[Any], name: str) -> tuple[int, Any]:
    """Return the place of an element in its group, and its declaration."""
    return next((place, e) for place, e in enumerate(group.elements) if e.name == name)


def rules_of(release: Release, key: str) -> list[Rule]:
    """Return the functions that keep a rule in a release: its own, else those of the release before it."""
    own = [rule for rule in RULES.get(key, ()) if rule.function.__module__.startswith(f"{release.rules}.")]
    return own or (rules_of(release.before, key) if release.before else [])


@lru_cache(maxsize=1024)
def targets_of(message: Message, written: str) -> tuple[Target, ...]:
    """Return the places in a message that a declaration of targets (`Contact > Adres/Huis, Client/Bsn`) speaks of.

    Raises LookupError when the message has no such element.
    """
    ways = [way for way, _element in walk(message.content)]
    found = []
    for one in written.split(","):
        judged, _, spoken = (part.strip() for part in one.partition(">"))
        end = tuple(judged.split("/"))
        matching = [way for way in ways if way[-len(end) :] == end]
        tail = tuple(spoken.split("/")) if spoken else ()
        found += [Target(way, tail) for way in matching if not tail or (*way, *tail) in ways]
        if not matching or not any((*way, *tail) in ways for way in matching):
            raise LookupError(f"{message.name} has no {one.strip()}")
    return tuple(found)


def breaches(rule: Rule, case: Case) -> Iterator[Breach]:
    """Yield where a message breaks a rule."""
    written = rule.targets.get(case.message.name)
    if written is None:
        return
    if rule.kind == "whole":
        yield from (Breach(rule.id, place, path_of(place)) for place in rule.function(case))
        return
    for target in targets_of(case.message, written):
        yield from _RUN[rule.kind](rule, case, target)


def _each(rule: Rule, case: Case, target: Target) -> Iterator[Breach]:
    holds = rule.function
    broken = [place for place, thing in enumerate(case.things(target.judged)) if not holds(thing, case)]
    return _at(rule, case, target, broken)


def _each_in_place(rule: Rule, case: Case, target: Target) -> Iterator[Breach]:
    for place, chain in case.standing(target.judged):
        case.chain = chain
        if not rule.function(chain[-1], case):
            yield _breach(rule, place, target.spoken)


def _across(rule: Rule, case: Case, target: Target) -> Iterator[Breach]:
    return _at(rule, case, target, list(rule.function(case.things(target.judged), case)))


def _among(rule: Rule, case: Case, target: Target) -> Iterator[Breach]:
    for place, chain in case.standing(target.judged):
        for number in rule.function(chain[-1][0], case):
            name = chain[-1].elements[0].name
            yield _breach(rule, (*place, (name, number + 1)), target.spoken[1:])


_RUN = {"each": _each, "across": _across, "among": _among, "known": _each_in_place}
known = _declaring("known")  # each, with the classes it stands in: for rules that must know the client


def _at(rule: Rule, case: Case, target: Target, broken: Sequence[int]) -> Iterator[Breach]:
    wanted = set(broken)
    if wanted:
        for number, (place, _chain) in enumerate(case.standing(target.judged)):
            if number in wanted:
                yield _breach(rule, place, target.spoken)


def _breach(rule: Rule, place: tuple[tuple[str, int], ...], spoken: Iterable[str]) -> Breach:
    return Breach(rule.id, place, path_of((*place, *((step, 0) for step in spoken))))


def path_of(place: Iterable[tuple[str, int]]) -> str:
    """Return a place as a path: `Bericht/Client/StartProducten/StartProduct[2]`."""
    return "/".join(f"{name}[{number}]" if number else name for name, number in place)


def class_at(message: Message, place: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Return the part of a place that ends at the nearest class: where a return code is written."""
    group: Any = message.content
    end = 1
    for number, (name, _count) in enumerate(place[1:], 2):
        group = group_of(place_of(group, name)[1])
        if group is None or issubclass(group, Complex):
            break
        if issubclass(group, Class):
            end = number
    return place[:end]
