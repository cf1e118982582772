"""Opening a case or dossier: the permission is in the query, the look is recorded before anything is shown.

Something that exists outside the viewer's sight and something that does not exist give the same NotFound; the first is
recorded as a refused look, so that the family can see the attempt.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from rondom.core.errors import NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.periods import moment_filter
from rondom.core.principals import Principal
from rondom.dossiers.models import Case, CaseAdult, CaseDossier, Dossier
from rondom.dossiers.queries import cases_for, cases_of_persons, dossiers_for, dossiers_in, openable, persons_for
from rondom.people.models import Person
from rondom.privacy.enums import GIVES, Sight, SubjectKind
from rondom.privacy.models import Relation


def ground_of(by: Principal, kind: SubjectKind, pk: UUID, *, at: dt.datetime, sight: Sight) -> str:
    """Return why the viewer sees this subject: "kind: ground" of the strongest relation."""
    relation = (
        Relation.objects.filter(
            moment_filter(at), subject_kind=kind, subject=pk, principal__in=by.keys, kind__in=GIVES[sight]
        )
        .order_by("kind", "starts_at", "pk")
        .first()
    )
    return f"{relation.kind}: {relation.ground}"[:60] if relation else ""


def around_case(case: Case) -> list[Subject]:
    """Return whom a refused look at a case is about: the case and its dossiers, so that each family sees it."""
    linked = CaseDossier.objects.filter(case=case).values_list("dossier_id", flat=True)
    return [subject(case), *(("dossier", pk) for pk in linked)]


def around_person(person: Person) -> list[Subject]:
    """Return whom a refused look at a person is about: the person, the own dossiers and the cases around."""
    dossiers = list(Dossier.objects.filter(youth=person).values_list("pk", flat=True))
    cases = {*CaseDossier.objects.filter(dossier__in=dossiers).values_list("case_id", flat=True)}
    cases |= {*CaseAdult.objects.filter(person=person).values_list("case_id", flat=True)}
    return [subject(person), *(("dossier", pk) for pk in dossiers), *(("case", pk) for pk in sorted(cases))]


def _refused(by: Principal, thing: Model, subjects: list[Subject], page: str, at: dt.datetime) -> NotFound:
    look(by, page, thing, subjects=subjects, result="denied", at=at)
    return NotFound("")


def open_case(by: Principal, pk: UUID, *, at: dt.datetime, page: str, sight: Sight = Sight.OPEN) -> Case:
    """Return the case when it is within sight and record the look (`page` names it, e.g. "desk.family_shown").

    The look names the case and those of its dossiers that the viewer may see; raises NotFound otherwise.
    """
    case = cases_for(by, at=at, sight=sight, few=True).select_related("team").filter(pk=pk).first()
    if case is None:
        hidden = Case.objects.filter(pk=pk).first()
        if hidden is None:
            raise NotFound("")
        raise _refused(by, hidden, around_case(hidden), page, at)
    shown = [("dossier", d.pk) for d in dossiers_in(case, by, at=at, sight=sight)]
    ground = ground_of(by, SubjectKind.CASE, case.pk, at=at, sight=sight)
    look(by, page, case, subjects=[subject(case), *shown], ground=ground, at=at)
    return case


def open_dossier(by: Principal, pk: UUID, *, at: dt.datetime, page: str, sight: Sight = Sight.OPEN) -> Dossier:
    """Return the dossier when it is within sight and record the look; raises NotFound otherwise."""
    dossier = dossiers_for(by, at=at, sight=sight, few=True).select_related("youth").filter(pk=pk).first()
    if dossier is None:
        hidden = Dossier.objects.filter(pk=pk).first()
        if hidden is None:
            raise NotFound("")
        raise _refused(by, hidden, [subject(hidden)], page, at)
    ground = ground_of(by, SubjectKind.DOSSIER, dossier.pk, at=at, sight=sight)
    look(by, page, dossier, subjects=[subject(dossier), ("person", dossier.youth_id)], ground=ground, at=at)
    return dossier


def open_person(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Person:
    """Return a person within open sight and record the look; raises NotFound otherwise.

    The look names the person, the own dossier and the cases through which this viewer sees them, so that it stands
    among "who looked" of the family.
    """
    person = persons_for(by, at=at).filter(pk=pk, merged_into=None).first()
    if person is None:
        raise _refused_person(by, pk, page, at)
    return _shown_person(by, person, page, at)


def _shown_person(by: Principal, person: Person, page: str, at: dt.datetime) -> Person:
    listed = cases_of_persons([person.pk], by, at=at)[person.pk]
    cases = sorted(openable(by, listed, at=at), key=listed.index)
    dossiers = list(dossiers_for(by, at=at).filter(youth=person).values_list("pk", flat=True))
    about = [(SubjectKind.CASE, pk) for pk in cases] + [(SubjectKind.DOSSIER, pk) for pk in dossiers]
    grounds = (
        ground_of(by, kind, pk, at=at, sight=Sight.OPEN) for kind, pk in [*about, (SubjectKind.PERSON, person.pk)]
    )
    subjects = [subject(person), *((str(kind.value), pk) for kind, pk in about)]
    look(by, page, person, subjects=subjects, ground=next(filter(None, grounds), ""), at=at)
    return person


def _refused_person(by: Principal, pk: UUID, page: str, at: dt.datetime) -> NotFound:
    hidden = Person.objects.filter(pk=pk).first()
    if hidden is None:
        return NotFound("")
    return _refused(by, hidden, around_person(hidden), page, at)


def open_fact[R: Model](
    by: Principal, model: type[R], pk: UUID, *, at: dt.datetime, page: str, of: str = "person"
) -> tuple[R, Person]:
    """Return one fact about a person (a phone number, authority, ...) with that person, who must be in open sight.

    `of` names the column of the person it is about: a foreign key, or an id in a room below. Raises NotFound, with
    a refused look when it exists elsewhere.
    """
    row = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    person = getattr(row, f"{of}_id", None) or getattr(row, of)
    return row, open_person(by, person, at=at, page=page)


def row_in_sight[R: Model](by: Principal, rows: QuerySet[R], pk: UUID, *, at: dt.datetime, page: str) -> R:
    """Return one row of a case (a note, a meeting, a date) out of the rows within sight.

    One that exists outside them is a refused look at its case; raises NotFound either way. The door then opens the case
    for the look itself.
    """
    row = rows.select_related("case__team").filter(pk=pk).first()
    if row is not None:
        return row
    hidden: Any = rows.model._default_manager.filter(pk=pk).select_related("case").first()
    if hidden is None:
        raise NotFound("")
    raise _refused(by, hidden, around_case(hidden.case), page, at)
