"""What can be done with published figures: an import is begun, then stored as a whole or discarded as a whole.

Between `begin` and `store` figures are staged in small steps that nobody sees (`importing`); the swap is one short
transaction.
"""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from rondom.core import locks
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.indicators import published
from rondom.indicators.enums import ImportState
from rondom.indicators.layouts import Layout
from rondom.indicators.models import FigureImport, PublishedFigure


@action
def begin(*, by: Principal, at: dt.datetime, layout: Layout, file_name: str, reason: str = "") -> FigureImport:
    """Begin an import; `reason` says why known figures may be replaced. What a killed import left is put away."""
    for left in published.unfinished():
        discard(by=by, at=at, batch=left)
    batch = FigureImport.objects.create(
        municipality="", layout=layout.key, file_name=file_name[:120], source=layout.source, table=layout.table,
        licence=layout.licence, reason=reason, created_at=at, changed_at=at,
    )  # fmt: skip
    record(by, "indicators.import_begun", batch, at=at)
    return batch


@action
def store(
    *, by: Principal, at: dt.datetime, batch: FigureImport, digest: str, new: int, corrected: int, unchanged: int
) -> FigureImport:
    """Let the staged figures count, all at once, in place of the ones they correct.

    Raises BadInput and stores nothing when somebody stored one of these figures, or put this import away, meanwhile.
    """
    locks.hold("indicators.published")
    staged = PublishedFigure.objects.filter(batch=batch)
    same = staged.filter(**{name: OuterRef(name) for name in published.KEY})
    known = published.current().filter(Exists(same))
    taken = FigureImport.objects.filter(pk=batch.pk, state=ImportState.STAGING).update(
        state=ImportState.STORED, digest=digest, new=new, corrected=corrected, unchanged=unchanged, ended_at=at,
        changed_at=at, version=batch.version + 1,
    )  # fmt: skip
    older = known.exclude(batch=batch)
    if not taken or staged.count() != new + corrected or older.count() != corrected:
        raise BadInput(_("Another import changed these figures meanwhile. Nothing was stored: import the file again."))
    PublishedFigure.objects.filter(pk__in=list(older.values_list("pk", flat=True))).update(replaced_at=at)
    names = [name for name, number in (("new", new), ("corrected", corrected), ("unchanged", unchanged)) if number]
    record(by, "indicators.figures_imported", batch, at=at, fields=names)
    batch.refresh_from_db()
    return batch


@action
def discard(*, by: Principal, at: dt.datetime, batch: FigureImport) -> None:
    """Put an import away that is not stored, with everything it staged. One that is stored stays as it is."""
    put_away = FigureImport.objects.filter(pk=batch.pk, state=ImportState.STAGING).update(
        state=ImportState.DISCARDED, ended_at=at, changed_at=at
    )
    if put_away:
        PublishedFigure.objects.filter(batch=batch).delete()
    record(by, "indicators.import_discarded" if put_away else "indicators.import_found_ended", batch, at=at)
