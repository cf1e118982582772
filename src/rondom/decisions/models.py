"""Applications with what happened to their time, decisions with their inquiry, mandates, and letters."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.decisions import enums
from rondom.documents.models import Document
from rondom.dossiers.models import Case, Clock, Dossier
from rondom.entry.models import Concern
from rondom.people.models import Person
from rondom.plans.models import Goal
from rondom.providers.models import Product

DECIDING = {"purpose": "youth help", "ground": "Jw 2.3; Jw 7.4.0; Awb 3:46", "retention": "youth_help"}


class Mandate(Record, Dated):
    """Who may sign which decision in the name of the college, on which ground (Awb 10:1-10:12; the general register).

    Given to one person (`staff`) or to everybody of an organisation in a role. `most_cents` bounds the amount of a
    personal budget; empty: no bound.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(_("in the role of"), max_length=40, choices=Role, blank=True)
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="mandates")
    kind = models.CharField(_("which decision"), max_length=12, choices=enums.DecisionKind)
    most_cents = models.PositiveBigIntegerField(null=True, blank=True)
    ground = models.CharField(_("by which mandate decision"), max_length=160)
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="mandates_recorded")

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(staff__isnull=False, role="") | (Q(staff__isnull=True) & ~Q(role="")),
                name="decisions_mandate_person_or_role",
            ),
        ]

    class Privacy:
        purpose, ground, retention = "youth help", "Awb 10:3", "installation"
        open = (
            "organisation", "role", "staff", "kind", "most_cents", "ground", "recorded_by", "starts", "ends",
        )  # fmt: skip


class Application(Record):
    """What somebody asks of the municipality for one youth, and until when it must decide.

    `term_after` is the day after which the time runs (empty: it does not run), `decide_by` the last day that is in time
    (empty while it stands still); both with what the law said in `explanation`, kept as it was said. The clock rests
    with who must act. `state` moves in `actions.applications._move`.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="applications")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="applications")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, related_name="applications")
    received_on = models.DateField(_("came in on"))
    channel = models.CharField(_("how"), max_length=8, choices=enums.Channel)
    shape = models.CharField(_("in which shape"), max_length=8, choices=enums.Shape)
    asked = models.TextField(_("what is asked"))
    asked_extent = models.CharField(_("how much is asked"), max_length=160, blank=True)
    wants_budget = models.BooleanField(_("asks a personal budget"), default=False)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    signed = models.BooleanField(_("signed"))
    has_name_and_address = models.BooleanField(_("has a name and address"))
    state = models.CharField(max_length=10, choices=enums.ApplicationState)
    term_after = models.DateField(null=True)
    decide_by = models.DateField(null=True)
    explanation = models.JSONField(default=dict)
    clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")
    handled_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="applications_handled")
    registered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="applications_registered")
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(_("how and by whom it was withdrawn"), max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["municipality", "state", "decide_by"]),
            models.Index(fields=["case", "state"]),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=(Q(state="withdrawn", withdrawn_on__isnull=False) & ~Q(withdrawn_because=""))
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True, withdrawn_because="")),
                name="decisions_application_withdrawn_whole",
            )
        ]

    class Privacy:
        purpose, ground, retention = DECIDING.values()
        open = ("channel", "shape", "signed", "has_name_and_address", "state", "handled_by", "registered_by")
        personal = (
            "dossier", "case", "concern", "received_on", "asked", "asked_extent", "wants_budget", "asked_by",
            "term_after", "decide_by", "explanation", "clock", "withdrawn_on", "withdrawn_because",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "channel": "exact", "shape": "exact", "state": "exact", "wants_budget": "exact", "received_on": "coarse",
        }  # fmt: skip


class TermStep(Record):
    """Something that happened to the time to decide. Steps are only added; of a pause the end is written later.

    starts_on   asked to complete on; stood still from; told on (postponed); received on (notice of default)
    until       complete by; the new last day (postponed)
    ended_on    the day of completion, or on which the given time passed unused; the last day that stood still
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=24, choices=enums.StepKind)
    starts_on = models.DateField()
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    words = models.TextField(_("what is missing, or why"))
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="term_steps")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(kind__in=sorted(enums.StepKind.pauses()), ended_on__isnull=True),
                name="decisions_termstep_one_open_pause",
            )
        ]

    class Privacy:
        purpose, ground, retention = DECIDING.values()
        open = ("kind", "written_by")
        personal = ("application", "starts_on", "until", "ended_on", "words")
        release: ClassVar[dict[str, str]] = {"kind": "exact"}


