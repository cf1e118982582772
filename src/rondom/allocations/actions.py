"""Ordering help, letting it through, starting and stopping it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember
from rondom.allocations import continuity, queries, signals
from rondom.allocations.enums import (
    FITS,
    AllocationState,
    Decision,
    Deviation,
    Frequency,
    Ground,
    NoContract,
    StopReason,
)
from rondom.allocations.models import Allocation, AllocationChange
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, Unwise, VoidByLaw
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.decisions.enums import DecisionKind, Form
from rondom.decisions.models import Decision as Award
from rondom.decisions.queries import awards_for, taken_for
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, relate_once, touch
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, Clock, Dossier
from rondom.dossiers.queries import roles_in
from rondom.plans.models import Goal
from rondom.plans.ordering import may_order
from rondom.privacy.actions import end_relation
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.queries import relations_on
from rondom.providers.enums import EURO_UNIT, Funding, ProductKind
from rondom.providers.models import Product, Provider
from rondom.reference.queries import municipality_name

LOOKS = "looks at one order"
CENTS = 100
MOST_MONEY = 99_999_999  # cents (iJw LDT_Budget, LDT_Volume)
START, SENT_BACK, WATCH = "allocations.start", "allocations.sent_back", "allocations.watch"


@dataclass(frozen=True)
class Help:
    """What is ordered: a product with its volume, or a free offer by name (with its provider when we know it).

    `starts` is the first day, `ends` the first day that no longer counts (None: no end agreed). `budget` is the most a
    kind of help, or whatever is given, may cost in the whole period, in cents.
    """

    starts: dt.date
    ends: dt.date | None = None
    product: Product | None = None
    free_offer: str = ""
    provider: Provider | None = None
    volume: int | None = None
    frequency: Frequency | str = ""
    budget: int | None = None

    @classmethod
    def typed(
        cls, product: Product | None, *, starts: dt.date, last_day: dt.date | None, volume: int | None = None,
        frequency: Frequency | str = "", amount: Decimal | None = None, **more: Any,
    ) -> "Help":  # fmt: skip
        """Return what was typed in a form: money is the volume of a product that is paid as a sum, else a budget.

        Raises BadInput for such a product with another volume beside the sum, and for parts of a cent.
        """
        if amount is not None and amount * CENTS % 1:
            raise BadInput(_("Write the sum in euros and whole cents, such as 87,50."), field="amount")
        cents = int(amount * CENTS) if amount is not None else None
        as_sum = product is not None and product.unit == EURO_UNIT
        if as_sum and volume is not None:
            raise BadInput(_("This help is ordered as a sum. Write the sum, and leave this empty."), field="volume")
        return cls(
            starts=starts, ends=last_day + continuity.DAY if last_day else None, product=product,
            volume=cents if as_sum else volume, frequency=frequency, budget=None if as_sum else cents, **more,
        )  # fmt: skip


@dataclass(frozen=True)
class Basis:
    """Along which way, and with a decision (its number and date) or the reason why none is needed.

    `award` is the decision when it was made here; `Basis.resting_on` makes a basis of it.
    """

    ground: Ground
    decision: Decision
    reference: str = ""
    decided_on: dt.date | None = None
    award: Award | None = None

    @classmethod
    def resting_on(cls, award: Award, ground: Ground = Ground.MUNICIPAL) -> "Basis":
        """Return the basis of an order that rests on a decision made here."""
        return cls(ground, Decision.TAKEN, award.number, award.decided_on, award)


@dataclass(frozen=True)
class Unusual:
    """What goes with an order that is unusual: why it is right all the same, and why there is no contract.

    `mandate` is the number of the agreement under which help without a contract is bought; empty: the back office
    writes it when it lets the order through. `shown_to` is the one colleague of the back office who looks at an order
    for a shielded dossier; nobody else there sees it.
    """

    despite: str = ""
    no_contract: NoContract | str = ""
    mandate: str = ""
    shown_to: StaffMember | None = None


WITHOUT_CONTRACT = frozenset({Deviation.NO_CONTRACT, Deviation.NO_RATE})


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
    unusual: Unusual | None = None,
    bridges: Allocation | None = None,
    follows: Allocation | None = None,
) -> Allocation:
    """Order help for a youth. Nothing deviates: it goes out at once. Something deviates: it waits for the back office.

    `bridges` is help the youth waits for, and gets this until then; `follows` the order this one goes on from, which
    ends when this one goes out. `unusual` says more than `despite` alone.

    Raises VoidByLaw when the decision does not go with the ground, when another municipality is responsible, or when
    the Youth Act does not hold any more; Unwise (field despite, no_contract) for what deviates, without a reason;
    BadInput for what cannot be read.
    """
    said_why = unusual or Unusual(despite)
    despite = said_why.despite
    _is_whole(what, basis, clock.today(at))
    _may_be(dossier, basis)
    _was_awarded(dossier, what, basis)
    is_still_a_youth(dossier, what, basis)
    _hangs_together(dossier, bridges, follows)
    _leaves_room(dossier, what, follows)
    ours = basis.ground == Ground.MUNICIPAL and basis.decision == Decision.TAKEN
    may_order(dossier=dossier, goal=goal, individual=ours, at=at)
    found = deviations(dossier, what, basis, beside=tuple(filter(None, (bridges, follows))))
    if found and not despite.strip():
        said = ", ".join(str(each.label) for each in found)
        raise Unwise(
            _("Something is unusual: %(said)s. Is it right all the same? Then write why.") % {"said": said},
            field="despite",
        )
    shown_to = _looker(dossier, said_why, at) if found and dossier.shielded else None
    no_contract, mandate = _without_contract(found, said_why, what, follows)
    product = what.product
    row = Allocation.objects.create(
        municipality=dossier.municipality, dossier=dossier, case=case, goal=goal, product=product,
        provider=product.lot.contract.provider if product else what.provider,
        free_offer="" if product else what.free_offer.strip(), volume=what.volume,
        unit=product.unit if product else "", frequency=what.frequency if what.volume else "", budget=what.budget,
        starts=what.starts,
        ends=what.ends, ground=basis.ground, decision=basis.decision, decision_reference=basis.reference.strip(),
        decided_on=basis.decided_on, award=basis.award, deviations=" ".join(found),
        despite=despite.strip() if found else "", ordered_by=ordered_by, ordered_on=clock.today(at),
        state=AllocationState.WAITING if found else AllocationState.ORDERED, created_at=at, bridges=bridges,
        follows=follows, no_contract=no_contract, mandate=mandate, shown_to=shown_to,
    )  # fmt: skip
    _tell(by, "allocations.help_ordered", row, at)
    if shown_to:
        relate_once(by, at, dossier, shown_to.pk, RelationKind.ORGANISATION, LOOKS)
    if product and not dossier.shielded:
        for payer in queries.payers(row.municipality):
            relate_once(by, at, dossier, payer.pk, RelationKind.ORGANISATION, "pays this help")
    if not found:
        _goes_out(by, at, row)
    return row


def _looker(dossier: Dossier, unusual: Unusual, at: dt.datetime) -> StaffMember:
    """Return the one colleague who looks at this order; raises BadInput when nobody was named who can."""
    if unusual.shown_to is None or unusual.shown_to not in queries.lookers_for([dossier], at=at):
        raise BadInput(
            _("This dossier is shielded. Choose the one colleague of the back office who looks at this order."),
            field="shown_to",
        )
    return unusual.shown_to


def _was_awarded(dossier: Dossier, what: Help, basis: Basis) -> None:
    """Refuse an order that is more, or other, than the decision made here gives (Awb 1:3; practice 6)."""
    award = basis.award
    if award is None:
        return
    if award not in awards_for(dossier, what.starts) or award.form == Form.BUDGET:
        raise BadInput(
            _("This decision gives this youth no help in kind on the first day. Choose another decision or first day."),
            field="award",
        )
    if award.product and award.product != what.product:
        words = {"help": award.product.name}
        raise VoidByLaw(
            _("This decision is about other help: %(help)s. Order that, or ask for a new decision.") % words,
            field="product", source="Awb 1:3",
        )  # fmt: skip
    if award.ends and (what.ends is None or what.ends > award.ends):
        last = date_words(award.ends - dt.timedelta(days=1))
        raise VoidByLaw(
            _("The decision gives this help up to and including %(day)s. Choose a last day until then.")
            % {"day": last},
            field="last_day", source="Awb 1:3",
        )  # fmt: skip
    if award.volume and award.frequency == what.frequency and _in_units(what) > award.volume:
        raise VoidByLaw(
            _("The decision gives %(volume)s of this help, not more. Order less, or ask for a new decision.")
            % {"volume": award.volume},
            field="volume", source="Awb 1:3",
        )  # fmt: skip


def _in_units(what: Help) -> float:
    """Return the volume as a decision counts it: a sum in whole euros, not in cents."""
    volume = what.volume or 0
    return volume / CENTS if what.product and what.product.unit == EURO_UNIT else volume


def _leaves_room(dossier: Dossier, what: Help, follows: Allocation | None) -> None:
    """Refuse a kind of help or a budget beside help it holds already, at the same provider (iJw TR302; 10.6)."""
    if what.product is None:
        return
    beside = (follows,) if follows else ()
    rows = queries.within_each_other(dossier, what.product, what.starts, what.ends, beside=beside)
    other = rows.select_related("product").first()
    if other is not None:
        raise BadInput(
            _(
                "%(help)s runs at this provider in this period, and what you order holds it too. Change that order, or "
                "begin on the day after it."
            ) % {"help": other.what},
            field="product",
        )  # fmt: skip


def _hangs_together(dossier: Dossier, bridges: Allocation | None, follows: Allocation | None) -> None:
    for other in (bridges, follows):
        if other is not None and other.dossier_id != dossier.pk:
            raise BadInput(_("This is help for another youth. Choose help for the same one."), field="dossier")
    waits = {AllocationState.WAITING, AllocationState.ORDERED, AllocationState.PAUSED}
    if bridges is not None and bridges.state not in waits:
        raise BadInput(_("Nobody waits for this help any more, so there is nothing to bridge."))


def is_still_a_youth(dossier: Dossier, what: Help, basis: Basis) -> None:
    """Refuse help on days on which the Youth Act does not hold for this person (Jw 1.1; JW-01, JW-08).

    A certified institution or court may order after the 18th birthday by youth criminal law, which is not known here;
    a free offer is for everybody.
    """
    if basis.ground in (Ground.GI, Ground.COURT) or what.product is None:
        return
    until = continuity.youth_until(dossier, what.starts, what.ends)
    last = (what.ends or what.starts + continuity.DAY) - continuity.DAY
    if until is None or last <= until.last_day:
        return
    words = {"name": dossier.youth.short_name, "day": date_words(until.last_day)}
    if until.last_day < what.starts:
        over = _("The Youth Act does not hold for %(name)s any more. Look at help under another law (Wmo, Zvw, Wlz).")
        raise VoidByLaw(over % words, field="starts", source="Jw 1.1")
    sentence = _(
        "For %(name)s the Youth Act holds up to and including %(day)s. Choose a last day until then, and look in time "
        "at help under another law (Wmo, Zvw, Wlz)."
    )
    raise VoidByLaw(sentence % words, field="last_day", source="Jw 1.1")


def _without_contract(
    found: list[Deviation], unusual: Unusual, what: Help, follows: Allocation | None
) -> tuple[str, str]:
    """Return why there is no contract and its mandate; empty when there is one. A reason without need is left out."""
    if not WITHOUT_CONTRACT & set(found):
        return "", ""
    if not unusual.no_contract:
        raise Unwise(
            _("No contract or rate holds on the first day. Choose why it can be ordered all the same."),
            field="no_contract",
        )
    goes_on = follows is not None and what.product and follows.provider_id == what.product.lot.contract.provider_id
    if unusual.no_contract == NoContract.CONTINUITY and not goes_on:
        raise BadInput(
            _("This reason is only for help that goes on with the same provider. Order it from the help that runs."),
            field="no_contract",
        )
    return str(unusual.no_contract), unusual.mandate.strip()


def _is_whole(what: Help, basis: Basis, today: dt.date) -> None:
    if (what.product is None) == (not what.free_offer.strip()):
        raise BadInput(_("Choose a product, or write which free offer it is."), field="product")
    if what.ends and what.ends <= what.starts:
        raise BadInput(_("The last day lies before the first."), field="last_day")
    is_counted_right(what)
    if what.volume is not None and not what.frequency:
        raise BadInput(_("Choose per what this counts."), field="frequency")
    if basis.decision == Decision.TAKEN:
        if not basis.reference.strip() or basis.decided_on is None:
            raise BadInput(_("Write the number and the date of the decision."), field="decision_reference")
        if basis.decided_on > today:
            raise BadInput(_("This day lies in the future."), field="decided_on")


def is_counted_right(what: Help) -> None:
    """Refuse what is not counted as its kind asks: a volume for one product, at most a budget for an open choice."""
    if what.product is None or what.product.is_specific:
        _is_counted(what)
    else:
        _is_budgeted(what, what.product)


def _is_counted(what: Help) -> None:
    """Refuse one product, or a free offer, that is not counted as it should be (iJw CD041, CD076, CD078, CS338)."""
    product = what.product
    if what.budget is not None:
        raise BadInput(
            _("A sum is for a kind of help or a free choice, or for help that is paid as a sum. Leave it empty."),
            field="amount",
        )
    as_sum = product is not None and product.unit == EURO_UNIT
    if product and product.lot.funding != Funding.TASK and not what.volume:
        if as_sum:
            raise BadInput(_("Write which sum is ordered."), field="amount")
        raise BadInput(_("Write how much is ordered of this product."), field="volume")
    if product and what.frequency == Frequency.WEEK and what.ends is None:
        raise BadInput(_("Help per week needs a last day."), field="last_day")
    if not as_sum:
        return
    if what.frequency == Frequency.DAY:
        raise BadInput(_("A sum is ordered per week, per month or in the whole period."), field="frequency")
    if what.frequency == Frequency.TOTAL and what.ends is None:
        raise BadInput(_("A sum for the whole period needs a last day."), field="last_day")
    if not 0 < (what.volume or 0) <= MOST_MONEY:
        raise BadInput(_("Write a sum above zero, up to 999.999,99 euros."), field="amount")


def _is_budgeted(what: Help, product: Product) -> None:
    """Refuse a kind of help or free choice that the standard cannot order (iJw CD075, CD077, CD079, CD080)."""
    if what.volume is not None:
        raise BadInput(_("The provider chooses the product, so leave the volume empty."), field="volume")
    if what.budget is None:
        if product.kind == ProductKind.GENERIC:
            raise BadInput(_("Write how much money it may cost at most."), field="amount")
        return
    if not 0 < what.budget <= MOST_MONEY:
        raise BadInput(_("Write a sum above zero, up to 999.999,99 euros."), field="amount")
    if what.ends is None:
        raise BadInput(_("A budget is for a period, so it needs a last day."), field="last_day")


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


def deviations(dossier: Dossier, what: Help, basis: Basis, *, beside: tuple[Allocation, ...] = ()) -> list[Deviation]:
    """Return what is unusual in an order, in a fixed order (practice 21, 22).

    `beside` is help that this order bridges or goes on from: it may run at the same time.
    """
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
    if queries.alike(dossier, product, what.starts, what.ends, beside=beside).exists():
        found.append(Deviation.STACKED)
    if product.lot.ceiling_reached_on and product.lot.ceiling_reached_on <= what.starts:
        found.append(Deviation.CEILING)
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
    """The order goes to the provider; the norm for its start runs as a clock, when a norm was chosen here.

    What it follows ends on the day before it begins, as was written when it was asked (iJw: both in one message).
    """
    if row.follows_id:
        end_followed(by, at, row)
    row_clock = _start_clock(by, at, row)
    if row_clock:
        Allocation.objects.filter(pk=row.pk).update(start_clock=row_clock)
        row.refresh_from_db()
    signals.allocation_ordered.send(sender=Allocation, allocation=row, by=by, at=at)


def end_followed(by: Principal, at: dt.datetime, row: Allocation) -> None:
    """End what an order follows, as was written when it was asked; part of the act by which it goes out."""
    change = AllocationChange.objects.filter(follower=row).select_related("allocation").first()
    if change is None:
        return
    old = change.allocation
    Allocation.objects.filter(pk=old.pk).update(ends=change.ends_after, version=old.version + 1, changed_at=at)
    _tell(by, "allocations.help_followed", old, at, "ends")
    signals.allocation_changed.send(sender=Allocation, allocation=old, change=change, by=by, at=at)


def _start_clock(by: Principal, at: dt.datetime, row: Allocation) -> Clock | None:
    if row.case is None or row.follows_id:  # help that goes on does not begin
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
def let_through(
    *,
    by: Principal,
    at: dt.datetime,
    allocation: Allocation,
    let_through_by: StaffMember,
    mandate: str = "",
    asked_by_provider: bool = False,
) -> Allocation:
    """The back office lets an order through that deviates: it goes out to the provider.

    Whoever ordered it asks a colleague; what a provider asked by message (`asked_by_provider`) has its second person
    in whoever answers. Without a contract only under a mandate: raises BadInput (field mandate) without its number.
    """
    _is_back_office(by)
    if allocation.ordered_by_id == let_through_by.pk and not asked_by_provider:
        raise NotAllowed(_("You ordered this yourself. Let another colleague of the back office look at it."))
    mandate = mandate.strip() or allocation.mandate
    if allocation.no_contract and not mandate:
        raise BadInput(
            _("There is no contract. Write the number of the agreement or mandate under which this is bought."),
            field="mandate",
        )
    _move(
        allocation, at, from_states=frozenset({AllocationState.WAITING}), state=AllocationState.ORDERED,
        let_through_by=let_through_by, let_through_at=at, mandate=mandate if allocation.no_contract else "",
    )  # fmt: skip
    _tell(by, "allocations.order_let_through", allocation, at, "state")
    _looked(by, at, allocation)
    _goes_out(by, at, allocation)
    return allocation


@action
def send_back(
    *, by: Principal, at: dt.datetime, allocation: Allocation, let_through_by: StaffMember, reason: str
) -> Allocation:
    """The back office sends an order back with what is not right; the team orders again or leaves it.

    That money has run out is no reason: raises VoidByLaw when nothing else is unusual (Jw 2.3; practice 21).
    """
    _is_back_office(by)
    if allocation.deviations.split() == [Deviation.CEILING]:
        raise VoidByLaw(
            _(
                "The agreed sum has been used up, and the duty to give help goes on. Let this order through, or ask "
                "the team together with purchase for help that fits and is there."
            ),
            field="reason", source="Jw 2.3; Jw 2.6 lid 1",
        )  # fmt: skip
    if not reason.strip():
        raise BadInput(_("Write what is not right, so that the team can put it right."), field="reason")
    _move(
        allocation, at, from_states=frozenset({AllocationState.WAITING}), state=AllocationState.SENT_BACK,
        let_through_by=let_through_by, let_through_at=at, sent_back_because=reason.strip(),
    )  # fmt: skip
    _tell(by, "allocations.order_sent_back", allocation, at, "state", "sent_back_because")
    _looked(by, at, allocation)
    end_watch(by, at, allocation)
    if allocation.case:
        holder = next((r.staff for r in roles_in(allocation.case, at=at) if r.kind == CaseRoleKind.COORDINATION), None)
        dossiers.start_clock(
            by=by, at=at, case=allocation.case, kind=SENT_BACK, due=clock.today(at), rests_with=holder,
            title=_("The back office sent an order back"), about=allocation.dossier,
            why=Why(_("Help waits until it is ordered again, or left."), norm=True),
        )  # fmt: skip
    return allocation


def _looked(by: Principal, at: dt.datetime, row: Allocation) -> None:
    """End the sight of the one colleague who looked at an order for a shielded dossier, when no other one waits."""
    waits = Allocation.objects.filter(
        dossier=row.dossier_id, shown_to=row.shown_to_id, state=AllocationState.WAITING
    ).exists()
    if row.shown_to_id is None or waits:
        return
    for relation in relations_on(SubjectKind.DOSSIER, row.dossier_id, at=at):
        if relation.principal == row.shown_to_id and relation.ground == LOOKS:
            end_relation(by=by, at=at, relation=relation, ground=LOOKS)


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
    talk = first_talk_on or allocation.first_talk_on
    if talk and talk > started_on:
        raise BadInput(_("The first talk lies after the start. Check the two days."), field="first_talk_on")
    _move(
        allocation, at, from_states=frozenset({AllocationState.ORDERED}), state=AllocationState.STARTED,
        started_on=started_on, right_address=True, help_needed=True, start_told_on=clock.today(at),
        first_talk_on=first_talk_on or allocation.first_talk_on,
    )  # fmt: skip
    _tell(by, "allocations.help_started", allocation, at, "state", "started_on")
    _meet(by, at, allocation)
    signals.allocation_started.send(sender=Allocation, allocation=allocation, by=by, at=at)
    return allocation


def _meet(by: Principal, at: dt.datetime, row: Allocation) -> None:
    if row.start_clock and row.start_clock.state in ClockState.open_states():
        dossiers.meet_clock(by=by, at=at, row=row.start_clock)
    end_watch(by, at, row)


def end_watch(by: Principal, at: dt.datetime, row: Allocation) -> None:
    """End the day on which somebody looks whether it can still wait; part of the act that makes it needless."""
    if row.wait_clock and row.wait_clock.state in ClockState.open_states():
        dossiers.meet_clock(by=by, at=at, row=row.wait_clock)


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
    """Help stopped on its last day, or never started, for a reason. For a while: it rests, and can go on (`resume`).

    Raises VoidByLaw when the municipality ends what a decision awarded without a decision about the end (practice 6);
    BadInput for a day that cannot be.
    """
    started = allocation.started_on is not None
    rests = reason == StopReason.FOR_A_WHILE
    if started and reason in StopReason.before_start():
        raise BadInput(_("This help has started. Choose another reason."), field="reason")
    if stopped_on > clock.today(at):
        raise BadInput(_("This day lies in the future. Stop it when the last day has come."), field="stopped_on")
    if allocation.started_on and stopped_on < allocation.started_on:
        raise BadInput(_("This day lies before the start of the help."), field="stopped_on")
    if rests and allocation.state != AllocationState.STARTED:
        raise BadInput(_("Only help that is given can stop for a while."), field="reason")
    if allocation.stopped_on and stopped_on < allocation.stopped_on:
        raise BadInput(
            _("It stopped for a while on a later day. Choose that day, or one after it."), field="stopped_on"
        )
    awarded = allocation.decision in (Decision.TAKEN, Decision.MEDICAL_AS_ASKED)
    ends_award = awarded and reason == StopReason.MUNICIPALITY
    if ends_award and not end_decision.strip():
        raise VoidByLaw(
            _("The municipality can only end this help with a decision; write its number."),
            field="end_decision", source="Awb 1:3; Jw 2.3",
        )  # fmt: skip
    end_award = _ends_by(allocation, end_decision) if ends_award else None
    _move(
        allocation, at, from_states=AllocationState.open_states(),
        state=AllocationState.PAUSED if rests else AllocationState.STOPPED,
        stopped_on=stopped_on, stop_reason=reason, stop_words=words.strip(),
        end_decision=end_decision.strip() if ends_award else "", end_award=end_award,
        **({} if started else _answered(reason)),
    )  # fmt: skip
    _tell(by, "allocations.help_stopped", allocation, at, "state", "stopped_on", "stop_reason")
    open_clock = allocation.start_clock
    if open_clock and open_clock.state in ClockState.open_states():
        dossiers.stop_clock(by=by, at=at, row=open_clock, reason=str(StopReason(reason).label))
    if not rests:
        end_watch(by, at, allocation)
        _looked(by, at, allocation)
    signals.allocation_stopped.send(sender=Allocation, allocation=allocation, by=by, at=at)
    return allocation


def _ends_by(row: Allocation, number: str) -> Award | None:
    """Return the decision made here by which this help ends; None when its number is of one made elsewhere."""
    award = taken_for(row.dossier).filter(number=number.strip()).first()
    if award and award.kind not in DecisionKind.takes():
        raise VoidByLaw(
            _("This decision gives help. Ending it asks a decision that revises or revokes it."),
            field="end_decision", source="Awb 1:3; Jw 2.3",
        )  # fmt: skip
    return award


@action
def resume(*, by: Principal, at: dt.datetime, allocation: Allocation, resumed_on: dt.date) -> Allocation:
    """Help that stopped for a while goes on, from a day after its last one (iJw: a new start of the same order)."""
    if resumed_on > clock.today(at):
        raise BadInput(_("This day lies in the future. Write it down when help has really begun."), field="resumed_on")
    if allocation.stopped_on and resumed_on <= allocation.stopped_on:
        raise BadInput(_("Help was given until this day. Choose a later one."), field="resumed_on")
    if allocation.ends and resumed_on >= allocation.ends:
        raise BadInput(_("The order has ended by then. Order it anew from this help."), field="resumed_on")
    _move(
        allocation, at, from_states=frozenset({AllocationState.PAUSED}), state=AllocationState.STARTED,
        resumed_on=resumed_on, stopped_on=None, stop_reason="", stop_words="",
    )  # fmt: skip
    _tell(by, "allocations.help_resumed", allocation, at, "state", "resumed_on")
    end_watch(by, at, allocation)
    signals.allocation_started.send(sender=Allocation, allocation=allocation, by=by, at=at)
    return allocation


def _answered(reason: StopReason) -> dict[str, bool]:
    """Return the provider's two answers when one of them is why help never started."""
    if reason == StopReason.WRONG_ADDRESS:
        return {"right_address": False}
    return {"right_address": True, "help_needed": False} if reason == StopReason.ADVICE_ENOUGH else {}
