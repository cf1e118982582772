"""Kinds, regimes and states of a document."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What it is, in words people use on the work floor."""

    LETTER = "letter", _("letter or e-mail")
    REPORT = "report", _("report of school, doctor or provider")
    PLAN = "plan", _("plan")
    COURT = "court", _("document of the court or the Child Protection Board")
    STATEMENT = "statement", _("statement of the young person or parent")
    IDENTITY = "identity", _("proof of identity or authority")
    FINANCE = "finance", _("application, decision or payment")
    OTHER = "other", _("something else")


class Regime(models.TextChoices):
    """The law under which it is kept; two regimes stand side by side in one case (DOS-11)."""

    YOUTH_HELP = "youth_help", _("youth help dossier (20 years, Youth Act 7.3.8)")
    MUNICIPAL = "municipal", _("case file of the municipality (Archives Act)")


class DocumentState(models.TextChoices):
    """Where a file stands between arriving and being readable."""

    RECEIVED = "received", _("received")
    SCANNING = "scanning", _("being scanned for viruses")
    CLEAN = "clean", _("scanned, nothing found")
    QUARANTINED = "quarantined", _("not scanned yet")
    RELEASED = "released", _("opened without scan")
    REFUSED = "refused", _("closed: the scanner found something")
    OWN = "own", _("made here, nothing to scan")

    @classmethod
    def readable(cls) -> frozenset[str]:
        """States in which the file can be downloaded."""
        return frozenset({cls.CLEAN, cls.RELEASED, cls.OWN})


class TemplateState(models.TextChoices):
    """Words of a letter are proposed, then put in use by a second person, or left."""

    PROPOSED = "proposed", _("waits for a second person")
    IN_USE = "in_use", _("in use from its day")
    LEFT = "left", _("not put in use")


class MediaType(models.TextChoices):
    """The kinds of file that are taken in, decided by their content, never by their name (documents.media)."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    ODT = "application/vnd.oasis.opendocument.text", "OpenDocument"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    HEIC = "image/heic", "HEIC"
    EML = "message/rfc822", "e-mail"
    TXT = "text/plain", _("plain text")


EXTENSION = {
    MediaType.PDF: "pdf", MediaType.DOCX: "docx", MediaType.ODT: "odt", MediaType.JPEG: "jpg", MediaType.PNG: "png",
    MediaType.HEIC: "heic", MediaType.EML: "eml", MediaType.TXT: "txt",
}  # fmt: skip
