"""S01: who signed in to ask reads the answer on the own page. No file is opened; it goes with the contact record."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.accounts.actions import admit_asker
from rondom.accounts.models import Account, Asker
from rondom.core import clock
from rondom.core.bsn import passes_eleven_test
from rondom.core.principals import machine
from rondom.dossiers.models import Case, Dossier
from rondom.entry import actions, queries
from rondom.entry.models import Concern
from rondom.people.models import Person
from rondom.privacy.models import Relation
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
OWN, NEW = reverse("public:own"), reverse("public:own_new")
ASKED = {
    "reporter_kind": "parent", "reporter_name": "Marit Vlinder", "child_1": "Ties Vlinder", "reporter_contact": "",
    "worry": "Hij zit de hele dag achter het scherm.",
}  # fmt: skip


def asker(at, number="999999990"):
    assert passes_eleven_test(number)
    return admit_asker(by=machine("test"), at=at, number=number, municipality="GM0303")


def ask(name, **more):
    answer = sign_in(name).post(NEW, {**ASKED, **more})
    assert answer.status_code == 302, answer.content.decode()
    return Concern.objects.latest("received_at", "created_at")


def advise(cast, row):
    address = reverse("entry:advise", args=[row.pk])
    page = sign_in("loes").get(address).content.decode()
    assert "leest dit op de eigen pagina" in page and "answered_how" not in page
    assert sign_in("loes").post(address, {"advice": "Spreek samen schermtijd af."}).status_code == 302


def test_a_mother_without_a_file_reads_the_tips_on_her_own_page(cast, at):
    row = asker(at)
    before = Dossier.objects.count(), Case.objects.count(), Person.objects.count()
    concern = ask(row.account.username)
    assert "Nog niet. Iemand van het team leest" in sign_in(row.account.username).get(OWN).content.decode()
    advise(cast, concern)
    html = sign_in(row.account.username).get(OWN).content.decode()
    assert "Spreek samen schermtijd af." in html and "Hij zit de hele dag" in html
    assert (Dossier.objects.count(), Case.objects.count(), Person.objects.count()) == before
    concern.refresh_from_db()
    assert (concern.answer_wanted, concern.answered_how) == ("page", "page")


def test_nobody_else_reads_it(cast, at):
    row, other = asker(at), asker(at, "999999308")
    ask(row.account.username)
    for name in (other.account.username, "mirjam"):
        assert "achter het scherm" not in sign_in(name).get(OWN).content.decode()
    for page in (reverse("portal:home"), reverse("place:home"), reverse("entry:concerns")):
        assert sign_in(row.account.username).get(page).status_code == 404, page
    for name in ("sanne", "yasmin", "henk"):
        assert sign_in(name).get(OWN).status_code == 404, name


def test_it_goes_when_the_contact_record_goes_and_the_account_with_it(cast, at):
    row = asker(at)
    concern = ask(row.account.username)
    advise(cast, concern)
    weeks = queries.weeks_kept(clock.today(at), "GM0303")
    with clock.standing_at(at + dt.timedelta(weeks=weeks, days=1)):
        actions.expire(at=clock.now())
        assert not Concern.objects.filter(pk=concern.pk).exists()
        assert not Asker.objects.exists() and not Account.objects.filter(kind="asker").exists()
        assert not Relation.objects.filter(subject=concern.pk, ends_at=None).exists()


def test_a_question_that_waits_keeps_its_asker(cast, at):
    row = asker(at)
    ask(row.account.username)
    with clock.standing_at(at + dt.timedelta(weeks=30)):
        actions.expire(at=clock.now())
        assert Asker.objects.filter(pk=row.pk).exists()
        assert "achter het scherm" in sign_in(row.account.username).get(OWN).content.decode()


def test_who_comes_back_is_the_same_asker_and_no_number_is_kept(cast, at):
    first, second = asker(at), asker(at + dt.timedelta(hours=1))
    assert first.pk == second.pk and "999999990" not in f"{first.account.username}{first.index!r}"


def test_a_resident_with_a_file_asks_on_the_same_page_beside_it(cast):
    before = Case.objects.count()
    ask("mirjam", reporter_name="Mirjam Visser", child_1="Sem Visser")
    assert "Hij zit de hele dag" in sign_in("mirjam").get(OWN).content.decode()
    assert Case.objects.count() == before


def test_who_did_not_sign_in_is_answered_as_asked_and_that_is_written_down(cast, at):
    row = Concern.objects.get(persons__name="Teun Vink")
    address = reverse("entry:advise", args=[row.pk])
    assert "Zij wilden het antwoord per e-mail" in sign_in("loes").get(address).content.decode()
    said = {"advice": "Spreek samen schermtijd af.", "answered_how": ""}
    assert sign_in("loes").post(address, said).status_code == 200  # how it was given is asked
    assert sign_in("loes").post(address, {**said, "answered_how": "mail"}).status_code == 302
    page = sign_in("loes").get(reverse("entry:concern", args=[row.pk])).content.decode()
    assert "Het antwoord is gegeven: per e-mail" in page
