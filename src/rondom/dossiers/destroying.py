"""What becomes of cases and what is written in them when a dossier is destroyed.

A case goes with its last dossier. In a case that stays, a note goes when it is about the child that leaves and about no
other child; else only the line that it concerns this child goes. A meeting goes when everybody of the family at the
table leaves. Text that concerns others stays as they need it (Jw 7.3.9). ADR 0191.
"""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import F

from rondom.dossiers.models import (
    CaseAdult,
    CaseDossier,
    Clock,
    Dossier,
    Draft,
    Meeting,
    MeetingParticipant,
    Note,
    NoteConcern,
)
from rondom.dossiers.remaining import shared_rows
from rondom.people import destroying as people
from rondom.privacy.destruction import ROOT, Doomed, follows, goes, holds, keys_where

CASE, NOTE, MEETING = "dossiers.Case", "dossiers.Note", "dossiers.Meeting"


def linked_cases(doomed: Doomed) -> set[UUID]:
    """Return the cases that a dossier that goes is or was part of."""
    return set(CaseDossier.objects.filter(dossier__in=doomed.of(ROOT)).values_list("case", flat=True))


def youths(doomed: Doomed) -> set[UUID]:
    """Return the youths of the dossiers that go."""
    return set(Dossier.objects.filter(pk__in=doomed.of(ROOT)).values_list("youth", flat=True))


def _leaving(doomed: Doomed) -> set[UUID]:
    return youths(doomed) | doomed.of(people.PERSON)


def _cases(doomed: Doomed) -> Iterable[UUID]:
    linked = linked_cases(doomed)
    kept = CaseDossier.objects.filter(case__in=linked).exclude(dossier__in=doomed.of(ROOT))
    return linked - set(kept.values_list("case", flat=True))


def children_who_stay(doomed: Doomed, cases: set[UUID]) -> set[UUID]:
    """Return the youths of these cases whose dossier stays."""
    links = CaseDossier.objects.filter(case__in=cases).exclude(dossier__in=doomed.of(ROOT))
    return set(links.values_list("dossier__youth", flat=True))


def _notes(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Note, "case__in", doomed.of(CASE))
    linked = linked_cases(doomed)
    about = Note.objects.filter(case__in=linked, noteconcern__person__in=youths(doomed))
    others = NoteConcern.objects.filter(person__in=children_who_stay(doomed, linked)).values("note")
    yield from about.exclude(pk__in=others).values_list("pk", flat=True)


def _concerns(doomed: Doomed) -> Iterable[int]:
    yield from keys_where(NoteConcern, "note__in", doomed.of(NOTE))
    yield from keys_where(NoteConcern, "person__in", doomed.of(people.PERSON))
    yield from keys_where(NoteConcern, "person__in", youths(doomed), note__case__in=linked_cases(doomed))


def _let_corrections_stand(doomed: Doomed) -> None:
    Note.objects.filter(corrects__in=doomed.of(NOTE)).exclude(pk__in=doomed.of(NOTE)).update(
        corrects=None, version=F("version") + 1
    )


def _meetings(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Meeting, "case__in", doomed.of(CASE))
    seats = MeetingParticipant.objects.filter(meeting__case__in=linked_cases(doomed), person__isnull=False)
    leaving = _leaving(doomed)
    at_table: dict[UUID, set[UUID]] = {}
    for meeting, person in seats.values_list("meeting", "person"):
        at_table.setdefault(meeting, set()).add(person)
    yield from (meeting for meeting, persons in at_table.items() if persons <= leaving)


