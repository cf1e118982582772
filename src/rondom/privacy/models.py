"""Relations, emergency access, consent, destruction requests and what stayed after one."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.fields import EncryptedTextField
from rondom.core.ids import new_id
from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.core.principals import MACHINE_ID
from rondom.privacy.enums import (
    DestructionReason,
    LookGround,
    RelationKind,
    RelativeKind,
    Requester,
    SubjectKind,
    Verdict,
)


class Relation(models.Model):
    """A principal has sight of a subject, of a kind, on a ground, from a moment until a moment.

    Rows end, they never change: only `ends_at` may be set, once, by `privacy.actions.end_relation`; the database
    guards the rest. `event` is the key of the event that created it: verification names a relation without its
    event. Written by `privacy.actions.relate`, called within the actions of rooms above.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.CharField(max_length=6)
    subject_kind = models.CharField(max_length=10, choices=SubjectKind)
    subject = models.UUIDField()
    principal = models.UUIDField()
    kind = models.CharField(max_length=20, choices=RelationKind)
    ground = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    event = models.UUIDField()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(  # all that sight asks: the table itself need not be read
                fields=["principal", "subject_kind", "kind", "subject", "starts_at", "ends_at"],
                name="privacy_relation_sight",
            ),
            models.Index(fields=["subject", "principal"]),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="privacy_relation_period",
            )
        ]

    class Privacy:
        purpose = "accountability"
        ground = "AVG 5; NEN 7510"
        retention = "log"
        open = ("id", "municipality", "subject_kind", "kind", "ground", "starts_at", "ends_at", "event")
        personal = ("subject", "principal")


class StatedGround(Record):
    """A colleague of the team opened a family that is not theirs, and said why; the coordinator sees it.

    `case` and `staff` are ids of the rooms above; the sight itself is in the relations of that moment.
    """

    case = models.UUIDField(db_index=True)
    staff = models.UUIDField()
    ground = models.CharField(_("why"), max_length=20, choices=LookGround)
    words = models.CharField(_("in your own words"), max_length=300, blank=True)
    until = models.DateTimeField()

    class Privacy:
        purpose = "accountability"
        ground = "NEN 7513; AVG 5 lid 2"
        retention = "log"
        open = ("ground", "until")
        personal = ("case", "staff", "words")


class OwnRelative(Record):
    """A staff member declared a relative (or the own person): that file stays closed to them, now and later.

    The key is kept, encrypted, so that somebody who becomes known next year is closed too. `person` is empty while
    nobody fits; it is never shown to who declared it, because that a person is known is itself secret.
    """

    staff = models.UUIDField(db_index=True)
    kind = models.CharField(_("who is this to you"), max_length=10, choices=RelativeKind)
    key = EncryptedTextField(_("BSN, or family name, date of birth and postcode"), purpose="relative")
    person = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        purpose = "accountability"
        ground = "AVG 32; BIO2"
        retention = "staff"
        open = ("kind", "ended_at")
        personal = ("staff", "key", "person")


class EmergencyAccess(Record):
    """Break-glass: one dossier, a short time, a typed reason, reviewed by another person (PRV-13).

    `case` is the case the dossier was in at that moment, empty when in none: its coordinator is told.
    """

    staff = models.UUIDField(db_index=True)
    dossier = models.UUIDField()
    case = models.UUIDField(null=True, db_index=True)
    reason = models.TextField(_("reason"))
    ends_at = models.DateTimeField()
    review_due_at = models.DateTimeField()
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, verdict="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(verdict="")),
                name="privacy_emergency_reviewed_whole",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("staff")),
                name="privacy_emergency_reviewed_by_another",
            ),
        ]

    class Privacy:
        purpose = "accountability"
        ground = "NEN 7510; NEN 7513"
        retention = "log"
        open = ("ends_at", "review_due_at", "reviewed_at", "verdict")
        personal = ("staff", "dossier", "case", "reason", "reviewed_by", "remark")


