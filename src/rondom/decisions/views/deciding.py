"""Pages of a decision: preparing it, asking the second pair of eyes, reading and signing, and its letters."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts import sessions, stepup
from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.components import Pill
from rondom.core.errors import BadInput, NotFound, RondomError
from rondom.core.why import Why
from rondom.core.words import date_words
from rondom.decisions import actions, making, queries, standing
from rondom.decisions.enums import ApplicationState, DecisionKind, DecisionState, Delivery, Form
from rondom.decisions.forms import (
    ApartForm,
    AskForm,
    BeginForm,
    BudgetForm,
    DecisionForm,
    InquiryForm,
    ReasonForm,
    ReceivedForm,
    SendForm,
    as_bool,
    as_word,
)
from rondom.decisions.models import Application, Decision, DecisionLetter, Inquiry
from rondom.decisions.views import apart
from rondom.decisions.views.parts import (
    TAB,
    decision_facts,
    due_pill,
    judged_now,
    judged_rows,
    page,
    saved,
    state_pill,
)
from rondom.dossiers.doors import act_once, answered, done, family_door
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.dossiers.frame import frame_of, pill_of
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case
from rondom.dossiers.why import clock_why
from rondom.providers.queries import products_on

INQUIRY, DECISION = "decisions.inquiry", "decisions.decision"
SHOWN = "decisions.decision_shown"
AGREED = dt.timedelta(days=3)  # what the form proposes; who prepares and who reads agree the day

FORMS.register(
    INQUIRY, DraftForm(gettext_lazy("An inquiry"), lambda decision: reverse("decisions:inquiry", args=[decision]))
)
FORMS.register(
    DECISION,
    DraftForm(gettext_lazy("What a decision says"), lambda decision: reverse("decisions:change", args=[decision])),
)


def _opened(request: Any, pk: UUID, at: dt.datetime) -> Decision:
    by = request.principal
    return queries.open_row(by, queries.decisions_for(by, at=at), pk, at=at, page=SHOWN)


def _back(row: Decision) -> str:
    return reverse("decisions:decision", args=[row.pk])


@family_door
def begin(request: Any, case: UUID) -> HttpResponse:
    """Begin to prepare a decision: on an application that waits, or about an earlier decision."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="decisions.of_family_shown")
    waiting = queries.applications_for(by, at=at).filter(case=row, state__in=ApplicationState.open_states())
    taken = queries.decisions_for(by, at=at).filter(case=row, state__in=DecisionState.taken())
    asked = {f"a{one.pk}": one for one in waiting}
    earlier = {f"b{one.pk}": one for one in taken}
    about = [(key, _asked_words(one)) for key, one in asked.items()]
    about += [(key, _earlier_words(one)) for key, one in earlier.items()]
    chosen = f"a{request.GET.get('aanvraag', '')}"
    form = BeginForm(request.POST or None, about=about, initial={"about": chosen, "kind": DecisionKind.AWARD})

    def act(said: dict[str, Any]) -> str:
        made = actions.begin(
            by=by, at=at, kind=DecisionKind(said["kind"]), prepared_by=staff_member(by),
            application=asked.get(said["about"]), earlier=earlier.get(said["about"]),
        )  # fmt: skip
        return done(request, _("Begun. First the inquiry, then what is decided."), _back(made))

    return answered(request, form, act) or page(
        request,
        row,
        form,
        at,
        title=_("Prepare a decision"),
        button=_("Begin"),
        intro=_("Somebody else reads along and signs. Until then you can change everything."),
    )


def _asked_words(row: Application) -> str:
    said = {"day": date_words(row.received_on), "name": row.dossier.youth.name}
    return _("Application of %(day)s for %(name)s") % said


def _earlier_words(row: Decision) -> str:
    said = {"number": row.number, "name": row.dossier.youth.name, "what": row.what}
    return _("Decision %(number)s for %(name)s: %(what)s") % said


