"""Rules against earlier messages for assignments, requests and answers (reference 10.4, 12.2 to 12.5). Level 3."""

from collections.abc import Iterable, Sequence
from typing import Any

from rondom.messages.ijw32.rules.conditions import INVESTIGATED, code_of, is_recent
from rondom.messages.ijw32.rules.constraints import REMOVED
from rondom.messages.ijw32.rules.inside import Stretch, stacked
from rondom.messages.judging import Case, across, each, known
from rondom.messages.knowing import Assignment, RequestState

TOTAL = "6"


@known("TR304", JW317="Client/Bsn", JW323="Client/Bsn", JW325="Client/Bsn")
def client_is_known(bsn: str, case: Case) -> bool:
    return case.earlier.client_known(bsn)


@known("TR332", JW301="ToegewezenProduct > ToewijzingNummer")
def number_is_of_one_assignment(assigned: Any, case: Case) -> bool:
    """A number that was sent before must be the same assignment: of this client and provider, for the same product."""
    earlier = case.earlier.assignment(assigned.ToewijzingNummer)
    if earlier is None:
        return True
    mine = (case.client.Bsn, case.provider, assigned.Product)
    return mine == (earlier.bsn, earlier.provider, earlier.content.Product)


@known("TR379", JW301="ToegewezenProduct > ReferentieAanbieder")
def answers_an_open_request(assigned: Any, case: Case) -> bool:
    if assigned.ReferentieAanbieder is None:
        return True
    request = case.earlier.request(assigned.ReferentieAanbieder)
    return request is not None and request.open and request.bsn == case.client.Bsn


@each("TR385", JW301="ToegewezenProduct")
def deletes_nothing_that_was_granted(assigned: Any, case: Case) -> bool:
    if assigned.RedenWijziging != REMOVED:
        return True
    return not any(line.approved for line in case.earlier.lines(assigned.ToewijzingNummer))


@each("TR347", JW315="AangevraagdProduct/ReferentieAanbieder", JW317="Verzoek/ReferentieAanbieder")
def reference_is_new(reference: str, case: Case) -> bool:
    return case.earlier.request(reference) is None


@each("TR374", JW315="Client", JW317="Client")
def no_request_is_open(client: Any, case: Case) -> bool:
    """A rule on the whole message; its code stands at the client (reference 16, item 6)."""
    return not any(request.open for request in case.earlier.requests(client.Bsn))


def current(case: Case) -> dict[int, Assignment]:
    """Return the current assignments of the client by number, asked once per message."""
    found: dict[int, Assignment] = case.once(_current)
    return found


def _current(case: Case) -> dict[int, Assignment]:
    """Return the current assignments of the client by number.

    Current on the day of the message: the sender cannot know what ended after it (OP095).
    """
    earlier = case.earlier.assignments(case.content.Client.Bsn)
    return {one.content.ToewijzingNummer: one for one in earlier if one.current(case.dated)}


def _unchanged(request: Any) -> Sequence[Any]:
    return request.OngewijzigdeProducten.OngewijzigdProduct if request.OngewijzigdeProducten else ()


def _to_change(request: Any) -> Sequence[Any]:
    return request.TeWijzigenProducten.TeWijzigenProduct if request.TeWijzigenProducten else ()


@each("TR349", JW317="Client/Verzoek")
def names_every_current_assignment(request: Any, case: Case) -> bool:
    named = {one.ToewijzingNummer for one in (*_unchanged(request), *_to_change(request))}
    return current(case).keys() <= named


@each("TR350", JW317="OngewijzigdProduct")
@each("TR351", JW317="TeWijzigenProduct")
def is_current(one: Any, case: Case) -> bool:
    return one.ToewijzingNummer in current(case)


@each("TR357", JW317="TeWijzigenProduct > GewensteIngangsdatum")
def changes_later_or_from_its_start(wished: Any, case: Case) -> bool:
    original = case.earlier.assignment(wished.ToewijzingNummer)
    return (
        original is None
        or wished.GewensteIngangsdatum > case.dated
        or wished.GewensteIngangsdatum == original.content.Ingangsdatum
    )


