"""The pages of a provider: what was ordered from it and what it asked, what has to be done first, and every message.

Who signed in sees the messages that went to or came from the AGB codes of that provider, and nothing else of a family.
"""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import provider_door
from rondom.accounts.queries import provider_worker
from rondom.allocations.queries import unit_word
from rondom.core import clock
from rondom.core.components import Cell, Chip, Column, Fact, Pill, Row, Step, Table
from rondom.core.errors import NotFound
from rondom.core.events import look, subject
from rondom.core.words import clock_words, date_words, moment_words
from rondom.documents.answering import attachment
from rondom.dossiers.doors import answered, done, form_page
from rondom.exchange import provider_actions as actions
from rondom.exchange import provider_queries as queries
from rondom.exchange.drawing import sequence
from rondom.exchange.enums import Delivered, Direction, State
from rondom.exchange.models import Message
from rondom.exchange.provider_messages import Extent, Person, Referrer
from rondom.exchange.provider_queries import COMING, OVER, RUNNING, TO_DO, Order
from rondom.exchange.queries import Shown, shown, subjects_of
from rondom.exchange.showing import pill_of_state
from rondom.exchange.views import titles
from rondom.messages.codes import lists
from rondom.messages.explaining import return_codes
from rondom.messages.showing import money
from rondom.portal import provider_forms as our

PAGE = 50
LISTS = (
    (TO_DO, gettext_lazy("To do")),
    (COMING, gettext_lazy("Still to come")),
    (RUNNING, gettext_lazy("Help runs")),
    (OVER, gettext_lazy("Is over")),
)
NONE = {
    TO_DO: gettext_lazy("Nothing has to be done now. A new order stands here as soon as the municipality sends it."),
    COMING: gettext_lazy("No help that begins later."),
    RUNNING: gettext_lazy("No help runs now."),
    OVER: gettext_lazy("No help is over yet."),
}

door = provider_door()


# --- the first page


@door
def home(request: Any) -> HttpResponse:
    """Show what has to be done first, then what comes, runs and is over, and what was asked."""
    at, by = clock.now(), request.principal
    day, every = clock.today(at), queries.orders_for(by, at=at)
    chosen = next((name for name, _label in LISTS if name == request.GET.get("lijst")), TO_DO)
    page = Paginator(queries.in_list(every, chosen, day), PAGE).get_page(request.GET.get("blad"))
    orders = queries.read_orders(page, by, at=at)
    waiting = list(queries.unanswered(by, at=at)) if chosen == TO_DO else []
    asked = queries.requests_for(by, at=at)
    about = [subject(order.row) for order in orders]
    rows = [order.message for order in orders] + waiting + [one.message for one in asked]
    look(
        by, "portal.provider_orders_shown", subjects=[*about, *subjects_of(rows)], ground=queries.GROUND, at=at
    )  # fmt: skip
    chips = [
        Chip(label, f"?lijst={name}", name == chosen, queries.in_list(every, name, day).count())
        for name, label in LISTS
    ]
    context = {
        "provider": queries.provider_of(by), "me": provider_worker(by), "page": page, "chips": chips,
        "title": dict(LISTS)[chosen], "none": NONE[chosen],
        "rows": [*(_answer_row(one, at) for one in waiting), *(_row(order, at) for order in orders)],
        "asked": _asked_table(asked) if asked else None,
    }  # fmt: skip
    return render(request, "portal/provider/home.html", context)


def _due(day: dt.date | None, at: dt.datetime) -> Pill | None:
    if day is None:
        return None
    said = clock_words(day, at)
    return Pill(said.text, said.tone)


def _answer_row(row: Message, at: dt.datetime) -> Row:
    """Return the line of an answer on a request that the provider has to confirm."""
    step = Step(_("Answer"), reverse("provider:answer", args=[row.pk]))
    text = _("The municipality answered what you asked. Confirm that you got it.")
    return Row(_("Answer on your request"), _url(row), text, _due(queries.answer_until(row), at), step)


def _row(order: Order, at: dt.datetime) -> Row:
    """Return the line of an order: what it is, what has to be done, until when, and the step."""
    text, due, step = _to_do(order, at)
    title = f"{order.client.name}: {_help_words(order)}"
    return Row(title, reverse("provider:order", args=[order.allocation]), text, _due(due, at), step)


