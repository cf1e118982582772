"""The inbox of a worker: what came in and waits for an answer. No model: every room registers a box over its own rows.

A box returns what waits for this person (or for the work this person shares, such as triage) and respects sight itself,
in a fixed number of queries. Something leaves the inbox when it is answered in its own room; nothing is ticked off.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.core.components import Step
from rondom.core.events import Subject
from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.dossiers.process import to_decide
from rondom.dossiers.queries import colleagues_by_id, handovers_asked_of, moves_to_decide, questions_for
from rondom.dossiers.rules import directs


@dataclass(frozen=True)
class Incoming:
    """One thing that waits for an answer: since when, about which family (None: none yet), and how to answer.

    `text` is what it is, in a few words; `subjects` what a look at it concerns. `pressing`: a child may be in danger.
    """

    since: dt.datetime
    text: str
    step: Step
    case: UUID | None = None
    subjects: tuple[Subject, ...] = ()
    pressing: bool = False


@dataclass(frozen=True)
class Box:
    """One kind of what comes in: its word in the address, what its chip says, and what waits in it."""

    code: str
    label: Any
    find: Callable[[Principal, dt.datetime], Iterable[Incoming]]


boxes: Registry[Box] = Registry("boxes of the inbox")


def inbox_of(by: Principal, *, at: dt.datetime) -> list[tuple[Box, Incoming]]:
    """Return what waits for somebody, each with its box: what presses first, then the longest wait."""
    found = [(box, each) for _name, box in boxes for each in box.find(by, at)]
    return sorted(found, key=lambda pair: (not pair[1].pressing, pair[1].since, pair[1].text))


def _handovers(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in handovers_asked_of(by):
        words = {"who": row.offered_by.name, "role": row.get_kind_display()}
        step = Step(_("Read and answer"), reverse("desk:handover", kwargs={"handover": row.pk}))
        text = _("%(who)s asks you to take over: %(role)s") % words
        yield Incoming(row.offered_at, text, step, row.case_id, (("case", row.case_id),))


def _questions(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    asked = questions_for(by, at=at)
    askers = colleagues_by_id(row.asked_by for row, _case in asked) if asked else {}
    for row, case in asked:
        who = askers[row.asked_by].name if row.asked_by in askers else _("A colleague")
        step = Step(_("Read and answer"), reverse("desk:question", args=[row.pk]))
        yield Incoming(row.asked_at, _("%(who)s asks whether somebody is known here") % {"who": who}, step, case,
                       (("case", case),))  # fmt: skip


def _moves(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for move in moves_to_decide(by):
        if directs(by, move.team) and move.asked_by_id != by.key:
            words = {"who": move.asked_by.name, "giver": move.giver.name, "receiver": move.receiver.name}
            text = _("%(who)s asks to move families of %(giver)s to %(receiver)s") % words
            step = Step(_("Look and decide"), reverse("desk:move_decide", kwargs={"move": move.pk}))
            yield Incoming(move.asked_at, text, step)


def _process(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in to_decide(by, at=at):
        words = {"who": row.asked_by.name, "why": row.get_ground_display()}
        step = Step(_("Read and decide"), reverse("desk:process_decide", kwargs={"processrequest": row.pk}))
        text = _("%(who)s asks process coordination: %(why)s") % words
        yield Incoming(row.asked_at, text, step, row.case_id, (("case", row.case_id),))


boxes.register("handovers", Box("overdracht", gettext_lazy("Handovers"), _handovers))
boxes.register("questions", Box("bekend", gettext_lazy("Is somebody known?"), _questions))
boxes.register("process", Box("procesregie", gettext_lazy("Process coordination"), _process))
boxes.register("moves", Box("verplaatsen", gettext_lazy("Families that move"), _moves))
