"""Parameters, code lists and words: looking, planning a change, and being the second person."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.aids.queries import waiting as waiting_publications
from rondom.configuration import pages
from rondom.configuration.forms import ChangeForm, DayForm, SearchForm, WordForm, tomorrow
from rondom.core import clock, once
from rondom.core.errors import BadInput, NotAllowed, NotFound, RondomError, Stale
from rondom.reference import actions, queries, vocabulary
from rondom.reference import parameters as known
from rondom.reference.enums import ChangeState

OFFICE = (Role.FUNCTIONAL_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.PROCESS_COORDINATOR)
CHANGERS = (Role.FUNCTIONAL_ADMINISTRATOR,)
SECONDS = (Role.FUNCTIONAL_ADMINISTRATOR, Role.PRIVACY_OFFICER)


@staff_door(*OFFICE)
@require_safe
def home(request: Any) -> HttpResponse:
    """Show what waits, and the ways in."""
    by = request.principal
    rows = pages.waiting_rows(by, queries.waiting_changes(by.municipality), waiting_publications(by.municipality))
    return render(request, "configuration/home.html", {"rows": rows})


# --- parameters ---


@staff_door(*OFFICE)
@require_safe
def parameters(request: Any) -> HttpResponse:
    """List every parameter with its value of today, here."""
    by, day = request.principal, clock.today()
    chosen, search = request.GET.get("soort", ""), request.GET.get("zoek", "").strip()[:60]
    context = pages.parameter_list(by.municipality, day, chosen=chosen, search=search)
    form = SearchForm(initial={"zoek": search, "soort": chosen})
    return render(request, "configuration/parameters.html", {**context, "form": form})


def _kind(name: str) -> known.ParameterKind:
    try:
        return known.find(name)
    except BadInput as error:
        raise NotFound("") from error


@staff_door(*OFFICE)
@require_safe
def parameter(request: Any, parameter_name: str) -> HttpResponse:
    """Show one parameter: its value, its history with sources, what is planned and what waits."""
    by, day, kind = request.principal, clock.today(), _kind(parameter_name)
    context = pages.parameter_page(by, kind, day)
    return render(request, "configuration/parameter.html", {"kind": kind, **context})


@staff_door(*CHANGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Any, parameter_name: str) -> HttpResponse:
    """Plan another value from a day, or propose it to a second person."""
    by, at, kind = request.principal, clock.now(), _kind(parameter_name)
    if not pages.is_local(kind):
        raise NotFound("")
    newest = queries.newest(kind.name, by.municipality)
    initial = {"starts": tomorrow(clock.today(at)), "seen": str(newest.pk) if newest else ""}
    form = ChangeForm(request.POST or None, kind=kind, initial=initial)
    current = None
    if request.method == "POST" and form.is_valid():
        try:
            _must_be_newest(form.cleaned_data["seen"], newest)
            return once.answer(request, lambda: _propose(by, at, kind, form))
        except Stale as stale:
            current = stale.current
            form.add_error(None, str(stale))
        except RondomError as error:
            _show_error(form, error)
    context = {"kind": kind, "form": form, "once": once.fresh(), **pages.value_now(by, kind, clock.today(at))}
    context["newer"] = pages.say_row(current) if current else None
    return render(request, "configuration/propose.html", context, status=409 if current else 200)


def _must_be_newest(seen: str, newest: Any) -> None:
    if seen != (str(newest.pk) if newest else ""):
        sentence = _("Somebody else planned a value since you opened this page. Look at it and decide again.")
        raise Stale(sentence, current=newest)


def _propose(by: Any, at: dt.datetime, kind: known.ParameterKind, form: ChangeForm) -> str:
    typed, scope = form.cleaned_data, form.scope(by.municipality)
    latest = queries.latest(kind.name, scope)
    actions.propose(
        by=by, at=at, name=kind.name, scope=scope, value=typed["value"], starts=typed["starts"],
        source=typed["source"], note=typed["note"], seen=latest.pk if latest else None,
    )  # fmt: skip
    return reverse("configuration:parameter", args=[kind.name])


def _show_error(form: forms.Form, error: RondomError) -> None:
    form.add_error(error.field if error.field in form.fields else None, str(error))


@staff_door(*SECONDS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Any, parameterchange: UUID) -> HttpResponse:
    """Show a proposed change to the second person, who approves or declines; the proposer can withdraw it."""
    by, at = request.principal, clock.now()
    found = queries.change(parameterchange, municipality=by.municipality)
    if found is None:
        raise NotFound("")
    problem: Any = ""
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("deed", ""))
        if deed is None:
            raise BadInput(_("Choose one of the buttons."))
        try:
            return once.answer(request, lambda: _decide(request, deed, found, at))
        except (BadInput, NotAllowed, Stale) as error:
            problem = error
            found.refresh_from_db()
    kind = known.find(found.name)
    context = {
        "kind": kind, "change": found, "problem": problem, "once": once.fresh(),
        "facts": pages.change_facts(found),
        "waits": found.state == ChangeState.PROPOSED, "mine": found.proposed_by == by.key,
        **pages.value_now(by, kind, clock.today(at)),
    }  # fmt: skip
    return render(request, "configuration/change.html", context, status=problem.status if problem else 200)


DEEDS = {"approve": actions.approve, "decline": actions.decline, "retract": actions.retract}


def _decide(request: Any, deed: Any, found: Any, at: dt.datetime) -> str:
    version = request.POST.get("version", "")
    deed(by=request.principal, at=at, change=found, opened_version=int(version) if version.isdecimal() else 0)
    return reverse("configuration:parameter", args=[found.name])


@staff_door(*CHANGERS)
@require_POST
def call_off(request: Any, parameter: UUID) -> HttpResponse:
    """Call off a planned value."""
    by, at = request.principal, clock.now()
    planned = queries.row(parameter, municipality=by.municipality)
    if planned is None:
        raise NotFound("")
    address = reverse("configuration:parameter", args=[planned.name])

    def act() -> str:
        actions.call_off(by=by, at=at, planned=planned)
        return address

    return once.answer(request, act)


# --- code lists ---


@staff_door()
@require_safe
def code_lists(request: Any) -> HttpResponse:
    """List the code lists with their source."""
    return render(request, "configuration/code_lists.html", {"table": pages.lists_table(queries.lists())})


@staff_door()
@require_safe
def code_list(request: Any, code_list: str) -> HttpResponse:
    """Show the codes of a list on a day, or with all their periods."""
    try:
        listed = queries.code_list(code_list)
    except BadInput as error:
        raise NotFound("") from error
    every = request.GET.get("perioden") == "alle"
    form = DayForm(request.GET or None)
    typed = form.cleaned_data if form.is_valid() else {}
    day, search = typed.get("day") or clock.today(), typed.get("words", "")
    found = queries.all_periods(listed.key, search=search)
    page = Paginator(found if every else found & queries.codes_on(listed.key, on=day), 50).get_page(
        request.GET.get("blad")
    )
    context = {
        "list": listed, "form": form, "page": page, "every": every, "day": day,
        "table": pages.codes_table(listed, page.object_list, day, every=every),
    }  # fmt: skip
    return render(request, "configuration/code_list.html", context)


# --- words ---


@staff_door(*OFFICE)
@require_safe
def words(request: Any) -> HttpResponse:
    """List the vocabulary as this municipality uses it."""
    by = request.principal
    table = pages.words_table(by, clock.today(), may_change=by.has(*CHANGERS))
    return render(request, "configuration/words.html", {"table": table})


@staff_door(*CHANGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: Any, term: str) -> HttpResponse:
    """Choose another word; a preview shows it in sentences before it is used."""
    by, at = request.principal, clock.now()
    if term not in vocabulary.TERMS:
        raise NotFound("")
    known_term, scope, today = vocabulary.TERMS[term], by.municipality, clock.today(at)
    latest = queries.latest_word(term, scope)
    form = WordForm(request.POST or None, initial=pages.word_initial(by, term, today, latest))
    preview, newer = None, None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        preview = queries.as_word(typed["singular"], typed["plural"], typed["article"])
        if "use" in request.POST:
            try:
                return once.answer(request, lambda: _use_word(by, at, term, typed))
            except Stale as stale:
                newer, preview = stale.current, None
                form.add_error(None, str(stale))
            except RondomError as error:
                preview = None
                _show_error(form, error)
    context = {
        "term": known_term, "form": form, "newer": newer, "once": once.fresh(),
        "preview": pages.sentences(preview) if preview else [],
        "history": pages.word_history(queries.word_history(term, scope)),
    }  # fmt: skip
    return render(request, "configuration/word.html", context, status=409 if newer else 200)


def _use_word(by: Any, at: dt.datetime, term: str, typed: dict[str, Any]) -> str:
    actions.choose_word(
        by=by, at=at, key=term, scope=by.municipality, singular=typed["singular"], plural=typed["plural"],
        article=typed["article"], starts=typed["starts"], seen=pages.read_seen(typed["seen"]),
    )  # fmt: skip
    return reverse("configuration:words")
