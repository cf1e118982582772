"""Safety within sight: of children one may see, in cases one may open; what is about a kept child stays with it."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember, Team
from rondom.core import clock
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.dossiers.badges import Badge
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.frame import Reach, Supervised, measures_over, reach_by_person, reach_of, supervised_among
from rondom.dossiers.models import Case, CaseDossier, CaseRole, Clock, Cover, CoveredCase
from rondom.dossiers.queries import about_kept_youth, cases_for, members_of, roles_in
from rondom.dossiers.rules import case_name, directs
from rondom.people.models import Person
from rondom.privacy.enums import Sight
from rondom.reference import queries as reference
from rondom.safety.enums import ConditionState, Occasion, Outcome, Risk
from rondom.safety.models import ChildJudgement, ConditionCheck, ConditionConcern, SafetyAssessment, SafetyCondition
from rondom.safety.parameters import INSTRUMENT, START_DAYS
from rondom.safety.rules import GRAVE, OPEN, gravest, risk_of

KINDS = {
    Occasion.START: "safety.start", Occasion.EVALUATION: "safety.evaluation", Occasion.SIGNAL: "safety.signal",
    Occasion.AGAIN: "safety.again",
}  # fmt: skip
"""The kind of clock with which an assessment is asked, per occasion."""
CHECK, WEIGH = "safety.check", "safety.weigh"


def setting(name: str, day: dt.date, municipality: str) -> reference.DatedValue | None:
    """Return a setting of this room as it holds here on a day, None when nothing was chosen."""
    found = reference.parameter_set(day, reference.scopes_of(municipality, on=day))
    return found[name] if name in found else None  # noqa: SIM401 - get() refuses


def instrument_on(day: dt.date, municipality: str) -> str:
    """Return the name of the instrument that is used here, "" when none was chosen."""
    chosen = setting(INSTRUMENT, day, municipality)
    return str(chosen.value) if chosen else ""


def days_to_start(day: dt.date, municipality: str) -> reference.DatedValue | None:
    """Return within how many days of the start safety is assessed here, None when nothing was chosen."""
    return setting(START_DAYS, day, municipality)


# What is within sight of who may open the case


def judgements_for(by: Principal, *, at: dt.datetime) -> QuerySet[ChildJudgement]:
    """Return the judgements within sight, in the order of the children; none about a kept youth."""
    rows = ChildJudgement.objects.filter(case__in=cases_for(by, at=at).values("pk"))
    kept = about_kept_youth(by, at, dossier__youth=OuterRef("child"))
    return rows.exclude(kept).select_related("child").order_by("child__born_on", "child_id")


def assessments_for(by: Principal, *, at: dt.datetime) -> QuerySet[Any]:
    """Return the assessments of all cases the principal may open, newest first; `shown` are the judgements in sight."""
    rows = SafetyAssessment.objects.filter(case__in=cases_for(by, at=at).values("pk"))
    seen = Prefetch("judgements", judgements_for(by, at=at), to_attr="shown")
    return rows.select_related("written_by").prefetch_related(seen).order_by("-held_on", "-created_at", "-pk")


def conditions_for(by: Principal, *, at: dt.datetime) -> QuerySet[SafetyCondition]:
    """Return the agreements about safety within sight, those that run first; none that is about a kept youth."""
    kept = about_kept_youth(by, at, dossier__youth__conditionconcern__condition=OuterRef("pk"))
    checks = ConditionCheck.objects.select_related("written_by").order_by("-checked_on", "-created_at")
    return (
        SafetyCondition.objects.filter(case__in=cases_for(by, at=at).values("pk"))
        .exclude(kept)
        .select_related("written_by")
        .prefetch_related("concerns", Prefetch("checks", checks))
        .order_by("moved_at", "starts_on", "pk")
    )


# How a case stands


@dataclass
class ChildState:
    """How safe one child is now: the last judgement, the risk that follows, agreements that run or were broken."""

    child: Person
    last: ChildJudgement | None = None
    risk: Risk | None = None
    conditions: list[SafetyCondition] = field(default_factory=list)

    @property
    def risk_words(self) -> str:
        """The risk as people read it, "" when there is none."""
        return str(self.risk.label) if self.risk else ""


@dataclass(frozen=True)
class _Kept:
    """What is written about the children of some cases: the last judgement of each, and whom agreements are about."""

    last: dict[tuple[UUID, UUID], ChildJudgement]
    about: dict[SafetyCondition, set[UUID]]

    def agreed(self, case: UUID, child: UUID, shown: set[UUID]) -> list[SafetyCondition]:
        """Return the agreements about a child; none that is about another child who is not shown."""
        return [row for row, about in self.about.items() if row.case_id == case and child in about and about <= shown]


def _kept_about(cases: Collection[UUID]) -> _Kept:
    judged = ChildJudgement.objects.filter(case__in=cases).select_related("assessment")
    ordered = judged.order_by("assessment__held_on", "assessment__created_at", "pk")
    concerns = ConditionConcern.objects.filter(condition__case__in=cases)
    live = concerns.exclude(condition__state=ConditionState.ENDED).select_related("condition")
    about: dict[SafetyCondition, set[UUID]] = {}
    for row in live.order_by("condition__starts_on", "condition_id"):
        about.setdefault(row.condition, set()).add(row.person_id)
    return _Kept({(row.case_id, row.child_id): row for row in ordered}, about)


def states_among(
    children: dict[UUID, list[Person]], *, at: dt.datetime, kept: _Kept | None = None
) -> dict[UUID, list[ChildState]]:
    """Return per case how safe each of these children is now, in two queries whatever their number."""
    known = _kept_about(list(children)) if kept is None else kept
    found = {}
    for case, listed in children.items():
        shown = {child.pk for child in listed}
        found[case] = [
            _state(child, known.last.get((case, child.pk)), known.agreed(case, child.pk, shown)) for child in listed
        ]
    return found


def _state(child: Person, last: ChildJudgement | None, agreed: list[SafetyCondition]) -> ChildState:
    broken = [row.moved_at for row in agreed if row.state == ConditionState.BROKEN and row.moved_at]
    judged_at = last.assessment.created_at if last else None
    risk = risk_of(last.outcome if last else "", judged_at, broken)
    running = [row for row in agreed if row.state == ConditionState.RUNNING]
    return ChildState(child, last, risk, running)


def states_in(case: Case, by: Principal, *, at: dt.datetime) -> list[ChildState]:
    """Return how safe each child of a case is, of the children this viewer may see, eldest first."""
    children, _adults = members_of([case.pk], by, at=at)[case.pk]
    return states_among({case.pk: children}, at=at)[case.pk]


def whole_state(case: Case, *, at: dt.datetime) -> list[ChildState]:
    """Return how safe every child of a case is, whoever asks: for rules about the case, never for a page."""
    links = CaseDossier.objects.filter(on(clock.today(at)), case=case).select_related("dossier__youth")
    return states_among({case.pk: [link.dossier.youth for link in links]}, at=at)[case.pk]


def asked_in(case: Case) -> list[Clock]:
    """Return the assessments of a case that are asked and not done, earliest first."""
    rows = Clock.objects.filter(case=case, kind__in=KINDS.values(), state__in=ClockState.open_states())
    return list(rows.select_related("rests_with").order_by("due_at", "pk"))


def lies_outside(case: Case, *, at: dt.datetime) -> bool:
    """Tell whether sight on safety lies outside, with somebody who accepted it there."""
    role = roles_in(case, at=at).filter(kind=CaseRoleKind.SIGHT_ON_SAFETY).first()
    return bool(role and role.staff_id is None and role.accepted_by)


def rests_with(case: Case, *, at: dt.datetime) -> StaffMember | None:
    """Return with whom work about safety rests: who has sight on it here, else who coordinates."""
    held = {role.kind: role.staff for role in roles_in(case, at=at)}
    return held.get(CaseRoleKind.SIGHT_ON_SAFETY) or held.get(CaseRoleKind.COORDINATION)


def assessed_since(case: Case, day: dt.date) -> bool:
    """Tell whether the safety of the children of a case was assessed on a day or later."""
    return SafetyAssessment.objects.filter(case=case, held_on__gte=day).exists()


def weighing_in(case: Case) -> Clock | None:
    """Return the report to Veilig Thuis that is to be weighed, if any."""
    return Clock.objects.filter(case=case, kind=WEIGH, state__in=ClockState.open_states()).first()


def occasion_of(asked: Iterable[Clock]) -> Occasion:
    """Return the occasion of an assessment that is made now: of what was asked first, else a signal."""
    first = next(iter(asked), None)
    return next((occasion for occasion, kind in KINDS.items() if first and kind == first.kind), Occasion.SIGNAL)


def sights_of(case: Case) -> list[CaseRole]:
    """Return who had sight on safety in a case, newest first."""
    rows = CaseRole.objects.filter(case=case, kind=CaseRoleKind.SIGHT_ON_SAFETY).select_related("staff")
    return list(rows.order_by("-starts", "-pk"))


# The page for the weekend


@dataclass(frozen=True)
class Holder:
    """Who holds a role: a name, a number to ring, since when; `away` says who sees to the family meanwhile."""

    name: str
    phone: str
    since: dt.date
    outside: bool = False
    away: str = ""


@dataclass(frozen=True)
class WeekendFamily:
    """A family with an open risk, as whoever works in the weekend needs it."""

    case: UUID
    name: str
    opens: bool
    children: list[ChildState]
    conditions: list[tuple[SafetyCondition, str]]
    safety: Holder | None
    coordinator: Holder | None
    supervised: list[Supervised]
    reach: list[Reach]


@dataclass(frozen=True)
class WeekendTeam:
    """A team on Friday afternoon: families with an open risk, and those whose assessment is late."""

    team: Team
    families: list[WeekendFamily]
    late: list[tuple[UUID, str]]

    @property
    def cases(self) -> list[UUID]:
        """Every case that is named on the page."""
        return [family.case for family in self.families] + [pk for pk, _name in self.late]


def weekend(by: Principal, team: Team, *, at: dt.datetime) -> WeekendTeam:
    """Return the open risks of a team within sight, in a fixed number of queries.

    Who directs the team sees every family of its list (not a shielded one); a worker those that are open to them.
    """
    sight = Sight.ROW if directs(by, team) else Sight.OPEN
    rows = cases_for(by, at=at, sight=sight, few=True).filter(team=team, closed_on=None)
    risky = Q(safety_assessments__isnull=False) | Q(safety_conditions__isnull=False)
    late = Clock.objects.filter(kind__in=KINDS.values(), state=ClockState.RUNNING, due_at__lte=at).values("case")
    waiting = list(rows.filter(pk__in=late).order_by("opened_on", "pk").values_list("pk", flat=True))
    cases = list(dict.fromkeys([*rows.filter(risky).values_list("pk", flat=True), *waiting]))
    members = members_of(cases, by, at=at, sight=sight)
    states = states_among({pk: children for pk, (children, _adults) in members.items()}, at=at)
    open_ = [pk for pk in cases if any(state.risk in OPEN for state in states[pk])]
    opens = set(cases_for(by, at=at, few=True).filter(pk__in=open_).values_list("pk", flat=True))
    day = clock.today(at)
    holders = _holders(open_, day)
    persons = [person for pk in open_ for group in members[pk] for person in group]
    phones = reach_by_person(persons, day)
    over = measures_over([child for pk in open_ for child in members[pk][0]], day)
    families = [
        WeekendFamily(
            pk, case_name(members[pk][0], day), pk in opens, [s for s in states[pk] if s.risk in OPEN],
            _named(states[pk]), holders.get((pk, CaseRoleKind.SIGHT_ON_SAFETY)),
            holders.get((pk, CaseRoleKind.COORDINATION)), supervised_among(members[pk][0], over),
            reach_of([*members[pk][1], *members[pk][0]], day, phones),
        )
        for pk in open_
    ]  # fmt: skip
    families.sort(key=lambda family: (min(list(Risk).index(s.risk) for s in family.children if s.risk), family.name))
    return WeekendTeam(team, families, [(pk, case_name(members[pk][0], day)) for pk in waiting])


def _named(states: list[ChildState]) -> list[tuple[SafetyCondition, str]]:
    """Return the running agreements once each, with the children in sight they are about."""
    found: dict[UUID, tuple[SafetyCondition, list[str]]] = {}
    for state in states:
        for row in state.conditions:
            found.setdefault(row.pk, (row, []))[1].append(state.child.short_name)
    return [(row, ", ".join(names)) for row, names in found.values()]


def _holders(cases: list[UUID], day: dt.date) -> dict[tuple[UUID, str], Holder]:
    kinds = (CaseRoleKind.SIGHT_ON_SAFETY, CaseRoleKind.COORDINATION)
    rows = list(CaseRole.objects.filter(on(day), case__in=cases, kind__in=kinds).select_related("staff"))
    covered = CoveredCase.objects.filter(on(day, "cover__"), case__in=cases).select_related("cover__taken_by")
    instead: dict[tuple[UUID, UUID | None], Cover] = {(row.case_id, row.cover.absent_id): row.cover for row in covered}
    return {(row.case_id, row.kind): _holder(row, instead.get((row.case_id, row.staff_id))) for row in rows}


def _holder(row: CaseRole, cover: Cover | None) -> Holder:
    if row.staff is None:
        words = _("%(where)s, accepted by %(who)s") if row.accepted_by else "%(where)s"
        return Holder(words % {"where": row.outside, "who": row.accepted_by}, "", row.starts, outside=True)
    away = ""
    if cover:
        words = _("is away; ring %(name)s, %(phone)s")
        away = words % {"name": cover.taken_by.name, "phone": cover.taken_by.phone}
    return Holder(row.staff.name, row.staff.phone, row.starts, away=away)


def badges(cases: Collection[UUID], by: Principal, at: dt.datetime, sight: Sight) -> dict[UUID, list[Badge]]:
    """Return the badges of these cases: one per risk that occurs, naming the children in this sight."""
    kept = _kept_about(cases)
    risky = {case for (case, _child), row in kept.last.items() if row.outcome != Outcome.SAFE}
    risky |= {row.case_id for row in kept.about if row.state == ConditionState.BROKEN}
    if not risky:
        return {}
    members = members_of(risky, by, at=at, sight=sight)
    states = states_among({pk: children for pk, (children, _adults) in members.items()}, at=at, kept=kept)
    found: dict[UUID, list[Badge]] = {}
    for pk, listed in states.items():
        for risk in gravest(state.risk for state in listed if state.risk):
            about = ", ".join(state.child.short_name for state in listed if state.risk == risk)
            tone = "late" if risk in GRAVE else "due"
            found.setdefault(pk, []).append(Badge(risk.label, about, tone, "safety:of_family"))
    return found
