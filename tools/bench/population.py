"""A made region for measuring: many families, written below the actions because only the reading is measured."""

import datetime as dt
import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models, transaction

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Account, Organisation, RoleAssignment, StaffMember, Team, TeamMembership
from rondom.core.ids import new_id
from rondom.dossiers.enums import CaseRoleKind, Channel, DossierGround
from rondom.dossiers.models import Case, CaseAdult, CaseDossier, CaseRole, Clock, Dossier, Note, NoteConcern
from rondom.people.enums import FactSource
from rondom.people.models import Person, SearchToken
from rondom.people.normalising import name_tokens
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation

MUNICIPALITY = "GM0303"
CHUNK = 2_000
STARTS = tuple("b d f g h j k l m n p r s t v w z br dr gr kl kr sl sp st tr".split(" "))
MIDDLES = tuple("a e i o u aa ee ie oo oe ui ei".split(" "))
ENDS = tuple("ma ra sen stra man ker ling ters ns k m n d s".split(" "))
NAMES = "Daan Lot Sem Noor Finn Saar Bram Tess Milan Yara Luuk Fenna Adam Zoë Ravi Esra Thijs Evi Jip Nora"
FIRST = tuple(NAMES.split(" "))


@dataclass
class Region:
    """What was made: the staff and some names to search for."""

    staff: list[StaffMember] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def fill(*, dossiers: int, staff: int, teams: int, at: dt.datetime, prefix: str = "meting") -> Region:
    """Write a region: two children in every other family, one parent each, a coordinator, five notes and a clock."""
    chance = random.Random(20261124)
    region = Region()
    with transaction.atomic():
        organisation, rows = _organisation(teams, at)
        _staff(region, organisation, rows, staff, at, prefix)
    names = list(itertools.islice(_family_names(), 4_000))
    region.names = names[:200]
    made = 0
    while made < dossiers:
        with transaction.atomic():
            made += _families(region, organisation, chance, names, at)
    return region


def _organisation(teams: int, at: dt.datetime) -> tuple[Organisation, list[Team]]:
    home = Organisation.objects.create(
        municipality=MUNICIPALITY, name="Jeugdteams van de meting", kind=OrganisationKind.LOCAL_TEAM
    )
    rows = [Team(municipality=MUNICIPALITY, organisation=home, name=f"Team {n + 1}") for n in range(teams)]
    return home, Team.objects.bulk_create(rows)


def _staff(region: Region, home: Organisation, teams: list[Team], count: int, at: dt.datetime, prefix: str) -> None:
    starts = at.date() - dt.timedelta(days=900)
    for number in range(count):
        account = Account.objects.create(username=f"{prefix}{number}", kind=Account.Kind.STAFF)
        member = StaffMember.objects.create(
            municipality=MUNICIPALITY,
            account=account,
            organisation=home,
            first_name="Medewerker",
            last_name=str(number),
        )
        team = teams[number % len(teams)]
        TeamMembership.objects.create(municipality=MUNICIPALITY, team=team, staff=member, starts=starts)
        RoleAssignment.objects.create(municipality=MUNICIPALITY, staff=member, role=Role.CASE_WORKER, starts=starts)
        member.home_team = team  # type: ignore[attr-defined]
        region.staff.append(member)


def _family_names() -> Iterator[str]:
    for start, middle, end in itertools.product(STARTS, MIDDLES, ENDS):
        yield f"{start}{middle}{end}".capitalize()


