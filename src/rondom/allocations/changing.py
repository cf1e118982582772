"""Changing an order that went out: longer, shorter, more, less, otherwise, withdrawn; and what is known of its wait.

`rules.how` says whether iJw lets it change under its own number, or whether it ends and another follows.
"""

import dataclasses
import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.allocations import actions, rules, signals
from rondom.allocations.actions import Basis, Help, Unusual
from rondom.allocations.enums import AllocationState, ChangeKind, ChangeReason, Decision, WaitReason
from rondom.allocations.models import Allocation, AllocationChange
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.decisions.enums import DecisionKind
from rondom.decisions.models import Decision as Award
from rondom.decisions.queries import taken_for
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import ClockState
from rondom.providers.models import Product


@dataclasses.dataclass(frozen=True)
class Because:
    """Why an order changes: the reason, in words, under which decision, and whether the provider agreed.

    A decision that was made here is found by its number (`rests_on`); of one made elsewhere number and date are typed.
    """

    reason: ChangeReason
    words: str = ""
    decision: str = ""
    decided_on: dt.date | None = None
    agreed_with_provider: bool = False


@action
def change(
    *,
    by: Principal,
    at: dt.datetime,
    allocation: Allocation,
    changed_by: StaffMember,
    wish: Help,
    because: Because,
    opened_version: int,
    unusual: Unusual | None = None,
) -> Allocation:
    """Change an order that went out; return the order that holds from then on: the same one, or the one that follows.

    `wish` is how it should be; its first day counts only when another order follows. Raises BadInput when nothing
    changes or a day cannot be; VoidByLaw when less than was awarded is given without a decision (Awb 1:3), or when a
    certified institution or court determines it (Jw 3.5). Two people at once: the second is refused.
    """
    _can_change(allocation, because.reason)
    how = rules.how(_now(allocation), _then(wish), today=clock.today(at), reason=because.reason)
    _only_cut(allocation, wish, how.kinds)
    if not how.kinds:
        raise BadInput(_("Nothing changes this way. Fill in what should be different."), field="last_day")
    because = _dated(allocation, because)
    _may_take_away(allocation, because, takes_away=how.takes_away)
    if how.in_place:
        return _in_place(by, at, allocation, changed_by, wish, because, opened_version, how.kinds)
    return _follow(by, at, allocation, changed_by, wish, because, opened_version, unusual)


def rests_on(row: Allocation, number: str, decided_on: dt.date | None, *, takes_away: bool) -> Award | None:
    """Return the decision made here that has this number and is about this youth; None when it was made elsewhere.

    Raises BadInput when its date is another one; VoidByLaw when it gives help and is said to take help away.
    """
    award = taken_for(row.dossier).filter(number=number.strip()).first() if number.strip() else None
    if award is None:
        return None
    if decided_on and award.decided_on and decided_on != award.decided_on:
        words = {"number": award.number, "day": date_words(award.decided_on)}
        raise BadInput(_("Decision %(number)s is of %(day)s. Check the date.") % words, field="decided_on")
    if takes_away and award.kind not in DecisionKind.takes():
        raise VoidByLaw(
            _("This decision gives help. Less than was awarded asks a decision that revises or revokes it."),
            field="decision_reference", source="Awb 1:3; Jw 2.3",
        )  # fmt: skip
    return award


def can_be_cut(row: Allocation) -> bool:
    """Tell whether help stopped before its ordered last day: that day can still come earlier (iJw 12.6)."""
    if row.state != AllocationState.STOPPED or row.started_on is None or row.stopped_on is None:
        return False
    return row.ends is None or row.ends > row.stopped_on + actions.continuity.DAY


def _only_cut(row: Allocation, wish: Help, kinds: tuple[ChangeKind, ...]) -> None:
    """Refuse of help that has stopped everything but an earlier last day, on or after the last day of the help."""
    if row.stopped_on is None or row.state != AllocationState.STOPPED:
        return
    if kinds != (ChangeKind.SHORTER,) or wish.ends is None or wish.ends <= row.stopped_on:
        words = {"day": date_words(row.stopped_on)}
        raise BadInput(
            _("This help stopped on %(day)s. Only its last day can come earlier, on or after that day.") % words,
            field="last_day",
        )


