"""Half-open periods of days: `starts` is the first day it holds, `ends` the first day it no longer holds."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def on(day: dt.date, prefix: str = "") -> Q:
    """Return the condition "holds on this day" for rows with `starts` and `ends`."""
    return Q(**{f"{prefix}starts__lte": day}) & (Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gt": day}))


def overlaps(starts: dt.date, ends: dt.date | None) -> Q:
    """Return the condition "shares at least one day with [starts, ends)"."""
    until = Q(starts__lt=ends) if ends else Q()
    return until & (Q(ends__isnull=True) | Q(ends__gt=starts))


class Dated(models.Model):
    """Adds a half-open period of days; `ends` empty means: still holds."""

    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="%(app_label)s_%(class)s_period",
            )
        ]

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether this row holds on a day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


def moment_filter(at: dt.datetime, prefix: str = "") -> Q:
    """Return "holds at this moment" for rows with aware `starts_at` and `ends_at`."""
    return Q(**{f"{prefix}starts_at__lte": at}) & (
        Q(**{f"{prefix}ends_at__isnull": True}) | Q(**{f"{prefix}ends_at__gt": at})
    )
