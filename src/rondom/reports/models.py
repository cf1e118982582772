"""Frozen editions of reports, and flags that were looked at."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
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


class ClosedFlag(Record):
    """A flag somebody looked at: what was found, and who looked. Both numbers stay shown; nothing is repaired.

    It holds for the two numbers as they were then: when one of them changes, the flag stands open again. `report`,
    `scope` and `period` are those of an edition; of a printed table `scope` is the beginning of the digest of its file.
    Never changed; closing it once more adds another.
    """

    report = models.CharField(_("report"), max_length=40)
    scope = models.CharField(_("scope"), max_length=60)
    period = models.CharField(_("period"), max_length=20, blank=True)
    flag = models.CharField(_("flag"), max_length=200)
    left = models.CharField(max_length=40)
    right = models.CharField(max_length=40)
    note = models.CharField(_("what was found"), max_length=500)
    name = models.CharField(_("who looked"), max_length=120)
    closed_by = models.UUIDField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["report", "scope", "period"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(note="") & ~Q(name=""), name="reports_flag_closed_with_note_and_name")
        ]

    class Privacy:
        purpose = "accountability"
        ground = "Jw 2.10; Gemeentewet 169"
        retention = "log"
        open = ("report", "scope", "period", "flag")
        personal = ("left", "right", "note", "name", "closed_by")
