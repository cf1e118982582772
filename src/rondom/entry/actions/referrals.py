"""What can be done with help that comes past our triage: register, find the date, and let the family ask for more.

A registration gives nobody the right to make contact: there is no coordinator and no plan (practice 3). The back office
sees product and ground only; who works in a team sees nothing until the family itself asks.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import Subject, record, subject
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.core.why import kept
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import DossierKind
from rondom.dossiers.models import Dossier
from rondom.entry import rules
from rondom.entry.actions.concerns import Named, Reporter, receive
from rondom.entry.enums import GROUND_OF_REFERRER, Channel, Part, ReferralEnd, ReferrerKind, ReporterKind
from rondom.entry.following import what_runs
from rondom.entry.models import Concern, ConcernPerson, Partner, Referral
from rondom.people import actions as people
from rondom.people.models import Person
from rondom.privacy import actions as sight
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.queries import relations_on
from rondom.providers.models import Provider

SIGHT = "registers this help"
HEARD = dt.timedelta(days=365)
CHANGEABLE = frozenset({"referred_on", "registered_on", "crisis", "provider", "partner", "referrer_name"})


@dataclass(frozen=True)
class Days:
    """The days of a referral: when it reached us, when it was made (mostly unknown), when the family came."""

    received_on: dt.date
    referred_on: dt.date | None = None
    registered_on: dt.date | None = None
    crisis: bool = False


def _may_register(by: Principal) -> None:
    if not by.has(Role.BACK_OFFICE):
        raise NotAllowed(
            _("Help through a doctor, the court or a certified institution is registered by the back office.")
        )


def _subjects(row: Referral) -> list[Subject]:
    return [subject(row), ("dossier", row.dossier_id), ("person", row.dossier.youth_id)]


@action
def register_referral(
    *,
    by: Principal,
    at: dt.datetime,
    registered_by: StaffMember,
    kind: ReferrerKind,
    name: str,
    born_on: dt.date | None,
    days: Days,
    provider: Provider | None = None,
    partner: Partner | None = None,
    referrer_name: str = "",
) -> Referral:
    """Register that a child gets help past our triage: a person, a dossier that only registers, and the referral.

    Raises BadInput without the name of the child or with days that cannot be. Who is registered may be somebody we know
    already; the data steward gets that question, and nobody here is told (decision record 0131).
    """
    _may_register(by)
    if not name.strip():
        raise BadInput(_("Write the name of the child."), field="name")
    _possible(days, clock.today(at))
    called, prefix, family_name = rules.split_name(name)
    youth = people.register_person(
        by=by, at=at, municipality=by.municipality, first_names=called, called=called, name_prefix=prefix,
        family_name=family_name, born_on=born_on,
    )  # fmt: skip
    dossier = dossiers.open_dossier(
        by=by, at=at, youth=youth, organisation=registered_by.organisation, ground=GROUND_OF_REFERRER[kind],
        kind=DossierKind.REGISTRATION_ONLY,
    )  # fmt: skip
    dossiers.relate_once(by, at, dossier, registered_by.organisation_id, RelationKind.ORGANISATION, SIGHT)
    return add_referral(
        by=by, at=at, dossier=dossier, registered_by=registered_by, kind=kind, days=days, provider=provider,
        partner=partner, referrer_name=referrer_name,
    )  # fmt: skip


@action
def add_referral(
    *,
    by: Principal,
    at: dt.datetime,
    dossier: Dossier,
    registered_by: StaffMember,
    kind: ReferrerKind,
    days: Days,
    provider: Provider | None = None,
    partner: Partner | None = None,
    referrer_name: str = "",
) -> Referral:
    """Add a referral to a dossier that registers already: another provider, or a new referral after a late one."""
    _may_register(by)
    _possible(days, clock.today(at))
    row = Referral(
        municipality=dossier.municipality, dossier=dossier, kind=kind, partner=partner, provider=provider,
        referrer_name=referrer_name.strip(), received_on=days.received_on, referred_on=days.referred_on,
        registered_on=days.registered_on, crisis=days.crisis, registered_by=registered_by,
    )  # fmt: skip
    _judge(row)
    row.save(force_insert=True)
    _opens(dossier, at)
    Dossier.objects.filter(pk=dossier.pk).update(last_change_on=clock.today(at))
    record(by, "entry.referral_registered", row, at=at, subjects=_subjects(row), municipality=row.municipality)
    _let_place_hear(by, at, row)
    return row


def _let_place_hear(by: Principal, at: dt.datetime, row: Referral) -> None:
    """Let the practice or institution that referred read that it reached us, and no other place (ADR 0616).

    For `HEARD` after it reached us, whatever happens: that a line leaves the page tells nothing. Registered by mistake:
    the line leaves at once.
    """
    standing = {one.principal: one for one in relations_on(SubjectKind.REFERRAL, row.pk, at=at)}
    hears = row.partner_id if row.ended_because != ReferralEnd.MISTAKE else None
    for principal, relation in standing.items():
        if principal != hears:
            sight.end_relation(by=by, at=at, relation=relation, ground="another place referred, or nobody did")
    until = dt.datetime.combine(row.received_on + HEARD, dt.time(), clock.AMSTERDAM)
    if hears and hears not in standing and until > at:
        sight.relate(
            by=by, at=at, subject_kind=SubjectKind.REFERRAL, subject=row.pk, principal=hears, ends_at=until,
            kind=RelationKind.REPORTED, ground="referred", municipality=row.municipality,
        )  # fmt: skip


def _possible(days: Days, today: dt.date) -> None:
    for field in ("received_on", "referred_on"):
        day = getattr(days, field)
        if day and day > today:
            raise BadInput(_("This day lies in the future."), field=field)


def _judge(row: Referral) -> None:
    """Keep what the law room says with these days (REF-06, REF-09), as it is said now."""
    said = rules.validity_of(row)
    row.valid = said.outcome if said else None
    row.explanation = kept(said) if said else {}


@action
def change_referral(
    *, by: Principal, at: dt.datetime, referral: Referral, changes: Mapping[str, Any], opened_version: int
) -> Referral:
    """Write down what became known: the day of the referral, of the registration, the provider. It is judged again."""
    _may_register(by)
    if set(changes) - CHANGEABLE:
        raise ValueError(f"not to be changed: {sorted(set(changes) - CHANGEABLE)}")
    known = {name: changes.get(name, getattr(referral, name)) for name in ("referred_on", "registered_on", "crisis")}
    _possible(Days(referral.received_on, **known), clock.today(at))
    changed = save_changes(referral, dict(changes), opened_version=opened_version, at=at)
    _judge(referral)
    Referral.objects.filter(pk=referral.pk).update(valid=referral.valid, explanation=referral.explanation)
    Dossier.objects.filter(pk=referral.dossier_id).update(last_change_on=clock.today(at))
    record(
        by, "entry.referral_changed", referral, at=at, fields=changed, subjects=_subjects(referral),
        municipality=referral.municipality,
    )  # fmt: skip
    _let_place_hear(by, at, referral)
    return referral


@action
def end_referral(
    *, by: Principal, at: dt.datetime, referral: Referral, ended_on: dt.date, because: ReferralEnd, words: str = ""
) -> Referral:
    """End a registered referral. Was it the last one of a dossier that registers only? Then that dossier closes.

    Raises BadInput for a day that cannot be, without words for a mistake, while an order still runs, or while the
    question of the family waits with triage.
    """
    _may_register(by)
    dossier = referral.dossier
    if referral.ended_on is not None:
        raise BadInput(_("This referral has ended already."))
    if ended_on > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="ended_on")
    if ended_on < referral.received_on:
        raise BadInput(_("This day lies before the referral reached us."), field="ended_on")
    if because == ReferralEnd.MISTAKE and not words.strip():
        raise BadInput(_("Write what the mistake was: a colleague must be able to follow it."), field="words")
    last = not Referral.objects.filter(dossier=dossier, ended_on=None).exclude(pk=referral.pk).exists()
    only_registers = dossier.kind == DossierKind.REGISTRATION_ONLY
    if last and only_registers:
        if Concern.objects.filter(registration=dossier, state="waiting").exists():
            raise BadInput(_("The family asked for help; triage looks at it. End this when triage has decided."))
        running = what_runs(dossier)
        if running:
            raise BadInput(" ".join(running))
    taken = Referral.objects.filter(pk=referral.pk, version=referral.version, ended_on=None).update(
        ended_on=ended_on, ended_because=because, ended_words=words.strip(), version=referral.version + 1, changed_at=at
    )
    if not taken:
        raise BadInput(_("Somebody changed this in the meantime. Look at it again."))
    closes = {"closed_on": clock.today(at)} if last and only_registers else {}
    Dossier.objects.filter(pk=dossier.pk).update(last_change_on=clock.today(at), **closes)
    _told(by, "entry.referral_ended", referral, at, "ended_on", "ended_because")
    _let_place_hear(by, at, referral)
    return referral


@action
def reopen_referral(*, by: Principal, at: dt.datetime, referral: Referral) -> Referral:
    """Take the end of a referral back, because that was the mistake; a dossier that only registers opens with it."""
    _may_register(by)
    taken = Referral.objects.filter(pk=referral.pk, version=referral.version, ended_on__isnull=False).update(
        ended_on=None, ended_because="", ended_words="", version=referral.version + 1, changed_at=at
    )
    if not taken:
        raise BadInput(_("This referral has not ended."))
    _opens(referral.dossier, at)
    _told(by, "entry.referral_reopened", referral, at, "ended_on", "ended_because")
    _let_place_hear(by, at, referral)
    return referral


def _opens(dossier: Dossier, at: dt.datetime) -> None:
    rows = Dossier.objects.filter(pk=dossier.pk, kind=DossierKind.REGISTRATION_ONLY)
    rows.update(closed_on=None, last_change_on=clock.today(at))


def _told(by: Principal, kind: str, row: Referral, at: dt.datetime, *fields: str) -> None:
    row.refresh_from_db()
    row.dossier.refresh_from_db()
    record(by, kind, row, at=at, fields=fields, subjects=_subjects(row), municipality=row.municipality)


@action
def ask_date(*, by: Principal, at: dt.datetime, referral: Referral) -> Referral:
    """Note that the provider was asked on which day was referred; not knowing it is normal (practice 7)."""
    _may_register(by)
    if referral.referred_on is not None:
        raise BadInput(_("The day of the referral is known already."))
    Referral.objects.filter(pk=referral.pk).update(
        asked_on=clock.today(at), version=referral.version + 1, changed_at=at
    )
    referral.refresh_from_db()
    record(
        by, "entry.referral_date_asked", referral, at=at, fields=["asked_on"], subjects=_subjects(referral),
        municipality=referral.municipality,
    )  # fmt: skip
    return referral


@action
def family_asks(
    *,
    by: Principal,
    at: dt.datetime,
    dossier: Dossier,
    entered_by: StaffMember,
    organisation: Organisation,
    channel: Channel,
    asker: Reporter,
    words: str,
) -> Concern:
    """The family of a registration asks for our help itself: its question goes to triage of a team organisation.

    `words` is the reason: what the family asks. The dossier keeps registering only until triage hands the question out
    and takes it over; then it becomes a whole dossier (`dossiers.make_whole`). Raises BadInput when nobody of the
    family asks, or when it was asked already.
    """
    _may_register(by)
    if dossier.kind != DossierKind.REGISTRATION_ONLY:
        raise BadInput(_("This is a whole dossier already: a team works with it."))
    if asker.kind not in ReporterKind.family():
        raise BadInput(_("Only the family itself can ask this: a parent or the young person."), field="asker_kind")
    if organisation.kind != OrganisationKind.LOCAL_TEAM or organisation.municipality != dossier.municipality:
        raise BadInput(_("Choose a team organisation of this municipality."), field="organisation")
    if dossier.closed_on is not None:
        raise BadInput(_("This registration is closed. Open it again first."))
    if Concern.objects.filter(registration=dossier, state="waiting").exists():
        raise BadInput(_("This question is with triage already."))
    youth: Person = dossier.youth
    row = receive(
        by=by, at=at, entered_by=entered_by, organisation=organisation, channel=channel, reporter=asker, worry=words,
        persons=[Named(Part.CHILD, youth.name, youth.born_on)], registration=dossier,
    )  # fmt: skip
    ConcernPerson.objects.filter(concern=row).update(person=youth)
    record(
        by, "entry.family_asked_help", row, at=at, municipality=row.municipality,
        subjects=[subject(row), ("dossier", dossier.pk), ("person", youth.pk)],
    )  # fmt: skip
    return row