@family_door
def decision(request: Any, decision: UUID) -> HttpResponse:
    """One decision: what it says, what was found out, per rule what the law says, and how to object."""
    at, by = now(), request.principal
    row = _opened(request, decision, at)
    taken = row.state in DecisionState.taken()
    found = None if taken else standing.check(row, day=today(at))
    letters = list(queries.letters_of(row)) if taken else []
    context = {
        "frame": frame_of(row.case, by, at=at, tab=TAB), "row": row, "pill": state_pill(row),
        "date": due_pill(row.application, at) if row.application and row.state in DecisionState.open_states() else None,
        "facts": decision_facts(row), "goals": list(row.chosen.order_by("pk")),
        "inquiry": _inquiry_of(row), "apart": row.kind in DecisionKind.apart(),
        "judged": judged_rows(row.law) if taken else judged_now(found.judged) if found else [],
        "findings": _findings(row, found), "letters": letters,
        "to_make": making.missing(row, at) if row.state == DecisionState.SIGNED or (taken and not letters) else [],
        "changes": row.state == DecisionState.CONCEPT,
        "reads": row.state == DecisionState.ASKED and row.reader_id == by.key,
        "asks_back": row.state == DecisionState.ASKED and row.prepared_by_id == by.key,
        "budget": row.form == Form.BUDGET or bool(row.application and row.application.wants_budget),
        "objection": pill_of(row.objection_until, at) if row.objection_until else None,
        "objection_why": _objection_why(row), "once_key": once.fresh(),
    }  # fmt: skip
    return render(request, "decisions/decision.html", context)


def _inquiry_of(row: Decision) -> Inquiry | None:
    """Return the inquiry behind a decision about help; one about the application itself has none."""
    return None if row.kind in DecisionKind.apart() else getattr(row, "inquiry", None)


def _findings(row: Decision, found: standing.Standing | None) -> list[standing.Finding]:
    if found is not None:
        return [finding for _code, finding in [*found.void, *found.unwise]]
    return [standing.FINDINGS[code] for code in row.findings.split() if code in standing.FINDINGS]


def _objection_why(row: Decision) -> Why | None:
    return clock_why(row.objection_clock) if row.objection_clock else None


@family_door
def inquiry(request: Any, decision: UUID) -> HttpResponse:
    """Write what the inquiry found."""
    at, by = now(), request.principal
    row = _opened(request, decision, at)
    form, draft = form_with_draft(
        request, InquiryForm, name=INQUIRY, subject=row.pk, anchor=row.dossier, record=row.inquiry,
        values=_found_as_it_is,
    )  # fmt: skip

    def act() -> str:
        found = {**form.cleaned_data, "differs": as_bool(form.cleaned_data["differs"])}
        actions.change_inquiry(by=by, at=at, decision=row, found=found, opened_version=draft.opened_version)
        return done(request, _("Kept."), _back(row))

    return saved(request, form, draft, act) or page(
        request,
        row.case,
        form,
        at,
        back=_back(row),
        title=_("The inquiry"),
        button=_("Keep"),
        draft=draft,
        intro=_("Five steps, in this order. What you do not know yet stays empty; the check says so."),
    )


