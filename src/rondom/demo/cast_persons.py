"""What the pages of a person and the list of the back office show in the demonstration.

Mulder      Jip is in foster care in Dronten and was registered in Emmeloord before: who is responsible?
Tesfay      Sara came a month ago; nobody looked up where she is registered
"""

import datetime as dt

from rondom.core import clock
from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN, NOORDOOSTPOLDER, Cast, authority, kin, open_family, person
from rondom.dossiers.residence import ask_residence
from rondom.people import actions
from rondom.people.enums import (
    AuthorityKind,
    ContactKind,
    ContactSafety,
    FactSource,
    HouseholdPart,
    KinshipKind,
    RepresentationKind,
    Sex,
)


def add(cast: Cast) -> None:
    """Write two families of Team West and a written proxy."""
    _mulder(cast)
    _tesfay(cast)
    by, at = machine("demo", DRONTEN), cast.began
    actions.record_representation(
        by=by, at=at, person=cast.person["oma_visser"], representative=cast.person["mirjam"],
        kind=RepresentationKind.PROXY, starts=clock.today(at), source=FactSource.DECLARED,
    )  # fmt: skip


def _mulder(cast: Cast) -> None:
    person(cast, "ingrid", "Ingrid||Mulder", 34, Sex.FEMALE)
    person(cast, "jip", "Jip||Mulder", 12, Sex.MALE)
    person(cast, "hanna", "Hanna||Brouwer", 46, Sex.FEMALE)
    kin(cast, "ingrid", KinshipKind.PARENT, "jip")
    kin(cast, "hanna", KinshipKind.FOSTER_PARENT, "jip")
    authority(cast, "jip", AuthorityKind.SOLE, "ingrid")
    by, at, jip = machine("demo", DRONTEN), cast.began, cast.person["jip"]
    since = clock.today(at) - dt.timedelta(days=20)
    actions.move(
        by=by, at=at, person=jip, lines="Nagelerstraat 20\n8302 GR Emmeloord", place_municipality=NOORDOOSTPOLDER,
        source=FactSource.REGISTER, starts=clock.today(at) - dt.timedelta(days=900),
    )  # fmt: skip
    home = actions.open_household(by=by, at=at)
    for who, part in (("hanna", HouseholdPart.ADULT), ("jip", HouseholdPart.FOSTER_CHILD)):
        actions.join_household(by=by, at=at, household=home, person=cast.person[who], part=part, starts=since)
        actions.move(
            by=by, at=at, person=cast.person[who], lines="De Gordiaan 5\n8253 AB Dronten", starts=since,
            place_municipality=DRONTEN, district="WK030303", source=FactSource.REGISTER,
        )  # fmt: skip
    actions.correct_person(
        by=by, at=at, person=cast.person["ingrid"], changes={"interpreter": "gebarentaal"},
        opened_version=cast.person["ingrid"].version,
    )  # fmt: skip
    for who, number in (("ingrid", "06 1234 5021"), ("hanna", "06 1234 5022")):
        actions.add_contact_point(
            by=by, at=at, person=cast.person[who], kind=ContactKind.PHONE, value=number, safety=ContactSafety.SAFE
        )
    open_family(
        cast, "mulder", team="west", coordinator="fatima", children=["jip"],
        adults={"ingrid": "moeder", "hanna": "pleegmoeder"}, responsible={"jip": ""},
    )  # fmt: skip
    _asked(cast, "jip")


def _tesfay(cast: Cast) -> None:
    person(cast, "sara", "Sara||Tesfay", 15, Sex.FEMALE)
    open_family(
        cast, "tesfay", team="west", coordinator="fatima", children=["sara"], adults={}, responsible={"sara": ""}
    )
    _asked(cast, "sara")


def _asked(cast: Cast, youth: str) -> None:
    at = cast.began + dt.timedelta(days=1)
    ask_residence(by=cast.principal("fatima", at), at=at, dossier=cast.dossier[youth])
