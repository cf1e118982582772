"""The watched folder: whole or not at all, nothing lost, nothing of others touched; and the provider that answers."""

import datetime as dt
import os

import pytest

from rondom.cli.main import main
from rondom.messages.checking import check
from rondom.messages.providing import serve
from rondom.messages.transport import IN, KEPT, OUT, REFUSED, SETTLED, Folder, Unsafe
from rondom.messages.writing import written
from tests.messages.samples import DATED, MUNICIPALITY, OTHER_PROVIDER, PROVIDER, jw301_good, message, put

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path / "post")
    made.prepare()
    return made


def drop(folder, name, content, *, age=dt.timedelta(minutes=1)):
    """Put a file in a folder as somebody else does, some time ago."""
    path = folder.root / IN / name
    path.write_bytes(content)
    os.utime(path, ((AT - age).timestamp(),) * 2)
    return path


def names(folder, *parts):
    return {part: sorted(path.name for path in (folder.root / part).iterdir()) for part in parts}


def order(**header):
    return written(message("JW301"), jw301_good(**header))


def test_only_whole_files_are_taken_and_the_oldest_first(folder, tmp_path):
    drop(folder, "b.xml", b"2")
    drop(folder, "c.XML", b"1", age=dt.timedelta(hours=1))
    drop(folder, "fresh.xml", b"", age=SETTLED / 2)
    drop(folder, "a.xml.part", b"")
    drop(folder, ".hidden.xml", b"")
    (folder.root / IN / "link.xml").symlink_to(tmp_path)
    (folder.root / IN / "folder.xml").mkdir()
    assert [arrived.path.name for arrived in folder.arrived(AT)] == ["c.XML", "b.xml"]


def test_an_acknowledged_file_is_moved_and_twice_is_once(folder):
    drop(folder, "a.xml", b"good")
    drop(folder, "b.xml", b"bad")
    good, bad = folder.arrived(AT)
    for _time in range(2):
        folder.acknowledge(good, "one")
        folder.acknowledge(bad, "two", refused="not well")
    assert names(folder, IN, KEPT, REFUSED) == {IN: [], KEPT: ["one.xml"], REFUSED: ["two.txt", "two.xml"]}
    assert (folder.root / REFUSED / "two.xml").read_bytes() == b"bad"
    assert folder.sweep(AT - dt.timedelta(hours=1)) == 0
    assert folder.sweep(AT) == 2  # the reason was written just now
    folder.forget("two")
    assert names(folder, KEPT, REFUSED) == {KEPT: [], REFUSED: []}


def test_what_is_sent_stands_there_whole_or_not_at_all(folder):
    def broken():
        yield b"half"
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        folder.send("one", broken())
    assert names(folder, OUT) == {OUT: ["one.xml.part"]}
    folder.send("one", [b"who", b"le"])
    assert names(folder, OUT) == {OUT: ["one.xml"]}
    assert (folder.root / OUT / "one.xml").read_bytes() == b"whole"
    assert (folder.root / OUT / "one.xml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("spoil", ["group", "world", "link", "file"])
def test_a_folder_that_others_may_write_to_is_not_used(folder, tmp_path, spoil):
    place = folder.root / IN
    if spoil in ("group", "world"):
        place.chmod(0o720 if spoil == "group" else 0o702)
    else:
        place.rmdir()
        place.symlink_to(tmp_path) if spoil == "link" else place.write_bytes(b"")
    with pytest.raises((Unsafe, FileExistsError)):
        list(folder.arrived(AT))
    with pytest.raises((Unsafe, FileExistsError)):
        folder.send("one", [b""])


def test_a_provider_answers_an_order_once_however_often_it_comes(folder):
    drop(folder, "a.xml", order())
    (done,) = serve(folder, PROVIDER, at=AT)
    made = (folder.root / OUT / f"{done.answer}.xml").read_bytes()
    reading = check(made).reading
    assert (done.message, reading.message.name) == ("JW301", "JW302")
    assert reading.content.Header.RetourCodes is None
    assert reading.content.Header.BerichtIdentificatie.Dagtekening == DATED
    assert reading.content.Header.DagtekeningRetour == dt.date(2026, 11, 24)
    drop(folder, "again.xml", order(), age=dt.timedelta(minutes=2))
    (again,) = serve(folder, PROVIDER, at=AT)
    assert again.answer == done.answer
    assert (folder.root / OUT / f"{done.answer}.xml").read_bytes() == made
    assert len(names(folder, KEPT)[KEPT]) == 1


def test_a_provider_refuses_what_the_standard_gives_no_answer_to(folder):
    drop(folder, "a.xml", order()[:900])
    drop(folder, "b.xml", order())
    assert [bool(one.refused) for one in serve(folder, OTHER_PROVIDER, at=AT)] == [True, True]
    assert names(folder, OUT) == {OUT: []}
    reasons = {path.read_text() for path in (folder.root / REFUSED).glob("*.txt")}
    assert any("StUF055" in reason for reason in reasons)
    assert any(f"voor {PROVIDER}" in reason for reason in reasons)


def test_a_provider_rejects_what_breaks_level_2(folder):
    wrong = put(jw301_good(), "Client/Bsn", "999900019")
    drop(folder, "a.xml", written(message("JW301"), wrong))
    (done,) = serve(folder, PROVIDER, at=AT)
    header = check((folder.root / OUT / f"{done.answer}.xml").read_bytes()).reading.content.Header
    assert header.RetourCodes.RetourCode == ("0001",)
    assert header.Afzender == MUNICIPALITY


def test_the_command_is_the_other_end(folder, capsys):
    drop(folder, "a.xml", order())
    assert main(["messages", "provide", str(folder.root), "--agb", PROVIDER, "--once"]) == 0
    assert "a.xml: JW301: JW302-" in capsys.readouterr().out
    drop(folder, "b.xml", b"no")
    assert main(["messages", "provide", str(folder.root), "--agb", PROVIDER, "--once"]) == 1
    (folder.root / IN).chmod(0o777)
    assert main(["messages", "provide", str(folder.root), "--agb", PROVIDER, "--once"]) == 2
    assert "niet veilig" in capsys.readouterr().err
