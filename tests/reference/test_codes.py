"""Code lists and areas: asked for a day, loaded as a whole, repeatable, with a report by line."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from rondom.core.errors import BadInput, NotAllowed
from rondom.core.models import Event
from rondom.core.principals import machine
from rondom.reference import actions, files, loading, queries
from rondom.reference.enums import AreaKind
from rondom.reference.models import AreaLink, Code, CodeList

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

DAY = dt.date(2026, 11, 24)
HEAD = "# list: colour\n# name: Kleuren\n# source: eigen lijst\n# licence: vrij\ncode,label,starts,ends\n"


def a_file(body: str, head: str = HEAD, name: str = "colour.csv") -> files.ReferenceFile:
    return files.parse(name, (head + body).encode())


@pytest.fixture
def load(db, at):
    def run(body: str, **options):
        return actions.load(by=machine("command:test"), at=at, file=a_file(body), **options)

    return run


def test_a_code_is_asked_for_a_day(load):
    load("R,Rood,2020-01-01,2024-01-01\nR,Vuurrood,2024-01-01,\n")
    assert queries.code("colour", "R", on=dt.date(2023, 12, 31)).label == "Rood"
    assert queries.code("colour", "R", on=dt.date(2024, 1, 1)).label == "Vuurrood"
    assert queries.choices("colour", on=DAY) == [("R", "Vuurrood")]


@pytest.mark.parametrize(
    ("list_key", "value", "day"),
    [("colour", "Z", DAY), ("colour", "R", dt.date(2019, 12, 31)), ("no_list", "R", DAY)],
)
def test_an_unknown_code_or_day_gives_a_sentence(load, list_key, value, day):
    load("R,Rood,2020-01-01,\n")
    with pytest.raises(BadInput) as refusal:
        queries.code(list_key, value, on=day)
    assert len(str(refusal.value)) > 20


def test_loading_reports_what_changed_and_repeats_without_change(load):
    first = load("R,Rood,2020-01-01,\nB,Blauw,2020-01-01,\nG,Geel,2020-01-01,\n")
    assert (first.new, first.unchanged) == (3, 0)
    again = load("R,Rood,2020-01-01,\nB,Blauw,2020-01-01,\nG,Geel,2020-01-01,\n")
    assert (again.new, again.changed, again.ended, again.unchanged) == (0, 0, 0, 3)
    second = load("R,Helderrood,2020-01-01,\nB,Blauw,2020-01-01,2026-01-01\nP,Paars,2026-01-01,\n")
    assert (second.new, second.changed, second.ended, second.unchanged, second.kept) == (1, 1, 1, 0, 1)
    assert queries.choices("colour", on=DAY) == [("G", "Geel"), ("P", "Paars"), ("R", "Helderrood")]


def test_a_file_that_knows_no_end_does_not_reopen_what_ended(load):
    load("R,Rood,2020-01-01,2024-01-01\nR,Vuurrood,2024-01-01,\n")
    report = load("R,Rood,2020-01-01,\nR,Vuurrood,2024-01-01,\n")
    assert (report.unchanged, report.refused) == (2, [])


def test_overlapping_periods_are_refused_with_their_line_and_nothing_is_stored(load):
    with pytest.raises(actions.LoadRefused) as refusal:
        load("B,Blauw,2020-01-01,\nR,Rood,2020-01-01,\nR,Vuurrood,2024-01-01,\n")
    assert [line.number for line in refusal.value.report.refused] == [8]
    assert not Code.objects.exists()
    assert not CodeList.objects.exists()


def test_a_period_that_overlaps_a_stored_one_is_refused(load):
    load("R,Rood,2020-01-01,\n")
    with pytest.raises(actions.LoadRefused) as refusal:
        load("R,Rood,2019-01-01,\n")
    assert [line.number for line in refusal.value.report.refused] == [6]


@pytest.mark.parametrize(
    "line",
    [
        "R,Rood,2020-01-01",  # a column short
        "R,Rood,1-1-2020,",  # not a date
        "R,Rood,2020-01-01,2020-01-01",  # ends where it begins
        "R,=1+1,2020-01-01,",  # a formula
        "@R,Rood,2020-01-01,",
        "R,,2020-01-01,",
        f"{'R' * 41},Rood,2020-01-01,",
        f"R,{'r' * 201},2020-01-01,",
        "R,Ro\u202eod,2020-01-01,",  # turns the text around
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_number_and_reason(load, line):
    with pytest.raises(actions.LoadRefused) as refusal:
        load(f"B,Blauw,2020-01-01,\n{line}\n")
    (only,) = refusal.value.report.refused
    assert only.number == 7
    assert str(only.reason)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("code,label,starts,ends\n", "R,Rood,2020-01-01,\n"),
        (HEAD.replace("# source: eigen lijst\n", ""), ""),
        (HEAD.replace("colour", "../colour"), ""),
        (HEAD.replace("code,label", "label,code"), ""),
        (HEAD, 'R,"Rood,2020-01-01,\n'),
        (HEAD.replace("# list: colour", "# links: street in moon"), ""),
    ],
)
def test_a_file_without_source_or_shape_is_refused_as_a_whole(head, body):
    with pytest.raises(BadInput):
        a_file(body, head)


def test_a_file_in_another_encoding_gives_a_sentence():
    with pytest.raises(BadInput, match="UTF-8"):
        files.parse("colour.csv", HEAD.encode() + b"R,Ro\xf6d,2020-01-01,\n")


def test_a_load_that_dies_half_way_leaves_nothing(load, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 1)

    def dies(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load("R,Rood,2020-01-01,\nB,Blauw,2020-01-01,\nG,Geel,2020-01-01,\n", progress=dies)
    assert not CodeList.objects.exists()
    assert not Event.objects.filter(kind="reference.codes_loaded").exists()


def test_a_load_is_recorded_without_values(load):
    load("R,Rood,2020-01-01,\n")
    event = Event.objects.get(kind="reference.codes_loaded")
    assert (event.object_id, event.fields, event.actor_role) == ("colour", ["new"], "command:test")


def test_what_comes_with_rondom_loads_and_loads_again(everything, at):
    assert queries.choices("unit", on=DAY)[:2] == [("01", "Minuut"), ("04", "Uur")]
    assert queries.code("municipality", "GM0303", on=DAY).label == "Dronten"
    assert len(queries.codes_on("municipality", on=DAY)) == 342
    assert queries.code("stop_reason", "38", on=DAY).extra == {"change_reason": "09"}
    with pytest.raises(BadInput):
        queries.code("stop_reason", "38", on=dt.date(2022, 3, 31))
    for report in actions.load_shipped(by=machine("command:test"), at=at):
        assert (report.new, report.changed, report.ended, report.refused) == (0, 0, 0, []), report.file


def test_every_shipped_file_names_its_source_and_licence():
    for path in files.shipped():
        file = files.read(path)
        assert file.refused == []
        if path.suffix == ".csv":
            assert file.header["source"], path
            assert file.header["licence"], path


def test_a_municipality_is_found_by_code_and_by_name(shipped):
    assert queries.municipality_name("GM0171", on=DAY) == "Noordoostpolder"
    assert queries.municipality_name("GM0171", on=dt.date(1990, 1, 1)) == "Noordoostpolder"
    assert queries.municipality_named("noordoostpolder", on=DAY).code == "GM0171"
    for wrong in (lambda: queries.municipality_name("GM9999", on=DAY), lambda: queries.municipality_named("?", on=DAY)):
        with pytest.raises(BadInput):
            wrong()


def test_a_municipality_that_was_merged_does_not_hold_any_more(shipped):
    assert queries.code("municipality", "GM0501", on=dt.date(2022, 6, 1)).label == "Brielle"
    with pytest.raises(BadInput):
        queries.code("municipality", "GM0501", on=DAY)


def test_the_path_of_a_district_ends_at_the_province(shipped):
    assert queries.path_of("WK030301", on=DAY) == {
        AreaKind.DISTRICT: "WK030301",
        AreaKind.MUNICIPALITY: "GM0303",
        AreaKind.YOUTH_REGION: "flevoland",
        AreaKind.PROVINCE: "flevoland",
    }


def test_old_reports_keep_the_old_region_when_a_municipality_moves(shipped, at):
    day = dt.date(2027, 1, 1)
    actions.move_area(
        by=machine("command:test"), at=at, kind=AreaKind.MUNICIPALITY, area="GM0171",
        whole_kind=AreaKind.YOUTH_REGION, to="friesland", starts=day, source="besluit van de invented raad",
    )  # fmt: skip
    region = lambda on: queries.part_of(AreaKind.MUNICIPALITY, "GM0171", AreaKind.YOUTH_REGION, on=on)  # noqa: E731
    assert (region(DAY), region(dt.date(2026, 12, 31)), region(day)) == ("flevoland", "flevoland", "friesland")
    members = queries.areas_in(AreaKind.YOUTH_REGION, "flevoland", AreaKind.MUNICIPALITY, on=DAY)
    assert ("GM0171" in members, len(members)) == (True, 6)
    assert len(queries.areas_in(AreaKind.YOUTH_REGION, "flevoland", AreaKind.MUNICIPALITY, on=day)) == 5


def test_an_area_is_not_moved_in_the_past_nor_by_hand(cast, shipped, at):
    move = {
        "kind": AreaKind.MUNICIPALITY, "area": "GM0171", "whole_kind": AreaKind.YOUTH_REGION, "to": "friesland",
        "source": "besluit",
    }  # fmt: skip
    with pytest.raises(BadInput):
        actions.move_area(by=machine("command:test"), at=at, starts=DAY, **move)
    with pytest.raises(NotAllowed):
        actions.move_area(by=cast.principal("tom"), at=at, starts=dt.date(2027, 1, 1), **move)
    assert AreaLink.objects.filter(area="GM0171", whole_kind=AreaKind.YOUTH_REGION).count() == 1


def test_an_area_file_with_an_unknown_code_is_refused(shipped, at):
    head = HEAD.replace("# list: colour", "# links: municipality in youth_region").replace("code,label", "area,part_of")
    with pytest.raises(actions.LoadRefused) as refusal:
        file = a_file("GM0303,atlantis,2030-01-01,\n", head)
        actions.load(by=machine("command:test"), at=at, file=file)
    assert 6 in {line.number for line in refusal.value.report.refused}


def test_the_command_tells_per_file_what_changed(db, tmp_path: Path):
    path = tmp_path / "colour.csv"
    path.write_text(HEAD + "R,Rood,2020-01-01,\n", "utf-8")
    told = io.StringIO()
    call_command("reference", "load", str(path), "--dry-run", stdout=told)
    assert not CodeList.objects.exists()
    call_command("reference", "load", str(path), stdout=told)
    assert "[1/1] colour.csv: 1 new, 0 changed, 0 ended, 0 unchanged, 0 kept, 0 refused" in told.getvalue()
    path.write_text(HEAD + "R,Rood,2020-01-01,\nR,Rood,2020-01-01,\n", "utf-8")
    with pytest.raises(CommandError):
        call_command("reference", "load", str(path), stdout=told)
    assert "line 7:" in told.getvalue()


@pytest.mark.parametrize("rows", [1, 300])
def test_a_list_for_a_form_takes_two_queries(load, rows, django_assert_num_queries):
    load("".join(f"C{number},Kleur {number},2020-01-01,\n" for number in range(rows)))
    with django_assert_num_queries(2, connection=connection):
        assert len(queries.choices("colour", on=DAY)) == rows
