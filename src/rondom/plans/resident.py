"""The plan as a resident sees it: through the relations of this moment (Sight.RESIDENT), and nothing else.

A part is shown only when everybody it concerns is the viewer, or a youth whose dossier the viewer sees; and not when it
is older than the right to see that dossier (practice 1). The head of the plan is about the whole family and is never
shown: whether it is there would tell that something else is (ADR 0520). Who else was asked to sign is not shown.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from rondom.core import clock
from rondom.core.events import look
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.documents.enums import DocumentState
from rondom.documents.models import DocumentConcern, DocumentDossier
from rondom.dossiers.models import Case, CaseDossier, Dossier
from rondom.dossiers.opening import ground_of, row_in_sight
from rondom.dossiers.queries import dossiers_for
from rondom.dossiers.resident import Eyes, eyes_of, my_dossiers
from rondom.people.models import Person
from rondom.plans.enums import PlanState, SignatureState
from rondom.plans.models import (
    Advice,
    FamilyPlan,
    FiledPlan,
    Finding,
    FindingConcern,
    Goal,
    GoalConcern,
    PlanLine,
    PlanSignature,
    PlanVersion,
    Writing,
)
from rondom.plans.texts import digest_of, text_of, told_of
from rondom.privacy.enums import Sight, SubjectKind
from rondom.privacy.queries import still_read


@dataclass(frozen=True)
class Part:
    """What of a plan one resident sees: what was told and the goals, each oldest first."""

    findings: list[Finding]
    goals: list[Goal]

    @property
    def texts(self) -> list[str]:
        """What is shown, as text: what somebody signs."""
        return [*(told_of(row) for row in self.findings), *(text_of(goal) for goal in self.goals)]

    @property
    def digest(self) -> str:
        """The SHA-256 of what is shown."""
        return digest_of(self.texts)


def _seen(rows: QuerySet[Any], through: Any, column: str, eyes: Eyes) -> QuerySet[Any]:
    """Leave out what concerns somebody else, and what is older than the right to see one whom it concerns.

    Also what concerned somebody else whose dossier was destroyed, unless the resident could read it then (ADR 0518).
    """
    rows = rows.filter(eyes.still).exclude(pk__in=through.objects.exclude(person__in=eyes.persons).values(column))
    for youth, moment in eyes.since.items():
        rows = rows.exclude(Q(created_at__lt=moment), pk__in=through.objects.filter(person=youth).values(column))
    return rows.filter(pk__in=through.objects.values(column)).order_by("created_at", "pk")


def plans_for(by: Principal, *, at: dt.datetime) -> QuerySet[FamilyPlan]:
    """Return the plans of which the resident sees a part, in cases with a dossier in sight today, newest first.

    A plan of which every part is kept is not there: an empty page would tell that something is kept.
    """
    eyes = eyes_of(by, at=at)
    dossiers = dossiers_for(by, at=at, sight=Sight.RESIDENT).values("pk")
    cases = CaseDossier.objects.filter(on(clock.today(at)), dossier__in=dossiers).values("case")
    goals = _seen(Goal.objects.all(), GoalConcern, "goal", eyes).order_by().values("plan")
    findings = _seen(Finding.objects.all(), FindingConcern, "finding", eyes).order_by().values("plan")
    some = Q(pk__in=goals) | Q(pk__in=findings)
    rows = FamilyPlan.objects.filter(some, case__in=cases).select_related("case", "evaluation_clock")
    return rows.order_by("-created_at", "-pk")


def open_plan(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> FamilyPlan:
    """Return a plan the resident may look into and record the look at the dossiers through which; raises NotFound."""
    plan = row_in_sight(by, plans_for(by, at=at), pk, at=at, page=page)
    links = CaseDossier.objects.filter(on(clock.today(at)), case=plan.case_id)
    mine = dossiers_for(by, at=at, sight=Sight.RESIDENT).filter(pk__in=links.values("dossier"))
    through = list(mine.order_by("pk").values_list("pk", flat=True))
    ground = ground_of(by, SubjectKind.DOSSIER, through[0], at=at, sight=Sight.RESIDENT)
    look(by, page, plan, subjects=[("dossier", dossier) for dossier in through], ground=ground, at=at)
    return plan


def open_writing(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Writing:
    """Return a text of the resident's own and record the look; raises NotFound for anybody else's."""
    row = row_in_sight(by, writings_of(by, at=at), pk, at=at, page=page)
    look(by, page, row, subjects=[("dossier", row.dossier_id)], at=at)
    return row


def my_plans(by: Principal, *, at: dt.datetime) -> list[FamilyPlan]:
    """Return the plans that are not ended."""
    return list(plans_for(by, at=at).filter(state__in=PlanState.open_states()))


def plans_by_dossier(by: Principal, dossiers: list[Dossier], *, at: dt.datetime) -> dict[UUID, list[FamilyPlan]]:
    """Return per dossier the plans of its cases that are not ended, newest first; nothing for one without a plan.

    A young person can have a plan of their own beside that of the family.
    """
    plans = my_plans(by, at=at)
    links = CaseDossier.objects.filter(on(clock.today(at)), dossier__in=dossiers, case__in={p.case_id for p in plans})
    linked = set(links.values_list("dossier", "case")) if plans else set()
    found = {dossier.pk: [plan for plan in plans if (dossier.pk, plan.case_id) in linked] for dossier in dossiers}
    return {pk: rows for pk, rows in found.items() if rows}


def part_for(by: Principal, plan: FamilyPlan, *, at: dt.datetime) -> Part:
    """Return what of a plan the resident sees."""
    eyes = eyes_of(by, at=at)
    lines = Prefetch("lines", PlanLine.objects.order_by("due_on", "pk"))
    goals = _seen(plan.goals.all(), GoalConcern, "goal", eyes).prefetch_related("concerns", lines)
    findings = _seen(plan.findings.all(), FindingConcern, "finding", eyes).prefetch_related("concerns")
    return Part(list(findings), list(goals))


@dataclass(frozen=True)
class Earlier:
    """How the part of a plan that a resident sees read, from a moment until the next one."""

    since: dt.datetime
    texts: tuple[str, ...]


def earlier_for(by: Principal, plan: FamilyPlan, *, at: dt.datetime) -> list[Earlier]:
    """Return how the resident's part of an agreed plan read over time, newest first.

    Versions in which nothing changed for this reader are one: neither their number nor how many there are shows that
    something changed elsewhere. Of several on one day the last one stands. A text is left out when the goal concerned
    others when it was kept (`concerned_since`).
    """
    eyes = eyes_of(by, at=at)
    goals = {goal.pk: goal for goal in _seen(plan.goals.all(), GoalConcern, "goal", eyes)}
    findings = _seen(plan.findings.all(), FindingConcern, "finding", eyes).order_by().values("pk")
    rows = PlanVersion.objects.filter(Q(goal__in=goals) | Q(finding__in=findings), plan=plan)
    found: dict[int, tuple[dt.datetime, list[str]]] = {}
    for row in rows.order_by("plan_version", "goal__created_at", "finding__created_at", "pk"):
        moved = goals[row.goal_id].concerned_since if row.goal_id else None
        if moved is None or row.kept_at >= moved:
            found.setdefault(row.plan_version, (row.kept_at, []))[1].append(row.text)
    kept: list[Earlier] = []
    for moment, texts in found.values():
        if kept and kept[-1].texts != tuple(texts) and clock.today(kept[-1].since) == clock.today(moment):
            kept.pop()
        if not kept or kept[-1].texts != tuple(texts):
            kept.append(Earlier(moment, tuple(texts)))
    return kept[::-1]


def filed_for(by: Principal, *, at: dt.datetime) -> QuerySet[FiledPlan]:
    """Return the filed plans of which the resident may read every word, newest first.

    Everybody it concerns is the reader or a youth whose dossier the reader sees, every dossier it lies in is in sight,
    and it is not older than the right to see one of them.
    """
    eyes = eyes_of(by, at=at)
    dossiers = dossiers_for(by, at=at, sight=Sight.RESIDENT).values("pk")
    rows = FiledPlan.objects.filter(document__state__in=DocumentState.readable())
    rows = rows.filter(document__in=DocumentDossier.objects.filter(dossier__in=dossiers).values("document"))
    rows = rows.exclude(document__in=DocumentDossier.objects.exclude(dossier__in=dossiers).values("document"))
    rows = rows.exclude(document__in=DocumentConcern.objects.exclude(person__in=eyes.persons).values("document"))
    rows = rows.filter(still_read(by, at=at, sight=Sight.RESIDENT, outer="document"))
    for youth, moment in eyes.since.items():
        about = DocumentConcern.objects.filter(person=youth).values("document")
        rows = rows.exclude(document__in=about, created_at__lt=moment)
    return rows.select_related("document", "plan").order_by("-created_at", "-pk")


def open_filed(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> FiledPlan:
    """Return a filed plan the resident may read and record the look; raises NotFound, and records the attempt."""
    row = row_in_sight(by, filed_for(by, at=at), pk, at=at, page=page)
    through = list(row.document.dossiers.order_by("pk").values_list("pk", flat=True))
    ground = ground_of(by, SubjectKind.DOSSIER, through[0], at=at, sight=Sight.RESIDENT)
    look(by, page, row, subjects=[("dossier", dossier) for dossier in through], ground=ground, at=at)
    return row


def may_read_goals(by: Principal, goals: QuerySet[Goal], *, youth: UUID, at: dt.datetime) -> set[UUID]:
    """Return which of these goals somebody may read about a youth: nobody else is concerned who is out of sight.

    For what rests on goals and is about one youth (the letter of a decision), read by who is entitled to it.
    """
    eyes = eyes_of(by, at=at)
    others = GoalConcern.objects.exclude(person__in={*eyes.persons, youth}).values("goal")
    return set(goals.exclude(pk__in=others).filter(eyes.still).values_list("pk", flat=True))


def dossiers_in(by: Principal, plan: FamilyPlan, *, at: dt.datetime) -> list[Dossier]:
    """Return the dossiers in sight through which the resident can write for this plan, the own one first."""
    links = CaseDossier.objects.filter(on(clock.today(at)), case=plan.case_id).values_list("dossier", flat=True)
    linked = set(links)
    return [dossier for dossier in my_dossiers(by, at=at) if dossier.pk in linked]


def my_signature(by: Principal, plan: FamilyPlan) -> PlanSignature | None:
    """Return the question to sign that stands for the resident, or the last answer."""
    rows = PlanSignature.objects.filter(plan=plan, person=by.person)
    return rows.order_by("-plan_version", "-asked_at").first()


def asked_of(by: Principal, *, at: dt.datetime) -> set[UUID]:
    """Return the plans that the resident is asked to sign."""
    rows = PlanSignature.objects.filter(person=by.person, state=SignatureState.ASKED, plan__in=plans_for(by, at=at))
    return set(rows.values_list("plan", flat=True))


def writings_of(by: Principal, *, at: dt.datetime) -> QuerySet[Writing]:
    """Return what the resident wrote, in cases and dossiers still in sight, newest first."""
    dossiers = dossiers_for(by, at=at, sight=Sight.RESIDENT).values("pk")
    rows = Writing.objects.filter(person=by.person, dossier__in=dossiers)
    return rows.select_related("about", "dossier__youth", "case").order_by("-created_at", "-pk")


def case_to_write_in(dossier: Dossier, *, at: dt.datetime) -> Case | None:
    """Return the open case a text about this dossier goes to, None when nobody works with the family now."""
    links = CaseDossier.objects.filter(on(clock.today(at)), dossier=dossier, case__closed_on=None)
    first = links.select_related("case").order_by("-starts", "-pk").first()
    return first.case if first else None


def me(by: Principal) -> Person:
    """Return the person who is signed in."""
    return Person.objects.get(pk=by.key)


def advice_about(dossier: Dossier, by: Principal, *, at: dt.datetime) -> list[Advice]:
    """Return what specialists advised about a youth whose dossier the resident sees, newest first.

    Not what is older than that right (practice 1). Of which organisation the specialist is, is not told: it points to a
    place.
    """
    seen = dossiers_for(by, at=at, sight=Sight.RESIDENT).values("pk")
    rows = Advice.objects.filter(dossier=dossier, dossier__in=seen, answered_on__isnull=False)
    since = eyes_of(by, at=at).since.get(dossier.youth_id)
    if since is not None:
        rows = rows.exclude(answered_on__lt=clock.today(since))
    return list(rows.order_by("-answered_on", "-pk"))
