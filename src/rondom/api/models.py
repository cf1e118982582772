"""Keys of connected systems, and which worry came with which key."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import Organisation, StaffMember
from rondom.api.enums import Scope
from rondom.core.models import Record
from rondom.entry.models import CONTACT_RECORD, Concern, Partner
from rondom.providers.models import Provider


class ApiKey(Record):
    """A key with which one system of one organisation comes in: a place that refers, a provider, or one of our own.

    The key itself is shown once and not kept: `digest` is its SHA-256 (it holds 256 bits of chance, so nothing can be
    guessed back), `shown` the first signs, to recognise it by. It works until and including `expires_on`, unless it is
    withdrawn before. `scopes` are codes of `Scope` with spaces between; `receiver` is the organisation whose triage
    gets the worries. `used_on` is the last day on which it was used. `withdrawn_at` is set by `actions.withdraw_key`.
    """

    name = models.CharField(_("which system"), max_length=120)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="api_keys")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="api_keys")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="api_keys")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    scopes = models.CharField(max_length=60)
    shown = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(_("works until and including"))
    made_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="api_keys_made")
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["municipality", "expires_on"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False, provider__isnull=True, organisation__isnull=True)
                | Q(partner__isnull=True, provider__isnull=False, organisation__isnull=True)
                | Q(partner__isnull=True, provider__isnull=True, organisation__isnull=False),
                name="api_apikey_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="api_apikey_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=Q(receiver__isnull=False) | ~Q(scopes__contains=Scope.CONCERNS),
                name="api_apikey_worries_have_a_receiver",
            ),
        ]

    class Privacy:
        purpose, ground, retention = "operation", "AVG 32; BIO2", "operation"
        open = (
            "name", "partner", "provider", "organisation", "receiver", "scopes", "shown", "digest", "expires_on",
            "made_by", "made_at", "used_on", "withdrawn_by", "withdrawn_at",
        )  # fmt: skip

    @property
    def holder(self) -> Partner | Provider | Organisation:
        """Whose system this is."""
        found = self.partner or self.provider or self.organisation
        if found is None:
            raise ValueError("a key belongs to an organisation")
        return found

    @property
    def may(self) -> frozenset[str]:
        """What this key may do."""
        return frozenset(self.scopes.split())


class SentConcern(Record):
    """A worry that came with a key: so that the sender can hear whether it was picked up, and twice the same is one.

    `body_mac` is a keyed digest of what was sent; with it a repeated request is told from another one that carries the
    same one-time key by mistake. Goes with the worry.
    """

    concern = models.OneToOneField(Concern, on_delete=models.CASCADE, related_name="sent_with")
    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="sent")
    body_mac = models.CharField(max_length=64)

    class Privacy:
        purpose, ground, retention = CONTACT_RECORD.values()
        open = ("body_mac",)
        personal = ("concern",)
        source = ("key",)
