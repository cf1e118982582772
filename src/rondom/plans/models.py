"""The family plan with its goals, lines, versions, agreements and evaluations."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.documents.models import Document
from rondom.dossiers.models import YOUTH_HELP, Case, Clock, Dossier, Meeting
from rondom.people.models import Person
from rondom.plans import enums


class FamilyPlan(Record):
    """The plan of a family: what goes well first, then the goals. One that is open per case (a second asks a reason).

    `state` moves in `actions._move`. Agreed means: brought into force with the first evaluation as a running clock.
    `second_because`, `no_network_because` and `without_agreement_because` are reasons for what was unwise; they stay to
    be read. `effort`, `duration`, `perspective` and `cost` are words, not figures (D35, D49, DR1).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(max_length=10, choices=enums.PlanState, default=enums.PlanState.CONCEPT)
    going_well = models.TextField(_("what goes well"))
    effort = models.CharField(_("how much help is that, from whom"), max_length=200, blank=True)
    duration = models.CharField(_("how long do we think it takes"), max_length=120, blank=True)
    perspective = models.CharField(_("what do we work towards"), max_length=300, blank=True)
    cost = models.CharField(_("what does the help cost, as far as we know"), max_length=120, blank=True)
    cannot_direct = models.BooleanField(_("the parents cannot direct the plan now"), default=False)
    first_evaluation_on = models.DateField(_("first evaluation"), null=True, blank=True)
    second_because = models.CharField(max_length=300, blank=True)
    no_network_because = models.CharField(max_length=300, blank=True)
    without_agreement_because = models.CharField(max_length=300, blank=True)
    begun_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="plans_begun")
    agreed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    evaluation_clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "state"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state=enums.PlanState.CONCEPT)
                | Q(agreed_on__isnull=False, first_evaluation_on__isnull=False),
                name="plans_familyplan_agreed_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=enums.PlanState.ENDED, ended_on__isnull=False)
                | (~Q(state=enums.PlanState.ENDED) & Q(ended_on__isnull=True)),
                name="plans_familyplan_ended_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = "youth help", "Jw 2.1 g; Jw 4.1.2; Jw 7.3.8", "youth_help"
        open = ("state", "begun_by")
        personal = (
            "case", "going_well", "effort", "duration", "perspective", "cost", "cannot_direct", "first_evaluation_on",
            "second_because", "no_network_because", "without_agreement_because", "agreed_on", "ended_on",
            "evaluation_clock",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "state": "exact", "agreed_on": "coarse", "ended_on": "coarse", "first_evaluation_on": "coarse",
        }  # fmt: skip


class Goal(Record):
    """What the family wants to reach, in its own words: whom it concerns and who said it.

    `concerned_since` is when it began to concern exactly these people (empty: when it was made). Words kept before that
    moment are about others too, and are not shown to who reads it now.
    """

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="goals")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    text = models.TextField(_("goal"))
    said_by = models.CharField(_("who said it"), max_length=120)
    noticed_by = models.CharField(_("how do we notice that it works"), max_length=300, blank=True)
    due_on = models.DateField(_("when do we want it"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=enums.GoalState, default=enums.GoalState.OPEN)
    concerned_since = models.DateTimeField(null=True)
    concerns = models.ManyToManyField(Person, through="GoalConcern", related_name="goals")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["plan", "created_at"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("concerned_since",)
        personal = ("plan", "case", "text", "said_by", "noticed_by", "due_on", "state")
        release: ClassVar[dict[str, str]] = {"state": "exact"}


class GoalConcern(models.Model):
    """A goal concerns a person; rights and copies run along this line."""

    id = models.BigAutoField(primary_key=True)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["goal", "person"], name="plans_goalconcern_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id",)
        personal = ("goal", "person")


class PlanLine(Record):
    """Who does what for a goal, and when: family, people around it, our team, or a provider (D49)."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_lines")
    doer = models.CharField(_("whose share is this"), max_length=10, choices=enums.Doer)
    who = models.CharField(_("who"), max_length=120)
    what = models.CharField(_("does what"), max_length=300)
    due_on = models.DateField(_("when"))
    done_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="plans_planline_one_end"
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("doer",)
        personal = ("goal", "case", "who", "what", "due_on", "done_on", "dropped_on")
        release: ClassVar[dict[str, str]] = {"doer": "exact"}


class PlanAgreement(Record):
    """Somebody of the family agreed with a version of the plan when it was made. Signing it is `PlanSignature`."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_agreements")
    plan_version = models.PositiveIntegerField()
    agreed_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["plan", "person", "plan_version"], name="plans_planagreement_once_per_version"
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("plan_version",)
        personal = ("plan", "person", "agreed_on")


