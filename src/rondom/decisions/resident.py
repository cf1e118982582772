"""Decisions as a resident reads them: through the relations of this moment (Sight.RESIDENT), and nothing else.

A decision is there once it was made known, for the youth it is about (from the age at which the own dossier opens) and
for who sees that dossier with authority; not when it is older than that right (practice 1). What was asked stands there
for who asked it alone; of the goals those about nobody out of sight; of the letters the own one (ADR 0620).
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.principals import Principal
from rondom.decisions.enums import ApplicationState, DecisionState, StepKind
from rondom.decisions.models import Application, ApplicationLetter, Decision, DecisionGoal, DecisionLetter, TermStep
from rondom.decisions.queries import subjects_of
from rondom.documents.enums import DocumentState
from rondom.dossiers.models import Dossier
from rondom.dossiers.opening import ground_of, row_in_sight
from rondom.dossiers.queries import dossiers_for
from rondom.dossiers.resident import eyes_of
from rondom.plans.models import Goal
from rondom.plans.resident import may_read_goals
from rondom.privacy.enums import Sight, SubjectKind


def decisions_for(by: Principal, *, at: dt.datetime) -> QuerySet[Decision]:
    """Return the decisions that were made known, of the dossiers in sight and within the right, newest first."""
    dossiers = dossiers_for(by, at=at, sight=Sight.RESIDENT).values("pk")
    rows = Decision.objects.filter(dossier__in=dossiers, state=DecisionState.KNOWN)
    for youth, moment in eyes_of(by, at=at).since.items():
        rows = rows.exclude(dossier__youth=youth, published_on__lt=clock.today(moment))
    return rows.select_related(
        "dossier__youth", "case", "application", "product", "prepared_by", "signed_by", "mandate", "earlier"
    ).order_by("-published_on", "-decided_on", "-pk")  # fmt: skip


def about(dossier: Dossier, by: Principal, *, at: dt.datetime) -> list[Decision]:
    """Return the decisions about one youth, newest first."""
    return list(decisions_for(by, at=at).filter(dossier=dossier))


def letters_for(by: Principal, *, at: dt.datetime) -> QuerySet[DecisionLetter]:
    """Return the letters to the resident personally, of decisions in sight, once they were sent."""
    rows = DecisionLetter.objects.filter(
        addressee=by.person, sent_on__isnull=False, decision__in=decisions_for(by, at=at).order_by().values("pk"),
        document__state__in=DocumentState.readable(),
    )  # fmt: skip
    return rows.select_related("document", "decision").order_by("-sent_on", "-pk")


@dataclass(frozen=True)
class Shown:
    """A decision with what of it this reader sees: the own question, goals, the own letter, what the law said."""

    decision: Decision
    asked: Application | None
    goals: list[DecisionGoal]
    letters: list[DecisionLetter]


def open_decision(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Shown:
    """Return a decision the resident may read and record the look; raises NotFound, and records the attempt."""
    row = row_in_sight(by, decisions_for(by, at=at), pk, at=at, page=page)
    ground = ground_of(by, SubjectKind.DOSSIER, row.dossier_id, at=at, sight=Sight.RESIDENT)
    look(by, page, row, subjects=subjects_of(row), ground=ground, at=at)
    asked = row.application if row.application and row.application.asked_by_id == by.person else None
    letters = list(letters_for(by, at=at).filter(decision=row))
    return Shown(row, asked, readable_goals(row, by, at=at), letters)


def readable_goals(decision: Decision, by: Principal, *, at: dt.datetime) -> list[DecisionGoal]:
    """Return the goals a decision is for, as far as somebody entitled to it may read them.

    Words that were chosen while the goal concerned others too, and of which the goal is gone, are left out.
    """
    chosen = list(DecisionGoal.objects.filter(decision=decision).select_related("goal").order_by("pk"))
    goals = Goal.objects.filter(pk__in=[row.goal_id for row in chosen if row.goal_id])
    seen = may_read_goals(by, goals, youth=decision.dossier.youth_id, at=at)
    return [row for row in chosen if row.goal_id in seen and _still_the_same(row, decision)]


def _still_the_same(row: DecisionGoal, decision: Decision) -> bool:
    moved = row.goal.concerned_since if row.goal else None
    return moved is None or moved <= decision.created_at


def open_letter(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> DecisionLetter:
    """Return a letter to the resident and record the look; raises NotFound, and records the attempt."""
    row = letters_for(by, at=at).filter(pk=pk).first()
    if row is None:
        hidden = DecisionLetter.objects.select_related("decision").filter(pk=pk).first()
        if hidden is not None:
            look(by, page, hidden.decision, subjects=subjects_of(hidden.decision), result="denied", at=at)
        raise NotFound("")
    ground = ground_of(by, SubjectKind.DOSSIER, row.decision.dossier_id, at=at, sight=Sight.RESIDENT)
    look(by, page, row.decision, subjects=subjects_of(row.decision), ground=ground, at=at)
    return row


@dataclass(frozen=True)
class Asked:
    """What the resident asked and waits for: what is missing, why it takes longer, the letters, whether it is late."""

    row: Application
    missing: TermStep | None
    longer: TermStep | None
    letters: list[ApplicationLetter]
    late: bool


def asked_about(dossier: Dossier, by: Principal, *, at: dt.datetime) -> list[Asked]:
    """Return what the resident asked for a youth whose dossier they see and what waits for a decision, newest first.

    For who asked alone: another parent does not read it (ADR 0620).
    """
    seen = dossiers_for(by, at=at, sight=Sight.RESIDENT).values("pk")
    rows = Application.objects.filter(
        dossier=dossier, dossier__in=seen, asked_by=by.person, state__in=ApplicationState.open_states()
    )
    found = rows.prefetch_related("steps", "letters__document").order_by("-received_on", "-pk")
    return [_asked(row, clock.today(at)) for row in found]


def _asked(row: Application, day: dt.date) -> Asked:
    steps = sorted(row.steps.all(), key=lambda step: (step.starts_on, step.created_at))
    missing = [step for step in steps if step.kind == StepKind.COMPLETION and step.ended_on is None]
    longer = [step for step in steps if step.kind == StepKind.POSTPONED]
    letters = [one for one in row.letters.all() if one.document.state in DocumentState.readable()]
    late = row.decide_by is not None and row.decide_by < day
    return Asked(row, missing[-1] if missing else None, longer[-1] if longer else None, letters, late)


def open_notice(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> ApplicationLetter:
    """Return a letter about what the resident asked and record the look; raises NotFound, and records the attempt."""
    seen = dossiers_for(by, at=at, sight=Sight.RESIDENT).values("pk")
    rows = ApplicationLetter.objects.select_related("application", "document")
    row = rows.filter(
        pk=pk, application__asked_by=by.person, application__dossier__in=seen,
        document__state__in=DocumentState.readable(),
    ).first()  # fmt: skip
    if row is None:
        hidden = rows.filter(pk=pk).first()
        if hidden is not None:
            subjects = subjects_of(hidden.application)
            look(by, page, hidden.application, subjects=subjects, result="denied", at=at)
        raise NotFound("")
    application = row.application
    ground = ground_of(by, SubjectKind.DOSSIER, application.dossier_id, at=at, sight=Sight.RESIDENT)
    look(by, page, application, subjects=subjects_of(application), ground=ground, at=at)
    return row