def _can_change(row: Allocation, reason: ChangeReason) -> None:
    if row.state not in AllocationState.running_states() and not can_be_cut(row):
        raise BadInput(_("Only help that is ordered or given can change. Order it anew."))
    if reason == ChangeReason.SENT_WRONGLY:
        raise BadInput(_("Should it never have been ordered? Then withdraw it."), field="reason")


def _now(row: Allocation) -> rules.Terms:
    return rules.Terms(row.ends, row.volume, row.frequency, _named(row.product) or row.free_offer, row.budget)


def _then(wish: Help) -> rules.Terms:
    frequency = str(wish.frequency) if wish.volume else ""
    return rules.Terms(wish.ends, wish.volume, frequency, _named(wish.product) or wish.free_offer, wish.budget)


def _named(product: Product | None) -> str:
    """Return what makes one product, kind of help or budget the same as another; "" for none."""
    return f"{product.category}/{product.code}" if product else ""


def _dated(row: Allocation, because: Because) -> Because:
    """Fill in the date of a decision that was made here."""
    award = rests_on(row, because.decision, because.decided_on, takes_away=False)
    return dataclasses.replace(because, decided_on=award.decided_on) if award else because


def _may_take_away(row: Allocation, because: Because, *, takes_away: bool) -> None:
    """Refuse what asks a decision and has none, and what is not ours to decide."""
    decision, reason = Decision(row.decision), because.reason
    if rules.belongs_to_others(decision, reason, takes_away=takes_away):
        raise VoidByLaw(
            _(
                "A certified institution or the court said which help is needed. Only they can say that less is "
                "enough: ask them."
            ),
            field="reason", source="Jw 3.5 lid 1",
        )  # fmt: skip
    if not rules.asks_decision(decision, reason, takes_away=takes_away):
        return
    if not because.decision.strip() or because.decided_on is None:
        sentence = (
            _("This makes what was awarded less. That asks a new decision first; write its number and date.")
            if takes_away
            else _("What a decision gave changes by decision only; write its number and date.")
        )
        raise VoidByLaw(sentence, field="decision_reference", source="Awb 1:3; Jw 2.3")
    older = row.decided_on is not None and because.decided_on < row.decided_on
    if takes_away and (because.decision.strip() == row.decision_reference or older):
        raise VoidByLaw(
            _("This is the decision that gave the help. Less than it gave asks a new decision; write its number."),
            field="decision_reference", source="Awb 1:3; Jw 2.3",
        )  # fmt: skip
    rests_on(row, because.decision, because.decided_on, takes_away=takes_away)


def _in_place(
    by: Principal, at: dt.datetime, row: Allocation, changed_by: StaffMember, wish: Help, because: Because,
    opened_version: int, kinds: tuple[ChangeKind, ...],
) -> Allocation:  # fmt: skip
    if wish.ends is not None and wish.ends <= row.starts:
        raise BadInput(_("The last day lies before the first. Never started? Then withdraw it."), field="last_day")
    actions.is_counted_right(wish)
    if row.stopped_on is None and row.started_on and wish.ends and wish.ends <= row.started_on:
        raise BadInput(_("This day lies before the start of the help."), field="last_day")
    past = wish.ends is not None and wish.ends <= clock.today(at)
    needs_consent = ChangeKind.LESS in kinds or (ChangeKind.SHORTER in kinds and past)
    if needs_consent and not because.agreed_with_provider and because.reason != ChangeReason.PROVIDER_ASKED:
        raise BadInput(
            _("Less, or a last day that has passed, is only possible when the provider agrees. Ask first."),
            field="agreed_with_provider",
        )  # iJw OP186, OP298
    basis = Basis(row.ground, Decision(row.decision))  # type: ignore[arg-type]
    if ChangeKind.LONGER in kinds:
        actions.is_still_a_youth(row.dossier, dataclasses.replace(wish, starts=row.starts), basis)
    before = {"ends_before": row.ends, "volume_before": row.volume, "budget_before": row.budget}
    _take(row, at, opened_version, ends=wish.ends, volume=wish.volume, budget=wish.budget)
    for kind in kinds:
        made = _write(
            row, at, changed_by, because, kind, **before, ends_after=row.ends, volume_after=row.volume,
            budget_after=row.budget, follower=None,
        )  # fmt: skip
        signals.allocation_changed.send(sender=Allocation, allocation=row, change=made, by=by, at=at)
    actions._tell(by, "allocations.help_changed", row, at, "ends", "volume", "budget")
    return row


