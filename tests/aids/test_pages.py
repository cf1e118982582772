"""The pages of the aids: reading a table, trying it with its reasons, and publishing it with two people."""

import pytest
from django.urls import reverse

from rondom.aids import queries
from rondom.aids.models import Publication
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TRIAGE = ("triage", "2014-1")


def text(response) -> str:
    return response.content.decode()


def url(name: str, *args) -> str:
    return reverse(f"aids:{name}", args=args)


def test_a_worker_reads_the_table_in_words(cast):
    sanne = sign_in("sanne")
    assert "Enkelvoudig, meervoudig of multiproblem" in text(sanne.get(url("aids")))
    page = text(sanne.get(url("aid", *TRIAGE)))
    for words in (
        "Wat speelt er in het gezin?", "maakt niet uit", "naar het hulpteam", "Dreigende uithuiszetting", "54 gevallen",
        "geldt", "Nadia Smit",
    ):  # fmt: skip
        assert words in page, words
    assert "Laat deze versie gelden" not in page


def test_a_table_of_another_municipality_does_not_exist_here(cast):
    karin = sign_in("karin")
    assert "Enkelvoudig, meervoudig" not in text(karin.get(url("aids")))
    assert karin.get(url("aid", *TRIAGE)).status_code == 404
    assert karin.get(url("dmn", *TRIAGE)).status_code == 404
    assert karin.post(url("attempt", *TRIAGE), {}).status_code == 404


def test_trying_gives_the_advice_with_its_reasons_or_the_next_question(cast):
    sanne = sign_in("sanne")
    asked = text(sanne.post(url("attempt", *TRIAGE), {}))
    assert "Er is nog een antwoord nodig" in asked
    answers = {"problems": "one", "help": "one_form", "parents": "able", "safety_signal": "nee"}
    advice = text(sanne.post(url("attempt", *TRIAGE), answers))
    for words in (
        "De vraag is: enkelvoudig.",
        "Dit volgt uit rij 4",
        "Bron: D26",
        "Meteen de veiligheid beoordelen: nee",
    ):
        assert words in advice, words
    wrong = text(sanne.post(url("attempt", *TRIAGE), {**answers, "problems": "=1+1"}))
    assert "De vraag is: enkelvoudig." not in wrong


def test_numbers_are_asked_and_wrong_ones_are_said_at_their_field(cast):
    sanne = sign_in("sanne")
    address = url("attempt", "indication_body", "2013-1")
    assert "Bureau Jeugdzorg" in text(sanne.post(address, {"age": "17", "main_ground": "psychiatric"}))
    for wrong in ("veel", "-1", "17,5", "999"):
        page = text(sanne.post(address, {"age": wrong, "main_ground": "psychiatric"}))
        assert "Hoe oud was de cliënt?" in page
        assert "Dit volgt uit rij" not in page


def test_a_table_is_proposed_by_one_and_published_by_another_who_sees_what_changes(cast):
    tom, nadia = sign_in("tom"), sign_in("nadia")
    answer = tom.post(url("propose", *TRIAGE), {"starts": "1-1-2027"})
    made = Publication.objects.get(state="proposed")
    assert url("publication", made.pk) in text(tom.get("/beheer/inrichting/"))  # it waits where set-up work waits
    assert (answer.status_code, answer.url) == (302, url("publication", made.pk))
    assert "Een collega publiceert het" in text(tom.get(answer.url))
    assert tom.post(answer.url, {"deed": "publish", "version": "1"}).status_code == 403
    assert "Geen enkel voorbeeld komt anders uit." in text(nadia.get(answer.url))
    assert nadia.post(answer.url, {"deed": "?", "version": "1"}).status_code == 422
    assert nadia.post(answer.url, {"deed": "publish", "version": "1"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "published"
    assert "Trek deze publicatie in" in text(tom.get(answer.url))
    assert tom.post(answer.url, {"deed": "call_off", "version": "2"}).status_code == 302
    assert queries.publications("triage", "GM0303").filter(state="published", ends__isnull=True).count() == 1


def test_a_day_that_has_passed_is_refused_beside_the_field(cast):
    page = sign_in("tom").post(url("propose", *TRIAGE), {"starts": "24-11-2026"})
    assert page.status_code == 200
    assert "op zijn vroegst morgen" in text(page)


def test_who_may_not_publish_does_not_find_the_form(cast):
    sanne = sign_in("sanne")
    assert sanne.post(url("propose", *TRIAGE), {"starts": "1-1-2027"}).status_code == 404
    found = Publication.objects.get(key="triage")
    assert sanne.get(url("publication", found.pk)).status_code == 404
    assert sign_in("ineke").get(url("publication", found.pk)).status_code == 200


def test_an_aid_is_downloaded_as_dmn(cast):
    answer = sign_in("sanne").get(url("dmn", *TRIAGE))
    assert (answer["Content-Type"], b"decisionTable" in answer.content) == ("application/xml", True)
    assert answer["Content-Disposition"] == 'attachment; filename="triage-2014-1.dmn"'