class Finding(Record):
    """How something goes, told by somebody about somebody: what goes well first, or needs attention.

    `domain` is a code of the list `life_domain`, "" outside a domain. Only what was told makes a row: a domain nobody
    spoke about leaves no trace (privacy authority on Nijmegen and Zaanstad, 2018).
    """

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="findings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    domain = models.CharField(_("about what"), max_length=40, blank=True)
    goes = models.CharField(_("how does it go"), max_length=10, choices=enums.Goes)
    text = models.TextField(_("in their own words"))
    said_by = models.CharField(_("who said it"), max_length=120)
    said_on = models.DateField()
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="findings")
    concerns = models.ManyToManyField(Person, through="FindingConcern", related_name="findings")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["plan", "created_at"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("goes", "written_by")
        personal = ("plan", "case", "domain", "text", "said_by", "said_on")


class FindingConcern(models.Model):
    """What was told concerns a person; rights and copies run along this line."""

    id = models.BigAutoField(primary_key=True)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["finding", "person"], name="plans_findingconcern_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id",)
        personal = ("finding", "person")


class PlanVersion(Record):
    """An agreed plan as it read at a moment: a row for the head, and one per goal and per thing told.

    So each part follows the rights of whom it concerns.
    """

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="versions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_versions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="versions")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, related_name="versions")
    plan_version = models.PositiveIntegerField()
    text = models.TextField()
    kept_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="plan_versions")
    kept_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["plan", "plan_version"])]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("plan_version", "kept_by", "kept_at")
        personal = ("plan", "case", "goal", "finding", "text")


class Evaluation(Record):
    """People looked back at a plan: the fixed questions, what the family says, and one outcome (D46, D50, D56).

    `route_to` is where the case goes when it gets more or less help. `despite` is the reason when the outcome does not
    follow from the answers.
    """

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="evaluations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evaluations")
    held_on = models.DateField(_("when"))
    helped = models.CharField(_("did it help enough"), max_length=6, choices=enums.Answer)
    satisfied = models.CharField(_("is the family content"), max_length=6, choices=enums.Answer)
    alone = models.CharField(_("can the family go on alone"), max_length=6, choices=enums.Answer)
    more_problems = models.BooleanField(_("did more problems appear"), default=False)
    words = models.TextField(_("what the family says"), blank=True)
    said_by = models.CharField(_("who said it"), max_length=120, blank=True)
    outcome = models.CharField(_("what now"), max_length=12, choices=enums.Outcome)
    route_to = models.CharField(max_length=20, blank=True)
    despite = models.CharField(_("why this outcome with these answers"), max_length=300, blank=True)
    next_on = models.DateField(null=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="evaluations")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "-held_on"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(outcome=enums.Outcome.OUT, next_on__isnull=True)
                | (~Q(outcome=enums.Outcome.OUT) & Q(next_on__isnull=False)),
                name="plans_evaluation_next_unless_out",
            )
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("outcome", "route_to", "written_by")
        personal = (
            "plan", "case", "held_on", "helped", "satisfied", "alone", "more_problems", "words", "said_by", "despite",
            "next_on",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "outcome": "exact", "helped": "exact", "satisfied": "exact", "alone": "exact", "held_on": "coarse",
        }  # fmt: skip


class Screening(Record):
    """A second person looks whether a goal is clear enough to order help for (N63): asked, then judged by another.

    `digest` is that of the goal as it was judged (texts.goal_digest); `words` says what must become better.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="screenings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="screenings")
    digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="screenings_asked")
    asked_of = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="screenings")
    asked_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=enums.ScreeningOutcome, blank=True)
    words = models.CharField(_("what must become better"), max_length=500, blank=True)
    screening_clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["goal", "-asked_at"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(asked_by=models.F("asked_of")), name="plans_screening_second_person"),
            models.CheckConstraint(
                condition=Q(judged_at__isnull=True, outcome="") | (Q(judged_at__isnull=False) & ~Q(outcome="")),
                name="plans_screening_judged_whole",
            ),
            models.UniqueConstraint(fields=["goal"], condition=Q(judged_at=None), name="plans_screening_one_open"),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("asked_by", "asked_of", "asked_at", "judged_at", "outcome")
        personal = ("goal", "case", "words", "digest", "screening_clock")
        release: ClassVar[dict[str, str]] = {"outcome": "exact", "asked_at": "coarse", "judged_at": "coarse"}


class PlanGuardian(Record, Dated):
    """Who helps to keep the plan going while the parents cannot direct it: a dated role on the plan (N59, N107)."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="guardians")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_guardians")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="plans_guarded")
    outside = models.CharField(_("somebody around the family"), max_length=160, blank=True)
    because = models.CharField(_("why the parents cannot direct now"), max_length=300)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(staff__isnull=False, outside="") | (Q(staff__isnull=True) & ~Q(outside="")),
                name="plans_planguardian_one_name",
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(ends=None), name="plans_planguardian_one_open"),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("staff",)
        personal = ("plan", "case", "outside", "because", "starts", "ends")


