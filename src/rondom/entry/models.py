"""Worries, who they are about, what triage found, advice as a count; referrals past our triage, and who refers."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import Organisation, StaffMember
from rondom.core.fields import EncryptedTextField
from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.dossiers.models import YOUTH_HELP, Case, Dossier
from rondom.entry import enums
from rondom.people.models import Person
from rondom.providers.models import Provider

CONTACT_RECORD = {"purpose": "youth help", "ground": "Jw 2.3; AVG 5 lid 1 e", "retention": "contact_record"}


class Concern(Record):
    """A worry or question about a child, as it was told: seen by triage of the organisation that received it.

    `state` moves in `actions._decide`. Ended with advice it is destroyed on `destroy_on`; handed out it belongs to the
    case and is kept with its dossiers; one that waits is never destroyed unseen. `due_at` is when triage must have
    looked, with why in `explanation` (a clock of `dossiers` belongs to a case, and there is none yet). Who reported
    stands in the four `reporter` fields. Sent over the internet (with the web form, or by a connected system: then
    `api.SentConcern` says which) nobody of us entered it, and `form_key` is the key of what was sent: a second press
    finds the first. Who signed in to send it has a relation with it (privacy.Relation, of
    kind "reported"), and through that alone sight of what may be heard. `answer_wanted` is how somebody wants the
    answer, `answered_how` how it was given, as the colleague wrote down. `registration` is the dossier that registers
    help through another route while the family itself now asks for help; it is empty again once that dossier became
    whole.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="concerns")
    entered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="concerns_entered")
    form_key = models.UUIDField(null=True, unique=True)
    registration = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="asked_for_help")
    received_at = models.DateTimeField(_("received"))
    channel = models.CharField(_("how"), max_length=10, choices=enums.Channel)
    worry = models.TextField(_("what is the worry"))
    going_well = models.TextField(_("what goes well"), blank=True)
    danger_now = models.BooleanField(_("a child may be in danger now"), default=False)
    talked_on = models.DateField(_("talked with the parents or the young person on"), null=True)
    not_talked_because = models.CharField(_("why not talked with them"), max_length=300, blank=True)
    agreed_with_family = models.CharField(_("what is agreed with them"), max_length=300, blank=True)
    reporter_kind = models.CharField(_("works in"), max_length=20, choices=enums.ReporterKind)
    reporter_name = EncryptedTextField(_("who reports"), purpose="source")
    reporter_place = EncryptedTextField(_("where this person works"), purpose="source", null=True, blank=True)
    reporter_contact = EncryptedTextField(_("how to reach this person"), purpose="source", null=True, blank=True)
    due_at = models.DateTimeField(null=True)
    explanation = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=enums.ConcernState, default=enums.ConcernState.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="concerns_decided")
    advice = models.TextField(_("what was advised"), blank=True)
    answer_wanted = models.CharField(
        _("how they want the answer"), max_length=10, choices=enums.AnswerWay, blank=True, default=""
    )
    answered_how = models.CharField(
        _("how the answer was given"), max_length=10, choices=enums.AnswerWay, blank=True, default=""
    )
    advised_despite = models.CharField(_("why advice is enough although there was danger"), max_length=300, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="concerns")
    destroy_on = models.DateField(null=True, db_index=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["organisation", "state", "due_at"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state=enums.ConcernState.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=enums.ConcernState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="entry_concern_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=enums.ConcernState.WAITING, case__isnull=True, destroy_on__isnull=True)
                | Q(state=enums.ConcernState.HANDED_OUT, case__isnull=False, destroy_on__isnull=True)
                | Q(state=enums.ConcernState.ADVISED, case__isnull=True, destroy_on__isnull=False),
                name="entry_concern_case_or_end",
            ),
            models.CheckConstraint(
                condition=Q(talked_on__isnull=False)
                | ~Q(not_talked_because="")
                | Q(reporter_kind__in=sorted(enums.ReporterKind.without_talk())),
                name="entry_concern_talked_or_why",
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=False) | Q(channel=enums.Channel.WEB),
                name="entry_concern_entered_or_web",
            ),
        ]

    class Privacy:
        purpose, ground, retention = CONTACT_RECORD.values()
        open = (
            "organisation", "channel", "state", "due_at", "decided_at", "decided_by", "destroy_on", "entered_by",
            "form_key",
        )  # fmt: skip
        personal = (
            "received_at", "worry", "going_well", "danger_now", "talked_on", "not_talked_because",
            "agreed_with_family", "explanation", "advice", "answer_wanted", "answered_how",
            "advised_despite", "case", "registration",
        )  # fmt: skip
        source = ("reporter_kind", "reporter_name", "reporter_place", "reporter_contact")
        release: ClassVar[dict[str, str]] = {
            "channel": "exact", "state": "exact", "received_at": "coarse", "decided_at": "coarse",
            "reporter_kind": "coarse",
        }  # fmt: skip


