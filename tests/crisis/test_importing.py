"""Lines come in whole or not at all: bad lines, bad files, twice, two at once, killed half-way."""

import csv
import datetime as dt
import io
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rondom.core import clock, keys, rotation
from rondom.core.errors import BadInput
from rondom.core.models import Event
from rondom.crisis import actions, importing, pseudonyms, queries, reading
from rondom.crisis.enums import ImportState
from rondom.crisis.importing import ImportRefused
from rondom.crisis.models import PseudonymKey, RegisterImport, RegisterLine
from tests.crisis.conftest import BY, HEAD, SAMPLE, load_lists

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
GOOD = "r1,j1,2016-07-04,Almere,12,crisisbed,,2016-07-04,2016-07-20,Fasehuis"


def counting():
    return queries.counting("flevoland")


def refused(load, *lines, **more):
    with pytest.raises(ImportRefused) as error:
        load(*lines, **more)
    assert not counting().filter(batch__ended_at__isnull=True).exists()
    assert not RegisterImport.objects.filter(state=ImportState.STAGING).exists()
    return error.value.report.refused


def test_the_same_file_again_changes_nothing(quarter_loaded, at):
    before = set(RegisterLine.objects.values_list("pk", flat=True))
    again = importing.load(by=BY, at=at, path=SAMPLE)
    assert (again.new, again.corrected, again.unchanged) == (0, 0, 92)
    assert set(RegisterLine.objects.values_list("pk", flat=True)) == before


def test_the_reference_of_a_youth_is_not_kept(load):
    load(GOOD, GOOD.replace("r1", "r2"), GOOD.replace("r1,j1", "r3,j2"))
    keys = dict(counting().values_list("report_id", "youth_key"))
    assert keys["r1"] == keys["r2"] != keys["r3"]
    columns = [str(value) for row in RegisterLine.objects.values() for value in row.values()]
    assert not {"j1", "j2"} & set(columns)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("crisisbed", "bed", "bed"),
        ("Almere", "Atlantis", "Atlantis"),
        ("Almere", "", "municipality"),
        ("Almere", "GM9999", "GM9999"),
        (",12,", ",240,", "240"),
        (",12,", ",-1,", "-1"),
        (",12,", ",twaalf,", "twaalf"),
        ("2016-07-20", "2016-07-03", "2016-07-03"),
        ("2016-07-20", "2016-02-30", "2016-02-30"),
        ("2016-07-20", "", "ended_on"),
        ("2016-07-04,Almere", ",Almere", "reported_on"),
        ("2016-07-04,Almere", "2999-01-01,Almere", "2999"),
        ("Fasehuis", "Casusregie", "Casusregie"),
        (",,2016", ",geen_plek,2016", "no_help_reason"),
        ("r1", "=1+1", "=1+1"),
        ("r1", "", "report_id"),
        ("Fasehuis", "Fasehuis,extra", "cel"),
        ("crisisbed", "geen", "started_on, ended_on, follow_up"),
    ],
)
def test_a_line_that_cannot_be_true_is_refused_with_its_number_and_reason(load, old, new, says):
    with clock.standing_at(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)):
        found = refused(load, GOOD.replace("r1", "r0"), "", GOOD.replace(old, new, 1))
    assert [number for number, _reason in found] == [4]
    assert says in found[0][1]
    assert not counting().exists()


@pytest.mark.slow
def test_every_wrong_line_is_listed(load):
    lines = [GOOD.replace("r1", f"r{n}").replace(",12,", ",99," if n % 3 == 0 else ",9,") for n in range(1, 1201)]
    found = refused(load, *lines)
    assert [number for number, _reason in found] == [n + 1 for n in range(3, 1201, 3)]
    assert not RegisterLine.objects.exists()


def test_a_number_that_is_there_twice_must_say_the_same(load):
    found = refused(load, GOOD, GOOD, GOOD.replace("Almere", "Urk"))
    assert [number for number, _reason in found] == [4]
    assert (load(GOOD, GOOD).new, counting().count()) == (1, 1)


