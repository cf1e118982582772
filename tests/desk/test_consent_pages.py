"""The pages about consent: record, take back, ask; the meeting form that asks a ground; why on the page of a person."""

import pytest
from django.urls import reverse

from rondom.core.models import Look
from rondom.dossiers.models import Meeting
from rondom.privacy.models import Consent
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SCHOOL = "Juf Anja"


def text(response):
    return response.content.decode()


def page(name, url, **ids):
    return text(sign_in(name).get(reverse(url, kwargs=ids)))


def once(html):
    return {"_once": html.partition('name="_once" value="')[2].partition('"')[0]}


def test_a_worker_sees_what_holds_what_was_taken_back_and_who_must_agree(cast):
    html = page("sanne", "desk:consents", person=cast.person["lot"].pk)
    held, _head, over = html.partition("Ingetrokken of afgelopen")
    assert SCHOOL in held
    assert "dicht, net als het adres" not in held
    assert "dicht, net als het adres" in over
    assert "zwemclub" not in html  # it would tell where she is
    assert "Mirjam Visser" in html
    assert "Toestemming om te delen staat los van toestemming voor hulp" in html


def test_consent_is_recorded_and_taken_back_with_one_click_and_a_question(cast):
    client, esra = sign_in("sanne"), cast.person["esra"]
    address = reverse("desk:consent_new", kwargs={"person": esra.pk})
    typed = {"parties": "De kraamhulp", "purpose": "de week na de geboorte", "information": "de uitgerekende datum"}
    assert "Kies wie toestemming gaf" in text(client.post(address, typed))
    assert client.post(address, {**typed, "givers": [str(esra.pk)]}).status_code == 302
    row = Consent.objects.get(parties="De kraamhulp")
    question = reverse("desk:consent_withdraw", kwargs={"consent": row.pk})
    asked = text(client.get(question))
    assert "De kraamhulp" in asked
    client.post(question, once(asked))
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_an_objection_is_recorded_seen_and_taken_back(cast):
    client, lot = sign_in("sanne"), cast.person["lot"]
    address = reverse("desk:objection_new", kwargs={"person": lot.pk})
    typed = {"parties": "De judotrainer", "purpose": "sport", "information": "de afspraken"}
    assert "Kies wie bezwaar maakt" in text(client.post(address, typed))
    assert client.post(address, {**typed, "objector": str(cast.person["peter"].pk)}).status_code == 302
    row = Consent.objects.get(parties="De judotrainer")
    assert "Peter de Wit: bezwaar" in page("sanne", "desk:consents", person=lot.pk)
    assert "De judotrainer" in sign_in("peter").get(reverse("portal:consents")).content.decode()
    question = reverse("desk:consent_withdraw", kwargs={"consent": row.pk})
    client.post(question, once(text(client.get(question))))
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_of_somebody_out_of_sight_nothing_is_told_and_the_attempt_is_kept(cast):
    row = Consent.objects.get(parties=SCHOOL)
    for url, ids in (
        ("desk:consents", {"person": cast.person["lot"].pk}),
        ("desk:consent_withdraw", {"consent": row.pk}),
        ("desk:may_share", {"person": cast.person["lot"].pk}),
    ):
        assert sign_in("fatima").get(reverse(url, kwargs=ids)).status_code == 404, url
    assert Look.objects.filter(result="denied", subjects__subject=cast.person["lot"].pk).count() == 3
    assert sign_in("rob").get(reverse("desk:consents", kwargs={"person": cast.person["lot"].pk})).status_code == 404


@pytest.mark.parametrize(
    ("child", "typed", "said"),
    [
        (
            "lot",
            {"receiver": "institution", "purpose": "help"},
            ("Ja", "Jw 7.3.11 lid 4", "Jeugdbescherming Polderland"),
        ),
        ("esra", {"receiver": "college", "purpose": "order"}, ("Nee", "Deel het niet")),
        ("esra", {"receiver": "domain", "purpose": "other"}, ("Nog niet", "Dit is niet zeker")),
        ("esra", {"receiver": "helper", "purpose": "help"}, ("Nog niet", "nodig zijn voor het werk")),
    ],
)
def test_may_this_be_shared_answers_with_the_article_and_what_to_do(cast, child, typed, said):
    address = reverse("desk:may_share", kwargs={"person": cast.person[child].pk})
    html = text(sign_in("sanne").post(address, {"what": "content", "needed": "", "agreement": "", "free": "", **typed}))
    answer = html.partition('aria-labelledby="answer"')[2].partition("</section>")[0]
    for words in said:
        assert words in answer, words


def test_the_page_of_a_person_says_why_somebody_decides_and_agrees(cast):
    html = page("sanne", "desk:person", person=cast.person["lot"].pk)
    for words in ("Wie moet toestemming geven voor hulp, en waarom?", "Wie moet toestemming geven, en waarom?",
                  "Waarom deze datum?", SCHOOL):  # fmt: skip
        assert words in html, words


def test_the_meeting_form_asks_a_ground_of_who_is_not_known_to_have_one(cast):
    case = cast.case["visser"].pk
    client, address = sign_in("sanne"), reverse("desk:meeting_new", kwargs={"case": case})
    html = text(client.get(address))
    assert f"ground_{cast.person['oma_visser'].pk}" in html
    assert f"ground_{cast.person['karim'].pk}" in html
    assert f"ground_{cast.person['peter'].pk}" not in html
    consent = Consent.objects.get(parties=SCHOOL)
    assert f"consent:{consent.pk}" in html
    typed = {
        "purpose": "Over school", "planned_at_day": "overmorgen", "planned_at_time": "11.00",
        "persons": [str(cast.person["mirjam"].pk), str(cast.person["oma_visser"].pk)], "outside_1": SCHOOL,
    }  # fmt: skip
    assert text(client.post(address, typed)).count("Zonder grond mag je geen informatie over dit gezin delen") >= 2
    typed |= {f"ground_{cast.person['oma_visser'].pk}": "network", "ground_1": f"consent:{consent.pk}"}
    assert client.post(address, typed).status_code == 302
    seats = dict(Meeting.objects.get(purpose="Over school").participants.values_list("outside", "consent"))
    assert seats == {"": None, SCHOOL: consent.pk}
