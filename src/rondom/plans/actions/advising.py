"""Advice of a specialist about one youth: asked, written down in plain words, and its lower limit met."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record, subject
from rondom.core.principals import Principal
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, touch
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Case, Dossier
from rondom.plans.enums import Discipline
from rondom.plans.models import Advice

ADVICE = "plans.advice"


@dataclass(frozen=True)
class Expert:
    """Whom we ask: who, what kind of expert, of which organisation, and whether they give the help themselves."""

    name: str
    discipline: Discipline
    organisation: str = ""
    has_stake: bool = False


def _tell(by: Principal, kind: str, row: Advice, at: dt.datetime, *fields: str) -> None:
    touch(row.case, clock.today(at))
    record(
        by, kind, row, at=at, municipality=row.municipality, fields=fields,
        subjects=[subject(row), ("dossier", row.dossier_id), ("case", row.case_id)],
    )  # fmt: skip


@action
def ask_advice(
    *, by: Principal, at: dt.datetime, case: Case, dossier: Dossier, expert: Expert, question: str, until: dt.date,
    asked_by: StaffMember,
) -> Advice:  # fmt: skip
    """Ask a specialist about a youth; the day until which you want to hear it is a date of who asks.

    Raises BadInput without who is asked or what, for a day that has passed, or in a case that is closed.
    """
    if case.closed_on:
        raise BadInput(_("This case is closed. Open it again first."))
    if not expert.name.strip():
        raise BadInput(_("Write whom you ask."), field="asked_of")
    if not question.strip():
        raise BadInput(_("Write what you ask."), field="question")
    if until < clock.today(at):
        raise BadInput(_("This day has passed. Choose today or later."), field="until")
    running = dossiers.start_clock(
        by=by, at=at, case=case, kind=ADVICE, title=_("Hear what the specialist advises"), due=until,
        rests_with=asked_by, about=dossier, why=Why(_("Agreed with who gives the advice.")),
    )  # fmt: skip
    row = Advice.objects.create(
        municipality=case.municipality, dossier=dossier, case=case, discipline=expert.discipline,
        asked_of=expert.name.strip(), organisation=expert.organisation.strip(), has_stake=expert.has_stake,
        question=question.strip(), asked_by=asked_by, asked_on=clock.today(at), advice_clock=running, created_at=at,
    )  # fmt: skip
    _tell(by, "plans.advice_asked", row, at)
    return row


@dataclass(frozen=True)
class Said:
    """What the specialist said: in plain words, on a day; a diagnosis; what at least must be in order."""

    answer: str
    answered_on: dt.date
    diagnosis: bool = False
    lower_limit: str = ""


@action
def write_advice(*, by: Principal, at: dt.datetime, advice: Advice, said: Said) -> Advice:
    """Write down what the specialist said, once, in words the family can read: from now they read it.

    Raises BadInput without the advice, for a day that cannot be, or when it was written already.
    """
    if not said.answer.strip():
        raise BadInput(_("Write the advice in plain words: the family reads it."), field="answer")
    if said.answered_on < advice.asked_on:
        raise BadInput(_("This day lies before it was asked."), field="answered_on")
    if said.answered_on > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="answered_on")
    taken = Advice.objects.filter(pk=advice.pk, answered_on=None).update(
        answer=said.answer.strip(), answered_on=said.answered_on, diagnosis=said.diagnosis,
        lower_limit=said.lower_limit.strip(), version=advice.version + 1, changed_at=at,
    )  # fmt: skip
    if not taken:
        raise BadInput(_("This was answered already."))
    advice.refresh_from_db()
    _tell(by, "plans.advice_written", advice, at, "answer", "answered_on")
    if advice.advice_clock and advice.advice_clock.state in ClockState.open_states():
        dossiers.meet_clock(by=by, at=at, row=advice.advice_clock)
    return advice


@action
def meet_limit(*, by: Principal, at: dt.datetime, advice: Advice, words: str) -> Advice:
    """What at least must be in order is in order: how that was seen. Raises BadInput without words, or twice."""
    if not words.strip():
        raise BadInput(_("Write how you saw that it is in order."), field="words")
    taken = (
        Advice.objects.filter(pk=advice.pk, limit_met_on=None)
        .exclude(lower_limit="")
        .update(limit_met_on=clock.today(at), limit_words=words.strip(), version=advice.version + 1, changed_at=at)
    )
    if not taken:
        raise BadInput(_("There is nothing to be put in order here."))
    advice.refresh_from_db()
    _tell(by, "plans.limit_met", advice, at, "limit_met_on")
    return advice
