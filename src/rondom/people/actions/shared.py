"""What several actions of this room check the same way."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.people.models import Person


def check_period(starts: dt.date, ends: dt.date | None) -> None:
    """Raise BadInput when a period ends before it begins."""
    if ends is not None and ends <= starts:
        raise BadInput(_("The end lies before the start. Check both dates."), field="ends")


def hold(person: Person) -> None:
    """Take the row of a person for the rest of the transaction: two savers of facts that exclude each other queue."""
    Person.objects.select_for_update().filter(pk=person.pk).values_list("pk", flat=True).first()
