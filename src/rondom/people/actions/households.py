"""Households and kinship."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record, subject
from rondom.core.periods import on, overlaps
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.people.actions.shared import check_end, check_period, hold
from rondom.people.enums import FactSource, HouseholdPart, KinshipKind
from rondom.people.models import Household, HouseholdMember, Kinship, Person

SYMMETRIC = frozenset({KinshipKind.PARTNER, KinshipKind.EX_PARTNER, KinshipKind.SIBLING})
ELDER = frozenset({KinshipKind.PARENT, KinshipKind.GRANDPARENT})


@action
def open_household(*, by: Principal, at: dt.datetime, municipality: str = "", remark: str = "") -> Household:
    """Make an empty household; people join it with `join_household`."""
    household = Household.objects.create(municipality=municipality or by.municipality, remark=remark.strip())
    record(by, "people.household_opened", household, at=at, municipality=household.municipality)
    return household


@action
def join_household(
    *,
    by: Principal,
    at: dt.datetime,
    household: Household,
    person: Person,
    part: HouseholdPart,
    starts: dt.date,
    ends: dt.date | None = None,
) -> HouseholdMember:
    """Let a person live in a household from a day.

    Co-parenting: a child may be in several households as `part_time_child`; full time in one at a time. Raises
    BadInput when the period overlaps one that is known.
    """
    if part not in HouseholdPart.values:
        raise BadInput(_("Choose which part this person has in the household."), field="part")
    check_period(starts, ends)
    hold(person)
    running = HouseholdMember.objects.filter(overlaps(starts, ends), person=person)
    if running.filter(household=household).exists():
        raise BadInput(
            _("This person already lives in this household in that period. End that first, or choose other dates."),
            field="starts",
        )
    if part != HouseholdPart.PART_TIME_CHILD and running.exclude(part=HouseholdPart.PART_TIME_CHILD).exists():
        raise BadInput(
            _(
                "This person lives full time in another household in that period. End that first, or choose "
                "“child, part of the week” for a child with two homes."
            ),
            field="part",
        )
    member = HouseholdMember.objects.create(
        municipality=household.municipality, household=household, person=person, part=part, starts=starts, ends=ends
    )
    record(by, "people.household_joined", member, at=at, subjects=[subject(person)], municipality=person.municipality)
    return member


@action
def leave_household(
    *, by: Principal, at: dt.datetime, member: HouseholdMember, ends: dt.date, opened_version: int
) -> HouseholdMember:
    """End a membership; `ends` is the first day the person no longer lives there."""
    hold(member.person)
    beside = HouseholdMember.objects.filter(person=member.person_id)
    if member.part == HouseholdPart.PART_TIME_CHILD:
        beside = beside.filter(household=member.household_id)
    else:
        beside = beside.filter(~Q(part=HouseholdPart.PART_TIME_CHILD) | Q(household=member.household_id))
    check_end(member, ends, beside)
    changed = save_changes(member, {"ends": ends}, opened_version=opened_version, at=at)
    record(
        by, "people.household_left", member, at=at, subjects=[("person", member.person_id)], fields=changed,
        municipality=member.municipality,
    )  # fmt: skip
    return member


@action
def live_with(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    part: HouseholdPart,
    starts: dt.date,
    other: Person | None = None,
    leaves: bool = True,
) -> HouseholdMember:
    """Let a person live with `other` from a day, in that person's household, or in a household of their own.

    `leaves` True ends where the person lived until then, on that day; False adds a second home (co-parenting: then all
    are "part of the week"). When `other` has no household yet, both live in a new one. Raises BadInput when `other` has
    two homes, or the period overlaps one that is known.
    """
    hold(person)
    if leaves:
        for row in HouseholdMember.objects.filter(on(starts), person=person, starts__lt=starts).order_by("pk"):
            leave_household(by=by, at=at, member=row, ends=starts, opened_version=row.version)
    homes = list(HouseholdMember.objects.filter(on(starts), person=other).select_related("household")) if other else []
    if len(homes) > 1:
        raise BadInput(_("This person has two homes. Choose an adult who lives in the home you mean."), field="other")
    if homes:
        home = homes[0].household
    else:
        home = open_household(by=by, at=at, municipality=person.municipality)
        if other:
            join_household(by=by, at=at, household=home, person=other, part=HouseholdPart.ADULT, starts=starts)
    return join_household(by=by, at=at, household=home, person=person, part=part, starts=starts)


@action
def remove_kinship(*, by: Principal, at: dt.datetime, kinship: Kinship, opened_version: int) -> None:
    """Take away that two people are related: it was a mistake. That it stood there is kept in the event."""
    save_changes(kinship, {}, opened_version=opened_version, at=at)
    subjects = [("person", kinship.person_id), ("person", kinship.other_id)]
    record(by, "people.kinship_removed", kinship, at=at, subjects=subjects, municipality=kinship.municipality)
    kinship.delete()


@action
def record_kinship(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    other: Person,
    kind: KinshipKind,
    source: FactSource = FactSource.DECLARED,
) -> Kinship:
    """Record that `person` is parent, partner ... of `other`. Stored once, read from both sides (`queries.kin_of`).

    Kinship says nothing about authority (JW-03). Raises BadInput for oneself, for what is known already in either
    direction, and for a parent younger than the child. Partners who parted become ex-partners: the old row goes.
    """
    if person.pk == other.pk:
        raise BadInput(_("Somebody cannot be family of themselves. Choose another person."), field="other")
    if kind not in KinshipKind.values:
        raise BadInput(_("Choose how these two are related."), field="kind")
    if person.municipality != other.municipality:
        raise BadInput(_("These two belong to different municipalities."), field="other")
    if Kinship.objects.filter(person=person, other=other, kind=kind).exists():
        raise BadInput(_("This is known already."), field="kind")
    if Kinship.objects.filter(person=other, other=person, kind=kind).exists():
        if kind in SYMMETRIC:
            raise BadInput(_("This is known already."), field="kind")
        raise BadInput(_("It is recorded the other way round already. Remove that first."), field="kind")
    child_from = other.born_on or other.expected_on
    if kind in ELDER and person.born_on and child_from and person.born_on >= child_from:
        raise BadInput(
            _("A parent is older than the child. Check the dates of birth, or turn them round."), field="kind"
        )
    if kind == KinshipKind.EX_PARTNER:
        _together(person, other).filter(kind=KinshipKind.PARTNER).delete()
    if kind == KinshipKind.PARTNER:
        _together(person, other).filter(kind=KinshipKind.EX_PARTNER).delete()
    kinship = Kinship.objects.create(
        municipality=person.municipality, person=person, other=other, kind=kind, source=source
    )
    record(
        by, "people.kinship_recorded", kinship, at=at, subjects=[subject(person), subject(other)], ground=source,
        municipality=person.municipality,
    )  # fmt: skip
    return kinship


def _together(one: Person, two: Person) -> QuerySet[Kinship]:
    pair = [one.pk, two.pk]
    return Kinship.objects.filter(person__in=pair, other__in=pair)
