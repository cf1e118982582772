"""The snapshot of the facts: only what may be released, whole or not there, and read through a locked door."""

import datetime as dt
import stat

import pytest

from rondom.core.errors import BadInput
from rondom.core.models import Event
from rondom.crisis import counting
from rondom.crisis.quarter import Quarter
from rondom.facts import coarse
from rondom.indicators import snapshot
from tests.crisis.conftest import BY

duckdb = pytest.importorskip("duckdb", reason="the extra insight is not installed")
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.usefixtures("own_folder")]
PLACES = {"GM0034": "Almere", "GM0303": "Dronten", "GM0995": "Lelystad", "GM0171": "Noordoostpolder",
          "GM0184": "Urk", "GM0050": "Zeewolde", "flevoland": "Buiten regio"}  # fmt: skip


@pytest.fixture
def made(quarter_loaded, at):
    return snapshot.make(by=BY, at=at)


def asked(sql, scopes=PLACES):
    with snapshot.opened(scopes) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.slow
def test_the_columns_are_those_that_may_be_released_and_nothing_exact_is_in_them(made):
    described = asked("DESCRIBE crisis_line")
    assert {name: kind for name, kind, *_rest in described} == {
        "youth_key": "VARCHAR", "region": "VARCHAR", "municipality": "VARCHAR", "reported_on": "DATE",
        "age": "VARCHAR", "form": "VARCHAR", "no_help_reason": "VARCHAR", "started_on": "DATE", "ended_on": "DATE",
        "days": "INTEGER", "follow_up": "VARCHAR",
    }  # fmt: skip
    ((lines, youths),) = asked("SELECT count(*), count(DISTINCT youth_key) FROM crisis_line")
    assert (lines, youths) == (92, 79)
    days = asked(
        "SELECT DISTINCT day(d) FROM (SELECT unnest([reported_on, started_on, ended_on]) AS d FROM crisis_line)"
    )
    assert {day for (day,) in days} == {1, None}


def test_the_same_question_gives_the_same_table_as_the_register(made):
    counted = counting.make("flevoland", Quarter(2016, 3)).counted.figures
    groups = "CASE WHEN age IN ('0-3', '4-11') THEN '12-' ELSE '12+' END"
    rows = asked(
        f"SELECT form, municipality, {groups}, count(*) FROM crisis_line "
        "WHERE reported_on >= DATE '2016-07-01' AND reported_on < DATE '2016-10-01' GROUP BY ALL"
    )
    found = {("placed", form, PLACES[place or "flevoland"], age): number for form, place, age, number in rows}
    names = PLACES.values()
    wanted = {path: n for path, n in counted.items() if path[0] == "placed" and n and path[2] in names}
    assert found == {path: n for path, n in wanted.items() if path[1] != "totaal"}


@pytest.mark.slow
def test_two_snapshots_cannot_be_laid_side_by_side(made, at):
    keys = "SELECT DISTINCT youth_key FROM crisis_line"
    first = set(asked(keys))
    snapshot.make(by=BY, at=at + dt.timedelta(days=1))
    second = set(asked(keys))
    assert len(first) == len(second) == 79
    assert not first & second


