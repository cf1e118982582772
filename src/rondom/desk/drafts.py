"""The forms of the desk that keep what is typed; the names agreed with `dossiers.drafts`."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rondom.dossiers.drafts import FORMS, DraftForm

NOTE = "desk.note"
CHANGE = "desk.note_change"
CORRECTION = "desk.correction"
PLAN = "desk.meeting_plan"
PREPARE = "desk.meeting_prepare"
HOLD = "desk.meeting_held"
OFFER = "desk.role_offer"

FORMS.register(NOTE, DraftForm(_("Note"), lambda case: reverse("desk:note_new", args=[case])))
FORMS.register(CHANGE, DraftForm(_("Change your note"), lambda note: reverse("desk:note_change", args=[note])))
FORMS.register(CORRECTION, DraftForm(_("Correction of a note"), lambda note: reverse("desk:note_shown", args=[note])))
FORMS.register(PLAN, DraftForm(_("Plan a meeting"), lambda case: reverse("desk:meeting_new", args=[case])))
FORMS.register(PREPARE, DraftForm(_("Prepare a meeting"), lambda m: reverse("desk:meeting_change", args=[m])))
FORMS.register(HOLD, DraftForm(_("What was agreed"), lambda meeting: reverse("desk:meeting_hold", args=[meeting])))
FORMS.register(OFFER, DraftForm(_("Hand over"), lambda case: reverse("desk:roles", args=[case])))


def of(name: str) -> Callable[[UUID], str]:
    """Return where a form of a person is opened again: the address with the name of the form."""
    return lambda pk: reverse(f"desk:{name.partition('.')[2]}", args=[pk])


IDENTITY = "desk.person_identity"
CONTACT = "desk.contact_new"
CONTACT_CHANGE = "desk.contact_change"
HOUSEHOLD = "desk.household_new"
HOUSEHOLD_END = "desk.household_end"
ADDRESS = "desk.address_new"
ADDRESS_END = "desk.address_end"
SECRET = "desk.address_secret"  # noqa: S105 - the name of a form
LIFT = "desk.address_lift"
AUTHORITY = "desk.authority_new"
AUTHORITY_END = "desk.authority_end"
MEASURE = "desk.measure_new"
MEASURE_END = "desk.measure_end"
REPRESENTATION = "desk.representation_new"
REPRESENTATION_END = "desk.representation_end"
TIE = "desk.tie_new"
TIE_CHANGE = "desk.tie_change"
KIN = "desk.kin_new"
CONSENT = "desk.consent_new"
OBJECTION = "desk.objection_new"

for _name, _title in (
    (IDENTITY, _("Who is this?")),
    (CONTACT, _("Number or address to reach somebody")),
    (CONTACT_CHANGE, _("Change a number or address")),
    (HOUSEHOLD, _("Where somebody lives")),
    (HOUSEHOLD_END, _("Lives here no longer")),
    (ADDRESS, _("New address")),
    (ADDRESS_END, _("End an address")),
    (SECRET, _("Keep an address secret")),
    (LIFT, _("Make an address known again")),
    (AUTHORITY, _("Who has authority")),
    (AUTHORITY_END, _("End authority")),
    (MEASURE, _("Measure of the judge")),
    (MEASURE_END, _("End a measure")),
    (REPRESENTATION, _("Who acts for somebody")),
    (REPRESENTATION_END, _("End of acting for somebody")),
    (TIE, _("Somebody around this person")),
    (TIE_CHANGE, _("Change who is around this person")),
    (KIN, _("How somebody is related")),
    (CONSENT, _("Record consent to share")),
    (OBJECTION, _("Record an objection to sharing")),
):
    FORMS.register(_name, DraftForm(_title, of(_name)))