def _follow(
    by: Principal, at: dt.datetime, row: Allocation, changed_by: StaffMember, wish: Help, because: Because,
    opened_version: int, unusual: Unusual | None,
) -> Allocation:  # fmt: skip
    """End an order on the day before another begins, which follows it; together or not at all."""
    if wish.starts <= row.starts:
        raise BadInput(_("It can go on otherwise from a day after its first one."), field="starts")
    if row.ends and wish.starts > row.ends:
        raise BadInput(
            _("There would be days without help, after %(day)s. Begin on the day after it, or order anew.")
            % {"day": date_words(row.last_day) if row.last_day else ""},
            field="starts",
        )
    _take(row, at, opened_version)
    basis = Basis(
        row.ground, Decision(row.decision), because.decision or row.decision_reference,  # type: ignore[arg-type]
        because.decided_on or row.decided_on, award=_gives(row, because),
    )  # fmt: skip
    follower = actions.order(
        by=by, at=at, dossier=row.dossier, case=row.case, ordered_by=changed_by, goal=row.goal, basis=basis,
        what=dataclasses.replace(wish, provider=wish.provider or row.provider), unusual=unusual, follows=row,
    )  # fmt: skip
    _write(
        row, at, changed_by, because, ChangeKind.FOLLOWED, ends_before=row.ends, ends_after=wish.starts,
        volume_before=row.volume, volume_after=row.volume, budget_before=row.budget, budget_after=row.budget,
        follower=follower,
    )  # fmt: skip
    if follower.state == AllocationState.ORDERED:
        actions.end_followed(by, at, follower)
        row.refresh_from_db()
    return follower


def _gives(row: Allocation, because: Because) -> Award | None:
    """Return the decision made here that gives the help which follows."""
    award = rests_on(row, because.decision, because.decided_on, takes_away=False)
    return award if award and award.kind in DecisionKind.grants() else None


def _take(row: Allocation, at: dt.datetime, opened_version: int, **values: Any) -> None:
    """Change an order as it was opened; raises BadInput when somebody else was first."""
    taken = Allocation.objects.filter(
        pk=row.pk, version=opened_version, state__in={*AllocationState.running_states(), row.state}
    ).update(version=opened_version + 1, changed_at=at, **values)  # fmt: skip
    if not taken:
        raise BadInput(_("Somebody changed this in the meantime. Look at it again."))
    row.refresh_from_db()


def _write(
    row: Allocation, at: dt.datetime, made_by: StaffMember, because: Because, kind: ChangeKind, **values: Any
) -> AllocationChange:
    return AllocationChange.objects.create(
        municipality=row.municipality, allocation=row, kind=kind, reason=because.reason, words=because.words.strip(),
        decision_reference=because.decision.strip(),
        decided_on=because.decided_on if because.decision.strip() else None,
        award=rests_on(row, because.decision, because.decided_on, takes_away=False),
        agreed_with_provider=because.agreed_with_provider, made_by=made_by, made_at=at, created_at=at, **values,
    )  # fmt: skip


WITHDRAWN_FOR = (
    ChangeReason.SENT_WRONGLY, ChangeReason.SHORTER, ChangeReason.OTHER_PROVIDER, ChangeReason.OTHER_DOMAIN,
    ChangeReason.MOVED, ChangeReason.PERSONAL_BUDGET, ChangeReason.PROVIDER_ASKED, ChangeReason.DIED,
)  # fmt: skip
"""Why an order can be withdrawn. Does the family not want it? Then it stops before the start, by the family."""


