"""Opening a family that is not yours: with a stated ground within the team, or as an emergency."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import subject
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.dossiers.actions.files import relate_once
from rondom.dossiers.models import Case, CaseDossier, Dossier
from rondom.dossiers.queries import cases_for, is_barred
from rondom.privacy.actions import note_emergency, note_stated_ground
from rondom.privacy.actions.emergencies import start_of_day
from rondom.privacy.enums import LookGround, RelationKind, Sight
from rondom.privacy.models import EmergencyAccess, StatedGround


@action
def open_with_ground(
    *, by: Principal, at: dt.datetime, case: Case, ground: LookGround, words: str = ""
) -> StatedGround:
    """Let a colleague of the team open a case and its unshielded dossiers until the end of the day, on a stated ground.

    Raises NotFound when the case is not in the own team's list (or closed to this colleague), BadInput without a
    ground. The coordinator sees it on the own first page.
    """
    if not cases_for(by, at=at, sight=Sight.ROW, few=True).filter(pk=case.pk).exists():
        raise NotFound("")
    if ground not in LookGround.values:
        raise BadInput(_("Choose why you open this family."), field="ground")
    until = start_of_day(at, days=1)
    row = note_stated_ground(
        by=by, at=at, case=case.pk, municipality=case.municipality, ground=ground, words=words, until=until
    )
    day = clock.today(at)
    links = CaseDossier.objects.filter(on(day), case=case, dossier__shielded=False).select_related("dossier")
    things: list[Case | Dossier] = [case, *(link.dossier for link in links)]
    for thing in things:
        relate_once(by, at, thing, by.key, RelationKind.STATED_GROUND, ground, until)
    return row


@action
def open_in_emergency(*, by: Principal, at: dt.datetime, dossier: Dossier, reason: str) -> EmergencyAccess:
    """Give access to one dossier for an hour, with a typed reason; the coordinator and privacy officer see it at once.

    Also the case it is in opens, showing of it only what concerns this child. Raises NotFound for another municipality
    and for a file that is closed to this person (relatives, own file, barrier). A secret address stays closed.
    """
    if dossier.municipality != by.municipality or is_barred(by, dossier, at=at):
        raise NotFound("")
    link = CaseDossier.objects.filter(on(clock.today(at)), dossier=dossier).select_related("case").first()
    subjects = [subject(dossier), ("person", dossier.youth_id), *([subject(link.case)] if link else [])]
    row = note_emergency(
        by=by, at=at, dossier=dossier.pk, case=link.case_id if link else None, municipality=dossier.municipality,
        reason=reason, subjects=subjects,
    )  # fmt: skip
    things: list[Case | Dossier] = [dossier, *([link.case] if link else [])]
    for thing in things:
        relate_once(by, at, thing, by.key, RelationKind.EMERGENCY, "emergency", row.ends_at)
    return row
