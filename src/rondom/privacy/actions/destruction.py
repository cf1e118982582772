"""Carrying out an approved destruction, and doing it again after a restart or a restore. ADR 0191.

Asking and approving stand in `dossiers.actions.destruction`, where a dossier is known.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.core import scrubbing
from rondom.core.actions import action
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.events import record
from rondom.core.locks import hold
from rondom.core.periods import moment_filter
from rondom.core.principals import MACHINE_ID, Principal
from rondom.privacy import destruction, ledger
from rondom.privacy.actions.sight import end_relation
from rondom.privacy.models import Destruction, Relation

SUBJECTS = {
    "dossiers.Dossier": "dossier", "dossiers.Case": "case", "people.Person": "person", "entry.Referral": "referral",
    "privacy.Remainder": "remainder",
}  # fmt: skip


def refuse_held(dossier: UUID) -> None:
    """Raise VoidByLaw when something forbids that a dossier is destroyed: an objection, a complaint, an incident."""
    for _name, forbids in destruction.holds:
        if why := forbids(dossier):
            raise VoidByLaw(
                _("This dossier may not be destroyed now: %(why)s") % {"why": why}, source="Archiefbesluit; Jw 7.3.9"
            )


@action
def carry_out(*, by: Principal, at: dt.datetime, row: Destruction) -> Destruction:
    """Destroy what an approved request is about: everything or nothing, and the ledger says so before it counts.

    Raises VoidByLaw for a legal hold, BadInput when it is not approved by a second person or was done or refused.
    """
    hold("privacy.destruction")
    row = Destruction.objects.select_for_update().get(pk=row.pk)
    if not row.is_open:
        raise BadInput(_("This was carried out or refused already."))
    if row.approved_by in (None, row.asked_by) or row.is_proposal:
        raise BadInput(_("A second person has to approve this first."))
    refuse_held(row.dossier)
    afterwards = _destroy(by, at, row)
    ledger.append(_line(row))
    transaction.on_commit(lambda: _clean(afterwards))
    return row


def _destroy(by: Principal, at: dt.datetime, row: Destruction) -> list[object]:
    doomed = destruction.doomed_with(row.dossier)
    named = [("dossier", row.dossier), *((k, pk) for label, k in SUBJECTS.items() for pk in doomed.of(label))]
    counts = doomed.counts()
    for _name, keep in destruction.first:
        keep(by, at, doomed)
    _end_sight(by, at, [pk for _kind, pk in named])
    afterwards: list[object] = list(destruction.remove(doomed))
    row.done_at, row.balancing, row.counts, row.changed_at = at, "", counts, at
    row.version += 1
    row.save()
    record(
        by, "privacy.dossier_destroyed", row, at=at, ground=row.reason, municipality=row.municipality, subjects=named,
        rules=[f"{label}:{count}" for label, count in counts.items()],
    )  # fmt: skip
    return afterwards


def _end_sight(by: Principal, at: dt.datetime, gone: Iterable[UUID]) -> None:
    named = list(gone)
    for relation in Relation.objects.filter(Q(subject__in=named) | Q(principal__in=named), moment_filter(at)):
        end_relation(by=by, at=at, relation=relation, ground="destroyed")


def _clean(afterwards: Iterable[object]) -> None:
    """Remove contents outside the database and the bytes of deleted rows; what fails here the nightly jobs repeat."""
    for act in afterwards:
        if callable(act):
            act()
    scrubbing.scrub()


def _line(row: Destruction) -> ledger.Line:
    if row.done_at is None:
        raise ValueError("not done")
    return ledger.Line(
        destruction=str(row.pk), dossier=str(row.dossier), municipality=row.municipality, reason=row.reason,
        asked_by=str(row.asked_by), asked_at=_text(row.asked_at), approved_by=str(row.approved_by),
        done_at=_text(row.done_at),
    )  # fmt: skip


def _text(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat()


@action
def destroy_again(*, by: Principal, at: dt.datetime, line: ledger.Line) -> Destruction:
    """Finish, or repeat after a restore, a destruction that the ledger tells of. A machine does this, nobody else."""
    if by.kind != "machine" or by.key != MACHINE_ID:
        raise BadInput(_("Only the system itself repeats a destruction."))
    hold("privacy.destruction")
    open_still = Destruction.objects.filter(dossier=line.dossier_id, done_at=None, refused_reason="")
    open_still.exclude(pk=line.destruction).delete()
    row = Destruction.objects.filter(pk=line.destruction).first() or Destruction(pk=UUID(line.destruction))
    row.municipality, row.dossier, row.reason = line.municipality, line.dossier_id, line.reason
    row.asked_by, row.asked_at = UUID(line.asked_by), dt.datetime.fromisoformat(line.asked_at)
    row.approved_by, row.approved_at = UUID(line.approved_by), dt.datetime.fromisoformat(line.done_at)
    row.refused_reason, row.refused_by, row.refused_at = "", None, None
    row.save()
    afterwards = _destroy(by, at, row)
    Destruction.objects.filter(pk=row.pk).update(done_at=dt.datetime.fromisoformat(line.done_at))
    transaction.on_commit(lambda: _clean(afterwards))
    return row