def test_a_known_line_with_other_content_is_refused_and_can_be_corrected_with_a_reason(load):
    load(GOOD)
    other = GOOD.replace("Almere", "Urk").replace("j1", "j9")
    (number, reason), = refused(load, other, GOOD.replace("r1", "r2"))  # fmt: skip
    assert number == 2
    assert "municipality, youth_ref" in reason
    report = load(other, GOOD.replace("r1", "r2"), correct="gemeente verkeerd overgenomen")
    assert (report.new, report.corrected) == (1, 1)
    assert dict(counting().values_list("report_id", "municipality")) == {"r1": "GM0184", "r2": "GM0034"}
    assert RegisterLine.objects.filter(report_id="r1", replaced_at__isnull=False).count() == 1
    assert RegisterImport.objects.filter(reason="gemeente verkeerd overgenomen").count() == 1


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda text: text.encode("utf-8-sig").replace(b"\n", b"\r\n"), ""),
        (lambda text: text.replace(",", ";").encode(), ""),
        (lambda text: text.replace(",", "\t").encode(), ""),
        (lambda text: ('"' + text.replace(",", '","').replace("\n", '"\n"')).rstrip('"').encode(), ""),
        (lambda text: text.replace("Fasehuis", "Fasehüis").encode("latin-1"), "UTF-8"),
        (lambda text: text.encode("utf-16"), "UTF-8"),
        (lambda text: b"", "leeg"),
        (lambda text: text.partition("\n")[0].encode(), "geen regels"),
        (lambda text: text.replace("form", "vorm").encode(), "vorm"),
        (lambda text: text.replace("form", "age", 1).encode(), "age"),
        (lambda text: text.replace("Almere", '"Almere').encode(), "aanhalingsteken"),
        (lambda text: text.replace("Almere", "x" * 20_000).encode(), "regel 2"),
        (lambda text: b"%PDF-1.7 \x00\x01", "eerste regel"),
    ],
)  # fmt: skip
def test_a_file_is_read_however_it_was_saved_or_refused_in_one_sentence(load, make, says):
    raw = make(f"{HEAD}\n{GOOD}\n")
    if not says:
        assert load(raw=raw).new == 1
        return
    with pytest.raises(BadInput) as error:
        load(raw=raw)
    assert says in str(error.value)
    assert not RegisterLine.objects.exists()


def test_a_huge_file_is_refused_before_it_is_read(load, written, at, monkeypatch):
    path = written(GOOD)
    with path.open("r+b") as file:
        file.truncate(reading.LARGEST + 1)
    with pytest.raises(BadInput, match="50 MB"):
        importing.load(by=BY, at=at, path=path)
    assert not RegisterImport.objects.exists()


def test_a_file_that_is_not_there_or_a_folder_is_said_so(lists, at, tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadInput, match="kan niet worden gelezen"):
            importing.load(by=BY, at=at, path=path)


