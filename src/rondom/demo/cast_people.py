"""More people of the cast: one woman who was registered twice, and a boy whose date of birth was mistyped.

They belong to no case: the data steward compares them without anything of a family to see.
"""

import datetime as dt

from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN, Cast
from rondom.people import actions
from rondom.people.enums import ContactKind, FactSource, Sex


def add(cast: Cast) -> None:
    """Write two pairs that may be one person each."""
    by, at = machine("demo", DRONTEN), cast.began
    for key, first_names, called, family_name, born_on, sex in (
        ("jasmijn", "Jasmijn Maria", "Jasmijn", "Terpstra", dt.date(1991, 2, 14), Sex.FEMALE),
        ("jasmijn_again", "Jasmijn", "Jasmijn", "Terpstra-Vos", dt.date(1991, 2, 14), Sex.UNKNOWN),
        ("milan", "Milan", "Milan", "Oude Kamphuis", dt.date(2015, 3, 12), Sex.MALE),
        ("milan_again", "Milan", "Milan", "Oude Kamphuis", dt.date(2015, 3, 21), Sex.MALE),
    ):
        cast.person[key] = actions.register_person(
            by=by, at=at, first_names=first_names, called=called, family_name=family_name, born_on=born_on, sex=sex
        )
    actions.add_contact_point(
        by=by, at=at, person=cast.person["jasmijn_again"], kind=ContactKind.PHONE, value="06 55 55 01 44"
    )
    actions.move(
        by=by, at=at, person=cast.person["jasmijn"], lines="De Helling 3\n8251 GH Dronten", starts=at.date(),
        place_municipality=DRONTEN, district="WK030304", source=FactSource.REGISTER,
    )  # fmt: skip
