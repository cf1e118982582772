"""How somebody can be reached, and who is around them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record, subject
from rondom.core.fields import blind_index
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.people.actions.shared import check_period
from rondom.people.enums import ContactKind, ContactSafety, TieStrength
from rondom.people.models import ContactPoint, NetworkTie, Person
from rondom.people.normalising import email_plain, phone_digits


def read_contact(kind: ContactKind, text: str) -> str:
    """Return a typed phone number or e-mail address in one form; raise BadInput with what was expected."""
    if kind == ContactKind.PHONE:
        if digits := phone_digits(text):
            return digits
        raise BadInput(
            _("This is not a phone number. A Dutch number has ten digits, such as 06 12 34 56 78."), field="value"
        )
    value = email_plain(text)
    try:
        validate_email(value)
    except ValidationError as error:
        raise BadInput(_("This is not an e-mail address. Write it as name@example.nl."), field="value") from error
    return value


@action
def add_contact_point(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    kind: ContactKind,
    value: str,
    safety: ContactSafety = ContactSafety.ASK,
    remark: str = "",
    starts: dt.date | None = None,
) -> ContactPoint:
    """Add a phone number or e-mail address, and whether it is safe to use ("ask first" until somebody says so)."""
    if kind not in ContactKind.values or safety not in ContactSafety.values:
        raise BadInput(_("Choose one of the options."), field="safety")
    plain = read_contact(kind, value)
    index = blind_index("contact", plain, person.municipality)
    if ContactPoint.objects.filter(person=person, value_index=index, ends=None).exists():
        raise BadInput(_("This is known already. Change the one that is there."), field="value")
    point = ContactPoint.objects.create(
        municipality=person.municipality, person=person, kind=kind, value=plain, value_index=index, safety=safety,
        remark=remark.strip(), starts=starts or clock.today(at),
    )  # fmt: skip
    record(by, "people.contact_point_added", point, at=at, subjects=[subject(person)], municipality=person.municipality)
    return point


@action
def change_contact_point(
    *, by: Principal, at: dt.datetime, point: ContactPoint, safety: ContactSafety, remark: str, opened_version: int
) -> ContactPoint:
    """Change whether a number is safe to use, and the remark beside it ("after six", "ask for Mirjam")."""
    if safety not in ContactSafety.values:
        raise BadInput(_("Choose one of the options."), field="safety")
    changes = {"safety": safety, "remark": remark.strip()}
    changed = save_changes(point, changes, opened_version=opened_version, at=at)
    record(
        by, "people.contact_point_changed", point, at=at, subjects=[("person", point.person_id)], fields=changed,
        municipality=point.municipality,
    )  # fmt: skip
    return point


@action
def end_contact_point(*, by: Principal, at: dt.datetime, point: ContactPoint, opened_version: int) -> ContactPoint:
    """Stop using a number from today. One added today is gone from tomorrow."""
    ends = max(clock.today(at), point.starts + dt.timedelta(days=1))
    save_changes(point, {"ends": ends}, opened_version=opened_version, at=at)
    record(
        by, "people.contact_point_ended", point, at=at, subjects=[("person", point.person_id)], fields=["ends"],
        municipality=point.municipality,
    )  # fmt: skip
    return point


@action
def add_tie(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    strength: TieStrength,
    label: str = "",
    other: Person | None = None,
    can_do: str = "",
    points_to_place: bool = False,
    starts: dt.date | None = None,
) -> NetworkTie:
    """Record who or what is around a person, in the family's own words: "oma", "zwemclub".

    `points_to_place`: the name alone tells where somebody lives (a school, a club, a church); then it is kept from view
    while that person's whereabouts are secret. Raises BadInput without a name, or when it is known.
    """
    name = label.strip() or (other.name if other else "")
    if not name:
        raise BadInput(_("Write who or what this is, for example “oma” or “zwemclub”."), field="label")
    if strength not in TieStrength.values:
        raise BadInput(_("Choose how this tie feels."), field="strength")
    if other is not None and other.pk == person.pk:
        raise BadInput(_("Choose somebody else than the person themselves."), field="other")
    if NetworkTie.objects.filter(person=person, label__iexact=name, ends=None).exists():
        raise BadInput(_("This tie is known already. Change the one that is there."), field="label")
    tie = NetworkTie.objects.create(
        municipality=person.municipality, person=person, other=other, label=name, strength=strength,
        can_do=can_do.strip(), points_to_place=points_to_place, starts=starts or clock.today(at),
    )  # fmt: skip
    record(by, "people.tie_added", tie, at=at, subjects=[subject(person)], municipality=person.municipality)
    return tie


@action
def change_tie(
    *, by: Principal, at: dt.datetime, tie: NetworkTie, changes: Mapping[str, Any], opened_version: int
) -> NetworkTie:
    """Change strength, name, what they can do, whether it points to a place, or the day it ended."""
    unknown = set(changes) - {"label", "strength", "can_do", "points_to_place", "ends"}
    if unknown:
        raise ValueError(f"not a field of a tie: {sorted(unknown)}")
    if "strength" in changes and changes["strength"] not in TieStrength.values:
        raise BadInput(_("Choose how this tie feels."), field="strength")
    if "label" in changes and not changes["label"].strip():
        raise BadInput(_("Write who or what this is, for example “oma” or “zwemclub”."), field="label")
    check_period(tie.starts, changes.get("ends"))
    changed = save_changes(tie, changes, opened_version=opened_version, at=at)
    record(
        by, "people.tie_changed", tie, at=at, subjects=[("person", tie.person_id)], fields=changed,
        municipality=tie.municipality,
    )  # fmt: skip
    return tie
