"""A made region for measuring: many families, written below the actions because only the reading is measured.

Per family: one case of one team, one or two children with a dossier, a parent with authority and a telephone number,
one household, roles, five notes; four in five cases are closed (a dossier is kept for twenty years). The relations are
those the actions would have made: the team sees the row, who holds a role sees the case and its dossiers until it
closes, residents see what age and authority give them; each colleague has two closed persons, one family in forty has
a shielded dossier. Two more colleagues have one family and three families: for counting queries. What happened with a
family along the chain, up to five years of it, is written by `history.py`.
"""

import datetime as dt
import gc
import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Account, Organisation, RoleAssignment, StaffMember, Team, TeamMembership
from rondom.core import clock
from rondom.core.fields import EncryptedTextField, blind_index
from rondom.core.ids import new_id
from rondom.dossiers.enums import CaseRoleKind, Channel, DossierGround, MeetingGround
from rondom.dossiers.models import (
    Case,
    CaseAdult,
    CaseDossier,
    CaseRole,
    Clock,
    Dossier,
    Meeting,
    MeetingParticipant,
    Note,
    NoteConcern,
)
from rondom.dossiers.resident_sight import midnight
from rondom.law.person import age_on, birthday
from rondom.people import enums
from rondom.people.models import (
    Authority,
    ContactPoint,
    Household,
    HouseholdMember,
    Kinship,
    NetworkTie,
    Person,
    SearchToken,
)
from rondom.people.normalising import name_tokens
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation
from tools.bench import history
from tools.bench.pages import FIRST, MANY, MUNICIPALITY, ONE, THREE

CHUNK = 1_000  # families written at once
OPEN = 0.2  # part of the cases that still runs
STARTS = tuple("b d f g h j k l m n p r s t v w z br dr gr kl kr sl sp st tr".split(" "))
MIDDLES = tuple("a e i o u aa ee ie oo oe ui ei".split(" "))
ENDS = tuple("ma ra sen stra man ker ling ters ns k m n d s".split(" "))
FAMILY = tuple(f"{start}{middle}{end}".capitalize() for start, middle, end in itertools.product(STARTS, MIDDLES, ENDS))
ORDER: tuple[type[models.Model], ...] = (
    Person, SearchToken, ContactPoint, Household, HouseholdMember, Kinship, Authority, NetworkTie, Case, CaseAdult,
    CaseRole, Dossier, CaseDossier, Note, NoteConcern, Meeting, MeetingParticipant, Clock, Relation, *history.ORDER,
)  # fmt: skip

Progress = Callable[[int, int], None]


