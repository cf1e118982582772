"""Meetings with people around a case: planned, invited on a ground, held, cancelled."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotFound, Unwise, VoidByLaw
from rondom.core.events import Subject, record, subject
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.dossiers.actions.files import case_subjects, touch
from rondom.dossiers.enums import InvitationAnswer, MeetingGround
from rondom.dossiers.grounds import Seats
from rondom.dossiers.models import Case, Meeting, MeetingParticipant
from rondom.law.consent import Verdict
from rondom.people.models import Person

CHANGEABLE = frozenset({"planned_at", "purpose", "place", "questions"})


@dataclass(frozen=True)
class Invited:
    """Somebody to invite: a person of the case, a colleague, or somebody outside; and on which ground.

    `consent` is the privacy.Consent that a seat on consent rests on; `reason` why, when the law leaves room.
    """

    ground: MeetingGround | str
    person: Person | None = None
    staff: StaffMember | None = None
    outside: str = ""
    consent: UUID | None = None
    reason: str = ""

    @property
    def name(self) -> str:
        """Who it is, for a refusal."""
        if self.person:
            return self.person.name
        return self.staff.name if self.staff else self.outside.strip()


@action
def plan_meeting(
    *,
    by: Principal,
    at: dt.datetime,
    case: Case,
    planned_at: dt.datetime,
    purpose: str,
    place: str = "",
    questions: str = "",
    invited: Iterable[Invited] = (),
) -> Meeting:
    """Plan a meeting and invite people, each on a ground. Raises BadInput for a moment in the past or no purpose."""
    if planned_at < at:
        raise BadInput(_("This moment has passed. Write a note about what was, or choose a later moment."),
                       field="planned_at")  # fmt: skip
    if not purpose.strip():
        raise BadInput(_("Write what the meeting is for, in a few words."), field="purpose")
    meeting = Meeting.objects.create(
        municipality=case.municipality, case=case, planned_at=planned_at, purpose=purpose.strip(),
        place=place.strip(), questions=questions.strip(),
    )  # fmt: skip
    record(
        by, "dossiers.meeting_planned", meeting, at=at, municipality=case.municipality,
        subjects=case_subjects(case, day=clock.today(at)),
    )  # fmt: skip
    for guest in invited:
        invite(by=by, at=at, meeting=meeting, guest=guest)
    return meeting


@action
def invite(*, by: Principal, at: dt.datetime, meeting: Meeting, guest: Invited) -> MeetingParticipant:
    """Invite somebody to a meeting on a ground; without one there is no seat at the table (practice 13).

    Raises VoidByLaw when the ground does not hold for this person, Unwise without a reason when the law leaves room.
    """
    named = [guest.person is not None, guest.staff is not None, bool(guest.outside.strip())]
    if sum(named) != 1:
        raise BadInput(_("Name one person for each seat."), field="invited")
    if str(guest.ground) not in MeetingGround.values:
        raise VoidByLaw(
            _("Say why this person may take part. Without a ground you may not share information about this family."),
            field="ground", source="AVG 6; Jw 7.3.11",
        )  # fmt: skip
    _still_to_be_held(meeting)
    doubtful = _ground_holds(meeting, guest)
    seat, made = MeetingParticipant.objects.get_or_create(
        meeting=meeting, person=guest.person, staff=guest.staff, outside=guest.outside.strip(),
        defaults={
            "ground": str(guest.ground), "municipality": meeting.municipality, "consent": guest.consent,
            "reason": guest.reason.strip() if doubtful else "",
        },
    )  # fmt: skip
    record(
        by, "dossiers.participant_invited", seat, at=at, municipality=meeting.municipality,
        ground=str(guest.ground)[:60], fields=["ground"] if made else [], subjects=_subjects(meeting, at, guest),
    )  # fmt: skip
    return seat


def _ground_holds(meeting: Meeting, guest: Invited) -> bool:
    """Refuse a seat whose ground is void on the day of the meeting; tell whether the law leaves room."""
    seats = Seats(meeting.case, clock.today(meeting.planned_at))
    found = seats.of(str(guest.ground), person=guest.person.pk if guest.person else None, consent=guest.consent)
    if found.verdict is Verdict.NO:
        sentence = _("%(name)s cannot take part on this ground. Choose another ground, or talk without this person.")
        if guest.ground == MeetingGround.CONSENT:
            sentence = _(
                "%(name)s cannot take part yet: no consent is recorded that holds on that day. Record the consent "
                "first."
            )
        raise VoidByLaw(sentence % {"name": guest.name}, field="ground", source="Jw 7.3.11; AVG 7")
    doubtful = found.verdict is Verdict.DOUBT
    if doubtful and not guest.reason.strip():
        raise Unwise(
            _("The law leaves room about %(name)s. Write why this person takes part, after asking a second person.")
            % {"name": guest.name},
            field="reason",
        )
    return doubtful


def _subjects(meeting: Meeting, at: dt.datetime, guest: Invited) -> list[Subject]:
    named: list[Subject] = case_subjects(meeting.case, day=clock.today(at))
    if guest.person:
        named.append(subject(guest.person))
    if guest.staff:
        named.append(("principal", guest.staff.pk))
    return named


def _still_to_be_held(meeting: Meeting) -> None:
    if meeting.held_at or meeting.cancelled_reason:
        raise BadInput(_("This meeting is over or was cancelled."))


@action
def change_meeting(
    *, by: Principal, at: dt.datetime, meeting: Meeting, changes: Mapping[str, Any], opened_version: int
) -> Meeting:
    """Move or prepare a meeting that is still to be held; moved, everybody is asked again whether they come.

    Raises Stale when somebody saved it in the meantime.
    """
    _still_to_be_held(meeting)
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"cannot change {sorted(unknown)} of a meeting")
    if changes.get("planned_at", at) < at:
        raise BadInput(_("This moment has passed. Choose a later moment."), field="planned_at")
    changed = save_changes(meeting, changes, opened_version=opened_version, at=at)
    if "planned_at" in changed:
        _ask_again(meeting, at)
    record(
        by, "dossiers.meeting_changed", meeting, at=at, municipality=meeting.municipality, fields=changed,
        subjects=case_subjects(meeting.case, day=clock.today(at)),
    )  # fmt: skip
    return meeting


@action
def answer_invitation(
    *, by: Principal, at: dt.datetime, seat: MeetingParticipant, answer: InvitationAnswer | str, words: str = ""
) -> MeetingParticipant:
    """Write down whether somebody who is invited comes; "" when that is not known (any more).

    A resident answers for the own seat only (NotFound else), a colleague for everybody as far as they heard it. Until
    the meeting begins the answer can change. Raises BadInput afterwards, and for a meeting that was cancelled.
    """
    meeting = seat.meeting
    if by.kind == "resident" and (by.person is None or seat.person_id != by.person):
        raise NotFound("")
    _still_to_be_held(meeting)
    if meeting.planned_at <= at:
        raise BadInput(_("This meeting has begun. Who came is written with what was agreed."))
    if answer and answer not in InvitationAnswer.values:
        raise BadInput(_("Choose whether this person comes."), field="answer")
    said = words.strip()[:200] if answer else ""
    MeetingParticipant.objects.filter(pk=seat.pk).update(
        answer=answer, answer_words=said, answered_at=at if answer else None, version=F("version") + 1, changed_at=at
    )
    seat.refresh_from_db()
    record(
        by, "dossiers.invitation_answered", seat, at=at, municipality=meeting.municipality, fields=["answer"],
        subjects=_subjects(meeting, at, Invited(seat.ground, seat.person, seat.staff, seat.outside)),
    )  # fmt: skip
    return seat


@action
def write_answers(
    *, by: Principal, at: dt.datetime, meeting: Meeting, answers: Mapping[UUID, InvitationAnswer | str]
) -> int:
    """Write down what several people answered, by id of their seat; returns how many answers are new or changed.

    What somebody wrote with an answer stays as long as the answer does.
    """
    changed = [
        seat
        for seat in meeting.participants.select_related("person", "staff", "meeting__case")
        if answers.get(seat.pk, seat.answer) != seat.answer
    ]
    for seat in changed:
        answer_invitation(by=by, at=at, seat=seat, answer=answers[seat.pk])
    record(
        by, "dossiers.answers_written", meeting, at=at, municipality=meeting.municipality,
        fields=["participants"] if changed else [], subjects=case_subjects(meeting.case, day=clock.today(at)),
    )  # fmt: skip
    return len(changed)


def _ask_again(meeting: Meeting, at: dt.datetime) -> None:
    """Forget the answers: they were about another moment."""
    meeting.participants.exclude(answer="").update(
        answer="", answer_words="", answered_at=None, version=F("version") + 1, changed_at=at
    )


@action
def hold_meeting(
    *,
    by: Principal,
    at: dt.datetime,
    meeting: Meeting,
    came: Collection[UUID],
    agreed: str,
    opened_version: int,
    held_at: dt.datetime | None = None,
) -> Meeting:
    """Write who came and what was agreed. `came` holds ids of participants; the others were invited but not there.

    May be written again on the same day (version edit). Raises BadInput without agreements, Stale when somebody saved.
    """
    if meeting.cancelled_reason:
        raise BadInput(_("This meeting was cancelled."))
    if meeting.held_at and clock.today(meeting.changed_at) != clock.today(at):
        raise BadInput(_("What was agreed is fixed after the day it was written. Write a note with what changed."))
    if not agreed.strip():
        raise BadInput(_("Write what you agreed, in the words of those who were there."), field="agreed")
    moment = held_at or meeting.held_at or min(meeting.planned_at, at)
    if moment > at:
        raise BadInput(_("This moment lies in the future."), field="held_at")
    changes = {"held_at": moment, "agreed": agreed.strip()}
    changed = save_changes(meeting, changes, opened_version=opened_version, at=at)
    meeting.participants.filter(pk__in=came).update(came=True)
    meeting.participants.exclude(pk__in=came).update(came=False)
    day = clock.today(at)
    touch(meeting.case, day)
    record(
        by, "dossiers.meeting_held", meeting, at=at, municipality=meeting.municipality, fields=[*changed, "came"],
        subjects=case_subjects(meeting.case, day=day),
    )  # fmt: skip
    return meeting


@action
def cancel_meeting(*, by: Principal, at: dt.datetime, meeting: Meeting, reason: str) -> Meeting:
    """Cancel a meeting with the reason, which stays to be read."""
    if not reason.strip():
        raise BadInput(_("Write why the meeting does not take place."), field="reason")
    _still_to_be_held(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(
        cancelled_reason=reason.strip(), version=meeting.version + 1, changed_at=at
    )
    meeting.refresh_from_db()
    record(
        by, "dossiers.meeting_cancelled", meeting, at=at, municipality=meeting.municipality,
        fields=["cancelled_reason"], subjects=case_subjects(meeting.case, day=clock.today(at)),
    )  # fmt: skip
    return meeting
