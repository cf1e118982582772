"""Opening, closing and composing dossiers and cases. Each action writes its event; sight is given here."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import Organisation, Team
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.events import Subject, record, subject
from rondom.core.periods import moment_filter, on
from rondom.core.principals import Principal
from rondom.dossiers.enums import DossierGround, DossierKind
from rondom.dossiers.models import Case, CaseAdult, CaseDossier, Dossier
from rondom.dossiers.resident_sight import keep_up
from rondom.people.models import Person
from rondom.privacy.actions import relate
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation

FOLLOWS_CASE = (RelationKind.ASSIGNED, RelationKind.COVER, RelationKind.TEAM)


def case_subjects(case: Case, *, day: dt.date) -> list[Subject]:
    """Return the subjects an act in a case concerns: the case and its dossiers of that day."""
    dossiers = CaseDossier.objects.filter(on(day), case=case).values_list("dossier_id", flat=True)
    return [subject(case), *(("dossier", pk) for pk in dossiers)]


@action
def open_dossier(
    *,
    by: Principal,
    at: dt.datetime,
    youth: Person,
    organisation: Organisation,
    ground: DossierGround,
    kind: DossierKind = DossierKind.FULL,
    responsible_municipality: str = "",
) -> Dossier:
    """Open the dossier of a youth at an organisation. Raises BadInput when there is one already."""
    if Dossier.objects.filter(youth=youth, organisation=organisation).exists():
        raise BadInput(_("This child already has a dossier here. Open that one instead."))
    day = clock.today(at)
    dossier = Dossier.objects.create(
        municipality=youth.municipality, youth=youth, organisation=organisation, kind=kind, ground=ground,
        responsible_municipality=responsible_municipality, opened_on=day, last_change_on=day,
    )  # fmt: skip
    record(
        by, "dossiers.dossier_opened", dossier, at=at, ground=ground,
        subjects=[subject(dossier), subject(youth)], municipality=dossier.municipality,
    )  # fmt: skip
    keep_up([dossier], by=by, at=at)
    return dossier


@action
def make_whole(
    *, by: Principal, at: dt.datetime, dossier: Dossier, organisation: Organisation, because: str
) -> Dossier:
    """A dossier that only registered becomes a whole one, at the organisation that now helps; `because` is the ground.

    Who saw the registration keeps that sight: product and ground. Raises BadInput when it is whole already, or when
    that organisation has a dossier of this child.
    """
    if dossier.kind != DossierKind.REGISTRATION_ONLY:
        raise BadInput(_("This is a whole dossier already."))
    if Dossier.objects.filter(youth=dossier.youth_id, organisation=organisation).exclude(pk=dossier.pk).exists():
        raise BadInput(_("This child already has a dossier here. Add the question to that family instead."))
    day = clock.today(at)
    taken = Dossier.objects.filter(pk=dossier.pk, kind=DossierKind.REGISTRATION_ONLY).update(
        kind=DossierKind.FULL, organisation=organisation, last_change_on=day, version=dossier.version + 1, changed_at=at
    )
    if not taken:
        raise BadInput(_("This is a whole dossier already."))
    dossier.refresh_from_db()
    record(
        by, "dossiers.dossier_made_whole", dossier, at=at, ground=because[:60], fields=["kind", "organisation"],
        subjects=[subject(dossier), ("person", dossier.youth_id)], municipality=dossier.municipality,
    )  # fmt: skip
    return dossier


@action
def open_case(*, by: Principal, at: dt.datetime, team: Team, dossiers: Iterable[Dossier]) -> Case:
    """Open a case for a team with its first dossiers; the team sees it as a row in its list.

    A case with only shielded dossiers is not in the team's list: who works in it is named one by one.
    """
    first = list(dossiers)
    case = Case.objects.create(municipality=team.municipality, team=team, opened_on=clock.today(at))
    record(by, "dossiers.case_opened", case, at=at, subjects=[subject(case)], municipality=case.municipality)
    if not first or not all(dossier.shielded for dossier in first):
        relate(
            by=by, at=at, subject_kind=SubjectKind.CASE, subject=case.pk, principal=team.pk,
            kind=RelationKind.TEAM, ground="case with team", municipality=case.municipality,
        )  # fmt: skip
    for dossier in first:
        add_dossier(by=by, at=at, case=case, dossier=dossier)
    return case


@action
def add_dossier(*, by: Principal, at: dt.datetime, case: Case, dossier: Dossier) -> CaseDossier:
    """Make a dossier part of a case; who has sight of the case gets the same sight of the dossier.

    A shielded dossier is the exception: it follows
    only the personal roles in the case, never the team.
    """
    if dossier.municipality != case.municipality:
        raise VoidByLaw(_("This dossier belongs to another municipality. Ask for a transfer first."), source="Jw 7.4.0")
    link = CaseDossier.objects.create(
        municipality=case.municipality, case=case, dossier=dossier, starts=clock.today(at)
    )
    record(
        by, "dossiers.dossier_added_to_case", link, at=at, municipality=case.municipality,
        subjects=[subject(case), subject(dossier)],
    )  # fmt: skip
    follows = (RelationKind.ASSIGNED,) if dossier.shielded else FOLLOWS_CASE
    standing = Relation.objects.filter(
        moment_filter(at), subject_kind=SubjectKind.CASE, subject=case.pk, kind__in=follows
    )
    for relation in standing:
        relate_once(by, at, dossier, relation.principal, RelationKind(relation.kind), relation.ground, relation.ends_at)
    return link


def relate_once(
    by: Principal,
    at: dt.datetime,
    thing: Case | Dossier,
    principal: UUID,
    kind: RelationKind,
    ground: str,
    ends_at: dt.datetime | None = None,
) -> None:
    """Give sight of a case or dossier until `ends_at`, unless the same relation stands already and lasts as long."""
    subject_kind = SubjectKind.CASE if isinstance(thing, Case) else SubjectKind.DOSSIER
    lasts = Q(ends_at=None) | Q(ends_at__gte=ends_at) if ends_at else Q(ends_at=None)
    standing = Relation.objects.filter(
        moment_filter(at), lasts, subject_kind=subject_kind, subject=thing.pk, principal=principal, kind=kind
    )
    if not standing.exists():
        relate(
            by=by, at=at, subject_kind=subject_kind, subject=thing.pk, principal=principal,
            kind=kind, ground=ground, municipality=thing.municipality, ends_at=ends_at,
        )  # fmt: skip


@action
def add_adult(*, by: Principal, at: dt.datetime, case: Case, person: Person, part: str) -> CaseAdult:
    """Let an adult take part in a case without a dossier."""
    adult = CaseAdult.objects.create(
        municipality=case.municipality, case=case, person=person, part=part, starts=clock.today(at)
    )
    record(
        by, "dossiers.adult_added_to_case", adult, at=at, municipality=case.municipality,
        subjects=[subject(case), subject(person)],
    )  # fmt: skip
    return adult


def touch(case: Case, day: dt.date) -> None:
    """Move the retention clock of the dossiers in a case, never back: kept so long after the last change (DOS-02)."""
    linked = CaseDossier.objects.filter(on(day), case=case).values("dossier")
    Dossier.objects.filter(pk__in=linked, last_change_on__lt=day).update(last_change_on=day)


@action
def remove_adult(*, by: Principal, at: dt.datetime, adult: CaseAdult) -> None:
    """An adult no longer takes part from today; what was written before stays. Entered today: it never was."""
    day = clock.today(at)
    case, person = adult.case, adult.person
    if adult.starts == day:
        adult.delete()
    else:
        taken = CaseAdult.objects.filter(pk=adult.pk, ends=None).update(
            ends=day, version=adult.version + 1, changed_at=at
        )
        if not taken:
            raise BadInput(_("This person does not take part any more."))
    record(
        by, "dossiers.adult_left_case", case, at=at, municipality=case.municipality, fields=["ends"],
        subjects=[subject(case), subject(person)],
    )  # fmt: skip


@action
def set_rhythm(*, by: Principal, at: dt.datetime, case: Case, days: int | None) -> Case:
    """Agree how often there is contact (in days), or that there is no fixed rhythm."""
    if days is not None and not 1 <= days <= 365:
        raise BadInput(_("Give a number of days between 1 and 365."), field="days")
    case.contact_rhythm_days = days
    case.save(update_fields=["contact_rhythm_days"])
    record(
        by, "dossiers.rhythm_agreed", case, at=at, municipality=case.municipality, fields=["contact_rhythm_days"],
        subjects=[subject(case)],
    )  # fmt: skip
    return case
