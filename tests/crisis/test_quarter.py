"""S25: the lines of the third quarter of 2016 give every printed cell; any other quarter works the same way."""

import datetime as dt

import pytest

from rondom.core.errors import BadInput
from rondom.crisis import counting
from rondom.crisis.flags import flags
from rondom.crisis.quarter import AGES, Quarter
from rondom.reference import actions, files
from tests.crisis.conftest import BY, sample_lines

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
Q3 = Quarter(2016, 3)
PLACES = ("Almere", "Dronten", "Lelystad", "Noordoostpolder", "Urk", "Zeewolde", "Buiten regio", "totaal")
PRINTED = """
ambulant  8/8    1/2  -/1   1/1  -/-  1/1  -/-  11/13
crisisbed 3/10   -/2  -/7   1/4  -/-  -/-  -/-  4/23
pleegzorg 4/1    -/-  4/-   3/-  -/-  -/-  -/-  11/1
geen      5/9    -/1  4/2   1/4  -/-  1/-  -/2  11/18
totaal    20/28  1/5  8/10  6/9  -/-  2/1  -/2  37/55
"""  # Zorglandschap Jeugd Flevoland 2016/17, tabel 1


def printed():
    for line in PRINTED.strip().splitlines():
        form, *cells = line.split()
        for place, cell in zip(PLACES, cells, strict=True):
            for age, number in zip(AGES, cell.split("/"), strict=True):
                yield ("placed", form, place, age), int(number.replace("-", "0"))


def raised(made, **said):
    found = flags(made.counted, made.frame, {(name,): value for name, value in said.items()})
    return {flag.id: (flag.left.value(made.counted.figures), flag.right.value(made.counted.figures)) for flag in found}


def test_every_printed_cell_and_total_comes_out(quarter_loaded):
    assert (quarter_loaded.new, quarter_loaded.unchanged) == (92, 0)
    figures = counting.make("flevoland", Q3).counted.figures
    placed = {path: value for path, value in figures.items() if path[0] == "placed"}
    assert placed == dict(printed())


def test_persons_lines_and_what_does_not_fit(quarter_loaded):
    made = counting.make("flevoland", Q3)
    figures = made.counted.figures
    assert [figures[(name,)] for name in ("persons", "lines", "help_lines")] == [79, 92, 63]
    assert raised(made) == {
        "CF03": (92, 79),
        "CF04": (31.5, 20.3),
        "CF05": (39, 24),
        "CF06": (1, 0),
        "CF07": (29, 5),
        "F24": (27, 30),
    }


def test_printed_figures_stand_beside_the_counted_ones_and_nothing_is_repaired(quarter_loaded):
    made = counting.make("flevoland", Q3)
    found = raised(made, persons=80, help_lines=63)
    assert found["printed:persons"] == (80, 79)
    assert found["CF03"] == (92, 80)
    assert "printed:help_lines" not in found
    assert made.counted.figures[("persons",)] == 79


def test_what_followed_has_every_label_of_the_lists(quarter_loaded):
    figures = counting.make("flevoland", Q3).counted.figures
    labels = {table: {path[1] for path in figures if path[0] == table} for table in ("after_ambulatory", "after_stay")}
    assert {table: len(found) for table, found in labels.items()} == {"after_ambulatory": 11, "after_stay": 10}
    assert "Behandeling gezin, IPT, IOG" in labels["after_ambulatory"]
    stays = [line for line in sample_lines() if line["form"] in ("crisisbed", "pleegzorg") and line["ended_on"]]
    for label in labels["after_stay"]:
        counted = sum(figures["after_stay", label, age] for age in AGES)
        assert counted == sum(line["follow_up"] == label for line in stays), label


def test_another_quarter_is_counted_the_same_way(load):
    load(
        "a,j1,2024-02-29,GM0184,5,pleegzorg,,2024-02-29,2024-04-01,Fasehuis",
        "b,j1,2024-03-31,urk,5,Ambulant,,,,",
        "c,j2,2024-04-01,GM0363,16,geen,geen plek,,,",
        "d,j2,31-3-2024,Buiten regio,16,geen,ingetrokken,,,",
    )
    first, second = (counting.make("flevoland", Quarter(2024, number)).counted.figures for number in (1, 2))
    assert first["placed", "pleegzorg", "Urk", "12-"] == first["placed", "ambulant", "Urk", "12-"] == 1
    assert first["placed", "geen", "Buiten regio", "12+"] == second["placed", "geen", "Buiten regio", "12+"] == 1
    assert (first[("persons",)], first[("lines",)]) == (2, 3)
    assert (first["after_stay", "Fasehuis", "12-"], second["after_stay", "Fasehuis", "12-"]) == (0, 1)
    assert first["no_help_reasons", "De vraag is ingetrokken", "12+"] == 1


def test_how_long_stays_took_is_told_per_municipality(load):
    load(
        "a,j1,2024-02-01,Urk,5,pleegzorg,,2024-02-01,2024-02-04,Fasehuis",
        "b,j2,2024-02-01,Urk,5,crisisbed,,2024-02-01,2024-02-11,Fasehuis",
        "c,j3,2024-02-01,Urk,5,crisisbed,,2024-02-01,2024-04-11,Fasehuis",
        "d,j4,2024-02-01,Urk,5,ambulant,,2024-02-01,2024-02-02,Casusregie",
        "e,j5,2024-02-01,Almere,5,crisisbed,,,2024-02-11,Fasehuis",
        "f,j6,2023-12-30,Almere,5,crisisbed,,2023-12-30,2024-01-09,Fasehuis",
    )
    lengths = counting.make("flevoland", Quarter(2024, 1)).counted.lengths
    said = lambda name, age="12-": [  # noqa: E731
        lengths["length_of_stay", name, age, key] for key in ("lines", "median", "shortest", "longest")
    ]
    assert said("Urk") == [2, 6.5, 3, 10]
    assert said("totaal") == [3, 10, 3, 10]
    assert said("Urk", "12+") == [0, None, None, None]


def test_exactly_twelve_counts_as_set_for_the_region(load, at):
    load("a,j1,2024-02-01,Almere,12,ambulant,,,,", "b,j2,2024-02-01,Almere,11,ambulant,,,,")
    group = lambda: [  # noqa: E731
        counting.make("flevoland", Quarter(2024, 1)).counted.figures["placed", "ambulant", "Almere", age]
        for age in AGES
    ]
    assert group() == [1, 1]
    row = '[[crisis_age_twelve]]\nscope = "region:flevoland"\nvalue = "younger"\nstarts = 2024-01-01\nsource = "x"\n'
    actions.load(by=BY, at=at, file=files.parse("own.toml", row.encode()), history=True)
    assert group() == [2, 0]


def test_a_quarter_before_the_lists_begin_says_so(lists):
    with pytest.raises(BadInput):
        counting.make("flevoland", Quarter(2009, 1))


@pytest.mark.parametrize(("text", "starts", "last"), [
    ("2016Q3", (2016, 7, 1), (2016, 9, 30)), ("2024q4", (2024, 10, 1), (2024, 12, 31)),
    ("2024-Q1", (2024, 1, 1), (2024, 3, 31)),
])  # fmt: skip
def test_a_quarter_is_read(text, starts, last):
    quarter = Quarter.read(text)
    assert (quarter.starts, quarter.last) == (dt.date(*starts), dt.date(*last))


@pytest.mark.parametrize("text", ["2016Q5", "2016", "16Q3", "Q3", "2016Q0", "2016Q33"])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(ValueError, match=text):
        Quarter.read(text)
