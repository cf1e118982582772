"""How long a dossier is kept, by law, and why (DOS-02, DOS-11)."""

import datetime as dt

from django.db.models import QuerySet

from rondom.dossiers.enums import DossierKind
from rondom.dossiers.models import Dossier
from rondom.law.calendar import add_years
from rondom.law.consent import RetentionFacts, kept_until
from rondom.law.engine import Answer, national
from rondom.privacy.models import Destruction

SELECTION_LIST = (
    "Dit dossier legt alleen vast dat er hulp loopt. Het is een stuk van de gemeente: de selectielijst van de "
    "Archiefwet bepaalt hoe lang het blijft, per resultaat van het besluit. De archivaris beslist."
)


def retention_of(dossier: Dossier, *, on: dt.date) -> Answer[dt.date]:
    """Return the last day on which a dossier must be kept, with its explanation.

    A full dossier: years after its last change (Jw 7.3.8 lid 3). A registration only is a municipal file under the
    selection list (DOS-11, ARC-02): which result it has is not known here, so the answer has no outcome.
    """
    if dossier.kind == DossierKind.REGISTRATION_ONLY:
        return Answer(None, ("DOS-11", "ARC-02"), (), SELECTION_LIST, asks=("result",))
    return kept_until(RetentionFacts(last_change_on=dossier.last_change_on, on=on))


def past_retention(day: dt.date) -> QuerySet[Dossier]:
    """Return the full dossiers that need no longer be kept on a day, without hold or earlier request, oldest first.

    A first sieve by the number of years; `retention_of` decides.
    """
    years = int(national().on("dossier_retention_years", day).value)
    rows = Dossier.objects.filter(kind=DossierKind.FULL, legal_hold="", last_change_on__lt=add_years(day, -years))
    return rows.exclude(pk__in=Destruction.objects.values("dossier")).order_by("last_change_on", "pk")
