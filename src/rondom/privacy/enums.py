"""Kinds of relation and what each lets one see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    """What a relation is about."""

    CASE = "case", _("case")
    DOSSIER = "dossier", _("dossier")
    PERSON = "person", _("person")
    CONCERN = "concern", _("question or worry")
    REFERRAL = "referral", _("referral past our triage")
    REMAINDER = "remainder", _("what stayed after a destruction")


class RelationKind(models.TextChoices):
    """Why a principal has sight of a subject."""

    ASSIGNED = "assigned", _("works with this family")
    COVER = "cover", _("covers for a colleague")
    TEAM = "team", _("the team this family is with")
    STATED_GROUND = "stated_ground", _("opened with a stated reason")
    EMERGENCY = "emergency", _("emergency access")
    ORGANISATION = "organisation", _("the organisation that pays")
    SELF = "self", _("it is about this person")
    AUTHORITY = "authority", _("has parental authority")
    REPORTED = "reported", _("asked this, or shared this worry")
    WHEREABOUTS = "whereabouts", _("may see a secret address")
    BARRIER = "barrier", _("closed: relative, or own file")


class Sight(models.TextChoices):
    """How far one sees: a row, the open dossier, what back office needs, or what who asked or shared may hear."""

    ROW = "row", _("row in a list")
    OPEN = "open", _("open dossier")
    PRODUCT = "product", _("product, volume, period, ground")
    RESIDENT = "resident", _("what the resident page shows")
    REPORTER = "reporter", _("what who asked or shared a worry may hear")


GIVES: dict[Sight, frozenset[RelationKind]] = {
    Sight.ROW: frozenset(
        {
            RelationKind.ASSIGNED,
            RelationKind.COVER,
            RelationKind.TEAM,
            RelationKind.STATED_GROUND,
            RelationKind.EMERGENCY,
        }
    ),
    Sight.OPEN: frozenset(
        {RelationKind.ASSIGNED, RelationKind.COVER, RelationKind.STATED_GROUND, RelationKind.EMERGENCY}
    ),
    Sight.PRODUCT: frozenset({RelationKind.ORGANISATION}),
    Sight.RESIDENT: frozenset({RelationKind.SELF, RelationKind.AUTHORITY}),
    Sight.REPORTER: frozenset({RelationKind.REPORTED}),
}


class LookGround(models.TextChoices):
    """Grounds a colleague of the team can state to open a dossier that is not theirs."""

    CALL = "call", _("the family or a partner calls while the coordinator is away")
    CONSULT = "consult", _("the coordinator asked me for advice")
    MEETING = "meeting", _("I take part in a meeting about this family")
    QUALITY = "quality", _("I check this file for quality, as agreed in the team")


class LogGround(models.TextChoices):
    """Why somebody reads who looked at a dossier; kept with the look."""

    REQUEST = "request", _("the young person or a parent asks who looked")
    COMPLAINT = "complaint", _("there is a complaint")
    INCIDENT = "incident", _("it may be a data breach")
    CHECK = "check", _("my own check")


class Verdict(models.TextChoices):
    """What the reviewer of an emergency access found."""

    JUSTIFIED = "justified", _("there was good reason")
    UNJUSTIFIED = "unjustified", _("there was no good reason")


class RelativeKind(models.TextChoices):
    """What a person is to a staff member who may therefore not see the file."""

    SELF = "self", _("this is me")
    FAMILY = "family", _("my family or household")
    NEAR = "near", _("a friend or neighbor")


class Requester(models.TextChoices):
    """Who asked to destroy a dossier (DOS-04)."""

    YOUTH = "youth", _("the young person")
    AUTHORITY = "authority", _("those with authority")


class DestructionReason(models.TextChoices):
    """Why a dossier is destroyed (DOS-02, DOS-03)."""

    RETENTION = "retention", _("the retention period has passed")
    REQUEST = "request", _("the youth or those with authority asked for it")
    MISTAKE = "mistake", _("opened by mistake")
