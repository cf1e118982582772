"""Sign-in accounts, organisations, teams, staff, roles and residents."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import AwardState, OrganisationKind, Role
from rondom.core.ids import new_id
from rondom.core.models import Record
from rondom.core.periods import Dated


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser in Rondom."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in; of one staff member, resident, referrer, asker or provider worker, never of two of them."""

    class Kind(models.TextChoices):
        """Who signs in."""

        STAFF = "staff", _("staff member")
        RESIDENT = "resident", _("resident")
        REFERRER = "referrer", _("somebody of a practice or school")
        ASKER = "asker", _("somebody who asked a question")
        PROVIDER = "provider", _("somebody of a provider")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    username = models.CharField(_("user name"), max_length=150, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(default=True)
    session_generation = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Privacy:
        purpose = "operation"
        ground = "AVG 32"
        retention = "staff"
        open = ("id", "kind", "is_active", "last_login", "password", "session_generation")
        personal = ("username", "email")

    def __str__(self) -> str:
        return f"<Account {self.pk}>"

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """A new password, or a higher generation, ends every session of this account."""
        mixed = f"{self.password}/{self.session_generation}"
        return salted_hmac("rondom.accounts.session", mixed, secret=secret, algorithm="sha256").hexdigest()


class PasswordLink(models.Model):
    """A link to choose a password, made by an administrator, shown once, good for one use within a day.

    Only the digest of the token is kept. A newer link for the same account makes the older ones worthless.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="password_links")
    digest = models.BinaryField(max_length=32, unique=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Privacy:
        purpose = "operation"
        ground = "AVG 32"
        retention = "staff"
        open = ("id", "account", "digest", "made_by", "made_at", "expires_at", "used_at")


class Organisation(Record):
    """An organisation that runs (part of) this installation: a controller with its own responsibility."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)

    class Privacy:
        purpose = "operation"
        ground = "AVG 26"
        retention = "installation"
        open = ("name", "kind")


class Team(Record):
    """A team of an organisation; a case hangs on one team."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(_("name"), max_length=80)

    class Privacy:
        purpose = "operation"
        ground = "AVG 5"
        retention = "installation"
        open = ("organisation", "name")


class StaffMember(Record):
    """A person who works in Rondom for one organisation, in one municipality."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="staff")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staff")
    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("last name"), max_length=80)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    class Privacy:
        purpose = "operation"
        ground = "AVG 5"
        retention = "staff"
        open = ("account", "organisation")
        personal = ("first_name", "last_name", "phone")

    @property
    def name(self) -> str:
        """First and last name, as colleagues know it."""
        return f"{self.first_name} {self.last_name}"


class Confirmable(Record, Dated):
    """A right that somebody looks at again every quarter (SEC-08): when it was last said to be needed, and by whom.

    Empty `confirmed_on`: not looked at since it started. What was said before stays in the events.
    """

    confirmed_on = models.DateField(null=True)
    confirmed_by = models.UUIDField(null=True)

    class Meta(Dated.Meta):
        abstract = True

    @property
    def looked_at(self) -> dt.date:
        """The day from which the quarter counts."""
        return max(self.confirmed_on, self.starts) if self.confirmed_on else self.starts


class TeamMembership(Confirmable):
    """A staff member is in a team during a period."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="memberships")

    class Meta(Confirmable.Meta):
        abstract = False

    class Privacy:
        purpose = "operation"
        ground = "AVG 5"
        retention = "staff"
        open = ("team", "staff", "starts", "ends", "confirmed_on", "confirmed_by")


class RoleAssignment(Confirmable):
    """A staff member holds a role during a period; who awards roles holds no case role (trust, section 1)."""

    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=40, choices=Role)

    class Meta(Confirmable.Meta):
        abstract = False

    class Privacy:
        purpose = "operation"
        ground = "AVG 5; BIO2"
        retention = "staff"
        open = ("staff", "role", "starts", "ends", "confirmed_on", "confirmed_by")


class RoleAward(Record, Dated):
    """A role that weighs, asked for by one administrator and waiting for another natural person to confirm it."""

    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="awards")
    role = models.CharField(_("role"), max_length=40, choices=Role)
    state = models.CharField(max_length=10, choices=AwardState, default=AwardState.WAITING)
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="awards_asked")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="awards_decided")
    decided_at = models.DateTimeField(null=True)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=AwardState.WAITING, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=AwardState.WAITING) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="accounts_roleaward_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=AwardState.CONFIRMED)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("staff")) & ~Q(asked_by=F("staff"))),
                name="accounts_roleaward_two_people",
            ),
            models.UniqueConstraint(
                fields=["staff", "role"], condition=Q(state=AwardState.WAITING), name="accounts_roleaward_waits_once"
            ),
        ]

    class Privacy:
        purpose = "operation"
        ground = "AVG 5; BIO2"
        retention = "staff"
        open = (
            "staff", "role", "starts", "ends", "state", "asked_by", "asked_at", "decided_by", "decided_at",
        )  # fmt: skip


class Resident(Record):
    """A resident who can sign in to the portal; `person` is the id of people.Person in this municipality."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="resident")
    person = models.UUIDField(unique=True)

    class Privacy:
        purpose = "youth help"
        ground = "Wdo; AVG 12"
        retention = "portal"
        open = ("account",)
        personal = ("person",)


class Referrer(Record, Dated):
    """Somebody who works at a practice or school and may sign in for it during a period (P2).

    `place` is the id of entry.Partner. The user name of the account is how the identity provider names this person.
    It gives sight of no family: only of the worries this person shared, as long as the period holds.
    """

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="referrer")
    place = models.UUIDField(db_index=True)
    name = models.CharField(_("name"), max_length=120)
    what = models.CharField(_("work"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [*Dated.Meta.constraints]

    class Privacy:
        purpose = "operation"
        ground = "Jw 2.3; AVG 5; AVG 32"
        retention = "staff"
        open = ("account", "place", "starts", "ends")
        personal = ("name", "what", "phone")


class ProviderWorker(Record, Dated):
    """Somebody who works at a provider and may handle its messages during a period (P10).

    `provider` is the id of providers.Provider. The user name of the account is how the identity provider names this
    person. It gives sight of no family: only of the messages that went to or came from that provider.
    """

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="provider_worker")
    provider = models.UUIDField(db_index=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar[list[Any]] = [*Dated.Meta.constraints]

    class Privacy:
        purpose = "operation"
        ground = "Regeling Jeugdwet 6c.1; AVG 5; AVG 32"
        retention = "staff"
        open = ("account", "provider", "starts", "ends")
        personal = ("name", "phone")


class Asker(Record):
    """Somebody who signed in to ask a question and is in no file here (S01).

    No name and no number: `index` is the keyed index of the number an identity provider vouched for, within the
    municipality, so that the same person finds the answer. Gone as soon as no question of it is kept any more.
    """

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="asker")
    index = models.BinaryField(max_length=16, unique=True)

    class Privacy:
        purpose = "youth help"
        ground = "Jw 2.3; Wdo; AVG 5 lid 1 c"
        retention = "contact_record"
        open = ("account",)
        personal = ("index",)
