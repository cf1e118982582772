"""Letters about an application on its way: received, something is missing, it takes longer (Awb 4:3a, 4:5, 4:14).

They go to who asked. Their words belong to the jurist, as those of a decision do; what is missing and until when comes
from what was written down already, and is typed once.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.models import StaffMember
from rondom.core.clock import today
from rondom.core.errors import BadInput, RondomError
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.decisions import actions
from rondom.decisions.enums import NoticeKind, StepKind
from rondom.decisions.letters import FIELDS, printed_address
from rondom.decisions.models import Application, ApplicationLetter, TermStep
from rondom.documents import store
from rondom.documents.letters import LETTERS, Letter, LetterKind, made, merged
from rondom.documents.queries import wording_on
from rondom.reference.queries import municipality_name

TEXTS = Path(__file__).parent / "texts"
COMMON = ("aanhef", "naam_kind", "aanvraag_datum", "gevraagd", "gemeente", "behandelaar")
OWN: dict[str, tuple[Any, str]] = {
    "ontbreekt": (gettext_lazy("what is missing"), "Het verslag van school.\n\nUw handtekening."),
    "aanvullen_tot": (gettext_lazy("until when they can send it"), "8 december 2026"),
    "besluit_uiterlijk": (gettext_lazy("until when the municipality decides"), "28 december 2026"),
    "reden": (gettext_lazy("why it takes longer"), "Wij wachten nog op het verslag van de orthopedagoog."),
}


@dataclass(frozen=True)
class Notice:
    """A kind of letter about an application: its name, its title, which own fields it has, and what the law asks."""

    name: Any
    title: str
    fields: tuple[str, ...]
    needs: dict[str, tuple[Any, str]]


NOTICES: dict[str, Notice] = {
    NoticeKind.RECEIPT: Notice(
        gettext_lazy("We received the application"), "Wij ontvingen uw aanvraag", ("besluit_uiterlijk",),
        {"aanvraag_datum": (gettext_lazy("The letter does not say on which day it came in."), "Awb 4:3a")},
    ),
    NoticeKind.COMPLETION: Notice(
        gettext_lazy("Something is missing"), "Er ontbreekt iets aan uw aanvraag", ("ontbreekt", "aanvullen_tot"),
        {
            "ontbreekt": (gettext_lazy("The letter does not say what is missing."), "Awb 4:5 lid 1"),
            "aanvullen_tot": (gettext_lazy("The letter does not say until when they can send it."), "Awb 4:5 lid 1"),
        },
    ),
    NoticeKind.POSTPONEMENT: Notice(
        gettext_lazy("It takes longer"), "Ons besluit duurt langer", ("reden", "besluit_uiterlijk"),
        {"besluit_uiterlijk": (gettext_lazy("The letter does not name the new last day."), "Awb 4:14")},
    ),
}  # fmt: skip
for _kind, _notice in NOTICES.items():
    LETTERS.register(
        f"application-{_kind}",
        LetterKind(
            title=_notice.name,
            fields={**{name: FIELDS[name][0] for name in COMMON}, **{name: OWN[name][0] for name in _notice.fields}},
            examples={**{name: FIELDS[name][1] for name in COMMON}, **{name: OWN[name][1] for name in _notice.fields}},
            first_title=_notice.title, first_text=(TEXTS / f"{_kind}.txt").read_text("utf-8"), needs=_notice.needs,
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """A letter that can be made now: its kind, and the step it is about."""

    kind: NoticeKind
    step: TermStep | None = None

    @property
    def name(self) -> Any:
        """What the letter says, in a few words."""
        return NOTICES[self.kind].name


def to_make(row: Application) -> list[Wanted]:
    """Return the letters that an application asks for and that were not made: receipt, what is missing, longer."""
    if row.term_after is None:
        return []
    have = {(letter.kind, letter.step_id) for letter in row.letters.all()}
    wanted = [Wanted(NoticeKind.RECEIPT)]
    of_step = {StepKind.COMPLETION: NoticeKind.COMPLETION, StepKind.POSTPONED: NoticeKind.POSTPONEMENT}
    wanted += [Wanted(of_step[StepKind(s.kind)], s) for s in row.steps.all() if s.kind in of_step]
    return [each for each in wanted if (each.kind, each.step.pk if each.step else None) not in have]


def values(row: Application, step: TermStep | None, at: dt.datetime) -> dict[str, str]:
    """Return the merge fields; one without value is empty."""
    handler, day = row.handled_by, today(at)
    until = step.until if step and step.kind == StepKind.POSTPONED else row.decide_by
    return {
        "aanhef": _("Dear %(name)s,") % {"name": row.asked_by.name}, "naam_kind": row.dossier.youth.name,
        "aanvraag_datum": date_words(row.received_on), "gevraagd": row.asked,
        "ontbreekt": step.words if step and step.kind == StepKind.COMPLETION else "",
        "aanvullen_tot": date_words(step.until) if step and step.kind == StepKind.COMPLETION and step.until else "",
        "reden": step.words if step and step.kind == StepKind.POSTPONED else "",
        "besluit_uiterlijk": date_words(until) if until else "",
        "gemeente": municipality_name(row.municipality, on=day),
        "behandelaar": f"{handler.name}, {handler.phone}," if handler.phone else handler.name,
    }  # fmt: skip


def letter_for(row: Application, wanted: Wanted, *, at: dt.datetime) -> tuple[Letter, bool]:
    """Return the letter to who asked, and whether no address is printed."""
    key, day = f"application-{wanted.kind}", today(at)
    words, filled = wording_on(key, row.municipality, day), values(row, wanted.step, at)
    address = printed_address(row.asked_by, row.municipality, at)
    title = merged(words.title, filled)
    letter = Letter(
        sender=(_("Municipality of %(name)s") % {"name": municipality_name(row.municipality, on=day)},),
        to=(row.asked_by.name, *address), facts=((_("Date"), date_words(day)),),
        title=title[0].text if title else str(LETTERS[key].title), blocks=merged(words.text, filled),
    )  # fmt: skip
    return letter, not address


def make(
    row: Application, wanted: Wanted, *, by: Principal, at: dt.datetime, filed_by: StaffMember
) -> ApplicationLetter:
    """Make and file a letter about an application, outside any transaction.

    Raises BadInput for a letter that was made already, and typesetting.Unavailable when no PDF can be made.
    """
    if wanted not in to_make(row):
        raise BadInput(_("This letter was made already."))
    letter, no_address = letter_for(row, wanted, at=at)
    content, media_type = made(letter)
    blob, size, digest = store.keep([content])
    try:
        return actions.file_notice(
            by=by, at=at, application=row, kind=wanted.kind, step=wanted.step, title=letter.title,
            no_address=no_address, blob=blob, size=size, digest=digest, media_type=media_type, filed_by=filed_by,
        )  # fmt: skip
    except RondomError:
        store.remove(blob)
        raise
