"""Where who watches over the looks finds the pages: doors, navigation, and the tiles of the first page."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.start import START_PAGES
from rondom.core.components import Pill, Step
from rondom.core.navigation import NavItem, navigation
from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.core.words import clock_words
from rondom.dossiers import oversight

officer_door = staff_door(Role.PRIVACY_OFFICER)
review_door = staff_door(Role.PRIVACY_OFFICER, Role.TEAM_LEAD)


@dataclass(frozen=True)
class Tile:
    """One thing the privacy officer watches over: what waits, how urgent, and the step to it."""

    title: Any
    text: Any
    step: Step
    pill: Pill | None = None


tiles: Registry[Callable[[Principal, dt.datetime], Tile]] = Registry("tiles of the privacy officer")


@tiles("emergencies")
def _emergencies(by: Principal, at: dt.datetime) -> Tile:
    waiting = oversight.emergencies_for(by, at=at).filter(reviewed_at=None)
    count, first = waiting.count(), waiting.first()
    said = clock_words(first.review_due_at - dt.timedelta(microseconds=1), at) if first else None
    text = ngettext("%(count)s waits for your judgement.", "%(count)s wait for your judgement.", count)
    return Tile(
        _("Emergency access"), text % {"count": count} if count else _("Nothing waits for your judgement."),
        Step(_("View emergency accesses"), reverse("privacy:emergencies"), primary=bool(count)),
        Pill(said.text, said.tone) if said else None,
    )  # fmt: skip


@tiles("destructions")
def _destructions(by: Principal, at: dt.datetime) -> Tile:
    waiting = oversight.destructions_for(by, at=at).filter(done_at=None, refused_reason="")
    count, first = waiting.count(), waiting.first()
    said = clock_words(first.due_on, at) if first and first.due_on else None
    text = ngettext("%(count)s dossier waits for a decision.", "%(count)s dossiers wait for a decision.", count)
    return Tile(
        _("Destroying"), text % {"count": count} if count else _("No dossier waits for a decision."),
        Step(_("View requests"), reverse("privacy:destructions"), primary=bool(count)),
        Pill(said.text, said.tone) if said else None,
    )  # fmt: skip


@tiles("log")
def _log(by: Principal, at: dt.datetime) -> Tile:
    return Tile(
        _("Who looked?"), _("Look up who opened one dossier, with an exact key."),
        Step(_("Look up"), reverse("privacy:log")),
    )  # fmt: skip


@tiles("standing_out")
def _standing_out(by: Principal, at: dt.datetime) -> Tile:
    count = len(oversight.standing_out(by, at=at))
    text = ngettext("%(count)s look of the last month deserves a question.",
                    "%(count)s looks of the last month deserve a question.", count)  # fmt: skip
    return Tile(
        _("Looks that stand out"), text % {"count": count} if count else _("Nothing of the last month stands out."),
        Step(_("View what stands out"), reverse("privacy:standing_out")),
    )  # fmt: skip


@tiles("relatives")
def _relatives(by: Principal, at: dt.datetime) -> Tile:
    return Tile(
        _("Own relatives"), _("What colleagues declared must stay closed to them; undo a mistake."),
        Step(_("View own relatives"), reverse("privacy:relatives")),
    )  # fmt: skip


@tiles("register")
def _register(by: Principal, at: dt.datetime) -> Tile:
    return Tile(
        _("Register of processing"), _("What is kept about people, what for and how long."),
        Step(_("View the register"), reverse("privacy:register")),
    )  # fmt: skip


def register() -> None:
    """Put the pages in the navigation and make the first one the start of the privacy officer."""
    officer = frozenset({Role.PRIVACY_OFFICER})
    START_PAGES.register(Role.PRIVACY_OFFICER, "privacy:start")
    for name, label, order, roles in (
        ("start", gettext_lazy("What waits"), 10, officer),
        ("emergencies", gettext_lazy("Emergency access"), 40, officer | {Role.TEAM_LEAD}),
        ("destructions", gettext_lazy("Destroying"), 45, officer | {Role.TEAM_LEAD}),
        ("log", gettext_lazy("Who looked?"), 50, officer),
    ):
        navigation.register(f"privacy.{name}", NavItem(label, f"privacy:{name}", roles=roles, order=order))
