"""What the two municipalities of the cast chose: reference files, own values, own words and a decision aid.

Words and values follow the policy documents of the municipalities; who chose them, and when, is invented.
"""

import datetime as dt
from pathlib import Path

from rondom.aids import actions as aids
from rondom.aids import library
from rondom.aids.tables import parse
from rondom.core import clock
from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN, NOORDOOSTPOLDER, Cast
from rondom.reference import actions as reference
from rondom.reference import files, queries

NEEDED = frozenset(
    {
        "municipalities.csv", "youth-regions.csv", "provinces.csv", "municipality-in-region.csv",
        "municipality-in-province.csv", "parameters.toml", "life-domain.csv",
    }
)  # fmt: skip
EARLIER = dt.timedelta(days=400)
DRONTEN_WORDS = {
    "local_team": ("begeleidingsteam", "begeleidingsteams", "het"),
    "help_team": ("hulpteam", "hulpteams", "het"),
    "plan": ("plan van het gezin", "plannen van de gezinnen", "het"),
}
NOORDOOSTPOLDER_WORDS = {
    "coordinator": ("planbewaker", "planbewakers", "de"),
    "case_worker": ("medewerker sociaal team", "medewerkers sociaal team", "de"),
    "local_team": ("sociaal team", "sociale teams", "het"),
    "plan": ("familiegroepsplan", "familiegroepsplannen", "het"),
    "plan_meeting": ("planbijeenkomst", "planbijeenkomsten", "de"),
}


def add(cast: Cast) -> None:
    """Choose values, words and an aid as they stood when the families' stories began.

    A demonstration was filled with every reference file when it was made; elsewhere only areas and values are loaded.
    """
    began = cast.at - EARLIER
    if not queries.lists().exists():
        for path in files.shipped():
            if path.name in NEEDED:
                reference.load(by=machine("demo"), at=began, file=files.read(path), history=True)
    day = clock.today(began)
    for municipality, words in ((DRONTEN, DRONTEN_WORDS), (NOORDOOSTPOLDER, NOORDOOSTPOLDER_WORDS)):
        for key, (singular, plural, article) in words.items():
            reference.choose_word(
                by=machine("demo", municipality), at=began, key=key, scope=municipality, singular=singular,
                plural=plural, article=article, starts=day, seen=None,
            )  # fmt: skip
    _values(cast, began)
    _triage(cast, began)


def _values(cast: Cast, began: dt.datetime) -> None:
    soon = clock.today(cast.at) + dt.timedelta(days=38)
    _propose(cast, began, "objection_committee", "ja", clock.today(began) + dt.timedelta(days=30), "Bezwaarverordening")
    planned_at, asked_at = cast.at - dt.timedelta(days=6), cast.at - dt.timedelta(days=1)
    _propose(cast, planned_at, "waiting_norm_intake_days", "21", soon, "Regiovisie jeugd, afspraak met aanbieders")
    _propose(cast, asked_at, "portal_assurance_level", "high", soon, "Advies over inloggen met de id-kaart")


def _propose(cast: Cast, at: dt.datetime, name: str, value: str, starts: dt.date, source: str) -> None:
    reference.propose(
        by=cast.principal("tom", at=at), at=at, name=name, scope=DRONTEN, value=value, starts=starts, source=source,
        seen=None,
    )  # fmt: skip


def _triage(cast: Cast, began: dt.datetime) -> None:
    triage = next(each for each in library.shelf().tables if each.key == "triage")
    team = parse((Path(__file__).parent / "tables" / "team.toml").read_text("utf-8"))
    tom, nadia = cast.principal("tom", at=began), cast.principal("nadia", at=began)
    starts = clock.today(began) + dt.timedelta(days=1)
    for table in (triage, team):
        proposed = aids.propose(by=tom, at=began, table=table, starts=starts)
        aids.publish(by=nadia, at=began, publication=proposed, opened_version=1)
