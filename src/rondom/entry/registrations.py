"""Which registrations and which places that refer somebody sees: the back office, with product sight of the dossier."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from rondom.accounts.models import Referrer, StaffMember, TeamMembership
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.dossiers.enums import DossierKind
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.opening import ground_of
from rondom.dossiers.queries import dossiers_for, dossiers_in
from rondom.entry.enums import ConcernState, PartnerKind
from rondom.entry.models import Concern, Partner, PartnerContact, Referral
from rondom.privacy.enums import RelationKind, Sight, SubjectKind
from rondom.privacy.queries import sight_of
from rondom.providers.models import Contract, Provider
from rondom.providers.queries import providers_of, running_contracts

MOST_HEARD = 200  # lines on the page of a place
LISTS = ("datum-onbekend", "te-laat", "geldig", "dossier", "afgesloten")


def referrals_for(by: Principal, *, at: dt.datetime) -> QuerySet[Referral]:
    """Return the referrals of dossiers one has product sight of, newest first; never of a shielded dossier."""
    seen = dossiers_for(by, at=at, sight=Sight.PRODUCT).filter(shielded=False).values("pk")
    rows = Referral.objects.filter(dossier__in=seen)
    return rows.select_related("dossier__youth", "partner", "provider", "registered_by").order_by("-received_on", "-pk")


def referrals_in(case: Case, by: Principal, *, at: dt.datetime) -> QuerySet[Referral]:
    """Return the referrals of the dossiers of a case that the viewer may open, newest first."""
    rows = Referral.objects.filter(dossier__in=dossiers_in(case, by, at=at).values("pk"))
    return rows.select_related("provider").order_by("-received_on", "-pk")


def narrowed(rows: QuerySet[Referral], chosen: str) -> QuerySet[Referral]:
    """Narrow to one of LISTS: day unknown, too late, valid, a whole dossier by now, ended; else: what is registered."""
    if chosen == "afgesloten":
        return rows.filter(ended_on__isnull=False)
    rows = rows.filter(ended_on=None)
    if chosen == "dossier":
        return rows.filter(dossier__kind=DossierKind.FULL)
    rows = rows.filter(dossier__kind=DossierKind.REGISTRATION_ONLY)
    if chosen == "datum-onbekend":
        return rows.filter(referred_on=None)
    if chosen in ("te-laat", "geldig"):
        return rows.filter(valid=chosen == "geldig")
    return rows


def subjects_of(row: Referral) -> list[Subject]:
    """Return what a look at a referral concerns."""
    return [subject(row), ("dossier", row.dossier_id), ("person", row.dossier.youth_id)]


def open_referral(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Referral:
    """Return a referral within sight and record the look. Raises NotFound; a refused look is recorded as well."""
    row = referrals_for(by, at=at).filter(pk=pk).first()
    if row is None:
        hidden = Referral.objects.filter(pk=pk).select_related("dossier").first()
        if hidden is not None:
            look(by, page, hidden, subjects=subjects_of(hidden), result="denied", at=at)
        raise NotFound("")
    ground = ground_of(by, SubjectKind.DOSSIER, row.dossier_id, at=at, sight=Sight.PRODUCT)
    look(by, page, row, subjects=subjects_of(row), ground=ground, at=at)
    return row


def others_of(row: Referral) -> QuerySet[Referral]:
    """Return the other referrals of the same dossier, newest first."""
    rows = Referral.objects.filter(dossier=row.dossier_id).exclude(pk=row.pk)
    return rows.select_related("provider").order_by("-received_on", "-pk")


def asked_by_family(dossier: Dossier) -> bool:
    """Tell whether the family of a registration asked for help itself, and triage has not decided yet."""
    return Concern.objects.filter(registration=dossier, state=ConcernState.WAITING).exists()


def contract_on(row: Referral) -> Contract | None:
    """Return a contract of the provider that holds when the family came, or today while that day is not known."""
    day = row.registered_on or row.received_on
    found = running_contracts([row.provider_id], day) if row.provider_id else {}
    return next(iter(found.get(row.provider_id, [])), None) if row.provider_id else None


def providers_to_choose(by: Principal) -> list[Provider]:
    """Return the providers of one's municipality, by name."""
    return list(providers_of(by).filter(merged_into=None).order_by("name", "pk"))


# --- what a place that referred may hear


