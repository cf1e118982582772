"""Registering and correcting persons, and their BSN."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.actions import action
from rondom.core.bsn import is_test_bsn, read_bsn
from rondom.core.errors import BadInput
from rondom.core.events import record, subject
from rondom.core.fields import blind_index
from rondom.core.models import Installation
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.people import signals
from rondom.people.duplicates import look_for_doubles
from rondom.people.enums import FactSource, Sex
from rondom.people.models import Person, SearchToken
from rondom.people.normalising import name_tokens

IDENTITY = (
    "first_names", "called", "name_prefix", "family_name", "born_on", "expected_on", "died_on", "sex", "interpreter",
)  # fmt: skip
NAMES = ("first_names", "called", "family_name")
OLDEST = 120  # years; nobody in a youth's circle was born earlier


@action
def register_person(
    *,
    by: Principal,
    at: dt.datetime,
    municipality: str = "",
    first_names: str = "",
    called: str = "",
    name_prefix: str = "",
    family_name: str = "",
    born_on: dt.date | None = None,
    expected_on: dt.date | None = None,
    sex: Sex = Sex.UNKNOWN,
    interpreter: str = "",
    bsn: str = "",
    bsn_source: FactSource | str = "",
) -> Person:
    """Register a person with what is known; help does not wait for a BSN (BSN-04).

    A child that is not born yet has `expected_on` and need not have a name. Raises BadInput when nothing at all is
    known, when dates cannot be true, or when the BSN is wrong or in use in this municipality. Possible doubles are
    put before the data steward; they stop nobody here.
    """
    person = Person(
        municipality=municipality or by.municipality,
        first_names=first_names.strip(), called=called.strip(), name_prefix=name_prefix.strip(),
        family_name=family_name.strip(), born_on=born_on, expected_on=expected_on, sex=sex, interpreter=interpreter,
    )  # fmt: skip
    _check_identity(person, clock.today(at))
    person.save(force_insert=True)
    keep_tokens(person)
    record(
        by, "people.person_registered", person, at=at, subjects=[subject(person)], municipality=person.municipality,
        fields=[name for name in IDENTITY if getattr(person, name) not in ("", None, Sex.UNKNOWN)],
    )  # fmt: skip
    if bsn:
        record_bsn(by=by, at=at, person=person, bsn=bsn, source=bsn_source or FactSource.DECLARED)
    look_for_doubles(person, at=at)
    signals.person_registered.send(sender=Person, person=person, by=by, at=at)
    return person


@action
def correct_person(
    *, by: Principal, at: dt.datetime, person: Person, changes: Mapping[str, Any], opened_version: int
) -> Person:
    """Correct identity fields (IDENTITY); a birth is recorded by giving an unborn child its `born_on` and name.

    Raises Stale for a second saver and BadInput for what cannot be true. The BSN has its own action.
    """
    unknown = set(changes) - set(IDENTITY)
    if unknown:
        raise ValueError(f"not an identity field: {sorted(unknown)}")
    cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    before = {name: getattr(person, name) for name in cleaned}
    for name, value in cleaned.items():
        setattr(person, name, value)
    try:
        _check_identity(person, clock.today(at))
    finally:
        for name, value in before.items():
            setattr(person, name, value)
    changed = save_changes(person, cleaned, opened_version=opened_version, at=at)
    record(
        by, "people.person_corrected", person, at=at, subjects=[subject(person)], fields=changed,
        municipality=person.municipality,
    )  # fmt: skip
    if changed:
        keep_tokens(person)
        look_for_doubles(person, at=at)
    signals.person_corrected.send(sender=Person, person=person, fields=changed, by=by, at=at)
    return person


@action
def record_bsn(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    bsn: str,
    source: FactSource | str,
    opened_version: int | None = None,
) -> Person:
    """Record a BSN that was seen or asked for, with where it came from (BSN-01, BSN-02).

    `opened_version` is the version of the person a page was opened with; a second saver then gets Stale.

    One BSN belongs to one person within a municipality. A demonstration or training installation takes test numbers
    only. Raises BadInput; the sentence for a number in use does not say whose it is.
    """
    digits = read_bsn(bsn)
    kind = Installation.objects.values_list("kind", flat=True).first()
    if kind in (Installation.Kind.DEMO, Installation.Kind.TRAINING) and not is_test_bsn(digits):
        raise BadInput(
            _("This installation is for practice: use a test BSN, between 999900006 and 999999990."), field="bsn"
        )
    if source not in FactSource.values:
        raise BadInput(_("Say where this BSN comes from."), field="bsn_source")
    if opened_version is not None:
        save_changes(person, {}, opened_version=opened_version, at=at)
    before = (person.bsn, person.bsn_index, person.bsn_source)
    person.bsn, person.bsn_source = digits, source
    person.bsn_index = blind_index("bsn", digits, person.municipality)
    try:
        with transaction.atomic():
            person.save(update_fields=["bsn", "bsn_index", "bsn_source"])
    except IntegrityError as error:
        person.bsn, person.bsn_index, person.bsn_source = before
        raise BadInput(
            _("This BSN is in use here already. Check the number; if it is right, ask the data steward."),
            field="bsn",
        ) from error
    record(
        by, "people.bsn_recorded", person, at=at, subjects=[subject(person)], fields=["bsn", "bsn_source"],
        ground=source, municipality=person.municipality,
    )  # fmt: skip
    return person


def _check_identity(person: Person, today: dt.date) -> None:
    """Raise BadInput when the identity cannot be true."""
    known = person.first_names or person.called or person.family_name
    if not known and not person.expected_on:
        raise BadInput(_("Write at least a name, or for an unborn child when it is expected."), field="family_name")
    born, expected, died = person.born_on, person.expected_on, person.died_on
    if born and born > today:
        raise BadInput(
            _("This date of birth lies in the future. For a child that is not born yet, fill in when it is expected."),
            field="born_on",
        )
    if born and born.year < today.year - OLDEST:
        raise BadInput(_("This date of birth is more than 120 years ago. Check the year."), field="born_on")
    if expected and not born and abs((expected - today).days) > 310:
        raise BadInput(
            _("A child is expected within ten months. Check the date, or fill in the date of birth."),
            field="expected_on",
        )
    if died and (died > today or (born and died < born)):
        raise BadInput(_("The date of death lies before the birth or in the future. Check it."), field="died_on")
    if person.sex not in Sex.values:
        raise BadInput(_("Choose one of the options."), field="sex")


def keep_tokens(person: Person) -> None:
    """Make the search words of a person fit its names. A merged row has none."""
    wanted = set() if person.merged_into_id else name_tokens(*(getattr(person, name) for name in NAMES))
    present = dict(person.tokens.values_list("token", "pk"))
    person.tokens.filter(pk__in=[pk for token, pk in present.items() if token not in wanted]).delete()
    SearchToken.objects.bulk_create(
        SearchToken(person=person, municipality=person.municipality, token=token)
        for token in sorted(wanted - set(present))
    )
