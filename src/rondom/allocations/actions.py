"""Ordering help, letting it through, starting and stopping it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember
from rondom.allocations import queries, signals
from rondom.allocations.enums import FITS, AllocationState, Decision, Deviation, Frequency, Ground, StopReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, Unwise, VoidByLaw
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, relate_once, touch
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, Clock, Dossier
from rondom.dossiers.queries import roles_in
from rondom.plans.models import Goal
from rondom.plans.ordering import may_order
from rondom.privacy.enums import RelationKind
from rondom.providers.enums import Funding
from rondom.providers.models import Product, Provider
from rondom.reference.queries import municipality_name

START = "allocations.start"


@dataclass(frozen=True)
class Help:
    """What is ordered: a product with its volume, or a free offer by name (with its provider when we know it).

    `starts` is the first day, `ends` the first day that no longer counts (None: no end agreed).
    """

    starts: dt.date
    ends: dt.date | None = None
    product: Product | None = None
    free_offer: str = ""
    provider: Provider | None = None
    volume: int | None = None
    frequency: Frequency | str = ""


@dataclass(frozen=True)
class Basis:
    """Along which way, and with a decision (its number and date) or the reason why none is needed."""

    ground: Ground
    decision: Decision
    reference: str = ""
    decided_on: dt.date | None = None


@action
def order(
    *,
    by: Principal,
    at: dt.datetime,
    dossier: Dossier,
    case: Case | None,
    ordered_by: StaffMember,
    what: Help,
    basis: Basis,
    goal: Goal | None = None,
    despite: str = "",
) -> Allocation:
    """Order help for a youth. Nothing deviates: it goes out at once. Something deviates: it waits for the back office.

    Raises VoidByLaw when the decision does not go with the ground, or when another municipality is responsible;
    Unwise (field despite) for what deviates, without a reason; BadInput for what cannot be read.
    """
    _is_whole(what, basis, clock.today(at))
    _may_be(dossier, basis)
    ours = basis.ground == Ground.MUNICIPAL and basis.decision == Decision.TAKEN
    may_order(dossier=dossier, goal=goal, individual=ours, at=at)
    found = deviations(dossier, what, basis)
    if found and not despite.strip():
        said = ", ".join(str(each.label) for each in found)
        raise Unwise(
            _("Something is unusual: %(said)s. Is it right all the same? Then write why.") % {"said": said},
            field="despite",
        )
    if found and dossier.shielded:
        raise BadInput(
            _("This dossier is shielded: the back office cannot look at this order. Order without anything unusual.")
        )
    product = what.product
    row = Allocation.objects.create(
        municipality=dossier.municipality, dossier=dossier, case=case, goal=goal, product=product,
        provider=product.lot.contract.provider if product else what.provider,
        free_offer="" if product else what.free_offer.strip(), volume=what.volume,
        unit=product.unit if product else "", frequency=what.frequency if what.volume else "", starts=what.starts,
        ends=what.ends, ground=basis.ground, decision=basis.decision, decision_reference=basis.reference.strip(),
        decided_on=basis.decided_on, deviations=" ".join(found),
        despite=despite.strip() if found else "", ordered_by=ordered_by, ordered_on=clock.today(at),
        state=AllocationState.WAITING if found else AllocationState.ORDERED, created_at=at,
    )  # fmt: skip
    _tell(by, "allocations.help_ordered", row, at)
    if product and not dossier.shielded:
        for payer in queries.payers(row.municipality):
            relate_once(by, at, dossier, payer.pk, RelationKind.ORGANISATION, "pays this help")
    if not found:
        _goes_out(by, at, row)
    return row


def _is_whole(what: Help, basis: Basis, today: dt.date) -> None:
    if (what.product is None) == (not what.free_offer.strip()):
        raise BadInput(_("Choose a product, or write which free offer it is."), field="product")
    if what.ends and what.ends <= what.starts:
        raise BadInput(_("The last day lies before the first."), field="last_day")
    if what.volume is not None and not what.frequency:
        raise BadInput(_("Choose per what this counts."), field="frequency")
    if what.product and what.product.lot.funding != Funding.TASK and not what.volume:
        raise BadInput(_("Write how much is ordered of this product."), field="volume")
    if what.product and what.frequency == Frequency.WEEK and what.ends is None:
        raise BadInput(_("Help per week needs a last day."), field="last_day")  # iJw CD076
    if basis.decision == Decision.TAKEN:
        if not basis.reference.strip() or basis.decided_on is None:
            raise BadInput(_("Write the number and the date of the decision."), field="decision_reference")
        if basis.decided_on > today:
            raise BadInput(_("This day lies in the future."), field="decided_on")


def _may_be(dossier: Dossier, basis: Basis) -> None:
    """Refuse what is void by law: no decision where the law asks one, or another municipality responsible."""
    if basis.decision not in FITS[basis.ground]:
        raise VoidByLaw(
            _("This basis does not go with this way. Individual help by the municipality needs a decision."),
            field="decision", source="Jw 2.3; Awb 1:3",
        )  # fmt: skip
    responsible = dossier.responsible_municipality
    if responsible and responsible != dossier.municipality:
        name = municipality_name(responsible, on=dossier.opened_on)
        raise VoidByLaw(
            _("%(name)s is responsible for this youth and orders the help. Ask that municipality.") % {"name": name},
            field="dossier", source="Jw 1.1; Jw 2.3",
        )  # fmt: skip


def deviations(dossier: Dossier, what: Help, basis: Basis) -> list[Deviation]:
    """Return what is unusual in an order, in a fixed order (practice 21, 22)."""
    product = what.product
    if product is None:
        return []
    found = []
    contract = product.lot.contract
    if not contract.holds_on(what.starts):
        found.append(Deviation.NO_CONTRACT)
    elif not queries.can_be_ordered(product, what.starts):
        found.append(Deviation.NO_RATE)
    if basis.decision == Decision.FREE_OFFER and product.lot.funding != Funding.TASK:
        found.append(Deviation.PRICED_FREE_OFFER)
    if queries.alike(dossier, product, what.starts, what.ends).exists():
        found.append(Deviation.STACKED)
    if product.lot.funding != Funding.TASK and not dossier.responsible_municipality:
        found.append(Deviation.NO_RESPONSIBLE)
    return found


def _tell(by: Principal, kind: str, row: Allocation, at: dt.datetime, *fields: str) -> None:
    day = clock.today(at)
    Dossier.objects.filter(pk=row.dossier_id).update(last_change_on=day)
    if row.case:
        touch(row.case, day)
    record(by, kind, row, at=at, municipality=row.municipality, fields=fields, subjects=queries.subjects_of(row))


def _move(row: Allocation, at: dt.datetime, *, from_states: frozenset[str], **values: Any) -> None:
    """The one place where the state of an allocation moves: conditional, so of two people at once one wins."""
    taken = Allocation.objects.filter(pk=row.pk, state__in=from_states).update(
        version=row.version + 1, changed_at=at, **values
    )
    if not taken:
        raise BadInput(_("Somebody changed this in the meantime. Look at it again."))
    row.refresh_from_db()


def _goes_out(by: Principal, at: dt.datetime, row: Allocation) -> None:
    """The order goes to the provider; the norm for its start runs as a clock, when a norm was chosen here."""
    row_clock = _start_clock(by, at, row)
    if row_clock:
        Allocation.objects.filter(pk=row.pk).update(start_clock=row_clock)
        row.refresh_from_db()
    signals.allocation_ordered.send(sender=Allocation, allocation=row, by=by, at=at)


def _start_clock(by: Principal, at: dt.datetime, row: Allocation) -> Clock | None:
    if row.case is None:
        return None
    since = row.decided_on or row.ordered_on
    norm = queries.start_norm(row.municipality, since, product=row.product, decided=row.decided_on is not None)
    if norm is None:
        return None
    words = {"days": norm.value, "day": date_words(since)}
    holder = next((r.staff for r in roles_in(row.case, at=at) if r.kind == CaseRoleKind.COORDINATION), None)
    return dossiers.start_clock(
        by=by, at=at, case=row.case, kind=START, title=_("Ask whether the help has started"), rests_with=holder,
        due=since + dt.timedelta(days=int(norm.value)), about=row.dossier,
        why=Why(
            _("Help begins within %(days)s days.") % words, norm.source, _("%(days)s days from %(day)s") % words
        ),
    )  # fmt: skip


@action
def let_through(*, by: Principal, at: dt.datetime, allocation: Allocation, let_through_by: StaffMember) -> Allocation:
    """The back office lets an order through that deviates: it goes out to the provider."""
    _is_back_office(by)
    _move(
        allocation, at, from_states=frozenset({AllocationState.WAITING}), state=AllocationState.ORDERED,
        let_through_by=let_through_by, let_through_at=at,
    )  # fmt: skip
    _tell(by, "allocations.order_let_through", allocation, at, "state")
    _goes_out(by, at, allocation)
    return allocation


@action
def send_back(
    *, by: Principal, at: dt.datetime, allocation: Allocation, let_through_by: StaffMember, reason: str
) -> Allocation:
    """The back office sends an order back with what is not right; the team orders again or leaves it."""
    _is_back_office(by)
    if not reason.strip():
        raise BadInput(_("Write what is not right, so that the team can put it right."), field="reason")
    _move(
        allocation, at, from_states=frozenset({AllocationState.WAITING}), state=AllocationState.SENT_BACK,
        let_through_by=let_through_by, let_through_at=at, sent_back_because=reason.strip(),
    )  # fmt: skip
    _tell(by, "allocations.order_sent_back", allocation, at, "state", "sent_back_because")
    if allocation.case:
        holder = next((r.staff for r in roles_in(allocation.case, at=at) if r.kind == CaseRoleKind.COORDINATION), None)
        dossiers.start_clock(
            by=by, at=at, case=allocation.case, kind=START, due=clock.today(at), rests_with=holder,
            title=_("The back office sent an order back"), about=allocation.dossier,
            why=Why(_("Help waits until it is ordered again, or left."), norm=True),
        )  # fmt: skip
    return allocation


def _is_back_office(by: Principal) -> None:
    if not by.has(Role.BACK_OFFICE):
        raise NotAllowed(_("The back office decides about this order."))


@action
def start(
    *,
    by: Principal,
    at: dt.datetime,
    allocation: Allocation,
    started_on: dt.date,
    right_address: bool,
    help_needed: bool,
    first_talk_on: dt.date | None = None,
) -> Allocation:
    """Help began, after the provider's two questions: is this the right address, is help needed (D44)?

    Either one answered no is not a start: raises BadInput that says to stop it with that reason. Meets the clock.
    """
    if not right_address:
        raise BadInput(
            _("Not the right address? Then help does not start here. Stop it with that reason, and hand over warmly."),
            field="right_address",
        )
    if not help_needed:
        raise BadInput(_("Advice was enough? Then help does not start. Stop it with that reason."), field="help_needed")
    if started_on > clock.today(at):
        raise BadInput(_("This day lies in the future. Write it down when help has really begun."), field="started_on")
    if started_on < allocation.starts:
        raise BadInput(_("This day lies before the ordered period. Order it from this day."), field="started_on")
    if first_talk_on and first_talk_on > started_on:
        raise BadInput(_("The first talk lies after the start. Check the two days."), field="first_talk_on")
    _move(
        allocation, at, from_states=frozenset({AllocationState.ORDERED}), state=AllocationState.STARTED,
        started_on=started_on, right_address=True, help_needed=True, first_talk_on=first_talk_on,
    )  # fmt: skip
    _tell(by, "allocations.help_started", allocation, at, "state", "started_on")
    _meet(by, at, allocation)
    signals.allocation_started.send(sender=Allocation, allocation=allocation, by=by, at=at)
    return allocation


def _meet(by: Principal, at: dt.datetime, row: Allocation) -> None:
    if row.start_clock and row.start_clock.state in ClockState.open_states():
        dossiers.meet_clock(by=by, at=at, row=row.start_clock)


@action
def stop(
    *,
    by: Principal,
    at: dt.datetime,
    allocation: Allocation,
    stopped_on: dt.date,
    reason: StopReason,
    words: str = "",
    end_decision: str = "",
) -> Allocation:
    """Help stopped on its last day, or never started, for a reason.

    Raises VoidByLaw when the municipality ends what a decision awarded without a decision about the end (practice 6);
    BadInput for a day that cannot be.
    """
    started = allocation.state == AllocationState.STARTED
    if started and reason in StopReason.before_start():
        raise BadInput(_("This help has started. Choose another reason."), field="reason")
    if stopped_on > clock.today(at):
        raise BadInput(_("This day lies in the future. Stop it when the last day has come."), field="stopped_on")
    if allocation.started_on and stopped_on < allocation.started_on:
        raise BadInput(_("This day lies before the start of the help."), field="stopped_on")
    ends_award = allocation.decision == Decision.TAKEN and reason == StopReason.MUNICIPALITY
    if ends_award and not end_decision.strip():
        raise VoidByLaw(
            _("A decision gave this help. The municipality can only end it with a decision; write its number."),
            field="end_decision", source="Awb 1:3; Jw 2.3",
        )  # fmt: skip
    _move(
        allocation, at, from_states=AllocationState.open_states(), state=AllocationState.STOPPED,
        stopped_on=stopped_on, stop_reason=reason, stop_words=words.strip(),
        end_decision=end_decision.strip() if ends_award else "",
        **({} if started else _answered(reason)),
    )  # fmt: skip
    _tell(by, "allocations.help_stopped", allocation, at, "state", "stopped_on", "stop_reason")
    open_clock = allocation.start_clock
    if open_clock and open_clock.state in ClockState.open_states():
        dossiers.stop_clock(by=by, at=at, row=open_clock, reason=str(StopReason(reason).label))
    signals.allocation_stopped.send(sender=Allocation, allocation=allocation, by=by, at=at)
    return allocation


def _answered(reason: StopReason) -> dict[str, bool]:
    """Return the provider's two answers when one of them is why help never started."""
    if reason == StopReason.WRONG_ADDRESS:
        return {"right_address": False}
    return {"right_address": True, "help_needed": False} if reason == StopReason.ADVICE_ENOUGH else {}
