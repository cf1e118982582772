"""A page about a family asked through a door that is not theirs: refused, kept, and told to the family."""

import pytest
from django.test import Client
from django.urls import reverse

from rondom.accounts.models import Account
from rondom.core.ids import new_id
from rondom.core.models import Look, LookSubject
from rondom.exchange.models import Message, MessageDossier
from rondom.privacy.models import Consent

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def ask(name, address):
    client = Client()
    client.force_login(Account.objects.get(username=name))
    return client.get(address).status_code


def refused_of(dossier):
    about = LookSubject.objects.filter(kind="dossier", subject=dossier.pk, record__result="denied")
    return list(about.values_list("record__kind", flat=True))


@pytest.mark.parametrize("who", ["rob", "tom", "peter"])
def test_an_attempt_through_a_door_of_another_role_is_a_refused_look_at_every_dossier_of_the_family(cast, who):
    assert ask(who, reverse("desk:family", args=[cast.case["visser"].pk])) == 404
    assert refused_of(cast.dossier["lot"]) == refused_of(cast.dossier["sem"]) == ["dossiers.door_closed"]
    assert refused_of(cast.dossier["esra"]) == []


def test_an_address_about_a_person_counts_too(cast):
    assert ask("rob", reverse("desk:person", args=[cast.person["lot"].pk])) == 404
    assert refused_of(cast.dossier["lot"]) == ["dossiers.door_closed"]


def test_so_does_an_address_about_what_was_agreed_to_share(cast):
    consent = Consent.objects.filter(person=cast.person["lot"].pk).first()
    assert ask("rob", reverse("desk:consent_withdraw", args=[consent.pk])) == 404
    assert refused_of(cast.dossier["lot"]) == ["dossiers.door_closed"]


@pytest.mark.parametrize("page", ["message", "again", "download"])
def test_an_attempt_at_a_message_is_one_at_every_dossier_it_is_about(cast, page):
    told = MessageDossier.objects.select_related("dossier").exclude(dossier__shielded=True).first()
    assert ask("sanne", reverse(f"exchange:{page}", args=[told.message_id])) == 404
    about = MessageDossier.objects.filter(message=told.message_id)
    assert all(refused_of(link.dossier) == ["dossiers.door_closed"] for link in about)


def test_a_message_that_is_about_nobody_leaves_nothing(cast):
    row = Message.objects.exclude(pk__in=MessageDossier.objects.values("message")).first()
    assert row is None or ask("sanne", reverse("exchange:message", args=[row.pk])) == 404
    assert not Look.objects.filter(kind="dossiers.door_closed").exists()


def test_what_does_not_exist_and_what_is_about_no_family_leaves_nothing(cast):
    assert ask("rob", reverse("desk:family", args=[new_id()])) == 404
    assert ask("rob", reverse("desk:team")) == 404
    assert not Look.objects.filter(kind="dossiers.door_closed").exists()


def test_the_parent_reads_that_somebody_of_the_back_office_was_refused(cast):
    ask("rob", reverse("desk:family", args=[cast.case["visser"].pk]))
    client = Client()
    client.force_login(Account.objects.get(username="mirjam"))
    html = client.get(f"/mijn/dossier/{cast.dossier['lot'].pk}/wie-keek/").content.decode()
    assert "back-office" in html.lower() or "backoffice" in html.lower()
    assert "geweigerd" in html
    assert "Rob" not in html