class ConcernPerson(Record):
    """Somebody a worry is about, as it was told; `person` is known from the hand-out on."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="persons")
    part = models.CharField(max_length=5, choices=enums.Part)
    name = models.CharField(_("name"), max_length=120)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    what = models.CharField(_("who is this to the child"), max_length=60, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="in_concerns")

    class Privacy:
        purpose, ground, retention = CONTACT_RECORD.values()
        open = ("part",)
        personal = ("concern", "name", "born_on", "what", "person")


class Triage(Record):
    """What triage found: the answers, what the aid said, and what a person decided, with the reason when it differs.

    `aid` is the stored outcome of the decision table (`aids.evaluation.Outcome.data`), empty when none was in force.
    `said` is the outcome in words as it was said then.
    """

    concern = models.OneToOneField(Concern, on_delete=models.CASCADE, related_name="triage")
    answers = models.JSONField(default=dict)
    aid = models.JSONField(default=dict)
    kind = models.CharField(max_length=20)
    route = models.CharField(max_length=20)
    said = models.CharField(max_length=200)
    safety_check = models.BooleanField(default=False)
    because = models.CharField(_("why otherwise than the aid says"), max_length=300, blank=True)
    made_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="triages")
    made_at = models.DateTimeField()

    class Privacy:
        purpose, ground, retention = CONTACT_RECORD.values()
        open = ("made_by", "made_at")
        personal = ("concern", "answers", "aid", "kind", "route", "said", "safety_check", "because")
        release: ClassVar[dict[str, str]] = {"kind": "exact", "route": "exact"}


class AdviceCount(Record):
    """Somebody was helped with advice and goes on alone: counted, with nothing about who or what (S01, D37)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="advice_counts")
    given_on = models.DateField()
    channel = models.CharField(_("how"), max_length=10, choices=enums.Channel)
    asker = models.CharField(_("who asked"), max_length=12, choices=enums.AskerKind)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["organisation", "given_on"])]

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 2.2; Jw 2.3", "operation"
        open = ("organisation", "given_on", "channel", "asker")
        release: ClassVar[dict[str, str]] = {"given_on": "exact", "channel": "exact", "asker": "exact"}


class TeamProposal(Record):
    """Which team the decision table proposed at a hand-out, and why another one was chosen, if so.

    `aid` is the stored outcome of the table; `proposed` the name of the team as the table said it.
    """

    concern = models.OneToOneField(Concern, on_delete=models.CASCADE, related_name="team_proposal")
    answers = models.JSONField(default=dict)
    aid = models.JSONField(default=dict)
    proposed = models.CharField(max_length=120)
    because = models.CharField(_("why another team"), max_length=300, blank=True)

    class Privacy:
        purpose, ground, retention = CONTACT_RECORD.values()
        personal = ("concern", "answers", "aid", "proposed", "because")


class OpenQuestion(Record):
    """A question from the web form without a name: the text and the answer, nothing about who asked (S01, D37).

    Who asked keeps a code; only its digest is here (`code_digest`, SHA-256). `form_key` is the key of the form: a
    second press of the button gives the same code. Destroyed on `destroy_on`, answered or not.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="open_questions")
    asked_on = models.DateField()
    text = models.TextField(_("question"))
    form_key = models.UUIDField(unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=enums.QuestionState, default=enums.QuestionState.WAITING)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    destroy_on = models.DateField(db_index=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["organisation", "state", "asked_on"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state=enums.QuestionState.WAITING, answer="", answered_by__isnull=True)
                | (Q(state=enums.QuestionState.ANSWERED, answered_by__isnull=False) & ~Q(answer="")),
                name="entry_openquestion_answered_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = CONTACT_RECORD.values()
        open = (
            "organisation", "asked_on", "form_key", "code_digest", "state", "answered_by", "answered_on", "destroy_on",
        )  # fmt: skip
        personal = ("text", "answer")


class Partner(Record):
    """A practice, school or other place that refers children to us or reports a worry."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=enums.PartnerKind)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["municipality", "name"], name="entry_partner_name_once")
        ]

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 2.3; Jw 2.6 lid 1 g", "operation"
        open = ("name", "kind", "phone")


class PartnerContact(Record, Dated):
    """Who of us a practice or school can call, during a period (N28)."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contacts")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="contact_for")

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["partner"], condition=Q(ends__isnull=True), name="entry_partnercontact_one_open"
            ),
        ]

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 2.3; Jw 2.6 lid 1 g", "staff"
        open = ("partner", "staff", "starts", "ends")


class Referral(Record):
    """Help that came past our triage: a doctor referred, a certified institution determined, the court ordered.

    It hangs on a dossier that only registers (practice 3). `referred_on` is mostly unknown: it is in no message
    (practice 7). `valid` is what the law room said about a doctor's referral with these days, kept in `explanation` as
    it was said; empty while it cannot be said. `registered_on` is when the family came to the provider. What ended has
    its day and why (`actions.end_referral`); registered by mistake counts nowhere.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="referrals")
    kind = models.CharField(_("who referred"), max_length=24, choices=enums.ReferrerKind)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="referrals")
    referrer_name = models.CharField(_("name of who referred"), max_length=120, blank=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="referrals")
    received_on = models.DateField(_("reached us on"))
    referred_on = models.DateField(_("referred on"), null=True)
    registered_on = models.DateField(_("registered at the provider on"), null=True)
    crisis = models.BooleanField(_("help began in a crisis"), default=False)
    valid = models.BooleanField(null=True)
    explanation = models.JSONField(default=dict)
    asked_on = models.DateField(_("date asked on"), null=True)
    registered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="referrals_registered")
    ended_on = models.DateField(_("ended on"), null=True)
    ended_because = models.CharField(_("why it ended"), max_length=12, choices=enums.ReferralEnd, blank=True)
    ended_words = models.CharField(_("in a few words"), max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "received_on"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="entry_referral_ended_whole",
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP["purpose"], "Jw 2.6 lid 1 g; Jw 3.5; Jw 7.4.0", "youth_help"
        open = ("registered_by",)
        personal = (
            "dossier", "kind", "partner", "referrer_name", "provider", "received_on", "referred_on", "registered_on",
            "crisis", "valid", "explanation", "asked_on", "ended_on", "ended_because", "ended_words",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"kind": "exact", "valid": "exact", "received_on": "coarse"}