def _to_do(order: Order, at: dt.datetime) -> tuple[str, dt.date | None, Step | None]:
    """Return what has to be done with an order now, until when, and the step to it."""
    day, key, last = clock.today(at), order.allocation, order.last_day
    if order.to_answer:
        first = order.to_answer[0]
        step = Step(_("Answer"), reverse("provider:answer", args=[first.pk]), about=order.client.name)
        return _("Confirm that you got this order."), queries.answer_until(first), step
    if order.deleted:
        return _("The municipality took this order back: it counts as never sent."), None, None
    if order.stopped:
        return _("Help is over."), None, None
    start = Step(_("Report start"), reverse("provider:start", args=[key]), about=order.client.name)
    stop = Step(_("Report stop"), reverse("provider:stop", args=[key]), about=order.client.name)
    if order.last is None:
        if order.first_day > day:
            return _("Has not begun yet."), None, start
        text = _("Report the start within five working days after help has begun.")
        return text, queries.start_until(order), start
    if last is not None and last < day:
        return _("The last ordered day has passed. Report the stop."), queries.stop_until(order), stop
    if order.paused:
        return _("Help stopped for a while. Does it go on? Report the start."), None, start
    return _("Help runs. Report the stop within five working days after the last day."), None, stop


def _help_words(order: Order) -> str:
    product = order.product.Product
    if product is None:
        return _("all help within a budget")
    category = lists()["JZ020"].get(product.Categorie, product.Categorie)
    return f"{category} ({product.Code})" if product.Code else category


def _amount_words(order: Order) -> str:
    extent, budget = order.product.Omvang, order.product.Budget
    if budget is not None:
        return _("at most %(amount)s") % {"amount": money(budget)}
    if extent is None:
        return ""
    words = {code: word.lower() for code, word in lists()["WJ756"].items()}
    often = lists()["WMO757"].get(extent.Frequentie, extent.Frequentie)
    return f"{extent.Volume} {unit_word(extent.Volume, extent.Eenheid, words)}, {often.lower()}"


# --- what was asked


