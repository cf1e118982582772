"""Reports on screen: the numbers of the command, the CSV and the PDF; frozen once; internal for the desk only."""

import csv
import io
import json
import re
import threading
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from rondom.accounts.enums import OrganisationKind
from rondom.accounts.models import Organisation, StaffMember
from rondom.cli import main
from rondom.core import typesetting
from rondom.core.errors import BadInput
from rondom.core.models import Event, Look
from rondom.crisis import printed as crisis_printed
from rondom.demo.cast_quarter import LINES, QUARTER, REGION
from rondom.documents import store
from rondom.reports import crisis_quarter, showing
from rondom.reports.models import ClosedFlag, Edition
from tests.crisis.conftest import BY
from tests.crisis.test_quarter import printed
from tests.indicators.test_figure_pages import Collected, templates_with_figures
from tests.reports.test_printed import BUDGET
from tests.trust.walking import sign_in
from tests.whole import cast

__all__ = ["cast"]
pytestmark = pytest.mark.django_db(databases=["default", "looks"])
FIGURE = re.compile(r'data-figure="([^"]+)"[^>]*>([^<]*)<')
INTERNAL = ("quarter", "freeze", "compare")
NOW = "/cijfers/crisis/2016Q3/"
FIRST = {"internal": f"{NOW}editie/1/", "public": "/cijfers/crisis/openbaar/flevoland/2016Q3/1/"}


@pytest.fixture
def desk(cast):
    return sign_in("anneke")


def told(text):
    return {unescape(key): unescape(said).strip() for key, said in FIGURE.findall(text)}


