"""What happens with dossiers, cases and notes when two persons turn out to be one (people.merging)."""

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.core.periods import overlaps
from rondom.dossiers.models import CaseAdult, Clock, Dossier
from rondom.people.merging import Stays, checks, ids
from rondom.people.models import Person


@checks("dossiers.one_dossier")
def _one_dossier(kept: Person, gone: Person) -> None:
    """Two dossiers of one child at one organisation: their content is for that organisation to bring together."""
    held = Dossier.objects.filter(youth=kept).values("organisation")
    if Dossier.objects.filter(youth=gone, organisation__in=held).exists():
        raise BadInput(
            _("Both have a dossier at the same organisation. Ask its team to bring the two dossiers together first.")
        )


@checks("dossiers.adults")
def _adults(kept: Person, gone: Person) -> Stays:
    stays = Stays(CaseAdult)
    for row in CaseAdult.objects.filter(person=gone):
        if CaseAdult.objects.filter(overlaps(row.starts, row.ends), person=kept, case=row.case_id).exists():
            stays.keys.add(row.pk)
    return stays


ids.register("dossiers.clock", (Clock, "subject"))
