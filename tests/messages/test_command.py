"""`rondom messages`: what it says, what it writes, how it ends."""

import json

import pytest

from rondom.cli.main import main
from rondom.messages.checking import check
from rondom.messages.explaining import return_codes
from rondom.messages.writing import written
from tests.messages.samples import GOOD, jw305_good, jw307_good, message, put, start


@pytest.fixture
def file(tmp_path):
    def make(name: str, data: bytes):
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return make


def good(name: str) -> bytes:
    return written(message(name), GOOD[name]())


def refused() -> bytes:
    return written(message("JW305"), jw305_good(start(StatusAanlevering="2")))


def ask(capfdbinary, *words: str) -> tuple[int, bytes, str]:
    code = main(["messages", *words])
    out, err = capfdbinary.readouterr()
    return code, out, err.decode()


def test_check_says_one_line_of_json_per_file(capfdbinary, file):
    paths = [
        file("a.xml", good("JW323")),
        file("b.xml", refused()),
        file("c.xml", good("JW301").replace(b"2011-02-01", b"2011-02-30")),
    ]
    code, out, _ = ask(capfdbinary, "check", *paths)
    first, second, third = map(json.loads, out.splitlines())
    assert code == 1
    assert first == {"file": paths[0], "message": "JW323", "version": "3.2", "level1": [], "level2": [], "ok": True}
    assert second["level2"] == [
        {"rule": "CS058", "path": "Bericht/Client/StartProducten/StartProduct[1]/StatusAanlevering"}
    ]
    assert not second["ok"]
    assert third["level1"][0]["path"] == "Bericht/Client/Geboortedatum/Datum"
    assert third["level1"][0]["line"] > 10
    assert third["level2"] == []


@pytest.mark.parametrize("data", [b"no", b"<!DOCTYPE x><x/>"])
def test_check_ends_with_2_when_a_file_cannot_be_read(capfdbinary, file, data):
    code, out, _ = ask(capfdbinary, "check", file("a.xml", data), file("b.xml", good("JW305")))
    first, second = map(json.loads, out.splitlines())
    assert code == 2
    assert (first["message"], first["version"], first["ok"]) == (None, None, False)
    assert second["ok"]


def test_check_of_a_file_that_is_not_there(capfdbinary):
    code, out, _ = ask(capfdbinary, "check", "/no/such/file.xml")
    assert code == 2
    assert json.loads(out)["level1"]


def test_check_can_ask_whom_it_is_meant_for(capfdbinary, file):
    path = file("a.xml", good("JW305"))
    assert ask(capfdbinary, "check", "--for", "0184", path)[0] == 0
    code, out, _ = ask(capfdbinary, "check", "--for", "0119", path)
    assert code == 1
    assert json.loads(out)["for_another"] == "Dit bericht is voor 0184, niet voor 0119. Het wordt niet verwerkt."


def test_show_reads_as_dutch(capfdbinary, file):
    code, out, _ = ask(capfdbinary, "show", file("a.xml", good("JW323")))
    text = out.decode()
    assert code == 0
    assert text.startswith("JW323 Declaratie Jeugdhulp (iJw 3.2)\n")
    for line in ("Declaratieperiode", "Begindatum: 1 april 2024", "Totaal bedrag: € 1.430,00", "Prestatie 1 van 2",
                 "Categorie: Jeugdhulp ambulant (45)", "Eenheid: Uur (04)", "Tarief: € 90,00"):  # fmt: skip
        assert line in text, text


@pytest.mark.parametrize("name", GOOD)
def test_every_message_can_be_shown_and_rewritten(capfdbinary, file, name):
    path = file("a.xml", good(name))
    assert ask(capfdbinary, "show", path)[0] == 0
    code, out, _ = ask(capfdbinary, "rewrite", path)
    assert code == 0
    assert out == good(name)


def test_answer_writes_the_return_message(capfdbinary, file):
    code, out, _ = ask(
        capfdbinary, "answer", file("a.xml", good("JW305")), "--dated", "2024-05-06", "--identification", "R1"
    )
    header = check(out).reading.content.Header
    assert code == 0
    assert (header.BerichtCode, header.IdentificatieRetour, header.RetourCodes) == ("439", "R1", None)


def test_answer_is_the_same_every_time(capfdbinary, file):
    path = file("a.xml", good("JW305"))
    once, again = (ask(capfdbinary, "answer", path, "--dated", "2024-05-06")[1] for _ in range(2))
    assert once == again


def test_answer_rejects_on_level_2_and_keeps_silent_on_level_1(capfdbinary, file):
    code, out, _ = ask(capfdbinary, "answer", file("a.xml", refused()))
    assert code == 1
    assert check(out).reading.content.Header.RetourCodes.RetourCode == ("0001",)
    code, out, err = ask(capfdbinary, "answer", file("b.xml", good("JW305").replace(b">438<", b">999<")))
    assert (code, out) == (1, b"")
    assert "BerichtCode" in err
    assert "StUF055" in err


def test_an_answer_that_would_fail_on_level_1_is_not_written(capfdbinary, file):
    code, out, err = ask(capfdbinary, "answer", file("a.xml", good("JW305")), "--identification", "THIRTEENCHARS")
    assert (code, out) == (2, b"")
    assert err == "IdentificatieRetour: De waarde is 13 tekens lang; het mogen er 12 zijn.\n"


def test_nothing_answers_an_answer(capfdbinary, file):
    code, out, err = ask(capfdbinary, "answer", file("a.xml", good("JW325")))
    assert (code, out, err) == (1, b"", "Op een JW325 volgt geen antwoord.\n")


@pytest.mark.parametrize("code", sorted(return_codes()))
def test_every_return_code_is_explained(capfdbinary, code):
    ended, out, _ = ask(capfdbinary, "explain", code)
    assert ended == 0
    assert "Oorzaak: " in out.decode()
    assert "Herstel: " in out.decode()


def test_a_rule_is_explained_too_and_an_unknown_word_is_not(capfdbinary):
    assert "Na een tijdelijke stop" in ask(capfdbinary, "explain", "9413")[1].decode()
    assert "Retourcode: 9326" in ask(capfdbinary, "explain", "tr326")[1].decode()
    assert "geen retourbericht" in ask(capfdbinary, "explain", "CS015")[1].decode()
    code, _, err = ask(capfdbinary, "explain", "9999")
    assert (code, err) == (2, "Er is geen retourcode of regel 9999.\n")


def test_a_birth_date_before_the_message_is_shown_as_people_write_it(capfdbinary, file):
    data = written(message("JW307"), put(jw307_good(), "Client/Geslacht", "0"))
    text = ask(capfdbinary, "show", file("a.xml", data))[1].decode()
    assert "Datum: 1 februari 2011" in text
    assert "Reden van beëindiging: Levering is volgens plan beëindigd (31)" in text
