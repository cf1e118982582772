"""A plan itself: begin, add goals and lines, agree, look back, end."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, Unwise
from rondom.core.events import Subject, record, subject
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, case_subjects, touch
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.queries import roles_in
from rondom.entry.enums import Route
from rondom.people.models import Person
from rondom.plans import queries, rules, signals
from rondom.plans.enums import Answer, Doer, Gap, GoalState, Outcome, PlanState
from rondom.plans.models import (
    Evaluation,
    FamilyPlan,
    Finding,
    Goal,
    GoalConcern,
    PlanAgreement,
    PlanGuardian,
    PlanLine,
    PlanVersion,
)
from rondom.plans.signers import follow_version
from rondom.plans.texts import text_of, told_of

EVALUATION, TALK = "plans.evaluation", "plans.talk"
HEAD = frozenset({"going_well", "effort", "duration", "perspective", "cost", "cannot_direct", "first_evaluation_on"})
OF_A_GOAL = frozenset({"text", "said_by", "noticed_by", "due_on"})


def tell(by: Principal, kind: str, row: Any, plan: FamilyPlan, at: dt.datetime, *fields: str) -> None:
    """Record an act on a plan: about its case, and of a goal or what was told about whom it concerns."""
    day = clock.today(at)
    touch(plan.case, day)
    named: list[Subject] = [subject(plan), *case_subjects(plan.case, day=day)]
    if isinstance(row, Goal | Finding):
        named += [("person", pk) for pk in row.concerns.values_list("pk", flat=True)]
    record(by, kind, row, at=at, municipality=plan.municipality, fields=fields, subjects=named)


def is_open(plan: FamilyPlan) -> None:
    """Raise BadInput when a plan, or its case, has ended."""
    if plan.state not in PlanState.open_states():
        raise BadInput(_("This plan has ended. Begin a new one."))
    if plan.case.closed_on:
        raise BadInput(_("This case is closed. Open it again first."))


@action
def begin(
    *, by: Principal, at: dt.datetime, case: Case, begun_by: StaffMember, going_well: str, second_because: str = ""
) -> FamilyPlan:
    """Begin a plan as a concept, with what goes well first.

    Raises BadInput when what goes well is not said, Unwise (field second_because) when the family has a plan that is
    not ended: a second one is never refused, but says why (practice 2).
    """
    if case.closed_on:
        raise BadInput(_("This case is closed. Open it again first."))
    if not going_well.strip():
        raise BadInput(_("Begin with what goes well, in the family's words."), field="going_well")
    second = queries.open_plans(case).exists()
    if second and not second_because.strip():
        raise Unwise(
            _("This family has a plan already. Is a second one needed? Then write why."), field="second_because"
        )
    plan = FamilyPlan.objects.create(
        municipality=case.municipality, case=case, begun_by=begun_by, going_well=going_well.strip(),
        second_because=second_because.strip() if second else "", created_at=at,
    )  # fmt: skip
    tell(by, "plans.plan_begun", plan, plan, at)
    return plan


@action
def change(
    *, by: Principal, at: dt.datetime, plan: FamilyPlan, changes: Mapping[str, Any], opened_version: int,
    kept_by: StaffMember,
) -> FamilyPlan:  # fmt: skip
    """Change what goes well, how long it takes, or (while a concept) the first evaluation. Raises Stale, BadInput."""
    is_open(plan)
    if unknown := set(changes) - HEAD:
        raise TypeError(f"cannot change {sorted(unknown)} of a plan")
    if not str(changes.get("going_well", plan.going_well)).strip():
        raise BadInput(_("Begin with what goes well, in the family's words."), field="going_well")
    first = changes.get("first_evaluation_on", plan.first_evaluation_on)
    if plan.state == PlanState.AGREED and first != plan.first_evaluation_on:
        raise BadInput(_("The date is running. Change it when you look back."), field="first_evaluation_on")
    if first and plan.state == PlanState.CONCEPT and first <= clock.today(at):
        raise BadInput(_("Choose a day from tomorrow on."), field="first_evaluation_on")
    left_alone = changes.get("cannot_direct", False)
    if plan.state == PlanState.AGREED and left_alone and not PlanGuardian.objects.filter(plan=plan, ends=None).exists():
        raise BadInput(
            _("Name a plan guardian first: a plan that nobody directs does not hold."), field="cannot_direct"
        )
    changed = save_changes(plan, changes, opened_version=opened_version, at=at)
    tell(by, "plans.plan_changed", plan, plan, at, *changed)
    keep(plan, kept_by, at, moved=True)
    return plan


@action
def add_goal(
    *,
    by: Principal,
    at: dt.datetime,
    plan: FamilyPlan,
    text: str,
    said_by: str,
    concerns: Iterable[Person],
    kept_by: StaffMember,
    noticed_by: str = "",
    due_on: dt.date | None = None,
) -> Goal:
    """Add a goal in the family's words. Raises BadInput without text, whom it concerns, or who said it."""
    is_open(plan)
    persons = list(concerns)
    _goal_is_whole(text, said_by, persons)
    goal = Goal.objects.create(
        municipality=plan.municipality, plan=plan, case=plan.case, text=text.strip(), said_by=said_by.strip(),
        noticed_by=noticed_by.strip(), due_on=due_on, created_at=at,
    )  # fmt: skip
    GoalConcern.objects.bulk_create([GoalConcern(goal=goal, person=person) for person in persons])
    tell(by, "plans.goal_added", goal, plan, at)
    keep(plan, kept_by, at)
    return goal


