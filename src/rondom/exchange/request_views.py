"""The request desk of the back office: what providers ask, what we found of it, and the answer that lies ready."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rondom.accounts.doors import staff_door
from rondom.accounts.queries import staff_member
from rondom.allocations.actions import CENTS, Help, Unusual
from rondom.allocations.enums import Frequency
from rondom.allocations.queries import unit_word, units_on
from rondom.core import clock, once
from rondom.core.components import Cell, Chip, Column, Fact, Pill, Table
from rondom.core.errors import BadInput
from rondom.core.events import look
from rondom.core.why import Why, from_kept
from rondom.core.words import clock_words, date_words, moment_words
from rondom.decisions.queries import awards_from
from rondom.dossiers.doors import act_once, answered, done, form_page
from rondom.exchange import actions, queries, requests, wishes
from rondom.exchange import request_queries as sight
from rondom.exchange.books import content_of
from rondom.exchange.enums import Outcome, Proposal, Refusal, RequestKind, RequestState
from rondom.exchange.models import ProviderRequest
from rondom.exchange.request_forms import ChangeForm, DecidedForm, LookIntoForm, OrderForm, RefuseForm
from rondom.exchange.weighing import CHECKS, Finding, Weighed, reachable
from rondom.exchange.wishes import Wish
from rondom.law.money import euros
from rondom.providers.enums import EURO_UNIT
from rondom.reference import queries as reference

door = staff_door(*actions.CLERKS)
PAGE = 50
LISTS = (
    ("wacht", gettext_lazy("Wait for an answer"), RequestState.PENDING),
    ("onderzoek", gettext_lazy("Are being looked into"), RequestState.INVESTIGATED),
    ("besluit", gettext_lazy("A decision has to be made"), None),
    ("besteld", gettext_lazy("Ordered"), RequestState.GRANTED),
    ("geweigerd", gettext_lazy("Refused"), RequestState.REFUSED),
)
STATES = {RequestState.GRANTED: "calm", RequestState.REFUSED: "plain"}
READY = {Proposal.GRANT: "calm", Proposal.REFUSE: "late", Proposal.CHOOSE: "due"}
TONES = {Outcome.YES: "calm", Outcome.NO: "late", Outcome.DOUBT: "due", Outcome.UNKNOWN: "plain"}


# --- the list


@door
def asked(request: Any) -> HttpResponse:
    """Show what waits for an answer first, what is due first on top; other lists by chip."""
    at, by = clock.now(), request.principal
    every = sight.requests_for(by, at=at)
    chosen = next((entry for entry in LISTS if entry[0] == request.GET.get("lijst")), LISTS[0])
    page = Paginator(_of(every, chosen[2]), PAGE).get_page(request.GET.get("blad"))
    rows = list(page)
    look(by, "exchange.requests_shown", subjects=requests.subjects_of(rows), at=at)
    chips = [
        Chip(label, f"?lijst={code}", code == chosen[0], _of(every, state).count()) for code, label, state in LISTS
    ]
    context = {"page": page, "chips": chips, "table": _table(chosen[1], rows, by, at), "list": chosen[0]}
    return render(request, "exchange/requests.html", context)


def _of(rows: Any, state: RequestState | None) -> Any:
    return sight.to_decide(rows) if state is None else sight.in_state(rows, state)


def _table(caption: Any, rows: list[ProviderRequest], by: Any, at: dt.datetime) -> Table:
    columns = [Column(_("For")), Column(_("Provider")), Column(_("Asks")), Column(_("Answer until"))]
    columns.append(Column(_("Ready")))
    units, closed = units_on(clock.today(at)), sight.closed_among(rows, by, at=at)
    lines = [
        [
            Cell(row.dossier.youth.name, reverse("exchange:request", args=[row.pk])), _party(row),
            _in_short(row, units, closed=row.pk in closed), _due(row, at), _ready_pill(row),
        ]
        for row in rows
    ]  # fmt: skip
    return Table(caption, columns, lines)


def _party(row: ProviderRequest) -> str:
    return row.provider.name if row.provider else row.provider_code


def _in_short(row: ProviderRequest, units: dict[str, str], *, closed: bool) -> str:
    if closed:
        return _("closed to you")
    read = content_of(row.message)
    if read is None:
        return _("cannot be read")
    changed = [wish for wish in wishes.wishes_in(read, row.place) if not wish.stays]
    return "; ".join(_wish_words(wish, "", units) for wish in changed)


def _due(row: ProviderRequest, at: dt.datetime) -> Any:
    if row.open:
        said = clock_words(row.due_on, at)
        return Pill(said.text, said.tone)
    return date_words(row.due_on)


def _ready_pill(row: ProviderRequest) -> Pill:
    if not row.open:
        return _state_pill(row)
    return Pill(_ready_words(row.proposal, row.proposed_reason), READY[Proposal(row.proposal)])


def _ready_words(proposal: str, reason: str) -> str:
    said = str(Proposal(proposal).label)
    return f"{said}: {Refusal(reason).label}" if reason else said


def _state_pill(row: ProviderRequest) -> Pill:
    return Pill(row.get_state_display(), STATES.get(RequestState(row.state), "due"))


def _wish_words(wish: Wish, what: str, units: dict[str, str]) -> str:
    """Return what is asked in words: "45A04, 3 uur per week, 1 december 2026 tot en met 30 juni 2027"."""
    numbered = _("order %(number)s") % {"number": wish.number} if wish.number else ""
    named = what or wish.code or wish.category or numbered
    if wish.stays:
        return _("%(what)s stays as it is") % {"what": named}
    parts = [named or _("any product")]
    if wish.volume is not None:
        per = Frequency(wish.frequency).label
        counted = f"{wish.volume} {unit_word(wish.volume, wish.unit, units)}"
        much = euros(wish.volume) if wish.unit == EURO_UNIT else counted
        parts.append(f"{much} {per}")
    if wish.budget is not None:
        parts.append(_("for at most %(sum)s") % {"sum": euros(wish.budget)})
    if wish.starts and wish.last_day:
        said = {"first": date_words(wish.starts), "last": date_words(wish.last_day)}
        parts.append(_("%(first)s up to and including %(last)s") % said)
    elif wish.starts:
        parts.append(_("from %(first)s") % {"first": date_words(wish.starts)})
    return ", ".join(parts)


# --- one request


def _opened(request: Any, pk: UUID, at: dt.datetime, page: str) -> ProviderRequest:
    """Return a request whose content this person may see, else say so as a page that does not exist."""
    return sight.open_request(request.principal, pk, at=at, page=page)


@door
def asking(request: Any, providerrequest: UUID) -> HttpResponse:
    """Show one request: what is asked, what was found, and the answer that lies ready with its one button."""
    at, by = clock.now(), request.principal
    row = _opened(request, providerrequest, at, "exchange.request_shown")
    closed = queries.is_closed(row.message, by, at=at)
    found = None if closed or content_of(row.message) is None else requests.weighed(row, by, at=at)
    context: dict[str, Any] = {
        "row": row, "pill": _state_pill(row), "facts": _facts(row, at), "closed": closed, "once_key": once.fresh(),
        "damaged": found is None and not closed, "why_due": _why_due(row),
        "checks": _checks(row, found, closed=closed), "lines": _lines(row, found, at), "open": row.open,
        "first": row.state == RequestState.PENDING, "new": row.kind == RequestKind.NEW,
    }  # fmt: skip
    if found is not None and row.open:
        context |= {"found": found, "ready": _ready(row, found, at)}
    return render(request, "exchange/request.html", context)


def _facts(row: ProviderRequest, at: dt.datetime) -> list[Fact]:
    message = reverse("exchange:message", args=[row.message_id])
    found = [
        Fact(_("For"), row.dossier.youth.name), Fact(_("Provider"), f"{_party(row)} ({row.provider_code})"),
        Fact(_("Message"), f"{row.message.name}, {date_words(row.dated_on)}", message),
        Fact(_("Came in"), date_words(row.received_on)), Fact(_("Answer until"), _due(row, at)),
    ]  # fmt: skip
    if row.answered_at and row.answered_by:
        found.append(Fact(_("Answered"), f"{moment_words(row.answered_at)}, {row.answered_by.name}"))
    if row.reason:
        found.append(Fact(_("Reason"), row.get_reason_display()))
    if row.other_municipality:
        name = reference.municipality_name(row.other_municipality, on=row.received_on)
        found.append(Fact(_("Responsible municipality"), name))
    if row.words:
        found.append(Fact(_("Why, in our own words"), row.words))
    if row.allocation:
        found.append(Fact(_("Order"), row.allocation.what, reverse("allocations:order", args=[row.allocation_id])))
    if row.answer:
        where = f"{row.answer.name}, {row.answer.get_state_display()}"
        found.append(Fact(_("Our answer"), where, reverse("exchange:message", args=[row.answer_id])))
    if row.decision_reference and row.decided_on:
        found.append(Fact(_("Decision"), f"{row.decision_reference}, {date_words(row.decided_on)}"))
    return found


def _why_due(row: ProviderRequest) -> Why:
    looked = row.state == RequestState.INVESTIGATED
    rule = (
        _("What is being looked into is answered within 8 weeks of the date of the message.")
        if looked
        else _("A request is answered within 5 working days of the day it came in.")
    )
    counted = _("From %(day)s.") % {"day": date_words(row.dated_on if looked else row.received_on)}
    return Why(_("Why this day?"), (rule, counted), (_("iJw 3.2: OP274, OP346"),))


def _lines(row: ProviderRequest, found: Weighed | None, at: dt.datetime) -> list[str]:
    read = content_of(row.message) if found is not None else None
    if found is None or read is None:
        return []
    units = units_on(clock.today(at))
    parts = zip(wishes.wishes_in(read, row.place), found.products, found.running, strict=True)
    return [
        _wish_words(wish, order.what if order else product.name if product else "", units)
        for wish, product, order in parts
    ]


def _checks(row: ProviderRequest, found: Weighed | None, *, closed: bool) -> list[dict[str, Any]]:
    """Return the checks as they are now while an answer is waited for; afterwards as they were then."""
    if closed:
        return []
    kept = row.checks if not row.open or found is None else [each.values() for each in found.findings]
    return [
        {
            "title": CHECKS.get(one["check"], one["check"]), "looked_at": one["looked_at"], "says": one["says"],
            "pill": Pill(Outcome(one["outcome"]).label, TONES[Outcome(one["outcome"])]),
            "why": from_kept(_("Why?"), one["law"]) if one["law"] else None,
        }
        for one in kept
    ]  # fmt: skip


def _ready(row: ProviderRequest, found: Weighed, at: dt.datetime) -> dict[str, Any]:
    """Return the answer that lies ready in words: its verb, what goes to the provider, and what else follows."""
    if found.proposal == Proposal.GRANT:
        said = _("A JW301 goes to the provider, with the reference of the request.")
        return {"verb": _("Order as asked") if row.kind == RequestKind.NEW else _("Change as asked"), "said": said}
    if found.proposal == Proposal.REFUSE:
        reason = Refusal(found.reason)
        said = _("A JW319 goes to the provider: refused, because: %(reason)s.") % {"reason": reason.label}
        more = ""
        if reason in Refusal.about_the_help():
            more = _("This keeps help from the youth, so a decision is drafted: the parents must be able to object.")
        return {"verb": _("Refuse"), "said": said, "more": more}
    return {}


@door
@require_POST
def answer(request: Any, providerrequest: UUID) -> HttpResponse:
    """Give the answer that lay ready, exactly as it was shown; when something changed since, it is shown again."""
    at, by = clock.now(), request.principal
    row = _may_answer(request, providerrequest, at, "exchange.request_answer_opened")
    here = reverse("exchange:request", args=[row.pk])

    def act() -> str:
        found, me = requests.weighed(row, by, at=at), staff_member(by)
        if request.POST.get("ready") != f"{found.proposal}{found.reason}" or found.proposal == Proposal.CHOOSE:
            raise BadInput(_("Something changed since you opened this page. Go back and look at it again."))
        if found.proposal == Proposal.GRANT:
            said = requests.Otherwise(unusual=Unusual(str(_("Asked by message; everything was looked at."))))
            requests.grant(by=by, at=at, request=row, answered_by=me, otherwise=said)
            return done(request, _("Ordered: the provider hears it by message."), here)
        requests.refuse(
            by=by, at=at, request=row, answered_by=me, reason=Refusal(found.reason), words=_words_of(found),
            place=found.place, agreed=found.reason == Refusal.RESIDENCE,
        )  # fmt: skip
        return done(request, _("Refused: the provider hears it by message."), here)

    return act_once(request, act)


def _words_of(found: Weighed) -> str:
    return next((one.says for one in found.findings if _is_ground(one, found)), "")


def _is_ground(one: Finding, found: Weighed) -> bool:
    return one.outcome == Outcome.NO and one.reason == found.reason


def _may_answer(request: Any, pk: UUID, at: dt.datetime, page: str) -> ProviderRequest:
    """Return a request to answer. What is about a secret address is answered by who holds the right to it."""
    row = _opened(request, pk, at, page)
    if queries.is_closed(row.message, request.principal, at=at):
        raise BadInput(_("This is about a secret address. Who holds the right to it answers: ask the team."))
    return row


# --- another answer


@door
def order(request: Any, providerrequest: UUID) -> HttpResponse:
    """Order what is asked, or otherwise; a change only as a whole."""
    at, by = clock.now(), request.principal
    row = _may_answer(request, providerrequest, at, "exchange.request_order_opened")
    here = reverse("exchange:request", args=[row.pk])
    form = _order_form(request, row, by, at) if row.kind == RequestKind.NEW else ChangeForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        requests.grant(
            by=by, at=at, request=row, answered_by=staff_member(by), otherwise=_otherwise(form, said, row.kind)
        )
        return done(request, _("Ordered: the provider hears it by message."), here)

    intro = (
        _("The fields hold what was asked. Less or other than a doctor asked needs a decision.")
        if row.kind == RequestKind.NEW
        else _("A change is carried out whole, exactly as it was asked.")
    )
    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Order"), button=_("Order"), back=here, intro=intro
    )


def _order_form(request: Any, row: ProviderRequest, by: Any, at: dt.datetime) -> OrderForm:
    read = requests.reading_of(row)
    wish = wishes.wishes_in(read, row.place)[0]
    product = requests.weighed(row, by, at=at, reading=read).products[0]
    day = wish.starts or clock.today(at)
    in_euros = wish.unit == EURO_UNIT
    cents = wish.volume if in_euros else wish.budget
    initial = {
        "product": str(product.pk) if product else "", "starts": wish.starts, "last_day": wish.last_day,
        "volume": None if in_euros else wish.counted_in(product.unit) if product else wish.volume,
        "frequency": wish.frequency, "amount": Decimal(cents) / CENTS if cents is not None else None,
    }  # fmt: skip
    return OrderForm(
        request.POST or None, initial=initial, products=sight.products_to_choose(row, day),
        awards=awards_from([row.dossier], day), reachable=reachable(row.dossier.youth, at),
    )  # fmt: skip


def _otherwise(form: Any, said: dict[str, Any], kind: str) -> requests.Otherwise:
    unusual = Unusual(said["despite"], said["no_contract"], said["mandate"])
    if kind != RequestKind.NEW:
        return requests.Otherwise(reference=said["decision_reference"], decided_on=said["decided_on"], unusual=unusual)
    what = Help.typed(
        form.products[said["product"]], starts=said["starts"], last_day=said["last_day"], volume=said["volume"],
        frequency=said["frequency"], amount=said["amount"],
    )  # fmt: skip
    lines = tuple(filter(None, (said.get("street", "").strip(), said.get("place", "").strip())))
    return requests.Otherwise(
        what, form.awards.get(said.get("award", "")), said["decision_reference"], said["decided_on"], unusual, lines
    )


@door
def refuse(request: Any, providerrequest: UUID) -> HttpResponse:
    """Refuse a request, with the reason that the provider reads."""
    at, by = clock.now(), request.principal
    row = _may_answer(request, providerrequest, at, "exchange.request_refuse_opened")
    here = reverse("exchange:request", args=[row.pk])
    places = reference.choices("municipality", on=clock.today(at)) if row.kind == RequestKind.NEW else []
    form = RefuseForm(request.POST or None, kind=row.kind, places=places)

    def act(said: dict[str, Any]) -> str:
        requests.refuse(
            by=by, at=at, request=row, answered_by=staff_member(by), reason=Refusal(said["reason"]),
            words=said["words"], place=said.get("place", ""), agreed=said.get("agreed", False),
        )  # fmt: skip
        return done(request, _("Refused: the provider hears it by message."), here)

    intro = _(
        "A reached ceiling or an empty budget never ends the duty to give help. Refusing help itself asks a decision; "
        "its draft is made for you."
    )
    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Refuse"), button=_("Refuse"), back=here, intro=intro
    )


@door
def look_into(request: Any, providerrequest: UUID) -> HttpResponse:
    """Tell the provider that the request is being looked into; then there are 8 weeks."""
    at, by = clock.now(), request.principal
    row = _may_answer(request, providerrequest, at, "exchange.request_look_into_opened")
    if row.state != RequestState.PENDING:
        return redirect("exchange:request", providerrequest=row.pk)
    here = reverse("exchange:request", args=[row.pk])
    form = LookIntoForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        requests.look_into(by=by, at=at, request=row, answered_by=staff_member(by), words=said["words"])
        return done(request, _("The provider hears that it is being looked into."), here)

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Let it be looked into"), button=_("Tell the provider"), back=here,
        intro=_("Once per request. The last answer then comes within 8 weeks of the date of the message."),
    )  # fmt: skip


@door
def decided(request: Any, providerrequest: UUID) -> HttpResponse:
    """Write which decision was made about what was refused."""
    at, by = clock.now(), request.principal
    row = _opened(request, providerrequest, at, "exchange.request_decided_opened")
    if not row.decide:
        return redirect("exchange:request", providerrequest=row.pk)
    here = reverse("exchange:request", args=[row.pk])
    form = DecidedForm(request.POST or None)

    def act(said: dict[str, Any]) -> str:
        requests.decision_made(by=by, at=at, request=row, reference=said["reference"], decided_on=said["decided_on"])
        return done(request, _("Kept."), here)

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Which decision was made?"), button=_("Keep"), back=here
    )