@each("TR361", JW317="Client/Verzoek")
def wishes_do_not_stack(request: Any, case: Case) -> bool:
    """Product and dates of running assignments are those of the assignment, not of the wish (reference 10.6)."""
    running = [case.earlier.assignment(one.ToewijzingNummer) for one in (*_unchanged(request), *_to_change(request))]
    stretches: list[Stretch] = [
        (one.content.Product, one.content.Ingangsdatum, one.content.Einddatum) for one in running if one is not None
    ]
    new = request.NieuweProducten.NieuwProduct if request.NieuweProducten else ()
    own: list[Stretch] = [(one.Product, one.GewensteIngangsdatum, one.Einddatum) for one in new]
    return len(stacked([*stretches, *own])) == len(stacked(own))  # among the new ones it is TR410


@each("TR373", JW317="TeWijzigenProduct > GewensteIngangsdatum")
def total_changes_from_its_start(wished: Any, case: Case) -> bool:
    """A budget, or a volume for the whole period, that becomes another one."""
    original = case.earlier.assignment(wished.ToewijzingNummer)
    if original is None:
        return True
    content = original.content
    budget = wished.Budget is not None and wished.Budget != content.Budget
    total = wished.Omvang is not None and wished.Omvang.Frequentie == TOTAL and wished.Omvang != content.Omvang
    return not (budget or total) or bool(wished.GewensteIngangsdatum == content.Ingangsdatum)


@each("TR375", JW317="TeWijzigenProduct > Omvang")
def no_volume_of_generic_assignment(wished: Any, case: Case) -> bool:
    original = case.earlier.assignment(wished.ToewijzingNummer)
    if original is None or original.content.Product is not None or not is_recent(wished.Einddatum):
        return True
    return wished.Omvang is None


@each("TR411", JW317="TeWijzigenProduct > Omvang")
def volume_of_specific_assignment(wished: Any, case: Case) -> bool:
    original = case.earlier.assignment(wished.ToewijzingNummer)
    return original is None or code_of(original.content.Product) is None or wished.Omvang is not None


@each("TR412", JW317="TeWijzigenProduct > Omvang")
def no_volume_of_other_assignment(wished: Any, case: Case) -> bool:
    original = case.earlier.assignment(wished.ToewijzingNummer)
    if original is None or code_of(original.content.Product) is not None or not is_recent(wished.Einddatum):
        return True
    return wished.Omvang is None


@each("TR355", JW319="Antwoord > ReferentieAanbieder")
def answers_a_request(answer: Any, case: Case) -> bool:
    return case.earlier.request(answer.ReferentieAanbieder) is not None


def _state(answer: Any, case: Case) -> RequestState | None:
    request = case.earlier.request(answer.ReferentieAanbieder)
    return request.state if request else None


@each("TR359", JW319="Antwoord")
def no_answer_after_the_assignment(answer: Any, case: Case) -> bool:
    return _state(answer, case) is not RequestState.HONOURED


@each("TR360", JW319="Antwoord")
def investigated_once(answer: Any, case: Case) -> bool:
    answered = (RequestState.INVESTIGATED, RequestState.REJECTED)
    return answer.VerzoekAntwoord != INVESTIGATED or _state(answer, case) not in answered


@each("TR365", JW319="Antwoord")
def no_answer_after_rejection(answer: Any, case: Case) -> bool:
    return _state(answer, case) is not RequestState.REJECTED


@across("TR056", **{f"JW{number}": "Header/BerichtIdentificatie/Identificatie"
                    for number in (301, 305, 307, 315, 317, 319, 323, 325)})  # fmt: skip
def identification_is_new(identifications: Sequence[str], case: Case) -> Iterable[int]:
    used = case.earlier.identification_used(case.message.name, case.header.Afzender, identifications[0])
    return [0] if used else []
