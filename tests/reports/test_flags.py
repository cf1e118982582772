"""A note and a name close a flag; both numbers stay, and nothing is repaired."""

import json

import pytest
from django.db import DatabaseError, transaction

from rondom.cli import main
from rondom.core.errors import BadInput
from rondom.core.models import Event
from rondom.crisis.quarter import Quarter
from rondom.reports import crisis_quarter, rendering
from rondom.reports.models import ClosedFlag
from tests.crisis.conftest import BY
from tests.reports.test_printed import BUDGET

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
Q3 = Quarter(2016, 3)
NOTE, NAME = "nagekeken: meer regels per jongere", "A. de Wit"


def close(at, flag="CF03", note=NOTE, name=NAME):
    return crisis_quarter.close("flevoland", Q3, flag, note=note, name=name, by=BY, at=at)


def flag(content, name="CF03"):
    return next(each for each in content["flags"] if each["id"] == name)


def test_both_numbers_stay_and_note_name_and_day_stand_beside_them(quarter_loaded, at):
    before = flag(crisis_quarter.live("flevoland", Q3, public=False).content)
    assert set(before) == {"id", "text", "left", "right"}
    close(at)
    content = crisis_quarter.live("flevoland", Q3, public=False).content
    assert flag(content) == {**before, "closed": {"note": NOTE, "name": NAME, "on": "2026-11-24"}}
    assert (before["left"], before["right"]) == (92, 79)
    assert "closed" not in flag(content, "CF04")
    assert NOTE in rendering.as_csv(content)
    assert Event.objects.filter(kind="reports.flag_closed").count() == 1


def test_it_opens_again_when_one_of_the_numbers_changes(quarter_loaded, load, at):
    close(at)
    load("new-1,new-1,2016-07-02,Almere,9,ambulant,,,,", "new-2,new-1,2016-07-02,Almere,9,ambulant,,,,")
    found = flag(crisis_quarter.live("flevoland", Q3, public=False).content)
    assert ((found["left"], found["right"]), "closed" in found) == ((94, 80), False)


def test_a_frozen_edition_stays_as_it_was_and_the_next_shows_it_but_never_in_public(quarter_loaded, at):
    def frozen(number, *, public=False):
        return crisis_quarter.edition("flevoland", Q3, number, public=public, by=BY, at=at)

    first = frozen(1).text
    close(at)
    assert frozen(1).text == first
    assert "closed" in flag(frozen(2).content)
    assert NOTE not in frozen(2, public=True).text
    assert NAME not in frozen(2, public=True).text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"note": " "}, "blijft een signaal open"), ({"name": ""}, "blijft een signaal open"), ({"flag": "CF99"}, "CF03"),
     ({"note": "x" * 501}, "kort")],
)  # fmt: skip
def test_without_note_name_or_flag_a_sentence_says_so(quarter_loaded, at, said, sentence):
    with pytest.raises(BadInput, match=sentence):
        close(at, **said)
    assert not ClosedFlag.objects.exists()


def test_a_closing_is_never_changed_a_later_one_stands_beside_it(quarter_loaded, at):
    row = close(at)
    with pytest.raises(DatabaseError), transaction.atomic():
        ClosedFlag.objects.filter(pk=row.pk).update(note="iets anders")
    close(at, note="nog eens nagekeken")
    assert flag(crisis_quarter.live("flevoland", Q3, public=False).content)["closed"]["note"] == "nog eens nagekeken"
    assert ClosedFlag.objects.count() == 2


def test_a_flag_of_a_printed_table_is_closed_for_this_file(tmp_path, capsys):
    def run(*words):
        top, modules = main.parser("tables")
        return modules["tables"].run(top.parse_args(["tables", *map(str, words)]))

    path = tmp_path / "begroting.csv"
    path.write_text(BUDGET, "utf-8")
    assert run("close", path, "Totaal/2019", "--note", NOTE, "--name", NAME) == 0
    assert "14160 en 14177" in capsys.readouterr().out
    assert run("check", path, "--closings", "--format", "json") == 0
    first, second = json.loads(capsys.readouterr().out)["flags"]
    assert (first["left"], first["right"], first["difference"], first["closed"]["name"]) == (14160, 14177, -17, NAME)
    assert "closed" not in second
    assert run("check", path, "--format", "json") == 0
    assert "closed" not in capsys.readouterr().out
    assert run("close", path, "Totaal/2021", "--note", NOTE, "--name", NAME) == 4
    assert "Totaal/2019, Totaal/2020" in capsys.readouterr().err
    path.write_text(BUDGET.replace("864;860", "865;860"), "utf-8")
    assert run("check", path, "--closings", "--format", "json") == 0
    assert "closed" not in capsys.readouterr().out


def test_only_closing_and_seeing_it_need_an_installation():
    top, modules = main.parser("tables")
    needs = {
        words: modules["tables"].NEEDS(top.parse_args(["tables", *words.split()]))
        for words in ("check x.csv", "check x.csv --closings", "close x.csv f --note n --name m")
    }
    assert list(needs.values()) == ["nothing", "fit", "fit"]
