"""Both ends in one system: a provider acts on its own pages, the back office on its, messages go between them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rondom.accounts.models import Account, ProviderWorker
from rondom.accounts.queries import principal_for
from rondom.allocations.enums import AllocationState, StopReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.models import Event, Look
from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN
from rondom.exchange import actions as exchange
from rondom.exchange import provider_actions, provider_queries
from rondom.exchange.enums import RequestState, State
from rondom.exchange.models import Delivery, Message, ProviderRequest
from rondom.exchange.post import work
from rondom.exchange.provider_queries import COMING, OVER, RUNNING, TO_DO
from rondom.messages.writing import written
from rondom.people import actions as people
from rondom.providers import actions as providers
from tests.allocations.test_changes import awarded
from tests.messages import samples
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def own_folders(tmp_path, settings):
    settings.RONDOM_LEDGER, settings.RONDOM_EXCHANGE = tmp_path / "ledger", tmp_path / "exchange"


def floor(at, name="floor"):
    found = principal_for(Account.objects.get(username=name), at=at, assurance="substantial")
    assert found is not None
    return found


def page(client, name, *args, **typed):
    address = reverse(f"provider:{name}", args=args)
    return client.post(address, typed, follow=True) if typed else client.get(address)


def text(response):
    return response.content.decode()


def sent(cast, at, **more):
    """Order help of De Vuurtoren for Timo and let the post take the message along; return the order."""
    row = awarded(cast, at, **more)
    work(at=at)
    return row


def of_julia(cast):
    return Allocation.objects.get(dossier=cast.dossier["julia"], product__code="45A04")


def told(row):
    return Message.objects.get(versions__assignment__allocation=row)


def lists(at):
    by, day = floor(at), clock.today(at)
    rows = provider_queries.orders_for(by, at=at)
    return {
        name: {row.allocation_id for row in provider_queries.in_list(rows, name, day)}
        for name in (TO_DO, COMING, RUNNING, OVER)
    }


# --- both ends


@pytest.mark.slow
def test_an_order_is_answered_started_and_stopped_on_both_sides(cast, at):
    row, client, rob = sent(cast, at), sign_in("floor"), sign_in("rob")
    message = told(row)
    home = text(page(client, "home"))
    assert "Timo Smeets" in home and reverse("provider:answer", args=[message.pk]) in home
    assert "er is niets mis mee" in text(page(client, "answer", message.pk))
    page(client, "answer", message.pk, go="ja")
    message.refresh_from_db()
    assert message.state == State.ACCEPTED
    assert message.answered_by.get().name == "JW302"
    assert "nam de bestelling aan" in text(rob.get(reverse("allocations:order", args=[row.pk])))

    page(client, "start", row.pk, began_on=clock.today(at).isoformat())
    row.refresh_from_db()
    assert (row.state, row.started_on) == (AllocationState.STARTED, clock.today(at))
    start = Delivery.objects.get(allocation=row)
    assert start.message.sender == "73730001" and start.message.state == State.ACCEPTED
    assert start.message.answered_by.get().name == "JW306"
    seen = text(page(client, "order", row.pk))
    assert "JW306, verstuurd" in seen  # read here at once, also before the post has gone

    later = at + 3 * DAY
    with clock.standing_at(later):
        said = text(page(sign_in("floor"), "stop", row.pk, last_day=clock.today(later).isoformat(), reason="34"))
    assert "Gemeld" in said
    row.refresh_from_db()
    assert (row.state, row.stopped_on, row.stop_reason) == (
        AllocationState.STOPPED, clock.today(later), StopReason.TOGETHER,
    )  # fmt: skip
    seen = text(rob.get(reverse("allocations:order", args=[row.pk])))
    assert "JW307" in seen and "JW308" in seen
    kinds = set(Event.objects.filter(actor_kind="provider").values_list("kind", flat=True))
    assert kinds == {"accounts.signed_in", "exchange.provider_handed_in"}


def test_a_second_press_sends_once(cast, at):
    row, client = sent(cast, at), sign_in("floor")
    page(client, "answer", told(row).pk, go="ja")
    typed = {"began_on": "vandaag", "_once": "01890000-0000-7000-8000-000000000001"}
    for _ in range(2):
        page(client, "start", row.pk, **typed)
    assert Message.objects.filter(name="JW305", deliveries__allocation=row).count() == 1
    with pytest.raises(BadInput):
        provider_actions.answer(by=floor(at), at=at, message=told(row))


def test_what_the_municipality_does_not_take_over_shows_cause_and_repair(cast, at):
    client, row = sign_in("floor"), of_julia(cast)
    said = text(page(client, "start", row.pk, began_on="gisteren"))  # a start is current: 9326
    assert "9326" in said and "Herstel:" in said
    message = Message.objects.filter(name="JW305", state=State.REJECTED).latest("at")
    assert message.rejections.get().code == "9326"
    assert not message.deliveries.exists()
    row.refresh_from_db()
    assert row.state == AllocationState.STARTED


def test_an_order_that_is_not_right_is_answered_with_the_codes_the_engine_finds(cast, at):
    """It honours a request that was never made (TR379): the answer rejects it, and the clerk reads why."""
    day = clock.today(at)
    product = samples.assigned(910, Ingangsdatum=day, Einddatum=day + 30 * DAY, ReferentieAanbieder="NOOIT-GEVRAAGD")
    content = samples.jw301_good(product, bsn=str(cast.person["esra"].bsn), identification="R1", dated=day)
    content = content.but(Header=content.Header.but(Afzender="0303", Ontvanger="73730001"))
    kept = exchange.keep([written(samples.message("JW301"), content)])
    row = exchange.put_out(by=machine("messages", DRONTEN), at=at, municipality=DRONTEN, kept=kept)
    work(at=at)
    client = sign_in("floor")
    said = text(page(client, "answer", row.pk))
    assert "9379" in said and "De afkeuring versturen" in said
    page(client, "answer", row.pk, go="ja")
    row.refresh_from_db()
    assert (row.state, row.rejections.get().code) == (State.REJECTED, "9379")
    assert "9379" in text(sign_in("rob").get(reverse("exchange:message", args=[row.pk])))


def test_what_breaks_a_rule_is_refused_beside_its_field_before_anything_is_sent(cast, at):
    client, row, before = sign_in("floor"), of_julia(cast), Message.objects.count()
    said = text(page(client, "stop", row.pk, last_day="overmorgen", reason="31"))
    assert "TR134" in said
    assert Message.objects.count() == before


@pytest.mark.slow
def test_a_report_is_put_right_and_taken_back(cast, at):
    client, row = sign_in("floor"), of_julia(cast)
    began = row.started_on
    page(client, "stop", row.pk, last_day="gisteren", reason="31")
    page(client, "correct", row.pk, last_day="gisteren", reason="32")
    row.refresh_from_db()
    assert (row.state, row.stop_reason) == (AllocationState.STOPPED, StopReason.BY_FAMILY)
    assert "Dit is al gemeld" in text(page(client, "correct", row.pk, last_day="gisteren", reason="32"))
    page(client, "withdraw", row.pk, go="ja")
    row.refresh_from_db()
    assert (row.state, row.stopped_on) == (AllocationState.STARTED, None)
    page(client, "correct", row.pk, began_on=(began + DAY).isoformat())
    row.refresh_from_db()
    assert row.started_on == began + DAY
    assert list(Message.objects.filter(direction="in", state=State.REJECTED, name__in=("JW305", "JW307"))) == []


@pytest.mark.slow
def test_a_change_is_asked_refused_confirmed_asked_again_and_ordered(cast, at):
    client, row, rob = sign_in("floor"), of_julia(cast), sign_in("rob")
    typed = {"last_day": (row.ends + 20 * DAY).isoformat(), "volume": "90", "reason": "1"}
    assert "Gevraagd" in text(page(client, "change", row.pk, **typed))
    assert "TR357" in text(page(client, "change", row.pk, **typed | {"volume": "120"}))  # asks a day to come
    first = ProviderRequest.objects.get(message__name="JW317")
    assert (first.dossier, first.message.state) == (cast.dossier["julia"], State.ACCEPTED)
    assert "wacht op antwoord" in text(page(client, "home"))
    rob.post(reverse("exchange:request_refuse", args=[first.pk]), {"reason": "4", "words": ""})
    work(at=at)
    home = text(page(client, "home"))
    assert "geweigerd: past niet binnen contract" in home.lower() and "Antwoord op uw verzoek" in home
    answer = Message.objects.get(name="JW319")
    page(client, "answer", answer.pk, go="ja")
    assert answer.answered_by.get().name == "JW320"
    assert "Antwoord op uw verzoek" not in text(page(client, "home"))

    page(client, "change", row.pk, **typed)
    second = ProviderRequest.objects.exclude(pk=first.pk).get(message__name="JW317")
    decided = {"decision_reference": "2026-0500", "decided_on": "23-11-2026"}
    rob.post(reverse("exchange:request_order", args=[second.pk]), decided)
    second.refresh_from_db()
    assert second.state == RequestState.GRANTED
    work(at=at)
    order = provider_queries.open_order(floor(at), row.pk, at=at, page="test")
    assert order.last_day == row.ends + 20 * DAY and order.product.ReferentieAanbieder == second.reference
    assert ">besteld<" in text(page(client, "home"))


def test_an_order_is_asked_for_somebody_new_and_the_answer_is_read(cast, at):
    client = sign_in("floor")
    product = provider_queries.products_to_ask(floor(at), at=at)[0]
    typed = {
        "bsn": str(cast.person["esra"].bsn), "family_name": "Yılmaz", "first_names": "Esra", "name_prefix": "",
        "born_on": cast.person["esra"].born_on.isoformat(), "sex": "2", "product": product.pk,
        "first_day": "morgen", "last_day": "31-3-2027", "volume": "60", "frequency": "2", "referrer": "02",
        "referrer_name": "", "referrer_code": "",
    }  # fmt: skip
    said = text(page(client, "ask", **typed))
    assert "CD067" in said  # a doctor has a name or a code
    said = text(page(client, "ask", **typed | {"referrer_name": "dokter Aydın"}))
    assert "Gevraagd" in said and "wacht op antwoord" in said
    asked = ProviderRequest.objects.get(message__sender="73730001")
    assert asked.dossier.youth == cast.person["esra"]
    wrong = text(page(client, "ask", **typed | {"bsn": "999999999"}))
    assert "CS002" in wrong


# --- who sees what


def test_the_lists_follow_the_reports(cast, at):
    row = of_julia(cast)
    assert lists(at)[RUNNING] == {row.pk}
    new = sent(cast, at, starts=clock.today(at) + 9 * DAY)
    assert lists(at)[TO_DO] == {new.pk}
    provider_actions.answer(by=floor(at), at=at, message=told(new))
    assert (lists(at)[TO_DO], lists(at)[COMING]) == (set(), {new.pk})
    later = at + 10 * DAY
    assert lists(later)[TO_DO] == {new.pk}
    long_after = at + 100 * DAY  # the last ordered day of Julia has passed
    assert row.pk in lists(long_after)[TO_DO]
    order = provider_queries.open_order(floor(at), row.pk, at=at, page="test")
    provider_actions.report_stop(by=floor(at), at=at, order=order, last_day=clock.today(at), reason="31")
    assert lists(long_after)[OVER] == {row.pk}


def test_another_provider_sees_nothing_not_even_that_it_exists(cast, at):
    providers.let_work(
        by=cast.principal("rob"), at=at, provider=cast.provider["kompas"], username="bas", name="Bas Vos"
    )
    row, bas = of_julia(cast), sign_in("bas")
    message = Message.objects.filter(name="JW301", state=State.ACCEPTED, dossiers=cast.dossier["julia"]).first()
    assert "Julia" not in text(page(bas, "home"))
    nothing = text(bas.get(reverse("provider:order", args=["01890000-0000-7000-8000-000000000009"])))
    for name, key in (("order", row.pk), ("start", row.pk), ("message", message.pk), ("download", message.pk)):
        before = Look.objects.filter(result="denied").count()
        answer = page(bas, name, key)
        assert answer.status_code == 404, name
        assert Look.objects.filter(result="denied").count() == before + 1
        assert len(text(answer)) == len(nothing)
    order = provider_queries.open_order(floor(at), row.pk, at=at, page="test")
    with pytest.raises(NotAllowed):
        provider_actions.report_start(by=floor(at, "bas"), at=at, order=order, began_on=clock.today(at))


def test_nobody_of_the_municipality_comes_in_and_nobody_of_a_provider_goes_out(cast, at):
    row, client = of_julia(cast), sign_in("floor")
    for name in ("rob", "mark", "mirjam", "henk"):
        assert sign_in(name).get(reverse("provider:home")).status_code == 404, name
        assert sign_in(name).get(reverse("provider:order", args=[row.pk])).status_code == 404, name
    for name in ("desk:day", "exchange:messages", "allocations:orders", "portal:home", "place:home", "providers:index"):
        assert client.get(reverse(name)).status_code == 404, name


def test_an_order_shows_what_the_message_says_and_nothing_of_plan_or_conversation(cast, at):
    client, row = sign_in("floor"), of_julia(cast)
    whole = text(page(client, "order", row.pk)) + text(page(client, "message", told(row).pk))
    assert "45A04" in whole and "JW301" in whole and "&lt;jw301:" in whole
    for hidden in ("briefjes", "turnjuf", "Mark de Graaf", "2026-0412"):
        assert hidden not in whole, hidden
    look = Look.objects.filter(kind="portal.provider_order_shown").latest("number")
    assert (look.actor_kind, look.organisation) == ("provider", cast.provider["vuurtoren"].pk)
    assert look.subjects.filter(kind="dossier", subject=cast.dossier["julia"].pk).exists()


def test_a_secret_address_never_shows(cast, at):
    """Neither before the message left, nor when the address became secret after it did."""
    client, by = sign_in("floor"), floor(at)
    assert not provider_queries.messages_for(by, at=at).filter(dossiers=cast.dossier["lot"]).exists()
    row = sent(cast, at)
    message = told(row)
    assert "De Noord" in text(page(client, "message", message.pk))
    people.keep_address_secret(by=cast.principal("joris"), at=at, person=cast.person["timo"], reason="Er is dreiging.")
    closed = text(page(client, "message", message.pk)) + text(page(client, "order", row.pk))
    assert "De Noord" not in closed and "8251" not in closed
    assert page(client, "download", message.pk).status_code == 404


def test_sight_ends_with_the_work_at_the_provider(cast, at):
    client = sign_in("floor")
    worker = ProviderWorker.objects.get(account__username="floor")
    rob = sign_in("rob")
    ended = rob.post(reverse("providers:worker_end", args=[worker.pk]), {"go": "ja"})
    assert ended.status_code == 302
    assert client.get(reverse("provider:home")).status_code == 302  # to sign in
    with clock.standing_at(at + 2 * DAY):
        assert principal_for(worker.account, at=clock.now(), assurance="substantial") is None


def test_a_code_that_went_to_another_provider_takes_its_messages_along(cast, at):
    by = floor(at)
    assert provider_queries.messages_for(by, at=at).exists()
    kompas = cast.provider["kompas"]
    kompas.agb_codes.create(municipality="GM0303", code="73730001", starts=clock.today(at))
    assert not provider_queries.messages_for(by, at=at).exists()


def test_the_back_office_lets_somebody_sign_in_once(cast, at):
    address = reverse("providers:worker_new", args=[cast.provider["kompas"].pk])
    typed = {"name": "Bas Vos", "username": "bas@kompas.nl", "phone": ""}
    assert sign_in("sanne").get(address).status_code == 404
    assert sign_in("rob").post(address, typed).status_code == 302
    assert "is al in gebruik" in text(sign_in("rob").post(address, typed))
    assert "Bas Vos" in text(sign_in("rob").get(reverse("providers:provider", args=[cast.provider["kompas"].pk])))
    with pytest.raises(NotAllowed):
        providers.let_work(
            by=cast.principal("sanne"), at=at, provider=cast.provider["kompas"], username="x", name="Iemand"
        )


def test_the_list_asks_as_many_questions_for_three_orders_as_for_one(cast, at):
    by = floor(at)

    def asked():
        rows = provider_queries.orders_for(by, at=at)
        return provider_queries.read_orders(rows, by, at=at)

    with CaptureQueriesContext(connection) as one:
        assert len(asked()) == 1
    first = sent(cast, at, ends=clock.today(at) + 5 * DAY)
    provider_actions.answer(by=by, at=at, message=told(first))  # the next order waits for it (OP080)
    sent(cast, at, starts=clock.today(at) + 9 * DAY)
    with CaptureQueriesContext(connection) as three:
        assert len(asked()) == 3
    assert len(three) == len(one)
