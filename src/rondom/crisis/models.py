"""The lines of a crisis register, and the imports they came with."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.core.fields import EncryptedTextField
from rondom.core.models import Record
from rondom.crisis.enums import Form, ImportState

REGISTER = {"purpose": "crisis coordination", "ground": "Jw 2.6 lid 1 b; Jw 2.10", "retention": "youth_help"}


class RegisterImport(Record):
    """A file of register lines on its way in. Its lines count from the moment `state` is STORED: the short swap.

    `digest` is SHA-256 of the file. `reason` says why stored lines were corrected, when they were.
    """

    region = models.CharField(_("region"), max_length=40)
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
                name="crisis_import_ended_whole",
            )
        ]

    class Privacy:
        purpose, ground, retention = REGISTER.values()
        open = ("region", "digest", "state", "ended_at", "new", "corrected", "unchanged", "reason")


class RegisterLine(Record):
    """One form of crisis help asked for one youth. Written by an import, never changed; a correction replaces it.

    A line that should never have been there is withdrawn (`withdrawn_at`, and why): it stays, and no longer counts.

    `municipality` is empty when the register says only that it lies outside the region. `youth_key` is a pseudonym of
    the reference in the register, as it is since the keys changed to `generation` (`pseudonyms`); the reference itself
    is not kept. `replaced_at` is set when another line took its place. Which lines count: `queries.counting`.
    """

    batch = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="lines")
    region = models.CharField(_("region"), max_length=40)
    report_id = models.CharField(_("number in the register"), max_length=40)
    youth_key = models.CharField(_("pseudonym of the youth"), max_length=32)
    generation = models.PositiveSmallIntegerField()
    reported_on = models.DateField(_("reported on"))
    age = models.PositiveSmallIntegerField(_("age"))
    form = models.CharField(_("form"), max_length=10, choices=Form)
    no_help_reason = models.CharField(_("reason without help"), max_length=40, blank=True)
    started_on = models.DateField(_("started on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)
    follow_up = models.CharField(_("follow-up"), max_length=40, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    replaced_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(_("why withdrawn"), max_length=200, blank=True)
    withdrawn_name = models.CharField(_("withdrawn by"), max_length=120, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="", withdrawn_name="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="") & ~Q(withdrawn_name=""),
                name="crisis_line_withdrawn_whole",
            ),
            models.UniqueConstraint(fields=["batch", "report_id"], name="crisis_line_once_in_import"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=models.F("started_on")),
                name="crisis_line_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(form=Form.NONE) | Q(started_on__isnull=True, ended_on__isnull=True, follow_up=""),
                name="crisis_line_none_has_no_help",
            ),
            models.CheckConstraint(
                condition=Q(no_help_reason="") | Q(form=Form.NONE), name="crisis_line_reason_without_help"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["region", "report_id"]),
            models.Index(fields=["region", "reported_on"]),
            models.Index(fields=["region", "ended_on"]),
            models.Index(fields=["youth_key"]),
        ]

    class Privacy:
        purpose, ground, retention = REGISTER.values()
        open = ("batch", "region", "generation", "replaces", "replaced_at", "withdrawn_at")
        personal = (
            "report_id", "youth_key", "reported_on", "age", "form", "no_help_reason", "started_on", "ended_on",
            "follow_up", "withdrawn_because", "withdrawn_name",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "region": "exact", "municipality": "exact", "reported_on": "coarse", "age": "coarse", "form": "exact",
            "no_help_reason": "exact", "started_on": "coarse", "ended_on": "coarse", "follow_up": "exact",
        }  # fmt: skip


class PseudonymKey(Record):
    """The secret with which a register makes the pseudonyms of its youths (`pseudonyms`): links, oldest first.

    `generation` is the generation of the keys of the installation to which the stored pseudonyms were renewed.
    """

    region = models.CharField(_("region"), max_length=40, unique=True)
    links = EncryptedTextField(purpose="crisis-pseudonyms")
    generation = models.PositiveSmallIntegerField()

    class Privacy:
        purpose, ground, retention = REGISTER.values()
        open = ("region", "generation")
        personal = ("links",)
