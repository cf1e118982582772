"""Handing a youth over in person to who gives the help, with the family there (warme overdracht: D6, N6; S16).

One handover per order, from the day it goes out. The talk is a meeting of the case, so that everybody at the table has
a ground. Our team stays the first to answer until the provider says that they take over and help has begun.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.allocations import queries
from rondom.allocations.enums import HandoverState
from rondom.allocations.models import Allocation, HandoverGoal, WarmHandover
from rondom.allocations.parameters import HANDOVER_DAYS
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, Unwise
from rondom.core.events import record, subject
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Invited, Why, touch
from rondom.dossiers.enums import CaseRoleKind, ClockState, MeetingGround
from rondom.dossiers.grounds import Seats
from rondom.dossiers.models import Clock, Meeting
from rondom.dossiers.queries import roles_in
from rondom.people.models import Person
from rondom.plans.models import Goal
from rondom.reference import queries as reference

HANDOVER = "allocations.handover"
TO_PLAN = frozenset({HandoverState.OPEN, HandoverState.PLANNED})


def open_for(by: Principal, at: dt.datetime, order: Allocation) -> WarmHandover | None:
    """Make the handover of an order that goes out; None when nobody is handed over.

    Part of the act by which it goes out. Not for help without a team or without a provider we know, nor for help that
    goes on with the same provider. The date runs only where the municipality chose a norm.
    """
    goes_on = order.follows is not None and order.follows.provider_id == order.provider_id
    if order.case is None or order.provider is None or goes_on:
        return None
    if WarmHandover.objects.filter(allocation=order).exists():
        return None
    row = WarmHandover.objects.create(
        municipality=order.municipality, allocation=order, case=order.case, handover_clock=_clock(by, at, order),
        created_at=at,
    )  # fmt: skip
    _tell(by, "allocations.handover_opened", row, at)
    return row


def _clock(by: Principal, at: dt.datetime, order: Allocation) -> Clock | None:
    day = clock.today(at)
    found = reference.parameter_set(day, reference.scopes_of(order.municipality, on=day))
    if order.case is None or HANDOVER_DAYS not in found:
        return None
    norm = found[HANDOVER_DAYS]
    words = {"days": norm.value, "day": date_words(day)}
    holder = next((r.staff for r in roles_in(order.case, at=at) if r.kind == CaseRoleKind.COORDINATION), None)
    return dossiers.start_clock(
        by=by, at=at, case=order.case, kind=HANDOVER, title=_("Hand over in person to who gives the help"),
        due=day + dt.timedelta(days=int(norm.value)), rests_with=holder, about=order.dossier,
        why=Why(
            _("Handed over within %(days)s days.") % words, norm.source, _("%(days)s days from %(day)s") % words
        ),
    )  # fmt: skip


def _tell(by: Principal, kind: str, row: WarmHandover, at: dt.datetime, *fields: str) -> None:
    touch(row.case, clock.today(at))
    record(
        by, kind, row, at=at, municipality=row.municipality, fields=fields,
        subjects=[subject(row), *queries.subjects_of(row.allocation)],
    )  # fmt: skip


def _move(row: WarmHandover, at: dt.datetime, *, from_states: Collection[str], **values: object) -> None:
    """The one place where the state of a handover moves: conditional, so of two people at once one wins."""
    taken = WarmHandover.objects.filter(pk=row.pk, state__in=list(from_states), version=row.version).update(
        version=row.version + 1, changed_at=at, **values
    )
    if not taken:
        raise BadInput(_("Somebody changed this in the meantime. Look at it again."))
    row.refresh_from_db()


@dataclass(frozen=True)
class Talk:
    """The talk to be planned: when, where, who of the family, who comes for the provider, which colleagues."""

    planned_at: dt.datetime
    family: Sequence[Person]
    received_by: str
    colleagues: Sequence[StaffMember] = ()
    place: str = ""
    questions: str = ""


@action
def plan_handover(*, by: Principal, at: dt.datetime, handover: WarmHandover, talk: Talk) -> WarmHandover:
    """Plan the talk in which the family, our team and the provider sit together, each on a ground.

    Raises BadInput without somebody of the family or of the provider, when a talk is planned already, or when nobody is
    handed over any more; and as `dossiers.plan_meeting` for a moment in the past or a seat without a ground.
    """
    if handover.state not in TO_PLAN:
        raise BadInput(_("This handover was held already, or is not needed any more."))
    if handover.talk_stands:
        raise BadInput(_("A talk is planned already. Move or cancel it on its own page."))
    if not talk.family:
        raise BadInput(_("Choose who of the family is there: you hand over together with them."), field="persons")
    if not talk.received_by.strip():
        raise BadInput(_("Write who comes for the provider."), field="received_by")
    seats = Seats(handover.case, clock.today(talk.planned_at))
    guests = [
        Invited(MeetingGround.CONCERNED if seats.is_deciding(p.pk) else MeetingGround.NETWORK, person=p)
        for p in talk.family
    ]
    guests += [Invited(MeetingGround.WORKS_WITH, outside=seat_of(handover, talk.received_by))]
    guests += [Invited(MeetingGround.WORKS_WITH, staff=colleague) for colleague in talk.colleagues]
    kept = handover.allocation.dossier.shielded  # others of the case may see the meeting, not whom it is about
    meeting = dossiers.plan_meeting(
        by=by, at=at, case=handover.case, planned_at=talk.planned_at, place=talk.place, questions=talk.questions,
        purpose=_("Talk with the family") if kept else _("Warm handover"), invited=guests,
    )  # fmt: skip
    _move(
        handover, at, from_states=TO_PLAN, state=HandoverState.PLANNED, meeting=meeting,
        received_by=talk.received_by.strip(),
    )  # fmt: skip
    _tell(by, "allocations.handover_planned", handover, at, "state", "meeting")
    return handover


def seat_of(handover: WarmHandover, name: str) -> str:
    """Return the seat of who comes for the provider, on the page of the meeting; of a shielded child the name alone."""
    order = handover.allocation
    if order.provider is None or order.dossier.shielded:
        return name.strip()
    return f"{name.strip()}, {order.provider.name}"[:160]


@dataclass(frozen=True)
class Told:
    """How the talk went: who came (ids of seats), what was handed over, which goals; why without the family."""

    came: Collection[UUID]
    words: str
    goals: Iterable[Goal] = ()
    despite: str = ""


@action
def write_handover(*, by: Principal, at: dt.datetime, handover: WarmHandover, told: Told) -> WarmHandover:
    """Write who was there and what was handed over. The provider still has to say that they take over.

    Was what was agreed written on the page of the meeting already, then who came stands as it was written there.
    Raises BadInput before a talk was planned, without what was handed over, or when nobody of the provider came; Unwise
    (field despite) when nobody of the family came.
    """
    meeting = handover.meeting
    if handover.state != HandoverState.PLANNED or meeting is None or meeting.cancelled_reason:
        raise BadInput(_("Plan a talk first: you hand over in person."))
    if meeting.planned_at > at and not meeting.held_at:
        raise BadInput(_("This talk is still to come. Was it earlier? Then move it first."))
    if not told.words.strip():
        raise BadInput(_("Write what you handed over, as it was said at the table."), field="words")
    _were_there(handover, meeting, told)
    if meeting.held_at is None:  # what was said about the child stands with the order, which follows its dossier
        dossiers.hold_meeting(
            by=by, at=at, meeting=meeting, came=told.came, opened_version=meeting.version,
            agreed=_("Handed over. What was said stands with the help."),
        )  # fmt: skip
    _move(
        handover, at, from_states={HandoverState.PLANNED}, state=HandoverState.HELD, words=told.words.strip(),
        held_on=clock.today(meeting.held_at or at), despite=told.despite.strip(),
    )  # fmt: skip
    HandoverGoal.objects.bulk_create(
        HandoverGoal(handover=handover, goal=goal, text=goal.text, said_by=goal.said_by) for goal in told.goals
    )
    _tell(by, "allocations.handover_held", handover, at, "state", "held_on", "words")
    return handover


def _were_there(handover: WarmHandover, meeting: Meeting, told: Told) -> None:
    seats = list(meeting.participants.all())
    came = [seat for seat in seats if (seat.came if meeting.held_at else seat.pk in told.came)]
    provider = seat_of(handover, handover.received_by)
    if not any(seat.outside == provider for seat in came):
        raise BadInput(
            _("Nobody of the provider was there, so nothing was handed over. Cancel this talk and plan a new one."),
            field="came",
        )
    if not any(seat.person_id for seat in came) and not told.despite.strip():
        raise Unwise(
            _("Nobody of the family was there. A handover without them is not a warm one. Go on? Then write why."),
            field="despite",
        )


@action
def accept_handover(
    *, by: Principal, at: dt.datetime, handover: WarmHandover, accepted_by: str, accepted_on: dt.date
) -> WarmHandover:
    """The provider said that they take over: who said so, and when. Our team steps back once help has begun too.

    Raises BadInput before the talk was held, without a name, or for a day that cannot be.
    """
    if handover.state != HandoverState.HELD or handover.held_on is None:
        raise BadInput(_("First write down how the talk went; then somebody can take over."))
    if not accepted_by.strip():
        raise BadInput(_("Write who of the provider said that they take over."), field="accepted_by")
    if accepted_on < handover.held_on:
        raise BadInput(_("This day lies before the talk."), field="accepted_on")
    if accepted_on > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="accepted_on")
    _move(
        handover, at, from_states={HandoverState.HELD}, state=HandoverState.ACCEPTED, accepted_on=accepted_on,
        accepted_by=accepted_by.strip(),
    )  # fmt: skip
    _tell(by, "allocations.handover_accepted", handover, at, "state", "accepted_on")
    if handover.handover_clock and handover.handover_clock.state in ClockState.open_states():
        dossiers.meet_clock(by=by, at=at, row=handover.handover_clock)
    return handover


@action
def leave_handover(*, by: Principal, at: dt.datetime, handover: WarmHandover, reason: str) -> WarmHandover:
    """No handover is needed: why, in words that stay. Raises BadInput without a reason, or once it was taken over."""
    if not handover.is_open:
        raise BadInput(_("This handover was finished already."))
    if not reason.strip():
        raise BadInput(_("Write why no handover is needed."), field="reason")
    _end(by, at, handover, reason.strip(), HandoverState.ENDED)
    return handover


def _end(by: Principal, at: dt.datetime, row: WarmHandover, reason: str, state: HandoverState) -> None:
    _move(row, at, from_states=HandoverState.open_states(), state=state, reason=reason[:300])
    _tell(by, "allocations.handover_ended", row, at, "state", "reason")
    if row.handover_clock and row.handover_clock.state in ClockState.open_states():
        dossiers.stop_clock(by=by, at=at, row=row.handover_clock, reason=reason[:160])


def end_with(by: Principal, at: dt.datetime, order: Allocation, reason: str) -> None:
    """End the open handover of an order that ended; part of the act that ends it. Help that had begun was missed."""
    row = WarmHandover.objects.filter(allocation=order, state__in=HandoverState.open_states()).first()
    if row is not None:
        _end(by, at, row, reason, HandoverState.MISSED if order.started_on else HandoverState.ENDED)
