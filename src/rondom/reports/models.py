"""Frozen editions of reports."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.core.models import Record


class Edition(Record):
    """A report as it was frozen: the counts, how they were counted, and a digest. Never the rows behind them.

    `content` is the internal edition: a cell of one is about somebody, so it can be emptied when its time has passed
    (the only change the database allows). `public` passed the disclosure gate and stays. Both are the text of JSON,
    byte for byte. `digest` is SHA-256 over content, public and definition.
    """

    report = models.CharField(_("report"), max_length=40)
    scope = models.CharField(_("scope"), max_length=60)
    period = models.CharField(_("period"), max_length=20)
    number = models.PositiveSmallIntegerField(_("edition"))
    content = models.TextField()
    public = models.TextField()
    definition = models.TextField()
    digest = models.CharField(_("mark"), max_length=64)
    frozen_by = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["report", "scope", "period", "number"], name="reports_edition_number_once")
        ]

    class Privacy:
        purpose = "accountability"
        ground = "Jw 2.10; Gemeentewet 169"
        retention = "log"
        open = ("report", "scope", "period", "number", "public", "definition", "digest")
        personal = ("content", "frozen_by")
