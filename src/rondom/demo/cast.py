"""The fixed cast: three organisations in two municipalities, their staff, and families in which the hard things happen.

    Visser      Mirjam and four children of two fathers, at a secret address; Peter de Wit shares authority over Daan
                and Lot, Karim has none over Sem and Noor; Finn is a foster child of another municipality;
                Daan is 16 and has a plan of his own
    De Boer     Julia lives half the week with each of her divorced parents
    Yilmaz      Esra is 16, decides herself, and expects a child
    Kuiper      Roos is the daughter of a back office worker: a shielded dossier
    Hofstra     Bram, of the other municipality: a stranger to everybody in Dronten

Everything is written through actions, at moments before `at`, so that events, sight and looks are real.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Account, Organisation, RoleAssignment, StaffMember, Team, TeamMembership
from rondom.accounts.queries import principal_of_staff
from rondom.core import bsn as bsns
from rondom.core import clock
from rondom.core.fields import blind_index
from rondom.core.principals import Principal, machine
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import CaseRoleKind, DossierGround
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.queries import dossiers_in
from rondom.people import actions as people
from rondom.people import enums
from rondom.people.models import Person
from rondom.providers.models import Provider
from rondom.safety import actions as safety
from rondom.safety.enums import Met, Occasion, Outcome

DRONTEN, NOORDOOSTPOLDER = "GM0303", "GM0171"
SINCE = dt.timedelta(days=75)
LONG_NOT_LOOKED_AT = frozenset({"yasmin"})
"""Of whom nobody said this quarter that role and team are still needed."""

# Rooms above or beside add their part here: modules of this package with `add(cast)`, run in this order.
PARTS: list[str] = [
    "cast_reference", "cast_accounts", "cast_providers", "cast_people", "cast_desk", "cast_documents", "cast_privacy",
    "cast_chain", "cast_plan", "cast_decisions", "cast_entry", "cast_safety", "cast_persons", "cast_messages",
    "cast_tour", "cast_figures", "cast_api", "cast_noordoostpolder", "cast_vuurtoren", "cast_crisis",
]  # fmt: skip

# What is told further in a demonstration, and in tests that ask for the whole cast; the others keep the short stories.
CHAPTERS: list[str] = [
    "cast_visser",
    "cast_applications",
    "cast_unsent",
    "cast_together",
    "cast_ordered",
    "cast_quarter",
]


@dataclass
class Cast:
    """Everybody and everything of the demonstration, by short name; `at` is the moment it is built for."""

    at: dt.datetime
    organisation: dict[str, Organisation] = field(default_factory=dict)
    team: dict[str, Team] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    person: dict[str, Person] = field(default_factory=dict)
    dossier: dict[str, Dossier] = field(default_factory=dict)
    case: dict[str, Case] = field(default_factory=dict)
    provider: dict[str, Provider] = field(default_factory=dict)

    @property
    def began(self) -> dt.datetime:
        """The moment the families' stories begin."""
        return self.at - SINCE

    def principal(self, name: str, at: dt.datetime | None = None) -> Principal:
        """Return the principal of a staff member of the cast."""
        return principal_of_staff(self.staff[name], at=at or self.at)

    def year(self, age: int) -> dt.date:
        """Return a birth date that makes somebody this old today, half a year after a birthday."""
        day = clock.today(self.at) - dt.timedelta(days=182)
        return day.replace(year=day.year - age, day=min(day.day, 28))


def test_bsn(number: int) -> str:
    """Return the n-th valid test BSN (999900006 and on)."""
    found = (str(n) for n in bsns.TEST_RANGE if bsns.passes_eleven_test(str(n)))
    return next(b for i, b in enumerate(found) if i == number)


def _unused_bsn(number: int, municipality: str) -> str:
    """Return the first test BSN from the n-th on that nobody of this municipality has."""
    found = test_bsn(number)
    taken = Person.objects.filter(municipality=municipality, bsn_index=blind_index("bsn", found, municipality))
    return _unused_bsn(number + 1, municipality) if taken.exists() else found


