"""Addresses: where somebody is registered, stays or gets post, and whether that is secret."""

import datetime as dt
import re
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record, subject
from rondom.core.fields import blind_index
from rondom.core.periods import moment_filter, overlaps
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.people import signals
from rondom.people.actions.shared import check_end, check_period, hold
from rondom.people.enums import AddressKind, FactSource, SecrecyAct
from rondom.people.models import Address, Person, SecrecyReason
from rondom.people.normalising import postcode_in
from rondom.people.whereabouts import is_secret
from rondom.privacy.actions import end_relation, relate
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation

_MUNICIPALITY = re.compile(r"GM\d{4}")
_DISTRICT = re.compile(r"WK\d{6}")


@action
def move(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    lines: str,
    starts: dt.date,
    kind: AddressKind = AddressKind.REGISTERED,
    place_municipality: str = "",
    district: str = "",
    ends: dt.date | None = None,
    source: FactSource = FactSource.DECLARED,
    secret: bool = False,
    in_investigation: bool = False,
) -> Address:
    """Give a person a new address from a day; the one of the same kind that ran until then ends on that day.

    `lines` holds street and number, then postcode and place, a line each. `secret` True makes all
    addresses of the person secret; False leaves it as it was (lifting is an act of its own). An address can also
    be written between two others (history that became known later). Raises BadInput when the period would overlap.
    """
    text = "\n".join(line.strip() for line in lines.splitlines() if line.strip())
    if kind not in AddressKind.values or source not in FactSource.values:
        raise BadInput(_("Choose the kind of address and where it is known from."), field="kind")
    if not text:
        raise BadInput(_("Write the address: street and number, then postcode and place."), field="lines")
    _check_place(place_municipality, district)
    check_period(starts, ends)
    hold(person)
    secret = secret or is_secret(person.pk)
    # `starts` of the running one must lie before: an address of no days never was
    ended = _end_running(person, kind, starts, at) if ends is None else None
    if Address.objects.filter(overlaps(starts, ends), person=person, kind=kind).exists():
        raise BadInput(
            _("In that period another address is known. Choose dates that fit between the other addresses."),
            field="starts",
        )
    if secret:
        Address.objects.filter(person=person, secret=False).update(secret=True, version=F("version") + 1, changed_at=at)
    postcode = postcode_in(text)
    address = Address.objects.create(
        municipality=person.municipality, person=person, kind=kind, lines=text, place_municipality=place_municipality,
        district=district, secret=secret, source=source,
        in_investigation=in_investigation, starts=starts, ends=ends,
        postcode_index=blind_index("postcode", postcode, person.municipality) if postcode else None,
    )  # fmt: skip
    record(
        by, "people.moved", address, at=at, subjects=[subject(person)], ground=source,
        fields=["ends"] if ended else [], municipality=person.municipality,
    )  # fmt: skip
    signals.address_changed.send(sender=Address, person=person, address=address, by=by, at=at)
    return address


def _end_running(person: Person, kind: AddressKind, starts: dt.date, at: dt.datetime) -> Address | None:
    running = Address.objects.filter(person=person, kind=kind, ends=None, starts__lt=starts).first()
    if running is None:
        return None
    save_changes(running, {"ends": starts}, opened_version=running.version, at=at)
    return running


def _check_place(place_municipality: str, district: str) -> None:
    if place_municipality and not _MUNICIPALITY.fullmatch(place_municipality):
        raise BadInput(_("Write the municipality as a code of CBS, for example GM0303."), field="place_municipality")
    if district and not _DISTRICT.fullmatch(district):
        raise BadInput(_("Write the neighbourhood as a code of CBS, for example WK030301."), field="district")
    if district and place_municipality and district[2:6] != place_municipality[2:]:
        raise BadInput(_("This neighbourhood does not lie in that municipality."), field="district")


@action
def end_address(*, by: Principal, at: dt.datetime, address: Address, ends: dt.date, opened_version: int) -> Address:
    """End an address without a new one: somebody left, and where to is unknown."""
    check_end(address, ends, Address.objects.filter(person=address.person_id, kind=address.kind))
    changed = save_changes(address, {"ends": ends}, opened_version=opened_version, at=at)
    record(
        by, "people.address_ended", address, at=at, subjects=[("person", address.person_id)], fields=changed,
        municipality=address.municipality,
    )  # fmt: skip
    signals.address_changed.send(sender=Address, person=address.person, address=address, by=by, at=at)
    return address


