"""Which decision table is in force, from which day, by which two people."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.aids.enums import PublicationState
from rondom.core.models import Record
from rondom.core.periods import Dated


class Publication(Record, Dated):
    """A decision table in force for a municipality during a period, with the table itself (`content`, by `digest`).

    The table is kept whole, as the JSON text of its data, because a database that understands JSON may put its parts in
    another order: a file that later changes or disappears changes nothing. `replaces` is the publication
    that ended for this one.
    """

    key = models.CharField(_("aid"), max_length=40)
    table_version = models.CharField(_("version"), max_length=20)
    digest = models.CharField(_("mark"), max_length=64)
    content = models.TextField()
    state = models.CharField(max_length=10, choices=PublicationState, default=PublicationState.PROPOSED)
    proposed_by = models.UUIDField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, state="proposed")
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state="proposed"),
                name="aids_publication_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=Q(state="proposed"), name="aids_publication_one_proposed"
            ),
            models.UniqueConstraint(
                fields=["municipality", "key"],
                condition=Q(state="published", ends__isnull=True),
                name="aids_publication_one_open",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["key", "municipality", "starts"])]

    class Privacy:
        purpose = "operation"
        ground = "Awb 3:46; AVG 5 lid 2"
        retention = "installation"
        open = (
            "key", "table_version", "digest", "content", "state", "decided_at", "replaces", "starts", "ends",
        )  # fmt: skip
        personal = ("proposed_by", "decided_by")
