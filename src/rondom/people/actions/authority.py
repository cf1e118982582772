"""Authority, measures and representation: dated facts with their source. Never inferred from kinship (JW-03)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record, subject
from rondom.core.periods import overlaps
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.people import signals
from rondom.people.actions.shared import check_end, check_period, hold
from rondom.people.enums import AuthorityKind, FactSource, MeasureKind, RepresentationKind
from rondom.people.models import Authority, Measure, Person, Representation
from rondom.people.queries import of_age_on

HOLDERS = {  # how many can hold authority of a kind at the same time (BW 1:245, 253t, 282, 302)
    AuthorityKind.JOINT: 2,
    AuthorityKind.SOLE: 1,
    AuthorityKind.WITH_PARTNER: 2,
    AuthorityKind.GUARDIAN: 2,
    AuthorityKind.GUARDIAN_GI: 1,
}


@action
def record_authority(
    *,
    by: Principal,
    at: dt.datetime,
    child: Person,
    kind: AuthorityKind,
    source: FactSource,
    starts: dt.date,
    holder: Person | None = None,
    holder_organisation: str = "",
    ends: dt.date | None = None,
) -> Authority:
    """Record that somebody holds authority over a child during a period, and where that is known from.

    The holder is a person, or for guardianship of a certified institution an organisation. Raises BadInput when the
    period contradicts what is known: another kind at the same time, or more holders than the kind allows. Authority
    ends by itself on the 18th birthday; that date is not stored (a corrected birth date would leave it wrong).
    """
    if kind not in AuthorityKind.values or source not in FactSource.values:
        raise BadInput(_("Choose the kind of authority and where this is known from."), field="kind")
    organisation = holder_organisation.strip()
    if kind == AuthorityKind.GUARDIAN_GI and (holder is not None or not organisation):
        raise BadInput(_("Write which certified institution has guardianship."), field="holder_organisation")
    if kind != AuthorityKind.GUARDIAN_GI and (holder is None or organisation):
        raise BadInput(_("Choose who has authority."), field="holder")
    if holder is not None and holder.pk == child.pk:
        raise BadInput(_("A child does not hold authority over itself. Choose who does."), field="holder")
    check_period(starts, ends)
    adult_from = of_age_on(child)
    if adult_from and starts >= adult_from:
        raise BadInput(_("On this day the child is 18; nobody has authority then."), field="starts")
    hold(child)
    _refuse_contradiction(child, kind, holder, starts, ends)
    authority = Authority.objects.create(
        municipality=child.municipality, child=child, holder=holder, holder_organisation=organisation, kind=kind,
        source=source, starts=starts, ends=ends,
    )  # fmt: skip
    subjects = [subject(child), *([subject(holder)] if holder else [])]
    record(
        by, "people.authority_recorded", authority, at=at, subjects=subjects, ground=source,
        municipality=child.municipality,
    )  # fmt: skip
    signals.authority_recorded.send(sender=Authority, authority=authority, by=by, at=at)
    return authority


def _refuse_contradiction(
    child: Person, kind: AuthorityKind, holder: Person | None, starts: dt.date, ends: dt.date | None, field: str = ""
) -> None:
    others = list(
        Authority.objects.filter(overlaps(starts, ends), child=child).select_related("holder").order_by("starts", "pk")
    )
    for other in others:
        if holder is not None and other.holder_id == holder.pk:
            raise BadInput(
                _("%(name)s already has authority from %(starts)s. End that first, or choose another period.")
                % {"name": holder.name, "starts": f"{other.starts:%d-%m-%Y}"},
                field=field or "holder",
            )
        if other.kind != kind:
            raise BadInput(
                _(
                    "From %(starts)s %(name)s has “%(known)s”. That cannot stand beside “%(asked)s”. First end that "
                    "authority on the day it changed."
                )
                % {
                    "starts": f"{other.starts:%d-%m-%Y}",
                    "name": other.holder.name if other.holder else other.holder_organisation,
                    "known": AuthorityKind(other.kind).label,
                    "asked": AuthorityKind(kind).label,
                },
                field=field or "kind",
            )
    room = HOLDERS[AuthorityKind(kind)]
    for day in [starts, *(other.starts for other in others if other.starts > starts)]:
        held = [other for other in others if other.holds_on(day)]
        if len(held) >= room:
            raise BadInput(
                _(
                    "“%(kind)s” has at most %(count)s holders at the same time, and they are known: %(names)s. "
                    "First end one."
                )
                % {
                    "kind": AuthorityKind(kind).label,
                    "count": room,
                    "names": ", ".join(o.holder.name if o.holder else o.holder_organisation for o in held),
                },
                field=field or "holder",
            )


@action
def end_authority(
    *, by: Principal, at: dt.datetime, authority: Authority, ends: dt.date, source: FactSource, opened_version: int
) -> Authority:
    """End authority from a day (the first day it no longer holds), with where that is known from."""
    check_period(authority.starts, ends)
    hold(authority.child)
    if authority.ends and ends > authority.ends:
        kind = AuthorityKind(authority.kind)
        _refuse_contradiction(authority.child, kind, authority.holder, authority.ends, ends, field="ends")
    if source not in FactSource.values:
        raise BadInput(_("Say where this is known from."), field="source")
    changed = save_changes(authority, {"ends": ends}, opened_version=opened_version, at=at)
    subjects = [("person", authority.child_id)]
    if authority.holder_id:
        subjects.append(("person", authority.holder_id))
    record(
        by, "people.authority_ended", authority, at=at, subjects=subjects, fields=changed, ground=source,
        municipality=authority.municipality,
    )  # fmt: skip
    signals.authority_ended.send(sender=Authority, authority=authority, by=by, at=at)
    return authority


@action
def record_measure(
    *,
    by: Principal,
    at: dt.datetime,
    child: Person,
    kind: MeasureKind,
    body: str,
    starts: dt.date,
    ends: dt.date | None = None,
    source: FactSource = FactSource.COURT,
) -> Measure:
    """Record a measure and the certified institution that carries it out. No two of one kind at the same time."""
    if kind not in MeasureKind.values:
        raise BadInput(_("Choose the kind of measure."), field="kind")
    if not body.strip():
        raise BadInput(_("Write which certified institution carries out the measure."), field="body")
    check_period(starts, ends)
    hold(child)
    if Measure.objects.filter(overlaps(starts, ends), child=child, kind=kind).exists():
        raise BadInput(
            _("There is such a measure in that period already. Write its extension from the day the old one ends."),
            field="starts",
        )
    measure = Measure.objects.create(
        municipality=child.municipality, child=child, kind=kind, body=body.strip(), source=source, starts=starts,
        ends=ends,
    )  # fmt: skip
    record(
        by, "people.measure_recorded", measure, at=at, subjects=[subject(child)], ground=source,
        municipality=child.municipality,
    )  # fmt: skip
    return measure


@action
def end_measure(*, by: Principal, at: dt.datetime, measure: Measure, ends: dt.date, opened_version: int) -> Measure:
    """End a measure on a day (the first day it no longer holds): the judge ended it, or its term was shortened."""
    hold(measure.child)
    check_end(measure, ends, Measure.objects.filter(child=measure.child_id, kind=measure.kind))
    changed = save_changes(measure, {"ends": ends}, opened_version=opened_version, at=at)
    record(
        by, "people.measure_ended", measure, at=at, subjects=[("person", measure.child_id)], fields=changed,
        municipality=measure.municipality,
    )  # fmt: skip
    return measure


@action
def end_representation(
    *, by: Principal, at: dt.datetime, representation: Representation, ends: dt.date, opened_version: int
) -> Representation:
    """End a representation on a day; what the representative could see ends with it."""
    same = Representation.objects.filter(
        person=representation.person_id, representative=representation.representative_id, kind=representation.kind
    )
    check_end(representation, ends, same)
    changed = save_changes(representation, {"ends": ends}, opened_version=opened_version, at=at)
    subjects = [("person", representation.person_id), ("person", representation.representative_id)]
    record(
        by, "people.representation_ended", representation, at=at, subjects=subjects, fields=changed,
        municipality=representation.municipality,
    )  # fmt: skip
    signals.representation_ended.send(sender=Representation, representation=representation, by=by, at=at)
    return representation


@action
def record_representation(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    representative: Person,
    kind: RepresentationKind,
    starts: dt.date,
    ends: dt.date | None = None,
    source: FactSource = FactSource.DECLARED,
) -> Representation:
    """Record a curator, mentor or written proxy of a person (CNS-05)."""
    if kind not in RepresentationKind.values:
        raise BadInput(_("Choose the kind of representation."), field="kind")
    if person.pk == representative.pk:
        raise BadInput(_("Choose somebody else than the person themselves."), field="representative")
    check_period(starts, ends)
    same = Representation.objects.filter(
        overlaps(starts, ends), person=person, representative=representative, kind=kind
    )
    if same.exists():
        raise BadInput(_("This is known already for that period."), field="starts")
    row = Representation.objects.create(
        municipality=person.municipality, person=person, representative=representative, kind=kind, source=source,
        starts=starts, ends=ends,
    )  # fmt: skip
    record(
        by, "people.representation_recorded", row, at=at, subjects=[subject(person), subject(representative)],
        ground=source, municipality=person.municipality,
    )  # fmt: skip
    signals.representation_recorded.send(sender=Representation, representation=row, by=by, at=at)
    return row
