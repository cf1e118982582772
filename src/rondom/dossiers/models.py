"""Dossiers, cases and what is written about them."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import Organisation, StaffMember, Team
from rondom.core import clock
from rondom.core.fields import EncryptedTextField
from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.dossiers import enums
from rondom.people.models import Person
from rondom.privacy.enums import SubjectKind

YOUTH_HELP = {"purpose": "youth help", "ground": "Jw 7.3.8; Jw 7.4.0", "retention": "youth_help"}


class Dossier(Record):
    """One per youth per responsible organisation: ground, responsible municipality, retention clock, rights."""

    youth = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="dossiers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dossiers")
    kind = models.CharField(max_length=20, choices=enums.DossierKind, default=enums.DossierKind.FULL)
    ground = models.CharField(max_length=20, choices=enums.DossierGround)
    law = models.CharField(max_length=12, default="jeugdwet")
    responsible_municipality = models.CharField(max_length=6, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    last_change_on = models.DateField()
    legal_hold = models.CharField(max_length=120, blank=True)
    shielded = models.BooleanField(_("shielded"), default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["youth", "organisation"], name="dossiers_dossier_one_per_youth"),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("organisation", "kind", "law")
        personal = (
            "youth", "ground", "responsible_municipality", "opened_on", "closed_on", "last_change_on", "legal_hold",
            "shielded",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "kind": "exact", "ground": "coarse", "opened_on": "coarse", "closed_on": "coarse", "law": "exact",
        }  # fmt: skip


class Case(Record):
    """The working unit: one team, dated roles, any number of dossiers, adults. Named by its children."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing_reason = models.CharField(_("why closed"), max_length=160, blank=True)
    contact_rhythm_days = models.PositiveSmallIntegerField(_("contact rhythm in days"), null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["team", "closed_on"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("team",)
        personal = ("opened_on", "closed_on", "closing_reason", "contact_rhythm_days")


class CaseDossier(Record, Dated):
    """A dossier is part of a case during a period."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dossier_links")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="case_links")

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("case", "dossier", "starts", "ends")


class CaseAdult(Record, Dated):
    """An adult takes part in a case without having a dossier: mother, stepfather, aunt."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="adults")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    part = models.CharField(_("part"), max_length=60)

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("case", "person", "part", "starts", "ends")


class CaseRole(Record, Dated):
    """Somebody holds one of the four roles in a case: a staff member, or somebody outside (GI, Veilig Thuis).

    Who is outside has accepted: `accepted_by` names the person who said yes. Sight on safety does not move without it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=enums.CaseRoleKind)
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="case_roles")
    outside = models.CharField(_("name and organisation outside"), max_length=160, blank=True)
    accepted_by = models.CharField(_("who accepted it there"), max_length=120, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(staff__isnull=False, outside="") | (Q(staff__isnull=True) & ~Q(outside="")),
                name="dossiers_caserole_one_holder",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("kind",)
        personal = ("case", "staff", "outside", "accepted_by", "starts", "ends")


class RoleHandover(Record):
    """A role is offered to a colleague with what must be known; it moves only when that colleague accepts (D6, N6).

    Open while `ended_at` is empty. The one who hands over stays answerable until then. Moved by
    `actions.accept_handover`, ended without moving by `actions.end_handover`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    kind = models.CharField(max_length=20, choices=enums.CaseRoleKind)
    to = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="handovers_received")
    offered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="handovers_offered")
    offered_at = models.DateTimeField()
    passed_on = models.TextField(_("what your colleague must know"))
    family_present = models.BooleanField(_("the family is there when we hand over"), default=False)
    ended_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(ended_at__isnull=True), name="dossiers_rolehandover_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, accepted__isnull=True)
                | Q(ended_at__isnull=False, accepted__isnull=False),
                name="dossiers_rolehandover_ended_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("kind", "offered_at", "ended_at", "accepted", "family_present")
        personal = ("case", "to", "offered_by", "passed_on")


class Cover(Record, Dated):
    """A colleague sees to the families of an absent one for a period; why somebody is absent is nobody's business.

    The sight it gives are COVER relations that end by date; `cases` tells which families it was about.
    """

    absent = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="covered_by")
    taken_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="covers")
    cases = models.ManyToManyField(Case, related_name="covers", through="CoveredCase")

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(absent=models.F("taken_by")), name="dossiers_cover_not_self"),
            models.CheckConstraint(condition=Q(ends__isnull=False), name="dossiers_cover_ends"),
        ]

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 7.4.0; AVG 5", "staff"
        open = ("absent", "taken_by", "starts", "ends")


