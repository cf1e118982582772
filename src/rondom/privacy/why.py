"""Why the review of an emergency access is due when it is."""

from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.why import Why, norm
from rondom.law.calendar import WorkingDayFacts, working_days_after
from rondom.privacy.actions.emergencies import REVIEW_WORKING_DAYS
from rondom.privacy.models import EmergencyAccess


def review_why(row: EmergencyAccess) -> Why:
    """Return why an emergency access must have been judged by then: our own norm, counted in working days."""
    answer = working_days_after(WorkingDayFacts(clock.today(row.created_at), REVIEW_WORKING_DAYS))
    sentence = _("Another person judges every emergency access within five working days.")
    return norm(_("Why this date?"), sentence, "NEN 7510; NEN 7513", answer.explanation)