def _keep_reason(by: Principal, at: dt.datetime, person: Person, act: SecrecyAct, reason: str) -> None:
    SecrecyReason.objects.create(
        municipality=person.municipality, person=person, act=act, reason=reason.strip()[:200], said_by=by.key,
        said_at=at,
    )  # fmt: skip


@action
def keep_address_secret(*, by: Principal, at: dt.datetime, person: Person, reason: str) -> int:
    """Make all addresses of a person secret, those that ran before too: an old one points to the new one.

    Returns how many rows it concerned. Raises BadInput when there is no address yet, or no reason.
    """
    if not reason.strip():
        raise BadInput(
            _("Write in one sentence why the address is secret. Only who may see the address reads it."), field="reason"
        )
    count = Address.objects.filter(person=person).update(secret=True, version=F("version") + 1, changed_at=at)
    if not count:
        raise BadInput(_("There is no address yet. Add the address first; then make it secret."), field="lines")
    _keep_reason(by, at, person, SecrecyAct.KEPT, reason)
    record(
        by, "people.address_made_secret", person, at=at, subjects=[subject(person)], fields=["secret"],
        municipality=person.municipality,
    )  # fmt: skip
    signals.secrecy_changed.send(sender=Person, person=person, secret=True, by=by, at=at)
    return count


@action
def lift_address_secrecy(*, by: Principal, at: dt.datetime, person: Person, reason: str) -> int:
    """Make the addresses of a person ordinary again. Only for who holds the explicit right; with a reason."""
    held = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.PERSON, subject=person.pk, principal=by.key,
        kind=RelationKind.WHEREABOUTS,
    )  # fmt: skip
    if not held.exists():
        raise NotAllowed(_("Only somebody with the right to see this address can do this. Ask your team lead."))
    if not reason.strip():
        raise BadInput(_("Write in one sentence why the address may be known again."), field="reason")
    count = Address.objects.filter(person=person, secret=True).update(
        secret=False, version=F("version") + 1, changed_at=at
    )
    _keep_reason(by, at, person, SecrecyAct.LIFTED, reason)
    record(
        by, "people.address_secrecy_lifted", person, at=at, subjects=[subject(person)], fields=["secret"],
        municipality=person.municipality,
    )  # fmt: skip
    signals.secrecy_changed.send(sender=Person, person=person, secret=False, by=by, at=at)
    return count


@action
def grant_whereabouts(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    staff: UUID,
    reason: str,
    until: dt.datetime,
) -> Relation:
    """Give one colleague the explicit right to a secret address until a moment, at most 90 days ahead.

    `staff` is the id of the staff member. Nobody gives it to themselves. The address itself still asks a step-up.
    """
    if staff == by.key:
        raise NotAllowed(_("Somebody else has to give you this right. Ask your team lead."))
    if not reason.strip():
        raise BadInput(_("Write in one sentence why this colleague needs the address."), field="reason")
    if not at < until <= at + dt.timedelta(days=90):
        raise BadInput(_("Choose an end within 90 days."), field="until")
    _keep_reason(by, at, person, SecrecyAct.RIGHT, reason)
    return relate(
        by=by, at=at, subject_kind=SubjectKind.PERSON, subject=person.pk, principal=staff,
        kind=RelationKind.WHEREABOUTS, ground="secret address needed for work", municipality=person.municipality,
        ends_at=until,
    )  # fmt: skip


@action
def withdraw_whereabouts(*, by: Principal, at: dt.datetime, person: Person, staff: UUID) -> None:
    """End the explicit right of a colleague now."""
    rows = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.PERSON, subject=person.pk, principal=staff,
        kind=RelationKind.WHEREABOUTS,
    )  # fmt: skip
    for relation in rows:
        end_relation(by=by, at=at, relation=relation, ground="no longer needed")
    record(
        by, "people.whereabouts_withdrawn", person, at=at, subjects=[subject(person)],
        municipality=person.municipality,
    )  # fmt: skip
