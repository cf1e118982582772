"""The crisis desk at its register: a file comes in whole or not at all; only who keeps it sees its lines."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rondom.accounts.enums import OrganisationKind
from rondom.accounts.models import Organisation, StaffMember
from rondom.core.models import Event, Look
from rondom.crisis import queries
from rondom.crisis.models import RegisterImport, RegisterLine
from rondom.documents import store
from tests.crisis.conftest import HEAD, SAMPLE
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
GOOD = "r1,j1,2026-07-02,Almere,9,ambulant,,,,"


@pytest.fixture
def desk(cast):
    return sign_in("anneke")


def send(client, *lines, content=None, **more):
    raw = content if content is not None else "\n".join([HEAD, *lines]).encode()
    return client.post(reverse("crisis:bring_in"), {"file": SimpleUploadedFile("x.csv", raw), **more})


def test_a_quarter_comes_in_and_the_same_file_again_changes_nothing(desk):
    first = send(desk, content=SAMPLE.read_bytes())
    assert (first.status_code, first.url) == (302, "/crisisregister/")
    text = desk.get(first.url).content.decode()
    assert "Ingelezen: 92 nieuwe regels, 0 verbeterd, 0 ongewijzigd." in text
    assert "geëindigd in kwartaal 3 van 2016" in text
    assert "2016-0001" in text
    send(desk, content=SAMPLE.read_bytes())
    assert "0 nieuwe regels, 0 verbeterd, 92 ongewijzigd" in desk.get(first.url).content.decode()
    assert queries.counting("flevoland").count() == 92


def test_nothing_of_the_file_stays_beside_the_register(desk, cast):
    before = set(store.stored())
    send(desk, content=SAMPLE.read_bytes())
    assert set(store.stored()) == before
    by = str(cast.staff["anneke"].pk)
    assert str(Event.objects.filter(kind="crisis.lines_imported").latest("at").actor) == by


def test_every_refused_line_stands_there_with_its_number_and_every_reason(desk):
    answer = send(
        desk, GOOD, "r2,j2,2026-07-02,Nergens,240,ambulant,,,,", "r3,j3,2026-07-02,Almere,9,zweven,,,,",
        "r4,j4,2026-07-02,Almere,9,crisisbed,,2026-07-05,2026-07-03,",
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    rows = [row.split("</tr>")[0] for row in text.split("<tr>")[1:]]
    told = {number: next(row for row in rows if f">{number}</th>" in row) for number in (3, 4, 5)}
    assert "Nergens" in told[3] and "240" in told[3]
    assert "zweven" in told[4]
    assert "2026-07-03" in told[5]
    assert "3 regels zijn geweigerd" in text
    assert not queries.counting("flevoland").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "leeg"), (b"a,b\n1,2\n", "De eerste regel moet"), (f"{HEAD}\n".encode(), "geen regels"),
     (HEAD.encode() + b"\n\xff", "UTF-8"), (b"x" * (2 * 1024 * 1024 + 1), "groter dan")],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_a_sentence(desk, content, sentence):
    answer = send(desk, content=content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not RegisterImport.objects.filter(state="stored").exists()


def test_without_a_file_the_reason_that_was_typed_stays(desk):
    answer = desk.post(reverse("crisis:bring_in"), {"correct": "leeftijd verkeerd"})
    assert answer.status_code == 422
    assert "leeftijd verkeerd" in answer.content.decode()


def test_a_known_line_is_corrected_with_a_reason_only(desk):
    send(desk, GOOD)
    other = GOOD.replace(",9,", ",15,")
    refused = send(desk, other)
    assert refused.status_code == 422
    assert "als verbetering" in refused.content.decode()
    assert send(desk, other, correct="leeftijd verkeerd overgenomen").status_code == 302
    assert [row.age for row in queries.counting("flevoland")] == [15]
    assert "leeftijd verkeerd overgenomen" in desk.get("/crisisregister/").content.decode()


def test_a_line_is_withdrawn_with_a_reason_under_the_own_name(desk):
    send(desk, GOOD, GOOD.replace("r1", "r2"))
    row = queries.counting("flevoland").get(report_id="r1")
    address = reverse("crisis:line", args=[row.pk])
    assert desk.post(address, {"because": " "}).status_code == 422
    assert desk.post(address, {"because": "dubbel gemeld, hoort bij r2"}).status_code == 302
    row.refresh_from_db()
    assert (row.withdrawn_name, row.withdrawn_because) == ("Anneke Terpstra", "dubbel gemeld, hoort bij r2")
    assert [each.report_id for each in queries.counting("flevoland")] == ["r2"]
    assert desk.get(address).status_code == 404


def test_only_who_keeps_this_register_comes_in(desk, cast, load):
    load(GOOD)
    row = RegisterLine.objects.get()
    addresses = [reverse("crisis:register"), reverse("crisis:bring_in"), reverse("crisis:line", args=[row.pk])]
    for name in ("hanna", "els", "rob", "sanne", "tom", "karin", "ineke", "mirjam", "henk"):
        client = sign_in(name)
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404], name
    homes = Organisation.objects.filter(pk=cast.organisation["crisispunt"].pk)
    homes.update(kind=OrganisationKind.LOCAL_TEAM)  # the role alone is not enough
    assert [desk.get(address).status_code for address in addresses] == [404, 404, 404]
    homes.update(kind=OrganisationKind.CRISIS_DESK)
    StaffMember.objects.filter(pk=cast.staff["anneke"].pk).update(municipality="GM0118")  # a desk of elsewhere
    assert [desk.get(address).status_code for address in addresses] == [404, 404, 404]


def test_a_line_of_another_register_is_not_there_and_the_attempt_is_kept(desk, load):
    load(GOOD)
    RegisterLine.objects.update(region="elders")
    row = RegisterLine.objects.get()
    assert desk.get(reverse("crisis:line", args=[row.pk])).status_code == 404
    assert Look.objects.filter(kind="crisis.line_opened", result="denied", object_id=str(row.pk)).exists()


def test_the_list_asks_as_many_questions_for_few_lines_as_for_many(desk, django_assert_max_num_queries):
    send(desk, content=SAMPLE.read_bytes())
    with django_assert_max_num_queries(24):
        text = desk.get("/crisisregister/").content.decode()
    assert text.count("/crisisregister/regel/") == 50
