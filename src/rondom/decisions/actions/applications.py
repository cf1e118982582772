"""An application comes in, and things happen to its time: each act works it out again and keeps why."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.decisions import rules, signals
from rondom.decisions.enums import ApplicationState, Channel, Shape, StepKind
from rondom.decisions.models import Application, TermStep
from rondom.decisions.queries import subjects_of
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, touch
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Case, Clock, Dossier
from rondom.entry.models import Concern
from rondom.people.models import Person

DECIDE, SIGN, SEND = "decisions.decide", "decisions.sign", "decisions.send"


@dataclass(frozen=True)
class Asked:
    """What was asked, how it came in, and by whom."""

    received_on: dt.date
    channel: Channel
    shape: Shape
    what: str
    by: Person
    extent: str = ""
    wants_budget: bool = False
    signed: bool = True
    has_name_and_address: bool = True


@action
def register_application(
    *,
    by: Principal,
    at: dt.datetime,
    dossier: Dossier,
    case: Case,
    asked: Asked,
    registered_by: StaffMember,
    concern: Concern | None = None,
) -> Application:
    """Register what is asked for one youth: the time to decide runs from the day it came in, form or no form.

    Raises BadInput without what is asked, for a day in the future, or when this worry gave an application for this
    youth already.
    """
    if not asked.what.strip():
        raise BadInput(_("Write what is asked, in their words."), field="asked")
    if asked.received_on > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="received_on")
    if concern and Application.objects.filter(concern=concern, dossier=dossier).exists():
        raise BadInput(_("This was registered as an application for this child already."), field="dossiers")
    answer = rules.starts(
        asked.received_on, asked.shape, signed=asked.signed, named=asked.has_name_and_address,
        municipality=case.municipality,
    )  # fmt: skip
    row = Application.objects.create(
        municipality=case.municipality, dossier=dossier, case=case, concern=concern, received_on=asked.received_on,
        channel=asked.channel, shape=asked.shape, asked=asked.what.strip(), asked_extent=asked.extent.strip(),
        wants_budget=asked.wants_budget, asked_by=asked.by, signed=asked.signed,
        has_name_and_address=asked.has_name_and_address, state=ApplicationState.RUNNING,
        term_after=answer.certain.starts_after, handled_by=registered_by, registered_by=registered_by, created_at=at,
    )  # fmt: skip
    tell(by, "decisions.application_registered", row, at, rules=answer.grounds)
    _work_out(by, at, row)
    signals.application_registered.send(sender=Application, application=row, by=by, at=at)
    return row


def tell(by: Principal, kind: str, row: Any, at: dt.datetime, *fields: str, rules: tuple[str, ...] = ()) -> None:
    """Record what was done, and let the retention clock of the dossier move."""
    day = clock.today(at)
    Dossier.objects.filter(pk=row.dossier_id, last_change_on__lt=day).update(last_change_on=day)
    touch(row.case, day)
    record(by, kind, row, at=at, municipality=row.municipality, fields=fields, rules=rules, subjects=subjects_of(row))


def _move(row: Application, at: dt.datetime, state: ApplicationState, **values: Any) -> None:
    """The one place where the state of an application moves: conditional, so of two people at once one wins."""
    taken = Application.objects.filter(pk=row.pk, state__in=ApplicationState.open_states()).update(
        state=state, version=row.version + 1, changed_at=at, **values
    )
    if not taken:
        raise BadInput(_("This application was decided or withdrawn already."))
    row.refresh_from_db()


def _work_out(by: Principal, at: dt.datetime, row: Application) -> None:
    """Work out until when must be decided, keep why, and let the clock show it."""
    if row.term_after is None:
        return
    answer = rules.term(row, TermStep.objects.filter(application=row))
    why = Why.of_law(_("Until then the municipality must decide."), answer)
    values: dict[str, Any] = {"explanation": why.values(), "decide_by": None}
    state = ApplicationState.INCOMPLETE
    if answer.outcome:
        state, values["decide_by"] = ApplicationState.RUNNING, answer.outcome.last_day
    _move(row, at, state, **values)
    if row.decide_by is None:
        if row.clock and row.clock.state == ClockState.RUNNING:
            dossiers.suspend_clock(by=by, at=at, row=row.clock, reason=_("The time to decide stands still."))
        return
    kind, holder = (row.clock.kind, row.clock.rests_with) if row.clock else (DECIDE, row.handled_by)
    set_clock(by, at, row, kind, holder or row.handled_by)


def _title(kind: str) -> str:
    return {
        DECIDE: _("Decide on the application"), SIGN: _("Read a decision along and sign it"),
        SEND: _("Send the signed decision"),
    }[kind]  # fmt: skip


def set_clock(
    by: Principal, at: dt.datetime, row: Application, kind: str, holder: StaffMember,
    sooner: tuple[dt.date, Why] | None = None,
) -> None:  # fmt: skip
    """Let the time to decide rest with somebody: an earlier clock stops, the new one has the same day and reason.

    `sooner` is another last day that comes first, with its reason.
    """
    close_clock(by, at, row.clock, _("It goes on as another date."))
    if row.decide_by is None:
        return
    said = row.explanation
    why = Why(said.get("rule", ""), said.get("article", ""), said.get("counted", ""), said.get("law", {}))
    due, why = sooner or (row.decide_by, why)
    made = dossiers.start_clock(
        by=by, at=at, case=row.case, kind=kind, title=_title(kind), due=due, rests_with=holder, about=row.dossier,
        why=why,
    )  # fmt: skip
    Application.objects.filter(pk=row.pk).update(clock=made)
    row.refresh_from_db()


def close_clock(by: Principal, at: dt.datetime, row: Clock | None, reason: str, *, met: bool = False) -> None:
    """Meet or stop a clock that still asks attention."""
    if row is None:
        return
    row.refresh_from_db()
    if row.state not in ClockState.open_states():
        return
    if met:
        dossiers.meet_clock(by=by, at=at, row=row)
    else:
        dossiers.stop_clock(by=by, at=at, row=row, reason=reason)


def _runs(row: Application) -> None:
    if row.state not in ApplicationState.open_states():
        raise BadInput(_("This application was decided or withdrawn already."))
    if row.term_after is None:
        raise BadInput(_("No time to decide runs for this application."))


def _step(
    by: Principal, at: dt.datetime, row: Application, kind: StepKind, written_by: StaffMember, words: str, **values: Any
) -> TermStep:
    made = TermStep.objects.create(
        municipality=row.municipality, application=row, kind=kind, words=words.strip(), written_by=written_by,
        created_at=at, **values,
    )  # fmt: skip
    tell(by, f"decisions.term_{kind.name.lower()}", row, at, "explanation")
    return made


def _no_open_pause(row: Application) -> None:
    if TermStep.objects.filter(application=row, kind__in=StepKind.pauses(), ended_on=None).exists():
        raise BadInput(_("The time stands still already. Write first that it goes on."))


def _not_before(row: Application, day: dt.date, at: dt.datetime, field: str) -> None:
    if day < row.received_on:
        raise BadInput(_("This day lies before the application came in."), field=field)
    if day > clock.today(at):
        raise BadInput(_("This day lies in the future."), field=field)


@action
def ask_to_complete(
    *,
    by: Principal,
    at: dt.datetime,
    application: Application,
    asked_on: dt.date,
    missing: str,
    written_by: StaffMember,
) -> TermStep:
    """Ask the applicant for what is missing, until a day: the time stands still from the day after (Awb 4:5, 4:15)."""
    _runs(application)
    _no_open_pause(application)
    _not_before(application, asked_on, at, "starts_on")
    if not missing.strip():
        raise BadInput(_("Write what is missing, so that they can send it."), field="words")
    until = rules.complete_by(asked_on, application.municipality).certain
    made = _step(by, at, application, StepKind.COMPLETION, written_by, missing, starts_on=asked_on, until=until)
    _work_out(by, at, application)
    return made


@action
def pause(
    *,
    by: Principal,
    at: dt.datetime,
    application: Application,
    ground: StepKind,
    starts_on: dt.date,
    why: str,
    written_by: StaffMember,
) -> TermStep:
    """The time stands still from a day: written consent, delay by the applicant, or force majeure (Awb 4:15)."""
    _runs(application)
    _no_open_pause(application)
    _not_before(application, starts_on, at, "starts_on")
    if not why.strip():
        raise BadInput(_("Write why the time stands still, and how you know."), field="words")
    made = _step(by, at, application, ground, written_by, why, starts_on=starts_on)
    _work_out(by, at, application)
    return made


def _end_pause(by: Principal, at: dt.datetime, row: Application, ended_on: dt.date) -> TermStep:
    _runs(row)
    step = TermStep.objects.filter(application=row, kind__in=StepKind.pauses(), ended_on=None).first()
    if step is None:
        raise BadInput(_("The time runs already."))
    if ended_on < step.starts_on:
        raise BadInput(_("This day lies before the time stood still."), field="ended_on")
    if ended_on > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="ended_on")
    if step.until and ended_on > step.until:
        ended_on = step.until  # the given time passed unused: from then it runs again (Awb 4:15 lid 1)
    TermStep.objects.filter(pk=step.pk, ended_on=None).update(
        ended_on=ended_on, version=step.version + 1, changed_at=at
    )
    tell(by, "decisions.term_runs_again", row, at, "explanation")
    _work_out(by, at, row)
    step.refresh_from_db()
    return step


@action
def completed(*, by: Principal, at: dt.datetime, application: Application, ended_on: dt.date) -> TermStep:
    """What was missing came in, or the given time passed unused: the time runs again."""
    return _end_pause(by, at, application, ended_on)


@action
def resume(*, by: Principal, at: dt.datetime, application: Application, ended_on: dt.date) -> TermStep:
    """The time runs again after the last day on which it stood still."""
    return _end_pause(by, at, application, ended_on)


@action
def postpone(
    *,
    by: Principal,
    at: dt.datetime,
    application: Application,
    told_on: dt.date,
    until: dt.date,
    why: str,
    written_by: StaffMember,
) -> TermStep:
    """Tell the applicant in time that it takes longer, and until which day (Awb 4:14).

    Raises BadInput when it is told too late, or the new day is not later: the law gives neither any effect.
    """
    _runs(application)
    _no_open_pause(application)
    _not_before(application, told_on, at, "starts_on")
    if not why.strip():
        raise BadInput(_("Write why it takes longer."), field="words")
    if application.decide_by and told_on > application.decide_by:
        raise BadInput(_("This was told after the last day. Then it has no effect."), field="starts_on")
    if application.decide_by and until <= application.decide_by:
        raise BadInput(_("The new day must lie after the last day as it is now."), field="until")
    made = _step(by, at, application, StepKind.POSTPONED, written_by, why, starts_on=told_on, until=until)
    _work_out(by, at, application)
    return made


@action
def note_default(
    *,
    by: Principal,
    at: dt.datetime,
    application: Application,
    received_on: dt.date,
    words: str,
    written_by: StaffMember,
) -> TermStep:
    """A notice of default came in: two weeks are left before a penalty runs; one that comes early has no effect."""
    _runs(application)
    _not_before(application, received_on, at, "starts_on")
    return _step(by, at, application, StepKind.NOTICE, written_by, words or _("By letter."), starts_on=received_on)


@action
def withdraw(*, by: Principal, at: dt.datetime, application: Application, because: str) -> Application:
    """The applicant withdraws it, in words that stay to be read. Raises BadInput while a decision was signed."""
    if not because.strip():
        raise BadInput(_("Write how and by whom it was withdrawn."), field="words")
    if application.decisions.filter(state__in=("asked", "signed")).exists():
        raise BadInput(_("A decision about it waits for a signature or is signed. Finish that first."))
    _move(application, at, ApplicationState.WITHDRAWN, withdrawn_on=clock.today(at), withdrawn_because=because.strip())
    tell(by, "decisions.application_withdrawn", application, at, "state")
    close_clock(by, at, application.clock, _("The application was withdrawn."))
    return application


def decided(by: Principal, at: dt.datetime, row: Application) -> None:
    """The decision on it was made known: its clock is met. Part of `sending.send_letter`."""
    if row.state in ApplicationState.open_states():
        _move(row, at, ApplicationState.DECIDED)
        tell(by, "decisions.application_decided", row, at, "state")
    close_clock(by, at, row.clock, "", met=True)