def _goal_is_whole(text: str, said_by: str, persons: Collection[Person]) -> None:
    if not text.strip():
        raise BadInput(_("Write the goal, in the words of the family."), field="text")
    if not said_by.strip():
        raise BadInput(_("Write whose words these are."), field="said_by")
    if not persons:
        raise BadInput(_("Choose whom this goal is about."), field="concerns")


@action
def change_goal(
    *,
    by: Principal,
    at: dt.datetime,
    goal: Goal,
    changes: Mapping[str, Any],
    concerns: Iterable[Person],
    opened_version: int,
    kept_by: StaffMember,
) -> Goal:
    """Change the words of a goal, or whom it concerns. Raises Stale when somebody saved it meanwhile."""
    is_open(goal.plan)
    if unknown := set(changes) - OF_A_GOAL:
        raise TypeError(f"cannot change {sorted(unknown)} of a goal")
    persons = list(concerns)
    _goal_is_whole(str(changes.get("text", goal.text)), str(changes.get("said_by", goal.said_by)), persons)
    changed = save_changes(goal, changes, opened_version=opened_version, at=at)
    now_about = {person.pk for person in persons}
    before = set(goal.concerns.values_list("pk", flat=True))
    GoalConcern.objects.filter(goal=goal, person__in=before - now_about).delete()
    GoalConcern.objects.bulk_create([GoalConcern(goal=goal, person=p) for p in persons if p.pk not in before])
    if before != now_about:
        Goal.objects.filter(pk=goal.pk).update(concerned_since=at)
    tell(by, "plans.goal_changed", goal, goal.plan, at, *changed, *(["concerns"] if before != now_about else []))
    keep(goal.plan, kept_by, at)
    return goal


@action
def add_line(
    *,
    by: Principal,
    at: dt.datetime,
    goal: Goal,
    doer: Doer,
    who: str,
    what: str,
    due_on: dt.date | None,
    kept_by: StaffMember,
) -> PlanLine:
    """Agree on who does what for a goal, and when. A line without a person or a date is not kept (D49)."""
    is_open(goal.plan)
    if not who.strip():
        raise BadInput(_("Write who does it."), field="who")
    if not what.strip():
        raise BadInput(_("Write what this person does."), field="what")
    if due_on is None:
        raise BadInput(_("Write when, or from when."), field="due_on")
    line = PlanLine.objects.create(
        municipality=goal.municipality, goal=goal, case=goal.case, doer=doer, who=who.strip(), what=what.strip(),
        due_on=due_on,
    )  # fmt: skip
    tell(by, "plans.line_added", line, goal.plan, at)
    keep(goal.plan, kept_by, at)
    return line


@action
def end_line(*, by: Principal, at: dt.datetime, line: PlanLine, done: bool, kept_by: StaffMember) -> PlanLine:
    """A line is done, or is not needed any more; it stays to be read."""
    plan = line.goal.plan
    is_open(plan)
    field = "done_on" if done else "dropped_on"
    taken = PlanLine.objects.filter(pk=line.pk, done_on=None, dropped_on=None).update(
        **{field: clock.today(at)}, version=line.version + 1, changed_at=at
    )
    if not taken:
        raise BadInput(_("This was done or dropped already."))
    line.refresh_from_db()
    tell(by, "plans.line_done" if done else "plans.line_dropped", line, plan, at, field)
    keep(plan, kept_by, at)
    return line