def _families(region: Region, home: Organisation, chance: random.Random, names: list[str], at: dt.datetime) -> int:
    rows: dict[type[models.Model], list[models.Model]] = {}

    def add[M: models.Model](row: M) -> M:
        rows.setdefault(type(row), []).append(row)
        return row

    children = 0
    for _ in range(CHUNK):
        member = chance.choice(region.staff)
        team = member.home_team  # type: ignore[attr-defined]
        family = chance.choice(names)
        opened = at.date() - dt.timedelta(days=chance.randrange(30, 1_800))
        case = add(Case(municipality=MUNICIPALITY, team=team, opened_on=opened))
        parent = _person(add, chance, family, adult=True, at=at)
        add(CaseAdult(municipality=MUNICIPALITY, case=case, person=parent, part="ouder", starts=opened))
        for kind in (CaseRoleKind.COORDINATION, CaseRoleKind.SIGHT_ON_SAFETY):
            add(CaseRole(municipality=MUNICIPALITY, case=case, kind=kind, staff=member, starts=opened))
        _relate(add, SubjectKind.CASE, case.pk, team.pk, member.pk, at)
        youths = []
        for _child in range(chance.choice((1, 2))):
            youth = _person(add, chance, family, adult=False, at=at)
            dossier = add(
                Dossier(
                    municipality=MUNICIPALITY,
                    youth=youth,
                    organisation=home,
                    ground=DossierGround.CASE,
                    responsible_municipality=MUNICIPALITY,
                    opened_on=opened,
                    last_change_on=opened,
                )
            )
            add(CaseDossier(municipality=MUNICIPALITY, case=case, dossier=dossier, starts=opened))
            _relate(add, SubjectKind.DOSSIER, dossier.pk, team.pk, member.pk, at)
            youths.append(youth)
            children += 1
        _work(add, chance, case, member, youths, at)
    _write(rows)
    return children


def _person(add, chance: random.Random, family: str, *, adult: bool, at: dt.datetime) -> Person:  # type: ignore[no-untyped-def]
    years = chance.randrange(25, 50) if adult else chance.randrange(0, 18)
    born = at.date() - dt.timedelta(days=365 * years + chance.randrange(365))
    called = chance.choice(FIRST)
    person: Person = add(
        Person(
            municipality=MUNICIPALITY,
            first_names=called,
            called=called,
            family_name=family,
            born_on=born,
            sex=chance.choice("12"),
            bsn_source=FactSource.UNKNOWN,
        )
    )
    for token in sorted(name_tokens(called, family)):
        add(SearchToken(person=person, municipality=MUNICIPALITY, token=token))
    return person


def _relate(add, kind: SubjectKind, pk: UUID, team: UUID, member: UUID, at: dt.datetime) -> None:  # type: ignore[no-untyped-def]
    for principal, why in ((team, RelationKind.TEAM), (member, RelationKind.ASSIGNED)):
        add(
            Relation(
                municipality=MUNICIPALITY,
                subject_kind=kind,
                subject=pk,
                principal=principal,
                kind=why,
                ground="measured",
                starts_at=at - dt.timedelta(days=30),
                event=new_id(),
            )
        )


def _work(add, chance: random.Random, case: Case, member: StaffMember, youths: list[Person], at: dt.datetime) -> None:  # type: ignore[no-untyped-def]
    for number in range(5):
        note = add(
            Note(
                municipality=MUNICIPALITY,
                case=case,
                written_by=member,
                channel=Channel.PHONE,
                text="Gesproken over school en thuis.",
                happened_at=at - dt.timedelta(days=7 * number + 1),
            )
        )
        add(NoteConcern(note=note, person=chance.choice(youths)))
    if chance.random() < 0.3:
        add(
            Clock(
                municipality=MUNICIPALITY,
                case=case,
                subject_kind="dossiers.case",
                subject=case.pk,
                kind="call_back",
                title="Terugbellen",
                due_at=at + dt.timedelta(days=chance.randrange(-3, 20)),
                rests_with=member,
            )
        )


def _write(rows: dict[type[models.Model], list[models.Model]]) -> None:
    order: Iterable[type[models.Model]] = (
        Person,
        SearchToken,
        Case,
        CaseAdult,
        CaseRole,
        Dossier,
        CaseDossier,
        Note,
        NoteConcern,
        Clock,
        Relation,
    )
    for model in order:
        model._default_manager.bulk_create(rows.get(model, []), batch_size=500)