class Decision(Record):
    """What the municipality decides for one youth: prepared by one person, signed by another who holds a mandate.

    `starts` and `ends` are the period (half-open) in which help is given; of a revocation `starts` is the day on which
    it ends. Of a penalty for deciding late `penalty_cents` is the amount. `law` holds the answers of the law as
    they were said when it was signed; `findings` the codes of what was unwise and `despite` why it was signed all
    the same. `published_on` is the day it was made known; from then the time to object runs until
    `objection_until`. `state` moves in `actions.deciding._move`.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="decisions")
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    kind = models.CharField(_("what is decided"), max_length=12, choices=enums.DecisionKind)
    state = models.CharField(max_length=8, choices=enums.DecisionState, default=enums.DecisionState.CONCEPT)
    number = models.CharField(max_length=20, blank=True)
    help_words = models.CharField(_("which help"), max_length=160, blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="decisions")
    form = models.CharField(_("in which form"), max_length=8, choices=enums.Form, default=enums.Form.IN_KIND)
    volume = models.PositiveIntegerField(_("how much"), null=True)
    unit = models.CharField(_("of what"), max_length=30, blank=True)
    frequency = models.CharField(_("per"), max_length=6, choices=enums.Frequency, blank=True)
    starts = models.DateField(_("first day"), null=True)
    ends = models.DateField(null=True)
    article = models.CharField(_("article of the law"), max_length=80, blank=True)
    ordinance = models.CharField(_("article of the ordinance"), max_length=80, blank=True)
    motivation = models.TextField(_("why this is decided"), blank=True)
    refusal = models.TextField(_("why not (all) that was asked"), blank=True)
    penalty_cents = models.PositiveBigIntegerField(_("amount of the penalty"), null=True)
    prepared_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="decisions_prepared")
    reader = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="decisions_read")
    asked_at = models.DateTimeField(null=True)
    clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_back_because = models.CharField(max_length=300, blank=True)
    findings = models.CharField(max_length=200, blank=True)
    despite = models.CharField(_("why it is right all the same"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="decisions")
    signed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="decisions_signed")
    decided_on = models.DateField(null=True)
    law = models.JSONField(default=list)
    published_on = models.DateField(null=True)
    objection_until = models.DateField(null=True)
    objection_clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")
    goals = models.ManyToManyField(Goal, through="DecisionGoal", related_name="decisions")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["case", "state"]),
            models.Index(fields=["dossier", "state", "starts"]),
            models.Index(fields=["reader", "state"]),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["municipality", "number"], condition=~Q(number=""), name="decisions_decision_one_per_number"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("signed", "known"),
                    mandate__isnull=False,
                    signed_by__isnull=False,
                    decided_on__isnull=False,
                )
                & ~Q(number="")
                | Q(
                    state__in=("concept", "asked", "dropped"),
                    mandate__isnull=True,
                    signed_by__isnull=True,
                    decided_on__isnull=True,
                    number="",
                ),
                name="decisions_decision_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=models.F("prepared_by")),
                name="decisions_decision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="known", published_on__isnull=False, objection_until__isnull=False)
                | (~Q(state="known") & Q(published_on__isnull=True, objection_until__isnull=True)),
                name="decisions_decision_known_whole",
            ),
            models.CheckConstraint(
                condition=Q(findings="") | ~Q(despite=""), name="decisions_decision_unwise_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=models.F("starts")),
                name="decisions_decision_period",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("leave", "penalty")) | Q(application__isnull=False),
                name="decisions_decision_apart_on_application",
            ),
            models.CheckConstraint(
                condition=Q(penalty_cents__isnull=True) | Q(kind="penalty"), name="decisions_decision_penalty_kind"
            ),
        ]

    class Privacy:
        purpose, ground, retention = DECIDING.values()
        open = (
            "kind",
            "state",
            "number",
            "product",
            "form",
            "unit",
            "frequency",
            "article",
            "ordinance",
            "prepared_by",
            "reader",
            "asked_at",
            "findings",
            "mandate",
            "signed_by",
        )
        personal = (
            "dossier", "case", "application", "earlier", "help_words", "volume", "starts", "ends", "motivation",
            "refusal", "penalty_cents", "clock", "sent_back_because", "despite", "decided_on", "law", "published_on",
            "objection_until", "objection_clock",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "kind": "exact", "state": "exact", "form": "exact", "product": "exact", "starts": "coarse",
            "ends": "coarse", "decided_on": "coarse", "published_on": "coarse",
        }  # fmt: skip

    @property
    def what(self) -> str:
        """Which help it is about, in words."""
        return self.help_words or (self.product.name if self.product else "")

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which help is given; None: no end."""
        return self.ends - dt.timedelta(days=1) if self.ends else None