def _seats(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(MeetingParticipant, "meeting__in", doomed.of(MEETING))
    yield from keys_where(MeetingParticipant, "person__in", doomed.of(people.PERSON))
    yield from keys_where(MeetingParticipant, "person__in", youths(doomed), meeting__case__in=linked_cases(doomed))


def _clocks(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Clock, "case__in", doomed.of(CASE))
    yield from keys_where(Clock, "subject__in", doomed.ids)
    yield from keys_where(Clock, "subject__in", youths(doomed), case__in=linked_cases(doomed))


def _drafts(doomed: Doomed) -> Iterable[UUID]:
    """Drafts about what goes; and in a case that stays, those in which the child that leaves is ticked."""
    yield from keys_where(Draft, "anchor__in", doomed.ids)
    yield from keys_where(Draft, "subject__in", doomed.ids)
    leaving = {str(pk) for pk in _leaving(doomed)}
    for draft in Draft.objects.filter(anchor__in=linked_cases(doomed)):
        if leaving & set(_values_in(draft)):
            yield draft.pk


def _values_in(draft: Draft) -> Iterable[str]:
    try:
        typed: Any = json.loads(str(draft.body))
    except (ValueError, InvalidTag):  # unreadable: nobody can open it either, and it ends within days
        return
    for values in typed.values() if isinstance(typed, dict) else ():
        yield from (str(value) for value in values) if isinstance(values, list) else (str(values),)


@shared_rows(NOTE)
def _shared_notes(doomed: Doomed) -> Iterable[tuple[UUID, dt.datetime]]:
    about = Note.objects.filter(case__in=linked_cases(doomed), noteconcern__person__in=youths(doomed))
    yield from about.exclude(pk__in=doomed.of(NOTE)).values_list("pk", "happened_at")


@shared_rows(MEETING)
def _shared_meetings(doomed: Doomed) -> Iterable[tuple[UUID, dt.datetime]]:
    at_table = Meeting.objects.filter(case__in=linked_cases(doomed), participants__person__in=youths(doomed))
    yield from at_table.exclude(pk__in=doomed.of(MEETING)).values_list("pk", "planned_at")


@people.subjects("dossiers")
def _about(doomed: Doomed) -> Iterable[UUID]:
    yield from youths(doomed)
    yield from CaseAdult.objects.filter(case__in=doomed.of(CASE)).values_list("person", flat=True)


@people.needed("dossiers")
def _needed(doomed: Doomed, persons: set[UUID]) -> Iterable[UUID]:
    """Who has another dossier, takes part in a case that stays, or is in a note or meeting that stays.

    A child that leaves a case is not needed by what stays in it: its line there goes.
    """
    linked, leaving = linked_cases(doomed), youths(doomed)
    yield from Dossier.objects.filter(youth__in=persons).exclude(pk__in=doomed.of(ROOT)).values_list("youth", flat=True)
    yield from (
        CaseAdult.objects.filter(person__in=persons).exclude(case__in=doomed.of(CASE)).values_list("person", flat=True)
    )
    for person, case in (
        NoteConcern.objects.filter(person__in=persons)
        .exclude(note__in=doomed.of(NOTE))
        .values_list("person", "note__case")
    ):
        if person not in leaving or case not in linked:
            yield person
    for person, case in (
        MeetingParticipant.objects.filter(person__in=persons)
        .exclude(meeting__in=doomed.of(MEETING))
        .values_list("person", "meeting__case")
    ):
        if person not in leaving or case not in linked:
            yield person


@holds("dossiers.legal_hold")
def _legal_hold(dossier: UUID) -> str:
    return Dossier.objects.filter(pk=dossier).values_list("legal_hold", flat=True).first() or ""


goes(CASE, rows=_cases)
goes(NOTE, rows=_notes, loosen=_let_corrections_stand)
goes("dossiers.NoteConcern", rows=_concerns)
goes(MEETING, rows=_meetings)
goes("dossiers.MeetingParticipant", rows=_seats)
goes("dossiers.Clock", rows=_clocks)
goes("dossiers.Draft", rows=_drafts)
follows("dossiers.CaseDossier", "case", "dossier")
follows("dossiers.CaseAdult", "case", "person")
follows("dossiers.CaseRole", "case")
follows("dossiers.RoleHandover", "case")
follows("dossiers.ProcessRequest", "case")
follows("dossiers.CoveredCase", "case")
follows("dossiers.MovedCase", "case")
