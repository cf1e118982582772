"""Plans within sight: those of a case one may open, without goals about a child whose dossier is kept."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.core.principals import Principal
from rondom.documents.models import Document
from rondom.documents.queries import documents_for, documents_in
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.queries import about_kept_youth, cases_for, colleagues_in, dossiers_for, meetings_for
from rondom.entry.queries import triage_in
from rondom.plans.enums import Gap, GoalState, PlanState, SignatureState, WritingState
from rondom.plans.models import (
    Advice,
    Evaluation,
    FamilyPlan,
    FiledPlan,
    Finding,
    Goal,
    PlanAgreement,
    PlanGuardian,
    PlanLine,
    PlanMeeting,
    PlanSignature,
    PlanVersion,
    Screening,
    Writing,
)
from rondom.plans.rules import Lined, gaps
from rondom.privacy.enums import Sight
from rondom.privacy.queries import still_read
from rondom.reference import queries as reference

DOMAINS = "life_domain"
SCREENING_ASKED = "plan_screening"


def plans_for(by: Principal, *, at: dt.datetime) -> QuerySet[FamilyPlan]:
    """Return the plans of all cases the principal may open, newest first."""
    rows = FamilyPlan.objects.filter(case__in=cases_for(by, at=at).values("pk"))
    return rows.select_related("begun_by", "evaluation_clock").order_by("-created_at", "-pk")


def goals_for(by: Principal, *, at: dt.datetime) -> QuerySet[Goal]:
    """Return the goals within sight, in the order they were made; none that concerns a kept youth."""
    return (
        Goal.objects.filter(case__in=cases_for(by, at=at).values("pk"))
        .exclude(about_kept_youth(by, at, dossier__youth__goalconcern__goal=OuterRef("pk")))
        .filter(still_read(by, at=at, sight=Sight.OPEN))
        .prefetch_related("concerns", Prefetch("lines", PlanLine.objects.order_by("due_on", "pk")))
        .order_by("created_at", "pk")
    )


def lines_for(by: Principal, *, at: dt.datetime) -> QuerySet[PlanLine]:
    """Return the lines under the goals within sight, by date."""
    goals = goals_for(by, at=at).order_by().values("pk")
    return PlanLine.objects.filter(goal__in=goals).select_related("goal__plan").order_by("due_on", "pk")


def evaluations_for(by: Principal, *, at: dt.datetime) -> QuerySet[Evaluation]:
    """Return the evaluations of all cases the principal may open, newest first."""
    rows = Evaluation.objects.filter(case__in=cases_for(by, at=at).values("pk"))
    return rows.select_related("written_by").order_by("-held_on", "-created_at")


def advices_for(by: Principal, *, at: dt.datetime) -> QuerySet[Advice]:
    """Return the advice asked about dossiers one may open, in cases one may open, newest first."""
    rows = Advice.objects.filter(
        dossier__in=dossiers_for(by, at=at).values("pk"), case__in=cases_for(by, at=at).values("pk")
    )
    return rows.select_related("dossier__youth", "case__team", "asked_by", "advice_clock").order_by("-asked_on", "-pk")


def newest_advice(dossier: Dossier) -> Advice | None:
    """Return the advice about a youth that was given last, None without one. No permission: for rooms above."""
    rows = Advice.objects.filter(dossier=dossier, answered_on__isnull=False)
    return rows.order_by("-answered_on", "-pk").first()


def open_limits(case: Case) -> QuerySet[Advice]:
    """Return the advice in a case of which what at least must be in order is not, for the checks at the end."""
    return Advice.objects.filter(case=case, limit_met_on=None).exclude(lower_limit="")


def goals_of_youth(case: Case, youth: UUID) -> QuerySet[Goal]:
    """Return the goals about a youth in plans of a case that have not ended. No permission: for checks above."""
    return Goal.objects.filter(case=case, concerns=youth).exclude(plan__state=PlanState.ENDED)


def plan_in(case: Case, by: Principal, *, at: dt.datetime) -> FamilyPlan | None:
    """Return the plan of a case: the open one, else the last."""
    rows = list(plans_for(by, at=at).filter(case=case))
    return next((row for row in rows if row.state in PlanState.open_states()), rows[0] if rows else None)


def goals_in(plan: FamilyPlan, by: Principal, *, at: dt.datetime) -> list[Goal]:
    """Return the goals of a plan within sight, with their lines and whom they concern."""
    return list(goals_for(by, at=at).filter(plan=plan))


def gaps_of(plan: FamilyPlan) -> list[Gap]:
    """Return what a plan lacks, over all its goals: a gap is a gap also where a part is kept from the viewer."""
    goals = Goal.objects.filter(plan=plan).exclude(state=GoalState.LEFT).prefetch_related("lines")
    lined = [Lined(frozenset(line.doer for line in g.lines.all() if line.dropped_on is None)) for g in goals]
    directed = not plan.cannot_direct or PlanGuardian.objects.filter(plan=plan, ends=None).exists()
    return gaps(lined, has_first_evaluation=plan.first_evaluation_on is not None, directed=directed)


@dataclass(frozen=True)
class KeptVersion:
    """A version of an agreed plan, as far as it is within sight."""

    number: int
    kept_at: dt.datetime
    kept_by: str
    texts: tuple[str, ...]
    agreed: tuple[str, ...]


def versions_of(plan: FamilyPlan, by: Principal, *, at: dt.datetime) -> list[KeptVersion]:
    """Return the kept versions of a plan, newest first; texts of goals outside sight are left out."""
    seen = set(goals_for(by, at=at).filter(plan=plan).order_by().values_list("pk", flat=True))
    seen |= set(findings_for(by, at=at).filter(plan=plan).order_by().values_list("pk", flat=True))
    head_first = F("goal__created_at").asc(nulls_first=True), F("finding__created_at").asc(nulls_first=True)
    rows = PlanVersion.objects.filter(plan=plan).select_related("kept_by").order_by("-plan_version", *head_first, "pk")
    agreed: dict[int, list[str]] = {}
    for row in PlanAgreement.objects.filter(plan=plan).select_related("person").order_by("created_at", "pk"):
        agreed.setdefault(row.plan_version, []).append(row.person.name)
    found: dict[int, list[PlanVersion]] = {}
    for version in rows:
        found.setdefault(version.plan_version, []).append(version)
    return [
        KeptVersion(
            number, kept[0].kept_at, kept[0].kept_by.name,
            tuple(v.text for v in kept if (part := v.goal_id or v.finding_id) is None or part in seen),
            tuple(agreed.get(number, ())),
        )
        for number, kept in found.items()
    ]  # fmt: skip


def agreed_with(plan: FamilyPlan) -> list[PlanAgreement]:
    """Return who agreed with the plan as it is, oldest first."""
    rows = PlanAgreement.objects.filter(plan=plan).select_related("person").order_by("-plan_version", "created_at")
    found = list(rows)
    return [row for row in found if row.plan_version == found[0].plan_version]


def route_of(case: Case) -> str:
    """Return the route a case is on: where the last evaluation brought it, else what triage found, "" when unknown."""
    moved = Evaluation.objects.filter(case=case).exclude(route_to="").order_by("-held_on", "-created_at").first()
    if moved:
        return moved.route_to
    triage = triage_in(case)
    return triage.route if triage else ""


def open_plans(case: Case) -> QuerySet[FamilyPlan]:
    """Return the plans of a case that are not ended."""
    return FamilyPlan.objects.filter(case=case, state__in=PlanState.open_states())


def findings_for(by: Principal, *, at: dt.datetime) -> QuerySet[Finding]:
    """Return what was told, within sight, oldest first; nothing about a kept youth."""
    return (
        Finding.objects.filter(case__in=cases_for(by, at=at).values("pk"))
        .exclude(about_kept_youth(by, at, dossier__youth__findingconcern__finding=OuterRef("pk")))
        .filter(still_read(by, at=at, sight=Sight.OPEN))
        .prefetch_related("concerns")
        .order_by("created_at", "pk")
    )


def domains(day: dt.date) -> list[tuple[str, str]]:
    """Return the life domains one may tell something about on a day, [] when the list was not loaded here."""
    try:
        return reference.choices(DOMAINS, on=day)
    except BadInput:
        return []


def screening_is_asked(municipality: str, day: dt.date) -> reference.DatedValue | None:
    """Return the value by which this municipality asks a second person to screen goals, None when it does not (N63)."""
    found = reference.parameter_set(day, reference.scopes_of(municipality, on=day))
    value = found[SCREENING_ASKED] if SCREENING_ASKED in found else None  # noqa: SIM401 - get() refuses
    return value if value is not None and value.value else None


def screenings_for(by: Principal, *, at: dt.datetime) -> QuerySet[Screening]:
    """Return the screenings of goals within sight, newest first."""
    goals = goals_for(by, at=at).order_by().values("pk")
    rows = Screening.objects.filter(goal__in=goals).select_related("goal__plan", "asked_by", "asked_of")
    return rows.order_by("-asked_at", "-pk")


def screened(goal: Goal) -> Screening | None:
    """Return the last answer to whether a goal is clear enough, None when nobody judged it."""
    return Screening.objects.filter(goal=goal).exclude(judged_at=None).order_by("-judged_at", "-pk").first()


def guardian_of(plan: FamilyPlan) -> PlanGuardian | None:
    """Return who keeps the plan going now."""
    return PlanGuardian.objects.filter(plan=plan, ends=None).select_related("staff").first()


def plan_meetings_in(case: Case, by: Principal, *, at: dt.datetime) -> list[PlanMeeting]:
    """Return the meetings about the plan within sight, newest first."""
    seen = meetings_for(by, at=at).filter(case=case).order_by().values("pk")
    rows = PlanMeeting.objects.filter(case=case, meeting__in=seen).select_related("meeting")
    return list(rows.order_by("-meeting__planned_at"))


def signatures_of(plan: FamilyPlan) -> list[PlanSignature]:
    """Return the answers to the version of the plan as it is, in the order in which they were asked."""
    rows = PlanSignature.objects.filter(plan=plan, plan_version=plan.version)
    return list(rows.select_related("person").order_by("created_at", "pk"))


def signatures_for(by: Principal, *, at: dt.datetime) -> QuerySet[PlanSignature]:
    """Return the signatures of the cases the principal may open, without those of a kept youth."""
    rows = PlanSignature.objects.filter(case__in=cases_for(by, at=at).values("pk"))
    rows = rows.exclude(about_kept_youth(by, at, dossier__youth=OuterRef("person")))
    return rows.select_related("plan", "person", "case").order_by("created_at", "pk")


def declined(by: Principal, *, at: dt.datetime) -> QuerySet[PlanSignature]:
    """Return who does not sign a plan that is not ended, as it reads now, within sight."""
    rows = signatures_for(by, at=at).filter(state=SignatureState.DECLINED, plan__state__in=PlanState.open_states())
    return rows.filter(plan_version=F("plan__version"))


def filed_of(plan: FamilyPlan, by: Principal, *, at: dt.datetime) -> list[FiledPlan]:
    """Return the filed documents of the version as it is, within sight."""
    seen = documents_for(by, at=at).filter(case=plan.case_id).values("pk")
    rows = FiledPlan.objects.filter(plan=plan, plan_version=plan.version, document__in=seen)
    return list(rows.select_related("document").order_by("created_at", "pk"))


def is_filed(plan: FamilyPlan) -> bool:
    """Tell whether the version as it is was filed."""
    return FiledPlan.objects.filter(plan=plan, plan_version=plan.version).exists()


def papers_in(case: Case, by: Principal, *, at: dt.datetime) -> QuerySet[Document]:
    """Return the documents of a case in which a signed paper can lie."""
    return documents_in(case, by, at=at)


def writings_for(by: Principal, *, at: dt.datetime) -> QuerySet[Writing]:
    """Return what families wrote at home and shared, within sight, newest first; nothing about a kept youth."""
    kept = about_kept_youth(by, at, dossier__youth=OuterRef("about")) | about_kept_youth(
        by, at, dossier=OuterRef("dossier")
    )
    rows = Writing.objects.filter(~Q(state=WritingState.OWN), case__in=cases_for(by, at=at).values("pk"))
    return rows.exclude(kept).select_related("person", "about", "case").order_by("-shared_at", "-pk")


def colleagues_to_ask(by: Principal, *, at: dt.datetime) -> list[StaffMember]:
    """Return the colleagues of the own teams who can look at a goal as a second person."""
    return [row for row in colleagues_in(by.teams, clock.today(at)) if row.pk != by.key]
