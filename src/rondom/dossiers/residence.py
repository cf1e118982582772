"""Which municipality is responsible: which youths to find it out for, and who may see that question.

The question is put to the back office of the municipality with a relation of its own on the dossier (sight "product"):
it gives name, date of birth and the register facts, nothing of the help. It ends when the municipality is found. A
shielded dossier is never put by itself. ADR 0202.
"""

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import OrganisationKind
from rondom.accounts.models import Organisation
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import look, record, subject
from rondom.core.periods import moment_filter
from rondom.core.principals import Principal, machine
from rondom.dossiers.models import Dossier
from rondom.dossiers.opening import open_dossier
from rondom.dossiers.queries import dossiers_for
from rondom.law.engine import Answer
from rondom.law.residence import Residence
from rondom.people.models import ResidenceFinding
from rondom.people.residence import Known, findings_on, known_of
from rondom.people.signals import residence_found
from rondom.privacy.actions import end_relation, relate
from rondom.privacy.enums import RelationKind, Sight, SubjectKind
from rondom.privacy.models import Relation

GROUND = "Jw 1.1: responsible municipality"
BATCH = 200


@dataclass(frozen=True)
class Question:
    """One youth for whom the responsible municipality is to be found out.

    recorded     the CBS code in the dossier; "" when there is none, or none for this viewer
    finding      the finding that holds, if this viewer may see it
    why          "unknown", "asked", "differs", "doubt" or "provisional"
    """

    dossier: Dossier
    known: Known
    answer: Answer[Residence]
    recorded: str
    finding: ResidenceFinding | None
    why: str


def _why(row: Dossier, answer: Answer[Residence], finding: ResidenceFinding | None, asked: bool) -> str:
    """Return why this is to be found out, "" when it is not."""
    if finding is not None and not finding.provisional:
        return "asked" if asked else ""
    if finding is not None:
        return "provisional"
    recorded = row.responsible_municipality
    if not recorded:
        return "unknown"
    if answer.outcome is not None and answer.doubt is None and answer.outcome.municipality != recorded:
        return "differs"
    return "doubt" if answer.doubt is not None else "asked" if asked else ""


def questions_among(
    dossiers: Iterable[Dossier], by: Principal, *, at: dt.datetime, asked: Container[UUID] = ()
) -> list[Question]:
    """Return what is to be found out among dossiers that come with their youth, in a fixed number of queries.

    `asked` are the dossiers about which a person asked: those stay until somebody recorded what was found. What was
    recorded about a youth with secret whereabouts is shown to who holds the right only.
    """
    rows = list(dossiers)
    youths = [row.youth for row in rows]
    known, found = known_of(youths, by, at=at), findings_on(youths, clock.today(at))
    questions = []
    for row in rows:
        of_youth, finding = known[row.youth_id], found.get(row.youth_id)
        answer = of_youth.answer
        why = _why(row, answer, finding, row.pk in asked)
        if why:
            recorded = row.responsible_municipality if of_youth.shown else ""
            questions.append(Question(row, of_youth, answer, recorded, finding if of_youth.shown else None, why))
    return questions


def questions_to_find(by: Principal, *, at: dt.datetime) -> list[Question]:
    """Return the youths the back office is to find the responsible municipality for, unknown first, then by name."""
    rows = dossiers_for(by, at=at, sight=Sight.PRODUCT).filter(closed_on=None, shielded=False).select_related("youth")
    listed = list(rows.order_by("youth__family_name", "youth__called", "pk"))
    found = questions_among(listed, by, at=at, asked=_put_among([row.pk for row in listed], at))
    order = ("unknown", "asked", "differs", "doubt", "provisional")
    return sorted(found, key=lambda q: order.index(q.why))


