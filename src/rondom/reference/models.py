"""Code lists, areas, parameters and local words; each row holds during a half-open period of days."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.reference.enums import AreaKind, ChangeState
from rondom.reference.vocabulary import ARTICLES

OPERATION = {"purpose": "operation", "ground": "AVG 5 lid 1 d", "retention": "installation"}


class CodeList(models.Model):
    """A list of codes from one source, e.g. "product_category" (JZ020)."""

    key = models.CharField(_("key"), max_length=36, primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    standard = models.CharField(_("name in the standard"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=300)
    licence = models.CharField(_("licence"), max_length=120)
    note = models.CharField(_("remark"), max_length=300, blank=True)

    class Privacy:
        purpose, ground, retention = OPERATION.values()
        open = ("key", "name", "standard", "source", "licence", "note")

    def __str__(self) -> str:
        return self.key


class Code(Dated):
    """A code with its meaning during a period; periods of one code never overlap (held by `actions.load`)."""

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("meaning"), max_length=200)
    extra = models.JSONField(default=dict, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["list", "code", "starts"], name="reference_code_one_start"),
            models.UniqueConstraint(
                fields=["list", "code"], condition=Q(ends__isnull=True), name="reference_code_one_open"
            ),
        ]

    class Privacy:
        purpose, ground, retention = OPERATION.values()
        open = ("id", "list", "code", "label", "extra", "starts", "ends")

    def __str__(self) -> str:
        return f"{self.list_id} {self.code}"


class AreaLink(Dated):
    """An area was part of a larger one during a period, such as a municipality in a youth region."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, choices=AreaKind)
    area = models.CharField(_("area"), max_length=40)
    whole_kind = models.CharField(max_length=20, choices=AreaKind)
    whole = models.CharField(_("part of"), max_length=40)
    source = models.CharField(_("source"), max_length=300)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "area", "whole_kind", "starts"], name="reference_area_one_start"),
            models.UniqueConstraint(
                fields=["kind", "area", "whole_kind"], condition=Q(ends__isnull=True), name="reference_area_one_open"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["whole_kind", "whole"])]

    class Privacy:
        purpose, ground, retention = OPERATION.values()
        open = ("id", "kind", "area", "whole_kind", "whole", "source", "starts", "ends")

    def __str__(self) -> str:
        return f"{self.area} in {self.whole}"


class Parameter(Record, Dated):
    """The value of a parameter in a scope during a period, with its source. Only its end is ever set, never moved back.

    `municipality` is the municipality named in the scope, if any. `replaces` is the row that ended for this one, so
    that a planned change can be called off.
    """

    name = models.CharField(_("parameter"), max_length=60)
    scope = models.CharField(_("scope"), max_length=120, blank=True)
    value = models.JSONField(_("value"))
    source = models.CharField(_("source"), max_length=300)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    entered_by = models.UUIDField()
    approved_by = models.UUIDField(null=True)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(source=""), name="reference_parameter_has_source"),
            models.UniqueConstraint(fields=["name", "scope", "starts"], name="reference_parameter_one_start"),
            models.UniqueConstraint(
                fields=["name", "scope"], condition=Q(ends__isnull=True), name="reference_parameter_one_open"
            ),
        ]

    class Privacy:
        purpose, ground, retention = OPERATION.values()
        open = ("name", "scope", "value", "source", "note", "replaces", "starts", "ends")
        personal = ("entered_by", "approved_by")


class ParameterChange(Record):
    """A change of a privileged parameter that waits for a second person; afterwards the record of who decided."""

    name = models.CharField(_("parameter"), max_length=60)
    scope = models.CharField(_("scope"), max_length=120, blank=True)
    value = models.JSONField(_("value"))
    starts = models.DateField(_("from"))
    source = models.CharField(_("source"), max_length=300)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    seen = models.UUIDField(null=True)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState, default=ChangeState.PROPOSED)
    proposed_by = models.UUIDField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, state="proposed")
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state="proposed"),
                name="reference_change_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["name", "scope"], condition=Q(state="proposed"), name="reference_change_one_at_a_time"
            ),
        ]

    class Privacy:
        purpose, ground, retention = OPERATION.values()
        open = ("name", "scope", "value", "starts", "source", "note", "seen", "state", "decided_at")
        personal = ("proposed_by", "decided_by")


class LocalWord(Record, Dated):
    """The word a municipality or organisation uses for a term during a period."""

    key = models.CharField(max_length=40)
    scope = models.CharField(_("scope"), max_length=120)
    singular = models.CharField(_("singular"), max_length=60)
    plural = models.CharField(_("plural"), max_length=60)
    article = models.CharField(_("article"), max_length=3, choices=ARTICLES)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["key", "scope", "starts"], name="reference_word_one_start"),
            models.UniqueConstraint(
                fields=["key", "scope"], condition=Q(ends__isnull=True), name="reference_word_one_open"
            ),
        ]

    class Privacy:
        purpose, ground, retention = OPERATION.values()
        open = ("key", "scope", "singular", "plural", "article", "starts", "ends")
