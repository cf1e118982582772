"""The forms anybody can use: nothing is kept about who asks without a name, and what is sent is never shown back."""

import re

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse

from rondom.core.models import Event, Look
from rondom.entry import actions
from rondom.entry.actions import questions
from rondom.entry.enums import AskerKind
from rondom.entry.models import AdviceCount, Concern, OpenQuestion
from rondom.portal.forms import LONGEST, SALT, fresh_key
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
ASKER = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "kxasker", "HTTP_REFERER": "http://testserver/vraag/"}


def nameless(cast, **more):
    place = str(cast.organisation["jeugdteam"].pk)
    return {"organisation": place, "_once": fresh_key(), "text": "Mag ik mijn vader bellen?", "leave_empty": "", **more}


def named(cast, **more):
    said = {"reporter_kind": "parent", "reporter_name": "Ria Vos", "reporter_contact": "ria@example.nl"}
    said |= {"child_1": "Bo Vos", "worry": "Wie kan mij helpen?", "not_talked_because": "", "answer_wanted": "mail"}
    return {**nameless(cast), **said, **more}


def send(page, typed, client=None):
    return (client or Client()).post(reverse(f"public:{page}"), typed, **ASKER)


def test_a_question_without_a_name_keeps_nothing_about_who_asks(cast, caplog):
    client = Client()
    assert set(client.get(reverse("public:nameless"), **ASKER).cookies) == {settings.CSRF_COOKIE_NAME}
    events, looks = Event.objects.count(), Look.objects.count()
    sent = send("nameless", nameless(cast), client)
    assert sent.status_code == 200 and set(client.cookies) == {settings.CSRF_COOKIE_NAME}
    row = OpenQuestion.objects.latest("created_at")
    kept = " ".join(str(getattr(row, f.attname)) for f in row._meta.concrete_fields)
    told = Event.objects.latest("at")
    assert Event.objects.count() == events + 1 and Look.objects.count() == looks
    kept += str({f.attname: getattr(told, f.attname) for f in told._meta.concrete_fields}) + caplog.text
    assert "203.0.113" not in kept and "kxasker" not in kept
    code = re.search(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", sent.content.decode())[0]
    assert code not in kept and code.replace("-", "") not in kept


def test_the_answer_is_read_with_the_code_only_and_counts_as_advice(cast, at):
    sent = send("nameless", nameless(cast)).content.decode().partition("rondom-code")[2]
    code = re.search(r"\w{4}-\w{4}-\w{4}", sent)[0]
    row = OpenQuestion.objects.latest("created_at")
    miss = send("answer", {"code": "ABCD-EFGH-IJKL"}).content
    wait = send("answer", {"code": code}).content
    token = re.compile(rb'(name="csrfmiddlewaretoken" value="|name="code" value=")[^"]*')
    assert token.sub(b"", miss) == token.sub(b"", wait)  # waiting and never asked say the same
    before = AdviceCount.objects.filter(asker=AskerKind.NAMELESS).count()
    yasmin = sign_in("yasmin")
    assert "Mag ik mijn vader bellen?" in yasmin.get(reverse("entry:concerns")).content.decode()
    answer = yasmin.post(reverse("entry:question", args=[row.pk]), {"answer": "Ja. Bel ook gerust ons."})
    assert answer.status_code == 302 and AdviceCount.objects.filter(asker=AskerKind.NAMELESS).count() == before + 1
    assert "Bel ook gerust ons." in send("answer", {"code": code.lower()}).content.decode()
    for who in ("sanne", "rob", "karin"):
        assert sign_in(who).get(reverse("entry:question", args=[row.pk])).status_code == 404, who


def test_a_second_press_is_the_same_question_with_the_same_code(cast):
    typed = nameless(cast)
    first, second = send("nameless", typed), send("nameless", typed)
    code = re.compile(r"<strong>([A-Z2-7-]{14})</strong>")
    assert code.search(first.content.decode())[1] == code.search(second.content.decode())[1]
    assert OpenQuestion.objects.filter(text=typed["text"]).count() == 1
    own = named(cast)
    send("named", own), send("named", own)
    assert Concern.objects.filter(persons__name="Bo Vos").count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": "x" * (LONGEST + 1)}, "3001"),
        ({"leave_empty": "http://spam.example"}, "Bel ons liever"),
        ({"_once": "made-up"}, "stond te lang open"),
        ({"_once": signing.dumps("no uuid", salt=SALT)}, "stond te lang open"),
        ({"organisation": "elsewhere"}, ""),
    ],
)
def test_what_is_too_long_made_by_a_program_or_too_old_is_refused_and_not_kept(cast, wrong, words):
    before = OpenQuestion.objects.count()
    answer = send("nameless", nameless(cast, **wrong))
    assert answer.status_code == 200 and OpenQuestion.objects.count() == before
    assert words in answer.content.decode()


