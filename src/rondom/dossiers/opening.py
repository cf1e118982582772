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
from rondom.dossiers.models import Case, CaseDossier, Dossier
from rondom.dossiers.queries import cases_for, dossiers_for, dossiers_in
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
        linked = CaseDossier.objects.filter(case=hidden).values_list("dossier_id", flat=True)
        raise _refused(by, hidden, [subject(hidden), *(("dossier", d) for d in linked)], page, at)
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
    linked = CaseDossier.objects.filter(case=hidden.case_id).values_list("dossier_id", flat=True)
    raise _refused(by, hidden, [subject(hidden.case), *(("dossier", d) for d in linked)], page, at)
