"""Asking outside one's own families: hit and miss are the same page, the question reaches who works with the family."""

import pytest
from django.urls import reverse

from rondom.core.models import Event, Look
from rondom.dossiers import queries
from rondom.people.models import KnownElsewhereRequest
from rondom.people.search import EXACT_KEYS_A_DAY
from tests.trust.walking import TOKEN, ask, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
UNUSED = "999990019"


def typed(**more):
    return {"bsn": "", "family_name": "", "born_on": "", "postcode": "", "reason": "School belde mij", **more}


def asked(cast, client, **more):
    """Ask, and return every byte of the answer and of the page after it."""
    first = ask(client, "POST", reverse("desk:ask_elsewhere"), data=typed(**more))
    then = client.get(reverse("desk:ask_elsewhere"))
    return first.status, first.headers, first.body, TOKEN.sub(b"TOKEN", then.content)


def test_hit_and_miss_are_the_same_bytes_and_leave_the_same_trail(cast):
    hit = asked(cast, sign_in("fatima"), bsn=str(cast.person["esra"].bsn))
    KnownElsewhereRequest.objects.all().delete()
    miss = asked(cast, sign_in("fatima"), bsn=UNUSED)
    assert hit == miss
    assert hit[0] == 302
    assert "Je vraag is doorgegeven." in hit[3].decode()
    row = KnownElsewhereRequest.objects.get()
    assert (row.person, row.reason) == (None, "School belde mij")
    assert Event.objects.filter(kind="people.exact_key_asked").count() == 2


@pytest.mark.parametrize("family_name", ["Yılmaz", "yilmaz"])
def test_a_name_with_birth_and_postcode_is_a_key_too(cast, family_name):
    born = cast.person["esra"].born_on
    asked(cast, sign_in("fatima"), family_name=family_name, born_on=f"{born:%d-%m-%Y}", postcode="8251jz")
    assert KnownElsewhereRequest.objects.get().person == cast.person["esra"]


def test_a_prefix_may_be_typed_with_the_name(cast):
    born = cast.person["anna"].born_on
    asked(cast, sign_in("fatima"), family_name="de Boer", born_on=f"{born:%d-%m-%Y}", postcode="8252 BB")
    assert KnownElsewhereRequest.objects.get().person == cast.person["anna"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "Geef het BSN"),
        ({"bsn": "999990012"}, "geen geldig BSN"),
        ({"bsn": UNUSED, "reason": ""}, "Waarom vraag je dit?"),
        ({"family_name": "Yılmaz", "postcode": "8251 JZ"}, "Geef het BSN"),
        ({"born_on": "31-2-2019", "family_name": "Yılmaz"}, "We kunnen deze datum niet lezen"),
    ],
)
def test_half_a_key_is_refused_and_what_was_typed_stays(cast, wrong, sentence):
    answer = sign_in("fatima").post(reverse("desk:ask_elsewhere"), typed(**wrong))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert wrong.get("reason", "School belde mij") in text
    assert not KnownElsewhereRequest.objects.exists()


def test_after_the_last_question_of_the_day_the_next_is_refused(cast, at):
    client = sign_in("fatima")
    for _number in range(EXACT_KEYS_A_DAY):
        client.post(reverse("desk:ask_elsewhere"), typed(bsn=UNUSED))
    text = client.post(reverse("desk:ask_elsewhere"), typed(bsn=str(cast.person["esra"].bsn))).content.decode()
    assert "meer kan niet op één dag" in text
    assert KnownElsewhereRequest.objects.count() == EXACT_KEYS_A_DAY


def test_the_coordinator_reads_it_on_the_day_and_says_what_was_done(cast):
    sign_in("fatima").post(reverse("desk:ask_elsewhere"), typed(bsn=str(cast.person["esra"].bsn)))
    row, client = KnownElsewhereRequest.objects.get(), sign_in("sanne")
    day = client.get(reverse("desk:day")).content.decode()
    assert "Fatima Idrissi vraagt naar iemand in Esra (16)" in day
    address = reverse("desk:question", args=[row.pk])
    assert address in day
    page = client.get(address).content.decode()
    for words in ("Esra Yılmaz", "School belde mij", cast.staff["fatima"].phone, "Stichting Jeugdteam Dronten"):
        assert words in page
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"answer": "contacted", "_version": row.version}).status_code == 302
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("contacted", cast.staff["sanne"].pk)
    assert "vraagt naar iemand" not in client.get(reverse("desk:day")).content.decode()


def test_a_question_rests_with_who_works_with_the_family_and_with_nobody_else(cast, at):
    sign_in("fatima").post(reverse("desk:ask_elsewhere"), typed(bsn=str(cast.person["timo"].bsn)))
    row = KnownElsewhereRequest.objects.get()
    assert [r for r, _case in queries.questions_for(cast.principal("sanne"), at=at)] == [row]  # covers for Joris
    for name in ("mark", "fatima", "karin", "els", "rob"):
        assert sign_in(name).get(reverse("desk:question", args=[row.pk])).status_code == 404
        assert "vraagt naar iemand" not in sign_in(name).get(reverse("desk:day")).content.decode()
    assert Look.objects.filter(kind="desk.question_shown", result="denied").count() == 4


def test_of_a_closed_case_it_rests_with_who_directs_the_team(cast, at):
    sign_in("fatima").post(reverse("desk:ask_elsewhere"), typed(bsn=str(cast.person["wendy"].bsn)))
    row = KnownElsewhereRequest.objects.get()
    assert [r for r, _case in queries.questions_for(cast.principal("els"), at=at)] == [row]
    assert queries.questions_for(cast.principal("mark"), at=at) == []
    page = sign_in("els").get(reverse("desk:question", args=[row.pk])).content.decode()
    assert "Wendy" not in page  # a row of the team, not an open family
