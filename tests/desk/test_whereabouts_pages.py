"""Secret addresses at the desk: who may not finds nothing, who may steps up, and each look keeps its purpose."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.accounts.models import Account
from rondom.accounts.sessions import FACTOR, PROVED
from rondom.core.ids import new_id
from rondom.core.models import Look
from rondom.people import actions
from rondom.people.models import Address, SecrecyReason
from rondom.privacy.models import Relation
from tests.trust.walking import ask, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def give_right(cast, at, name="sanne"):
    actions.grant_whereabouts(
        by=cast.principal("els"), at=at, person=cast.person["lot"], staff=cast.staff[name].pk,
        reason="Huisbezoek deze week", until=at + dt.timedelta(days=7),
    )  # fmt: skip


def signed_in_a_while_ago(name, at):
    client, account = sign_in(name), Account.objects.get(username=name)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[FACTOR], session[PROVED] = str(account.pk), (at - dt.timedelta(minutes=30)).timestamp()
    session.save()
    return client


def test_without_the_right_the_page_does_not_exist_and_the_attempt_is_kept(cast):
    client, lot = sign_in("sanne"), cast.person["lot"].pk
    client.get(reverse("desk:families"))  # what a first page sets is set
    for name in ("address_shown", "address_lift"):
        address = reverse(f"desk:{name}", args=[lot])
        nothing = new_id()
        real = ask(client, "GET", address, same_as=str(lot))
        fake = ask(client, "GET", reverse(f"desk:{name}", args=[nothing]), same_as=str(nothing))
        assert (real.status, real.headers, real.body) == (fake.status, fake.headers, fake.body)
        assert client.post(address, {"purpose": "visit", "reason": "x"}).status_code == 404
        assert f'"{address}"' not in client.get(reverse("desk:person", args=[lot])).content.decode()
    assert Look.objects.filter(result="denied").count() == 4
    secret = Address.objects.get(person=lot)
    assert client.get(reverse("desk:address_end", args=[secret.pk])).status_code == 404
    assert sign_in("mark").get(reverse("desk:address_shown", args=[cast.person["julia"].pk])).status_code == 404


def test_the_right_asks_a_fresh_second_factor_then_what_for(cast, at):
    give_right(cast, at)
    address = reverse("desk:address_shown", args=[cast.person["lot"].pk])
    assert "/aanmelden/" in signed_in_a_while_ago("sanne", at).get(address)["Location"]
    client = sign_in("sanne")
    assert "Zilvermeeuw" not in client.get(address).content.decode()
    without = client.post(address, {})
    assert (without.status_code, b"Zilvermeeuw" in without.content) == (422, False)
    shown = client.post(address, {"purpose": "visit"}).content.decode()
    for words in ("Zilvermeeuw 12", "Huisbezoek deze week"):
        assert words in shown
    seen = Look.objects.get(kind="people.address_shown", result="done")
    assert seen.ground == "visit"
    assert "Zilvermeeuw" not in client.get(reverse("desk:person", args=[cast.person["lot"].pk])).content.decode()


def test_ending_a_secret_address_asks_the_right_and_a_step_up(cast, at):
    give_right(cast, at)
    address = reverse("desk:address_end", args=[Address.objects.get(person=cast.person["lot"]).pk])
    assert "/aanmelden/" in signed_in_a_while_ago("sanne", at).get(address)["Location"]
    assert sign_in("sanne").post(address, {"ends": "vandaag"}).status_code == 302


def test_anybody_who_works_with_the_family_closes_an_address_at_once_and_only_the_right_opens_it(cast, at):
    client, thijs = sign_in("mark"), cast.person["thijs"]
    client.post(reverse("desk:address_secret", args=[thijs.pk]), {"reason": "Bedreiging door een buurman"})
    text = client.get(reverse("desk:person", args=[thijs.pk])).content.decode()
    assert "Kombuis" not in text
    assert "Het adres is geheim" in text
    assert client.get(reverse("desk:household_new", args=[thijs.pk])).status_code == 403
    assert SecrecyReason.objects.get().reason == "Bedreiging door een buurman"
    actions.grant_whereabouts(
        by=cast.principal("els"), at=at, person=thijs, staff=cast.staff["mark"].pk, reason="voorbij",
        until=at + dt.timedelta(days=1),
    )  # fmt: skip
    client.post(reverse("desk:address_lift", args=[thijs.pk]), {"reason": "Buurman is verhuisd"})
    assert "Kombuis 4" in client.get(reverse("desk:person", args=[thijs.pk])).content.decode()


def test_who_directs_the_team_gives_the_right_and_takes_it_back(cast, at):
    address, els = reverse("desk:whereabouts_grant", args=[cast.case["visser"].pk]), sign_in("els")
    page = els.get(address).content.decode()
    assert "Lot de Wit" in page
    assert "Mirjam" not in page  # the row shows the children only
    typed = {
        "do": "grant", "persons": [str(cast.person["lot"].pk)], "staff": str(cast.staff["sanne"].pk),
        "until": "30-11-2026", "reason": "Huisbezoek deze week",
    }  # fmt: skip
    assert els.post(address, typed | {"until": "30-11-2027"}).status_code == 422
    assert els.post(address, typed).status_code == 302
    right = Relation.objects.get(kind="whereabouts")
    assert (right.principal, right.subject) == (cast.staff["sanne"].pk, cast.person["lot"].pk)
    assert "Sanne Bakker: Lot de Wit" in els.get(address).content.decode()
    els.post(address, {"do": "withdraw", "right": str(right.pk)})
    right.refresh_from_db()
    assert right.ends_at == at
    assert sign_in("sanne").get(address).status_code == 404  # no team lead
    other = reverse("desk:whereabouts_grant", args=[cast.case["kuiper"].pk])
    assert els.get(other).status_code == 404


def test_whether_an_address_is_secret_changes_nothing_for_who_gives_the_right(cast, at):
    address, els = reverse("desk:whereabouts_grant", args=[cast.case["de_boer"].pk]), sign_in("els")
    before = ask(els, "GET", address).body
    actions.keep_address_secret(by=cast.principal("mark"), at=at, person=cast.person["julia"], reason="Bedreiging")
    assert ask(els, "GET", address).body == before