@family_door
def change(request: Any, decision: UUID) -> HttpResponse:
    """Write what is decided, for which goals, and why."""
    at, by = now(), request.principal
    row = _opened(request, decision, at)
    if row.kind in DecisionKind.apart():
        return _change_apart(request, row, at)
    goals = queries.goals_about(row.dossier, row.case, by, at=at)
    form, draft = form_with_draft(
        request, DecisionForm, name=DECISION, subject=row.pk, anchor=row.dossier, goals=goals,
        products=list(products_on(row.municipality, today(at))), record=row, values=_as_it_is,
    )  # fmt: skip

    def act() -> str:
        said = form.cleaned_data
        content = actions.Content(
            kind=DecisionKind(said["kind"]),
            product=queries.product_of(row.municipality, UUID(said["product"])) if said["product"] else None,
            help_words=said["help_words"], form=Form(said["form"]), volume=said["volume"], unit=said["unit"],
            frequency=said["frequency"], starts=said["starts"],
            ends=said["last_day"] + dt.timedelta(days=1) if said["last_day"] else None, article=said["article"],
            ordinance=said["ordinance"], motivation=said["motivation"], refusal=said["refusal"],
            goals=tuple(goal for goal in goals if str(goal.pk) in said.get("goals", ())),
        )  # fmt: skip
        actions.change(by=by, at=at, decision=row, content=content, opened_version=draft.opened_version)
        return done(request, _("Kept."), _back(row))

    return saved(request, form, draft, act) or page(
        request,
        row.case,
        form,
        at,
        back=_back(row),
        title=_("What is decided"),
        button=_("Keep"),
        draft=draft,
        intro=_("For %(name)s. What the plan says already, you choose; you do not type it again.")
        % {"name": row.dossier.youth.name},
    )


def _change_apart(request: Any, row: Decision, at: dt.datetime) -> HttpResponse:
    """Change a decision about the application itself: why, on which article, and of a penalty the amount."""
    initial = {"motivation": row.motivation, "article": row.article, "penalty": apart.euros_of(row.penalty_cents)}
    form = ApartForm(request.POST or None, kind=row.kind, initial=initial)

    def act(said: dict[str, Any]) -> str:
        apart.change(request.principal, at, row, said)
        return done(request, _("Kept."), _back(row))

    return answered(request, form, act) or page(
        request, row.case, form, at, back=_back(row), title=_("What is decided"), button=_("Keep")
    )


def _found_as_it_is(row: Inquiry) -> dict[str, Any]:
    return {name: getattr(row, name) for name in InquiryForm.base_fields} | {"differs": as_word(row.differs)}


def _as_it_is(row: Decision) -> dict[str, Any]:
    names = (
        "kind",
        "help_words",
        "form",
        "volume",
        "unit",
        "frequency",
        "starts",
        "motivation",
        "refusal",
        "article",
        "ordinance",
    )
    kept = {name: getattr(row, name) for name in names}
    return kept | {
        "product": str(row.product_id or ""), "last_day": row.last_day,
        "goals": [str(pk) for pk in row.chosen.values_list("goal", flat=True)],
    }  # fmt: skip


@family_door
def budget(request: Any, decision: UUID) -> HttpResponse:
    """Write the three tests of a personal budget."""
    at, by = now(), request.principal
    row = _opened(request, decision, at)
    test = getattr(row, "budget", None)
    form = BudgetForm(request.POST or None, initial=_tests_as_they_are(test))

    def act(said: dict[str, Any]) -> str:
        found = {name: as_bool(said[name]) for name in ("informed", "capable", "reasoned", "quality")}
        words = {name: said[name].strip() for name in ("capable_words", "reasoned_words", "quality_words")}
        rates = {"requested_cents": _cents(said["requested"]), "in_kind_cents": _cents(said["in_kind"])}
        actions.change_budget(by=by, at=at, decision=row, found={**found, **words, **rates, "hours": said["hours"]})
        return done(request, _("Kept."), _back(row))

    return answered(request, form, act) or page(
        request,
        row.case,
        form,
        at,
        back=_back(row),
        title=_("Personal budget: three tests"),
        button=_("Keep"),
        intro=_("In this order. One answer that is no refuses the budget, not the help: that comes in kind."),
    )


def _tests_as_they_are(test: Any) -> dict[str, Any]:
    if test is None:
        return {}
    kept = {name: as_word(getattr(test, name)) for name in ("informed", "capable", "reasoned", "quality")}
    kept |= {name: getattr(test, name) for name in ("capable_words", "reasoned_words", "quality_words", "hours")}
    return kept | {"requested": _euros(test.requested_cents), "in_kind": _euros(test.in_kind_cents)}


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


