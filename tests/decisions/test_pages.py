"""The pages: the desk, one reading for brothers and sisters, the register of mandates, the words of letters."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rondom.accounts import sessions
from rondom.core import typesetting
from rondom.decisions.enums import DecisionState
from rondom.decisions.models import Application, Decision, DecisionLetter, Mandate
from rondom.documents.models import LetterTemplate
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def plain(monkeypatch):
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)


def text(response):
    return response.content.decode()


def test_two_children_in_one_reading_two_letters_each(cast, plain):
    """Postma: Yasmin reads both, signs once; each parent gets a letter for each child."""
    client = sign_in("yasmin")
    desk = text(client.get(reverse("decisions:desk"), {"lijst": "tekenen"}))
    assert desk.count("Lezen en tekenen") >= 2
    case = cast.case["postma"]
    address = reverse("decisions:sign", args=[case.pk])
    page = text(client.get(address))
    assert "Ruben Postma" in page and "Fenna Postma" in page
    assert "Ik ga elke dag naar school." in page  # the goal, in his words
    assert "de orthopedagoog is ziek" in page.lower()  # why it is right all the same
    asked = list(Decision.objects.filter(case=case, state=DecisionState.ASKED).values_list("pk", flat=True))
    answer = client.post(address, {"decision": asked})
    assert answer.status_code == 302
    assert set(Decision.objects.filter(pk__in=asked).values_list("state", flat=True)) == {DecisionState.SIGNED}
    letters = DecisionLetter.objects.filter(decision__in=asked)
    assert sorted(letters.values_list("addressee__called", flat=True)) == ["Anouk", "Anouk", "Jelle", "Jelle", "Ruben"]


def test_signing_asks_again_who_you_are(cast, monkeypatch):
    client = sign_in("yasmin")
    monkeypatch.setattr(sessions, "proved_recently", lambda request, *, at: False)
    case = cast.case["postma"]
    asked = Decision.objects.filter(case=case, state=DecisionState.ASKED)
    answer = client.post(reverse("decisions:sign", args=[case.pk]), {"decision": [row.pk for row in asked]})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Decision.objects.filter(case=case, state=DecisionState.SIGNED).exists()


def test_a_decision_says_per_rule_what_was_looked_at_and_how_to_object(cast):
    row = Decision.objects.get(published_on__isnull=False)
    page = text(sign_in("mark").get(reverse("decisions:decision", args=[row.pk])))
    for words in (
        "Is het onderzoek compleet?",
        "Waar is naar gekeken:",
        "Alle vijf stappen zijn beschreven",
        "Wat volgt:",
        "Mandaatbesluit jeugdhulp Dronten 2026",
        "Bezwaar maken",
        "Bezwaar behandelen komt hier later.",
    ):
        assert words in page, words


def test_a_question_of_a_parent_becomes_an_application_per_child(cast, at):
    client = sign_in("sanne")
    case = cast.case["visser"]
    address = reverse("decisions:application_new", args=[case.pk])
    assert client.get(address).status_code == 200
    answer = client.post(
        address,
        {
            "dossiers": [cast.dossier["sem"].pk, cast.dossier["noor"].pk], "received_on": "20-11-2026",
            "channel": "mail", "shape": "free", "asked_by": cast.person["mirjam"].pk, "asked": "Wij willen hulp.",
            "signed": "on", "has_name_and_address": "on",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    rows = Application.objects.filter(case=case)
    assert set(rows.values_list("dossier__youth__called", "decide_by")) == {
        ("Sem", dt.date(2027, 1, 15)), ("Noor", dt.date(2027, 1, 15)),
    }  # fmt: skip


def test_the_back_office_keeps_mandates_and_sees_no_decision(cast):
    client = sign_in("rob")
    row = Decision.objects.get(published_on__isnull=False)
    assert client.get(reverse("decisions:decision", args=[row.pk])).status_code == 404
    assert "Mandaatbesluit jeugdhulp Dronten 2026" in text(client.get(reverse("decisions:mandates")))
    office = cast.organisation["backoffice"].pk
    wrong = {"organisation": office, "role": "back_office", "kinds": ["refuse"], "starts": "1-12-2026", "ground": ""}
    assert "Een mandaat rust op een besluit" in text(client.post(reverse("decisions:mandate_new"), wrong))
    assert (
        client.post(reverse("decisions:mandate_new"), {**wrong, "ground": "Mandaatbesluit, artikel 9"}).status_code
        == 302
    )
    assert Mandate.objects.filter(organisation=office, kind="refuse").exists()


def test_words_of_a_letter_are_proposed_by_one_and_put_in_use_by_another(cast):
    rob, judith, waiting = sign_in("rob"), sign_in("judith"), LetterTemplate.objects.get()
    address, here = reverse("documents:template", args=["decision"]), reverse("documents:proposal", args=[waiting.pk])
    assert "Je voorstel terugnemen" in text(rob.get(here))  # his own: a colleague decides
    assert rob.post(reverse("documents:proposal_use", args=[waiting.pk])).status_code == 403
    assert waiting.written_by.name in text(judith.get(reverse("documents:templates")))
    shown = text(judith.get(here))
    assert "Deze brief zegt drie dingen" in shown and "cliëntenpanel" in shown and "Lot de Wit" in shown
    assert judith.post(reverse("documents:proposal_use", args=[waiting.pk])).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("in_use", cast.staff["judith"])
    said = {"title": "Besluit", "text": "Beste {naam},", "starts": "vandaag"}
    assert "Dit veld bestaat niet: {naam}." in text(judith.post(address, said))
    assert "De brief zegt niet wat is besloten." in text(judith.post(address, {**said, "text": "{aanhef}"}))
    whole = {**said, "text": "{aanhef}\n\n{besluit}\n\n{motivering}\n\n{bezwaar_termijn}\n\n{mandaat}"}
    assert "Geachte Mirjam Visser," in text(judith.post(address, {**whole, "do": "try"}))
    assert LetterTemplate.objects.count() == 1
    assert judith.post(address, whole).status_code == 302
    assert LetterTemplate.objects.filter(state="proposed", written_by=cast.staff["judith"]).exists()
    left = reverse("documents:proposal", args=[LetterTemplate.objects.get(state="proposed").pk])
    assert "Schrijf wat er nog niet klopt" in text(rob.post(left, {"reason": " "}))
    assert rob.post(left, {"reason": "Te kort."}).status_code == 302
    assert "Te kort." in text(judith.get(left))


def test_an_example_of_a_letter_is_about_nobody(cast, plain):
    judith = sign_in("judith")
    answer = judith.get(reverse("documents:template_example", args=["decision"]))
    said = text(answer)
    assert "Mirjam Voorbeeld" in said and "binnen 6 weken" in said
    assert answer.headers["Content-Disposition"] == 'attachment; filename="voorbeeld-decision.txt"'
    row = LetterTemplate.objects.get()
    assert "drie dingen" in text(judith.get(reverse("documents:proposal_example", args=[row.pk])))
    assert sign_in("sanne").get(reverse("documents:template_example", args=["decision"])).status_code == 404


def test_whether_a_decision_is_needed_is_said_with_its_reason(cast):
    client = sign_in("sanne")
    address = reverse("decisions:needed")
    page = text(client.get(address, {"route": "medical", "offer": "individual", "as_asked": "no"}))
    assert "Ja, een besluit is nodig" in page and "minder of anders dan verwezen" in page
    page = text(client.get(address, {"route": "municipality", "offer": "own_team"}))
    assert "Nee, een bestelling is genoeg" in page


def test_the_desk_asks_the_same_whatever_it_lists(cast, desk):
    client = sign_in("sanne")
    address = reverse("decisions:desk")
    client.get(address)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    one = count()
    for child in ("lot", "sem", "noor"):
        desk.apply(child)
    desk.prepare(Application.objects.get(dossier=cast.dossier["sem"]))
    assert count() == one
