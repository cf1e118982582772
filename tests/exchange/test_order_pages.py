"""What a clerk and a team see of an order in its messages, and what they can do."""

import pytest
from django.urls import reverse

from rondom.allocations.models import Allocation
from rondom.exchange.enums import State
from rondom.exchange.models import Delivery, Message, Rejection
from rondom.exchange.post import work
from rondom.people.models import Person
from tests.allocations.test_changes import awarded
from tests.exchange.test_pages import message_of, page
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture(autouse=True)
def own_folders(tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path / "exchange"


def of_julia(cast) -> Allocation:
    return Allocation.objects.get(dossier=cast.dossier["julia"], product__code="45A04")


def text(response) -> str:
    return response.content.decode()


def test_a_clerk_sees_the_exchange_of_an_order_with_every_message(cast):
    row = of_julia(cast)
    said = text(sign_in("rob").get(reverse("allocations:order", args=[row.pk])))
    assert "nam de bestelling aan" in said
    assert str(row.assignment.number) in said
    for name in ("JW301", "JW302", "JW305", "JW306"):
        assert f"{name}, " in said
    for message in Message.objects.filter(versions__assignment=row.assignment):
        assert reverse("exchange:message", args=[message.pk]) in said
    team = text(sign_in("mark").get(reverse("allocations:allocation", args=[row.pk])))
    assert "nam de bestelling aan" in team
    assert "JW302" not in team


def test_the_day_of_a_return_message_says_why(cast, at):
    row = awarded(cast, at)
    work(at=at)
    said = text(sign_in("rob").get(reverse("allocations:order", args=[row.pk])))
    assert "OP090" in said
    assert "Regeling Jeugdwet art. 6c.1" in said
    assert "OP271" in said
    message = Message.objects.get(versions__assignment__allocation=row)
    assert "OP090" in text(page(sign_in("rob"), "message", message.pk))


def test_what_stands_in_the_way_is_said_with_a_button_that_sends_after_the_repair(cast, at):
    timo = cast.person["timo"]
    bsn = timo.bsn
    Person.objects.filter(pk=timo.pk).update(bsn=None, bsn_index=None)
    row = awarded(cast, at)
    joris = sign_in("joris")
    address = reverse("exchange:send_order", args=[row.pk])
    said = text(joris.get(reverse("allocations:allocation", args=[row.pk])))
    assert "BSN" in said
    assert address in said
    assert "BSN" in text(joris.post(address, follow=True))
    assert not Message.objects.filter(versions__assignment__allocation=row).exists()
    listed = text(page(sign_in("rob"), "orders", query="?lijst=niet-weg"))
    assert reverse("allocations:order", args=[row.pk]) in listed
    timo = Person.objects.get(pk=timo.pk)
    timo.bsn = bsn
    timo.save()
    assert "gaat naar de aanbieder" in text(joris.post(address, follow=True))
    assert Message.objects.filter(versions__assignment__allocation=row).count() == 1
    assert sign_in("mark").post(address).status_code == 404  # not his family
    assert sign_in("rob").get(address).status_code == 405


def test_a_rejected_order_shows_cause_and_repair_and_goes_again(cast, at):
    row = of_julia(cast)
    message = Message.objects.get(versions__assignment=row.assignment)
    Message.objects.filter(pk=message.pk).update(state=State.REJECTED)
    Rejection.objects.create(message=message, code="S329")
    rob = sign_in("rob")
    said = text(rob.get(reverse("allocations:order", args=[row.pk])))
    assert "S329" in said
    assert "Herstel" in said
    assert reverse("allocations:order", args=[row.pk]) in text(page(rob, "orders", query="?lijst=afgekeurd"))
    rob.post(reverse("exchange:send_order", args=[row.pk]))
    assert Message.objects.filter(versions__assignment=row.assignment).count() == 2


def test_what_was_not_taken_over_is_on_its_message_and_can_be_taken_over(cast, at):
    row = of_julia(cast)
    report = message_of(cast, "julia", name="JW305", state=State.ACCEPTED)
    Delivery.objects.filter(message=report).update(not_taken="Bel de aanbieder.")
    rob = sign_in("rob")
    assert "Bel de aanbieder." in text(page(rob, "message", report.pk))
    assert "Bel de aanbieder." in text(page(rob, "orders", query="?lijst=volgt-niet"))
    assert "Bel de aanbieder." in text(rob.get(reverse("allocations:order", args=[row.pk])))
    assert "volgt het bericht" in text(rob.post(reverse("exchange:follow", args=[report.pk]), follow=True))
    assert Delivery.objects.get(message=report).not_taken == ""


def test_rejections_are_counted_by_code_and_provider_and_open_what_is_behind(cast, at):
    rob = sign_in("rob")
    said = text(page(rob, "rejections"))
    assert "S329" in said
    assert "Samen Sterk Polder" in said
    behind = page(rob, "messages", query="?lijst=afgekeurd&code=S329&aanbieder=73730004&weg=out&sinds=2026-08-26")
    assert text(behind).count("<tr>") == 2
    none = page(rob, "messages", query="?lijst=afgekeurd&code=S329&aanbieder=73730004&weg=in")
    assert text(none).count("<tr>") == 0
    late = page(rob, "messages", query="?lijst=afgekeurd&code=S329&sinds=2026-11-24")
    assert text(late).count("<tr>") == 0
    odd = page(rob, "messages", query="?lijst=alle&code=x&sinds=2026-19-39&weg=zijwaarts")
    assert odd.status_code == 200


@pytest.mark.parametrize("name", ["orders", "rejections"])
def test_only_the_back_office_sees_the_lists(cast, name):
    assert page(sign_in("joris"), name).status_code == 404
    assert page(sign_in("rob"), name).status_code == 200


def test_a_secret_or_shielded_dossier_is_in_no_list(cast, at):
    said = "".join(text(page(sign_in("rob"), "orders", query=f"?lijst={one}")) for one in (
        "niet-weg", "afgekeurd", "antwoord", "start", "volgt-niet",
    ))  # fmt: skip
    assert "Ruben" in said
    assert "Roos" not in said