def question_of(by: Principal, dossier: UUID, *, at: dt.datetime, page: str) -> Question:
    """Return one question of the back office and record the look; raises NotFound for one not theirs, or over."""
    row = open_dossier(by, dossier, at=at, page=page, sight=Sight.PRODUCT)
    found = []
    if not row.shielded and row.closed_on is None:
        found = questions_among([row], by, at=at, asked=_put_among([row.pk], at))
    if not found:
        look(by, page, row, subjects=[subject(row)], result="denied", at=at)
        raise NotFound("")
    return found[0]


def _put_among(dossiers: Iterable[UUID], at: dt.datetime) -> set[UUID]:
    rows = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.DOSSIER, subject__in=list(dossiers), ground=GROUND,
        kind=RelationKind.ORGANISATION,
    )  # fmt: skip
    return set(rows.values_list("subject", flat=True))


def is_put(dossier: Dossier, *, at: dt.datetime) -> bool:
    """Tell whether the question rests with the back office."""
    return _relations(dossier.pk, at).exists()


def _relations(dossier: UUID, at: dt.datetime) -> Any:
    return Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.DOSSIER, subject=dossier, kind=RelationKind.ORGANISATION,
        ground=GROUND,
    )  # fmt: skip


@action
def ask_residence(*, by: Principal, at: dt.datetime, dossier: Dossier) -> None:
    """Put the question of the responsible municipality of one youth to the back office.

    Raises BadInput for a shielded dossier (that is agreed upon person by person) or when there is no back office.
    """
    if dossier.shielded:
        raise BadInput(_("This dossier is shielded. Agree with the privacy officer who finds this out."))
    offices = Organisation.objects.filter(municipality=dossier.municipality, kind=OrganisationKind.BACK_OFFICE)
    if not offices:
        raise BadInput(_("There is no back office here. Ask the functional administrator to add it."))
    record(
        by, "dossiers.residence_asked", dossier, at=at, subjects=[subject(dossier)], ground=GROUND,
        municipality=dossier.municipality,
    )  # fmt: skip
    standing = set(_relations(dossier.pk, at).values_list("principal", flat=True))
    for office in offices:
        if office.pk not in standing:  # an order gives sight on another ground: this one ends with the question
            relate(
                by=by, at=at, subject_kind=SubjectKind.DOSSIER, subject=dossier.pk, principal=office.pk,
                kind=RelationKind.ORGANISATION, ground=GROUND, municipality=dossier.municipality,
            )  # fmt: skip


def ask_for_all(*, at: dt.datetime) -> int:
    """Put to the back office what nobody put yet: each open dossier whose municipality is unknown, doubtful or other.

    Runs nightly. What points to a secret place plays no part: a machine has no right to it. Returns how many.
    """
    by, asked = machine("residence"), 0
    rows = Dossier.objects.filter(closed_on=None, shielded=False, opened_on__lt=clock.today(at)).select_related("youth")
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    with_office = set(
        Organisation.objects.filter(kind=OrganisationKind.BACK_OFFICE).values_list("municipality", flat=True)
    )
    for begin in range(0, len(pks), BATCH):
        some = rows.filter(pk__in=pks[begin : begin + BATCH], municipality__in=with_office).order_by("pk")
        for question in questions_among(some, by, at=at):
            if not is_put(question.dossier, at=at):
                ask_residence(by=by, at=at, dossier=question.dossier)
                asked += 1
    return asked


@receiver(residence_found)
def residence_is_found(sender: Any, finding: ResidenceFinding, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Write the municipality in the dossiers of the youth; the back office sees them no longer once it is settled."""
    rows = Dossier.objects.filter(youth=finding.person_id, closed_on=None)
    for row in rows.order_by("pk"):
        Dossier.objects.filter(pk=row.pk).update(
            responsible_municipality=finding.place, version=row.version + 1, changed_at=at
        )
        record(
            by, "dossiers.residence_written", row, at=at, subjects=[subject(row)], fields=["responsible_municipality"],
            municipality=row.municipality,
        )  # fmt: skip
        if not finding.provisional:
            for relation in _relations(row.pk, at):
                end_relation(by=by, at=at, relation=relation, ground="found")
