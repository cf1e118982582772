"""The families behind a figure, for who may open them: recomputed from what the asker may see, never looked up.

A snapshot has pseudonyms whose key is gone, so nothing leads back from it. The rows of the families the asker may open
are taken from the rooms again, and the indicator is asked of each family alone: it stands behind the figure when the
answer counts something. So there is one definition, and nothing about anybody else is touched.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from rondom.allocations import extract as allocations
from rondom.core.keys import pseudonym
from rondom.core.principals import Principal
from rondom.decisions import extract as decisions
from rondom.dossiers import queries
from rondom.exchange import extract as exchange
from rondom.facts import coarse, schema
from rondom.indicators import snapshot
from rondom.indicators.declared import Indicator, Made
from rondom.indicators.measuring import measured
from rondom.indicators.periods import Period
from rondom.plans import extract as plans
from rondom.safety import extract as safety

MOST = 300  # families asked one by one
CASE, YOUTH = "case", "youth"
Rows = Callable[..., Iterable[Any]]

SOURCES: dict[str, tuple[str, Rows]] = {
    "family_plan": (CASE, lambda of, at: plans.plans(cases=of)),
    "plan_meeting": (CASE, lambda of, at: plans.meetings(cases=of)),
    "screening": (CASE, lambda of, at: plans.screenings(cases=of)),
    "evaluation": (CASE, lambda of, at: plans.evaluations(cases=of)),
    "safety_judgement": (YOUTH, lambda of, at: safety.assessments(youths=of)),
    "safety_condition": (CASE, lambda of, at: safety.conditions(cases=of)),
    "application": (YOUTH, lambda of, at: decisions.applications(youths=of)),
    "decision": (YOUTH, lambda of, at: decisions.decisions(youths=of)),
    "allocation": (YOUTH, lambda of, at: allocations.allocations(at=at, youths=of)),
    "trajectory": (YOUTH, lambda of, at: allocations.trajectories(at=at, youths=of)),
    "wait": (YOUTH, lambda of, at: allocations.waits(at=at, youths=of)),
    "first_talk": (CASE, lambda of, at: allocations.first_talks(at=at, cases=of)),
    "allocation_change": (YOUTH, lambda of, at: allocations.changes(youths=of)),
    "provider_request": (YOUTH, lambda of, at: exchange.requests(at=at, youths=of)),
}
"""Table of facts -> of whom its rows are, and what gives the rows of some of them. Worries lie with triage."""


def can_be_asked(indicator: Indicator) -> bool:
    """Tell whether an indicator is about families that somebody works with."""
    return indicator.table in SOURCES and snapshot.available()


def families(by: Principal, indicator: Indicator, year: str, *, at: dt.datetime) -> list[tuple[UUID, str, str]]:
    """Return (case, name, address) of the families behind a figure that the asker may open, by name.

    At most the newest MOST families are asked.
    """
    kind, source = SOURCES[indicator.table]
    cases = list(queries.cases_for(by, at=at).order_by("-opened_on", "pk").values_list("pk", flat=True)[:MOST])
    members = queries.members_of(cases, by, at=at)
    of = {case: {case} if kind == CASE else {child.pk for child in members[case][0]} for case in cases}
    rows = list(source({one for ids in of.values() for one in ids}, at))
    keys = {case: {pseudonym(kind, one) for one in ids} for case, ids in of.items()}
    behind = _behind(indicator, Period.read(year), keys, [row for row in rows if row.municipality == by.municipality])
    names = queries.case_names(behind, by, at=at)
    found = [(case, names[case], reverse("desk:family", args=[case])) for case in behind]
    return sorted(found, key=lambda each: (each[1], each[0]))


def _behind(
    indicator: Indicator, period: Period, keys: dict[UUID, set[str]], rows: Collection[Any]
) -> list[UUID]:  # fmt: skip
    """Return the cases of which the indicator counts something, asked of the rows of each case alone."""
    import duckdb  # noqa: PLC0415 - an extra: only where figures are asked

    table = schema.tables[indicator.table]
    key = f"{SOURCES[table.name][0]}_key"
    typed = snapshot.columns(table)
    taken = [each for each in table.columns if each.name in typed]
    found = []
    with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "256MB"}) as connection:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        columns = ", ".join(f"{name} {kind}" for name, kind in typed.items())
        for case, mine in keys.items():
            own = [row for row in rows if getattr(row, key) in mine]
            if not own:
                continue
            connection.execute(f"CREATE OR REPLACE TABLE {table.name} ({columns})")
            marks = ", ".join("?" for _each in taken)
            values = [[_released(each, row) for each in taken] for row in own]
            connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", values)  # noqa: S608 - names of ours
            total = measured(connection, indicator, period).total
            if total is not None and (total.part if indicator.made is Made.SHARE else total.number):
                found.append(case)
    return found


def _released(column: schema.Column, row: Any) -> Any:
    """Return a value as a snapshot holds it, with our own pseudonym for a key."""
    return coarse.COARSER.get(column.coarse, lambda value: value)(getattr(row, column.name))
