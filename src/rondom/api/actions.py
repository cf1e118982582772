"""What can be done with keys and with what comes in with one; and the sight of a provider whose system reads orders."""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.api import queries
from rondom.api.enums import REPORTER_OF, Scope
from rondom.api.models import ApiKey, SentConcern
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, NotFound, RondomError
from rondom.core.events import record, subject
from rondom.core.periods import moment_filter
from rondom.core.principals import Principal, machine
from rondom.dossiers.actions import relate_once
from rondom.dossiers.models import Dossier
from rondom.entry import actions as entry
from rondom.entry.actions import Named, Reporter
from rondom.entry.enums import Channel, ReporterKind
from rondom.entry.models import Concern, Partner
from rondom.law.calendar import add_months
from rondom.privacy.actions import end_relation
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation
from rondom.providers.models import Provider

PREFIX = "rondom_"  # so that a key that stands somewhere by mistake is recognised by whoever scans for it
SHOWN = 4
LONGEST_MONTHS = 13  # a year, and a month to change it
GROUND = "was ordered from it"
AN_HOUR = dt.timedelta(hours=1)
MOST_IN_AN_HOUR = 20  # worries of one organisation: more is a mistake, and may not fill the web form of everybody (60)


class TooMany(RondomError):
    """More came in than one organisation sends; the sentence says when to try again."""

    status = 429


class AnotherRequest(RondomError):
    """A one-time key that was used for another request."""

    status = 409


def _administers(by: Principal) -> None:
    if not by.has(Role.FUNCTIONAL_ADMINISTRATOR):
        raise NotAllowed(_("Only a functional administrator does this. Ask one of them."))


@action
def make_key(
    *, by: Principal, at: dt.datetime, made_by: StaffMember, holder: Partner | Provider | Organisation, name: str,
    scopes: Iterable[Scope | str], expires_on: dt.date, receiver: Organisation | None = None,
) -> tuple[ApiKey, str]:  # fmt: skip
    """Make a key for a system of an organisation; return its row and the key itself, which is kept nowhere.

    A place that refers sends worries; a provider or an organisation of our own can read orders too. Raises BadInput for
    anything that does not go together, or a last day that has passed or lies more than thirteen months ahead.
    """
    _administers(by)
    may = frozenset(Scope(scope) for scope in scopes)
    day = clock.today(at)
    if holder.municipality != by.municipality or (receiver and receiver.municipality != by.municipality):
        raise NotFound("")
    if not name.strip():
        raise BadInput(_("Write which system this is, so that you know it later."), field="name")
    if not may:
        raise BadInput(_("Choose what this system may do."), field="scopes")
    if Scope.ALLOCATIONS in may and isinstance(holder, Partner):
        sentence = _("A place that refers sends worries. Only a provider or the municipality reads orders.")
        raise BadInput(sentence, field="scopes")
    if Scope.CONCERNS in may and receiver is None:
        raise BadInput(_("Choose which organisation looks at the worries."), field="receiver")
    if not day <= expires_on <= add_months(day, LONGEST_MONTHS):
        raise BadInput(_("Choose a last day from today, at most thirteen months ahead."), field="expires_on")
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiKey.objects.create(
        municipality=by.municipality, name=name.strip(), scopes=" ".join(sorted(may)), expires_on=expires_on,
        receiver=receiver if Scope.CONCERNS in may else None, made_by=made_by, made_at=at,
        shown=token[: len(PREFIX) + SHOWN], digest=queries.digest_of(token),
        partner=holder if isinstance(holder, Partner) else None,
        provider=holder if isinstance(holder, Provider) else None,
        organisation=holder if isinstance(holder, Organisation) else None,
    )  # fmt: skip
    record(by, "api.key_made", row, at=at, subjects=[("principal", row.pk)], rules=sorted(may))
    if row.provider:
        settle(by, at, row.provider)
    return row, token


@action
def withdraw_key(*, by: Principal, at: dt.datetime, key: ApiKey, withdrawn_by: StaffMember) -> ApiKey:
    """Withdraw a key: it works no more, from this moment. Raises BadInput when that was done already."""
    _administers(by)
    if key.municipality != by.municipality:
        raise NotFound("")
    taken = ApiKey.objects.filter(pk=key.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=withdrawn_by, changed_at=at, version=key.version + 1
    )
    if not taken:
        raise BadInput(_("This key was withdrawn already."))
    key.refresh_from_db()
    record(by, "api.key_withdrawn", key, at=at, subjects=[("principal", key.pk)], fields=["withdrawn_at"])
    if key.provider:
        settle(by, at, key.provider)
    return key


