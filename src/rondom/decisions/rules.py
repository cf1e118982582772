"""What the law says about an application or decision, asked with the facts that are held here. No writing.

Every answer comes from `rondom.law` with the numbers of the municipality on that day; a page or row keeps it as said.
"""

import datetime as dt
from collections.abc import Iterable

from rondom.core import clock
from rondom.decisions.enums import DecisionKind, Shape, StepKind
from rondom.decisions.models import Application, BudgetTest, Mandate, TermStep
from rondom.law import money, procedure
from rondom.law.calendar import Deadline, Level, Term, Unit
from rondom.law.engine import Answer, ParameterSet
from rondom.reference import queries as reference


def numbers(municipality: str, day: dt.date) -> ParameterSet:
    """Return the numbers of the law as they hold here on a day."""
    return reference.for_law(day, reference.scopes_of(municipality, on=day))


def starts(
    received_on: dt.date, shape: str, *, signed: bool, named: bool, municipality: str
) -> Answer[procedure.RequestAnswer]:
    """Return whether the time to decide runs, and what may be asked for: form or no form (Awb 1:3, 4:1, 4:2)."""
    kind = procedure.Request.NOTIFICATION if shape == Shape.SPOKEN else procedure.Request.APPLICATION
    facts = procedure.RequestFacts(received_on, kind, asks_for_decision=True, signed=signed, has_name_and_address=named)
    return procedure.application_starts(facts, numbers(municipality, received_on))


def term(application: Application, steps: Iterable[TermStep]) -> Answer[procedure.DecisionTerm]:
    """Return until when must be decided, with everything that happened to the time; it asks while it stands still."""
    pauses, postponed = [], []
    for step in sorted(steps, key=lambda each: (each.starts_on, each.created_at)):
        if step.kind in StepKind.pauses():
            pauses.append(procedure.Suspension(step.starts_on, step.ended_on, procedure.Pause(step.kind)))
        elif step.kind == StepKind.POSTPONED:
            postponed.append(step)
    last = postponed[-1] if postponed else None
    facts = procedure.ApplicationFacts(
        received_on=application.term_after, suspensions=tuple(pauses), extended_to=last.until if last else None,
        extension_told_on=last.starts_on if last else None, extended_before=len(postponed) > 1,
    )  # fmt: skip
    return procedure.decision_term(facts, numbers(application.municipality, application.received_on))


def complete_by(asked_on: dt.date, municipality: str) -> Answer[dt.date]:
    """Return the last day to complete an application that is asked for on a day (Awb 4:5)."""
    return procedure.complete_by(procedure.InvitationFacts(asked_on), numbers(municipality, asked_on))


def unhandled_until(application: Application, day: dt.date) -> Answer[Deadline] | None:
    """Return until when the college may decide not to treat an application (Awb 4:5 lid 4).

    None when the applicant was not asked to complete it, or the time given for that has not ended on this day.
    """
    asked = [step for step in application.steps.all() if step.kind == StepKind.COMPLETION]
    ended = [step.ended_on or step.until for step in asked if step.ended_on or (step.until and step.until < day)]
    last = max((moment for moment in ended if moment), default=None)
    if last is None or len(ended) < len(asked):
        return None
    return procedure.leave_unhandled_until(procedure.CompletionFacts(last), numbers(application.municipality, last))


def notice_of(application: Application) -> TermStep | None:
    """Return the notice of default that counts: the first one after the time to decide ended, else the first."""
    notices = sorted(
        (step for step in application.steps.all() if step.kind == StepKind.NOTICE), key=lambda step: step.starts_on
    )
    late = [step for step in notices if application.decide_by and step.starts_on > application.decide_by]
    return next(iter(late or notices), None)


def penalty(application: Application, notice: TermStep, at: dt.datetime) -> Answer[procedure.Penalty] | None:
    """Return what is due for being late after a notice of default, as it stands now; None while the time stands still.

    A decision counts from the day it is made known (Awb 3:40, 4:17).
    """
    return penalty_on(application, notice, clock.today(at))


def penalty_on(application: Application, notice: TermStep, day: dt.date) -> Answer[procedure.Penalty] | None:
    """Return the same as it stands on a day."""
    if application.decide_by is None:
        return None
    facts = procedure.PenaltyFacts(
        term_ended_on=application.decide_by, notice_received_on=notice.starts_on, decided_on=known_on(application),
        as_of=day,
    )  # fmt: skip
    return procedure.penalty(facts, numbers(application.municipality, application.decide_by))


def known_on(application: Application) -> dt.date | None:
    """Return the day on which the decision on an application was made known; one about a penalty is not one on it."""
    known = (row.published_on for row in application.decisions.all() if row.kind != DecisionKind.PENALTY)
    return min((day for day in known if day), default=None)


def still_grows(application: Application, due: procedure.Penalty, day: dt.date) -> bool:
    """Tell whether a penalty is not final yet: nothing was made known, and its last possible day has not passed."""
    return known_on(application) is None and day <= due.last_possible_day


def budget(test: BudgetTest | None, day: dt.date, municipality: str) -> Answer[money.BudgetAnswer]:
    """Return whether a personal budget that is wanted must be granted: the three tests in the order of the law."""
    facts = money.BudgetFacts(on=day, wanted=True)
    if test:
        facts = money.BudgetFacts(
            on=day, wanted=True, informed=test.informed, capable=test.capable, reasoned=test.reasoned,
            quality=test.quality,
        )  # fmt: skip
    return money.personal_budget(facts, numbers(municipality, day))


def ceiling(test: BudgetTest | None, day: dt.date, municipality: str) -> Answer[money.Ceiling] | None:
    """Return the amount of a personal budget; None while rates or hours are not known."""
    if test is None or None in (test.requested_cents, test.in_kind_cents, test.hours):
        return None
    facts = money.CeilingFacts(day, test.requested_cents, test.in_kind_cents, test.hours)
    return money.budget_ceiling(facts, numbers(municipality, day))


def may_sign(mandates: Iterable[Mandate], kind: str, day: dt.date, cents: int, municipality: str) -> Answer[bool]:
    """Return whether somebody with these mandates may sign this decision on a day (Awb 10:1-10:12)."""
    held = tuple(
        procedure.Mandate(row.kind, row.starts, row.ends - dt.timedelta(days=1) if row.ends else None, row.most_cents)
        for row in mandates
    )
    facts = procedure.SignatureFacts(on=day, kind=kind, mandates=held, amount_cents=cents)
    return procedure.may_sign(facts, numbers(municipality, day))


def objection_until(published_on: dt.date, municipality: str) -> Answer[procedure.Deadline]:
    """Return the last day to object to a decision that was made known on a day (Awb 6:7, 6:8)."""
    return procedure.objection_term(procedure.PublicationFacts(published_on), numbers(municipality, published_on))


def objection_weeks(day: dt.date, municipality: str) -> str:
    """Return within how many weeks one can object, as it stands in a letter of a day: "6 weken"."""
    known = numbers(municipality, day).on("objection_term_weeks", day).value
    return Term(int(known), Unit.WEEKS, Level.ACT).in_words()