@family_door
def ask(request: Any, case: UUID) -> HttpResponse:
    """Ask a second pair of eyes for the decisions of a family that are ready, in one go."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="decisions.of_family_shown")
    ready = list(
        queries.decisions_for(by, at=at)
        .filter(case=row, state=DecisionState.CONCEPT)
        .order_by("dossier__youth__born_on")
    )
    readers = queries.readers_for(ready, row, by.key, at=at) if ready else []
    form = AskForm(
        request.POST or None, decisions=ready, readers=readers,
        initial={"decisions": [str(one.pk) for one in ready], "until": today(at) + AGREED},
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        chosen = [one for one in ready if str(one.pk) in said["decisions"]]
        reader = next((staff for staff in readers if str(staff.pk) == said["reader"]), None)
        if reader is None:
            raise BadInput(_("Choose who reads along and signs."), field="reader")
        actions.ask_second(by=by, at=at, decisions=chosen, reader=reader, until=said["until"], despite=form.reasons())
        words = _("Asked. From now the clock is with %(name)s.")
        return done(request, words % {"name": reader.name}, reverse(TAB, args=[case]))

    nobody = _("Nobody holds a mandate for these decisions. The back office of the municipality keeps the register.")
    return answered(request, form, act) or page(
        request,
        row,
        form,
        at,
        title=_("Ask a second pair of eyes"),
        button=_("Ask to sign"),
        intro=nobody
        if ready and not readers
        else _("The clock rests with that colleague until it is signed or sent back."),
    )


@family_door
@require_POST
def ask_back(request: Any, decision: UUID) -> HttpResponse:
    """Take a decision back before it is signed."""
    at, by = now(), request.principal
    row = _opened(request, decision, at)
    if row.prepared_by_id != by.key:
        raise NotFound("")

    def act() -> str:
        actions.ask_back(by=by, at=at, decision=row)
        return done(request, _("You have it back."), _back(row))

    return act_once(request, act)


@family_door
def drop(request: Any, decision: UUID) -> HttpResponse:
    """A decision that was being prepared is not taken."""
    at, by = now(), request.principal
    row = _opened(request, decision, at)
    form = ReasonForm(request.POST or None, label=_("Why is this decision not taken?"))

    def act(said: dict[str, Any]) -> str:
        actions.drop(by=by, at=at, decision=row, reason=said["reason"])
        return done(request, _("Not taken. It stays to be read."), reverse(TAB, args=[row.case_id]))

    return answered(request, form, act) or page(
        request, row.case, form, at, back=_back(row), title=_("Do not take this decision"), button=_("Keep")
    )


# --- reading along and signing


@family_door
def sign(request: Any, case: UUID) -> HttpResponse:
    """One screen for the second pair of eyes: everything asked of you in this family, read once, signed at once."""
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="decisions.reading_shown")
    asked = list(queries.to_sign(by, at=at).filter(case=row))
    problem = ""
    if request.method == "POST":
        if not sessions.proved_recently(request, at=at):
            return stepup.ask(request)
        chosen = [one for one in asked if str(one.pk) in request.POST.getlist("decision")]
        try:
            if not chosen:
                raise BadInput(_("Choose at least one decision to sign."))
            answer = act_once(request, lambda: _sign(request, row, chosen, at))
        except RondomError as refusal:
            problem = str(refusal.sentence)
        else:
            _letters(request, chosen, at)
            return answer
    me = staff_member(by)
    readings = [_reading(one, standing.check(one, day=today(at), signer=me), at) for one in asked]
    context = {
        "frame": frame_of(row, by, at=at, tab=TAB), "readings": readings, "problem": problem, "once_key": once.fresh(),
    }  # fmt: skip
    return render(request, "decisions/sign.html", context, status=409 if problem else 200)


def _reading(row: Decision, found: standing.Standing, at: dt.datetime) -> dict[str, Any]:
    return {
        "row": row, "facts": decision_facts(row), "goals": list(row.chosen.order_by("pk")), "inquiry": _inquiry_of(row),
        "void": [finding for _code, finding in found.void], "unwise": [finding for _code, finding in found.unwise],
        "judged": judged_now(found.judged), "date": _date(row, at),
    }  # fmt: skip


def _date(row: Decision, at: dt.datetime) -> Pill | None:
    if row.application:
        return due_pill(row.application, at)
    return pill_of(row.clock.due, at) if row.clock else None


def _sign(request: Any, case: Case, chosen: list[Decision], at: dt.datetime) -> str:
    by = request.principal
    for row in chosen:
        actions.sign(by=by, at=at, decision=row, signed_by=staff_member(by))
    return done(request, _("Signed. The colleague who prepared it sends the letters."), reverse("decisions:desk"))


def _letters(request: Any, chosen: list[Decision], at: dt.datetime) -> None:
    """Make the letters of what was signed; what cannot be made now can be made later, on the page of the decision."""
    by = request.principal
    for row in chosen:
        row.refresh_from_db()
        try:
            making.make_letters(row, by=by, at=at, filed_by=staff_member(by))
        except RondomError as refusal:
            messages.warning(request, str(refusal.sentence))


@family_door
def send_back(request: Any, decision: UUID) -> HttpResponse:
    """Send a decision back with what is not right."""
    at, by = now(), request.principal
    row = _opened(request, decision, at)
    form = ReasonForm(request.POST or None, label=_("What is not right?"))

    def act(said: dict[str, Any]) -> str:
        actions.send_back(by=by, at=at, decision=row, reason=said["reason"])
        return done(request, _("Sent back. Your colleague sees it today."), reverse("decisions:desk"))

    return answered(request, form, act) or page(
        request,
        row.case,
        form,
        at,
        back=reverse("decisions:sign", args=[row.case_id]),
        title=_("Send back"),
        button=_("Send back"),
    )


# --- letters


@family_door
@require_POST
def letters(request: Any, decision: UUID) -> HttpResponse:
    """Make the letters that are not there yet."""
    at, by = now(), request.principal
    row = _opened(request, decision, at)
    if row.state not in DecisionState.taken():
        raise BadInput(_("A letter comes after the signature."))
    made = making.make_letters(row, by=by, at=at, filed_by=staff_member(by))
    messages.success(request, _("The letters are made.") if made else _("Every letter was made already."))
    return act_once(request, lambda: _back(row))


def _letter(request: Any, pk: UUID, at: dt.datetime) -> DecisionLetter:
    return queries.open_letter(request.principal, pk, at=at, page=SHOWN)


@family_door
def letter_sent(request: Any, decisionletter: UUID) -> HttpResponse:
    """Write down how and when a letter went out: the first makes the decision known."""
    at, by = now(), request.principal
    row = _letter(request, decisionletter, at)
    form = SendForm(
        request.POST or None, letter=row,
        initial={"sent_on": today(at), "delivery": Delivery.HANDED if row.no_address else Delivery.POST},
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        actions.send_letter(by=by, at=at, letter=row, delivery=Delivery(said["delivery"]), sent_on=said["sent_on"])
        return done(request, _("Kept. From that day they can object."), _back(row.decision))

    return answered(request, form, act) or page(
        request,
        row.decision.case,
        form,
        at,
        back=_back(row.decision),
        title=_("The letter went out"),
        button=_("Keep"),
        intro=_("To %(name)s.") % {"name": row.addressee.name},
    )


@family_door
def letter_received(request: Any, decisionletter: UUID) -> HttpResponse:
    """Write down when somebody received the letter."""
    at, by = now(), request.principal
    row = _letter(request, decisionletter, at)
    form = ReceivedForm(request.POST or None, initial={"received_on": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.note_received(by=by, at=at, letter=row, received_on=said["received_on"])
        return done(request, _("Kept."), _back(row.decision))

    return answered(request, form, act) or page(
        request,
        row.decision.case,
        form,
        at,
        back=_back(row.decision),
        title=_("The letter was received"),
        button=_("Keep"),
        intro=_("To %(name)s.") % {"name": row.addressee.name},
    )
