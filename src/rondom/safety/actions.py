"""What can be done about safety: ask for an assessment, make one, agree on conditions, check them, let sight move."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, Unwise
from rondom.core.events import Subject, record, subject
from rondom.core.principals import Principal
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, case_subjects, touch
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case, CaseRole, Clock, RoleHandover
from rondom.dossiers.queries import dossiers_in
from rondom.people.models import Person
from rondom.safety import queries, rules, signals
from rondom.safety.enums import ConditionState, Met, Occasion, Outcome, Outside
from rondom.safety.models import ChildJudgement, ConditionCheck, ConditionConcern, SafetyAssessment, SafetyCondition
from rondom.safety.queries import CHECK, KINDS, WEIGH


def _title(occasion: Occasion) -> str:
    return {
        Occasion.START: _("Assess the safety of the children: our work begins"),
        Occasion.EVALUATION: _("Assess the safety of the children: you looked back"),
        Occasion.SIGNAL: _("Assess the safety of the children: there is a signal"),
        Occasion.AGAIN: _("Look again at the safety of the children"),
    }[occasion]


def _tell(
    by: Principal, kind: str, row: Any, case: Case, at: dt.datetime, persons: Iterable[Person] = (), *fields: str
) -> None:
    day = clock.today(at)
    touch(case, day)
    named: list[Subject] = [*case_subjects(case, day=day), *map(subject, persons)]
    record(by, kind, row, at=at, municipality=case.municipality, fields=fields, subjects=named)


def _is_open(case: Case) -> None:
    if case.closed_on:
        raise BadInput(_("This case is closed. Open it again first."))


@action
def ask(*, by: Principal, at: dt.datetime, case: Case, occasion: Occasion, due: dt.date, why: Why) -> Clock:
    """Ask for a safety assessment: a date that runs until one is made. What is asked for an earlier day stays first.

    Returns the date that runs already when it is not later than this one; a later one gives way.
    """
    asked = queries.asked_in(case)
    first = next((row for row in asked if row.due_on <= due), None)
    if first:
        record(by, "safety.asked_again", first, at=at, municipality=case.municipality, subjects=[subject(case)])
        return first
    for row in asked:
        dossiers.stop_clock(by=by, at=at, row=row, reason=_("Asked for an earlier day."))
    return dossiers.start_clock(
        by=by, at=at, case=case, kind=KINDS[occasion], title=_title(occasion), due=due, why=why,
        rests_with=queries.rests_with(case, at=at),
    )  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """How safe one child is, as somebody judged it; see `ChildJudgement`."""

    child: Person
    met: Met
    outcome: Outcome
    said_by: str
    worries: str = ""
    keeps_safe: str = ""
    child_says: str = ""
    not_met_because: str = ""


@action
def assess(
    *,
    by: Principal,
    at: dt.datetime,
    case: Case,
    written_by: StaffMember,
    occasion: Occasion,
    held_on: dt.date,
    judged: Iterable[Judged],
    parents_spoken: str = "",
    not_spoken_because: str = "",
    signal: str = "",
    next_on: dt.date | None = None,
) -> SafetyAssessment:
    """Write a safety assessment: for every child in sight how safe it is, who said so, and when one looks again.

    Meets what was asked; starts the next look, and the weighing of a report when a child is unsafe now (D34). Raises
    BadInput for what is missing (field "<name>_<number of the child>"); Unwise when no parent was spoken, or a child
    was not seen, without a reason.
    """
    _is_open(case)
    listed = list(judged)
    expected = {dossier.youth_id for dossier in dossiers_in(case, by, at=at)}
    if not listed or {one.child.pk for one in listed} != expected:
        raise BadInput(_("Say for every child of this family how safe it is. Is it not known? Then say so."))
    if held_on > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="held_on")
    if occasion == Occasion.SIGNAL and not signal.strip():
        raise BadInput(_("Write what happened, in one sentence."), field="signal")
    for number, one in enumerate(listed):
        _is_whole(one, number)
    if not parents_spoken.strip() and not not_spoken_because.strip():
        raise Unwise(_("No parent or carer was spoken. Do that first, or write why not."), field="not_spoken_because")
    _looks_again([one.outcome for one in listed], next_on, clock.today(at))
    row = SafetyAssessment.objects.create(
        municipality=case.municipality, case=case, occasion=occasion, held_on=held_on, signal=signal.strip(),
        instrument=queries.instrument_on(held_on, case.municipality), parents_spoken=parents_spoken.strip(),
        not_spoken_because="" if parents_spoken.strip() else not_spoken_because.strip(), next_on=next_on,
        written_by=written_by, created_at=at,
    )  # fmt: skip
    ChildJudgement.objects.bulk_create(
        ChildJudgement(
            municipality=case.municipality, assessment=row, case=case, child=one.child, met=one.met,
            not_met_because=one.not_met_because.strip() if one.met == Met.NOT else "",
            child_says=one.child_says.strip(), worries=one.worries.strip(), keeps_safe=one.keeps_safe.strip(),
            said_by=one.said_by.strip(), outcome=one.outcome, created_at=at,
        )
        for one in listed
    )  # fmt: skip
    _tell(by, "safety.assessed", row, case, at, [one.child for one in listed])
    _dates_move(by, at, row, [one.outcome for one in listed])
    signals.safety_assessed.send(sender=SafetyAssessment, assessment=row, by=by, at=at)
    return row


def _is_whole(one: Judged, number: int) -> None:
    name = {"name": one.child.short_name}
    if not one.said_by.strip():
        raise BadInput(_("Write who said or saw this about %(name)s.") % name, field=f"said_by_{number}")
    if one.met == Met.NOT and not one.not_met_because.strip():
        raise Unwise(
            _("%(name)s was not seen. See the child first, or write why not.") % name, field=f"not_met_because_{number}"
        )
    if one.outcome in Outcome.risks() and not one.worries.strip():
        raise BadInput(_("Write what worries you about %(name)s.") % name, field=f"worries_{number}")


def _looks_again(outcomes: Collection[str], next_on: dt.date | None, day: dt.date) -> None:
    if next_on is None and any(outcome != Outcome.SAFE for outcome in outcomes):
        raise BadInput(_("Agree on the day when you look again. A child is not safe enough yet."), field="next_on")
    if next_on and next_on < day:
        raise BadInput(_("This day has passed. Choose today or later."), field="next_on")


def _dates_move(by: Principal, at: dt.datetime, row: SafetyAssessment, outcomes: Collection[str]) -> None:
    """Meet what was asked, start the next look, and start or stop the weighing of a report."""
    case, holder = row.case, queries.rests_with(row.case, at=at)
    for asked in queries.asked_in(case):
        dossiers.meet_clock(by=by, at=at, row=asked)
    if row.next_on:
        dossiers.start_clock(
            by=by, at=at, case=case, kind=KINDS[Occasion.AGAIN], title=_title(Occasion.AGAIN), due=row.next_on,
            rests_with=holder, about=row, why=Why(_("Agreed when the safety was assessed the last time.")),
        )  # fmt: skip
    weighing = list(Clock.objects.filter(case=case, kind=WEIGH, state__in=ClockState.open_states()))
    if Outcome.UNSAFE not in outcomes:
        for running in weighing:
            dossiers.stop_clock(by=by, at=at, row=running, reason=_("A later assessment finds no child unsafe now."))
    elif not weighing and not queries.lies_outside(case, at=at):
        dossiers.start_clock(
            by=by, at=at, case=case, kind=WEIGH, title=_("Weigh a report to Veilig Thuis, today"),
            due=clock.today(at), rests_with=holder, about=row, why=_why_report(clock.today(at)),
        )  # fmt: skip


def _why_report(day: dt.date) -> Why:
    return Why.of_law(_("A child is unsafe now: the reporting code asks to report."), rules.report_answer(day))


# Agreements about safety


@action
def agree_condition(
    *,
    by: Principal,
    at: dt.datetime,
    case: Case,
    written_by: StaffMember,
    who: str,
    what: str,
    concerns: Iterable[Person],
    checked_by: str,
    check_on: dt.date,
    starts_on: dt.date | None = None,
    until: dt.date | None = None,
) -> SafetyCondition:
    """Agree on a condition: who does what from when until when, for which child, who checks it and when.

    The check runs as a date with who has sight on safety. Raises BadInput for what is missing.
    """
    _is_open(case)
    persons, day = list(concerns), clock.today(at)
    for field, value, words in (
        ("who", who, _("Write who does it.")), ("what", what, _("Write what this person does, or does not do.")),
        ("checked_by", checked_by, _("Write who checks whether it is kept.")),
    ):  # fmt: skip
        if not value.strip():
            raise BadInput(words, field=field)
    if not persons:
        raise BadInput(_("Choose which child this keeps safe."), field="concerns")
    begins = starts_on or day
    if check_on < day:
        raise BadInput(_("This day has passed. Choose today or later."), field="check_on")
    if until and until < begins:
        raise BadInput(_("The last day lies before the first."), field="until")
    row = SafetyCondition.objects.create(
        municipality=case.municipality, case=case, who=who.strip(), what=what.strip(), starts_on=begins, until=until,
        checked_by=checked_by.strip(), check_on=check_on, written_by=written_by, created_at=at,
    )  # fmt: skip
    ConditionConcern.objects.bulk_create([ConditionConcern(condition=row, person=person) for person in persons])
    _tell(by, "safety.condition_agreed", row, case, at, persons)
    _start_check(by, at, row)
    return row


def _start_check(by: Principal, at: dt.datetime, row: SafetyCondition) -> None:
    if row.check_on is None:
        return
    words = {"who": row.checked_by}
    dossiers.start_clock(
        by=by, at=at, case=row.case, kind=CHECK, title=_("Check an agreement about safety (%(who)s)") % words,
        due=row.check_on, rests_with=queries.rests_with(row.case, at=at), about=row,
        why=Why(_("Agreed with who checks it.")),
    )  # fmt: skip


def _end_check(by: Principal, at: dt.datetime, row: SafetyCondition) -> None:
    for running in Clock.objects.filter(subject=row.pk, kind=CHECK, state__in=ClockState.open_states()):
        dossiers.meet_clock(by=by, at=at, row=running)


def _move(row: SafetyCondition, at: dt.datetime, *, from_: Collection[str], **values: Any) -> None:
    """The one place where an agreement about safety moves: conditional, so of two people at once one wins."""
    taken = SafetyCondition.objects.filter(pk=row.pk, state__in=from_).update(
        version=row.version + 1, changed_at=at, **values
    )
    if not taken:
        raise BadInput(_("Somebody has ended this agreement already."))
    row.refresh_from_db()


@action
def check_condition(
    *,
    by: Principal,
    at: dt.datetime,
    row: SafetyCondition,
    written_by: StaffMember,
    kept: bool,
    said_by: str,
    words: str = "",
    next_on: dt.date | None = None,
) -> ConditionCheck:
    """Write whether an agreement about safety is kept. Kept: the next check runs. Broken: safety is assessed today.

    Raises BadInput without who said so, without the next check, or without what happened.
    """
    _is_open(row.case)
    day = clock.today(at)
    if not said_by.strip():
        raise BadInput(_("Write who saw or said this."), field="said_by")
    if not kept and not words.strip():
        raise BadInput(_("Write what happened, in one sentence."), field="words")
    if kept and (next_on is None or next_on < day):
        raise BadInput(_("Agree on the day of the next check, today or later."), field="next_on")
    if kept:
        _move(row, at, from_={ConditionState.RUNNING}, check_on=next_on)
    else:
        _move(
            row, at, from_={ConditionState.RUNNING}, state=ConditionState.BROKEN, moved_at=at, check_on=None
        )  # fmt: skip
    made = ConditionCheck.objects.create(
        municipality=row.municipality, condition=row, checked_on=day, kept=kept, words=words.strip(),
        said_by=said_by.strip(), written_by=written_by, created_at=at,
    )  # fmt: skip
    _tell(by, "safety.condition_checked", row, row.case, at, row.concerns.all(), "check_on", "state")
    _end_check(by, at, row)
    if kept:
        _start_check(by, at, row)
        return made
    ask(
        by=by, at=at, case=row.case, occasion=Occasion.SIGNAL, due=day,
        why=Why(_("An agreement about safety was broken: assess again today."), "D34"),
    )  # fmt: skip
    signals.condition_broken.send(sender=SafetyCondition, condition=row, by=by, at=at)
    return made


@action
def end_condition(*, by: Principal, at: dt.datetime, row: SafetyCondition, because: str) -> SafetyCondition:
    """End an agreement about safety with the reason; how safe the child is, only an assessment says."""
    if not because.strip():
        raise BadInput(_("Write why this agreement ends."), field="words")
    _move(
        row, at, from_={ConditionState.RUNNING, ConditionState.BROKEN}, state=ConditionState.ENDED, moved_at=at,
        check_on=None, ended_because=because.strip(),
    )  # fmt: skip
    _tell(by, "safety.condition_ended", row, row.case, at, row.concerns.all(), "state")
    _end_check(by, at, row)
    return row


# Sight on safety


@action
def let_sight_lie_outside(
    *, by: Principal, at: dt.datetime, case: Case, where: Outside, name: str, accepted_by: str
) -> CaseRole:
    """Let sight on safety lie with Veilig Thuis after a report, or with a certified institution, from today.

    It moves when somebody there accepted it (practice 9). A report that was to be weighed is weighed by this. Raises
    BadInput without a name, VoidByLaw without who accepted.
    """
    _is_open(case)
    if not name.strip():
        raise BadInput(_("Write which Veilig Thuis or which institution it is."), field="name")
    role = dossiers.assign_role(
        by=by, at=at, case=case, kind=CaseRoleKind.SIGHT_ON_SAFETY, outside=name.strip(), accepted_by=accepted_by
    )
    _tell(by, "safety.sight_moved_out", role, case, at)
    for handover in RoleHandover.objects.filter(case=case, kind=CaseRoleKind.SIGHT_ON_SAFETY, ended_at=None):
        dossiers.withdraw(by=by, at=at, handover=handover)
    if where == Outside.VEILIG_THUIS:
        for running in Clock.objects.filter(case=case, kind=WEIGH, state__in=ClockState.open_states()):
            dossiers.meet_clock(by=by, at=at, row=running)
    return role


@action
def offer_sight_back(
    *, by: Principal, at: dt.datetime, role: CaseRole, to: StaffMember, offered_by: StaffMember, passed_on: str
) -> RoleHandover:
    """Write that whoever has sight outside hands it back: it stays there until the colleague `to` accepts."""
    if role.staff_id is not None or role.ends:
        raise BadInput(_("Sight on safety does not lie outside. Hand it over under Who does what."))
    return dossiers.offer_role(by=by, at=at, role=role, to=to, offered_by=offered_by, passed_on=passed_on)
