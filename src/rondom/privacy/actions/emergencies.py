"""Opening what is not yours: with a stated ground within the team, or as an emergency; and the review afterwards."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, NotFound
from rondom.core.events import Subject, record
from rondom.core.principals import Principal
from rondom.law.calendar import add_working_days
from rondom.privacy.enums import LookGround, Verdict
from rondom.privacy.models import EmergencyAccess, StatedGround

EMERGENCY_TIME = dt.timedelta(minutes=60)
EMERGENCIES_A_DAY = 3
REVIEW_WORKING_DAYS = 5
REASON_WORDS = 4
REVIEWERS = (Role.PRIVACY_OFFICER, Role.TEAM_LEAD)


def start_of_day(at: dt.datetime, *, days: int = 0) -> dt.datetime:
    """Return midnight in Amsterdam at the beginning of the day of a moment, or some days later."""
    day = clock.today(at) + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.AMSTERDAM).astimezone(dt.UTC)


def check_reason(reason: str) -> str:
    """Return a typed reason without loose spaces; raise BadInput when it says too little to be judged afterwards."""
    words = reason.split()
    if len(words) < REASON_WORDS or len(set(words)) < REASON_WORDS - 1:
        raise BadInput(
            _("Write in a sentence what is going on and why it cannot wait. Somebody will read this."), field="reason"
        )
    return " ".join(words)


@action
def note_stated_ground(
    *, by: Principal, at: dt.datetime, case: UUID, municipality: str, ground: LookGround, words: str, until: dt.datetime
) -> StatedGround:
    """Keep why a colleague opens a family of the team; the relations are given by `dossiers`, in this transaction."""
    row = StatedGround.objects.create(
        municipality=municipality, case=case, staff=by.key, ground=ground, words=" ".join(words.split()), until=until
    )
    record(
        by, "privacy.ground_stated", row, at=at, ground=ground, municipality=municipality,
        subjects=[("case", case), ("principal", by.key)],
    )  # fmt: skip
    return row


@action
def note_emergency(
    *,
    by: Principal,
    at: dt.datetime,
    dossier: UUID,
    case: UUID | None,
    municipality: str,
    reason: str,
    subjects: list[Subject],
) -> EmergencyAccess:
    """Keep an emergency access with its reason and the day on which another person must have judged it."""
    due = add_working_days(clock.today(at), REVIEW_WORKING_DAYS) + dt.timedelta(days=1)
    row = EmergencyAccess.objects.create(
        municipality=municipality, staff=by.key, dossier=dossier, case=case, reason=check_reason(reason),
        ends_at=at + EMERGENCY_TIME, created_at=at, changed_at=at,
        review_due_at=dt.datetime.combine(due, dt.time(), tzinfo=clock.AMSTERDAM),
    )  # fmt: skip
    record(
        by, "privacy.emergency_opened", row, at=at, ground="emergency", municipality=municipality,
        subjects=[*subjects, ("principal", by.key)],
    )  # fmt: skip
    return row


@action
def review_emergency(
    *, by: Principal, at: dt.datetime, row: EmergencyAccess, verdict: Verdict, remark: str
) -> EmergencyAccess:
    """Judge an emergency access: by another person, once, with a remark when there was no good reason."""
    if by.municipality != row.municipality:
        raise NotFound("")
    if by.key == row.staff or not by.has(*REVIEWERS):
        raise NotAllowed(_("Another person judges this: the privacy officer or the team lead."))
    if verdict not in Verdict.values:
        raise BadInput(_("Choose what you found."), field="verdict")
    if verdict == Verdict.UNJUSTIFIED and not remark.strip():
        raise BadInput(_("Write what was wrong and what happens next."), field="remark")
    judged = EmergencyAccess.objects.filter(pk=row.pk, reviewed_at=None).update(
        reviewed_by=by.key, reviewed_at=at, verdict=verdict, remark=remark.strip(), changed_at=at,
        version=row.version + 1,
    )  # fmt: skip
    if not judged:
        raise BadInput(_("Somebody judged this already."))
    row.refresh_from_db()
    record(
        by, "privacy.emergency_reviewed", row, at=at, municipality=row.municipality,
        subjects=[("dossier", row.dossier), ("principal", row.staff)], fields=["verdict"],
    )  # fmt: skip
    return row
