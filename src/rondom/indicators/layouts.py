"""What published figures mean, and in which files they stand: measures and layouts, declared once.

Statistics Netherlands (CBS) rounds counts of youth care to multiples of 5 and percentages to one decimal, and leaves
small counts out. So a figure here stands for an interval (`Measure.half`), and what is left out is unknown, not zero.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

NATION = "NL00"
KWB = "Kerncijfers wijken en buurten"
CC_BY = "CC BY 4.0 (CBS)"


@dataclass(frozen=True)
class Measure:
    """What was counted; `definition` in words of ours. `unit`: "youth", "trajectory", "person" or "%".

    step          the multiple to which it was rounded: 5, 0.1, or 1 (as counted)
    district_step the same for a wijk, where that differs; 0: it does not
    """

    key: str
    name: Any
    definition: Any
    unit: str
    step: float
    district_step: float = 0

    def step_of(self, place: str) -> float:
        """Return the multiple to which the figure of a place was rounded."""
        return self.district_step or self.step if place.startswith("WK") else self.step

    def half(self, place: str) -> float:
        """Return how far the real figure can lie from the printed one."""
        step = self.step_of(place)
        return 0.0 if step == 1 else step / 2

    @property
    def is_share(self) -> bool:
        """Tell whether it is a percentage."""
        return self.unit == "%"


@dataclass(frozen=True)
class Layout:
    """A kind of file: recognised by its columns.

    columns  column of the file -> (measure, group)
    place    the column with the code of the place, or with its name when `named` says so, or "" : the whole country
    name     the column with the name of the place; "": none
    period   the column with the period, or "" when `periods` gives one per column (key "": of all columns)
    groups   the column whose cell begins the group of every figure of the line ("": none), by its words
    """

    key: str
    source: str
    table: str
    columns: dict[str, tuple[str, str]]
    place: str = "code"
    name: str = ""
    named: bool = False
    period: str = ""
    periods: tuple[tuple[str, str], ...] = ()
    groups: str = ""
    licence: str = CC_BY

    @property
    def needed(self) -> frozenset[str]:
        """The columns a file of this kind has; others may stand beside them and are left."""
        return frozenset({*self.columns, *(c for c in (self.place, self.name, self.period, self.groups) if c)})

    def period_of(self, column: str) -> str:
        """Return the period of a column, of a layout that has no column with the period."""
        known = dict(self.periods)
        return known.get(column, known.get("", ""))


YOUTHS, TRAJECTORIES, SHARE, INHABITANTS = "youths", "trajectories", "share", "inhabitants"
BY_AGE, BY_HOUSEHOLD, BY_REFERRER = "youths_by_age", "youths_by_household", "trajectories_by_referrer"
NATIONAL, BEGUN, BEGUN_NEW, ENDED = "help_trajectories", "help_begun", "help_begun_new", "help_ended"

MEASURES = {
    each.key: each
    for each in (
        Measure(
            YOUTHS, _("Youths with youth care"),
            _("Persons with any youth care in kind in the year, each counted once."), "youth", 5,
        ),
        Measure(BY_AGE, _("Youths with youth care by age"), _("The same persons, by age."), "youth", 5),
        Measure(
            BY_HOUSEHOLD, _("Youths with youth care by household"), _("The same persons, by household."), "youth", 5,
        ),
        Measure(
            TRAJECTORIES, _("Trajectories of youth care"),
            _("A trajectory is a form of help with a first day; one person can have several."), "trajectory", 5,
        ),
        Measure(
            BY_REFERRER, _("Trajectories of youth care by referrer"),
            _("The same trajectories, by who referred."), "trajectory", 5,
        ),
        Measure(
            SHARE, _("Share of youths with youth care"),
            _("Persons of 0 to 22 with any youth care in kind in the year, of all persons of 0 to 22."), "%", 0.1,
        ),
        Measure(
            INHABITANTS, _("Inhabitants"), _("Persons in the population register on 1 January, by age."), "person",
            1, 5,
        ),
        Measure(
            NATIONAL, _("Trajectories of youth assistance"),
            _("Trajectories of youth assistance alone (without protection and probation) in the year, by referrer."),
            "trajectory", 5,
        ),
        Measure(
            BEGUN, _("Trajectories that began"), _("Of these, what began in the year, by referrer."), "trajectory", 5,
        ),
        Measure(
            BEGUN_NEW, _("Trajectories that began, new"),
            _("Of what began, what is not repeat use; how far CBS looks back is not in our sources."), "trajectory", 5,
        ),
        Measure(
            ENDED, _("Trajectories that ended, by how long they lasted"),
            _("What ended in the year, by referrer and duration. First deliveries are too low."), "trajectory", 5,
        ),
    )
}  # fmt: skip

REFERRERS = {
    "gemeentelijke toegang": "municipal", "huisarts": "gp", "jeugdarts": "youth_doctor",
    "gecertificeerde instelling": "gi", "medisch specialist": "specialist", "rechter/ovj/jji": "court",
    "geen verwijzer": "none", "onbekend": "unknown", "totaal": "",
}  # fmt: skip
AGES = {"lft_0_3": "0-3", "lft_4_11": "4-11", "lft_12_17": "12-17", "lft_18_22": "18-22"}
HOUSEHOLDS = {"hh_eenouder": "one_parent", "hh_paar": "couple", "hh_ander": "other"}
REFERRER_COLUMNS = {
    "verw_gemeentelijke_toegang": "municipal", "verw_huisarts": "gp", "verw_jeugdarts": "youth_doctor",
    "verw_gecertificeerde_instelling": "gi", "verw_medisch_specialist": "specialist", "verw_rechter_ovj": "court",
    "verw_geen": "none", "verw_onbekend": "unknown",
}  # fmt: skip
DURATIONS = {
    "duur_0_3m": "0-3m", "duur_3_6m": "3-6m", "duur_6_12m": "6-12m", "duur_1_2j": "1-2j", "duur_2_3j": "2-3j",
    "duur_3_4j": "3-4j", "duur_4j_plus": "4j+",
}  # fmt: skip
POPULATION = {"inwoners": "", "lft_0_14": "0-14", "lft_15_24": "15-24"}

GROUP_NAMES = {
    "municipal": _("municipal entry"), "gp": _("general practitioner"), "youth_doctor": _("youth doctor"),
    "gi": _("certified institution"), "specialist": _("medical specialist"),
    "court": _("court, prosecutor or youth prison"),
    "none": _("no referrer"), "unknown": _("not known"),
    "one_parent": _("one parent"), "couple": _("couple"), "other": _("another household"),
}  # fmt: skip

LAYOUTS = {
    each.key: each
    for each in (
        Layout(
            key="youth_care", source="CBS", name="naam", period="jaar",
            table="Jongeren met jeugdzorg en jeugdzorgtrajecten in natura; wijken",
            columns={
                "jongeren_jeugdzorg_natura": (YOUTHS, ""), "trajecten_natura": (TRAJECTORIES, ""),
                **{column: (BY_AGE, group) for column, group in AGES.items()},
                **{column: (BY_HOUSEHOLD, group) for column, group in HOUSEHOLDS.items()},
                **{column: (BY_REFERRER, group) for column, group in REFERRER_COLUMNS.items()},
            },
        ),
        Layout(
            key="youth_care_share", source="CBS", name="naam", table=f"{KWB} 2021 (85039NED)",
            periods=(("", "2021"),), columns={"pct_jongeren_met_jeugdzorg": (SHARE, "")},
        ),
        Layout(
            key="youth_care_share_districts", source="CBS", table=f"{KWB} 2018, 2019",
            periods=(("pct_2018", "2018"), ("pct_2019", "2019")),
            columns={"pct_2018": (SHARE, ""), "pct_2019": (SHARE, "")},
        ),
        Layout(
            key="youth_care_provinces", source="CBS", table="84134NED", place="regio", named=True, name="regio",
            periods=(("", "2020"),), columns={"jongeren_met_jeugdzorg": (YOUTHS, ""), "pct_0_22": (SHARE, "")},
        ),
        Layout(
            key="referrer_duration", source="CBS", table="Jeugdhulptrajecten in natura; verwijzer (85096NED)", place="",
            periods=(("", "2021"),), groups="verwijzer",
            columns={
                "trajecten_totaal": (NATIONAL, ""), "begonnen": (BEGUN, ""), "begonnen_nieuw": (BEGUN_NEW, ""),
                **{column: (ENDED, group) for column, group in DURATIONS.items()},
            },
        ),
        Layout(
            key="key_figures", source="CBS", name="naam", period="jaar", table=KWB,
            columns={column: (INHABITANTS, group) for column, group in POPULATION.items()},
        ),
    )
}  # fmt: skip
"""Every kind of file that can be imported. Of two that fit, the one with more columns is meant."""

NAMED_PLACES = {
    "nederland": NATION, "noord-nederland": "LD01", "oost-nederland": "LD02", "west-nederland": "LD03",
    "zuid-nederland": "LD04", "groningen": "PV20", "fryslan": "PV21", "drenthe": "PV22", "overijssel": "PV23",
    "flevoland": "PV24", "gelderland": "PV25", "utrecht": "PV26", "noord-holland": "PV27", "zuid-holland": "PV28",
    "zeeland": "PV29", "noord-brabant": "PV30", "limburg": "PV31", "noord-drenthe (corop)": "CR07",
    "zuidoost-drenthe (corop)": "CR08", "zuidwest-drenthe (corop)": "CR09",
}  # fmt: skip
"""Names of regions in files without codes -> CBS code (LD: part of the country, PV: province, CR: COROP)."""


def layout_of(columns: set[str]) -> Layout | None:
    """Return the layout a file with these columns has; None when none fits."""
    fitting = [each for each in LAYOUTS.values() if each.needed <= columns]
    return max(fitting, key=lambda each: len(each.needed), default=None)
