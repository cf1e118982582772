"""Indicators: one definition, asked of the snapshot; each figure equals what is counted by hand from the register."""

import datetime as dt
from decimal import Decimal
from statistics import median

import pytest
from django.db import connection

from rondom.crisis import extract
from rondom.facts import schema
from rondom.facts.schema import Grain
from rondom.indicators import declared, measuring, snapshot
from rondom.indicators.declared import Indicator, Made, When, declare, indicators
from rondom.indicators.measuring import measured, sql_of
from rondom.indicators.periods import Period
from tests.crisis.conftest import BY

pytest.importorskip("duckdb", reason="the extra insight is not installed")
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.usefixtures("own_folder")]
PLACES = ("GM0034", "GM0303", "GM0995", "GM0171", "GM0184", "GM0050", "flevoland")
QUARTER = Period.read("2016Q3")
IN = (dt.date(2016, 7, 1), dt.date(2016, 9, 30))


YEAR = Period.read("2026")


@pytest.fixture
def facts(quarter_loaded, at):
    snapshot.make(by=BY, at=at)
    with snapshot.opened(PLACES) as found:
        yield found


def figure(facts, key, period=QUARTER):
    return measured(facts, indicators[key], period).total


def test_the_printed_figures_of_the_quarter(facts):
    assert figure(facts, "crisis_lines").number == 92
    assert figure(facts, "crisis_youths").number == 79
    assert figure(facts, "crisis_helped").number == 63
    assert figure(facts, "crisis_no_help").part == 29


def test_every_crisis_figure_equals_a_count_by_hand_over_the_lines(facts):
    lines = list(extract.everything())
    reported = [line for line in lines if IN[0] <= line.reported_on <= IN[1]]
    helped = [line for line in reported if line.form != "geen"]
    ended = [line for line in lines if line.ended_on and IN[0] <= line.ended_on <= IN[1] and line.form != "geen"]
    stays = [line.days for line in ended if line.form != "ambulant" and line.days is not None]
    youths = {line.youth_key for line in reported}
    often = [key for key in youths if sum(line.youth_key == key for line in reported) > 1]
    running = [
        line for line in lines
        if line.form != "geen" and line.started_on and line.started_on <= IN[1]
        and (line.ended_on is None or line.ended_on > IN[1])
    ]  # fmt: skip
    assert figure(facts, "crisis_ambulatory_first").part == sum(line.form == "ambulant" for line in helped)
    assert figure(facts, "crisis_bed").value == pytest.approx(
        100 * sum(line.form != "ambulant" for line in helped) / len(helped)
    )
    assert figure(facts, "crisis_days_of_stay").value == median(stays)
    assert figure(facts, "crisis_stay_over_28_days").part == sum(days > 28 for days in stays)
    assert figure(facts, "crisis_running").number == len(running)
    assert figure(facts, "crisis_repeated").part == len(often)
    assert figure(facts, "crisis_repeated").number == len(youths)
    assert figure(facts, "crisis_follow_up").number == len(ended)


def test_a_split_adds_up_to_the_whole_for_lines_and_never_to_less_for_persons(facts):
    for key in indicators:
        each = indicators[key]
        if each.table != "crisis_line" or each.made is not Made.NUMBER:
            continue
        for group in each.groups:
            parts = sum(row.number for row in measured(facts, each, QUARTER, [group]).figures)
            whole = figure(facts, key).number
            assert parts == whole if each.grain is Grain.LINE else parts >= whole


def test_a_reader_of_one_municipality_counts_that_one_only(facts):
    with snapshot.opened(["GM0303"]) as own:
        rows = measured(own, indicators["crisis_lines"], QUARTER, ["municipality"]).figures
    everybody = measured(facts, indicators["crisis_lines"], QUARTER, ["municipality"]).figures
    assert [row.group for row in rows] == [("GM0303",)]
    assert rows[0] in everybody


def test_nothing_happened_gives_nought_and_no_percentage(facts):
    long_ago = Period.read("1999Q1")
    assert figure(facts, "crisis_lines", long_ago).value == 0
    assert figure(facts, "crisis_no_help", long_ago).value is None
    assert figure(facts, "crisis_days_of_stay", long_ago).value is None


def test_postgresql_gives_the_same_answers_to_the_same_words(cast, facts):
    if connection.vendor != "postgresql":
        pytest.skip("asks PostgreSQL")
    with connection.cursor() as cursor:
        for table in {each.table for each in indicators.values()}:
            columns = snapshot.columns(schema.tables[table])
            rows = facts.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            kinds = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ({kinds}) ON COMMIT DROP")
            cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(columns))})", rows)
        for each in indicators.values():
            for by in ((), *((group,) for group in each.groups)):
                for period in (QUARTER, YEAR):
                    sql = sql_of(each, period, by)
                    cursor.execute(sql)
                    found = sorted(tuple(map(_same, row)) for row in cursor.fetchall())
                    assert found == sorted(tuple(map(_same, row)) for row in facts.execute(sql).fetchall()), sql


def _same(value):
    return str(round(float(value), 9)) if isinstance(value, float | int | Decimal) else str(value)


def test_what_does_not_go_together_is_refused_where_it_is_declared():
    good = indicators["crisis_lines"]
    for change in (
        {"table": "nothing"}, {"day": "birthday"}, {"made": Made.SHARE}, {"made": Made.MEDIAN},
        {"when": When.DURING}, {"groups": ("colour",)},
    ):  # fmt: skip
        with pytest.raises(ValueError, match="the indicator odd"):
            declare([Indicator(**{**vars(good), "key": "odd", **change})])
    with pytest.raises(ValueError, match="declared twice"):
        declare([Indicator(**{**vars(good), "unit": "youth"})])
    with pytest.raises(ValueError, match="cannot be split by follow_up"):
        measuring.sql_of(good, QUARTER, ["follow_up"])
    assert "odd" not in declared.indicators


def test_every_indicator_has_its_source_question_and_unit():
    for each in indicators.values():
        assert each.source
        assert str(each.question).endswith("?")
        assert each.unit


@pytest.mark.parametrize(
    ("text", "starts", "last"),
    [
        ("2016Q3", dt.date(2016, 7, 1), dt.date(2016, 9, 30)),
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024h1", dt.date(2024, 1, 1), dt.date(2024, 6, 30)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-Q4", dt.date(2024, 10, 1), dt.date(2024, 12, 31)),
    ],
)
def test_a_period_is_read_and_ends_where_a_month_ends(text, starts, last):
    period = Period.read(text)
    assert (period.starts, period.last) == (starts, last)
    assert Period.read(str(period)) == period
    assert period.before.ends == period.starts


@pytest.mark.parametrize("text", ["", "2016Q5", "2016H3", "2016-13", "2016-00", "16Q1", "Q3", "2016Q3x", "2016-1"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=text or "^$"):
        Period.read(text)