def test_a_flood_is_refused_with_whom_to_call(cast, monkeypatch):
    monkeypatch.setattr(questions, "MOST_IN_AN_HOUR", 2)
    for _ in range(2):
        send("nameless", nameless(cast))
    before = OpenQuestion.objects.count()
    assert "Bel ons" in send("nameless", nameless(cast)).content.decode() and OpenQuestion.objects.count() == before


def test_a_question_with_a_name_waits_for_triage_unchecked_and_can_be_an_application(cast):
    sent = send("named", named(cast)).content.decode()
    assert "Bo Vos" not in sent and "Ria Vos" not in sent  # nothing is shown back
    row = Concern.objects.get(persons__name="Bo Vos")
    assert (row.entered_by, row.channel, row.organisation) == (None, "web", cast.organisation["jeugdteam"])
    page = sign_in("yasmin").get(reverse("entry:concern", args=[row.pk])).content.decode()
    assert "Niemand heeft nagegaan wie dit stuurde" in page and "Dit lijkt een aanvraag" in page


def test_a_young_person_needs_no_child_and_a_neighbor_is_asked_about_the_talk(cast):
    send("named", named(cast, reporter_kind="youth", child_1="", reporter_name="Sam Vos"))
    assert Concern.objects.filter(persons__name="Sam Vos").exists()
    asked = send("named", named(cast, reporter_kind="neighbour", child_1="Kim Bos")).content.decode()
    assert "Praat eerst met de ouders of de jongere." in asked and "Kim Bos" in asked  # nothing typed is lost
    send("named", named(cast, reporter_kind="neighbour", child_1="Kim Bos", not_talked_because="Ik durf niet."))
    assert Concern.objects.get(persons__name="Kim Bos").not_talked_because == "Ik durf niet."


def test_a_professional_leaves_organisation_and_number_and_sees_nothing_back(cast):
    typed = named(cast, reporter_kind="school", reporter_place="De Wilgen", talked_on="gisteren", child_1="Kim Bos")
    sent = send("professional", typed).content.decode()
    assert "Kim Bos" not in sent and "De Wilgen" not in sent
    row = Concern.objects.get(persons__name="Kim Bos")
    assert (row.reporter_place, row.reporter_contact) == ("De Wilgen", "ria@example.nl") and row.talked_on
    again = send("professional", named(cast, reporter_kind="veilig_thuis", reporter_place="x")).content.decode()
    assert "Bo Vos" in again and not Concern.objects.filter(persons__name="Bo Vos").exists()  # no such choice there


def test_a_question_is_destroyed_in_time_answered_or_not(cast, at):
    send("nameless", nameless(cast))
    row = OpenQuestion.objects.latest("created_at")
    day = row.destroy_on - row.asked_on
    actions.expire(at=at + day * 0)
    assert OpenQuestion.objects.filter(pk=row.pk).exists()
    actions.expire(at=at + day)
    assert not OpenQuestion.objects.filter(pk=row.pk).exists()