@action
def withdraw(
    *, by: Principal, at: dt.datetime, allocation: Allocation, withdrawn_by: StaffMember, because: Because
) -> Allocation:
    """Take an order back before help began: it counts as never ordered (iJw: last day is first day, reason 13).

    Raises VoidByLaw when a decision gave this help and no decision takes it away; BadInput when help has begun.
    """
    if because.reason not in WITHDRAWN_FOR:
        raise BadInput(_("Choose one of the options."), field="reason")
    if allocation.started_on is not None:
        raise BadInput(_("This help has begun. Stop it instead."))
    because = _dated(allocation, because)
    _may_take_away(allocation, because, takes_away=True)
    went_out = allocation.state == AllocationState.ORDERED
    actions._move(
        allocation, at, from_states=frozenset({AllocationState.WAITING, AllocationState.ORDERED}),
        state=AllocationState.WITHDRAWN,
    )  # fmt: skip
    made = _write(
        allocation, at, withdrawn_by, because, ChangeKind.WITHDRAWN, ends_before=allocation.ends,
        ends_after=allocation.starts, volume_before=allocation.volume, volume_after=None,
        budget_before=allocation.budget, follower=None,
    )  # fmt: skip
    actions._tell(by, "allocations.order_withdrawn", allocation, at, "state")
    open_clock = allocation.start_clock
    if open_clock and open_clock.state in ClockState.open_states():
        dossiers.stop_clock(by=by, at=at, row=open_clock, reason=str(ChangeReason(because.reason).label))
    actions.end_watch(by, at, allocation)
    actions._looked(by, at, allocation)
    if went_out:
        signals.allocation_changed.send(sender=Allocation, allocation=allocation, change=made, by=by, at=at)
        _goes_on_as_before(by, at, allocation, withdrawn_by, because)
    return allocation


def _goes_on_as_before(
    by: Principal, at: dt.datetime, follower: Allocation, made_by: StaffMember, because: Because
) -> None:
    """Give the order that ended for a withdrawn one its old last day back: nobody is left without help by a mistake."""
    ended = AllocationChange.objects.filter(follower=follower).select_related("allocation").first()
    if ended is None or ended.allocation.state not in AllocationState.running_states():
        return
    row = ended.allocation
    if row.ends != ended.ends_after:
        return
    _take(row, at, row.version, ends=ended.ends_before)
    made = _write(
        row, at, made_by, because, ChangeKind.LONGER, ends_before=ended.ends_after, ends_after=row.ends,
        volume_before=row.volume, volume_after=row.volume, budget_before=row.budget, budget_after=row.budget,
        follower=None,
    )  # fmt: skip
    actions._tell(by, "allocations.help_changed", row, at, "ends")
    signals.allocation_changed.send(sender=Allocation, allocation=row, change=made, by=by, at=at)


@action
def write_wait(
    *,
    by: Principal,
    at: dt.datetime,
    allocation: Allocation,
    registered_on: dt.date | None,
    first_talk_on: dt.date | None,
    reason: WaitReason | str = "",
    words: str = "",
) -> Allocation:
    """Write down what is known of a wait: registration and first talk at the provider, and why it may take longer.

    A reason never removes the wait (WT-02). That we find longer waiting right asks the words why (DR44).
    """
    today = clock.today(at)
    for day, field in ((registered_on, "registered_on"), (first_talk_on, "first_talk_on")):
        if day and day > today:
            raise BadInput(_("This day lies in the future."), field=field)
    if registered_on and first_talk_on and first_talk_on < registered_on:
        raise BadInput(_("The first talk lies before the registration. Check the two days."), field="first_talk_on")
    if first_talk_on and allocation.started_on and first_talk_on > allocation.started_on:
        raise BadInput(_("The first talk lies after the start. Check the two days."), field="first_talk_on")
    if reason == WaitReason.FOUND_RESPONSIBLE and not words.strip():
        raise BadInput(_("Write why waiting longer is right for this young person."), field="words")
    actions._move(
        allocation, at, from_states=frozenset(AllocationState.values) - {AllocationState.WITHDRAWN},
        registered_on=registered_on, first_talk_on=first_talk_on, wait_reason=reason,
        wait_words=words.strip() if reason else "",
    )  # fmt: skip
    actions._tell(by, "allocations.wait_written", allocation, at, "registered_on", "first_talk_on", "wait_reason")
    return allocation