def build(at: dt.datetime | None = None, *, whole: bool = False) -> Cast:
    """Write the cast into an empty database and return it; `whole` tells the chapters too."""
    cast = Cast(at or clock.now())
    _organisations(cast)
    _staff(cast)
    _visser(cast)
    _de_boer(cast)
    _yilmaz(cast)
    _kuiper(cast)
    _hofstra(cast)
    for part in [*PARTS, *(CHAPTERS if whole else [])]:
        add: Callable[[Cast], None] = import_module(f"rondom.demo.{part}").add
        add(cast)
    return cast


def _organisations(cast: Cast) -> None:
    for key, name, kind, municipality in (
        ("jeugdteam", "Stichting Jeugdteam Dronten", OrganisationKind.LOCAL_TEAM, DRONTEN),
        ("backoffice", "Gemeente Dronten, backoffice jeugd", OrganisationKind.BACK_OFFICE, DRONTEN),
        ("sociaalteam", "Sociaal team Noordoostpolder", OrganisationKind.LOCAL_TEAM, NOORDOOSTPOLDER),
    ):
        cast.organisation[key] = Organisation.objects.create(municipality=municipality, name=name, kind=kind)
    for key, name, organisation in (
        ("oost", "Team Oost", "jeugdteam"),
        ("west", "Team West", "jeugdteam"),
        ("emmeloord", "Team Emmeloord", "sociaalteam"),
    ):
        home = cast.organisation[organisation]
        cast.team[key] = Team.objects.create(municipality=home.municipality, organisation=home, name=name)


def _staff(cast: Cast) -> None:
    for key, first, last, organisation, team, role in (
        ("sanne", "Sanne", "Bakker", "jeugdteam", "oost", Role.CASE_WORKER),
        ("mark", "Mark", "de Graaf", "jeugdteam", "oost", Role.CASE_WORKER),
        ("fatima", "Fatima", "Idrissi", "jeugdteam", "west", Role.CASE_WORKER),
        ("yasmin", "Yasmin", "Haddad", "jeugdteam", "oost", Role.PROCESS_COORDINATOR),
        ("els", "Els", "Vermeer", "jeugdteam", "oost", Role.TEAM_LEAD),
        ("rob", "Rob", "Kuiper", "backoffice", None, Role.BACK_OFFICE),
        ("wim", "Wim", "Oosterhuis", "backoffice", None, Role.DATA_STEWARD),
        ("ineke", "Ineke", "Postma", "backoffice", None, Role.PRIVACY_OFFICER),
        ("tom", "Tom", "Jansen", "backoffice", None, Role.FUNCTIONAL_ADMINISTRATOR),
        ("nadia", "Nadia", "Smit", "backoffice", None, Role.FUNCTIONAL_ADMINISTRATOR),
        ("karin", "Karin", "Boersma", "sociaalteam", "emmeloord", Role.CASE_WORKER),
    ):
        employ(cast, key, first, last, organisation, team, role)


def employ(cast: Cast, key: str, first: str, last: str, organisation: str, team: str | None, role: Role) -> None:
    """Let somebody work for an organisation in a role, and in a team if one is named, since before the stories."""
    starts = clock.today(cast.began) - dt.timedelta(days=400)
    home = cast.organisation[organisation]
    account = Account.objects.create_user(username=key, kind=Account.Kind.STAFF)
    member = StaffMember.objects.create(
        municipality=home.municipality, account=account, organisation=home, first_name=first, last_name=last,
        phone="0321 555 1" + f"{len(cast.staff):02}",
    )  # fmt: skip
    cast.staff[key] = member
    looked = clock.today(cast.at) - dt.timedelta(days=105 if key in LONG_NOT_LOOKED_AT else 40)
    held = {"municipality": home.municipality, "staff": member, "starts": starts, "confirmed_on": looked}
    RoleAssignment.objects.create(role=role, **held)
    if team:
        TeamMembership.objects.create(team=cast.team[team], **held)


def person(cast: Cast, key: str, name: str, age: int | None, sex: str, municipality: str = DRONTEN) -> Person:
    """Write one person of the cast; the name is "Called|prefix|Family"; age None is unborn."""
    called, prefix, family = name.split("|")
    cast.person[key] = people.register_person(
        by=machine("demo", municipality), at=cast.began, municipality=municipality,
        first_names=called, called=called, name_prefix=prefix, family_name=family, sex=enums.Sex(sex),
        born_on=cast.year(age) if age is not None else None,
        expected_on=None if age is not None else clock.today(cast.at) + dt.timedelta(days=120),
        bsn=_unused_bsn(len(cast.person), municipality) if age is not None else "",
        bsn_source=enums.FactSource.REGISTER,
    )  # fmt: skip
    return cast.person[key]


