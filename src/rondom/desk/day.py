"""What one's day consists of, put together from the rooms below in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rondom.core import clock
from rondom.core.components import Pill, Step
from rondom.core.principals import Principal
from rondom.core.why import Why
from rondom.core.words import day_words, time_words
from rondom.desk.forms import seat_name
from rondom.desk.seen import ground_words, is_unusual
from rondom.dossiers import queries
from rondom.dossiers.enums import ClockKind, ClockState, InvitationAnswer
from rondom.dossiers.frame import (
    AuthorityLine,
    Reach,
    authority_lines,
    names,
    pill_of,
    reach_by_person,
    reach_of,
)
from rondom.dossiers.inbox import inbox_of
from rondom.dossiers.models import Clock, Cover, Meeting
from rondom.dossiers.rules import directs
from rondom.dossiers.steps import step_of
from rondom.dossiers.why import clock_why
from rondom.people.models import Person
from rondom.people.queries import authority_over_many
from rondom.privacy.enums import Sight, SubjectKind
from rondom.privacy.looking import looks_at

WEEK = dt.timedelta(days=7)
NEWS = dt.timedelta(days=7)
MOST = 50  # clocks on one page; more than that asks for another conversation
NUMBERS = (
    "", gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"), gettext_lazy("five"),
    gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"), gettext_lazy("ten"),
)  # fmt: skip


@dataclass(frozen=True)
class Work:
    """One thing to do: how far off, for which family, what, why that date, and the next step."""

    pill: Pill
    case: UUID
    family: str
    title: str
    why: Why
    step: Step
    rests_with: str
    clock: UUID
    waits: str = ""
    reach: tuple[Reach, ...] = ()


@dataclass(frozen=True)
class Appointment:
    """Today's meeting with half a page: last agreements, who has authority, interpreter, safe to ring."""

    meeting: Meeting
    time: str
    pill: Pill
    family: str
    authority: list[AuthorityLine]
    interpreters: list[str]
    reach: list[Reach]
    seats: str
    last: Meeting | None
    past: bool


@dataclass(frozen=True)
class News:
    """Something that happened without you."""

    text: str
    step: Step | None = None
    tone: str = "plain"


@dataclass(frozen=True)
class Day:
    """The whole page."""

    greeting: str
    summary: str
    now: list[Work]
    week: list[Work]
    later: list[Work]
    call_backs: list[Work]
    appointments: list[Appointment]
    news: list[News]
    rhythm: list[tuple[str, UUID, str]]
    covers: list[str]
    cases: set[UUID]
    inbox: int = 0


def greeting(first_name: str, at: dt.datetime) -> str:
    """Return "Goedemorgen Sanne"."""
    hour = at.astimezone(clock.AMSTERDAM).hour
    words = _("Good morning %(name)s") if hour < 12 else _("Good afternoon %(name)s")
    return (_("Good evening %(name)s") if hour >= 18 else words) % {"name": first_name}


def summary(count: int) -> str:
    """Return "Drie dingen kunnen niet wachten."."""
    if not count:
        return _("Nothing is pressing. Time for a talk.")
    number = str(NUMBERS[count]) if count < len(NUMBERS) else str(count)
    words = ngettext("%(number)s thing cannot wait.", "%(number)s things cannot wait.", count) % {"number": number}
    return words[:1].upper() + words[1:]


def day_of(by: Principal, first_name: str, *, at: dt.datetime) -> Day:
    """Return the day of a staff member; the door records which cases it shows."""
    clocks = list(queries.clocks_for(by, at=at)[:MOST])
    meetings = list(_todays(by, at))
    rhythm = list(queries.due_for_contact(by, at=at)[:8])
    asked = list(queries.handovers_asked_of(by))
    offered = list(queries.handovers_offered_by(by))
    questions = queries.questions_for(by, at=at)
    rows: list[Any] = [*clocks, *meetings, *asked, *offered]
    cases = {row.case_id for row in rows} | {case.pk for case in rhythm} | {case for _row, case in questions}
    today = clock.today(at)
    members = queries.members_of({m.case_id for m in meetings}, by, at=at)
    called = queries.case_names(cases, by, at=at, sight=Sight.ROW)
    mine = {r.case_id for r in queries.own_roles(by, at=at)}
    reach = reach_by_person([row.subject for row in clocks if row.kind == ClockKind.CALL_BACK], today)
    pairs = [(row, work_of(row, called, by, at, reach)) for row in clocks]
    now = [item for _row, item in pairs if item.pill.tone in ("late", "due")]
    later = [(row, item) for row, item in pairs if item not in now]
    rest = [(row, item) for row, item in later if row.kind != ClockKind.CALL_BACK]
    return Day(
        greeting=greeting(first_name, at),
        summary=summary(len(now)),
        now=now,
        week=[item for row, item in rest if row.due_at <= at + WEEK],
        later=[item for row, item in rest if row.due_at > at + WEEK],
        call_backs=[item for row, item in later if row.kind == ClockKind.CALL_BACK],
        appointments=_appointments(meetings, members, called, by, at),
        news=[
            *_questions(questions, called),
            *_handovers(asked, offered, called),
            *_stay_away(by, at),
            *_moves(by),
            *_opened_by_others(mine, by, at),
        ],
        rhythm=[(called[c.pk], c.pk, _rhythm_words(c.last_contact, c.contact_rhythm_days, at)) for c in rhythm],
        covers=[cover_words(row, by, at) for row in queries.covers_on(today, teams=by.teams)],
        cases=cases,
        inbox=len(inbox_of(by, at=at)),
    )


