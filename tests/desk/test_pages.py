"""Every page of the desk: whole for who works with the family, nothing for a stranger, one look per page."""

import re

import pytest
from django.urls import reverse

from rondom.core.models import Look
from rondom.dossiers.models import Note
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
OF_A_FAMILY = (
    "family", "journal", "timeline", "meetings", "looks", "note_new", "meeting_new", "clock_new", "members", "roles",
    "family_close",
)  # fmt: skip


@pytest.mark.parametrize("page", OF_A_FAMILY)
def test_a_page_of_a_family_opens_for_its_worker_and_for_nobody_else(cast, page):
    address = reverse(f"desk:{page}", args=[cast.case["visser"].pk])
    shown = sign_in("sanne").get(address)
    assert shown.status_code == 200
    assert "Daan (16)" in shown.content.decode()
    for stranger in ("mark", "fatima", "karin", "rob", "tom"):
        assert sign_in(stranger).get(address).status_code == 404
    assert Look.objects.filter(result="done").count() == 1


def test_my_day_says_what_cannot_wait_and_what_the_meetings_need(cast):
    text = sign_in("sanne").get(reverse("desk:day")).content.decode()
    for words in (
        "Goedemorgen Sanne", "1 dag te laat", "Waarom deze datum?", "Oma haalt Lot op woensdag van school.",
        "16.00 · Daan (16)", "Bel Mirjam Visser terug", "06 1234 5001", "niet bellen",
        "Joris is er niet: 1 gezin is tijdelijk bij jou", "om de 14 dagen",
    ):  # fmt: skip
        assert words in text, words
    assert "06 1234 5003" not in text  # not safe to ring: never shown
    assert "niet gesproken" not in text


def test_my_day_records_which_families_it_showed(cast):
    sign_in("sanne").get(reverse("desk:day"))
    shown = Look.objects.get(kind="desk.day_shown")
    assert set(shown.subjects.values_list("subject", flat=True)) == {
        cast.case[c].pk for c in ("visser", "yilmaz", "smeets")
    }


def test_the_family_page_tells_staff_that_a_part_is_kept(cast, at):
    from rondom.dossiers.models import Dossier
    from rondom.privacy.models import Relation

    kept = cast.dossier["daan"]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(subject=kept.pk).update(ends_at=at)
    text = sign_in("sanne").get(reverse("desk:family", args=[cast.case["visser"].pk])).content.decode()
    assert "Een deel van dit gezin is voor jou niet zichtbaar." in text
    assert "Daan" not in re.sub(r"<title>.*?</title>", "", text).replace("vader van Daan en Lot", "")


def test_a_note_is_written_and_one_is_back_where_one_was(cast):
    client, case = sign_in("sanne"), cast.case["yilmaz"]
    answer = client.post(
        reverse("desk:note_new", args=[case.pk]),
        {
            "text": "Esra belde: de echo is goed.", "concerns": [str(cast.person["esra"].pk)], "channel": "phone",
            "happened_at_day": "vandaag", "happened_at_time": "10.15", "said_by": "Esra", "readable_by": "team",
            "call_back_on": "morgen", "call_back_who": str(cast.person["esra"].pk), "_next": "/gezinnen/",
        },
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, "/gezinnen/")
    note = Note.objects.get(text="Esra belde: de echo is goed.")
    assert list(note.concerns.all()) == [cast.person["esra"]]
    assert case.clocks.get(kind="call_back").title == "Bel Esra Yılmaz terug"


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(cast, elsewhere):
    case = cast.case["yilmaz"]
    answer = sign_in("sanne").post(
        reverse("desk:note_new", args=[case.pk]),
        {
            "text": "x", "concerns": [str(cast.person["esra"].pk)], "channel": "phone", "happened_at_day": "vandaag",
            "happened_at_time": "10.15", "readable_by": "team", "_next": elsewhere,
        },
    )  # fmt: skip
    assert answer["Location"] == reverse("desk:journal", args=[case.pk])


def test_one_key_on_a_family_page_goes_straight_to_its_note(cast):
    here = reverse("desk:family", args=[cast.case["visser"].pk])
    answer = sign_in("sanne").get(reverse("desk:note"), headers={"Referer": f"http://testserver{here}"})
    assert answer["Location"].startswith(reverse("desk:note_new", args=[cast.case["visser"].pk]))
    picked = sign_in("sanne").get(reverse("desk:note")).content.decode()
    assert picked.index("Daan (16)") < picked.index("Esra (16)")


def test_a_future_note_is_refused_beside_its_field_and_nothing_typed_is_lost(cast):
    answer = sign_in("sanne").post(
        reverse("desk:note_new", args=[cast.case["yilmaz"].pk]),
        {
            "text": "Een lang verhaal", "concerns": [str(cast.person["esra"].pk)], "channel": "phone",
            "happened_at_day": "morgen", "happened_at_time": "10.15", "readable_by": "team",
        },
    )  # fmt: skip
    text = answer.content.decode()
    assert "Een lang verhaal" in text
    assert "Dit moment ligt in de toekomst." in text