def live_at(
    cast: Cast, people_: list[str], lines: str, district: str, *, secret: bool = False, child_part: str
) -> None:
    """Put people in a new household at an address of their own municipality."""
    rows = [cast.person[p] for p in people_]
    by, at = machine("demo", rows[0].municipality), cast.began
    home = people.open_household(by=by, at=at)
    starts = clock.today(cast.began) - dt.timedelta(days=300)
    for row in rows:
        adult = row.born_on is not None and row.born_on < cast.year(20)
        part = enums.HouseholdPart.ADULT if adult else enums.HouseholdPart(child_part)
        people.join_household(by=by, at=at, household=home, person=row, part=part, starts=starts)
        if part != enums.HouseholdPart.PART_TIME_CHILD or not row.addresses.exists():
            people.move(
                by=by, at=at, person=row, lines=lines, place_municipality=row.municipality, district=district,
                secret=secret, source=enums.FactSource.REGISTER, starts=starts,
            )  # fmt: skip


def kin(cast: Cast, one: str, kind: enums.KinshipKind, *others: str) -> None:
    """Write that one person is parent, partner ... of others."""
    for other in others:
        people.record_kinship(
            by=machine("demo", cast.person[one].municipality), at=cast.began, person=cast.person[one],
            other=cast.person[other], kind=kind, source=enums.FactSource.REGISTER,
        )  # fmt: skip


def authority(cast: Cast, child: str, kind: enums.AuthorityKind, *holders: str, source: str = "register") -> None:
    """Write who holds authority over a child since its birth."""
    row = cast.person[child]
    for holder in holders:
        people.record_authority(
            by=machine("demo", row.municipality), at=cast.began, child=row, holder=cast.person[holder], kind=kind,
            source=enums.FactSource(source), starts=row.born_on or clock.today(cast.began),
        )  # fmt: skip


def tie(cast: Cast, of: str, label: str, strength: enums.TieStrength, can_do: str = "", *, place: bool = False) -> None:
    """Write somebody or something around a person."""
    people.add_tie(
        by=machine("demo", cast.person[of].municipality), at=cast.began, person=cast.person[of], label=label,
        strength=strength, can_do=can_do, points_to_place=place,
    )  # fmt: skip


def open_family(
    cast: Cast, key: str, *, team: str, coordinator: str, children: list[str], adults: dict[str, str],
    shielded: bool = False, responsible: dict[str, str] | None = None,
) -> Case:  # fmt: skip
    """Open dossiers and a case, name the coordinator and sight on safety, add the adults."""
    at, by = cast.began, machine("demo", cast.team[team].municipality)
    organisation = cast.team[team].organisation
    for child in children:
        row = cast.person[child]
        dossier = dossiers.open_dossier(
            by=by, at=at, youth=row, organisation=organisation, ground=DossierGround.CASE,
            responsible_municipality=(responsible or {}).get(child, row.municipality),
        )  # fmt: skip
        if shielded:
            Dossier.objects.filter(pk=dossier.pk).update(shielded=True)
            dossier.refresh_from_db()
        cast.dossier[child] = dossier
    case = dossiers.open_case(by=by, at=at, team=cast.team[team], dossiers=[cast.dossier[c] for c in children])
    for adult, part in adults.items():
        dossiers.add_adult(by=by, at=at, case=case, person=cast.person[adult], part=part)
    for kind in (CaseRoleKind.COORDINATION, CaseRoleKind.SIGHT_ON_SAFETY):
        dossiers.assign_role(by=by, at=at, case=case, kind=kind, staff=cast.staff[coordinator])
    cast.case[key] = case
    safe_enough(cast, coordinator, case, at + dt.timedelta(hours=2))
    return case


