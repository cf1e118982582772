"""What documents give to the timeline of a family."""

import datetime as dt

from django.utils.translation import gettext as _

from rondom.core.principals import Principal
from rondom.documents.queries import documents_in
from rondom.dossiers.models import Case
from rondom.dossiers.timeline import NEWEST, Entry, on_day, timeline


@timeline("documents")
def documents(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    """Return the documents of a case at the date they carry, else at the moment they were added."""
    return [
        Entry(
            at=on_day(row.dated_on) if row.dated_on else row.added_at, lane=_("Document"), title=row.title,
            detail=str(row.get_kind_display()), whole_day=row.dated_on is not None,
            link="documents:document", link_args={"document": row.pk},
        )
        for row in documents_in(case, by, at=at)[:NEWEST]
    ]  # fmt: skip
