"""Rules against earlier messages for starts and stops (reference 10.4 and 12.6). Level 3."""

from collections.abc import Sequence
from typing import Any

from rondom.messages.ijw32.rules.constraints import DELETED, DELIVERED
from rondom.messages.ijw32.rules.inside import key_of
from rondom.messages.judging import Case, known
from rondom.messages.knowing import START, STOP

TEMPORARY = "20"


def same_start(one: Any, other: Any) -> bool:
    """Tell whether two starts or stops are about the same start: assignment, product and first day are equal."""
    return bool(
        one.ToewijzingNummer == other.ToewijzingNummer
        and one.Product == other.Product
        and one.Begindatum == other.Begindatum
    )


def delivered(case: Case, kind: str) -> list[Any]:
    """Return the starts or stops of the client that stand, without those this message deletes.

    Deletions in a message are processed before its deliveries (reference 12.6).
    """
    mine = _in_message(case)
    gone = {key_of(one) for one in mine if one.StatusAanlevering == DELETED and _kind(one) == kind}
    earlier = case.earlier.deliveries(case.client.Bsn)
    return [d.content for d in earlier if d.kind == kind and key_of(d.content) not in gone]


def _in_message(case: Case) -> Sequence[Any]:
    client = case.content.Client
    found: Sequence[Any] = (
        client.StartProducten.StartProduct if case.message.name == "JW305" else client.StopProducten.StopProduct
    )
    return found


def _kind(one: Any) -> str:
    return START if type(one).__name__ == "StartProduct" else STOP


def _ever(case: Case, kind: str) -> list[Any]:
    return [d.content for d in case.earlier.deliveries(case.client.Bsn) if d.kind == kind]


def stops_of(case: Case, stop: Any) -> list[Any]:
    """Return the stops that stand for the same assignment and start (TR413 to TR415)."""
    return [
        one
        for one in delivered(case, STOP)
        if (one.ToewijzingNummer, one.Begindatum) == (stop.ToewijzingNummer, stop.Begindatum)
    ]


@known("TR019", JW305="StartProduct", JW307="StopProduct")
def belongs_to_an_assignment(one: Any, case: Case) -> bool:
    if one.ToewijzingNummer is None or one.StatusAanlevering == DELETED:
        return True
    assignment = case.earlier.assignment(one.ToewijzingNummer)
    return assignment is not None and assignment.bsn == case.client.Bsn and assignment.provider == case.provider


@known("TR063", JW305="StartProduct > StatusAanlevering", JW307="StopProduct > StatusAanlevering")
def deletes_what_was_delivered(one: Any, case: Case) -> bool:
    if one.StatusAanlevering != DELETED:
        return True
    return any(key_of(earlier) == key_of(one) for earlier in _ever(case, _kind(one)))


@known("TR071", JW305="StartProduct > StatusAanlevering")
def deletes_no_stopped_start(start: Any, case: Case) -> bool:
    return start.StatusAanlevering != DELETED or not any(same_start(start, stop) for stop in _ever(case, STOP))


@known("TR074", JW305="StartProduct", JW307="StopProduct")
def delivered_once(one: Any, case: Case) -> bool:
    if one.StatusAanlevering != DELIVERED:
        return True
    same = [mine for mine in _in_message(case) if key_of(mine) == key_of(one) and mine.StatusAanlevering == DELIVERED]
    return same[0] is one and not any(key_of(earlier) == key_of(one) for earlier in delivered(case, _kind(one)))


@known("TR326", JW305="StartProduct")
def no_second_start(start: Any, case: Case) -> bool:
    """A start is current until a stop, temporary or not, refers to it."""
    if start.StatusAanlevering != DELIVERED:
        return True
    stops = delivered(case, STOP)
    mine = [one for one in _in_message(case) if one.StatusAanlevering == DELIVERED]
    before = [*delivered(case, START), *mine[: next(n for n, one in enumerate(mine) if one is start)]]
    return not any(
        (one.ToewijzingNummer, one.Product) == (start.ToewijzingNummer, start.Product)
        and not any(same_start(one, stop) for stop in stops)
        for one in before
        if key_of(one) != key_of(start)
    )


@known("TR382", JW307="StopProduct")
def stops_what_was_started(stop: Any, case: Case) -> bool:
    return stop.StatusAanlevering != DELIVERED or any(same_start(stop, one) for one in delivered(case, START))


@known("TR413", JW307="StopProduct")
def no_second_temporary_stop(stop: Any, case: Case) -> bool:
    if stop.StatusAanlevering != DELIVERED or stop.RedenBeeindiging != TEMPORARY:
        return True
    earlier = stops_of(case, stop)
    return not earlier or earlier[-1].RedenBeeindiging != TEMPORARY


@known("TR414", JW307="StopProduct")
def stops_not_before_the_current_stop(stop: Any, case: Case) -> bool:
    earlier = stops_of(case, stop)
    return stop.StatusAanlevering != DELIVERED or not earlier or stop.Einddatum >= earlier[-1].Einddatum


@known("TR415", JW307="StopProduct")
def no_stop_after_the_definitive_one(stop: Any, case: Case) -> bool:
    if stop.StatusAanlevering != DELIVERED:
        return True
    return all(earlier.RedenBeeindiging == TEMPORARY for earlier in stops_of(case, stop))