class Consent(Record, Dated):
    """Consent to share data: specific, for named parties, withdrawable; no ground for a statutory task (CNS-09).

    Given by a person, or by an institution that has guardianship. One row per giver: who must agree together gives
    rows with the same purpose and parties (`dossiers.sharing`). `points_to_place`: with whom it is shared tells where
    somebody is, so it is closed with a secret address. From the moment it is withdrawn nothing rests on it. `place` is
    the id of a practice or school of `entry` that reads on its own page when help after its referral begins and ends.
    With `objection` it is the opposite: this person objects to this sharing, until that is taken back.
    """

    person = models.UUIDField(db_index=True)
    given_by = models.UUIDField(null=True)
    given_by_organisation = models.CharField(max_length=160, blank=True, default="")
    purpose = models.CharField(_("what for"), max_length=200)
    parties = models.CharField(_("with whom"), max_length=200)
    data = models.CharField(_("which information"), max_length=200)
    points_to_place = models.BooleanField(default=False)
    place = models.UUIDField(null=True)
    objection = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(given_by__isnull=False, given_by_organisation="")
                | (Q(given_by__isnull=True) & ~Q(given_by_organisation="")),
                name="privacy_consent_one_giver",
            ),
        ]

    class Privacy:
        purpose = "youth help"
        ground = "Jw 7.3.11; AVG 7"
        retention = "youth_help"
        open = ("starts", "ends", "points_to_place", "withdrawn_at", "objection")
        personal = ("person", "given_by", "given_by_organisation", "purpose", "parties", "data", "place")

    def in_force_on(self, day: dt.date) -> bool:
        """Tell whether something may rest on it on a day: consent, begun, not ended, not withdrawn."""
        return not self.objection and self.withdrawn_at is None and self.holds_on(day)

    def objects_on(self, day: dt.date) -> bool:
        """Tell whether it is an objection that stands on a day."""
        return self.objection and self.withdrawn_at is None and self.holds_on(day)


class Destruction(Record):
    """A request to destroy a dossier: asked, approved by another person, carried out, each once (DOS-03, ARC-03).

    `balancing` says why nobody else has a substantial interest in keeping it. A row whose asker is a machine is a
    proposal (the retention period has passed): somebody takes it up first. `due_on` is the last day by law for a
    request, `explanation` how it was counted. When it is done only ids, moments and counts per kind of row stay.
    """

    dossier = models.UUIDField(db_index=True)
    reason = models.CharField(_("reason"), max_length=40, choices=DestructionReason)
    requester = models.CharField(_("who asks it"), max_length=10, choices=Requester, blank=True)
    received_on = models.DateField(_("received on"), null=True)
    balancing = models.TextField(_("weighing"), blank=True)
    due_on = models.DateField(null=True)
    explanation = models.JSONField(default=dict)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(default=clock.now)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    refused_reason = models.CharField(max_length=200, blank=True)
    refused_by = models.UUIDField(null=True)
    refused_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="privacy_destruction_two_people",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="privacy_destruction_done_is_approved",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(done_at__isnull=True, refused_reason=""),
                name="privacy_destruction_one_open",
            ),
        ]

    class Privacy:
        purpose = "retention"
        ground = "Jw 7.3.9; Archiefwet"
        retention = "archive"
        open = (
            "reason", "requester", "received_on", "due_on", "explanation", "asked_at", "approved_at", "refused_at",
            "done_at", "counts",
        )  # fmt: skip
        personal = ("dossier", "balancing", "asked_by", "approved_by", "refused_reason", "refused_by")

    @property
    def is_proposal(self) -> bool:
        """Nobody asked it yet: the nightly job proposes it."""
        return self.asked_by == MACHINE_ID

    @property
    def is_open(self) -> bool:
        """Waits for somebody."""
        return self.done_at is None and not self.refused_reason


class Remainder(Record):
    """A row that stayed when the dossier was destroyed of somebody it also concerned: nobody new reads it (ADR 0518).

    `id` is that of the row itself, of whatever kind. The line that it concerned that person is gone, so whom it still
    concerns no longer tells who may read it. Residents read it only through a relation with it, of who could read it
    when the other dossier went; colleagues too when that dossier was kept from some of them (`kept_from_staff`).
    """

    kept_from_staff = models.BooleanField(default=False)

    class Privacy:
        purpose = "youth help"
        ground = "Jw 7.3.9; AVG 5 lid 1 f"
        retention = "youth_help"
        open = ("kept_from_staff",)
