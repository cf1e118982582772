"""What becomes of a worry when a dossier is destroyed: it goes with its case, or when no other child of it stays.

A question with which the family of a registration asked for help goes with that dossier; so do its referrals.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from rondom.dossiers.destroying import CASE, children_who_stay, linked_cases, youths
from rondom.dossiers.remaining import shared_rows
from rondom.entry.models import Concern, ConcernPerson
from rondom.people import destroying as people
from rondom.privacy.destruction import ROOT, Doomed, follows, goes, keys_where, stays

CONCERN = "entry.Concern"


def _concerns(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(Concern, "case__in", doomed.of(CASE))
    yield from keys_where(Concern, "registration__in", doomed.of(ROOT))
    linked = linked_cases(doomed)
    others = ConcernPerson.objects.filter(person__in=children_who_stay(doomed, linked)).values("concern")
    about = Concern.objects.filter(case__in=linked, persons__person__in=youths(doomed))
    yield from about.exclude(pk__in=others).values_list("pk", flat=True)


def _persons(doomed: Doomed) -> Iterable[UUID]:
    yield from keys_where(ConcernPerson, "concern__in", doomed.of(CONCERN))
    yield from keys_where(ConcernPerson, "person__in", doomed.of(people.PERSON))
    yield from keys_where(ConcernPerson, "person__in", youths(doomed), concern__case__in=linked_cases(doomed))


@shared_rows(CONCERN)
def _shared(doomed: Doomed) -> Iterable[tuple[UUID, dt.datetime]]:
    about = Concern.objects.filter(case__in=linked_cases(doomed), persons__person__in=youths(doomed))
    yield from about.exclude(pk__in=doomed.of(CONCERN)).values_list("pk", "received_at")


@people.needed("entry")
def _needed(doomed: Doomed, persons: set[UUID]) -> Iterable[UUID]:
    linked, leaving = linked_cases(doomed), youths(doomed)
    kept = ConcernPerson.objects.filter(person__in=persons).exclude(concern__in=doomed.of(CONCERN))
    for person, case in kept.values_list("person", "concern__case"):
        if person and (person not in leaving or case not in linked):
            yield person


goes(CONCERN, rows=_concerns)
goes("entry.ConcernPerson", rows=_persons)
follows("entry.Triage", "concern")
follows("entry.TeamProposal", "concern")
follows("entry.Referral", "dossier")
stays("entry.OpenQuestion", "nobody is named in it; it has a day of its own on which it is destroyed")