def keep(plan: FamilyPlan, kept_by: StaffMember, at: dt.datetime, *, moved: bool = False) -> None:
    """Keep an agreed plan as it reads now: the head, each goal, each thing told. A concept keeps no versions.

    `moved`: the version of the plan was moved by saving it.
    """
    if plan.state != PlanState.AGREED:
        return
    if not moved:
        FamilyPlan.objects.filter(pk=plan.pk).update(version=F("version") + 1, changed_at=at)
        plan.refresh_from_db()
    follow_version(plan, at)
    words = [plan.going_well, plan.effort, plan.duration, plan.perspective, plan.cost]
    head = "\n".join(filter(None, words))
    texts: list[tuple[dict[str, Any], str]] = [({}, head)]
    texts += [({"finding": row}, told_of(row)) for row in plan.findings.order_by("created_at", "pk")]
    texts += [({"goal": goal}, text_of(goal)) for goal in plan.goals.order_by("created_at", "pk")]
    PlanVersion.objects.bulk_create(
        PlanVersion(
            municipality=plan.municipality, plan=plan, case=plan.case, plan_version=plan.version, text=text,
            kept_by=kept_by, kept_at=at, **part,
        )
        for part, text in texts
    )  # fmt: skip


def _move(plan: FamilyPlan, state: PlanState, at: dt.datetime, *, opened_version: int | None, **values: Any) -> None:
    """The one place where the state of a plan moves: conditional on the version, so of two people at once one wins."""
    version = plan.version if opened_version is None else opened_version
    taken = (
        FamilyPlan.objects.filter(pk=plan.pk, version=version)
        .exclude(state=PlanState.ENDED)
        .update(state=state, version=version + 1, changed_at=at, **values)
    )
    if not taken:
        raise BadInput(_("Somebody changed this plan in the meantime. Look at it again before you go on."))
    plan.refresh_from_db()
    follow_version(plan, at)


def coordinator(case: Case, at: dt.datetime) -> StaffMember | None:
    """Return the colleague who coordinates a case, None when nobody of us does."""
    role = next((r for r in roles_in(case, at=at) if r.kind == CaseRoleKind.COORDINATION), None)
    return role.staff if role else None


@action
def agree(
    *,
    by: Principal,
    at: dt.datetime,
    plan: FamilyPlan,
    agreed: Iterable[Person],
    kept_by: StaffMember,
    opened_version: int,
    no_network_because: str = "",
    without_agreement_because: str = "",
) -> FamilyPlan:
    """Agree on a plan: from now it holds, and the first evaluation is a date of the coordinator.

    Raises BadInput with what is missing (a goal, who does what, the first evaluation: D35); Unwise without a share of
    the network (field no_network_because) or when nobody of the family agreed (field without_agreement_because, DR97).
    """
    is_open(plan)
    if plan.state != PlanState.CONCEPT:
        raise BadInput(_("This plan was agreed already."))
    missing = [gap for gap in queries.gaps_of(plan) if gap != Gap.NETWORK]
    if missing:
        raise BadInput(_("The plan is still a concept. Missing: %(what)s.") % {"what": rules.said(missing)})
    alone = Gap.NETWORK in queries.gaps_of(plan)
    if alone and not no_network_because.strip():
        raise Unwise(
            _("Nobody around the family does anything in this plan yet. Ask them, or write why not."),
            field="no_network_because",
        )
    persons = list(agreed)
    if not persons and not without_agreement_because.strip():
        raise Unwise(
            _("Nobody of the family agrees yet. A plan that is not theirs seldom works. Go on? Then write why."),
            field="without_agreement_because",
        )
    first = plan.first_evaluation_on
    if first is None or first <= clock.today(at):
        raise BadInput(_("The first evaluation must still be to come. Change the date in the plan."))
    row = dossiers.start_clock(
        by=by, at=at, case=plan.case, kind=EVALUATION, title=_("Look back at the plan together"), due=first,
        rests_with=coordinator(plan.case, at), about=plan, why=Why(_("Agreed with the family in the plan.")),
    )  # fmt: skip
    _move(
        plan, PlanState.AGREED, at, opened_version=opened_version, agreed_on=clock.today(at), evaluation_clock=row,
        no_network_because=no_network_because.strip() if alone else "",
        without_agreement_because="" if persons else without_agreement_because.strip(),
    )  # fmt: skip
    PlanAgreement.objects.bulk_create(
        PlanAgreement(
            municipality=plan.municipality, plan=plan, person=person, plan_version=plan.version,
            agreed_on=clock.today(at), created_at=at,
        )
        for person in persons
    )  # fmt: skip
    tell(by, "plans.plan_agreed", plan, plan, at, "state", "agreed_on")
    keep(plan, kept_by, at, moved=True)
    signals.plan_agreed.send(sender=FamilyPlan, plan=plan, by=by, at=at)
    return plan


@dataclass(frozen=True)
class Answers:
    """The fixed questions of an evaluation (D50): did it help enough, are they content, can they go on alone."""

    helped: Answer
    satisfied: Answer
    alone: Answer
    more_problems: bool = False


