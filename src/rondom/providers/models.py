"""Providers and what was agreed with them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rondom.core.fields import EncryptedTextField
from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.providers import enums

PURCHASE = {"purpose": "purchase", "ground": "Jw 2.6 lid 1; Jw 2.11", "retention": "contract"}


class Provider(Record):
    """An organisation that may give help. Its name is the one of today; earlier names are aliases."""

    name = models.CharField(_("name"), max_length=160)
    kvk_number = models.CharField(_("number at the Chamber of Commerce"), max_length=8, blank=True)
    phone = models.CharField(_("phone for registrations"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail for registrations"), blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="absorbed"
    )
    merged_on = models.DateField(null=True, editable=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "name"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | Q(merged_into__isnull=False, merged_on__isnull=False),
                name="providers_provider_merged_whole",
            )
        ]

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("name", "kvk_number", "phone", "email", "merged_into", "merged_on")
        release: ClassVar[dict[str, str]] = {"name": "exact"}


class Alias(Record, Dated):
    """Another name of a provider: what it was called before, or what people say."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(_("name"), max_length=160)

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("provider", "name", "starts", "ends")


class AgbCode(Record, Dated):
    """The AGB code under which messages reach the provider during a period (OP254)."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="agb_codes")
    code = models.CharField(_("AGB code"), max_length=8)

    class Meta(Dated.Meta):
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "code"])]

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("provider", "code", "starts", "ends")
        release: ClassVar[dict[str, str]] = {"code": "exact"}


class Location(Record, Dated):
    """A place where help is given. A shielded location (shelter, secure house) is never named beside a child.

    Read only through `providers.queries.location_lines`; `name` of a shielded one is as telling as its address.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="locations")
    name = models.CharField(_("name"), max_length=120)
    lines = EncryptedTextField(_("address"), purpose="whereabouts")
    place_municipality = models.CharField(max_length=6, blank=True)
    shielded = models.BooleanField(_("shielded"), default=False)

    class Meta(Dated.Meta):
        pass

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("provider", "starts", "ends")
        whereabouts = ("name", "lines", "place_municipality", "shielded")


class Contract(Record, Dated):
    """An agreement with a provider for a period. It is parted in lots; without a lot nothing can be ordered."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(_("contract number"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=enums.ContractKind)
    scale = models.CharField(_("scale"), max_length=10, choices=enums.Scale, default=enums.Scale.REGIONAL)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["municipality", "number"], name="providers_contract_number_once"),
        ]

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("provider", "number", "kind", "scale", "starts", "ends")


class Lot(Record):
    """A part of a contract with one funding form. A task-based lot has a sum per year and no price per youth.

    `ceiling_reached_on`: from that day the agreed sum has been used up. Nothing ends by it: the duty to give help goes
    on (Jw 2.3), and who orders says why it is right all the same (practice 21).
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="lots")
    name = models.CharField(_("name"), max_length=120)
    funding = models.CharField(_("funding form"), max_length=10, choices=enums.Funding)
    yearly_sum = models.DecimalField(_("sum per year in euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    ceiling_reached_on = models.DateField(_("the agreed sum has been used up since"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["contract", "name"], name="providers_lot_name_once"),
            models.CheckConstraint(
                condition=Q(funding=enums.Funding.TASK, yearly_sum__isnull=False)
                | (~Q(funding=enums.Funding.TASK) & Q(yearly_sum__isnull=True)),
                name="providers_lot_sum_for_task",
            ),
        ]

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("contract", "name", "funding", "yearly_sum", "ceiling_reached_on")


class Product(Record):
    """Help that can be ordered in a lot: category (JZ020), product code, unit (WJ756).

    Without a code a whole category is ordered, without a category too whatever fits in a budget: a contract that has
    such a line allows it (`kind`; ADR 0554). What may be given then are the products with a code of the same contract.
    An output-based product says which result is paid for.
    """

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="products")
    category = models.CharField(_("product category"), max_length=2, blank=True)
    code = models.CharField(_("product code"), max_length=5, blank=True)
    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=2, blank=True)
    result = models.CharField(_("result that is paid for"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["lot", "category", "code"], name="providers_product_once"),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(category="") | Q(code="", unit="", result=""),
                name="providers_product_open_without_unit",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "code"])]

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("lot", "category", "code", "name", "unit", "result")
        release: ClassVar[dict[str, str]] = {"category": "exact", "code": "exact", "unit": "exact"}

    @property
    def kind(self) -> enums.ProductKind:
        """What is ordered with it: one product, a kind of help, or whatever fits in a budget."""
        if self.code:
            return enums.ProductKind.SPECIFIC
        return enums.ProductKind.ASPECIFIC if self.category else enums.ProductKind.GENERIC

    @property
    def is_specific(self) -> bool:
        """Tell whether one product is ordered with it."""
        return bool(self.code)

    @property
    def code_words(self) -> str:
        """How it stands beside its name: its code, else its category, else that only a budget holds it."""
        if self.code:
            return self.code
        if self.category:
            return gettext("category %(category)s") % {"category": self.category}
        return gettext("within a budget")


class Rate(Record, Dated):
    """Euros per unit of a product during a period within the contract."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="rates")
    amount = models.DecimalField(_("euros per unit"), max_digits=10, decimal_places=2)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="providers_rate_positive"),
            models.UniqueConstraint(fields=["product"], condition=Q(ends__isnull=True), name="providers_rate_one_open"),
        ]

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("product", "amount", "starts", "ends")
        release: ClassVar[dict[str, str]] = {"amount": "exact", "starts": "exact", "ends": "exact"}


class QualityProof(Record):
    """A proof of quality that was seen, and until when it is valid."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(_("proof"), max_length=20, choices=enums.ProofKind)
    seen_on = models.DateField(_("seen on"))
    valid_until = models.DateField(_("valid until and including"))
    remark = models.CharField(_("remark"), max_length=160, blank=True)

    class Privacy:
        purpose, ground, retention = PURCHASE.values()
        open = ("provider", "kind", "seen_on", "valid_until", "remark")
