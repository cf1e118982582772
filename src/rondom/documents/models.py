"""Documents and whom they concern."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.core.models import Record
from rondom.documents.enums import DocumentKind, DocumentState, MediaType, Regime, TemplateState
from rondom.dossiers.models import YOUTH_HELP, Case, Dossier
from rondom.people.models import Person


class Document(Record):
    """A file of others about a family: what it is, whose words, under which regime, where its content lies.

    `blob` names the encrypted content in the store; `digest` is the SHA-256 of the content in clear. A newer version of
    the same document points back with `replaces`; the older one stays. `regime` decides how long it is kept.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("what is it"), max_length=12, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=160)
    author = models.CharField(_("written by"), max_length=160, blank=True)
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    regime = models.CharField(_("kept under"), max_length=12, choices=Regime)
    media_type = models.CharField(max_length=80, choices=MediaType)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    blob = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, choices=DocumentState)
    released_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    released_reason = models.CharField(_("reason to open it"), max_length=200, blank=True)
    added_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="documents")
    added_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    concerns = models.ManyToManyField(Person, through="DocumentConcern", related_name="documents")
    dossiers = models.ManyToManyField(Dossier, through="DocumentDossier", related_name="documents")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["case", "-added_at"]),
            models.Index(fields=["case", "digest"]),
            models.Index(fields=["state"]),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("regime", "media_type", "state", "added_by", "released_by", "blob")
        personal = (
            "case", "kind", "title", "author", "dated_on", "size", "digest", "released_reason", "added_at", "replaces",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"kind": "exact", "regime": "exact"}


class DocumentConcern(models.Model):
    """A document concerns a person; rights and copies run along this line."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["document", "person"], name="documents_concern_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id",)
        personal = ("document", "person")


class DocumentDossier(models.Model):
    """A document is part of a dossier: who may not see that dossier does not see the document."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["document", "dossier"], name="documents_dossier_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id",)
        personal = ("document", "dossier")


class LetterTemplate(Record):
    """The words of a kind of letter from a day on: proposed by one person, put in use by another; one is a jurist.

    Merge fields stand as `{naam}`; `documents.letters` checks that each exists and fills them in. An earlier version
    stays. `decided_by` put it in use, or left it because of `left_because`; empty for words from before there were two.
    """

    kind = models.CharField(max_length=40)
    starts = models.DateField(_("from which day"))
    title = models.CharField(_("title of the letter"), max_length=160)
    text = models.TextField(_("text"))
    state = models.CharField(max_length=10, choices=TemplateState)
    because = models.CharField(_("what changes, and why"), max_length=300, blank=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="letter_templates")
    decided_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    left_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "starts"], condition=Q(state=TemplateState.IN_USE),
                name="documents_template_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["municipality", "kind"], condition=Q(state=TemplateState.PROPOSED),
                name="documents_template_one_proposal",
            ),
            models.CheckConstraint(
                condition=Q(state=TemplateState.PROPOSED, decided_by__isnull=True, decided_at__isnull=True)
                | Q(state=TemplateState.IN_USE, decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    state__in=(TemplateState.IN_USE, TemplateState.LEFT), decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="documents_template_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=TemplateState.IN_USE)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=models.F("written_by")),
                name="documents_template_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=TemplateState.LEFT) & ~Q(left_because="")
                | ~Q(state=TemplateState.LEFT) & Q(left_because=""),
                name="documents_template_left_with_reason",
            ),
        ]  # fmt: skip

    class Privacy:
        purpose, ground, retention = "youth help", "Awb 3:41; Awb 3:45", "installation"
        open = (
            "kind", "starts", "title", "text", "state", "because", "written_by", "decided_by", "decided_at",
            "left_because",
        )  # fmt: skip
