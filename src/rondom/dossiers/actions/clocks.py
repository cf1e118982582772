"""Clocks: started with the reason of their date, met, stopped, suspended, handed to who must act."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import Subject, record
from rondom.core.principals import Principal
from rondom.core.why import kept
from rondom.dossiers.actions.files import case_subjects
from rondom.dossiers.due import end_of
from rondom.dossiers.enums import ClockKind, ClockState
from rondom.dossiers.models import Case, Clock, Note
from rondom.law.engine import Answer, article_of
from rondom.people.models import Person


@dataclass(frozen=True)
class Why:
    """Why a date is that date: the rule in plain words, where it stands, and what was counted from when.

    law    the kept answer of the law when the date follows from it (`core.why.kept`); empty for an agreement or a norm
    norm   True: a working rule gives the date, nobody chose it (a clock with a source in `article` is one too)
    """

    rule: str
    article: str = ""
    counted: str = ""
    law: dict[str, Any] = field(default_factory=dict)
    norm: bool = False

    @classmethod
    def of_law(cls, rule: str, answer: Answer[Any]) -> "Why":
        """Return the reason of a date that the law gives: the rule in plain words, and the answer kept as it is now."""
        return cls(rule, "; ".join(map(article_of, answer.grounds)), answer.explanation, kept(answer))

    def values(self) -> dict[str, Any]:
        """Return what a clock keeps; nothing about a law or norm that the date does not follow from."""
        return {name: value for name, value in asdict(self).items() if value or name not in ("law", "norm")}


@action
def start_clock(
    *,
    by: Principal,
    at: dt.datetime,
    case: Case,
    kind: str,
    title: str,
    due: dt.date | dt.datetime,
    why: Why,
    rests_with: StaffMember | None = None,
    about: Model | None = None,
) -> Clock:
    """Start a clock. A date is good until the end of that day; a moment counts to the minute.

    `about` is the row the clock is about (default: the case). `why` is kept as it is said now: a later rule or
    parameter never moves this date.
    """
    if not title.strip():
        raise BadInput(_("Say what must be done."), field="title")
    whole_day = not isinstance(due, dt.datetime)
    due_at = due if isinstance(due, dt.datetime) else end_of(due)
    thing = about if about is not None else case
    row = Clock.objects.create(
        municipality=case.municipality, case=case, subject_kind=thing._meta.label_lower, subject=thing.pk, kind=kind,
        title=title.strip(), started_at=at, due_at=due_at, whole_day=whole_day, rests_with=rests_with,
        explanation=why.values(),
    )  # fmt: skip
    _tell(by, "dossiers.clock_started", row, at)
    return row


def _tell(by: Principal, kind: str, row: Clock, at: dt.datetime, *fields: str) -> None:
    named: list[Subject] = case_subjects(row.case, day=clock.today(at))
    if row.rests_with_id:
        named.append(("principal", row.rests_with_id))
    record(by, kind, row, at=at, municipality=row.municipality, fields=fields, subjects=named)


def _move(row: Clock, at: dt.datetime, *, from_states: frozenset[str], **values: object) -> None:
    """The one place where the state of a clock moves: conditional, so of two people at once one wins."""
    taken = Clock.objects.filter(pk=row.pk, state__in=from_states).update(
        version=row.version + 1, changed_at=at, **values
    )
    if not taken:
        raise BadInput(_("This was finished or changed by somebody else in the meantime."))
    row.refresh_from_db()


@action
def meet_clock(*, by: Principal, at: dt.datetime, row: Clock) -> Clock:
    """It is done: the clock is met at this moment, in time or late."""
    _move(row, at, from_states=ClockState.open_states(), state=ClockState.MET, ended_at=at)
    _tell(by, "dossiers.clock_met", row, at, "state", "ended_at")
    return row


@action
def stop_clock(*, by: Principal, at: dt.datetime, row: Clock, reason: str) -> Clock:
    """It need not be done any more, for a reason that stays to be read."""
    if not reason.strip():
        raise BadInput(_("Write why this need not be done any more."), field="reason")
    _move(row, at, from_states=ClockState.open_states(), state=ClockState.STOPPED, reason=reason.strip(), ended_at=at)
    _tell(by, "dossiers.clock_stopped", row, at, "state", "reason", "ended_at")
    return row


@action
def suspend_clock(*, by: Principal, at: dt.datetime, row: Clock, reason: str) -> Clock:
    """Let the time left stand still, for a reason (we wait for the other side)."""
    if not reason.strip():
        raise BadInput(_("Write what you are waiting for."), field="reason")
    _move(
        row, at, from_states=frozenset({ClockState.RUNNING}), state=ClockState.SUSPENDED, reason=reason.strip(),
        suspended_at=at,
    )  # fmt: skip
    _tell(by, "dossiers.clock_suspended", row, at, "state", "reason", "suspended_at")
    return row


@action
def resume_clock(*, by: Principal, at: dt.datetime, row: Clock) -> Clock:
    """Let a suspended clock run again; it is due later by as long as it rested, in whole days for a whole-day clock."""
    if row.suspended_at is None:
        raise BadInput(_("This was finished or changed by somebody else in the meantime."))
    if row.whole_day:
        rested = clock.today(at) - clock.today(row.suspended_at)
        due_at = end_of(row.due_on + rested)
    else:
        due_at = row.due_at + (at - row.suspended_at)
    _move(
        row, at, from_states=frozenset({ClockState.SUSPENDED}), state=ClockState.RUNNING, suspended_at=None,
        reason="", due_at=due_at,
    )  # fmt: skip
    _tell(by, "dossiers.clock_resumed", row, at, "state", "due_at", "suspended_at")
    return row


@action
def hand_clock(*, by: Principal, at: dt.datetime, row: Clock, to: StaffMember) -> Clock:
    """Let a clock rest with somebody else: who must act sees it."""
    _move(row, at, from_states=ClockState.open_states(), rests_with=to)
    _tell(by, "dossiers.clock_handed", row, at, "rests_with")
    return row


@action
def ask_call_back(
    *,
    by: Principal,
    at: dt.datetime,
    note: Note,
    day: dt.date,
    rests_with: StaffMember,
    person: Person | None = None,
) -> Clock:
    """Promise to call back on a day, from a note ("bel woensdag terug"). Raises BadInput for a day that has passed."""
    if day < clock.today(at):
        raise BadInput(_("This day has passed. Choose today or later."), field="call_back_on")
    whom = person.name if person else note.said_by
    title = _("Call %(whom)s back") % {"whom": whom} if whom else _("Call back")
    return start_clock(
        by=by, at=at, case=note.case, kind=ClockKind.CALL_BACK, title=title[:160], due=day, rests_with=rests_with,
        about=person or note, why=Why(rule=_("You promised to call back on this day.")),
    )  # fmt: skip