def referred_by(by: Principal, *, at: dt.datetime, page: str) -> list[Referral]:
    """Return the referrals of the place somebody signed in for, newest first, and record the look at each dossier.

    Only through the relation that registering gave; never of a shielded dossier, of which nobody is told.
    """
    rows = Referral.objects.filter(
        sight_of(SubjectKind.REFERRAL, by, at=at, sight=Sight.REPORTER), dossier__shielded=False
    )
    found = list(rows.select_related("dossier__youth", "provider").order_by("-received_on", "-pk")[:MOST_HEARD])
    about = [subject for row in found for subject in subjects_of(row)]
    look(by, page, subjects=about, ground=RelationKind.REPORTED, at=at)
    return found


# --- places that refer


def partners_for(by: Principal, *, at: dt.datetime, kinds: Iterable[str] = ()) -> QuerySet[Partner]:
    """Return the practices and schools of one's municipality, with `now`: who of us they can call today."""
    running = _reachable(clock.today(at))
    rows = Partner.objects.filter(municipality=by.municipality).order_by("kind", "name")
    rows = rows.filter(kind__in=list(kinds)) if kinds else rows
    return rows.prefetch_related(Prefetch("contacts", running, to_attr="now"))


def partner_for(by: Principal, pk: UUID, *, at: dt.datetime) -> Partner:
    """Return one of them; raises NotFound."""
    row = partners_for(by, at=at).filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def contact_of(partner: Partner | None, day: dt.date) -> StaffMember | None:
    """Return who of us a practice or school can call on a day."""
    return next((row.staff for row in _reachable(day).filter(partner=partner)), None) if partner else None


def _reachable(day: dt.date) -> QuerySet[PartnerContact]:
    """Return who can be called on a day; who left every team is nobody's contact person any more (N28)."""
    members = TeamMembership.objects.filter(on(day)).values("staff")
    return PartnerContact.objects.filter(on(day), staff__in=members).select_related("staff").order_by("starts", "pk")


def left_alone(by: Principal, *, at: dt.datetime) -> list[tuple[Partner, dt.date]]:
    """Return the places that had somebody of us to call and have nobody now, with since when (N28).

    A contact person who left every team, or whose time ended without a successor. Who never had one is in the list of
    places, and is no news.
    """
    day = clock.today(at)
    rows = PartnerContact.objects.filter(partner__municipality=by.municipality, starts__lte=day)
    rows = rows.exclude(partner__in=_reachable(day).order_by().values("partner"))
    last = {row.partner: row for row in rows.select_related("partner").order_by("starts", "pk")}
    left = TeamMembership.objects.filter(staff__in=[row.staff_id for row in last.values()])
    until = dict(left.order_by().values("staff").annotate(until=Max("ends")).values_list("staff", "until"))
    found = [(place, row.ends or until.get(row.staff_id) or row.starts) for place, row in last.items()]
    return sorted(found, key=lambda pair: (pair[1], pair[0].name))


def contacts_of(partner: Partner) -> QuerySet[PartnerContact]:
    """Return who was and is the contact person of a place, newest first."""
    return PartnerContact.objects.filter(partner=partner).select_related("staff").order_by("-starts", "-pk")


def partner_named(name: str, municipality: str) -> Partner | None:
    """Return the practice or school with this name, as somebody typed it."""
    named = Partner.objects.filter(municipality=municipality, name__iexact=name.strip())
    return named.first() if name.strip() else None


def place_of(referrer: Referrer) -> Partner:
    """Return the practice or school somebody signs in for; raises NotFound."""
    row = Partner.objects.filter(pk=referrer.place, municipality=referrer.municipality).first()
    if row is None:
        raise NotFound("")
    return row


def referrer_for(by: Principal, pk: UUID) -> Referrer:
    """Return who signs in for a place of one's municipality; raises NotFound, also when that ended."""
    rows = Referrer.objects.filter(municipality=by.municipality, account__is_active=True).select_related("account")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def staff_of(by: Principal) -> list[StaffMember]:
    """Return who can be a contact person: colleagues of the local teams of one's municipality, by name."""
    rows = StaffMember.objects.filter(municipality=by.municipality, memberships__isnull=False).distinct()
    return list(rows.select_related("organisation").order_by("first_name", "last_name", "pk"))


PRACTICES = (PartnerKind.GENERAL_PRACTICE, PartnerKind.YOUTH_HEALTH, PartnerKind.HOSPITAL, PartnerKind.OTHER)