def figures(client, address):
    """Return the figures on a page by path, without the words of the flags."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    found = {key.partition(": ")[2]: said for key, said in told(answer.content.decode()).items()}
    return {path: number(said) for path, said in found.items() if not path.startswith("flags/")}


def number(said):
    """Return a figure as a number; None where none is shown."""
    plain = said.replace(" dagen", "").replace(" dag", "").replace(".", "").replace(",", ".")
    return None if said in ("niet getoond", "niemand") else float(plain)


def of_content(content):
    names = (*crisis_quarter.TABLES, *crisis_quarter.NUMBERS)
    held = [name for name in names if name in content]
    return {"/".join(path): value for name in held for path, value in leaves(content[name], (name,))}


def leaves(value, before):
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*before, key))
    else:
        yield before, value


def upload(client, address, raw, **more):
    return client.post(address, {"file": SimpleUploadedFile("x.csv", raw), **more})


def opened_form(client):
    """Return what the page to freeze would send."""
    text = client.get(f"{NOW}vastleggen/").content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in ("number", "seen", "_once")}


# --- the figures


def test_the_lines_give_every_printed_cell_on_the_page_and_what_does_not_fit(desk):
    """S25, as the first edition has it."""
    shown = figures(desk, FIRST["internal"])
    placed = {tuple(path.split("/")): value for path, value in shown.items() if path.startswith("placed")}
    assert placed == dict(printed())
    assert (shown["persons"], shown["lines"], shown["help_lines"]) == (79, 92, 63)
    flags = {}
    for key, said in told(desk.get(NOW).content.decode()).items():
        if ": flags/" in key:  # left comes before right
            flags.setdefault(key.split("/")[1], []).append(said)
    assert {name: tuple(sides) for name, sides in flags.items()} == {
        "CF03": ("92", "79"), "CF04": ("31,5", "20,3"), "CF05": ("39", "24"), "CF06": ("1", "0"), "CF07": ("29", "5"),
        "F24": ("27", "30"),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["internal", "public"])
def test_page_command_csv_and_pdf_say_the_same_numbers(desk, at, kind, monkeypatch):
    public = kind == "public"
    row = Edition.objects.get()
    content = json.loads(row.public if public else row.content)
    expected = of_content(content)
    assert figures(desk, FIRST[kind]) == expected
    assert len(expected) > 130
    again = crisis_quarter.edition(REGION, QUARTER, 1, public=public, by=None, at=at)  # what the command prints
    assert of_content(again.content) == expected
    rows = list(csv.DictReader(io.StringIO(desk.get(f"{FIRST[kind]}csv/").content.decode())))
    in_csv = {
        "/".join(filter(None, named(row))): None if row["value"] in (".", "") else float(row["value"])
        for row in rows
        if row["figure"] in (*crisis_quarter.TABLES, *crisis_quarter.NUMBERS)
    }
    assert in_csv == expected
    words = {}
    monkeypatch.setattr(typesetting, "pdf", lambda template, said: words.update(said) or b"%PDF")
    showing.pdf.cache_clear()
    assert desk.get(f"{FIRST[kind]}pdf/").content == b"%PDF"
    showing.pdf.cache_clear()
    printed_cells = [cell for table in words["tables"] for line in table["rows"] for cell in line[1:]]
    values = [value for path, value in expected.items() if "/" in path]
    assert [in_print(cell) for cell in printed_cells] == [value or None for value in in_order(content)]
    assert len(printed_cells) == len(values)


def test_every_figure_of_a_report_is_the_same_number_wherever_it_stands(desk):
    found = Collected()
    found.read(desk, "/cijfers/crisis/", "/cijfers/crisis/openbaar/")
    assert found.differing() == {}
    assert len(found.seen) > 400
    assert templates_with_figures("reports") <= found.templates


def test_the_command_gives_the_same_bytes_as_the_page(desk, capfdbinary):
    top, modules = main.parser("crisis")
    for kind, more in (("internal", ()), ("public", ("--public",))):
        options = top.parse_args(["crisis", "report", "2016Q3", "--edition", "1", "--format", "csv", *more])
        assert modules["crisis"].run(options) == 0
        assert desk.get(f"{FIRST[kind]}csv/").content == capfdbinary.readouterr().out


def named(row):
    """Return the path of a line of the CSV, in the order of the content."""
    rest = (row["column"], row["age"])
    return row["figure"], row["row"], *(rest[::-1] if row["figure"] == "length_of_stay" else rest)


def in_print(cell):
    return None if cell in (".", "-") else float(cell.replace(",", ".")) or None


def in_order(content):
    """Yield the figures of a report in the order of its printed tables."""
    forms = content["placed"]
    for age in ("12-", "12+"):
        yield from (cells[place][age] for cells in forms.values() for place in cells)
    for name in ("after_ambulatory", "after_stay", "no_help_reasons", "length_of_stay"):
        yield from (value for _path, value in leaves(content.get(name, {}), ()))


def test_every_figure_is_the_same_number_wherever_it_stands(desk):
    """Must show 6: every page of reports that links lead to, for who keeps the register."""
    waiting, done, seen = ["/cijfers/crisis/", "/cijfers/crisis/openbaar/"], set(), {}
    while waiting:
        address = waiting.pop()
        if address in done or re.search("/(csv|pdf)/$", address):
            continue
        done.add(address)
        answer = desk.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        for key, said in FIGURE.findall(text):
            seen.setdefault(key, set()).add(said)
        waiting += [unescape(link) for link in re.findall(r'href="(/cijfers/crisis/[^"#?]*)"', text)]
    assert len(done) > 10
    assert {key: said for key, said in seen.items() if len(said) > 1} == {}
    assert len(seen) > 400


def test_a_public_page_shows_nothing_small_and_no_note(desk):
    text = Client().get(FIRST["public"]).content.decode()
    shown = {path: value for path, value in figures(Client(), FIRST["public"]).items() if "length_of_stay" not in path}
    assert all(value is None or value == 0 or value >= 5 for value in shown.values())
    assert None in shown.values()
    assert "Nagekeken" not in text and "Anneke" not in text
    assert not any(path.startswith("no_help_reasons") for path in shown)


# --- who


def test_an_internal_report_is_for_who_keeps_the_register_and_a_public_one_for_anybody(desk, cast):
    place = {"crisis_quarter": "2016Q3"}
    internal = [
        reverse("reports:quarters"), *(reverse(f"reports:{name}", kwargs=place) for name in INTERNAL),
        reverse("reports:close_flag", kwargs={**place, "flag_id": "CF04"}), FIRST["internal"],
        f"{FIRST['internal']}csv/", f"{FIRST['internal']}pdf/",
    ]  # fmt: skip
    public = ["/cijfers/crisis/openbaar/", FIRST["public"], f"{FIRST['public']}csv/"]
    assert {desk.get(address).status_code for address in internal[:-1]} == {200}
    for name in ("hanna", "els", "yasmin", "rob", "sanne", "tom", "karin", "mirjam", "henk"):
        client = sign_in(name)
        assert {client.get(address).status_code for address in internal} == {404}, name
        assert {client.get(address).status_code for address in public} == {200}, name
    nobody = Client()
    assert {nobody.get(address).status_code for address in internal} == {302}
    assert {nobody.get(address).status_code for address in public} == {200}
    homes = Organisation.objects.filter(pk=cast.organisation["crisispunt"].pk)
    somebody = StaffMember.objects.filter(pk=cast.staff["anneke"].pk)
    somebody.update(municipality="GM0118")  # a desk of elsewhere
    assert {desk.get(address).status_code for address in internal} == {404}
    somebody.update(municipality="GM0303")
    homes.update(kind=OrganisationKind.BACK_OFFICE)
    assert {desk.get(address).status_code for address in internal} == {404}
    assert {desk.get(address).status_code for address in public} == {200}


def test_looks_of_staff_are_kept_and_nothing_of_who_only_reads_what_is_public(desk):
    desk.get(FIRST["internal"])
    assert Look.objects.filter(kind="crisis.report_given", object_id="flevoland 2016Q3").exists()
    sign_in("hanna").get(FIRST["public"])
    assert Look.objects.filter(kind="crisis.public_report_given").count() == 1
    Client().get(FIRST["public"])
    assert Look.objects.filter(kind="crisis.public_report_given").count() == 1


@pytest.mark.parametrize(
    "path",
    ["2016Q3/editie/9/", "2016Q5/", "kwartaal/", "2016Q3/signaal/CF99/", "2016Q3/editie/1/docx/",
     "openbaar/flevoland/2016Q3/2/", "openbaar/elders/2016Q3/1/", "openbaar/flevoland/2016Q3/1/json/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(desk, path):
    assert desk.get(f"/cijfers/crisis/{path}").status_code == 404


# --- freezing


def test_the_next_edition_is_frozen_once_with_its_errata_and_the_first_stays_byte_equal(desk):
    files = [f"{FIRST[kind]}csv/" for kind in FIRST]
    before = [desk.get(address).content for address in files], [figures(desk, FIRST[kind]) for kind in FIRST]
    form = opened_form(desk)
    assert form["number"] == "2"
    first, second = (desk.post(f"{NOW}vastleggen/", form) for _press in range(2))
    assert (first.status_code, first.url) == (302, f"{NOW}editie/2/")
    assert second.url == first.url
    assert Edition.objects.count() == 2
    assert Event.objects.filter(kind="reports.edition_frozen").count() == 2
    text = unescape(desk.get(first.url).content.decode())
    assert "Lelystad, 12-: in editie 1 stond 4, het is nu 3." in text
    assert "duur van het verblijf: Lelystad, 12-, mediaan: in editie 1 stond 20, het is nu 18." in text
    assert ([desk.get(address).content for address in files], [figures(desk, FIRST[kind]) for kind in FIRST]) == before


def test_two_who_freeze_at_once_make_one_edition(desk):
    one, other = opened_form(desk), opened_form(sign_in("anneke"))
    assert desk.post(f"{NOW}vastleggen/", one).status_code == 302
    late = sign_in("anneke").post(f"{NOW}vastleggen/", other)
    assert late.status_code == 422
    assert Edition.objects.count() == 2


def test_figures_that_changed_since_the_page_was_opened_are_not_frozen(desk):
    form = opened_form(desk)
    lines = LINES.read_text("utf-8").splitlines()
    more = "\n".join([lines[0], "2016-9001,J999,2016-09-30,Almere,9,ambulant,,,,"]).encode()
    assert upload(desk, "/crisisregister/inlezen/", more).status_code == 302
    answer = desk.post(f"{NOW}vastleggen/", form)
    assert answer.status_code == 422
    assert "veranderd" in answer.content.decode()
    assert Edition.objects.count() == 1
    assert desk.post(f"{NOW}vastleggen/", opened_form(desk)).status_code == 302


def test_an_edition_says_dutch_whatever_language_the_desk_reads(desk):
    desk.cookies["django_language"] = "en"
    assert "Freeze" in desk.get(f"{NOW}vastleggen/").content.decode()
    assert desk.post(f"{NOW}vastleggen/", opened_form(desk)).status_code == 302
    assert "in editie 1 stond 4" in Edition.objects.get(number=2).content


# --- flags


def test_a_flag_is_closed_with_a_note_under_the_own_name_and_both_numbers_stay(desk):
    address = f"{NOW}signaal/CF07/"
    seen = re.search(r'name="seen" value="([^"]+)"', desk.get(address).content.decode())[1]
    assert seen == "29/5"
    assert desk.post(address, {"note": " ", "seen": seen}).status_code == 422
    changed = desk.post(address, {"note": "nagekeken", "seen": "28/5"})
    assert changed.status_code == 422
    assert "28/5" not in changed.content.decode() and "nagekeken" in changed.content.decode()
    assert desk.post(address, {"note": "gevraagd bij het loket", "seen": seen}).status_code == 302
    row = ClosedFlag.objects.get(flag="CF07")
    assert (row.left, row.right, row.name) == ("29", "5", "Anneke Terpstra")
    text = desk.get(NOW).content.decode()
    assert "gevraagd bij het loket" in text
    assert told(text)["flevoland 2016Q3 now internal: flags/CF07/4/left"] == "29"


def test_of_two_flags_with_one_name_each_is_closed_by_itself(desk):
    lines = LINES.read_text("utf-8").splitlines()
    more = "\n".join([lines[0], *(f"u{n},u{n},2016-09-30,Urk,9,ambulant,,,," for n in range(2))]).encode()
    upload(desk, "/crisisregister/inlezen/", more)
    for _once in range(2):
        seen = re.search(r'name="seen" value="([^"]+)"', desk.get(f"{NOW}signaal/CF06/").content.decode())[1]
        desk.post(f"{NOW}signaal/CF06/", {"note": "hoort bij het lokale team", "seen": seen})
    assert set(ClosedFlag.objects.filter(flag="CF06").values_list("left", "right")) == {("1", "0"), ("2", "0")}


def test_printed_figures_are_laid_beside_and_nothing_is_kept(desk):
    before = Edition.objects.count(), ClosedFlag.objects.count(), set(store.stored())
    said = json.dumps({"persons": 80, "placed": {"ambulant": {"Almere": {"12-": 8}}}}).encode()
    text = unescape(upload(desk, f"{NOW}vergelijken/", said).content.decode())
    assert "2 gedrukte cijfers zijn vergeleken." in text
    assert re.search(r"printed:persons/\d+/left\">80<", text)
    assert "printed:placed" not in text
    assert (Edition.objects.count(), ClosedFlag.objects.count(), set(store.stored())) == before
    for wrong in (b"{", b"a,b\n1,2\n", b"\xff"):
        assert upload(desk, f"{NOW}vergelijken/", wrong).status_code == 422


def test_our_own_csv_is_what_is_counted(desk):
    raw = desk.get(f"{FIRST['internal']}csv/").content
    known = crisis_quarter.known_figures(REGION, QUARTER)
    changed = {path for path, value in crisis_printed.parsed(raw.decode(), known).items() if known[path] != value}
    assert {path for path in changed if path[0] != "after_stay"} == {
        ("placed", form, place, age)
        for form in ("pleegzorg", "totaal")
        for place in ("Lelystad", "totaal")
        for age in ("12-", "12+")
    }  # the line that was corrected since


# --- printed tables


def test_the_sums_of_a_table_stand_beside_what_is_printed(cast):
    """S20 through the page; the file is not kept."""
    client, before = sign_in("hanna"), set(store.stored())
    text = unescape(upload(client, "/cijfers/tabel-natellen/", BUDGET.encode()).content.decode())
    rows = re.findall(r"<th scope=\"row\">(\d{4})</th>(.*?)</tr>", text)
    cells = {year: re.findall(r"<td[^>]*>([^<]*)</td>", row) for year, row in rows}
    assert cells == {
        "2019": ["14.160", "14.177", "-17"], "2020": ["14.165", "14.164", "+1"],
        **{year: ["14.153", "14.153", "0"] for year in ("2021", "2022", "2023")},
    }  # fmt: skip
    assert "Totaal, 2019: het gedrukte totaal (links) is niet de som van de delen (rechts)." in text
    assert set(store.stored()) == before
    assert not ClosedFlag.objects.filter(report="printed_table").exists()


def test_a_total_with_another_name_is_named_and_what_is_no_table_is_told(cast):
    client, raw = sign_in("anneke"), BUDGET.replace("Totaal", "Alles bij elkaar").encode()
    assert "Noem hem zelf" in upload(client, "/cijfers/tabel-natellen/", raw).content.decode()
    assert "14.177" in upload(client, "/cijfers/tabel-natellen/", raw, total="alles bij elkaar").content.decode()
    assert upload(client, "/cijfers/tabel-natellen/", b"a;b\nTotaal;veel").status_code == 422
    assert sign_in("sanne").get("/cijfers/tabel-natellen/").status_code == 404


# --- really at once


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
def test_two_who_press_at_the_same_moment_make_one_edition(quarter_loaded, at):
    """In two connections: one freezes, the other is told so; on both engines."""
    seen, told = crisis_quarter.mark(crisis_quarter.live(REGION, QUARTER, public=False)), []
    begin = threading.Barrier(2)

    def press():
        begin.wait(20)
        try:
            told.append(crisis_quarter.freeze_seen(REGION, QUARTER, 1, seen=seen, by=BY, at=at)["edition"])
        except BadInput as refusal:
            told.append(str(refusal))
        finally:
            connections.close_all()

    both = [threading.Thread(target=press) for _each in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(60)
    assert sorted(map(type, told), key=str) == [int, str]
    assert Edition.objects.count() == 1
