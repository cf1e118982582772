"""Screening: a second person looks whether a goal is clear enough to order help for (N63)."""

import datetime as dt

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.periods import moment_filter
from rondom.core.principals import Principal
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, relate_once
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Case, Clock, Dossier
from rondom.dossiers.queries import dossiers_in
from rondom.plans.actions.plan import coordinator, is_open, tell
from rondom.plans.enums import ScreeningOutcome
from rondom.plans.models import Goal, Screening
from rondom.plans.texts import goal_digest
from rondom.privacy.actions import end_relation
from rondom.privacy.enums import LookGround, RelationKind
from rondom.privacy.models import Relation

SCREENING, IMPROVE = "plans.screening", "plans.improve_goal"
SIGHT = dt.timedelta(days=28)  # how long the second person sees the family at most (ADR 0521)


@action
def ask_screening(
    *, by: Principal, at: dt.datetime, goal: Goal, asked_by: StaffMember, asked_of: StaffMember, due_on: dt.date
) -> Screening:
    """Ask a colleague to look at a goal. The colleague sees the family until the answer, 28 days at most.

    The question is a date on the day of that colleague. Raises BadInput for oneself, a day that has passed, or a goal
    that somebody looks at already.
    """
    is_open(goal.plan)
    day = clock.today(at)
    if asked_of.pk == asked_by.pk:
        raise BadInput(_("Ask somebody else: a second person looks at the goal."), field="asked_of")
    if due_on < day:
        raise BadInput(_("Choose a day from today on."), field="due_on")
    Goal.objects.select_for_update().get(pk=goal.pk)  # of two who ask at once the second sees the first
    if Screening.objects.filter(goal=goal, judged_at=None).exists():
        raise BadInput(_("Somebody looks at this goal already. Wait for the answer."))
    for waiting in Clock.objects.filter(subject=goal.pk, kind=IMPROVE, state__in=ClockState.open_states()):
        dossiers.meet_clock(by=by, at=at, row=waiting)
    until = at + SIGHT
    things: list[Case | Dossier] = [goal.case, *dossiers_in(goal.case, by, at=at).filter(shielded=False)]
    for thing in things:
        relate_once(by, at, thing, asked_of.pk, RelationKind.STATED_GROUND, LookGround.CONSULT, until)
    screening = Screening.objects.create(
        municipality=goal.municipality, goal=goal, case=goal.case, digest=goal_digest(goal), asked_by=asked_by,
        asked_of=asked_of, asked_at=at, created_at=at,
    )  # fmt: skip
    screening.screening_clock = dossiers.start_clock(
        by=by, at=at, case=goal.case, kind=SCREENING, title=_("Look whether a goal is clear enough"), due=due_on,
        rests_with=asked_of, about=screening,
        why=Why(_("%(name)s asks you to look at it.") % {"name": asked_by.name}),
    )  # fmt: skip
    screening.save(update_fields=["screening_clock"])
    tell(by, "plans.screening_asked", screening, goal.plan, at)
    return screening


@action
def judge_goal(
    *, by: Principal, at: dt.datetime, screening: Screening, outcome: ScreeningOutcome, words: str = ""
) -> Screening:
    """Say as the second person whether a goal is clear enough. Not SMART goes back with what must become better.

    Raises NotAllowed for anybody else than who was asked, BadInput without words or when it was judged already.
    """
    if by.key != screening.asked_of_id:
        raise NotAllowed(_("Only %(name)s, who was asked, judges this goal.") % {"name": screening.asked_of.name})
    plan = screening.goal.plan
    is_open(plan)
    if outcome == ScreeningOutcome.NOT_SMART and not words.strip():
        raise BadInput(_("Write what must become better, so that the family and your colleague can go on."),
                       field="words")  # fmt: skip
    taken = Screening.objects.filter(pk=screening.pk, judged_at=None).update(
        judged_at=at, outcome=outcome, words=words.strip(), digest=goal_digest(screening.goal),
        version=screening.version + 1, changed_at=at,
    )  # fmt: skip
    if not taken:
        raise BadInput(_("You judged this goal already."))
    screening.refresh_from_db()
    running = screening.screening_clock
    if running and running.state in ClockState.open_states():
        dossiers.meet_clock(by=by, at=at, row=running)
    if outcome == ScreeningOutcome.NOT_SMART:
        dossiers.start_clock(
            by=by, at=at, case=screening.case, kind=IMPROVE, title=_("Make a goal clearer, with the family"),
            due=clock.today(at), rests_with=coordinator(screening.case, at), about=screening.goal,
            why=Why(_("A second person finds it not SMART yet.")),
        )  # fmt: skip
    tell(by, "plans.goal_screened", screening, plan, at, "outcome")
    _end_sight(by, at, screening)
    return screening


def _end_sight(by: Principal, at: dt.datetime, screening: Screening) -> None:
    """End the sight that came with the question, unless the same colleague was asked about another goal here."""
    if Screening.objects.filter(case=screening.case_id, asked_of=screening.asked_of_id, judged_at=None).exists():
        return
    things = [screening.case_id, *screening.case.dossier_links.values_list("dossier_id", flat=True)]
    given = Relation.objects.filter(
        moment_filter(at), principal=screening.asked_of_id, subject__in=things, kind=RelationKind.STATED_GROUND,
        ground=LookGround.CONSULT, ends_at__gt=at + dt.timedelta(days=1),
    )  # fmt: skip
    for relation in given:
        end_relation(by=by, at=at, relation=relation, ground="the goal was screened")
