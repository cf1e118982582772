"""Pages of applications: the desk, what a family asked and got, registering, and what happens to the time."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Chip, Row, Step
from rondom.core.errors import BadInput
from rondom.core.events import look
from rondom.core.why import Why, of_law
from rondom.core.words import date_words
from rondom.decisions import actions, notices, queries, rules
from rondom.decisions.enums import ApplicationState, Channel, DecisionKind, DecisionState, Shape, StepKind
from rondom.decisions.forms import (
    ApplicationForm,
    CompletionForm,
    DefaultForm,
    EndedForm,
    NeededForm,
    PauseForm,
    PostponeForm,
    ReasonForm,
    as_bool,
)
from rondom.decisions.models import Application, Decision, TermStep
from rondom.decisions.saying import kept_why
from rondom.decisions.views.apart import can_be_left, penalty_to_set
from rondom.decisions.views.parts import TAB, due_pill, page, state_pill
from rondom.dossiers.doors import act_once, answered, done, family_door, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case
from rondom.dossiers.queries import case_names, dossiers_in, people_in
from rondom.entry.models import Concern
from rondom.law import procedure
from rondom.law.engine import Answer

APPLICATION = "decisions.application"
LISTS = (
    ("mij", gettext_lazy("With me")), ("tekenen", gettext_lazy("Wait for my signature")),
    ("alle", gettext_lazy("All that I see")),
)  # fmt: skip
MOST = 100

FORMS.register(
    APPLICATION,
    DraftForm(gettext_lazy("An application"), lambda case: reverse("decisions:application_new", args=[case])),
)


@family_door
def desk(request: Any) -> HttpResponse:
    """What waits for a decision, most pressing first: with me, for my signature, or all within sight."""
    at, by = now(), request.principal
    first = "tekenen" if queries.to_sign(by, at=at).exists() else "mij"  # others wait for a signature
    chosen = next((code for code, _label in LISTS if code == request.GET.get("lijst")), first)
    asked = queries.applications_for(by, at=at).filter(state__in=ApplicationState.open_states())
    work = queries.decisions_for(by, at=at).filter(state__in=DecisionState.open_states())
    mine = {
        "mij": (asked.filter(handled_by=by.key), work.filter(prepared_by=by.key).exclude(state=DecisionState.ASKED)),
        "tekenen": (asked.none(), queries.to_sign(by, at=at)), "alle": (asked, work),
    }  # fmt: skip
    applications, decisions = list(mine[chosen][0][:MOST]), list(mine[chosen][1][:MOST])
    with_decision = {row.application_id for row in decisions if row.kind != DecisionKind.PENALTY}
    applications = [row for row in applications if row.pk not in with_decision]
    found: list[Application | Decision] = [*applications, *decisions]
    names = case_names({row.case_id for row in found}, by, at=at)
    rows = [*((_asked_key(row), _asked_row(row, names, at)) for row in applications)]
    rows += [(_decision_key(row), _decision_row(row, names, at, by)) for row in decisions]
    shown = [("dossier", row.dossier_id) for row in found]
    look(by, "decisions.desk_shown", subjects=shown, ground="decision desk", at=at)
    chips = [Chip(label, f"{request.path}?lijst={code}", code == chosen) for code, label in LISTS]
    context = {"rows": [row for _key, row in sorted(rows, key=lambda pair: pair[0])], "chips": chips, "chosen": chosen}
    return render(request, "decisions/desk.html", context)


def _asked_key(row: Application) -> tuple[dt.date, str]:
    return (row.decide_by or dt.date.max, str(row.pk))


def _decision_key(row: Decision) -> tuple[dt.date, str]:
    due = row.application.decide_by if row.application else row.clock.due_on if row.clock else None
    return (due or dt.date.max, str(row.pk))


def _asked_row(row: Application, names: dict[UUID, str], at: dt.datetime) -> Row:
    address = reverse("decisions:application", args=[row.pk])
    text = _("Application of %(name)s, for %(child)s, with %(who)s") % {
        "name": row.asked_by.name, "child": row.dossier.youth.short_name, "who": row.handled_by.name,
    }  # fmt: skip
    step = Step(_("Look and go on"), address, about=row.dossier.youth.name)
    return Row(names.get(row.case_id, ""), address, text, due_pill(row, at), step)


def _decision_row(row: Decision, names: dict[UUID, str], at: dt.datetime, by: Any) -> Row:
    address = reverse("decisions:decision", args=[row.pk])
    text = f"{row.dossier.youth.short_name}: {row.get_kind_display()}, {row.get_state_display()}"
    pill = (
        due_pill(row.application, at)
        if row.application
        else pill_of(row.clock.due, at)
        if row.clock
        else state_pill(row)
    )
    if row.state == DecisionState.ASKED and row.reader_id == by.key:
        step = Step(
            _("Read and sign"),
            reverse("decisions:sign", args=[row.case_id]),
            primary=True,
            about=row.dossier.youth.name,
        )
    else:
        step = Step(_("Look and go on"), address, about=row.dossier.youth.name)
    return Row(names.get(row.case_id, ""), address, text, pill, step)


@family_door
def of_family(request: Any, case: UUID) -> HttpResponse:
    """What a family asked, what was decided, and what waits."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="decisions.of_family_shown")
    asked = list(queries.applications_for(by, at=at).filter(case=row).order_by("-received_on", "-pk"))
    decisions = list(queries.decisions_for(by, at=at).filter(case=row))
    waits = [d for d in decisions if d.state == DecisionState.ASKED and d.reader_id == by.key]
    ready = [d for d in decisions if d.state == DecisionState.CONCEPT]
    context = {
        "frame": frame_of(row, by, at=at, tab=TAB), "asked": [(a, due_pill(a, at)) for a in asked],
        "decisions": [(d, state_pill(d)) for d in decisions if d.state != DecisionState.DROPPED],
        "dropped": [d for d in decisions if d.state == DecisionState.DROPPED], "waits": len(waits),
        "ready": len(ready), "can_begin": any(a.state in ApplicationState.open_states() for a in asked)
        or any(d.state in DecisionState.taken() for d in decisions),
    }  # fmt: skip
    return render(request, "decisions/family.html", context)