@pytest.mark.slow
def test_progress_is_told(load, written, at):
    told = []
    lines = [GOOD.replace("r1", f"r{n}") for n in range(2500)]
    importing.load(by=BY, at=at, path=written(*lines), progress=lambda done, total: told.append((done, total)))
    assert len(told) >= 4
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_what_a_killed_import_staged_never_counts_and_is_put_away_by_the_next(load, at, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(actions, "discard", lambda **words: None)  # as if the process were gone
        patch.setattr(actions, "store", lambda **words: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load(GOOD)
    assert (RegisterLine.objects.count(), counting().count()) == (1, 0)
    assert load(GOOD).new == 1
    assert (RegisterLine.objects.count(), counting().count()) == (1, 1)
    assert Event.objects.filter(kind="crisis.import_discarded").count() == 1


def test_while_an_import_runs_another_is_refused(load, written, at):
    path = written(GOOD)
    with importing._alone("flevoland"), pytest.raises(BadInput, match="loopt al een import"):
        importing.load(by=BY, at=at, path=path)
    assert load(GOOD).new == 1


def test_an_import_elsewhere_that_stored_the_same_line_makes_this_one_start_again(load, at):
    """On two machines no file lock helps: the swap itself looks."""
    batch = actions.begin(by=BY, at=at, region="flevoland")
    staged = {"batch": batch, "region": "flevoland", "report_id": "r1", "youth_key": "x", "generation": 1, "age": 3}
    RegisterLine.objects.create(**staged, municipality="", reported_on=dt.date(2016, 7, 1), form="ambulant")
    RegisterImport.objects.filter(pk=batch.pk).update(state=ImportState.DISCARDED, ended_at=at)  # hidden from begin
    load(GOOD)
    RegisterImport.objects.filter(pk=batch.pk).update(state=ImportState.STAGING, ended_at=None)
    with pytest.raises(BadInput, match="intussen"):
        actions.store(by=BY, at=at, batch=batch, digest="", new=1, corrected=0, unchanged=0)
    assert counting().count() == 1


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "looks"], transaction=True)
def test_two_imports_at_once_count_every_line_once(at, tmp_path):
    load_lists(at)
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path in files:
        path.write_text("\n".join([HEAD, *(GOOD.replace("r1", f"r{n}") for n in range(600))]), "utf-8")
    said = []

    def run(path):
        from django.db import connections

        try:
            said.append(importing.load(by=BY, at=at, path=path).new)
        except BadInput as error:
            said.append(str(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(path,)) for path in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 600 in said
    assert counting().count() == 600


@pytest.fixture
def own_keys(settings, tmp_path):
    """Let the keys of one test change, beside a store of documents of its own."""
    settings.DATA = tmp_path
    settings.RONDOM_DOCUMENTS = tmp_path / "documents"
    of_tests, own = settings.RONDOM_KEY_FILE, tmp_path / "keys"
    keys.write_key_file(own, Path(of_tests).read_text("ascii"))
    settings.RONDOM_KEY_FILE = own
    keys.read_again()
    yield
    settings.RONDOM_KEY_FILE = of_tests
    keys.read_again()


def changed_keys(at):
    """Change the keys and put the old ones away, as `rondom keys rotate` and `retire` do."""
    rotation.begin(by=BY, at=at)
    rotation.rewrite()
    rotation.retire(by=BY, at=at + dt.timedelta(minutes=2))


def youths():
    return sorted(counting().values_list("youth_key", flat=True))


def test_a_youth_is_one_youth_in_lines_from_before_and_after_the_old_key_was_put_away(load, at, own_keys):
    load(GOOD, GOOD.replace("r1", "r2"), GOOD.replace("r1", "r3").replace("j1", "j2"))
    before = youths()
    changed_keys(at)
    assert not set(youths()) & set(before)  # who knew the old keys can compute none of these
    report = load(GOOD, GOOD.replace("r1", "r4"), GOOD.replace("r1", "r5").replace("j1", "j2"))
    assert (report.new, report.unchanged) == (2, 1)
    changed_keys(at + dt.timedelta(days=365))
    load(GOOD.replace("r1", "r6"))
    assert len(set(youths())) == 2
    assert sorted(youths().count(key) for key in set(youths())) == [2, 4]
    assert Event.objects.filter(kind="crisis.pseudonyms_renewed").count() == 2
    assert "youth_ref" in refused(load, GOOD.replace("j1", "j9"))[0][1]


def test_an_import_during_which_the_keys_change_is_refused_whole(load, at, own_keys, monkeypatch):
    load(GOOD)
    whole = importing.queries.known_lines

    def meanwhile(region, numbers):
        monkeypatch.setattr(importing.queries, "known_lines", whole)
        rotation.begin(by=BY, at=at)
        rotation.rewrite()
        return whole(region, numbers)

    monkeypatch.setattr(importing.queries, "known_lines", meanwhile)
    with pytest.raises(BadInput, match="sleutels"):
        load(GOOD.replace("r1", "r2"))
    assert counting().count() == 1
    assert load(GOOD.replace("r1", "r2")).new == 1
    assert len(set(youths())) == 1


def test_lines_of_before_registers_had_a_secret_are_recognised_or_nothing_is_added(load, at, own_keys):
    load(GOOD)
    ring = keys.ring()
    old = ring.mac(pseudonyms.PURPOSE, b"j1", "flevoland", ring.newest)[:16].hex()
    counting().update(youth_key=old)
    PseudonymKey.objects.all().delete()
    load(GOOD.replace("r1", "r2"))
    assert set(youths()) == {old}
    PseudonymKey.objects.all().delete()
    counting().filter(report_id="r1").update(generation=99)
    with pytest.raises(BadInput, match="sleutel"):
        load(GOOD.replace("r1", "r3"))
    assert counting().count() == 2


# --- whatever is in a file ---

CELL = st.one_of(
    st.sampled_from(
        ["", "j1", "12", "240", "Almere", "buiten regio", "geen", "ambulant", "2016-07-01", "Fasehuis", "-"]
    ),
    st.text(max_size=12),
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=9, max_size=11), max_size=4), delimiter=st.sampled_from(",;\t"))
def test_any_file_is_stored_whole_or_refused_in_a_sentence(lists, at, written, rows, delimiter):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(HEAD.split(","))
    writer.writerows(rows)
    before = counting().count()
    try:
        raw = text.getvalue().encode("utf-8", "surrogatepass")
        report = importing.load(by=BY, at=at, path=written(raw=raw))
    except BadInput as error:
        assert len(str(error)) > 20
        assert counting().count() == before
        assert all(reason and number > 1 for number, reason in getattr(error, "report", importing.Report("")).refused)
    else:
        assert counting().count() == before + report.new


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=300))
def test_any_bytes_are_refused_in_a_sentence(lists, at, written, raw):
    with pytest.raises(BadInput) as error:
        importing.load(by=BY, at=at, path=written(raw=raw))
    assert len(str(error.value)) > 20
