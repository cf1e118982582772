"""What the exchange shows on the page of an order: where it stands with the provider, and what has to be done."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.allocations.blocks import BLOCKS, Block
from rondom.allocations.models import Allocation
from rondom.core import once
from rondom.core.components import Fact, Pill, Step
from rondom.core.principals import Principal
from rondom.core.words import clock_words, moment_words
from rondom.dossiers.models import Clock
from rondom.dossiers.steps import steps
from rondom.exchange.actions import CLERKS
from rondom.exchange.drawing import sequence
from rondom.exchange.enums import State, Trouble
from rondom.exchange.ordering import BY_HAND, NOT_TOLD
from rondom.exchange.showing import exchange_table, pill_of_state
from rondom.exchange.standing import Due, Standing, hindrance_words, messages_of, standing_of


@steps(NOT_TOLD)
def to_the_order(asked: Clock) -> Step:
    """Look at the order: there stands what is missing, and there it is sent."""
    return Step(_("To the order"), reverse("allocations:allocation", kwargs={"allocation": asked.subject}))


@steps(BY_HAND)
def agreed_by_hand(asked: Clock) -> Step:
    """The provider knows it by other means."""
    return Step(_("Done"), reverse("desk:clock_meet", kwargs={"clock": asked.pk}), post=True)


@BLOCKS("exchange")
def block(row: Allocation, by: Principal, *, at: dt.datetime) -> Block | None:
    """Return the block for who sees this order: the team in words, a clerk with every message."""
    standing = standing_of(row)
    clerk = by.has(*CLERKS)
    if standing.assignment is None and not standing.refused and not (standing.goes_without and row.went_out):
        return None
    messages = messages_of(row, by, at=at) if clerk else []
    context: dict[str, Any] = {
        "standing": standing, "row": row, "clerk": clerk, "facts": _facts(standing), "once_key": once.fresh(),
        "hindrance": hindrance_words(standing.hindrance), "says": says(standing),
        "pill": pill_of_state(standing.message) if standing.message and not standing.hindrance else None,
        "answer": _due(standing.answer, at), "start": _due(standing.start, at),
        "lanes": sequence(messages, _("We"), row.provider.name if row.provider else "") if messages else None,
        "table": exchange_table(messages),
        "secret": bool(standing.message and standing.message.trouble == Trouble.SECRET),
    }  # fmt: skip
    return Block("exchange/_order.html", context)


def says(standing: Standing) -> str:
    """Return in one sentence where an order stands with the provider."""
    message = standing.message
    if standing.goes_without:
        return _("This help is task-based: it is not ordered by message. Starts and stops do come by message.")
    if standing.hindrance:
        return _("The provider has not been told yet.")
    if message is None:
        return ""
    return {
        State.READY: _("The order goes with the next post, within a minute."),
        State.SENT: _("The order was sent. The provider's system has not answered yet."),
        State.ACCEPTED: _("The provider's system took the order in."),
        State.REJECTED: _("The provider's system did not take the order in: to the provider it was never sent."),
        State.DEAD: _("The order got stuck and was not sent."),
        State.ASIDE: _("The message was put aside: to the provider it was never sent."),
    }.get(State(message.state), "")


def _facts(standing: Standing) -> list[Fact]:
    found = []
    if standing.assignment:
        found.append(Fact(_("Number of the order in messages"), str(standing.assignment.number)))
        found.append(Fact(_("This version was decided"), moment_words(standing.assignment.decided_at)))
    if standing.assignment and standing.assignment.reference:
        found.append(Fact(_("Reference of the request"), standing.assignment.reference))
    if standing.message and standing.message.sent_at:
        found.append(Fact(_("Sent"), moment_words(standing.message.sent_at)))
    return found


def _due(due: Due | None, at: dt.datetime) -> tuple[Pill, Any] | None:
    if due is None:
        return None
    said = clock_words(due.day, at)
    return Pill(said.text, said.tone), due.why