def note_used(key: ApiKey, day: dt.date) -> None:
    """Keep on which day a key was used last: one write a day, not one per request."""
    if key.used_on != day:
        ApiKey.objects.filter(~Q(used_on=day) | Q(used_on=None), pk=key.pk).update(used_on=day)


# --- the sight of a provider


def settle(by: Principal, at: dt.datetime, provider: Provider, *, dossiers: Iterable[UUID] | None = None) -> None:
    """Give or end the sight of a provider, so that it has product sight of just those dossiers it has an order of.

    Without a system that reads orders it has none. `dossiers` looks at these alone. Part of an action, or of the night.
    """
    wanted = queries.dossiers_ordered_from(provider, at=at) if queries.reads_orders(provider, at=at) else set()
    standing = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.DOSSIER, principal=provider.pk, kind=RelationKind.ORGANISATION
    )
    if dossiers is not None:
        asked = set(dossiers)
        wanted, standing = wanted & asked, standing.filter(subject__in=asked)
    rows = list(standing)
    for row in Dossier.objects.filter(pk__in=wanted - {relation.subject for relation in rows}).order_by("pk"):
        relate_once(by, at, row, provider.pk, RelationKind.ORGANISATION, GROUND)
    for relation in rows:
        if relation.subject not in wanted:
            end_relation(by=by, at=at, relation=relation, ground="nothing is ordered from it any more")


def settle_all(*, at: dt.datetime) -> int:
    """Look at the sight of every connected provider again; return how many. Run each night."""
    count = 0
    for provider in queries.connected_providers():
        with transaction.atomic():
            settle(machine("api", provider.municipality), at, provider)
        count += 1
    return count


# --- what comes in


@dataclass(frozen=True)
class Worry:
    """What a system sends about a child, in our own words. `persons` are those it is about."""

    worry: str
    reporter_name: str
    reporter_contact: str
    persons: tuple[Named, ...]
    going_well: str = ""
    danger_now: bool = False
    talked_on: dt.date | None = None
    not_talked_because: str = ""
    agreed_with_family: str = ""
    digest: str = field(default="", repr=False)


def mac_of(body: bytes) -> str:
    """Return the keyed digest of a request: tells two requests apart, and nothing of what is in them."""
    return salted_hmac("rondom.api.body", body, algorithm="sha256").hexdigest()


def form_key_of(key: ApiKey, once: UUID) -> UUID:
    """Return the key of the form, of the one-time key a system sent: each organisation has its own."""
    return uuid5(key.holder.pk, str(once))


@action
def send_concern(*, by: Principal, at: dt.datetime, key: ApiKey, once: UUID, said: Worry) -> tuple[Concern, bool]:
    """Receive a worry from a system; return it and whether it is new. It waits for triage like any other.

    The same request again returns the first worry. Raises what `entry.actions.receive` raises; AnotherRequest when the
    one-time key was used for something else; TooMany when an organisation sent more than it can mean.
    """
    form_key = form_key_of(key, once)
    found = queries.sent_before(form_key)
    if found is not None:
        return _again(by, at, found, said), False
    if not said.reporter_contact.strip():
        raise BadInput(_("Write how we can call you back, or mail you."), field="reporter_contact")
    if queries.sent_lately(key, since=at - AN_HOUR) >= MOST_IN_AN_HOUR:
        raise TooMany(_("Too many messages came in during the last hour. Please call us, or try again in an hour."))
    kind = REPORTER_OF[key.partner.kind] if key.partner else ReporterKind.OTHER  # type: ignore[index]
    try:
        with transaction.atomic():
            row = entry.receive(
                by=by, at=at, entered_by=None, organisation=key.receiver, channel=Channel.WEB, form_key=form_key,
                reporter=Reporter(kind, said.reporter_name, key.holder.name, said.reporter_contact),
                worry=said.worry, persons=said.persons, going_well=said.going_well, danger_now=said.danger_now,
                talked_on=said.talked_on, not_talked_because=said.not_talked_because,
                agreed_with_family=said.agreed_with_family,
            )  # fmt: skip
            SentConcern.objects.create(municipality=row.municipality, concern=row, key=key, body_mac=said.digest)
    except IntegrityError:  # the same request twice at one moment: the other one was first
        found = queries.sent_before(form_key)
        if found is None:
            raise
        return _again(by, at, found, said), False
    record(by, "api.concern_sent", row, at=at, subjects=[subject(row)], municipality=row.municipality)
    return row, True


def _again(by: Principal, at: dt.datetime, found: SentConcern, said: Worry) -> Concern:
    if not secrets.compare_digest(found.body_mac, said.digest):
        raise AnotherRequest(_("This one-time key was used for another request. Make a new one for each worry."))
    record(by, "api.concern_sent_again", found.concern, at=at, municipality=found.municipality)
    return found.concern
