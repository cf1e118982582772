"""Pages of the back office about messages: what got stuck first, one message beside its file, and what can be done."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import staff_door
from rondom.accounts.queries import staff_member
from rondom.core import clock, once
from rondom.core.components import Cell, Chip, Column, Fact, Pill, Table
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.words import clock_words, date_words, day_words, moment_words
from rondom.documents.answering import attachment
from rondom.dossiers.doors import act_once, done, tried
from rondom.exchange import actions, queries, standing, standstill
from rondom.exchange.delivering import not_taken
from rondom.exchange.drawing import sequence
from rondom.exchange.enums import Direction, State, Trouble
from rondom.exchange.forms import AgainForm, AsideForm, SecretForm
from rondom.exchange.judging import code_of
from rondom.exchange.models import Message
from rondom.exchange.showing import exchange_table, kind_of, pill_of_state
from rondom.messages.explaining import return_codes
from rondom.messages.opening import RELEASES
from rondom.messages.transport import Left

PAGE = 50
ALL = "alle"
LISTS = (
    ("vast", gettext_lazy("Got stuck"), queries.STUCK),
    ("wacht", gettext_lazy("Wait for an answer"), None),
    ("afgekeurd", gettext_lazy("Rejected"), (State.REJECTED,)),
    ("opzij", gettext_lazy("Lie aside"), (State.ASIDE,)),
    (ALL, gettext_lazy("All messages"), tuple(State)),
)

door = staff_door(*actions.CLERKS)


def _due_pill(row: Message, at: dt.datetime) -> Pill:
    """Say how long the return message may still take; else where the message stands."""
    due = queries.answer_due(row)
    if due is None:
        return pill_of_state(row)
    said = clock_words(due, at)
    return Pill(_("return message: %(when)s") % {"when": said.text}, said.tone)


def titles() -> dict[str, str]:
    """Return the Dutch name of every kind of message."""
    return {name: message.title for release in RELEASES for name, message in release.messages.items()}


# --- the list


def _narrowed(rows: QuerySet[Message], states: Any) -> QuerySet[Message]:
    return queries.unanswered(rows) if states is None else rows.filter(state__in=states)


@door
def messages(request: Any) -> HttpResponse:
    """Show what got stuck first; by filter what waits for an answer, was rejected, put aside, or everything."""
    at, by = clock.now(), request.principal
    kinds, parties = titles(), queries.parties_of(by)
    given = {name: request.GET.get(name, "") for name in ("lijst", "soort", "aanbieder", "code", "weg", "sinds")}
    every = queries.messages_for(by, at=at)
    if given["soort"] in kinds:
        every = every.filter(name=given["soort"])
    if given["aanbieder"] in dict(parties):
        every = queries.with_party(every, given["aanbieder"])
    every = _behind_a_count(every, given)
    chosen = next((entry for entry in LISTS if entry[0] == given["lijst"]), LISTS[0])
    page = Paginator(_narrowed(every, chosen[2]), PAGE).get_page(request.GET.get("blad"))
    rows = list(page)
    look(by, "exchange.messages_shown", subjects=queries.subjects_of(rows), at=at)
    kept = {name: value for name, value in given.items() if value and name != "lijst"}
    chips = [
        Chip(label, f"?{urlencode(kept | {'lijst': code})}", code == chosen[0], _narrowed(every, states).count())
        for code, label, states in LISTS
    ]
    context = {
        "page": page, "chips": chips, "table": _table(chosen[1], rows, at), "list": chosen[0], "narrowed": bool(kept),
        "code": return_codes().get(given["code"]),
        "kept": [(name, kept[name]) for name in ("code", "weg", "sinds") if name in kept],
        "kinds": [(name, f"{name} {title}", name == given["soort"]) for name, title in sorted(kinds.items())],
        "parties": [(code, name, code == given["aanbieder"]) for code, name in parties],
    }  # fmt: skip
    if chosen[0] == LISTS[0][0]:
        still = standstill.of(by.municipality, at=at)
        context |= {"unsafe": still.unsafe, "files": _files(still.files, at) if still.files else None}
        context["ending"] = standstill.certificates(by.municipality, at=at)
    return render(request, "exchange/messages.html", context)


def _files(files: Iterable[Left], at: dt.datetime) -> Table:
    columns = [Column(_("File")), Column(_("Lies there since")), Column(_("What to do"))]
    lines: list[Any] = [[file.name, day_words(file.since, at), standstill.what_to_do(file)] for file in files]
    return Table(_("What lies there"), columns, lines)


def _behind_a_count(every: QuerySet[Message], given: dict[str, str]) -> QuerySet[Message]:
    """Narrow to what a count of rejections counted: a return code, a direction, since a day."""
    if given["code"] in return_codes():
        every = every.filter(rejections__code=given["code"])
    if given["weg"] in Direction.values:
        every = every.filter(direction=given["weg"])
    return queries.since_day(every, _day(given["sinds"]))


def _day(typed: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None


def _table(caption: Any, rows: list[Message], at: dt.datetime) -> Table:
    names = queries.providers_among(rows, clock.today(at))
    columns = [Column(_("Message")), Column(_("Provider")), Column(_("When")), Column(_("Where it stands"))]
    columns.append(Column(_("Why")))
    lines = []
    for row in rows:
        party = queries.party_of(row)
        title = f"{kind_of(row)} {row.get_direction_display()}"
        lines.append([
            Cell(title, reverse("exchange:message", args=[row.pk])), names.get(party, party) or _("unknown"),
            day_words(row.sent_at or row.at, at), _due_pill(row, at), capfirst(_why(row)),
        ])  # fmt: skip
    return Table(caption, columns, lines)


def _why(row: Message) -> str:
    said = str(Trouble(row.trouble).label) if row.trouble else ""
    return f"{said}: {row.refusal}" if row.refusal and said else said


# --- one message


@door
def message(request: Any, message: UUID) -> HttpResponse:
    """Show one message: where it stands, the exchange it is part of, and its content beside the file."""
    at, by = clock.now(), request.principal
    row = queries.open_message(by, message, at=at, page="exchange.message_shown")
    closed = queries.is_closed(row, by, at=at)
    shown = queries.Shown() if closed else queries.shown(row)
    together = queries.exchange_of(row, by, at=at)
    due = standing.answer_due(row)
    names = queries.providers_among([row], clock.today(at))
    party = queries.party_of(row)
    codes = shown.codes
    if row.state == State.REJECTED and not closed:  # what was not accepted stands in the return message
        codes = [code for one in together if one.answers_id == row.pk for code in queries.shown(one).codes]
    context = {
        "row": row, "verb": _verb(row), "codes": codes, "title": titles().get(row.name, ""), "pill": _due_pill(row, at),
        "facts": _facts(row, names, at),
        "closed": closed, "shown": shown, "why": capfirst(_why(row)), "stuck": row.state in queries.STUCK,
        "advice": standstill.advice_on(row.refusal), "held": queries.held_for(row, clock.today(at)),
        "aside": row.state == State.ASIDE, "lanes": sequence(together, _("We"), names.get(party, party)),
        "table": exchange_table(together), "alone": len(together) < 2, "out": row.direction == Direction.OUT,
        "not_taken": list(not_taken(row.deliveries.all()).order_by("place")), "once_key": once.fresh(),
        "orders": standing.orders_of(row, by, at=at), "due_why": due.why if due else None,
    }  # fmt: skip
    return render(request, "exchange/message.html", context)


def _verb(row: Message) -> str:
    return _("Send it after all") if row.trouble == Trouble.SECRET else _("Try again")


def _facts(row: Message, names: dict[str, str], at: dt.datetime) -> list[Fact]:
    def called(code: str) -> str:
        name = _("We") if code == code_of(row.municipality) else names.get(code, "")
        return f"{name} ({code})" if name else code or _("unknown")

    facts = [
        Fact(_("Sent by"), called(row.sender)), Fact(_("Sent to"), called(row.receiver)),
        Fact(_("Identification"), row.identification or _("unknown")),
        Fact(_("Date of the message"), date_words(row.dated_on) if row.dated_on else _("unknown")),
        Fact(_("Made") if row.direction == Direction.OUT else _("Received"), moment_words(row.at)),
    ]  # fmt: skip
    if row.sent_at:
        facts.append(Fact(_("Sent"), moment_words(row.sent_at)))
    if row.answers is not None:
        url = reverse("exchange:message", args=[row.answers_id])
        facts.append(Fact(_("Answers"), f"{row.answers.name} {row.answers.identification}", url))
    if row.handled_by is not None:
        facts.append(Fact(_("Handled by"), row.handled_by.name))
    if row.reason:
        facts.append(Fact(_("Reason"), row.reason))
    return facts


# --- what can be done


def _typed(request: Any) -> Any:
    """Return what was posted, also when that is nothing: a form without fields is posted too."""
    return request.POST if request.method == "POST" else None


def _form(request: Any, form: forms.Form, row: Message, act: Any, **words: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    context = {
        "form": form,
        "once_key": once.typed(request) or once.fresh(),
        "back": reverse("exchange:message", args=[row.pk]),
    } | words
    return render(request, "dossiers/form.html", context, status=422 if form.errors else 200)


@door
def again(request: Any, message: UUID) -> HttpResponse:
    """Try a stuck message again; what is never sent by itself asks why it may go."""
    at, by = clock.now(), request.principal
    row = queries.open_message(by, message, at=at, page="exchange.message_again_opened")
    form = (SecretForm if row.trouble == Trouble.SECRET else AgainForm)(_typed(request))

    def act() -> str:
        reason = form.cleaned_data.get("reason", "")
        after = actions.try_again(by=by, at=at, message=row, staff=staff_member(by), reason=reason)
        sentence = _("It got stuck again.") if after.state == State.DEAD else _("Tried again: it goes on.")
        return done(request, sentence, reverse("exchange:message", args=[row.pk]))

    intro = _("It is read and checked again.") if row.direction == Direction.IN else _("It is sent with the next post.")
    return _form(request, form, row, act, title=_verb(row), button=_verb(row), intro=intro)


@door
def aside(request: Any, message: UUID) -> HttpResponse:
    """Put a stuck message aside, with why."""
    at, by = clock.now(), request.principal
    row = queries.open_message(by, message, at=at, page="exchange.message_aside_opened")
    form = AsideForm(_typed(request))

    def act() -> str:
        actions.put_aside(by=by, at=at, message=row, staff=staff_member(by), reason=form.cleaned_data["reason"])
        return done(request, _("Put aside."), reverse("exchange:messages"))

    intro = _("The file stays as it is. You find the message again under “Put aside”.")
    return _form(request, form, row, act, title=_("Put aside"), button=_("Put aside"), intro=intro)


@door
def download(request: Any, message: UUID) -> Any:
    """Send the file as it was sent or received; every download is a look."""
    at, by = clock.now(), request.principal
    row = queries.open_message(by, message, at=at, page="exchange.message_downloaded")
    if queries.is_closed(row, by, at=at):
        raise NotFound("")
    name = f"{row.name or 'bericht'}-{row.pk.hex[-12:]}.xml"
    return attachment(request, row.blob, digest=row.digest, name=name, media_type="application/xml")
