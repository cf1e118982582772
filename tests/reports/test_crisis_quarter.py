"""The quarterly report: internal and public, live and frozen, as JSON, CSV and PDF."""

import csv
import io
import json

import pytest
from django.db import DatabaseError, transaction

from rondom.core.errors import BadInput
from rondom.core.models import Event
from rondom.crisis import counting, printed
from rondom.crisis.quarter import AGES, Quarter
from rondom.reports import crisis_quarter, queries, rendering
from rondom.reports.models import Edition
from tests.crisis.conftest import BY, SAMPLE
from tests.indicators import solver

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
Q3 = Quarter(2016, 3)


@pytest.fixture
def frozen(at):
    def run(number, *, public=False, **more):
        return crisis_quarter.edition("flevoland", Q3, number, public=public, by=BY, at=at, **more)

    return run


@pytest.fixture
def corrected(load, quarter_loaded):
    """Somebody's age was wrong: a line of the younger group in Lelystad belongs to the older one."""
    lines = SAMPLE.read_text("utf-8").splitlines()[1:]

    def run():
        wrong = next(line for line in lines if ",Lelystad," in line and ",pleegzorg," in line)
        cells = wrong.split(",")
        cells[4] = "15"
        return load(",".join(cells), correct="leeftijd verkeerd overgenomen")

    return run


def shown(content):
    return dict(
        printed.flatten(
            {key: content[key] for key in (*crisis_quarter.TABLES, *crisis_quarter.NUMBERS) if key in content}
        )
    )


def test_the_report_has_its_keys_and_figures(quarter_loaded):
    content = crisis_quarter.live("flevoland", Q3, public=False).content
    assert content["placed"]["crisisbed"]["Almere"] == {"12-": 3, "12+": 10}
    assert content["placed"]["totaal"]["totaal"] == {"12-": 37, "12+": 55}
    assert list(content["placed"]) == ["ambulant", "crisisbed", "pleegzorg", "geen", "totaal"]
    assert (content["persons"], content["lines"], content["help_lines"]) == (79, 92, 63)
    assert [set(flag) for flag in content["flags"]] == [{"id", "text", "left", "right"}] * 6
    assert len(content["after_ambulatory"]) == 11
    assert len(content["after_stay"]) == 10
    assert all("source" in source for source in content["definition"]["sources"])


@pytest.mark.slow
def test_a_frozen_edition_stays_byte_equal_after_a_correction_and_the_next_has_the_errata(frozen, corrected):
    first, first_public = frozen(1), frozen(1, public=True)
    assert (first.frozen_now, first_public.frozen_now) == (True, False)
    pdf = rendering.as_pdf(first.content)
    corrected()
    assert frozen(1).text == first.text
    assert frozen(1, public=True).text == first_public.text
    assert rendering.as_pdf(frozen(1).content) == pdf
    second = frozen(2).content
    found = {line["figure"]: (line["left"], line["right"]) for line in second["errata"]}
    assert found["placed/pleegzorg/Lelystad/12-"] == (4, 3)
    assert found["placed/pleegzorg/Lelystad/12+"] == (0, 1)
    assert "lines" not in found
    assert second["placed"]["pleegzorg"]["Lelystad"] == {"12-": 3, "12+": 1}


def test_an_edition_cannot_be_skipped_and_printed_figures_do_not_move_a_frozen_one(frozen, quarter_loaded):
    for number in (0, 2, -1):
        with pytest.raises(BadInput):
            frozen(number)
    with_printed = frozen(1, printed_figures={("persons",): 80})
    assert "printed:persons" in {flag["id"] for flag in with_printed.content["flags"]}
    assert frozen(1, printed_figures={}).text == with_printed.text
    assert Event.objects.filter(kind="reports.edition_frozen").count() == 1


