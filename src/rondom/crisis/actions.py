"""What can be done with the register: an import is begun, and then stored as a whole or discarded as a whole.

Between `begin` and `store` lines are staged in small steps that nobody sees (`importing`). The swap itself is one short
transaction: on SQLite other people hardly wait for it.
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from rondom.core import locks
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.crisis import pseudonyms, queries
from rondom.crisis.enums import ImportState
from rondom.crisis.models import RegisterImport, RegisterLine

LONGEST_REASON, LONGEST_NAME = 200, 120


@action
def begin(*, by: Principal, at: dt.datetime, region: str, reason: str = "") -> RegisterImport:
    """Begin an import; `reason` says why stored lines are corrected. What a killed import left is put away."""
    locks.hold(pseudonyms.LOCK)
    pseudonyms.ready(region, at)
    for left in queries.unfinished(region):
        discard(by=by, at=at, batch=left)
    batch = RegisterImport.objects.create(municipality="", region=region, reason=reason, created_at=at, changed_at=at)
    record(by, "crisis.import_begun", batch, at=at)
    return batch


@action
def store(
    *, by: Principal, at: dt.datetime, batch: RegisterImport, digest: str, new: int, corrected: int, unchanged: int
) -> RegisterImport:
    """Let the staged lines count, all at once, and let them replace the lines they correct.

    Raises BadInput and stores nothing when somebody stored one of these lines, put this import away, or changed the
    keys meanwhile.
    """
    locks.hold(pseudonyms.LOCK)
    staged = RegisterLine.objects.filter(batch=batch)
    counting = queries.counting(batch.region)
    corrections = RegisterLine.objects.filter(replaced_by__batch=batch)
    others = counting.exclude(batch=batch).exclude(pk__in=corrections.values("pk"))
    clash = others.filter(report_id__in=staged.values("report_id"))
    taken = RegisterImport.objects.filter(pk=batch.pk, state=ImportState.STAGING).update(
        state=ImportState.STORED, digest=digest, new=new, corrected=corrected, unchanged=unchanged, ended_at=at,
        changed_at=at, version=batch.version + 1,
    )  # fmt: skip
    gone = corrections.filter(replaced_at__isnull=False).exists()
    if not taken or gone or staged.count() != new + corrected or clash.exists():
        raise BadInput(_("Another import changed the register meanwhile. Nothing was stored: import the file again."))
    if staged.exclude(generation=pseudonyms.generation_of(batch.region)).exists():
        raise BadInput(_("The keys of the installation changed meanwhile. Nothing was stored: import the file again."))
    corrections.update(replaced_at=at, changed_at=at)
    names = [name for name, number in (("new", new), ("corrected", corrected), ("unchanged", unchanged)) if number]
    record(by, "crisis.lines_imported", batch, at=at, fields=names)
    batch.refresh_from_db()
    return batch


@action
def discard(*, by: Principal, at: dt.datetime, batch: RegisterImport) -> None:
    """Put an import away that is not stored, with everything it staged. One that is stored stays as it is."""
    put_away = RegisterImport.objects.filter(pk=batch.pk, state=ImportState.STAGING).update(
        state=ImportState.DISCARDED, ended_at=at, changed_at=at
    )
    if put_away:
        RegisterLine.objects.filter(batch=batch).delete()
    record(by, "crisis.import_discarded" if put_away else "crisis.import_found_ended", batch, at=at)


@action
def withdraw(*, by: Principal, at: dt.datetime, region: str, report_id: str, because: str, name: str) -> RegisterLine:
    """Let a line that should never have been in the register no longer count; it stays, with why and who.

    The next edition of a report tells what changed by it. Raises BadInput without a reason or name, or when no line
    with this number counts.
    """
    because, name = " ".join(because.split()), " ".join(name.split())
    if not because or not name:
        raise BadInput(_("Say why the line is withdrawn, and who withdraws it."))
    if len(because) > LONGEST_REASON or len(name) > LONGEST_NAME:
        words = {"reason": LONGEST_REASON, "name": LONGEST_NAME}
        raise BadInput(_("Keep it short: at most %(reason)s characters for why, %(name)s for the name.") % words)
    locks.hold(pseudonyms.LOCK)
    line = queries.known_lines(region, [report_id]).get(report_id)
    if line is None:
        sentence = _("No line with number %(number)s counts in this register. Look at the number in the file.")
        raise BadInput(sentence % {"number": report_id[:40]})
    line.withdrawn_at, line.withdrawn_because, line.withdrawn_name = at, because, name
    line.changed_at, line.version = at, line.version + 1
    line.save(update_fields=["withdrawn_at", "withdrawn_because", "withdrawn_name", "changed_at", "version"])
    record(by, "crisis.line_withdrawn", line, at=at, fields=["withdrawn_because", "withdrawn_name"])
    return line