def _todays(by: Principal, at: dt.datetime) -> Iterable[Meeting]:
    start = dt.datetime.combine(clock.today(at), dt.time(), clock.AMSTERDAM)
    rows = queries.meetings_for(by, at=at).filter(cancelled_reason="", participants__staff=by.key)
    return rows.filter(planned_at__gte=start, planned_at__lt=start + dt.timedelta(days=1)).distinct()


def work_of(
    row: Clock, called: dict[UUID, str], by: Principal, at: dt.datetime, reach: dict[UUID, list[Reach]] | None = None
) -> Work:
    """Return one clock as a line of work; `called` names the cases."""
    resting = row.state == ClockState.SUSPENDED
    pill = Pill(_("stands still"), "plain") if resting else pill_of(row.due, at)
    step = step_of(row)
    return Work(
        pill=pill, case=row.case_id, family=called[row.case_id], title=row.title, why=clock_why(row), clock=row.pk,
        step=Step(step.label, step.url, step.post, primary=pill.tone == "late", about=called[row.case_id]),
        rests_with=row.rests_with.name if row.rests_with and row.rests_with_id != by.key else "",
        waits=row.reason if resting else "", reach=tuple((reach or {}).get(row.subject, ())),
    )  # fmt: skip


def works_of(rows: Iterable[Clock], by: Principal, *, at: dt.datetime) -> list[Work]:
    """Return clocks of one family as lines of work, without its name."""
    return [work_of(row, {row.case_id: ""}, by, at) for row in rows]


def _appointments(
    meetings: list[Meeting], members: dict[UUID, tuple[list[Person], list[Person]]], called: dict[UUID, str],
    by: Principal, at: dt.datetime,
) -> list[Appointment]:  # fmt: skip
    if not meetings:
        return []
    day = clock.today(at)
    cases = {m.case_id for m in meetings}
    last: dict[UUID, Meeting] = {}
    for held in queries.last_held(by, cases, at=at):
        last.setdefault(held.case_id, held)
    everybody = [person for groups in members.values() for group in groups for person in group]
    pictures = authority_over_many([child for children, _adults in members.values() for child in children], day)
    known = reach_by_person(everybody, day)
    found = []
    for meeting in meetings:
        children, adults = members[meeting.case_id]
        people = [*children, *adults]
        found.append(
            Appointment(
                meeting=meeting, time=time_words(meeting.planned_at), family=called[meeting.case_id],
                pill=Pill(_("written down"), "calm") if meeting.held_at else pill_of(meeting.planned_at, at),
                authority=authority_lines(children, day, pictures), reach=reach_of(people, day, known),
                interpreters=[f"{p.name}: {p.interpreter}" for p in people if p.interpreter],
                seats=names(seat for p in meeting.participants.all() if (seat := _seat(p, meeting, by))),
                last=last.get(meeting.case_id), past=meeting.planned_at < at,
            )
        )  # fmt: skip
    return found


def _seat(seat: Any, meeting: Meeting, by: Principal) -> str:
    """Return who else is at the table, and of a meeting to come also who said not to come."""
    if seat.staff_id == by.key:
        return ""
    if seat.person:
        name = str(seat.person.name)
    else:
        name = str(seat.staff.name if seat.staff else seat.outside)
    stays_away = seat.answer == InvitationAnswer.NOT and not meeting.held_at
    return _("%(name)s (does not come)") % {"name": name} if stays_away else name


