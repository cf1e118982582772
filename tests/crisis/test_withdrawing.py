"""A line that should never have been there: it stays with why and who, and no longer counts."""

import pytest

from rondom.core.errors import BadInput
from rondom.core.models import Event
from rondom.crisis import actions, counting, importing, queries
from rondom.crisis.models import RegisterLine
from rondom.crisis.quarter import Quarter
from rondom.reports import crisis_quarter
from tests.crisis.conftest import BY

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
LINE = "a,j1,2024-02-01,Urk,5,ambulant,,,,"
Q1 = Quarter(2024, 1)


@pytest.fixture
def withdraw(lists, at):
    def run(report_id="a", because="dubbel gemeld", name="A. de Wit"):
        return actions.withdraw(by=BY, at=at, region="flevoland", report_id=report_id, because=because, name=name)

    return run


def lines():
    return counting.make("flevoland", Q1).counted.lines.value


def test_it_stays_with_why_and_who_and_no_longer_counts(load, withdraw):
    load(LINE, LINE.replace("a,j1", "b,j2"))
    withdraw()
    assert lines() == 1
    row = RegisterLine.objects.get(report_id="a")
    assert (row.withdrawn_because, row.withdrawn_name) == ("dubbel gemeld", "A. de Wit")
    assert Event.objects.filter(kind="crisis.line_withdrawn", object_id=str(row.pk)).count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"because": " "}, "waarom"), ({"name": ""}, "wie"), ({"report_id": "z"}, "nummer z"),
     ({"name": "x" * 121}, "kort")],
)  # fmt: skip
def test_without_reason_name_or_line_a_sentence_says_so(load, withdraw, said, sentence):
    load(LINE)
    with pytest.raises(BadInput, match=sentence):
        withdraw(**said)
    assert lines() == 1


def test_it_is_withdrawn_once_and_its_number_is_refused_until_somebody_corrects(load, withdraw):
    load(LINE)
    withdraw()
    with pytest.raises(BadInput):
        withdraw()
    with pytest.raises(importing.ImportRefused) as refused:
        load(LINE)
    assert "ingetrokken" in refused.value.report.refused[0][1]
    assert load(LINE, correct="hoort er toch bij").new == 1
    assert lines() == 1
    assert queries.withdrawn("flevoland", ["a"]) == {}
    assert load(LINE).unchanged == 1


def test_the_next_edition_tells_what_changed_by_it(load, withdraw, at):
    load(LINE, LINE.replace("a,j1", "b,j2"))
    first = crisis_quarter.edition("flevoland", Q1, 1, public=False, by=BY, at=at)
    withdraw()
    second = crisis_quarter.edition("flevoland", Q1, 2, public=False, by=BY, at=at)
    errata = {line["figure"]: (line["left"], line["right"]) for line in second.content["errata"]}
    assert errata["lines"] == errata["persons"] == (2, 1)
    assert crisis_quarter.edition("flevoland", Q1, 1, public=False, by=BY, at=at).text == first.text
