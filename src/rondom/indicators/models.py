"""Figures that others published, beside which ours are laid, and the imports they came with. Never about one person."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.core.models import Record
from rondom.indicators.enums import ImportState

PUBLISHED = {"purpose": "published statistics", "ground": "AVG 4 lid 1 (no personal data)", "retention": "reference"}


class FigureImport(Record):
    """A file of published figures on its way in. Its figures count from the moment `state` is STORED: one short swap.

    `layout` is the key of the declared layout (`indicators.layouts`), `digest` SHA-256 of the file. `source`, `table`
    and `licence` are those of the layout at the moment of the import. `reason` says why figures known already were
    replaced, when they were (a statistics office revises).
    """

    layout = models.CharField(_("layout"), max_length=40)
    file_name = models.CharField(_("file"), max_length=120)
    source = models.CharField(_("source"), max_length=300)
    table = models.CharField(_("table"), max_length=120)
    licence = models.CharField(_("licence"), max_length=120)
    digest = models.CharField(_("mark"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.STAGING)
    ended_at = models.DateTimeField(null=True)
    new = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state=ImportState.STAGING, ended_at__isnull=True)
                | ~Q(state=ImportState.STAGING) & Q(ended_at__isnull=False),
                name="indicators_import_ended_whole",
            )
        ]

    class Privacy:
        purpose, ground, retention = PUBLISHED.values()
        open = (
            "layout", "file_name", "source", "table", "licence", "digest", "state", "ended_at", "new", "corrected",
            "unchanged", "reason",
        )  # fmt: skip


class PublishedFigure(models.Model):
    """One figure as it was published: a measure of a place in a period, of one group or of all ("").

    place    CBS code: GM0303, WK030301, PV24, LD03, CR07, NL00; `name` as it stood in the file
    period   a year or half-year: 2021, 2021H1
    column   the column of the file it stood in
    value    empty: the office knows it and does not publish it. That is not zero.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(FigureImport, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(_("measure"), max_length=40)
    place = models.CharField(_("place"), max_length=8)
    name = models.CharField(_("name"), max_length=80)
    period = models.CharField(_("period"), max_length=6)
    group = models.CharField(_("group"), max_length=40, blank=True)
    column = models.CharField(_("column"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["batch", "measure", "place", "period", "group"], name="indicators_figure_once_in_import"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["measure", "period", "place"], name="indicators_figure_place"),
            models.Index(fields=["place", "period"], name="indicators_figure_of_place"),
        ]

    class Privacy:
        purpose, ground, retention = PUBLISHED.values()
        open = ("id", "batch", "measure", "place", "name", "period", "group", "column", "value", "replaced_at")

    def __str__(self) -> str:
        return f"{self.measure} {self.place} {self.period} {self.group}".strip()