class DecisionGoal(models.Model):
    """A goal of the plan that a decision is for, in the words it had when it was chosen: typed once, in the plan."""

    id = models.BigAutoField(primary_key=True)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="chosen")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True)
    text = models.TextField()
    said_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["decision", "goal"], name="decisions_goal_once")
        ]

    class Privacy:
        purpose, ground, retention = DECIDING.values()
        open = ("id",)
        personal = ("decision", "goal", "text", "said_by")


class Inquiry(Record):
    """What was found out before a decision: the five steps, an adviser and the check of the advice, hearing (JW-20).

    An empty step is not described yet. `differs` says whether a refusal rests on facts that differ from what the
    applicant gave (Awb 4:7); None: not known.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="inquiry")
    question = models.TextField(_("what the question is"), blank=True)
    problems = models.TextField(_("which problems there are"), blank=True)
    help_needed = models.TextField(_("which help is needed"), blank=True)
    extent = models.CharField(_("how much help is needed"), max_length=160, blank=True)
    own_strength = models.TextField(_("what family and network can do"), blank=True)
    remaining_help = models.TextField(_("which help is needed then"), blank=True)
    wishes = models.TextField(_("what the family wishes, and which choices were offered"), blank=True)
    adviser = models.CharField(_("who advised"), max_length=160, blank=True)
    advice = models.TextField(_("what the advice is"), blank=True)
    advice_checked = models.TextField(_("how the advice was checked"), blank=True)
    differs = models.BooleanField(null=True)
    heard_on = models.DateField(_("heard on"), null=True)
    heard = models.TextField(_("what they said about it"), blank=True)

    class Privacy:
        purpose, ground, retention = DECIDING.values()
        personal = (
            "decision", "question", "problems", "help_needed", "extent", "own_strength", "remaining_help", "wishes",
            "adviser", "advice", "advice_checked", "differs", "heard_on", "heard",
        )  # fmt: skip


class BudgetTest(Record):
    """The three tests of a personal budget and its amount, in cents (Jw 8.1.1). An answer that is None is not given."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="budget")
    informed = models.BooleanField(null=True)
    capable = models.BooleanField(null=True)
    capable_words = models.TextField(_("how this was found out"), blank=True)
    reasoned = models.BooleanField(null=True)
    reasoned_words = models.TextField(_("how this was found out"), blank=True)
    quality = models.BooleanField(null=True)
    quality_words = models.TextField(_("how this was found out"), blank=True)
    requested_cents = models.PositiveBigIntegerField(null=True)
    in_kind_cents = models.PositiveBigIntegerField(null=True)
    hours = models.PositiveIntegerField(null=True)

    class Privacy:
        purpose, ground, retention = DECIDING.values()
        personal = (
            "decision", "informed", "capable", "capable_words", "reasoned", "reasoned_words", "quality",
            "quality_words", "requested_cents", "in_kind_cents", "hours",
        )  # fmt: skip


class DecisionLetter(Record):
    """A decision as a letter to one person, filed as a document; how and when it reached them.

    `no_address` says that no address was printed: it is not known, or it may not be known.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    addressee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decision_letters")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    no_address = models.BooleanField(default=False)
    delivery = models.CharField(_("how"), max_length=8, choices=enums.Delivery, blank=True)
    sent_on = models.DateField(_("sent or handed over on"), null=True)
    received_on = models.DateField(_("received on"), null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(delivery="", sent_on__isnull=True) | (~Q(delivery="") & Q(sent_on__isnull=False)),
                name="decisions_letter_sent_whole",
            )
        ]

    class Privacy:
        purpose, ground, retention = DECIDING.values()
        open = ("delivery",)
        personal = ("decision", "addressee", "document", "sent_on", "received_on")
        whereabouts = ("no_address",)


class ApplicationLetter(Record):
    """A letter to who asked, about the application on its way: it was received, something is missing, it takes longer.

    `step` is what it is about; empty for the receipt. `no_address` as with `DecisionLetter`.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    step = models.ForeignKey(TermStep, on_delete=models.PROTECT, null=True, related_name="letters")
    kind = models.CharField(max_length=12, choices=enums.NoticeKind)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    no_address = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(step__isnull=True), name="decisions_notice_one_receipt"
            ),
            models.UniqueConstraint(
                fields=["step"], condition=Q(step__isnull=False), name="decisions_notice_one_per_step"
            ),
        ]

    class Privacy:
        purpose, ground, retention = DECIDING.values()
        open = ("kind",)
        personal = ("application", "step", "document")
        whereabouts = ("no_address",)