def test_a_meeting_is_planned_with_people_and_their_ground(cast):
    answer = sign_in("sanne").post(
        reverse("desk:meeting_new", args=[cast.case["visser"].pk]),
        {
            "purpose": "Samen lezen", "planned_at_day": "morgen", "planned_at_time": "14.00", "place": "Kantoor",
            "persons": [str(cast.person["mirjam"].pk)], "staff": [str(cast.staff["sanne"].pk)],
            "outside_1": "Gezinsvoogd", "ground_1": "legal_task",
        },
        follow=True,
    )  # fmt: skip
    text = answer.content.decode()
    for words in ("Samen lezen", "Gezinsvoogd", "heeft een wettelijke taak", "morgen 14.00"):
        assert words in text, words


def test_somebody_from_outside_needs_a_ground(cast):
    answer = sign_in("sanne").post(
        reverse("desk:meeting_new", args=[cast.case["visser"].pk]),
        {"purpose": "Samen lezen", "planned_at_day": "morgen", "planned_at_time": "14.00", "outside_1": "Buurvrouw"},
    )
    assert "Zonder grond mag je geen informatie over dit gezin delen." in answer.content.decode()
    assert not cast.case["visser"].meetings.filter(purpose="Samen lezen").exists()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mirjam", "Mirjam Visser"),
        ("de wit lot", "Lot de Wit"),
        ("06-12345001", "Mirjam Visser"),
        ("kuiper", ""),
        ("bram", ""),
        ("x", ""),
    ],
)
def test_search_finds_within_sight_only_and_by_phone(cast, words, found):
    answer = sign_in("sanne").post(reverse("desk:search"), {"words": words})
    text = answer.content.decode()
    assert (found in text) if found else ("Niemand gevonden die jij mag zien." in text)
    assert words not in answer.request["PATH_INFO"]


def test_what_stands_still_is_first_on_the_team_page(cast):
    text = sign_in("yasmin").get(reverse("desk:team")).content.decode()
    assert text.index("Wat vastzit") < text.index("Team Oost")
    for words in ("1 dag te laat", "Verplaats", "Joris is er niet"):
        assert words in text
    assert "Verslag van de eerste zes weken" not in text  # a title is content, not a row
    assert sign_in("sanne").get(reverse("desk:team")).status_code == 404


def test_counts_open_the_list_behind_them(cast):
    client = sign_in("els")
    page = client.get(reverse("desk:team")).content.decode()
    address = re.search(r'href="(/gezinnen/\?filter=&amp;wie=[0-9a-f-]+)">2<span[^>]*> gezinnen van Sanne', page)
    assert address, page[-3000:]
    listed = client.get(address[1].replace("&amp;", "&")).content.decode()
    assert listed.count("rondom-row__title") == 2
    assert "Gezinnen van Sanne Bakker" in listed


def test_a_new_family_is_taken_on_after_looking_first(cast):
    client, address = sign_in("sanne"), reverse("desk:family_new")
    looked = client.post(address, {"do": "search", "words": "Zoe Brouwer"}).content.decode()
    assert "Niemand gevonden" in looked
    registered = client.post(
        address, {"do": "register", "called": "Zoë", "family_name": "Brouwer", "born_on": "3-4-2019", "sex": "2"}
    ).content.decode()
    assert "Zoë Brouwer" in registered
    chosen = re.search(r'name="chosen" value="([^"]+)"', registered)[1]
    taken = client.post(
        address,
        {
            "do": "take_on", "chosen": chosen, "team": str(cast.team["oost"].pk),
            "coordinator": str(cast.staff["sanne"].pk), "safety": str(cast.staff["sanne"].pk),
        },
        follow=True,
    )  # fmt: skip
    assert "Zoë (7)" in taken.content.decode()
    stolen = sign_in("mark").post(address, {"do": "take_on", "chosen": chosen})
    assert stolen.status_code == 404


def test_a_colleague_accepts_a_role_and_only_then_opens_the_family(cast):
    client, case = sign_in("yasmin"), cast.case["yilmaz"]
    handover = case.handovers.get(ended_at=None)
    family, page = reverse("desk:family", args=[case.pk]), reverse("desk:handover", args=[handover.pk])
    assert client.get(family).status_code == 404
    assert "Bel Esra eerst" in client.get(page).content.decode()
    assert client.post(page, {"do": "accept"})["Location"] == family
    assert client.get(family).status_code == 200
    assert sign_in("mark").get(page).status_code == 404


def test_a_caseload_moves_after_the_second_pair_of_eyes(cast):
    els, yasmin, case = sign_in("els"), sign_in("yasmin"), cast.case["de_boer"]
    els.post(
        reverse("desk:move", args=[cast.team["oost"].pk]),
        {
            "van": str(cast.staff["mark"].pk), "cases": [str(case.pk)], "receiver": str(cast.staff["sanne"].pk),
            "reason": "Mark werkt minder",
        },
    )  # fmt: skip
    move = case.moves.get()
    decide = reverse("desk:move_decide", args=[move.pk])
    assert "Julia (7)" in yasmin.get(decide).content.decode()
    yasmin.post(decide, {"do": "approve"})
    assert case.roles.filter(ends=None, staff=cast.staff["sanne"], kind="coordination").exists()
    assert case.handovers.filter(to=cast.staff["sanne"], kind="sight_on_safety", ended_at=None).exists()


def test_a_done_button_on_a_row_comes_back_to_the_day(cast):
    row = cast.case["visser"].clocks.get(title__startswith="Verslag")
    answer = sign_in("sanne").post(reverse("desk:clock_meet", args=[row.pk]), {"_next": reverse("desk:day")})
    assert answer["Location"] == reverse("desk:day")
    row.refresh_from_db()
    assert row.state == "met"
