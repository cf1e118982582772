"""The forms of the desk that keep what is typed; the names agreed with `dossiers.drafts`."""

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