class CoveredCase(models.Model):
    """One family a cover is about."""

    id = models.BigAutoField(primary_key=True)
    cover = models.ForeignKey(Cover, on_delete=models.CASCADE)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 7.4.0; AVG 5", "staff"
        open = ("id", "cover")
        personal = ("case",)


class CaseloadMove(Record):
    """All chosen families of one colleague go to another: asked by one person, approved by a second one.

    Moved by `actions.approve_move`; a refusal is an end too. Trust: bulk moves need a second person.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="caseload_moves")
    giver = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="caseload_given")
    receiver = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="caseload_received")
    reason = models.CharField(_("why"), max_length=160)
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="moves_asked")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="moves_decided")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    cases = models.ManyToManyField(Case, related_name="moves", through="MovedCase")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="dossiers_caseloadmove_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False),
                name="dossiers_caseloadmove_decided_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 7.4.0; AVG 5", "staff"
        open = (
            "team", "giver", "receiver", "reason", "asked_by", "asked_at", "decided_by", "decided_at", "approved",
        )  # fmt: skip


class MovedCase(models.Model):
    """One family a caseload move is about."""

    id = models.BigAutoField(primary_key=True)
    move = models.ForeignKey(CaseloadMove, on_delete=models.CASCADE)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 7.4.0; AVG 5", "staff"
        open = ("id", "move")
        personal = ("case",)


class ProcessRequest(Record):
    """Process coordination is asked for a case, and what a process coordinator decided on it (N54).

    `state` moves in `actions.process._move`. Taken up, the process coordinator holds the role `process` in the case
    until it ends; a consult is answered once. `NOT_NOW` is a proposal of the system (the case stands still) that
    nobody asked, with the reason in `decision`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="process_requests")
    ground = models.CharField(_("why"), max_length=14, choices=enums.ProcessGround)
    words = models.TextField(_("what is the matter, and what was tried"), blank=True)
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="process_asked")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=enums.ProcessState, default=enums.ProcessState.ASKED)
    decided_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="process_decided")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(_("what was decided"), blank=True)
    ended_at = models.DateTimeField(null=True)
    result = models.TextField(_("what came of it"), blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=sorted(enums.ProcessState.open_states())),
                name="dossiers_processrequest_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=enums.ProcessState.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | Q(state=enums.ProcessState.ENDED)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(state=enums.ProcessState.ASKED)
                    & ~Q(decision="")
                ),
                name="dossiers_processrequest_decided_whole",
            ),
        ]  # fmt: skip

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("state", "asked_by", "asked_at", "decided_by", "decided_at", "ended_at")
        personal = ("case", "ground", "words", "decision", "result")


