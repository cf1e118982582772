"""Pages for anybody, without signing in: ask without a name, ask or report with a name, read an answer.

Nothing about who asks is kept beside what they write themselves: no address of the browser, no session, no cookie but
the one that protects the form, and no line in a log that names more than the page. What was sent is never shown back
but to who sent it, in that very answer.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rondom.accounts.doors import open_door
from rondom.core.clock import now, today
from rondom.core.principals import machine
from rondom.dossiers.doors import tried
from rondom.entry import actions, queries
from rondom.entry.actions.questions import digest_of
from rondom.entry.enums import Part, QuestionState, ReporterKind
from rondom.portal.forms import CodeForm, NamedForm, NamelessForm, ProfessionalForm, PublicForm
from rondom.reference.enums import AreaKind
from rondom.reference.queries import area_name

ROLE = "web_form"


def _receivers() -> dict[str, Any]:
    return {str(row.pk): row for row in queries.receivers()}


def _places(receivers: dict[str, Any]) -> dict[str, str]:
    """Return per organisation the name of its municipality; with two teams in one, their own name too."""
    towns = {key: area_name(AreaKind.MUNICIPALITY, row.municipality) for key, row in receivers.items()}
    many = [town for town in towns.values() if list(towns.values()).count(town) > 1]
    return {key: f"{town} ({receivers[key].name})" if town in many else town for key, town in towns.items()}


@open_door()
def start(request: Any) -> HttpResponse:
    """What one can do here, and whom to call when it cannot wait."""
    return render(request, "portal/public/start.html")


def _page(
    request: Any, kind: type[PublicForm], send: Callable[[Any, Any, dict[str, Any]], dict[str, Any]], **context: Any
) -> HttpResponse:
    """Show a form and, when it is sent, the page that says what happens now; nothing is redirected or remembered."""
    receivers = _receivers()
    if not receivers:
        return render(request, "portal/public/form.html", context)
    form = kind(request.POST or None, places=_places(receivers))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = tried(form, lambda: send(receivers[said["organisation"]], now(), said))
        if told is not None:
            return render(request, "portal/public/sent.html", told)
    return render(request, "portal/public/form.html", {"form": form, **context})


@open_door()
def nameless(request: Any) -> HttpResponse:
    """Ask something without a name; who asks gets a code with which the answer can be read."""
    return _page(
        request, NamelessForm, _ask, title=_("Ask without your name"), button=_("Send my question"),
        intro=_("We do not know who you are and keep nothing about you. You get a code to read the answer with."),
    )  # fmt: skip


def _ask(organisation: Any, at: Any, said: dict[str, Any]) -> dict[str, Any]:
    by = machine(ROLE, organisation.municipality)
    code = actions.ask(by=by, at=at, organisation=organisation, text=said["text"], form_key=said["form_key"])
    return {"code": code}


@open_door()
def named(request: Any) -> HttpResponse:
    """Ask or report something with a name; somebody calls back."""
    return _page(
        request, NamedForm, _send, title=_("Ask or tell something, with your name"), button=_("Send"),
        intro=_("For parents, young people, neighbors and relatives. We call or mail you back."),
    )  # fmt: skip


@open_door()
def professional(request: Any) -> HttpResponse:
    """Report a worry as somebody who works with children; nothing is shown back."""
    return _page(
        request, ProfessionalForm, _send, title=_("For who works with children"), button=_("Send"),
        intro=_(
            "For schools, general practices, sports clubs and others. First talk with the parents. We call you back."
        ),
    )  # fmt: skip


def _send(organisation: Any, at: Any, said: dict[str, Any]) -> dict[str, Any]:
    kind = ReporterKind(said["reporter_kind"])
    reporter = actions.Reporter(kind, said["reporter_name"], said.get("reporter_place", ""), said["reporter_contact"])
    child = said["child_1"] or (said["reporter_name"] if kind == ReporterKind.YOUTH else "")
    actions.receive_from_form(
        by=machine(ROLE, organisation.municipality), at=at, organisation=organisation, form_key=said["form_key"],
        reporter=reporter, worry=said["worry"], persons=[actions.Named(Part.CHILD, child)],
        danger_now=said["danger_now"], talked_on=said.get("talked_on"),
        not_talked_because=said["not_talked_because"], answer_wanted=said.get("answer_wanted", ""),
    )  # fmt: skip
    return {"danger": said["danger_now"], "own": kind in ReporterKind.family(), "day": today(at)}


@open_door()
def answer(request: Any) -> HttpResponse:
    """Read the answer to a question without a name, with its code. A code that nobody has gets the same sentence."""
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        row = queries.question_with(digest_of(form.cleaned_data["code"]))
        answered = row is not None and row.state == QuestionState.ANSWERED
        context |= {"asked": True, "row": row if answered else None}
    return render(request, "portal/public/answer.html", context)