def fill(*, dossiers: int, staff: int, teams: int, at: dt.datetime, progress: Progress) -> None:
    """Write the region; `progress(made, dossiers)` is called after every chunk."""
    gc.disable()  # millions of rows, none in a circle
    region = Region(at)
    with transaction.atomic():
        members = region.staff(staff, teams)
        region.history.begin(members, teams)
    made = 0
    while made < dossiers:
        made += region.write(min(CHUNK, max(1, (dossiers - made) * 2 // 3)), members)
        progress(made, dossiers)
    for member, count in zip(region.small(teams), (3, 1), strict=True):
        region.write(count, [member], running=1.0, late=True)
    region.barriers(members)
    analyse()


def analyse() -> None:
    """Let the database know how much there is of what."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def insert(model: type[models.Model], rows: list[Any]) -> None:
    """Write rows without the care of `bulk_create`, which takes four times as long."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    prepared = [_prepared(field) for field in fields]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = (tuple(prepare(row) for prepare in prepared) for row in rows)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', list(values))  # noqa: S608


def _prepared(field: Any) -> Callable[[Any], Any]:
    """Return how the value of a field goes from a row to this database."""
    name, kind = field.attname, getattr(field, "target_field", field)
    if isinstance(kind, EncryptedTextField):
        return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
    if isinstance(kind, models.JSONField):
        return lambda row: field.get_db_prep_save(row.__dict__[name], connection)
    if connection.vendor == "postgresql":
        return lambda row: row.__dict__[name]
    if isinstance(kind, models.UUIDField):
        return lambda row: value.hex if (value := row.__dict__[name]) else None
    if isinstance(kind, models.DateField):  # moments too
        return lambda row: value if (value := row.__dict__[name]) is None else _text(value)
    return lambda row: row.__dict__[name]


def _text(value: dt.date | dt.datetime) -> str:
    moment = value.astimezone(dt.UTC).replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    return str(moment)


class Region:
    """The families to write, one chunk at a time."""

    def __init__(self, at: dt.datetime) -> None:
        self.at, self.day = at, clock.today(at)
        self.chance = random.Random(20261124)
        self.rows: dict[type[models.Model], list[Any]] = {}
        self.home = Organisation.objects.create(
            municipality=MUNICIPALITY, name="Jeugdteams van de meting", kind=OrganisationKind.LOCAL_TEAM
        )
        self.history = history.History(self, self.home)

    # people at work

    def staff(self, count: int, teams: int) -> list[StaffMember]:
        """Write teams and staff; the first of each team leads it."""
        named = [Team(municipality=MUNICIPALITY, organisation=self.home, name=f"Team {n + 1}") for n in range(teams)]
        Team.objects.bulk_create(named)
        return [self._member(f"{MANY[:-1]}{n}", str(n), named[n % teams], leads=n < teams) for n in range(count)]

    def small(self, teams: int) -> Iterator[StaffMember]:
        """Write two colleagues, each alone in a team."""
        for username in (THREE, ONE):
            team = Team.objects.create(municipality=MUNICIPALITY, organisation=self.home, name=f"Team {username}")
            yield self._member(username, username, team, leads=True)

    def _member(self, username: str, name: str, team: Team, *, leads: bool) -> StaffMember:
        since = self.day - dt.timedelta(days=900)
        member = StaffMember.objects.create(
            municipality=MUNICIPALITY, organisation=self.home, first_name="Medewerker", last_name=name,
            account=Account.objects.create(username=username, kind=Account.Kind.STAFF),
        )  # fmt: skip
        TeamMembership.objects.create(municipality=MUNICIPALITY, team=team, staff=member, starts=since)
        for role in (Role.CASE_WORKER, Role.TEAM_LEAD) if leads else (Role.CASE_WORKER,):
            RoleAssignment.objects.create(municipality=MUNICIPALITY, staff=member, role=role, starts=since)
        member.home_team = team  # type: ignore[attr-defined]
        return member

    # families

    def add[M: models.Model](self, model: type[M], **fields: Any) -> M:
        """Keep a row for the next write."""
        if any(field.name == "municipality" for field in model._meta.concrete_fields):
            fields["municipality"] = MUNICIPALITY
        row = model(**fields)
        self.rows.setdefault(model, []).append(row)
        return row

    def write(self, families: int, members: list[StaffMember], running: float = OPEN, *, late: bool = False) -> int:
        """Write families of these colleagues (`late`: each with a late date); return how many dossiers they hold."""
        for _ in range(families):
            self._family(self.chance.choice(members), running, late=late)
        with transaction.atomic():
            for model in ORDER:
                insert(model, self.rows.get(model, []))
        made = len(self.rows[Dossier])
        self.rows.clear()
        return made

    def _family(self, member: StaffMember, running: float, *, late: bool) -> None:
        chance, team = self.chance, member.home_team  # type: ignore[attr-defined]
        opened = self.day - dt.timedelta(days=chance.randrange(60, 1_800))
        lasts = dt.timedelta(days=chance.randrange(1, (self.day - opened).days))
        closed = None if chance.random() < running else opened + lasts
        family, shielded = chance.choice(FAMILY), chance.random() < 1 / 40
        case = self.add(
            Case, team=team, opened_on=opened, closed_on=closed, closing_reason="Klaar" if closed else "",
            contact_rhythm_days=None if closed or chance.random() < 0.5 else 14,
        )  # fmt: skip
        parent = self._person(family, chance.randrange(25, 50))
        self._parent(parent, case, opened)
        for kind in (CaseRoleKind.COORDINATION, CaseRoleKind.SIGHT_ON_SAFETY):
            self.add(CaseRole, case=case, kind=kind, staff=member, starts=opened, ends=closed)
        self._staff_sight(SubjectKind.CASE, case.pk, None if shielded else team.pk, member.pk, closed)
        house = self.add(Household)
        self.add(HouseholdMember, household=house, person=parent, part=enums.HouseholdPart.ADULT, starts=opened)
        children = tuple(
            self._child(case, member, parent, house, opened, closed, shielded) for _ in range(chance.choice((1, 2)))
        )
        self._work(case, member, [youth for youth, _dossier in children], closed, late=late)
        self.history.of(history.Family(case, member, parent, children, opened, closed, waits=late))

    def _person(self, family: str, years: int) -> Person:
        born = self.day - dt.timedelta(days=365 * years + self.chance.randrange(365))
        called = self.chance.choice(FIRST)
        person = self.add(
            Person, first_names=called, called=called, family_name=family, born_on=born,
            sex=self.chance.choice("12"), bsn_source=enums.FactSource.UNKNOWN,
        )  # fmt: skip
        for token in sorted(name_tokens(called, family)):
            self.add(SearchToken, person=person, token=token)
        return person

    def _parent(self, parent: Person, case: Case, since: dt.date) -> None:
        self.add(CaseAdult, case=case, person=parent, part="ouder", starts=since)
        number = f"06{self.chance.randrange(10**8):08}"
        self.add(
            ContactPoint, person=parent, kind=enums.ContactKind.PHONE, value=number, starts=since,
            value_index=blind_index("contact", number, MUNICIPALITY), safety=enums.ContactSafety.SAFE,
        )  # fmt: skip

    def _child(
        self, case: Case, member: StaffMember, parent: Person, house: Household, opened: dt.date,
        closed: dt.date | None, shielded: bool,
    ) -> tuple[Person, Dossier]:  # fmt: skip
        youth = self._person(parent.family_name, self.chance.randrange(0, 18))
        register = enums.FactSource.REGISTER
        self.add(Kinship, person=parent, other=youth, kind=enums.KinshipKind.PARENT, source=register)
        self.add(Authority, child=youth, holder=parent, kind=enums.AuthorityKind.SOLE, source=register, starts=opened)
        self.add(HouseholdMember, household=house, person=youth, part=enums.HouseholdPart.CHILD, starts=opened)
        self.add(NetworkTie, person=youth, label="Zwemclub", strength=enums.TieStrength.ORDINARY, starts=opened)
        dossier = self.add(
            Dossier, youth=youth, organisation=self.home, ground=DossierGround.CASE, opened_on=opened,
            responsible_municipality=MUNICIPALITY, last_change_on=opened, shielded=shielded,
        )  # fmt: skip
        self.add(CaseDossier, case=case, dossier=dossier, starts=opened)
        team = None if shielded else case.team_id
        self._staff_sight(SubjectKind.DOSSIER, dossier.pk, team, member.pk, closed)
        self._resident_sight(dossier, youth, parent)
        return youth, dossier

    # who may see it

    def _staff_sight(
        self, kind: SubjectKind, pk: UUID, team: UUID | None, member: UUID, closed: dt.date | None
    ) -> None:
        until = midnight(closed) if closed else None
        self._relation(kind, pk, member, RelationKind.ASSIGNED, until)
        if team:
            self._relation(kind, pk, team, RelationKind.TEAM)

    def _resident_sight(self, dossier: Dossier, youth: Person, parent: Person) -> None:
        age = age_on(youth.born_on, self.day) if youth.born_on else 0
        if age >= 12:
            self._relation(
                SubjectKind.DOSSIER, dossier.pk, youth.pk, RelationKind.SELF, ground="Jw 7.3.15: own dossier"
            )
        if age < 16 and youth.born_on:
            until, ground = midnight(birthday(youth.born_on, 16)), "Jw 7.3.15: authority"
            self._relation(SubjectKind.DOSSIER, dossier.pk, parent.pk, RelationKind.AUTHORITY, until, ground=ground)

    def barriers(self, members: list[StaffMember]) -> None:
        """Close two persons to each colleague: somebody of the family, somebody near."""
        persons = list(Person.objects.order_by("pk").values_list("pk", flat=True)[: 40 * len(members) : 20])
        for member, pk in zip(members * 2, persons, strict=False):
            self._relation(SubjectKind.PERSON, pk, member.pk, RelationKind.BARRIER)
        insert(Relation, self.rows.pop(Relation))

    def _relation(
        self, kind: SubjectKind, pk: UUID, principal: UUID, why: RelationKind, until: dt.datetime | None = None,
        ground: str = "measured",
    ) -> None:  # fmt: skip
        since = self.at - dt.timedelta(days=1_900)
        self.add(
            Relation, subject_kind=kind, subject=pk, principal=principal, kind=why, ground=ground, starts_at=since,
            ends_at=until, event=new_id(),
        )  # fmt: skip

    # what is written and planned

    def _work(
        self, case: Case, member: StaffMember, youths: list[Person], closed: dt.date | None, *, late: bool
    ) -> None:
        chance, last = self.chance, midnight(closed) if closed else self.at
        for number in range(5):
            note = self.add(
                Note, case=case, written_by=member, channel=Channel.PHONE, text="Gesproken over school en thuis.",
                happened_at=last - dt.timedelta(days=7 * number + 1),
            )  # fmt: skip
            self.add(NoteConcern, note=note, person=chance.choice(youths))
        if chance.random() < 1 / 20:
            text, when = "Het was op een andere dag.", note.happened_at + dt.timedelta(hours=1)
            self.add(
                Note, case=case, written_by=member, channel=Channel.PHONE, text=text, happened_at=when, corrects=note
            )
        self._meeting(case, member, youths[0], last - dt.timedelta(days=20), held=True)
        if closed:
            return
        self._meeting(
            case, member, youths[0], self.at + dt.timedelta(hours=chance.choice((4, 30, 80, 200))), held=False
        )
        if late or chance.random() < 0.6:
            self.add(
                Clock, case=case, subject_kind="dossiers.case", subject=case.pk, kind="agreement", title="Terugbellen",
                due_at=self.at + dt.timedelta(days=-1 if late else chance.randrange(-2, 20)), rests_with=member,
                explanation={"rule": "Zo afgesproken", "article": "", "counted": ""},
            )  # fmt: skip

    def _meeting(self, case: Case, member: StaffMember, youth: Person, when: dt.datetime, *, held: bool) -> None:
        meeting = self.add(
            Meeting, case=case, planned_at=when, purpose="Voortgang", held_at=when if held else None,
            agreed="Volgende keer op school." if held else "",
        )  # fmt: skip
        self.add(MeetingParticipant, meeting=meeting, person=youth, ground=MeetingGround.CONCERNED)
        self.add(MeetingParticipant, meeting=meeting, staff=member, ground=MeetingGround.WORKS_WITH)
