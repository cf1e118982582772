"""The contact journal: writing a note, changing your own within the day, correcting it later."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, Unwise
from rondom.core.events import record, subject
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.dossiers.actions.files import case_subjects, touch
from rondom.dossiers.enums import Channel, ReadableBy
from rondom.dossiers.models import Case, Note, NoteConcern
from rondom.dossiers.rules import may_change_note
from rondom.people.models import Person

CHANGEABLE = frozenset({"text", "said_by", "channel", "happened_at", "readable_by"})


@action
def write_note(
    *,
    by: Principal,
    at: dt.datetime,
    case: Case,
    author: StaffMember,
    text: str,
    concerns: Iterable[Person],
    channel: Channel,
    happened_at: dt.datetime,
    said_by: str = "",
    reporter: str = "",
    readable_by: ReadableBy = ReadableBy.FAMILY,
    corrects: Note | None = None,
) -> Note:
    """Write a note in the journal of a case. It concerns at least one person; it lies in the past."""
    persons = list(concerns)
    if not text.strip():
        raise BadInput(_("The note is empty. Write what happened, in a few words."), field="text")
    if not persons:
        raise BadInput(_("Choose whom this note is about."), field="concerns")
    if happened_at > at:
        raise BadInput(_("This moment lies in the future. A plan for later is a meeting."), field="happened_at")
    note = Note.objects.create(
        municipality=case.municipality, case=case, written_by=author, happened_at=happened_at, channel=channel,
        text=text.strip(), said_by=said_by, reporter=reporter or None, readable_by=readable_by,
        corrects=corrects, created_at=at, changed_at=at,
    )  # fmt: skip
    NoteConcern.objects.bulk_create([NoteConcern(note=note, person=person) for person in persons])
    day = clock.today(at)
    touch(case, day)
    record(
        by, "dossiers.note_written", note, at=at, municipality=case.municipality,
        subjects=[*case_subjects(case, day=day), *map(subject, persons)],
    )  # fmt: skip
    return note


@action
def change_note(*, by: Principal, at: dt.datetime, note: Note, changes: Mapping[str, Any], opened_version: int) -> Note:
    """Change your own note on the day it was written; afterwards it is corrected by a new one (`correct_note`).

    Raises Stale when it was saved since it was opened, NotAllowed for somebody else's note, Unwise after that day.
    """
    if note.written_by_id != by.key:
        raise NotAllowed(_("Only who wrote a note can change it. You can write a note of your own beside it."))
    if not may_change_note(by, note, at):
        raise Unwise(_("A note is fixed after the day it was written. Write a correction; both stay to be read."))
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"cannot change {sorted(unknown)} of a note")
    if not str(changes.get("text", note.text)).strip():
        raise BadInput(_("The note is empty. Write what happened, in a few words."), field="text")
    if changes.get("happened_at", note.happened_at) > at:
        raise BadInput(_("This moment lies in the future. A plan for later is a meeting."), field="happened_at")
    changed = save_changes(note, changes, opened_version=opened_version, at=at)
    record(
        by, "dossiers.note_changed", note, at=at, municipality=note.municipality, fields=changed,
        subjects=[
            *case_subjects(note.case, day=clock.today(at)),
            *(subject(p) for p in note.concerns.all()),
        ],
    )  # fmt: skip
    return note


@action
def correct_note(*, by: Principal, at: dt.datetime, note: Note, author: StaffMember, text: str) -> Note:
    """Write a correction of a note: a new one about the same persons and the same contact, linked to the first."""
    return write_note(
        by=by, at=at, case=note.case, author=author, text=text, concerns=note.concerns.all(),
        channel=Channel(note.channel), happened_at=note.happened_at, said_by=note.said_by,
        readable_by=ReadableBy(note.readable_by), corrects=note,
    )  # fmt: skip
