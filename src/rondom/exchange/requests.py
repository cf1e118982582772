"""The request desk: what providers ask by message is taken in, weighed, and answered by a person with one button.

A request ends in an order or a refusal (OP344), and is answered once: of two people at once one wins. An order goes
through the room of allocations and is told by JW301; a refusal, and that a request is being looked into, by JW319.
About a secret address or a shielded dossier nothing lies ready and nothing leaves by itself (OP003).
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.allocations import actions as orders
from rondom.allocations import changing
from rondom.allocations.actions import Basis, Help, Unusual
from rondom.allocations.changing import Because
from rondom.allocations.enums import AllocationState, ChangeReason, Decision, Ground
from rondom.allocations.models import Allocation
from rondom.core import clock, keys
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, VoidByLaw
from rondom.core.events import Subject, record, subject
from rondom.core.fields import blind_index
from rondom.core.principals import Principal
from rondom.decisions.models import Decision as Award
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why
from rondom.dossiers.enums import CaseRoleKind, ClockState, DossierGround, DossierKind
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.queries import roles_in
from rondom.entry import actions as entry
from rondom.entry.enums import ReferrerKind
from rondom.entry.models import Referral
from rondom.exchange import actions, drafting, ordering, queries, signals, wishes
from rondom.exchange.books import OurBooks, OurOutside, content_of, dossiers_of
from rondom.exchange.enums import Direction, Refusal, RequestKind, RequestState, State
from rondom.exchange.judging import Judged, code_of
from rondom.exchange.models import AssignmentVersion, Message, ProviderRequest
from rondom.exchange.weighing import Asked, Weighed, weigh
from rondom.exchange.wishes import Referred, Wish
from rondom.law.calendar import add_working_days
from rondom.messages.checking import judge as rules_broken
from rondom.messages.current import XSD_VERSION, CDT_BerichtIdentificatie, CDT_XsdVersie, jw319
from rondom.messages.judging import Case as Judging
from rondom.messages.providing import IDENTIFICATION
from rondom.messages.reading import Reading
from rondom.messages.writing import written
from rondom.people import actions as people
from rondom.people.enums import FactSource
from rondom.people.models import Person
from rondom.providers.queries import provider_by_agb

ASKED_IN = {"JW315": RequestKind.NEW, "JW317": RequestKind.CHANGE}
ANSWER_DAYS = 5  # working days for a JW301 or JW319 (OP274, OP346)
LOOK_WEEKS = 8  # after the date of the request, when it is being looked into (OP274, OP346)
REFUSED, LOOKED_INTO = "1", "2"  # WJ760
LEVELS = (2, 3, 4)
CLOCK = "exchange.request"
GROUNDS = {
    wishes.BY_US: Ground.MUNICIPAL, wishes.BY_NOBODY: Ground.MUNICIPAL, wishes.BY_GP: Ground.MEDICAL,
    wishes.BY_YOUTH_DOCTOR: Ground.MEDICAL, wishes.BY_SPECIALIST: Ground.MEDICAL, wishes.BY_GI: Ground.GI,
    wishes.BY_COURT: Ground.COURT,
}  # fmt: skip
"""Along which way help was found, by who referred (COD327)."""
AS_ASKED = {
    Ground.MEDICAL: Decision.MEDICAL_AS_ASKED, Ground.GI: Decision.GI_DETERMINATION, Ground.COURT: Decision.COURT_ORDER,
}  # fmt: skip
OPENS = {
    Ground.MEDICAL: DossierGround.MEDICAL, Ground.GI: DossierGround.GI_DETERMINATION, Ground.COURT: DossierGround.COURT,
}  # fmt: skip
REFERRERS = {
    wishes.BY_GP: ReferrerKind.GP, wishes.BY_YOUTH_DOCTOR: ReferrerKind.YOUTH_DOCTOR,
    wishes.BY_SPECIALIST: ReferrerKind.SPECIALIST, wishes.BY_GI: ReferrerKind.CERTIFIED_INSTITUTION,
    wishes.BY_COURT: ReferrerKind.JUDGE,
}  # fmt: skip
LEAST_WORDS = 5


# --- taking in


def taken_in(*, message: Message, judgement: Judged, by: Principal, at: dt.datetime, **_more: Any) -> None:
    """Make requests of a JW315 or JW317 that was accepted; hear that a provider rejected a JW319 of ours."""
    if message.trouble:
        return
    if message.name in ASKED_IN and message.state == State.ACCEPTED and not message.requests.exists():
        _take_in(by, at, message)
    if message.name == "JW320" and message.answers is not None and not judgement.grants:
        _reopen(by, at, message.answers)


def _take_in(by: Principal, at: dt.datetime, message: Message) -> None:
    """Make requests of an accepted message, each weighed; part of taking the message in."""
    kind, reading = ASKED_IN[message.name], _read(message)
    dossier = _dossier(by, at, message, reading)
    provider, today = provider_by_agb(message.sender, message.municipality, clock.today(at)), clock.today(at)
    for place, reference in wishes.references_in(reading):
        row = ProviderRequest(
            municipality=message.municipality, message=message, place=place, kind=kind, dossier=dossier,
            provider=provider, provider_code=message.sender, reference=reference, dated_on=message.dated_on or today,
            received_on=today, due_on=add_working_days(today, ANSWER_DAYS), created_at=at,
        )  # fmt: skip
        found = weighed(row, by, at=at, reading=reading)
        _keep(row, found)
        row.save(force_insert=True)
        _tell(by, at, "exchange.request_taken_in", row, "state")
        _put_before_somebody(by, at, row)


def _dossier(by: Principal, at: dt.datetime, message: Message, reading: Reading) -> Dossier:
    """Return the dossier a request hangs on: one there is, a shielded one first; else one that only registers.

    Somebody with this BSN is never made twice. A request opens a dossier at once (practice 4).
    """
    known = dossiers_of([reading.content.Client.Bsn], message.municipality)
    if known:
        return min(known, key=lambda row: (not row.shielded, row.closed_on is not None, row.kind != DossierKind.FULL))
    named, referred = wishes.named_in(reading), wishes.referred_in(reading, wishes.references_in(reading)[0][0])
    youth = Person.objects.filter(
        municipality=message.municipality, bsn_index__in=_indexes(named.bsn, message.municipality)
    ).first()
    if youth is None:
        youth = people.register_person(
            by=by, at=at, municipality=message.municipality, first_names=named.first_names,
            called=named.first_names.split()[0] if named.first_names else "", name_prefix=named.prefix,
            family_name=named.family_name, born_on=named.born_on, sex=named.sex,  # type: ignore[arg-type]
            bsn=named.bsn, bsn_source=FactSource.DECLARED,
        )  # fmt: skip
    office = Organisation.objects.filter(
        municipality=message.municipality, kind=OrganisationKind.BACK_OFFICE
    ).order_by("pk")[0]  # fmt: skip
    ground = OPENS.get(GROUNDS[referred.kind], DossierGround.CASE) if referred else DossierGround.CASE
    dossier = dossiers.open_dossier(
        by=by, at=at, youth=youth, organisation=office, ground=ground, kind=DossierKind.REGISTRATION_ONLY
    )
    for each in (message, *message.answered_by.all()):  # the return message is made already
        actions.link(by, at, each, [dossier])
    return dossier


def _indexes(bsn: str, municipality: str) -> list[bytes]:
    return [blind_index("bsn", bsn, municipality, generation) for generation in keys.ring().generations]


def _put_before_somebody(by: Principal, at: dt.datetime, row: ProviderRequest) -> None:
    """Tell who works with a youth of a shielded dossier or a secret address: no list of the back office shows it."""
    if not queries.needs_a_person([row.dossier]):
        return
    case = drafting.case_of(row.dossier, at)
    if case is None:
        return
    row.clock = dossiers.start_clock(
        by=by, at=at, case=case, kind=CLOCK, due=row.due_on, about=row.dossier, rests_with=_coordinator(case, at),
        title=_("A provider asked for help by message: agree who answers"),
        why=Why(
            _("About a secret address or a shielded dossier nothing is answered by itself. Call the privacy officer."),
            norm=True,
        ),
    )  # fmt: skip
    row.save(update_fields=["clock"])


def _coordinator(case: Case, at: dt.datetime) -> StaffMember | None:
    return next((r.staff for r in roles_in(case, at=at) if r.kind == CaseRoleKind.COORDINATION), None)


# --- weighing


def asked_in(row: ProviderRequest, reading: Reading, *, day: dt.date) -> Asked:
    """Return what a request asks, for whom and by whom, for the checks."""
    return Asked(
        row.dossier, wishes.named_in(reading), row.provider, tuple(wishes.wishes_in(reading, row.place)),
        wishes.referred_in(reading, row.place), day,
    )  # fmt: skip


def reading_of(row: ProviderRequest) -> Reading:
    """Return the message of a request as it is read. Raises BadInput when the store does not give it back."""
    return _read(row.message)


def _read(message: Message) -> Reading:
    read = content_of(message)
    if read is None:
        raise BadInput(_("The message in the store is damaged. Call the functional administrator."))
    return read


def weighed(row: ProviderRequest, by: Principal, *, at: dt.datetime, reading: Reading | None = None) -> Weighed:
    """Return what is found of a request now, and the answer that lies ready."""
    read = reading or reading_of(row)
    alone = queries.needs_a_person([row.dossier])
    return weigh(asked_in(row, read, day=clock.today(at)), by, at=at, alone=alone)


def _keep(row: ProviderRequest, found: Weighed) -> None:
    row.proposal, row.proposed_reason = found.proposal, str(found.reason)
    row.checks = [each.values() for each in found.findings]


# --- answering


@dataclass(frozen=True)
class Otherwise:
    """How an order differs from what was asked: None stays as asked. `address` is written for the youth first."""

    help: Help | None = None
    award: Award | None = None
    reference: str = ""
    decided_on: dt.date | None = None
    unusual: Unusual = field(default_factory=Unusual)
    address: tuple[str, ...] = ()


@action
def grant(
    *,
    by: Principal,
    at: dt.datetime,
    request: ProviderRequest,
    answered_by: StaffMember,
    otherwise: Otherwise | None = None,
) -> ProviderRequest:
    """Order what a provider asked, and tell it by one JW301 that carries the reference of the request.

    Raises what ordering raises; VoidByLaw when less or other than a doctor asked is ordered without a decision, or when
    less is ordered than a certified institution or court said; BadInput when somebody answered it just now.
    """
    _is_back_office(by)
    how = otherwise or Otherwise()
    read = reading_of(request)
    if how.address:
        people.move(by=by, at=at, person=request.dossier.youth, lines="\n".join(how.address), starts=clock.today(at))
    found = weighed(request, by, at=at, reading=read)
    _move(by, at, request, RequestState.GRANTED, answered_by, found)
    with ordering.honouring(
        by=by, at=at, reference=request.reference, to_all=request.kind == RequestKind.CHANGE
    ):  # fmt: skip
        if request.kind == RequestKind.NEW:
            made = _order(by, at, request, answered_by, found, how, read)
        else:
            made = _change(by, at, request, answered_by, found, how, read)
    request.allocation = made
    request.save(update_fields=["allocation"])
    _tied(request)
    _tell(by, at, "exchange.request_granted", request, "state", "allocation")
    return request


def _order(
    by: Principal, at: dt.datetime, row: ProviderRequest, staff: StaffMember, found: Weighed, how: Otherwise,
    read: Reading,
) -> Allocation:  # fmt: skip
    wish, product = wishes.wishes_in(read, row.place)[0], found.products[0]
    referred = wishes.referred_in(read, row.place)
    what = how.help or as_asked(wish, product)
    basis = _basis(referred, what, wish, product, how, found)  # type: ignore[arg-type]
    allocation = orders.order(
        by=by, at=at, dossier=row.dossier, case=drafting.case_of(row.dossier, at), ordered_by=staff, what=what,
        basis=basis, unusual=how.unusual,
    )  # fmt: skip
    allocation = _through(by, at, allocation, staff, how)
    _register(by, at, row, staff, referred)
    return allocation


def as_asked(wish: Wish, product: Any) -> Help:
    """Return the order that is exactly what was asked. Raises BadInput when no product of a contract is that."""
    if product is None or wish.starts is None:
        raise BadInput(_("Choose which product of the contract is ordered."), field="product")
    return Help(
        starts=wish.starts, ends=wish.ends, product=product, volume=wish.counted_in(product.unit),
        frequency=wish.frequency, budget=wish.budget,
    )  # fmt: skip


def says_less(what: Help, wish: Wish, product: Any) -> bool:
    """Tell whether an order is less, shorter or other than what was asked."""
    if product is not None and what.product != product:
        return True
    asked = wish.counted_in(what.product.unit) if what.product else wish.volume
    counted_alike = str(what.frequency) == str(wish.frequency)
    less = asked is not None and (what.volume is None or what.volume < asked or not counted_alike)
    capped = what.budget is not None and (wish.budget is None or what.budget < wish.budget)
    later = wish.starts is not None and what.starts > wish.starts
    earlier = what.ends is not None and (wish.ends is None or what.ends < wish.ends)
    return less or capped or later or earlier


def _basis(referred: Referred, what: Help, wish: Wish, product: Any, how: Otherwise, found: Weighed) -> Basis:
    """Return what the order rests on (practice 6): as a doctor asked, a determination, an order, or our decision."""
    ground = GROUNDS[referred.kind]
    award = how.award or (found.award if ground == Ground.MUNICIPAL else None)
    if award is not None:
        return Basis.resting_on(award, ground)
    if how.reference.strip():
        return Basis(ground, Decision.TAKEN, how.reference, how.decided_on)
    if ground == Ground.MUNICIPAL:
        sentence = _("Nobody but we ourselves referred: this asks a decision of ours. Write its number and date.")
        raise VoidByLaw(sentence, field="decision_reference", source="Jw 2.3; Awb 1:3")
    if not says_less(what, wish, product):
        return Basis(ground, AS_ASKED[ground])
    if ground in (Ground.GI, Ground.COURT):
        sentence = _(
            "A certified institution or the court said which help is needed: order it as asked. Is other help better? "
            "Agree with them, and let the provider ask anew."
        )
        raise VoidByLaw(sentence, field="last_day", source="Jw 3.5 lid 1")
    sentence = _(
        "This is less or other than was asked. That asks a decision first: let it be looked into, and the decision "
        "lies ready as a draft. Is there one already? Write its number and date."
    )
    raise VoidByLaw(sentence, field="decision_reference", source="Awb 1:3; Jw 2.6 lid 1 g")


def _register(
    by: Principal, at: dt.datetime, row: ProviderRequest, staff: StaffMember, referred: Referred | None
) -> None:
    """Register who referred, once per provider: the day of the referral is in no message (practice 7)."""
    kind = REFERRERS.get(referred.kind) if referred else None
    if kind is None or Referral.objects.filter(dossier=row.dossier, provider=row.provider, kind=kind).exists():
        return
    entry.add_referral(
        by=by, at=at, dossier=row.dossier, registered_by=staff, kind=kind, provider=row.provider,
        days=entry.Days(received_on=row.received_on), referrer_name=(referred.name or referred.code)[:120],  # type: ignore[union-attr]
    )  # fmt: skip


def _change(
    by: Principal, at: dt.datetime, row: ProviderRequest, staff: StaffMember, found: Weighed, how: Otherwise,
    read: Reading,
) -> Allocation:  # fmt: skip
    """Carry out a request for change as one whole: what changes first, then what is new (IV092, IV093)."""
    made: Allocation | None = None
    basis: Allocation | None = None
    because = Because(ChangeReason.PROVIDER_ASKED, row.words, how.reference, how.decided_on, agreed_with_provider=True)
    parts = list(zip(wishes.wishes_in(read, row.place), found.running, found.products, strict=True))
    for wish, order, _product in parts:
        if wish.number is None:
            continue
        if order is None:
            raise BadInput(_("The request names an order that we do not have. Refuse it, and ask the provider."))
        basis = basis or order
        if wish.stays:
            continue
        made = _change_one(by, at, staff, order, wish, because)
    for wish, _order, product in parts:
        if wish.number is None:
            made = _new_beside(by, at, row, staff, wish, product, basis, how)
    if made is None:
        raise BadInput(_("The request asks nothing that changes. Refuse it, and ask the provider."))
    return made


def _change_one(
    by: Principal, at: dt.datetime, staff: StaffMember, order: Allocation, wish: Wish, because: Because
) -> Allocation:
    help_ = Help(
        starts=wish.starts or order.starts, ends=wish.ends, product=order.product, provider=order.provider,
        volume=wish.counted_in(order.unit) if wish.volume is not None else order.volume,
        frequency=wish.frequency or order.frequency, budget=order.budget if wish.budget is None else wish.budget,
    )  # fmt: skip
    return changing.change(
        by=by, at=at, allocation=order, changed_by=staff, wish=help_, because=because, opened_version=order.version
    )


def _new_beside(
    by: Principal, at: dt.datetime, row: ProviderRequest, staff: StaffMember, wish: Wish, product: Any,
    beside: Allocation | None, how: Otherwise,
) -> Allocation:  # fmt: skip
    """Order something new beside what runs: along the same way, and on the same decision when there is one."""
    if beside is None:
        raise BadInput(_("A change needs an order that runs. Refuse it, and let the provider ask for an order."))
    basis = Basis(Ground(beside.ground), Decision(beside.decision), beside.decision_reference, beside.decided_on)
    if how.reference.strip():
        basis = replace(basis, decision=Decision.TAKEN, reference=how.reference, decided_on=how.decided_on)
    elif beside.decision == Decision.TAKEN:
        sentence = _("Other help beside what a decision gave asks a decision too. Write its number and date.")
        raise VoidByLaw(sentence, field="decision_reference", source="Awb 1:3; Jw 2.3")
    made = orders.order(
        by=by, at=at, dossier=row.dossier, case=beside.case, ordered_by=staff, what=as_asked(wish, product),
        basis=basis, unusual=how.unusual,
    )  # fmt: skip
    return _through(by, at, made, staff, how)


def _through(by: Principal, at: dt.datetime, order: Allocation, staff: StaffMember, how: Otherwise) -> Allocation:
    """Let an order through that deviates: the provider asked it, and the colleague who answers is the second person."""
    if order.state != AllocationState.WAITING:
        return order
    return orders.let_through(
        by=by, at=at, allocation=order, let_through_by=staff, mandate=how.unusual.mandate, asked_by_provider=True
    )


def _tied(row: ProviderRequest) -> None:
    """Let the JW301 that carries the reference answer the request, so that both stand in one picture."""
    told = AssignmentVersion.objects.filter(
        reference=row.reference, message__municipality=row.municipality, message__receiver=row.provider_code
    ).values("message")  # fmt: skip
    Message.objects.filter(pk__in=told, answers=None).update(answers=row.message)


@action
def refuse(
    *,
    by: Principal,
    at: dt.datetime,
    request: ProviderRequest,
    answered_by: StaffMember,
    reason: Refusal,
    words: str = "",
    place: str = "",
    agreed: bool = False,
) -> ProviderRequest:
    """Refuse a request by JW319, with the reason of the standard. What keeps help from the youth asks a decision.

    With the woonplaatsbeginsel `place` is the responsible municipality (GM0995), and it must be `agreed` with them.
    Raises BadInput for a reason that does not fit, or when somebody answered it just now.
    """
    _is_back_office(by)
    if reason == Refusal.RESIDENCE:
        _may_hand_over(request, place, agreed)
    if reason in Refusal.about_the_help() and len(words.strip()) < LEAST_WORDS:
        raise BadInput(_("Write why, in a few words: the decision begins with them."), field="words")
    found = weighed(request, by, at=at)
    _move(
        by, at, request, RequestState.REFUSED, answered_by, found, reason=reason, words=words.strip()[:300],
        other_municipality=place if reason == Refusal.RESIDENCE else "",
    )  # fmt: skip
    _answer(by, at, request, REFUSED)
    if reason in Refusal.about_the_help():
        _draft(by, at, request, answered_by)
    _tell(by, at, "exchange.request_refused", request, "state", "reason")
    return request


def _may_hand_over(request: ProviderRequest, place: str, agreed: bool) -> None:
    if request.kind != RequestKind.NEW:
        sentence = _("Only a request for an order is refused on the woonplaatsbeginsel. Choose another municipality.")
        raise BadInput(sentence, field="reason")
    if not place or place == request.municipality:
        raise BadInput(_("Choose which municipality is responsible."), field="place")
    if not agreed:
        raise BadInput(
            _("First agree with that municipality; until then we stay responsible. Let it be looked into meanwhile."),
            field="agreed",
        )


@action
def look_into(
    *, by: Principal, at: dt.datetime, request: ProviderRequest, answered_by: StaffMember, words: str = ""
) -> ProviderRequest:
    """Tell the provider by JW319 that a request is being looked into; then it has to be answered within 8 weeks.

    With `words` (what less or other is thought of) the decision lies ready as a draft. Once only (TR360).
    """
    _is_back_office(by)
    if request.state != RequestState.PENDING:
        raise BadInput(_("It is being looked into already, or was answered."))
    found = weighed(request, by, at=at)
    due = request.dated_on + dt.timedelta(weeks=LOOK_WEEKS)
    _move(by, at, request, RequestState.INVESTIGATED, answered_by, found, words=words.strip()[:300], due_on=due)
    _answer(by, at, request, LOOKED_INTO)
    if words.strip():
        _draft(by, at, request, answered_by)
    _tell(by, at, "exchange.request_looked_into", request, "state", "due_on")
    return request


@action
def decision_made(
    *, by: Principal, at: dt.datetime, request: ProviderRequest, reference: str, decided_on: dt.date
) -> ProviderRequest:
    """Write which decision was made about what was refused, for a youth with whom no team works here."""
    _is_back_office(by)
    if not request.decide:
        raise BadInput(_("No decision is waited for."))
    if not reference.strip():
        raise BadInput(_("Write the number of the decision."), field="reference")
    if decided_on > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="decided_on")
    ProviderRequest.objects.filter(pk=request.pk, decide=True).update(
        decide=False, decision_reference=reference.strip()[:60], decided_on=decided_on, version=request.version + 1,
        changed_at=at,
    )  # fmt: skip
    request.refresh_from_db()
    _tell(by, at, "exchange.request_decided", request, "decision_reference", "decided_on")
    return request


def _is_back_office(by: Principal) -> None:
    if not by.has(Role.BACK_OFFICE):
        raise NotAllowed(_("The back office answers providers."))


def _move(
    by: Principal, at: dt.datetime, row: ProviderRequest, state: RequestState, staff: StaffMember, found: Weighed,
    **values: Any,
) -> None:  # fmt: skip
    """The one place where the state of a request moves: conditional, so of two people at once one wins."""
    _keep(row, found)
    taken = ProviderRequest.objects.filter(pk=row.pk, state__in=RequestState.open_states(), version=row.version).update(
        state=state, answered_by=staff, answered_at=at, version=row.version + 1, changed_at=at, proposal=row.proposal,
        proposed_reason=row.proposed_reason, checks=row.checks, **values,
    )  # fmt: skip
    if not taken:
        raise BadInput(_("Somebody answered this request just now. Look at it again."))
    row.refresh_from_db()
    ended = state in (RequestState.GRANTED, RequestState.REFUSED)
    if ended and row.clock and row.clock.state in ClockState.open_states():
        dossiers.meet_clock(by=by, at=at, row=row.clock)


def _draft(by: Principal, at: dt.datetime, row: ProviderRequest, staff: StaffMember) -> None:
    """Let a decision lie ready for who works with the youth; without a team it stays to be made (practice 6)."""
    decision = drafting.draft(by, at, row, staff)
    row.decision, row.decide = decision or row.decision, decision is None
    row.save(update_fields=["decision", "decide"])


def _answer(by: Principal, at: dt.datetime, row: ProviderRequest, verdict: str) -> None:
    """Make the JW319 and put it out; judged against our own books first, so that no answer goes that may not."""
    content = answer_to(row, verdict, at=at)
    books = OurBooks(row.municipality, row.provider_code, bsns=[str(row.dossier.youth.bsn)], made=True)
    outside = OurOutside(row.municipality, row.provider_code, clock.today(at))
    if rules_broken(Judging(jw319.MESSAGE, content, earlier=books, outside=outside), levels=LEVELS):
        raise BadInput(_("The standard does not allow this answer any more. Look at what was sent before."))
    row.answer = actions.put_out(
        by=by, at=at, municipality=row.municipality, kept=actions.keep([written(jw319.MESSAGE, content)]),
        answers=row.message, about=list(row.message.dossiers.all()),
    )  # fmt: skip
    row.save(update_fields=["answer"])


def answer_to(row: ProviderRequest, verdict: str, *, at: dt.datetime) -> Any:
    """Return the JW319 on a request as it stands, as declared. `verdict` is of WJ760."""
    header: Any = jw319.Bericht.elements[0].type
    elsewhere = row.other_municipality and jw319.Woonplaatsbeginsel(Gemeente=code_of(row.other_municipality))
    return jw319.Bericht(
        Header=header(
            BerichtCode=jw319.MESSAGE.code, BerichtVersie=3, BerichtSubversie=2, Afzender=code_of(row.municipality),
            Ontvanger=row.provider_code,
            BerichtIdentificatie=CDT_BerichtIdentificatie(
                Identificatie=_identification(row.municipality), Dagtekening=clock.today(at)
            ),
            XsdVersie=CDT_XsdVersie(BasisschemaXsdVersie=XSD_VERSION, BerichtXsdVersie=XSD_VERSION),
        ),
        Antwoord=jw319.Antwoord(
            ReferentieAanbieder=row.reference, VerzoekAntwoord=verdict, RedenAfwijzingVerzoek=row.reason or None,
            Woonplaatsbeginsel=elsewhere or None,
        ),
    )  # fmt: skip


def _identification(municipality: str) -> str:
    """Return an identification that was not used before (TR056)."""
    while True:
        made = uuid.uuid4().hex[:IDENTIFICATION].upper()
        rows = Message.objects.filter(municipality=municipality, direction=Direction.OUT, identification=made)
        if not rows.exists():
            return made


# --- what comes back


def _reopen(by: Principal, at: dt.datetime, message: Message) -> None:
    """Reopen a request whose JW319 the provider rejected: it counts as not sent (OP286)."""
    row = ProviderRequest.objects.filter(answer=message).exclude(state=RequestState.GRANTED).first()
    if row is None:
        return
    looked = _looked_into_before(row, message)
    row.state, row.reason, row.other_municipality = RequestState.PENDING, "", ""
    row.answer = looked
    if looked is not None:
        row.state = RequestState.INVESTIGATED
    row.save(update_fields=["state", "reason", "other_municipality", "answer"])
    ProviderRequest.objects.filter(pk=row.pk).update(version=row.version + 1, changed_at=at)
    _tell(by, at, "exchange.request_reopened", row, "state")


def _looked_into_before(row: ProviderRequest, but: Message) -> Message | None:
    """Return the earlier JW319 on this request that stands, if there was one."""
    sent = row.message.answered_by.filter(name="JW319", trouble="").exclude(pk=but.pk).order_by("-at")
    for each in sent.exclude(state=State.REJECTED):
        read = content_of(each)
        if read is not None and read.content.Antwoord.ReferentieAanbieder == row.reference:
            return each
    return None


def subjects_of(rows: Iterable[ProviderRequest]) -> list[Subject]:
    """Return what a look at requests concerns: themselves and their dossiers."""
    return [found for row in rows for found in (subject(row), ("dossier", row.dossier_id))]


def _tell(by: Principal, at: dt.datetime, kind: str, row: ProviderRequest, *fields: str) -> None:
    Dossier.objects.filter(pk=row.dossier_id).update(last_change_on=clock.today(at))
    record(by, kind, row, at=at, municipality=row.municipality, fields=fields, subjects=subjects_of([row]))


def listen() -> None:
    """Hear of messages."""
    signals.message_taken_in.connect(taken_in, dispatch_uid="exchange.requests")
