"""What several actions of this room check the same way."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput
from rondom.core.periods import Dated, overlaps
from rondom.people.models import Person


def check_period(starts: dt.date, ends: dt.date | None) -> None:
    """Raise BadInput when a period ends before it begins."""
    if ends is not None and ends <= starts:
        raise BadInput(_("The end lies before the start. Check both dates."), field="ends")


def hold(person: Person) -> None:
    """Take the row of a person for the rest of the transaction: two savers of facts that exclude each other queue."""
    Person.objects.select_for_update().filter(pk=person.pk).values_list("pk", flat=True).first()


def check_end(row: Dated, ends: dt.date, beside: QuerySet[Any]) -> None:
    """Raise BadInput when a fact would end before it begins, or run into one of the facts `beside` it that follows."""
    check_period(row.starts, ends)
    if beside.exclude(pk=row.pk).filter(overlaps(row.starts, ends)).exists():
        raise BadInput(
            _("On an earlier day something else begins already. Choose an end on or before that day."), field="ends"
        )
