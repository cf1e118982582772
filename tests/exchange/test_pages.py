"""The pages of the back office: what got stuck, one message, and who sees what."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.models import Event, Look
from rondom.documents.store import path_of
from rondom.exchange.enums import State
from rondom.exchange.models import Message
from rondom.exchange.post import name_of
from rondom.exchange.queries import folder_of
from tests.exchange.ends import Ends, text
from tests.privacy.test_destruction import destroy
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture(autouse=True)
def own_folders(tmp_path, settings):
    settings.RONDOM_LEDGER, settings.RONDOM_EXCHANGE = tmp_path / "ledger", tmp_path / "exchange"


def page(client, name, *args, query=""):
    return client.get(reverse(f"exchange:{name}", args=args) + query)


def message_of(cast, child, **found):
    return Message.objects.get(dossiers=cast.dossier[child], **found)


def test_what_got_stuck_comes_first_and_filters_narrow(cast):
    rob = sign_in("rob")
    said = page(rob, "messages").content.decode()
    assert said.count("vastgelopen") >= 4
    assert "ligt" not in said
    assert "De Vuurtoren jeugdhulp" in said
    everything = page(rob, "messages", query="?lijst=alle").content.decode()
    assert everything.count("<tr>") == 15
    narrowed = page(rob, "messages", query="?lijst=alle&soort=JW302&aanbieder=73730004").content.decode()
    assert narrowed.count("<tr>") == 2
    assert "geen berichten" in page(rob, "messages", query="?lijst=alle&soort=JW325").content.decode().lower()
    look = Look.objects.filter(kind="exchange.messages_shown").latest("number")
    assert not look.subjects.exists()


def test_an_order_that_waits_too_long_says_so(cast):
    said = page(sign_in("rob"), "messages", query="?lijst=wacht").content.decode()
    assert "retourbericht: 6 dagen te laat" in said  # sent on the 13th, three working days: the 18th


def test_a_message_stands_readable_beside_its_file_with_its_exchange(cast):
    row = message_of(cast, "julia", name="JW305", state=State.ACCEPTED)
    response = page(sign_in("rob"), "message", row.pk)
    said = response.content.decode()
    assert "Begindatum" in said
    assert "&lt;jw305:Client&gt;" in said
    assert 'role="img"' in said
    assert said.count("rondom-sequence__point") == 2
    look = Look.objects.filter(kind="exchange.message_shown").latest("number")
    assert ("dossier", cast.dossier["julia"].pk) in set(look.subjects.values_list("kind", "subject"))


def test_a_rejection_is_shown_as_cause_and_repair_at_the_message_itself(cast):
    row = message_of(cast, "julia", name="JW301", state=State.REJECTED)
    said = page(sign_in("rob"), "message", row.pk).content.decode()
    assert "Oorzaak:" in said
    assert "Herstel:" in said


def test_a_secret_address_closes_the_content(cast):
    row = message_of(cast, "lot")
    rob = sign_in("rob")
    said = page(rob, "message", row.pk).content.decode()
    assert "geheim adres" in said
    assert "&lt;jw301" not in said
    assert page(rob, "download", row.pk).status_code == 404


def test_a_shielded_dossier_is_no_message_of_the_back_office(cast, at, tmp_path):
    ends = Ends(tmp_path / "exchange", at)
    day = clock.today(at) - dt.timedelta(days=1)
    row = ends.put_out(text("JW301", cast.person["roos"].bsn, "O9", dated=day))
    rob = sign_in("rob")
    for name in ("message", "again", "aside", "download"):
        assert page(rob, name, row.pk).status_code == 404
    assert Look.objects.filter(result="denied", object_id=str(row.pk)).count() == 4
    assert str(row.pk) not in page(rob, "messages", query="?lijst=alle").content.decode()


@pytest.mark.parametrize("name", ["sanne", "karin", "tom", "wim"])
def test_nobody_else_comes_in(cast, name):
    row = message_of(cast, "julia", name="JW305", state=State.ACCEPTED)
    other = sign_in(name)
    assert {page(other, "messages").status_code, page(other, "message", row.pk).status_code} == {404}


def test_a_clerk_downloads_tries_again_and_puts_aside(cast, at):
    rob, row = sign_in("rob"), Message.objects.get(trouble="format", state=State.DEAD)
    response = page(rob, "download", row.pk)
    assert b"".join(response.streaming_content).startswith(b"<?xml")
    assert "attachment" in response.headers["Content-Disposition"]
    assert "StatusAanlevering" in page(rob, "message", row.pk).content.decode()
    again = rob.post(reverse("exchange:again", args=[row.pk]), follow=True)
    assert "opnieuw vast" in again.content.decode()
    refused = rob.post(reverse("exchange:aside", args=[row.pk]), {"reason": "x"})
    assert refused.status_code == 422
    rob.post(reverse("exchange:aside", args=[row.pk]), {"reason": "Gebeld met De Vuurtoren"})
    row.refresh_from_db()
    assert (row.state, row.reason, row.handled_by) == (State.ASIDE, "Gebeld met De Vuurtoren", cast.staff["rob"])
    assert Event.objects.filter(kind="exchange.message_put_aside").count() == 2  # and the one of the cast


def test_what_is_never_sent_by_itself_asks_why(cast):
    rob, row = sign_in("rob"), message_of(cast, "lot")
    address = reverse("exchange:again", args=[row.pk])
    assert "Waarom mag dit bericht weg?" in rob.get(address).content.decode()
    assert rob.post(address, {}).status_code == 422
    rob.post(address, {"reason": "Afgesproken met Sanne"})
    row.refresh_from_db()
    assert (row.state, row.trouble) == (State.READY, "")


def test_a_destroyed_dossier_takes_its_messages_along(cast, at, django_capture_on_commit_callbacks):
    rows = list(Message.objects.filter(dossiers=cast.dossier["julia"]))
    folder = folder_of("GM0303")
    folder.prepare()
    kept = folder.root / "kept" / f"{name_of(rows[0])}.xml"
    kept.write_bytes(b"x")
    with django_capture_on_commit_callbacks(execute=True):
        destroy(cast, at, "julia")
    assert not Message.objects.filter(pk__in=[row.pk for row in rows]).exists()
    assert not any(path_of(row.blob).exists() for row in rows)
    assert not kept.exists()
    assert Message.objects.filter(dossiers=cast.dossier["lot"]).exists()