class PlanMeeting(Record):
    """This meeting is one in which the family and its people make the plan: what is counted as such (N58)."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="plan_meeting")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_meetings")

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        personal = ("meeting", "case")


class PlanSignature(Record):
    """Somebody was asked to sign a version of the plan, and what the answer was.

    `because` names the rules that say why this person is asked (CNS-01 and on). `digest` is the SHA-256 of what this
    person was shown in the portal; `covers` that of all parts about them and the children they sign for: as long as
    those stay the same, a signature goes along to the next version. On paper: who registered it, and the scan.
    """

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="signatures")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_signatures")
    plan_version = models.PositiveIntegerField()
    because = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=enums.SignatureState, default=enums.SignatureState.ASKED)
    way = models.CharField(max_length=10, choices=enums.SignedBy, blank=True)
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="signatures_asked")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)
    assurance = models.CharField(max_length=12, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    covers = models.CharField(max_length=64, blank=True)
    reason = models.CharField(_("why not"), max_length=300, blank=True)
    registered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="plan_signatures")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["person", "state"])]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["plan", "person", "plan_version"], name="plans_plansignature_once_per_version"
            ),
            models.CheckConstraint(
                condition=~Q(state=enums.SignatureState.SIGNED)
                | (Q(signed_on__isnull=False, answered_at__isnull=False) & ~Q(way="")),
                name="plans_plansignature_signed_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("plan_version", "because", "way", "asked_by", "asked_at", "answered_at", "assurance", "registered_by")
        personal = ("plan", "case", "person", "state", "signed_on", "digest", "covers", "reason", "document")
        release: ClassVar[dict[str, str]] = {"state": "exact", "way": "exact"}


class FiledPlan(Record):
    """A signed version lies in the dossier of a child as a document, with only what concerns that child.

    What concerns several children together is a document of its own, part of the dossiers of all of them.
    """

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="filed")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filed_plans")
    plan_version = models.PositiveIntegerField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="filed_plan")
    filed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="plans_filed")

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("plan_version", "filed_by")
        personal = ("plan", "case", "document")


class Writing(Record):
    """What a parent or young person wrote at home for the plan: theirs alone until shared; taken over as they said it.

    It hangs on the dossier through which they write, and is about the youth or about the writer (`about`). When it is
    taken over, `goal` or `finding` holds it; `answer` says why it was left.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="writings")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="writings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="writings")
    about = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="written_about")
    kind = models.CharField(max_length=12, choices=enums.WritingKind)
    text = models.TextField(_("in your own words"))
    state = models.CharField(max_length=10, choices=enums.WritingState, default=enums.WritingState.OWN)
    shared_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="writings_answered")
    answer = models.CharField(_("why it is not in the plan"), max_length=300, blank=True)
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, related_name="writings")
    finding = models.ForeignKey(Finding, on_delete=models.SET_NULL, null=True, related_name="writings")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["case", "state"]), models.Index(fields=["person", "created_at"]),
        ]  # fmt: skip

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("kind", "answered_by", "answered_at")
        personal = (
            "dossier", "case", "person", "about", "text", "state", "shared_at", "answer", "goal", "finding",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"state": "exact"}


class Advice(Record):
    """What a specialist advises about one youth, asked by who works with the family (N53, R35). The family reads it.

    The direction of the case does not move. `has_stake`: who advises, or their organisation, gives the help itself.
    `diagnosis`: one was made (R36). `lower_limit` is what at least must be in order for safety; as long as it is not
    met (`limit_met_on`, with how that was seen) the plan does not end.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="advices")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advices")
    discipline = models.CharField(_("what kind of expert"), max_length=16, choices=enums.Discipline)
    asked_of = models.CharField(_("who"), max_length=120)
    organisation = models.CharField(_("of which organisation"), max_length=120, blank=True)
    has_stake = models.BooleanField(_("gives the help itself"), default=False)
    question = models.TextField(_("what we ask"))
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="advices_asked")
    asked_on = models.DateField()
    advice_clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(_("what the advice is"), blank=True)
    answered_on = models.DateField(null=True)
    diagnosis = models.BooleanField(_("a diagnosis was made"), default=False)
    lower_limit = models.CharField(_("what at least must be in order"), max_length=300, blank=True)
    limit_met_on = models.DateField(null=True)
    limit_words = models.CharField(_("how we saw that it is in order"), max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "asked_on"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=(Q(answered_on__isnull=True, answer="", lower_limit="", diagnosis=False))
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="plans_advice_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(limit_met_on__isnull=True, limit_words="")
                | (Q(limit_met_on__isnull=False) & ~Q(limit_words="") & ~Q(lower_limit="")),
                name="plans_advice_limit_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("discipline", "asked_by", "has_stake")
        personal = (
            "dossier", "case", "asked_of", "organisation", "question", "asked_on", "advice_clock", "answer",
            "answered_on", "diagnosis", "lower_limit", "limit_met_on", "limit_words",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"discipline": "exact", "asked_on": "coarse", "answered_on": "coarse"}

    @property
    def limit_is_open(self) -> bool:
        """Tell whether a lower limit was set that is not met yet."""
        return bool(self.lower_limit) and self.limit_met_on is None