class Note(Record):
    """One contact or observation in the journal, concerning one or more persons; never copied to another dossier.

    `said_by` keeps whose words these are; `reporter` (who told us in confidence) is its own field class and never
    reaches a copy. A note is corrected by a later one (`corrects`), not rewritten, once a day has passed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="notes")
    happened_at = models.DateTimeField(_("when"))
    channel = models.CharField(_("how"), max_length=10, choices=enums.Channel)
    text = models.TextField(_("note"))
    said_by = models.CharField(_("who said it"), max_length=120, blank=True)
    reporter = EncryptedTextField(_("told in confidence by"), purpose="source", null=True, blank=True)
    readable_by = models.CharField(max_length=10, choices=enums.ReadableBy, default=enums.ReadableBy.FAMILY)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by", db_index=False
    )
    concerns = models.ManyToManyField(Person, through="NoteConcern", related_name="notes")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["case", "-happened_at"]),
            models.Index(  # hardly any note corrects another: SQLite does not use an index of empty values
                fields=["corrects"], condition=Q(corrects__isnull=False), name="dossiers_note_corrections"
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("written_by", "channel", "readable_by")
        personal = ("case", "happened_at", "text", "said_by", "corrects")
        source = ("reporter",)


class NoteConcern(models.Model):
    """A note concerns a person; rights and copies run along this line."""

    id = models.BigAutoField(primary_key=True)
    note = models.ForeignKey(Note, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["note", "person"], name="dossiers_noteconcern_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id",)
        personal = ("note", "person")


class Meeting(Record):
    """A meeting with people around a case: planned, who came, on which ground, what was agreed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings")
    planned_at = models.DateTimeField(_("when"))
    purpose = models.CharField(_("what for"), max_length=120)
    place = models.CharField(_("where"), max_length=120, blank=True)
    questions = models.TextField(_("what we want to talk about"), blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    agreed = models.TextField(_("what was agreed"), blank=True)
    cancelled_reason = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "planned_at"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("case", "planned_at", "purpose", "questions", "held_at", "agreed", "cancelled_reason")
        whereabouts = ("place",)


class MeetingParticipant(Record):
    """Somebody is invited to a meeting: a person of the case, a staff member, or somebody outside, with the ground.

    `consent` is the id of the privacy.Consent a seat rests on; `reason` why somebody takes part though the law leaves
    room, which stays to be read. `answer` is whether they come, as they said it themselves or a colleague heard it;
    empty while that is not known, also after the meeting was moved. `came` is whether they were there.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="meetings")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="meetings")
    outside = models.CharField(max_length=160, blank=True)
    ground = models.CharField(_("ground to take part"), max_length=120)
    consent = models.UUIDField(null=True)
    reason = models.CharField(_("why in spite of doubt"), max_length=200, blank=True, default="")
    answer = models.CharField(
        _("comes or not"), max_length=6, choices=enums.InvitationAnswer, blank=True, default=""
    )  # fmt: skip
    answer_words = models.CharField(_("in a few words"), max_length=200, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(answer="", answer_words="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="dossiers_meetingparticipant_answered_whole",
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = (
            "meeting", "person", "staff", "outside", "ground", "consent", "reason", "answer", "answer_words",
            "answered_at", "came",
        )  # fmt: skip


class Clock(Record):
    """Something is due: `due_at` is computed when it starts (or a named input changes) and kept with its explanation.

    A later parameter never moves it. It rests with the person who must act. `subject` is the row it is about.
    A clock for a whole day is due at the first moment of the next day (half-open), so `due_on` is the last good day.
    While it is suspended the time left stands still; resuming moves `due_at` by the time it rested.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    subject_kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    kind = models.CharField(max_length=60)
    title = models.CharField(_("what"), max_length=160)
    started_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    whole_day = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=enums.ClockState, default=enums.ClockState.RUNNING)
    reason = models.CharField(max_length=160, blank=True)
    suspended_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rests_with = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="clocks")
    explanation = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["rests_with", "state", "due_at"]),
            models.Index(fields=["case", "state", "due_at"]),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("subject_kind", "kind", "whole_day", "state")
        personal = (
            "case", "subject", "title", "started_at", "due_at", "reason", "suspended_at", "ended_at", "rests_with",
            "explanation",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"kind": "exact", "state": "exact"}

    @property
    def due_on(self) -> dt.date:
        """The last day on which this is in time, on the calendar of Amsterdam."""
        return clock.today(self.due_at - dt.timedelta(microseconds=1) if self.whole_day else self.due_at)

    @property
    def due(self) -> dt.date | dt.datetime:
        """What people call the deadline: a day, or a moment."""
        return self.due_on if self.whole_day else self.due_at


class Draft(models.Model):
    """Typed work on the server: bound to user, form and subject, encrypted, gone on submit or in time.

    `anchor` is the case, dossier or person whose sight decides whether the owner may open it again, and with which it
    is destroyed; without one the form is about nobody known yet. `page` is the one-time key of the page it was typed
    in: once that page is submitted, a late autosave cannot bring the draft back (core.once). Made by dossiers.drafts.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    municipality = models.CharField(max_length=6, editable=False, default="")
    owner = models.UUIDField()
    form = models.CharField(max_length=60)
    subject = models.UUIDField()
    anchor_kind = models.CharField(max_length=10, choices=SubjectKind, blank=True, default="")
    anchor = models.UUIDField(null=True, db_index=True)
    page = models.UUIDField(null=True)
    body = EncryptedTextField(purpose="draft")
    opened_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["owner", "form", "subject"], name="dossiers_draft_one_per_form")
        ]

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 7.3.8", "draft"
        open = ("id", "municipality", "form", "anchor_kind", "page", "opened_version", "saved_at", "expires_at")
        personal = ("owner", "subject", "anchor", "body")