@action
def evaluate(
    *,
    by: Principal,
    at: dt.datetime,
    plan: FamilyPlan,
    written_by: StaffMember,
    held_on: dt.date,
    answers: Answers,
    outcome: Outcome,
    goal_states: Mapping[UUID, str],
    words: str = "",
    said_by: str = "",
    next_on: dt.date | None = None,
    talk_on: dt.date | None = None,
    despite: str = "",
) -> Evaluation:
    """Look back: the questions answered, how far each goal is, and one outcome.

    OUT ends the plan; every other outcome sets the next evaluation (`next_on`). UP asks when the next team talks about
    it (`talk_on`): it gets the same plan. An outcome that does not follow from the answers is Unwise (field despite).
    """
    if plan.state != PlanState.AGREED:
        raise BadInput(_("Look back at a plan that was agreed."))
    is_open(plan)
    day = clock.today(at)
    if held_on > day or (plan.agreed_on and held_on < plan.agreed_on):
        raise BadInput(_("Choose the day on which you looked back, not before the plan was agreed."), field="held_on")
    follows = rules.proposed(answers.helped, answers.satisfied, answers.alone, more_problems=answers.more_problems)
    if outcome not in follows and not despite.strip():
        names = ", ".join(str(choice.label) for choice in Outcome if choice in follows)
        raise Unwise(
            _("With these answers one would expect: %(names)s. Choose otherwise? Then write why.") % {"names": names},
            field="despite",
        )
    if outcome == Outcome.OUT and queries.open_limits(plan.case).exists():
        raise BadInput(
            _("A specialist said what at least must be in order, and it is not yet. Then the plan does not end."),
            field="outcome",
        )
    _dates_fit(outcome, next_on, talk_on, day)
    states = {goal.pk: goal for goal in Goal.objects.filter(plan=plan)}
    for pk, state in goal_states.items():
        if pk in states and state in GoalState.values and states[pk].state != state:
            Goal.objects.filter(pk=pk).update(state=state, version=states[pk].version + 1, changed_at=at)
    route_to = rules.next_route(queries.route_of(plan.case), outcome)
    row = Evaluation.objects.create(
        municipality=plan.municipality, plan=plan, case=plan.case, held_on=held_on, helped=answers.helped,
        satisfied=answers.satisfied, alone=answers.alone, more_problems=answers.more_problems, words=words.strip(),
        said_by=said_by.strip(), outcome=outcome, route_to=route_to,
        despite=despite.strip() if outcome not in follows else "", next_on=None if outcome == Outcome.OUT else next_on,
        written_by=written_by, created_at=at,
    )  # fmt: skip
    tell(by, "plans.plan_evaluated", row, plan, at, "outcome")
    _dates_move(by, at, plan, outcome, route_to, next_on, talk_on)
    signals.plan_evaluated.send(sender=Evaluation, evaluation=row, by=by, at=at)
    return row


def _dates_fit(outcome: Outcome, next_on: dt.date | None, talk_on: dt.date | None, day: dt.date) -> None:
    if outcome == Outcome.OUT:
        return
    if next_on is None or next_on <= day:
        raise BadInput(_("Agree on the day when you look back again."), field="next_on")
    if outcome == Outcome.UP and (talk_on is None or talk_on < day):
        raise BadInput(_("Write when the team talks about it, together with the family."), field="talk_on")


def _dates_move(
    by: Principal, at: dt.datetime, plan: FamilyPlan, outcome: Outcome, route_to: str, next_on: dt.date | None,
    talk_on: dt.date | None,
) -> None:  # fmt: skip
    """Meet the running evaluation; start the next one, and the talk when it goes up; end the plan when they go on."""
    running = plan.evaluation_clock
    if running and running.state in ClockState.open_states():
        dossiers.meet_clock(by=by, at=at, row=running)
    if outcome == Outcome.OUT:
        _move(plan, PlanState.ENDED, at, opened_version=None, ended_on=clock.today(at), evaluation_clock=None)
        tell(by, "plans.plan_ended", plan, plan, at, "state", "ended_on")
        return
    following: Clock | None = None
    holder = coordinator(plan.case, at)
    if next_on:
        following = dossiers.start_clock(
            by=by, at=at, case=plan.case, kind=EVALUATION, title=_("Look back at the plan together"), due=next_on,
            rests_with=holder, about=plan, why=Why(_("Agreed when you looked back the last time.")),
        )  # fmt: skip
    if outcome == Outcome.UP and talk_on:
        with_whom = Route(route_to).label if route_to else _("whoever decides about forced help")
        dossiers.start_clock(
            by=by, at=at, case=plan.case, kind=TALK, due=talk_on, rests_with=holder, about=plan,
            title=(_("Talk about more help: %(route)s") % {"route": with_whom})[:160],
            why=Why(_("Agreed when you looked back: more help is needed, with the same plan.")),
        )  # fmt: skip
    _move(plan, PlanState.AGREED, at, opened_version=None, evaluation_clock=following)