@family_door
def application_new(request: Any, case: UUID) -> HttpResponse:
    """Register what was asked, for one or more children; from a worry what is known is filled in."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="decisions.of_family_shown")
    dossiers = list(dossiers_in(row, by, at=at).order_by("youth__born_on", "pk"))
    people = people_in(row, by, at=at)
    concern = _concern(request, row)
    form, draft = form_with_draft(
        request, ApplicationForm, name=APPLICATION, subject=row.pk, anchor=row, dossiers=dossiers, people=people,
        initial=_initial(concern, dossiers, at),
    )  # fmt: skip

    def act() -> str:
        said = form.cleaned_data
        asked = actions.Asked(
            received_on=said["received_on"], channel=Channel(said["channel"]), shape=Shape(said["shape"]),
            what=said["asked"], by=next(p for p in people if str(p.pk) == said["asked_by"]),
            extent=said["asked_extent"], wants_budget=said["wants_budget"], signed=said["signed"],
            has_name_and_address=said["has_name_and_address"],
        )  # fmt: skip
        made = [
            actions.register_application(
                by=by, at=at, dossier=dossier, case=row, asked=asked, registered_by=staff_member(by), concern=concern
            )
            for dossier in dossiers
            if str(dossier.pk) in said["dossiers"]
        ]
        address = reverse("decisions:application", args=[made[0].pk]) if len(made) == 1 else reverse(TAB, args=[case])
        return done(request, _("Registered. The time to decide runs."), address)

    if request.method == "POST" and form.is_valid():
        answer = tried(form, lambda: draft.submit(act))
        if answer:
            return answer
    return page(
        request,
        row,
        form,
        at,
        title=_("Register an application"),
        button=_("Keep"),
        draft=draft,
        intro=_("Any written question for help is an application, with or without a form."),
    )


def _concern(request: Any, case: Case) -> Concern | None:
    """Return the worry the application comes from; the address carries its number through the post."""
    try:
        return queries.concern_of(case, UUID(request.GET.get("zorg", "")))
    except ValueError:
        return None


def _initial(concern: Concern | None, dossiers: list[Any], at: dt.datetime) -> dict[str, Any]:
    initial: dict[str, Any] = {"signed": True, "has_name_and_address": True, "shape": Shape.FREE}
    if len(dossiers) == 1:
        initial["dossiers"] = [str(dossiers[0].pk)]
    if concern:
        initial |= {"received_on": today(concern.received_at), "channel": Channel.MAIL, "asked": concern.worry}
    return initial


def _opened(request: Any, pk: UUID, at: dt.datetime) -> Application:
    by = request.principal
    return queries.open_row(by, queries.applications_for(by, at=at), pk, at=at, page="decisions.application_shown")


@family_door
def application(request: Any, application: UUID) -> HttpResponse:
    """One application: what was asked, until when must be decided and why, and what happened to the time."""
    at, by = now(), request.principal
    row = _opened(request, application, at)
    steps: list[TermStep] = list(row.steps.all())
    taken = [(d, state_pill(d)) for d in queries.decisions_for(by, at=at).filter(application=row)]
    paused = next((step for step in steps if step.kind in StepKind.pauses() and step.ended_on is None), None)
    open_ = row.state in ApplicationState.open_states()
    context = {
        "frame": frame_of(row.case, by, at=at, tab=TAB), "row": row, "pill": due_pill(row, at),
        "why": _why(row), "steps": steps, "paused": paused, "open": open_,
        "runs": open_ and row.term_after is not None, "penalty": _penalty(row, steps, at),
        "decisions": taken, "begins": open_ and not any(
            d.state in DecisionState.open_states() and d.kind != DecisionKind.PENALTY for d, _pill in taken
        ),
        "can_be_left": can_be_left(row, today(at)), "penalty_to_set": penalty_to_set(row),
        "letters": list(row.letters.all()), "once_key": once.fresh(),
        "letters_to_make": [(each, _notice_key(each)) for each in notices.to_make(row)],
    }  # fmt: skip
    return render(request, "decisions/application.html", context)


@family_door
@require_POST
def notice(request: Any, application: UUID) -> HttpResponse:
    """Make a letter about an application on its way, to who asked."""
    at, by = now(), request.principal
    row = _opened(request, application, at)
    chosen = request.POST.get("brief", "")
    wanted = next((each for each in notices.to_make(row) if _notice_key(each) == chosen), None)
    if wanted is None:
        raise BadInput(_("This letter was made already."))
    made = notices.make(row, wanted, by=by, at=at, filed_by=staff_member(by))
    words = _("The letter is made. No address is printed on it: hand it over, or ask how to reach this person.")
    messages.success(request, words if made.no_address else _("The letter is made."))
    return act_once(request, lambda: _back(row))


def _notice_key(wanted: notices.Wanted) -> str:
    return f"{wanted.kind}:{wanted.step.pk}" if wanted.step else str(wanted.kind)


def _why(row: Application) -> Why | None:
    question = _("Why this date?")
    if row.explanation.get("law"):
        return kept_why(question, row.explanation["law"])
    start = rules.starts(
        row.received_on, row.shape, signed=row.signed, named=row.has_name_and_address, municipality=row.municipality
    )
    return of_law(start, question)


def _penalty(row: Application, steps: list[TermStep], at: dt.datetime) -> Why | None:
    notice = next((step for step in steps if step.kind == StepKind.NOTICE), None)
    answer = rules.penalty(row, notice, at) if notice else None
    return of_law(answer, _("What follows from the notice of default?")) if answer else None


def _back(row: Application) -> str:
    return reverse("decisions:application", args=[row.pk])


@family_door
def complete(request: Any, application: UUID) -> HttpResponse:
    """Ask the applicant for what is missing: the time stands still."""
    at, by = now(), request.principal
    row = _opened(request, application, at)
    form = CompletionForm(request.POST or None, initial={"starts_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        made = actions.ask_to_complete(
            by=by, at=at, application=row, asked_on=said["starts_on"], missing=said["words"],
            written_by=staff_member(by),
        )  # fmt: skip
        words = _("Kept. They can send it until %(day)s; the time stands still.")
        return done(request, words % {"day": date_words(made.until) if made.until else ""}, _back(row))

    return answered(request, form, act) or page(
        request,
        row.case,
        form,
        at,
        back=_back(row),
        title=_("Ask for what is missing"),
        button=_("Keep"),
        intro=_("From the day after you ask, the time stands still until it comes in."),
    )


@family_door
def ended(request: Any, application: UUID) -> HttpResponse:
    """What was missing came in, or the time no longer stands still for another reason."""
    at, by = now(), request.principal
    row = _opened(request, application, at)
    form = EndedForm(request.POST or None, initial={"ended_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.completed(by=by, at=at, application=row, ended_on=said["ended_on"])
        return done(request, _("The time runs again."), _back(row))

    return answered(request, form, act) or page(
        request, row.case, form, at, back=_back(row), title=_("The time runs again"), button=_("Keep")
    )


@family_door
def pause(request: Any, application: UUID) -> HttpResponse:
    """The time stands still for another reason."""
    at, by = now(), request.principal
    row = _opened(request, application, at)
    form = PauseForm(request.POST or None, initial={"starts_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.pause(
            by=by, at=at, application=row, ground=StepKind(said["ground"]), starts_on=said["starts_on"],
            why=said["words"], written_by=staff_member(by),
        )  # fmt: skip
        return done(request, _("The time stands still."), _back(row))

    return answered(request, form, act) or page(
        request, row.case, form, at, back=_back(row), title=_("Let the time stand still"), button=_("Keep")
    )


@family_door
def postpone(request: Any, application: UUID) -> HttpResponse:
    """It takes longer, and the applicant was told in time."""
    at, by = now(), request.principal
    row = _opened(request, application, at)
    form = PostponeForm(request.POST or None, initial={"starts_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.postpone(
            by=by, at=at, application=row, told_on=said["starts_on"], until=said["until"], why=said["words"],
            written_by=staff_member(by),
        )  # fmt: skip
        return done(request, _("Postponed."), _back(row))

    return answered(request, form, act) or page(
        request,
        row.case,
        form,
        at,
        back=_back(row),
        title=_("Postpone"),
        button=_("Postpone"),
        intro=_("Tell the applicant before the last day, and name the new day. Told later it has no effect."),
    )


@family_door
def default(request: Any, application: UUID) -> HttpResponse:
    """A notice of default came in."""
    at, by = now(), request.principal
    row = _opened(request, application, at)
    form = DefaultForm(request.POST or None, initial={"starts_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.note_default(
            by=by, at=at, application=row, received_on=said["starts_on"], words=said["words"],
            written_by=staff_member(by),
        )  # fmt: skip
        return done(request, _("Kept. The page says what follows."), _back(row))

    return answered(request, form, act) or page(
        request, row.case, form, at, back=_back(row), title=_("A notice of default came in"), button=_("Keep")
    )


@family_door
def withdraw(request: Any, application: UUID) -> HttpResponse:
    """The applicant withdraws what was asked."""
    at, by = now(), request.principal
    row = _opened(request, application, at)
    form = ReasonForm(request.POST or None, label=_("How and by whom was it withdrawn?"))

    def act(said: dict[str, Any]) -> str:
        actions.withdraw(by=by, at=at, application=row, because=said["reason"])
        return done(request, _("Withdrawn."), _back(row))

    return answered(request, form, act) or page(
        request, row.case, form, at, back=_back(row), title=_("Withdrawn by the applicant"), button=_("Keep")
    )


@family_door
def needed(request: Any) -> HttpResponse:
    """Whether help needs a decision, and why; nothing about a family and nothing is kept."""
    form = NeededForm(request.GET or None)
    answer: Answer[bool] | None = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        facts = procedure.NeedFacts(
            on=today(now()), route=procedure.Route(said["route"]), offer=procedure.Offer(said["offer"]),
            as_asked=as_bool(said["as_asked"]), wants_budget=said["wants_budget"], asked_for=said["asked_for"],
            lowers_award=said["lowers_award"],
        )  # fmt: skip
        answer = procedure.needs_decision(facts)
    context = {
        "form": form, "answer": answer, "why": of_law(answer, _("Why?")) if answer else None,
        "asks": answer is not None and answer.outcome is None,
    }  # fmt: skip
    return render(request, "decisions/needed.html", context)
