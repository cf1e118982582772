"""What the pages of messages share: a message as a pill and as a line of a table."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core.components import Cell, Column, Pill, Table
from rondom.core.words import moment_words
from rondom.exchange.enums import State
from rondom.exchange.models import Message

TONES = {State.DEAD: "late", State.WAITING: "due", State.READY: "due", State.ACCEPTED: "calm", State.REJECTED: "late"}


def pill_of_state(row: Message) -> Pill:
    """Return where a message stands, with its tone."""
    return Pill(row.get_state_display(), TONES.get(State(row.state), "plain"))


def kind_of(row: Message) -> str:
    """Return which message it is."""
    return row.name or _("unknown")


def exchange_table(rows: list[Message]) -> Table:
    """Return messages that belong together as a table, each with its own page."""
    columns = [Column(_("Message")), Column(_("Direction")), Column(_("When")), Column(_("Where it stands"))]
    lines: list[Any] = [
        [
            Cell(kind_of(one), reverse("exchange:message", args=[one.pk])), one.get_direction_display(),
            moment_words(one.sent_at or one.at), pill_of_state(one),
        ]
        for one in rows
    ]  # fmt: skip
    return Table(_("The messages that belong together"), columns, lines)
