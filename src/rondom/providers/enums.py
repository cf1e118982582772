"""Kinds of contract, funding and proof."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContractKind(models.TextChoices):
    """How the agreement came about (practice 21: framework, single-youth, bridging and subcontract occur weekly)."""

    FRAMEWORK = "framework", _("framework agreement")
    SINGLE_YOUTH = "single_youth", _("agreement for one youth")
    BRIDGING = "bridging", _("bridging agreement")
    SUBCONTRACT = "subcontract", _("subcontract")
    SUBSIDY = "subsidy", _("subsidy")


class Funding(models.TextChoices):
    """The three funding forms (requirements N17; law-and-norms FIN-04). A lot has exactly one."""

    EFFORT = "effort", _("effort-based: price times volume")
    OUTPUT = "output", _("output-based: price per result")
    TASK = "task", _("task-based: a fixed sum for a task")


class ProductKind(models.TextChoices):
    """What is ordered with a line of a contract: how much the provider still chooses (iJw 3.2; ADR 0554)."""

    SPECIFIC = "specific", _("one product")
    ASPECIFIC = "aspecific", _("a kind of help: the provider chooses the product")
    GENERIC = "generic", _("free within a budget: the provider chooses the help")


class Scale(models.TextChoices):
    """On which scale the help is bought."""

    LOCAL = "local", _("local")
    REGIONAL = "regional", _("regional")
    NATIONAL = "national", _("national")


class ProofKind(models.TextChoices):
    """Proofs of quality that end and must be renewed (requirements DR49, DR60, N85)."""

    CERTIFICATE = "certificate", _("quality certificate (HKZ, ISO 9001)")
    REGISTERED_STAFF = "registered_staff", _("registered professionals (SKJ, BIG)")
    CONDUCT = "conduct", _("certificates of conduct (VOG)")
    REPORTING_CODE = "reporting_code", _("reporting code and confidential adviser")
    ANNUAL_REPORT = "annual_report", _("annual report")
    CERTIFIED_BODY = "certified_body", _("certification as certified institution")


OUTPUT_UNIT = "82"  # WJ756: piece, output
EURO_UNIT = "83"  # WJ756: euro; a result that is paid as a sum, so it has no rate