def safe_enough(cast: Cast, who: str, case: Case, at: dt.datetime) -> None:
    """Write the safety assessment at the start of a case, as somebody of the cast: every child is safe enough."""
    by = cast.principal(who, at)
    judged = [
        safety.Judged(
            child=dossier.youth, met=Met.NOT if dossier.youth.is_unborn else Met.WITH_OTHERS, outcome=Outcome.SAFE,
            said_by="zelf gezien", not_met_because="nog niet geboren" if dossier.youth.is_unborn else "",
            keeps_safe="Er zijn vaste mensen in de buurt die helpen.",
        )
        for dossier in dossiers_in(case, by, at=at).order_by("youth__born_on", "pk")
    ]  # fmt: skip
    safety.assess(
        by=by, at=at, case=case, written_by=cast.staff[who], occasion=Occasion.START, held_on=clock.today(at),
        judged=judged, parents_spoken="een ouder, thuis",
    )  # fmt: skip


def _visser(cast: Cast) -> None:
    person(cast, "mirjam", "Mirjam||Visser", 38, enums.Sex.FEMALE)
    person(cast, "peter", "Peter|de|Wit", 41, enums.Sex.MALE)
    person(cast, "karim", "Karim|el|Amrani", 36, enums.Sex.MALE)
    person(cast, "oma_visser", "Truus||Visser", 67, enums.Sex.FEMALE)
    person(cast, "daan", "Daan|de|Wit", 16, enums.Sex.MALE)
    person(cast, "lot", "Lot|de|Wit", 8, enums.Sex.FEMALE)
    person(cast, "sem", "Sem|el|Amrani", 5, enums.Sex.MALE)
    person(cast, "noor", "Noor|el|Amrani", 2, enums.Sex.FEMALE)
    person(cast, "finn", "Finn||Dijkstra", 11, enums.Sex.MALE)
    children = ["daan", "lot", "sem", "noor"]
    live_at(cast, ["mirjam", *children], "Zilvermeeuw 12\n8251 ZZ Dronten", "WK030301", secret=True, child_part="child")
    live_at(cast, ["finn"], "Zilvermeeuw 12\n8251 ZZ Dronten", "WK030301", secret=True, child_part="foster_child")
    live_at(cast, ["peter"], "De Rede 101\n8251 ER Dronten", "WK030304", child_part="child")
    live_at(cast, ["karim"], "Het Palet 7\n8253 AA Dronten", "WK030302", child_part="child")
    kin(cast, "mirjam", enums.KinshipKind.PARENT, *children)
    kin(cast, "mirjam", enums.KinshipKind.FOSTER_PARENT, "finn")
    kin(cast, "peter", enums.KinshipKind.PARENT, "daan", "lot")
    kin(cast, "karim", enums.KinshipKind.PARENT, "sem", "noor")
    kin(cast, "mirjam", enums.KinshipKind.EX_PARTNER, "peter", "karim")
    kin(cast, "oma_visser", enums.KinshipKind.PARENT, "mirjam")
    for child in ("daan", "lot"):
        authority(cast, child, enums.AuthorityKind.JOINT, "mirjam", "peter")
    for child in ("sem", "noor"):
        authority(cast, child, enums.AuthorityKind.SOLE, "mirjam")
    by = machine("demo", DRONTEN)
    people.record_authority(
        by=by, at=cast.began, child=cast.person["finn"], holder_organisation="Jeugdbescherming Polderland (GI)",
        kind=enums.AuthorityKind.GUARDIAN_GI, source=enums.FactSource.COURT, starts=cast.year(1),
    )  # fmt: skip
    people.record_measure(
        by=by, at=cast.began, child=cast.person["lot"], kind=enums.MeasureKind.SUPERVISION,
        body="Jeugdbescherming Polderland (GI)", starts=clock.today(cast.began),
        ends=clock.today(cast.began) + dt.timedelta(days=365),
    )  # fmt: skip
    strong, weak = enums.TieStrength.STRONG, enums.TieStrength.WEAK
    tie(cast, "mirjam", "Oma Truus", strong, "past elke woensdag op")
    tie(cast, "lot", "Zwemclub", strong, "elke zaterdag", place=True)
    tie(cast, "lot", "Basisschool De Wilgen", enums.TieStrength.ORDINARY, place=True)
    tie(cast, "daan", "Peter, zijn vader", enums.TieStrength.TENSE)
    tie(cast, "mirjam", "Schuldhulp", weak, "elke maand een gesprek")
    tie(cast, "sem", "Karim, zijn vader", enums.TieStrength.BROKEN)
    open_family(
        cast, "visser", team="oost", coordinator="sanne", children=[*children, "finn"],
        adults={"mirjam": "moeder", "peter": "vader van Daan en Lot", "karim": "vader van Sem en Noor",
                "oma_visser": "oma"},
        responsible={"finn": NOORDOOSTPOLDER},
    )  # fmt: skip