def _rhythm_words(last: dt.datetime | None, days: int | None, at: dt.datetime) -> str:
    every = ngettext("every day", "every %(days)d days", days or 1) % {"days": days or 1}
    if last is None:
        return _("agreed: %(every)s; first contact still to come") % {"every": every}
    coming = max(clock.today(last) + dt.timedelta(days=days or 1), clock.today(at))
    return _("agreed: %(every)s; next one around %(day)s") % {"every": every, "day": day_words(coming, at)}


def _handovers(asked: list[Any], offered: list[Any], called: dict[UUID, str]) -> list[News]:
    news = []
    for row in asked:
        words = {"who": row.offered_by.name, "role": row.get_kind_display(), "family": called[row.case_id]}
        text = _("%(who)s asks you to take over %(role)s of %(family)s.") % words
        step = Step(_("Read and answer"), reverse("desk:handover", kwargs={"handover": row.pk}), primary=True)
        news.append(News(text, step, "due"))
    for row in offered:
        words = {"who": row.to.name, "role": row.get_kind_display(), "family": called[row.case_id]}
        text = _("Handover open: %(who)s has not yet accepted %(role)s of %(family)s. Until then it is yours.") % words
        news.append(News(text, Step(_("Look"), reverse("desk:handover", kwargs={"handover": row.pk}))))
    return news


def _stay_away(by: Principal, at: dt.datetime) -> list[News]:
    """Who said not to come to a meeting one is at: time to move it, or to talk before."""
    return [
        News(
            _("%(who)s does not come to “%(what)s”, %(when)s.")
            % {"who": seat_name(seat), "what": seat.meeting.purpose, "when": day_words(seat.meeting.planned_at, at)},
            Step(_("Look"), reverse("desk:meeting", kwargs={"meeting": seat.meeting_id})),
            "due",
        )
        for seat in queries.staying_away(by, at=at)
    ]


def _questions(questions: list[tuple[Any, UUID]], called: dict[UUID, str]) -> list[News]:
    """Questions of colleagues outside the family, whether somebody is known here."""
    if not questions:
        return []
    askers = queries.colleagues_by_id(row.asked_by for row, _case in questions)
    return [
        News(
            _("%(who)s asks about somebody in %(family)s: “%(reason)s”")
            % {
                "who": askers[row.asked_by].name if row.asked_by in askers else _("A colleague"),
                "family": called[case], "reason": row.reason,
            },
            Step(_("Read and answer"), reverse("desk:question", args=[row.pk]), primary=True),
            "due",
        )
        for row, case in questions
    ]  # fmt: skip


def _moves(by: Principal) -> list[News]:
    return [
        News(
            _("%(who)s asks to move families of %(giver)s to %(receiver)s. Only the second pair of eyes is missing.")
            % {"who": move.asked_by.name, "giver": move.giver.name, "receiver": move.receiver.name},
            Step(_("Look and decide"), reverse("desk:move_decide", kwargs={"move": move.pk}), primary=True),
            "due",
        )
        for move in queries.moves_to_decide(by)
        if directs(by, move.team) and move.asked_by_id != by.key
    ]


def _opened_by_others(mine: set[UUID], by: Principal, at: dt.datetime) -> list[News]:
    if not mine:
        return []
    seen = looks_at(SubjectKind.CASE, mine, since=at - NEWS, leave_out=by.key, limit=200)
    called = queries.case_names(mine, by, at=at)
    told: dict[tuple[UUID, UUID, str], News] = {}
    for look in seen:
        key = (look.subject, look.actor, look.ground)
        if not is_unusual(look) or key in told:
            continue
        words = {
            "who": look.name, "family": called[look.subject], "ground": ground_words(look),
            "when": day_words(look.at, at),
        }  # fmt: skip
        text = _("%(who)s opened %(family)s, %(when)s: %(ground)s.") % words
        told[key] = News(text, Step(_("Who looked?"), reverse("desk:looks", kwargs={"case": look.subject})))
    return list(told.values())


def cover_words(row: Cover, by: Principal, at: dt.datetime) -> str:
    """Return who is away and who sees to how many families, until when."""
    count = len(row.cases.all())
    until = day_words((row.ends or row.starts) - dt.timedelta(days=1), at)
    words = {"away": row.absent.first_name, "who": row.taken_by.first_name, "count": count, "until": until}
    if row.taken_by_id == by.key:
        return (
            ngettext(
                "%(away)s is away: %(count)d family is with you for now, up to %(until)s.",
                "%(away)s is away: %(count)d families are with you for now, up to %(until)s.",
                count,
            )
            % words
        )
    return (
        ngettext(
            "%(away)s is away: %(who)s sees to %(count)d family, up to %(until)s.",
            "%(away)s is away: %(who)s sees to %(count)d families, up to %(until)s.",
            count,
        )
        % words
    )