def test_a_frozen_edition_holds_no_row_and_nobody_can_change_it(frozen, quarter_loaded):
    frozen(1)
    row = Edition.objects.get()
    assert not any(word in row.content + row.public + row.definition for word in ("2016-0", "J0", "youth_key"))
    for change in ({"public": "{}"}, {"number": 7}, {"content": "{}"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Edition.objects.filter(pk=row.pk).update(**change)
    Edition.objects.filter(pk=row.pk).update(content="")  # its time has passed
    with pytest.raises(BadInput):
        frozen(1)
    assert json.loads(frozen(1, public=True).text)["public"] is True
    assert frozen(2).content["edition"] == 2


def test_an_altered_edition_is_told(frozen, quarter_loaded):
    frozen(1)
    row = Edition.objects.get()
    row.public += " "
    with pytest.raises(queries.Altered):
        queries.text_of(row, public=True)


# --- what is published ---


def placed_table(figures, age):
    """Return the table of an age group that is printed with totals, and the path of each cell."""
    frame = counting.make("flevoland", Q3).frame
    tables = [found for found in crisis_quarter._tables(figures, frame) if found[0].total]
    return tables[AGES.index(age)]


def computed_back(first, second, age):
    """Return which hidden counts a solver finds from two editions, given (counts, public content) of each."""
    said, hidden = [], {}
    for name, (figures, content) in (("first", first), ("second", second)):
        table, paths = placed_table(figures, age)
        told = shown(content)
        hidden[name] = {cell for cell, path in paths.items() if path not in told}
        said += solver.equations(table, hidden[name], name)
        assert all(high is None or low < high for low, high in solver.narrowed(table, hidden[name]).values())
    for cell, path in paths.items():
        if "totaal" not in cell and first[0][path] == second[0][path]:
            said.append(({("first", cell): 1, ("second", cell): -1}, 0))
    return {(name, cell) for name, cell in solver.determined(said) if cell in hidden[name]}


@pytest.mark.slow
def test_no_hidden_count_of_the_public_edition_can_be_computed_back(frozen, corrected):
    editions = []
    for number in (1, 2):
        figures = counting.make("flevoland", Q3).counted.figures
        editions.append((figures, frozen(number, public=True).content))
        if number == 1:
            corrected()
    for age in AGES:
        assert computed_back(*editions, age) == set()


def test_nothing_small_is_published_in_counts_flags_errata_or_csv(frozen, corrected):
    frozen(1)
    corrected()
    content = frozen(2, public=True).content
    assert all(count == 0 or count >= 5 for count in shown(content).values())
    assert "no_help_reasons" not in content
    sides = [side for found in (*content["flags"], *content["errata"]) for side in (found["left"], found["right"])]
    assert all(side == 0 or side >= 5 for side in sides)
    assert "CF06" not in {flag["id"] for flag in content["flags"]}
    rows = list(csv.DictReader(io.StringIO(rendering.as_csv(content))))
    values = {row["value"] for row in rows if row["figure"] in ("placed", "after_stay", "after_ambulatory")}
    assert values.isdisjoint({"1", "2", "3", "4"})
    assert "." in values


def test_published_counts_can_be_rounded_and_sums_are_of_what_is_shown(quarter_loaded):
    made = counting.make("flevoland", Q3)
    figures = crisis_quarter.gated(made.counted.figures, made.frame, limit=5, rounding=5)
    assert all(count is None or count % 5 == 0 for count in figures.values())
    totals = [figures["placed", "totaal", "totaal", age] for age in AGES]
    assert figures[("lines",)] == sum(totals)


def test_a_published_length_of_stay_is_a_median_over_enough_lines_only(load):
    def lines(first, count, place):
        for n in range(first, first + count):
            yield f"r{n},j{n},2024-02-01,{place},15,crisisbed,,2024-02-01,2024-02-{2 + n % 20:02},Fasehuis"

    load(*lines(0, 30, "Almere"), *lines(30, 29, "Dronten"))
    internal, public = (
        crisis_quarter.live("flevoland", Quarter(2024, 1), public=public).content["length_of_stay"]
        for public in (False, True)
    )
    assert internal["Dronten"]["12+"] == {"lines": 29, "median": 13, "shortest": 1, "longest": 20}
    assert {name: ages["12+"] for name, ages in public.items() if ages["12+"]["median"] is not None} == {
        "Almere": {"median": 8}, "totaal": {"median": 10},
    }  # fmt: skip


def test_few_youths_are_not_published_at_all(load):
    load("a,j1,2024-02-01,Almere,9,ambulant,,,,", "b,j2,2024-02-01,Urk,9,geen,,,,")
    content = crisis_quarter.live("flevoland", Quarter(2024, 1), public=True).content
    assert [content[name] for name in ("persons", "lines", "help_lines")] == [None, None, None]
    assert content["placed"]["totaal"]["totaal"] == {"12-": None, "12+": 0}
    assert content["flags"] == []


# --- printed figures ---


def test_printed_figures_are_read_from_json_and_from_our_own_csv(quarter_loaded, tmp_path):
    known = crisis_quarter.known_figures("flevoland", Q3)
    path = tmp_path / "printed.json"
    path.write_text(
        '{"persons": 79, "placed": {"Ambulant": {"Totaal": {"12-": "-", "12+": 13}}}, "flags": []}', "utf-8"
    )
    assert printed.read(path, known) == {
        ("persons",): 79, ("placed", "ambulant", "totaal", "12-"): 0, ("placed", "ambulant", "totaal", "12+"): 13,
    }  # fmt: skip
    report = crisis_quarter.live("flevoland", Q3, public=False)
    path.write_text(rendering.as_csv(report.content), "utf-8")
    again = printed.read(path, known)
    assert again == {path: known[path] for path in again}
    assert len(again) == 80 + 22 + 20 + 12 + 3


@pytest.mark.parametrize("text", ['{"youths": "many"}', '{"persons": -1}', '{"persons": "veel"}', "{", "a,b\n1,2\n"])
def test_printed_figures_that_are_none_are_refused(quarter_loaded, tmp_path, text):
    path = tmp_path / "printed"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput):
        printed.read(path, crisis_quarter.known_figures("flevoland", Q3))


@pytest.mark.slow
def test_a_printed_count_that_the_report_does_not_count_is_told(quarter_loaded):
    figures = {("youths_registered",): 79, ("persons",): 79}
    internal, public = (
        crisis_quarter.live("flevoland", Q3, public=public, printed_figures=figures) for public in (False, True)
    )
    told = {flag["id"]: (flag["left"], flag["right"]) for flag in internal.content["flags"]}
    assert told["printed:youths_registered"] == (79, None)
    assert "printed:persons" not in told
    assert all(None not in (flag["left"], flag["right"]) for flag in public.content["flags"])
    assert rendering.as_pdf(internal.content).startswith(b"%PDF")


# --- pdf ---


@pytest.mark.slow
def test_the_pdf_is_tagged_speaks_dutch_and_takes_no_code_from_words(quarter_loaded):
    content = crisis_quarter.live("flevoland", Q3, public=True).content
    content["flags"].append({"id": "x", "text": '#panic("no") $x$ *a* @b <c> \\', "left": 1, "right": 2})
    made = rendering.as_pdf(content)
    assert made.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/Lang", b"<pdfuaid:part>1</pdfuaid:part>"):
        assert mark in made, mark


def test_without_the_typesetter_a_sentence_says_what_to_do(quarter_loaded, monkeypatch):
    from rondom.core import typesetting

    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)
    with pytest.raises(typesetting.Unavailable, match="Typst"):
        rendering.as_pdf(crisis_quarter.live("flevoland", Q3, public=False).content)