def _asked_table(rows: list[queries.Asked]) -> Table:
    columns = [Column(_("Message")), Column(_("Sent on")), Column(_("How it stands"))]
    names = titles()
    lines: list[list[Any]] = [
        [
            Cell(f"{one.message.name} {names.get(one.message.name, '')}", _url(one.message)),
            date_words(one.message.at), _asked_pill(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(_("What you asked"), columns, lines)


def _asked_pill(one: queries.Asked) -> Pill:
    if one.message.state == State.REJECTED:
        return Pill(_("not taken in: look what was wrong"), "late")
    if one.heard is None:
        return Pill(_("waits for an answer"), "due")
    if one.heard.name == "JW301":
        return Pill(_("ordered"), "calm")
    if one.looked_into:
        return Pill(_("is being looked into"), "due")
    return Pill(_("refused: %(why)s") % {"why": one.refused_because}, "plain")


def _url(row: Message) -> str:
    return reverse("provider:message", args=[row.pk])


# --- one order


@door
def order(request: Any, allocation: UUID) -> HttpResponse:
    """Show one order: what it says, what has to be done, what was reported, and every message about it."""
    at, by = clock.now(), request.principal
    row = queries.open_order(by, allocation, at=at, page="portal.provider_order_shown")
    text, due, step = _to_do(row, at)
    together = queries.messages_of(row, by, at=at)
    context = {
        "order": row, "title": f"{row.client.name}: {_help_words(row)}", "facts": _facts(row), "text": text,
        "pill": _due(due, at), "step": replace(step, primary=True) if step else None, "others": _others(row, step),
        "message": row.message,
        **_picture(together, queries.provider_of(by).name),
    }  # fmt: skip
    return render(request, "portal/provider/order.html", context)


def _facts(row: Order) -> list[Fact]:
    last = row.last_day
    facts = [
        Fact(_("Date of birth"), date_words(row.client.born_on) if row.client.born_on else _("not wholly known")),
        Fact(_("BSN"), row.client.bsn), Fact(_("From"), date_words(row.first_day)),
        Fact(_("Until and including"), date_words(last) if last else _("no end agreed")),
    ]  # fmt: skip
    if amount := _amount_words(row):
        facts.append(Fact(_("How much"), amount))
    facts.append(Fact(_("Assignment number"), str(row.number)))
    if row.product.ReferentieAanbieder:
        facts.append(Fact(_("Your reference"), row.product.ReferentieAanbieder))
    reasons = lists()["JZ588"]
    for each in row.reports:
        if each.kind == Delivered.START:
            facts.append(Fact(_("Start, as you reported"), date_words(each.began_on)))
        elif each.ended_on:
            why = reasons.get(each.reason, each.reason)
            facts.append(Fact(_("Stop, as you reported"), f"{date_words(each.ended_on)}: {why.lower()}"))
    return facts


def _others(row: Order, first: Step | None) -> list[Step]:
    """Return what else can be done with an order, as the standard allows it (reference 12.4 and 12.6)."""
    key, waits = row.allocation, bool(row.to_answer)
    found = []
    if not row.deleted and not row.runs and not waits:
        found.append(Step(_("Report start"), reverse("provider:start", args=[key])))
    if not row.deleted and (row.runs or row.paused) and not waits:
        found.append(Step(_("Report stop"), reverse("provider:stop", args=[key])))
    if row.last is not None:
        found.append(Step(_("Put the last report right"), reverse("provider:correct", args=[key])))
        found.append(Step(_("Take the last report back"), reverse("provider:withdraw", args=[key])))
    if not row.deleted and not waits:
        found.append(Step(_("Ask for a change"), reverse("provider:change", args=[key])))
    found.append(Step(_("Ask for other help as well"), reverse("provider:ask_beside", args=[key])))
    return [step for step in found if first is None or step.url != first.url]


def _picture(together: list[Message], ours: str) -> dict[str, Any]:
    """Return the exchange as a picture, from the side of the provider, with its table."""
    columns = [Column(_("Message")), Column(_("Direction")), Column(_("When")), Column(_("Where it stands"))]
    lines: list[list[Any]] = [
        [Cell(one.name, _url(one)), _way(one), moment_words(one.sent_at or one.at), pill_of_state(one)]
        for one in together
    ]
    table = Table(_("The messages that belong together"), columns, lines)
    return {"lanes": sequence(together, ours, _("Municipality"), left=Direction.IN), "table": table}


def _way(row: Message) -> str:
    return _("from you") if row.direction == Direction.IN else _("to you")


# --- messages


@door
def messages(request: Any) -> HttpResponse:
    """Show every message that went to this provider or came from it, newest first."""
    at, by = clock.now(), request.principal
    page = Paginator(queries.messages_for(by, at=at), PAGE).get_page(request.GET.get("blad"))
    rows, names = queries.as_it_came(page), titles()
    look(by, "portal.provider_messages_shown", subjects=subjects_of(rows), ground=queries.GROUND, at=at)
    columns = [Column(_("Message")), Column(_("Direction")), Column(_("When")), Column(_("Where it stands"))]
    lines: list[list[Any]] = [
        [
            Cell(f"{one.name} {names.get(one.name, '')}", _url(one)), _way(one), moment_words(one.sent_at or one.at),
            pill_of_state(one),
        ]
        for one in rows
    ]  # fmt: skip
    context = {"page": page, "table": Table(_("Messages"), columns, lines) if rows else None}
    return render(request, "portal/provider/messages.html", context)


@door
def message(request: Any, message: UUID) -> HttpResponse:
    """Show one message: the exchange it is part of, what was not accepted, and its words beside the file."""
    at, by = clock.now(), request.principal
    row = queries.open_message(by, message, at=at, page="portal.provider_message_shown")
    closed = queries.is_closed(row)
    content = Shown() if closed else shown(row)
    together = queries.exchange_of(row, by, at=at)
    codes = content.codes
    if row.state == State.REJECTED and not closed:  # what was not accepted stands in the answer
        codes = [code for one in together if one.answers_id == row.pk for code in shown(one).codes]
    behind = queries.order_behind(row, by, at=at)
    context = {
        "row": row, "title": titles().get(row.name, ""), "closed": closed, "shown": content, "codes": codes,
        "facts": _message_facts(row), "alone": len(together) < 2, "pill": pill_of_state(row),
        "answer": reverse("provider:answer", args=[row.pk]) if queries.waits_for_answer(row) else "",
        "due": _due(queries.answer_until(row), at) if queries.waits_for_answer(row) else None,
        "order": reverse("provider:order", args=[behind]) if behind else "",
        **_picture(together, queries.provider_of(by).name),
    }  # fmt: skip
    return render(request, "portal/provider/message.html", context)


def _message_facts(row: Message) -> list[Fact]:
    facts = [
        Fact(_("Direction"), _way(row)), Fact(_("Identification"), row.identification),
        Fact(_("Date of the message"), date_words(row.dated_on) if row.dated_on else _("unknown")),
        Fact(_("Sent"), moment_words(row.sent_at or row.at)),
    ]  # fmt: skip
    if row.answers is not None:
        facts.append(Fact(_("Answers"), f"{row.answers.name} {row.answers.identification}", _url(row.answers)))
    return facts


@door
def download(request: Any, message: UUID) -> Any:
    """Send the file of a message; every download is a look."""
    at, by = clock.now(), request.principal
    row = queries.open_message(by, message, at=at, page="portal.provider_message_downloaded")
    if queries.is_closed(row):
        raise NotFound("")
    name = f"{row.name}-{row.pk.hex[-12:]}.xml"
    return attachment(request, row.blob, digest=row.digest, name=name, media_type="application/xml")


# --- what can be done


def _told(request: Any, row: Message, sentence: Any, page: str) -> str:
    """Say that it was taken over and go on, or that it was not and go to the message, where cause and repair stand."""
    if actions.went_well(row):
        return done(request, sentence, page)
    notices.warning(request, str(_("The municipality did not take this over. Below stands why, and what to do.")))
    return _url(row)


def _page_of(row: Order) -> str:
    return reverse("provider:order", args=[row.allocation])


@door
def answer(request: Any, message: UUID) -> HttpResponse:
    """Answer a message with what the engine found: taken in, or the return codes that reject it."""
    at, by = clock.now(), request.principal
    row = queries.open_message(by, message, at=at, page="portal.provider_answer_opened")
    form = our.ButtonForm(_typed(request))
    behind = queries.order_behind(row, by, at=at)
    back = reverse("provider:order", args=[behind]) if behind else _url(row)

    def act(_said: dict[str, Any]) -> str:
        made = actions.answer(by=by, at=at, message=row)
        return _told(request, made, _("Answered: %(name)s was sent.") % {"name": made.name}, back)

    sent = answered(request, form, act)
    if sent:
        return sent
    found = actions.judged(row, at=at)[1] if queries.waits_for_answer(row) else []
    known, rules = return_codes(), {breach.rule for breach in found}
    wrong = [code for code in known.values() if any(entry.id in rules for entry in code.rules)]
    intro = _(
        "The message was checked: nothing is wrong with it. Your answer says that you got it. It promises nothing "
        "about the help itself: can you not give it, then call the municipality."
    )
    if wrong:
        said = "; ".join(f"{code.says} ({code.code})" for code in wrong)
        intro = _("The message is not right: %(said)s Your answer says so, and the order counts as not sent.") % {
            "said": said
        }
    button = _("Send the rejection") if wrong else _("Confirm that it came")
    return form_page(
        request, None, form, at, title=_("Answer %(name)s") % {"name": row.name}, button=button, back=back, intro=intro
    )


def _order(request: Any, allocation: UUID, at: dt.datetime) -> Order:
    return queries.open_order(request.principal, allocation, at=at, page="portal.provider_report_opened")


def _form(request: Any, form: Any, row: Order, act: Any, at: dt.datetime, **words: Any) -> HttpResponse:
    """Answer a posted form about an order, or show it with for whom it is."""
    back = _page_of(row)
    said = words.pop("said")

    def carry_out(typed: dict[str, Any]) -> str:
        return _told(request, act(typed), said, back)

    intro = f"{row.client.name}: {_help_words(row)}. " + str(words.pop("intro", ""))
    sent = answered(request, form, carry_out)
    return sent or form_page(request, None, form, at, back=back, intro=intro.strip(), **words)


def _typed(request: Any) -> Any:
    return request.POST if request.method == "POST" else None


@door
def start(request: Any, allocation: UUID) -> HttpResponse:
    """Report that help began, or went on."""
    at, by = clock.now(), request.principal
    row = _order(request, allocation, at)
    first = row.first_day if row.last is None and row.first_day <= clock.today(at) else clock.today(at)
    form = our.StartForm(_typed(request), initial={"began_on": first})
    return _form(
        request, form, row, lambda said: actions.report_start(by=by, at=at, order=row, **said), at,
        title=_("Report start"), button=_("Report start"), said=_("Reported: help has begun."),
        intro=_("Report it within five working days after the real first day."),
    )  # fmt: skip


@door
def stop(request: Any, allocation: UUID) -> HttpResponse:
    """Report that help stopped, for good or for a while."""
    at, by = clock.now(), request.principal
    row = _order(request, allocation, at)
    last = row.last_day if row.last_day and row.last_day < clock.today(at) else clock.today(at)
    form = our.StopForm(_typed(request), initial={"last_day": last})
    return _form(
        request, form, row, lambda said: actions.report_stop(by=by, at=at, order=row, **said), at,
        title=_("Report stop"), button=_("Report stop"), said=_("Reported: help has stopped."),
        intro=_("Report it within five working days after the real last day."),
    )  # fmt: skip


@door
def correct(request: Any, allocation: UUID) -> HttpResponse:
    """Put the last start or stop that was reported right."""
    at, by = clock.now(), request.principal
    row = _order(request, allocation, at)
    last = row.last
    if last is None:
        raise NotFound("")
    if last.kind == Delivered.START:
        form: Any = our.StartForm(_typed(request), initial={"began_on": last.began_on})
    else:
        form = our.StopForm(_typed(request), initial={"last_day": last.ended_on, "reason": last.reason})
    return _form(
        request, form, row, lambda said: actions.correct(by=by, at=at, order=row, **said), at,
        title=_("Put the last report right"), button=_("Report it anew"), said=_("Put right."),
        intro=_("The wrong report is deleted and the right one sent, in one message."),
    )  # fmt: skip


@door
def withdraw(request: Any, allocation: UUID) -> HttpResponse:
    """Take the last start or stop that was reported back."""
    at, by = clock.now(), request.principal
    row = _order(request, allocation, at)
    last = row.last
    if last is None:
        raise NotFound("")
    words = {"kind": last.get_kind_display(), "day": date_words(last.ended_on or last.began_on)}
    return _form(
        request, our.ButtonForm(_typed(request)), row, lambda _said: actions.withdraw(by=by, at=at, order=row), at,
        title=_("Take the last report back"), button=_("Take it back"), said=_("Taken back: it counts as never sent."),
        intro=_("You reported: %(kind)s, %(day)s. Was that wrong? Taken back, it counts as never sent.") % words,
    )  # fmt: skip


@door
def change(request: Any, allocation: UUID) -> HttpResponse:
    """Ask to change an order: until when, or how much."""
    at, by = clock.now(), request.principal
    row = _order(request, allocation, at)
    extent, budget = row.product.Omvang, row.product.Budget
    initial = {
        "last_day": row.last_day, "volume": extent.Volume if extent else None,
        "budget": f"{budget / 100:.2f}".replace(".", ",") if budget is not None else "",
    }  # fmt: skip
    form = our.WishForm(
        _typed(request), initial=initial, amount=_amount_words(row) if extent else "", budget=budget is not None
    )

    def act(said: dict[str, Any]) -> Message:
        euros = said.get("budget")
        return actions.ask_change(
            by=by, at=at, order=row, last_day=said["last_day"], volume=said.get("volume"),
            budget=int(euros * 100) if euros is not None else None, from_day=said.get("from_day"),
            reason=said["reason"],
        )  # fmt: skip

    return _form(
        request, form, row, act, at, title=_("Ask for a change"), button=_("Ask for this change"),
        said=_("Asked. The municipality answers within five working days."),
        intro=_("Everything else that was ordered for this young person stays as it is."),
    )  # fmt: skip


def _extent(form: Any, said: dict[str, Any]) -> Extent:
    product = form.products[said["product"]]
    return Extent(
        product.category, product.code, said["first_day"], said["last_day"], said["volume"], product.unit,
        said["frequency"],
    )  # fmt: skip


def _referrer(said: dict[str, Any]) -> Referrer:
    return Referrer(
        said["referrer"], said["referrer_code"], said["referrer_name"], said["decision"], said["decided_from"]
    )


@door
def ask_beside(request: Any, allocation: UUID) -> HttpResponse:
    """Ask for other help for somebody there is an order for."""
    at, by = clock.now(), request.principal
    row = _order(request, allocation, at)
    form = our.HelpForm(_typed(request), products=queries.products_to_ask(by, at=at))

    def act(said: dict[str, Any]) -> Message:
        return actions.ask_order(by=by, at=at, who=row, extent=_extent(form, said), referrer=_referrer(said))

    return _form(
        request, form, row, act, at, title=_("Ask for an order"), button=_("Ask for this help"),
        said=_("Asked. The municipality answers within five working days."),
        intro=_("Only with a referral or an open decision. Does running help have to change? Then ask for a change."),
    )  # fmt: skip


@door
def ask(request: Any) -> HttpResponse:
    """Ask for an order for somebody of whom there is none here yet."""
    at, by = clock.now(), request.principal
    form, back = our.AskForm(_typed(request), products=queries.products_to_ask(by, at=at)), reverse("provider:home")

    def act(said: dict[str, Any]) -> str:
        who = Person(
            said["bsn"], said["born_on"], said["sex"], said["first_names"], said["name_prefix"], said["family_name"]
        )  # fmt: skip
        row = actions.ask_order(by=by, at=at, who=who, extent=_extent(form, said), referrer=_referrer(said))
        return _told(request, row, _("Asked. The municipality answers within five working days."), back)

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Ask for an order"), button=_("Ask for this help"), back=back,
        intro=_("Only with a referral or an open decision. Is there an order for this young person? Ask from there."),
    )  # fmt: skip