@pytest.mark.slow
def test_a_reader_gets_the_scopes_that_were_asked_and_cannot_reach_further(made, own_folder):
    assert {place for (place,) in asked("SELECT DISTINCT municipality FROM crisis_line", ["GM0303"])} == {"GM0303"}
    assert asked("SELECT count(*) FROM crisis_line", ["GM9999", "../../etc", ""]) == [(0,)]
    other = next((own_folder / "facts").glob("*Z/GM0034/crisis_line.parquet"))
    for forbidden in (
        f"SELECT * FROM read_parquet('{other}')",
        "SELECT * FROM read_csv('/etc/passwd')",
        f"SELECT * FROM read_parquet('{other.parent.parent}/GM0303/../GM0034/crisis_line.parquet')",
        f"COPY crisis_line TO '{own_folder}/out.csv'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        f"ATTACH '{own_folder}/x.db' AS x",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error):
            asked(forbidden, ["GM0303"])
    assert not list(own_folder.rglob("out.csv"))


def test_only_the_user_of_rondom_can_enter_the_folders(made):
    work = snapshot.home() / "work"
    for folder in (snapshot.home(), made.folder, *made.folder.iterdir(), work, *work.iterdir()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    assert not list(snapshot.home().rglob("*.csv"))


@pytest.mark.slow
def test_three_and_the_one_that_is_shown_are_kept_and_what_a_killed_run_left_is_never_read_and_goes(made, at):
    left = made.folder.with_name("29990101T000000.000000Z.part")
    (left / "GM0303").mkdir(parents=True)
    assert asked("SELECT count(*) FROM crisis_line") == [(92,)]
    for days in range(1, 4):
        snapshot.make(by=BY, at=at + dt.timedelta(days=days))
    assert len(snapshot.generations()) == snapshot.KEPT + 1
    assert snapshot.shown() == made.folder  # of this month it was the first
    snapshot.make(by=BY, at=at + dt.timedelta(days=10))
    assert len(snapshot.generations()) == snapshot.KEPT
    assert not left.exists()
    assert not made.folder.exists()
    assert Event.objects.filter(kind="indicators.snapshot_made").count() == 5


def test_one_that_fails_half_way_leaves_the_former_in_use(made, at, monkeypatch):
    def broken(at):
        yield from list(snapshot.crisis.everything())[:10]
        raise OSError("the disk is full")

    monkeypatch.setitem(snapshot.SOURCES, "crisis_line", broken)
    with pytest.raises(OSError, match="full"):
        snapshot.make(by=BY, at=at + dt.timedelta(days=1), whole=True)
    assert snapshot.generations() == [made.folder]
    assert asked("SELECT count(*) FROM crisis_line") == [(92,)]


def counted(monkeypatch):
    """Count how often each table is asked of its room."""
    asked = []

    def noting(table, source):
        return lambda at: asked.append(table) or source(at)

    for table, source in list(snapshot.SOURCES.items()):
        monkeypatch.setitem(snapshot.SOURCES, table, noting(table, source))
    return asked


def test_what_did_not_change_is_not_asked_again_and_what_did_is(made, load, at, monkeypatch):
    asked_of = counted(monkeypatch)
    snapshot.make(by=BY, at=at + dt.timedelta(minutes=1))
    assert asked_of == []
    load("a,j1,2024-02-29,Urk,5,ambulant,,,,")
    again = snapshot.make(by=BY, at=at + dt.timedelta(minutes=2))
    assert (asked_of, again.asked, again.rows["crisis_line"]) == (["crisis_line"], ["crisis_line"], 93)
    asked_of.clear()
    snapshot.make(by=BY, at=at + dt.timedelta(days=1))
    assert set(asked_of) == snapshot.OF_THE_DAY
    asked_of.clear()
    snapshot.make(by=BY, at=at + dt.timedelta(days=1, minutes=1), whole=True)
    assert asked_of == list(snapshot.SOURCES)


def test_one_that_was_killed_goes_on_where_it_was(quarter_loaded, at, monkeypatch):
    asked_of = counted(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "_write", lambda part, table, rows: _killed_at(table, part, rows))
        with pytest.raises(KeyboardInterrupt):
            snapshot.make(by=BY, at=at)
    assert snapshot.generations() == []
    done = asked_of[: asked_of.index("decision")]
    asked_of.clear()
    made = snapshot.make(by=BY, at=at + dt.timedelta(minutes=1))
    assert set(asked_of) == set(snapshot.SOURCES) - set(done)
    assert made.rows["crisis_line"] == 92
    assert not list(snapshot.home().rglob("*.part"))


_whole_write = snapshot._write


def _killed_at(table, part, rows):
    if table.name == "decision":
        raise KeyboardInterrupt
    _whole_write(part, table, rows)


def test_two_at_once_before_the_first_and_without_duckdb_a_sentence_says_what_to_do(lists, at, monkeypatch):
    with pytest.raises(BadInput, match="rondom facts snapshot"):
        asked("SELECT 1")
    with snapshot._alone(), pytest.raises(BadInput, match="al een momentopname"):
        snapshot.make(by=BY, at=at)
    monkeypatch.setattr(snapshot, "find_spec", lambda name: None)
    with pytest.raises(snapshot.Unavailable, match="insight"):
        snapshot.make(by=BY, at=at)


@pytest.mark.parametrize(
    ("age", "band"), [(0, "0-3"), (3, "0-3"), (4, "4-11"), (11, "4-11"), (12, "12"), (13, "13-17"), (18, "18+")]
)
def test_ages_become_bands(age, band):
    assert coarse.age_band(age) == band


def test_a_day_becomes_its_month():
    assert (coarse.month(dt.date(2016, 7, 31)), coarse.month(None)) == (dt.date(2016, 7, 1), None)