def _de_boer(cast: Cast) -> None:
    person(cast, "anna", "Anna|de|Boer", 35, enums.Sex.FEMALE)
    person(cast, "thijs", "Thijs||Kramer", 37, enums.Sex.MALE)
    person(cast, "julia", "Julia||Kramer", 7, enums.Sex.FEMALE)
    live_at(cast, ["anna", "julia"], "Lijzijde 33\n8252 BB Dronten", "WK030303", child_part="part_time_child")
    live_at(cast, ["thijs", "julia"], "Kombuis 4\n8251 CC Dronten", "WK030304", child_part="part_time_child")
    kin(cast, "anna", enums.KinshipKind.PARENT, "julia")
    kin(cast, "thijs", enums.KinshipKind.PARENT, "julia")
    kin(cast, "anna", enums.KinshipKind.EX_PARTNER, "thijs")
    authority(cast, "julia", enums.AuthorityKind.JOINT, "anna", "thijs")
    tie(cast, "julia", "Turnvereniging", enums.TieStrength.STRONG, "twee keer per week")
    open_family(
        cast, "de_boer", team="oost", coordinator="mark", children=["julia"],
        adults={"anna": "moeder", "thijs": "vader"},
    )  # fmt: skip


def _yilmaz(cast: Cast) -> None:
    person(cast, "esra", "Esra||Yılmaz", 16, enums.Sex.FEMALE)
    person(cast, "emine", "Emine||Yılmaz", 44, enums.Sex.FEMALE)
    person(cast, "baby_yilmaz", "||Yılmaz", None, enums.Sex.UNKNOWN)
    live_at(cast, ["emine", "esra"], "De Drieslag 9\n8251 JZ Dronten", "WK030304", child_part="child")
    kin(cast, "emine", enums.KinshipKind.PARENT, "esra")
    kin(cast, "esra", enums.KinshipKind.PARENT, "baby_yilmaz")
    authority(cast, "esra", enums.AuthorityKind.SOLE, "emine")
    tie(cast, "esra", "Mentor op school", enums.TieStrength.STRONG, "spreekt haar elke week")
    open_family(
        cast, "yilmaz", team="oost", coordinator="sanne", children=["esra", "baby_yilmaz"], adults={"emine": "moeder"}
    )


def _kuiper(cast: Cast) -> None:
    person(cast, "rob_kuiper", "Rob||Kuiper", 45, enums.Sex.MALE)
    person(cast, "roos", "Roos||Kuiper", 9, enums.Sex.FEMALE)
    live_at(cast, ["rob_kuiper", "roos"], "Het Ruim 8\n8251 DD Dronten", "WK030302", child_part="child")
    kin(cast, "rob_kuiper", enums.KinshipKind.PARENT, "roos")
    authority(cast, "roos", enums.AuthorityKind.SOLE, "rob_kuiper")
    open_family(
        cast, "kuiper", team="west", coordinator="fatima", children=["roos"], adults={"rob_kuiper": "vader"},
        shielded=True,
    )  # fmt: skip


def _hofstra(cast: Cast) -> None:
    person(cast, "bram", "Bram||Hofstra", 13, enums.Sex.MALE, NOORDOOSTPOLDER)
    person(cast, "wietske", "Wietske||Hofstra", 40, enums.Sex.FEMALE, NOORDOOSTPOLDER)
    live_at(cast, ["wietske", "bram"], "Lange Nering 50\n8302 EE Emmeloord", "WK017101", child_part="child")
    kin(cast, "wietske", enums.KinshipKind.PARENT, "bram")
    authority(cast, "bram", enums.AuthorityKind.SOLE, "wietske")
    open_family(cast, "hofstra", team="emmeloord", coordinator="karin", children=["bram"], adults={"wietske": "moeder"})
