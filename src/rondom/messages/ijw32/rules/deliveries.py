"""Rules against earlier messages for starts and stops (reference 10.4 and 12.6). Level 3.

Deletions in a message are processed before its deliveries (reference 12.6), and a deletion is checked on nothing but
that there is something to delete.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from rondom.messages.ijw32.rules.constraints import DELETED, DELIVERED
from rondom.messages.ijw32.rules.inside import key_of
from rondom.messages.judging import Case, each, known
from rondom.messages.knowing import START, STOP

TEMPORARY = "20"


def start_of(one: Any) -> tuple[Any, ...]:
    """Return which start a start or stop is about: assignment, product, first day."""
    return one.ToewijzingNummer, one.Product, one.Begindatum


class Standing:
    """The starts and stops of the client of a message, before it and with it; made once per message."""

    def __init__(self, case: Case) -> None:
        mine = _in_message(case)
        kind = START if case.message.name == "JW305" else STOP
        earlier = case.earlier.deliveries(case.content.Client.Bsn)
        by_kind: dict[str, list[Any]] = {k: [d.content for d in earlier if d.kind == k] for k in (START, STOP)}
        gone = {key_of(one) for one in mine if one.StatusAanlevering == DELETED}
        kept = {k: [one for one in ones if k != kind or key_of(one) not in gone] for k, ones in by_kind.items()}
        self.before = {key_of(one) for one in by_kind[kind]}
        self.stopped_before = {start_of(one) for one in by_kind[STOP]}
        self.kept = {key_of(one) for one in kept[kind]}
        self.started = {start_of(one) for one in kept[START]}
        self.stops: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for stop in kept[STOP]:
            self.stops[stop.ToewijzingNummer, stop.Begindatum].append(stop)
        delivered = [one for one in mine if one.StatusAanlevering == DELIVERED]
        self.repeated = _repeated(delivered)
        self.second = _second(kept, delivered) if kind == START else set()


def _in_message(case: Case) -> Sequence[Any]:
    client = case.content.Client
    found: Sequence[Any] = (
        client.StartProducten.StartProduct if case.message.name == "JW305" else client.StopProducten.StopProduct
    )
    return found


def _repeated(delivered: Sequence[Any]) -> set[int]:
    """Return which deliveries (by `id`) have the key of an earlier one in the message."""
    seen: set[Any] = set()
    again = set()
    for one in delivered:
        key = key_of(one)
        if key in seen:
            again.add(id(one))
        seen.add(key)
    return again


def _second(kept: dict[str, list[Any]], delivered: Sequence[Any]) -> set[int]:
    """Return which starts (by `id`) come while another start of the same assignment and product runs.

    A start runs until a stop, temporary or not, refers to it.
    """
    stopped = {start_of(one) for one in kept[STOP]}
    running: defaultdict[Any, set[Any]] = defaultdict(set)
    for one in kept[START]:
        if start_of(one) not in stopped:
            running[one.ToewijzingNummer, one.Product].add(one.Begindatum)
    second = set()
    for one in delivered:
        others = running[one.ToewijzingNummer, one.Product]
        if others - {one.Begindatum}:
            second.add(id(one))
        others.add(one.Begindatum)
    return second


def standing(case: Case) -> Standing:
    """Return the starts and stops of the client."""
    found: Standing = case.once(Standing)
    return found


@known("TR019", JW305="StartProduct", JW307="StopProduct")
def belongs_to_an_assignment(one: Any, case: Case) -> bool:
    if one.ToewijzingNummer is None or one.StatusAanlevering == DELETED:
        return True
    assignment = case.earlier.assignment(one.ToewijzingNummer)
    return assignment is not None and assignment.bsn == case.client.Bsn and assignment.provider == case.provider


@each("TR063", JW305="StartProduct > StatusAanlevering", JW307="StopProduct > StatusAanlevering")
def deletes_what_was_delivered(one: Any, case: Case) -> bool:
    return one.StatusAanlevering != DELETED or key_of(one) in standing(case).before


@each("TR071", JW305="StartProduct > StatusAanlevering")
def deletes_no_stopped_start(start: Any, case: Case) -> bool:
    return start.StatusAanlevering != DELETED or start_of(start) not in standing(case).stopped_before


@each("TR074", JW305="StartProduct", JW307="StopProduct")
def delivered_once(one: Any, case: Case) -> bool:
    if one.StatusAanlevering != DELIVERED:
        return True
    return id(one) not in standing(case).repeated and key_of(one) not in standing(case).kept


@each("TR326", JW305="StartProduct")
def no_second_start(start: Any, case: Case) -> bool:
    return id(start) not in standing(case).second


@each("TR382", JW307="StopProduct")
def stops_what_was_started(stop: Any, case: Case) -> bool:
    return stop.StatusAanlevering != DELIVERED or start_of(stop) in standing(case).started


def _earlier_stops(stop: Any, case: Case) -> list[Any]:
    """Return the stops that stand for the same assignment and first day, for a stop that is delivered."""
    if stop.StatusAanlevering != DELIVERED:
        return []
    return standing(case).stops[stop.ToewijzingNummer, stop.Begindatum]


@each("TR413", JW307="StopProduct")
def no_second_temporary_stop(stop: Any, case: Case) -> bool:
    earlier = _earlier_stops(stop, case)
    return stop.RedenBeeindiging != TEMPORARY or not earlier or earlier[-1].RedenBeeindiging != TEMPORARY


@each("TR414", JW307="StopProduct")
def stops_not_before_the_current_stop(stop: Any, case: Case) -> bool:
    earlier = _earlier_stops(stop, case)
    return not earlier or stop.Einddatum >= earlier[-1].Einddatum


@each("TR415", JW307="StopProduct")
def no_stop_after_the_definitive_one(stop: Any, case: Case) -> bool:
    return all(earlier.RedenBeeindiging == TEMPORARY for earlier in _earlier_stops(stop, case))
