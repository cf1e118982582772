"""The request desk: what providers ask is weighed, answered once with one button, and told by message."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations.actions import Help, Unusual
from rondom.allocations.enums import Decision, Frequency
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, VoidByLaw
from rondom.core.models import Look
from rondom.decisions.enums import DecisionKind
from rondom.dossiers.enums import DossierKind
from rondom.dossiers.models import Clock, Dossier
from rondom.entry.models import Referral
from rondom.exchange import requests
from rondom.exchange.enums import Outcome, Proposal, Refusal, RequestState, State, Trouble
from rondom.exchange.models import Assignment, Message, MessageDossier, ProviderRequest
from rondom.messages.answering import Signature
from rondom.messages.answering import answer as answered
from rondom.messages.ijw32 import types as t
from rondom.messages.judging import Breach
from rondom.messages.providing import NotSent, send
from rondom.messages.transport import Folder
from rondom.messages.writing import written
from rondom.people.models import Person
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Relation
from tests.exchange.asking import (
    FEW_HOURS,
    asks,
    asks_change,
    days,
    forget_messages,
    wants,
    went_out,
)
from tests.exchange.ends import AGB, Ends
from tests.exchange.playing import exchanged
from tests.messages import samples
from tests.privacy.test_destruction import destroy
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
KOMPAS, STRANGER = "94940003", "73739999"
OUTSIDER = "999990573"  # a test BSN of nobody in the cast


@pytest.fixture
def ends(cast, at, tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path
    settings.RONDOM_LEDGER = tmp_path / "ledger"
    forget_messages()
    return Ends(tmp_path, at)


@pytest.fixture
def rob(cast):
    return {"by": cast.principal("rob"), "answered_by": cast.staff["rob"]}


@pytest.fixture
def esra(cast):
    return cast.person["esra"]


def outcomes(row):
    return {one["check"]: one["outcome"] for one in row.checks}


def doubted(row):
    return {name for name, outcome in outcomes(row).items() if outcome not in (Outcome.YES, Outcome.UNKNOWN)}


# --- looking


def test_what_fits_lies_ready_and_what_a_doctor_referred_on_is_not_known_as_usual(ends, esra):
    (row,) = asks(ends, esra, wants(ends))
    assert (row.state, row.proposal, doubted(row)) == (RequestState.PENDING, Proposal.GRANT, set())
    assert outcomes(row)["referrer"] == Outcome.UNKNOWN
    assert row.due_on == dt.date(2026, 12, 1)  # Tuesday 24 November and five working days
    assert row.dossier.youth == esra
    assert Person.objects.filter(bsn_index=esra.bsn_index).count() == 1


@pytest.mark.parametrize(
    ("but", "agb", "proposal", "reason", "check"),
    [
        ({"Product": t.CDT_Product(Categorie="54", Code="54D01")}, AGB, "refuse", "4", "product"),
        ({}, STRANGER, "refuse", "3", "contract"),
        ({"Product": t.CDT_Product(Categorie="41"), "Omvang": None}, AGB, "choose", "", "product"),
        ({"Omvang": t.CDT_Omvang(Volume=2, Eenheid="16", Frequentie="2")}, AGB, "choose", "", "product"),
        ({"Verwijzer": t.CDT_Verwijzer(Type="01")}, AGB, "choose", "", "referrer"),
        ({"Verwijzer": t.CDT_Verwijzer(Type="06")}, AGB, "choose", "", "referrer"),
        ({"ToewijzingEinddatum": dt.date(2034, 12, 1)}, AGB, "choose", "", "age"),
    ],
)  # fmt: skip
def test_what_is_not_right_or_not_certain(ends, esra, but, agb, proposal, reason, check):
    born = clock.today(ends.at).replace(year=clock.today(ends.at).year - 17)
    Person.objects.filter(pk=esra.pk).update(born_on=born)
    esra.refresh_from_db()
    (row,) = asks(ends, esra, wants(ends, **but), agb=agb)
    assert (row.proposal, row.proposed_reason) == (proposal, reason)
    assert check in doubted(row)


def test_the_same_help_already_another_birth_date_and_no_residence(ends, cast):
    julia = cast.person["julia"]
    (row,) = asks(ends, julia, wants(ends))
    assert (row.proposal, row.proposed_reason, outcomes(row)["stacked"]) == ("refuse", Refusal.STACKED, "no")
    Dossier.objects.filter(youth=cast.person["esra"]).update(responsible_municipality="GM0995")
    wrong = t.CDT_Geboortedatum(Datum=dt.date(2011, 1, 1))
    (row,) = asks(ends, cast.person["esra"], wants(ends, "V-9"), Geboortedatum=wrong)
    assert row.proposal == Proposal.CHOOSE
    assert doubted(row) == {"person", "residence"}


def test_somebody_unknown_is_registered_once_and_only_registered(ends, cast):
    stranger = Person(
        bsn=OUTSIDER, born_on=dt.date(2015, 5, 5), family_name="Bakker", first_names="Milan Jan", name_prefix="de"
    )
    (row,) = asks(ends, stranger, wants(ends))
    youth = row.dossier.youth
    assert (row.dossier.kind, row.dossier.ground) == (DossierKind.REGISTRATION_ONLY, "medical")
    assert (youth.called, youth.name_prefix, youth.family_name, youth.bsn) == ("Milan", "de", "Bakker", OUTSIDER)
    assert doubted(row) == {"residence", "address"}
    assert set(MessageDossier.objects.filter(dossier=row.dossier).values_list("message__name", flat=True)) == {
        "JW315", "JW316",
    }  # fmt: skip
    one_piece = t.CDT_Omvang(Volume=1, Eenheid="82", Frequentie="6")
    (second,) = asks(ends, stranger, wants(ends, "K-1", "54D01", Omvang=one_piece), agb=KOMPAS)
    assert (second.dossier, second.proposal) == (row.dossier, Proposal.CHOOSE)
    assert Person.objects.filter(family_name="Bakker").count() == 1
    said = sign_in("rob").get(reverse("exchange:requests")).content.decode()
    assert said.count("Milan de Bakker") == 2


# --- answering


def test_as_asked_from_both_ends(ends, cast, esra, rob):
    (row,) = asks(ends, esra, wants(ends))
    assert ends.carry() == ["JW316"]
    ends.provider()
    requests.grant(at=ends.at, request=row, **rob)
    row.refresh_from_db()
    made = row.allocation
    assert (row.state, made.volume, made.unit, made.frequency) == (RequestState.GRANTED, 120, "01", Frequency.WEEK)
    assert (made.decision, made.state, made.deviations) == (Decision.MEDICAL_AS_ASKED, "ordered", "")
    assert (made.starts, made.last_day) == (days(ends, 7), days(ends, 187))
    assert Referral.objects.get(dossier=row.dossier).referred_on is None
    ends.work()
    assert ends.carry() == ["JW301"]
    told = ends.theirs.root / "in"
    assert len(list(told.iterdir())) == 1
    assert [one.message for one in ends.provider()] == ["JW301"]
    ends.carry()
    ends.work()
    order = Message.objects.get(name="JW301", answers=row.message)
    assert order.state == State.ACCEPTED
    with pytest.raises(BadInput):
        requests.refuse(at=ends.at, request=row, reason=Refusal.BUDGET, words="te laat", **rob)


def test_the_order_says_the_reference_and_nobody_else_does_it_twice(ends, esra, rob):
    (row,) = asks(ends, esra, wants(ends))
    seen_before = ProviderRequest.objects.get(pk=row.pk)
    requests.grant(at=ends.at, request=row, **rob)
    (order,) = went_out(ends, "JW301")
    (product,) = order.Client.ToegewezenProducten.ToegewezenProduct
    assert (product.ReferentieAanbieder, product.Omvang.Volume, product.RedenWijziging) == ("V-1", 120, None)
    with pytest.raises(BadInput, match="zojuist"):
        requests.grant(at=ends.at, request=seen_before, **rob)
    assert Allocation.objects.filter(dossier=row.dossier).count() == 1


def test_looked_into_once_then_eight_weeks_and_a_draft_of_the_decision(ends, cast, esra, rob):
    (row,) = asks(ends, esra, wants(ends))
    requests.look_into(at=ends.at, request=row, words="Een uur per week lijkt genoeg.", **rob)
    row.refresh_from_db()
    assert (row.state, row.due_on) == (RequestState.INVESTIGATED, row.dated_on + dt.timedelta(weeks=8))
    assert (row.decision.kind, row.decision.refusal) == (DecisionKind.PART_REFUSE, "Een uur per week lijkt genoeg.")
    assert row.decision.prepared_by == cast.staff["sanne"]
    assert row.decision.application.decide_by is not None
    (said,) = went_out(ends, "JW319")
    assert (said.Antwoord.VerzoekAntwoord, said.Antwoord.RedenAfwijzingVerzoek) == ("2", None)
    with pytest.raises(BadInput):
        requests.look_into(at=ends.at, request=row, **rob)
    product = Allocation.objects.filter(product__code="45A04")[0].product
    less = Help(days(ends, 7), days(ends, 188), product, volume=60, frequency=Frequency.WEEK)
    with pytest.raises(VoidByLaw):
        requests.grant(at=ends.at, request=row, otherwise=requests.Otherwise(less), **rob)
    row.refresh_from_db()
    decided = requests.Otherwise(less, reference="2026-00123", decided_on=days(ends, 0))
    requests.grant(at=ends.at, request=row, otherwise=decided, **rob)
    assert (row.allocation.volume, row.allocation.decision_reference) == (60, "2026-00123")


def test_what_keeps_help_away_asks_words_and_a_decision_also_without_a_team(ends, cast, rob):
    stranger = Person(bsn=OUTSIDER, born_on=dt.date(2015, 5, 5), family_name="Bakker", first_names="Milan")
    (row,) = asks(ends, stranger, wants(ends))
    with pytest.raises(BadInput):
        requests.refuse(at=ends.at, request=row, reason=Refusal.CONTENT, **rob)
    row.refresh_from_db()
    requests.refuse(at=ends.at, request=row, reason=Refusal.CONTENT, words="Er is al hulp op school.", **rob)
    row.refresh_from_db()
    assert (row.decide, row.decision) == (True, None)
    with pytest.raises(BadInput):
        requests.decision_made(by=rob["by"], at=ends.at, request=row, reference=" ", decided_on=days(ends, 0))
    requests.decision_made(by=rob["by"], at=ends.at, request=row, reference="2026-7", decided_on=days(ends, 0))
    assert (row.decide, row.decision_reference) == (False, "2026-7")


def test_an_order_for_somebody_new_writes_the_address_it_needs(ends, rob):
    stranger = Person(bsn=OUTSIDER, born_on=dt.date(2015, 5, 5), family_name="Bakker", first_names="Milan")
    (row,) = asks(ends, stranger, wants(ends))
    said = requests.Otherwise(unusual=Unusual("BRP nagekeken: woont hier."), address=("De Rede 3", "8251 ER Dronten"))
    requests.grant(at=ends.at, request=row, otherwise=said, **rob)
    (order,) = went_out(ends, "JW301")
    assert order.Client.Contactgegevens.Contact[0].Adres.Postcode == "8251ER"
    assert row.allocation.let_through_by == rob["answered_by"]


def test_what_a_certified_institution_determined_is_not_made_less(ends, cast, esra, rob):
    by_gi = t.CDT_Verwijzer(Type="04", ZorgverlenerCode="01000009")
    (row,) = asks(ends, esra, wants(ends, Verwijzer=by_gi))
    product = Allocation.objects.filter(product__code="45A04")[0].product
    less = Help(days(ends, 7), days(ends, 188), product, volume=60, frequency=Frequency.WEEK)
    with pytest.raises(VoidByLaw, match="gecertificeerde"):
        requests.grant(at=ends.at, request=row, otherwise=requests.Otherwise(less), **rob)
    row.refresh_from_db()
    requests.grant(at=ends.at, request=row, **rob)
    assert row.allocation.decision == Decision.GI_DETERMINATION


def test_a_rejected_answer_counts_as_not_sent(ends, esra, rob):
    (row,) = asks(ends, esra, wants(ends))
    requests.refuse(at=ends.at, request=row, reason=Refusal.NO_CONTRACT, **rob)
    (no,) = went_out(ends, "JW319")
    place = (("Bericht", 0), ("Antwoord", 0))
    reply, content = answered(
        samples.message("JW319"), no, [Breach("TR355", place, "")], Signature("R1", clock.today(ends.at))
    )
    ends.drop(written(reply, content))
    ends.work()
    row.refresh_from_db()
    assert (row.state, row.reason, Message.objects.get(name="JW319").state) == ("pending", "", State.REJECTED)
    requests.refuse(at=ends.at, request=row, reason=Refusal.NOT_IN_CONTRACT, **rob)


def test_only_the_back_office_answers(ends, cast, esra):
    (row,) = asks(ends, esra, wants(ends))
    with pytest.raises(NotAllowed):
        requests.grant(by=cast.principal("sanne"), at=ends.at, request=row, answered_by=cast.staff["sanne"])


# kind of help or free choice, budget in cents -> what is ordered (reference 13.2)
@pytest.mark.parametrize(
    ("category", "budget"), [("45", None), ("45", 500_00), ("", 6_000_00)], ids=["kind", "kind in a budget", "free"]
)
def test_what_the_provider_may_choose_itself_is_ordered_as_asked(ends, esra, rob, category, budget):
    product = t.CDT_Product(Categorie=category) if category else None
    (row,) = asks(ends, esra, wants(ends, Product=product, Omvang=None, Budget=budget))
    assert (row.proposal, doubted(row)) == (Proposal.GRANT, set())
    requests.grant(at=ends.at, request=row, **rob)
    made = row.allocation
    assert (made.product.category, made.product.code, made.budget, made.volume) == (category, "", budget, None)
    (order,) = went_out(ends, "JW301")
    (said,) = order.Client.ToegewezenProducten.ToegewezenProduct
    assert (said.Budget, said.Omvang, said.ReferentieAanbieder) == (budget, None, "V-1")
    seen = sign_in("rob").get(reverse("exchange:request", args=[row.pk])).content.decode()
    assert ("6.000,00 euro" in seen) is (budget == 6_000_00)


def test_a_limit_where_none_was_asked_is_less(ends, esra, rob):
    (row,) = asks(ends, esra, wants(ends, Product=t.CDT_Product(Categorie="45"), Omvang=None))
    client, address = sign_in("rob"), reverse("exchange:request_order", args=[row.pk])
    product = requests.weighed(row, rob["by"], at=ends.at).products[0]
    typed = {
        "product": str(product.pk), "starts": f"{days(ends, 7):%d-%m-%Y}", "last_day": f"{days(ends, 187):%d-%m-%Y}",
        "amount": "900,00", "frequency": "", "no_contract": "",
    }  # fmt: skip
    assert "Hoeveel geld?" in client.get(address).content.decode()
    refused = client.post(address, typed)
    assert "Daarvoor is eerst een besluit nodig" in refused.content.decode()
    client.post(address, typed | {"decision_reference": "2026-90", "decided_on": "20-11-2026"})
    assert Allocation.objects.get(dossier=row.dossier).budget == 900_00


def test_a_higher_budget_is_asked_and_goes_under_the_same_number(ends, esra, rob):
    (asked,) = asks(ends, esra, wants(ends, Product=None, Omvang=None, Budget=500_00))
    requests.grant(at=ends.at, request=asked, **rob)
    exchanged(ends)
    ends.at += dt.timedelta(hours=1)
    row = asked.allocation
    more = samples.changed(
        row.assignment.number, GewensteIngangsdatum=row.starts, Einddatum=row.last_day, Omvang=None, Budget=800_00
    )
    change = asks_change(ends, esra, change=(more,))
    assert (change.proposal, doubted(change)) == (Proposal.GRANT, set())
    requests.grant(at=ends.at, request=change, **rob)
    row.refresh_from_db()
    assert (row.budget, change.allocation) == (800_00, row)
    (said,) = went_out(ends, "JW301")[-1].Client.ToegewezenProducten.ToegewezenProduct
    assert (said.ToewijzingNummer, said.Budget, said.RedenWijziging) == (row.assignment.number, 800_00, "12")
    assert said.ReferentieAanbieder == "W-1"


# --- a change


@pytest.fixture
def running(ends, cast, esra, rob):
    """Help for Esra that was asked, ordered and accepted; its number is known to the provider."""
    (row,) = asks(ends, esra, wants(ends, "V-1", ToewijzingIngangsdatum=days(ends, -30)))
    requests.grant(at=ends.at, request=row, **rob)
    ends.work()
    ends.carry()
    ends.provider()
    ends.carry()
    ends.work()
    ends.at += dt.timedelta(hours=1)
    return row.allocation


def test_a_change_with_something_new_beside_what_stays_goes_out_as_one_message(ends, cast, esra, rob, running):
    number = Assignment.objects.get(allocation=running).number
    fresh = samples.new(
        Product=t.CDT_Product(Categorie="45", Code="45A53"), GewensteIngangsdatum=days(ends, 14),
        Einddatum=days(ends, 100), Omvang=FEW_HOURS,
    )  # fmt: skip
    row = asks_change(ends, esra, stay=(number,), fresh=(fresh,))
    assert outcomes(row)["stacked"] == Outcome.DOUBT  # the same kind runs: a person looks
    before = len(went_out(ends, "JW301"))
    requests.grant(at=ends.at, request=row, otherwise=requests.Otherwise(unusual=Unusual("Beide zijn nodig.")), **rob)
    (order,) = went_out(ends, "JW301")[before:]
    said = order.Client.ToegewezenProducten.ToegewezenProduct
    assert [one.RedenWijziging for one in said] == [None, None]
    assert {one.ReferentieAanbieder for one in said} == {"W-1"}


def test_a_change_of_something_we_do_not_have_is_rejected_at_the_border(ends, esra, running):
    assert asks_change(ends, esra, stay=(999_999_999,)) is None
    assert Message.objects.get(name="JW317").state == State.REJECTED


# --- shielded, secret


def test_of_a_shielded_dossier_nothing_lies_ready_and_the_back_office_sees_nothing(ends, cast, rob):
    (row,) = asks(ends, cast.person["roos"], wants(ends))
    assert (row.proposal, row.dossier.shielded) == (Proposal.CHOOSE, True)
    client = sign_in("rob")
    assert "Roos" not in client.get(reverse("exchange:requests")).content.decode()
    for name in ("request", "request_order", "request_refuse"):
        assert client.get(reverse(f"exchange:{name}", args=[row.pk])).status_code == 404
    assert Look.objects.filter(kind="exchange.request_shown", result="denied").exists()
    assert Clock.objects.get(pk=row.clock_id).rests_with == cast.staff["fatima"]
    assert not Relation.objects.filter(
        subject_kind=SubjectKind.DOSSIER, subject=row.dossier_id, kind=RelationKind.ORGANISATION
    ).exists()
    requests.refuse(at=ends.at, request=row, reason=Refusal.NO_CONTRACT, **rob)
    answer = Message.objects.get(name="JW319")
    assert (answer.state, answer.trouble) == (State.DEAD, Trouble.SECRET)
    assert went_out(ends, "JW319") == []


def test_of_a_secret_address_the_content_is_closed_and_a_person_answers(ends, cast):
    (row,) = asks(ends, cast.person["sem"], wants(ends))
    client = sign_in("rob")
    said = client.get(reverse("exchange:request", args=[row.pk])).content.decode()
    assert "45A04" not in said
    assert row.proposal == Proposal.CHOOSE
    assert Clock.objects.get(pk=row.clock_id).rests_with == cast.staff["sanne"]
    assert client.get(reverse("exchange:request_order", args=[row.pk])).status_code == 422


# --- pages


def test_the_desk_with_its_one_button(ends, esra):
    (row,) = asks(ends, esra, wants(ends))
    client = sign_in("rob")
    listed = client.get(reverse("exchange:requests")).content.decode()
    assert "Esra Yılmaz" in listed
    page = reverse("exchange:request", args=[row.pk])
    said = client.get(page).content.decode()
    assert said.count("rondom-checks__one") >= 6
    key = said.partition('name="_once" value="')[2].partition('"')[0]
    answer = reverse("exchange:request_answer", args=[row.pk])
    stale = client.post(answer, {"ready": "refuse3", "_once": key})
    assert stale.status_code == 422
    for _press in range(2):
        response = client.post(answer, {"ready": "grant", "_once": key}, follow=True)
        assert response.status_code == 200
    assert Allocation.objects.filter(dossier=row.dossier).count() == 1
    assert "besteld" in response.content.decode()


def test_destroying_takes_the_request_with_its_dossier(ends, cast, esra, rob):
    (row,) = asks(ends, esra, wants(ends))
    requests.grant(at=ends.at, request=row, **rob)
    destroy(cast, ends.at, "esra", requester="youth")
    assert not ProviderRequest.objects.filter(pk=row.pk).exists()
    assert not Message.objects.filter(dossiers=cast.dossier["esra"]).exists()


# --- the provider's own end


def test_a_provider_sends_its_own_good_message_once(tmp_path):
    folder = Folder(tmp_path / "provider")
    good = written(samples.message("JW315"), samples.jw315_good())
    assert send(folder, samples.PROVIDER, good) == send(folder, samples.PROVIDER, good)
    assert len(list((folder.root / "out").iterdir())) == 1
    twice = samples.jw315_good(samples.asked("X"), samples.asked("X"))
    wrong = written(samples.message("JW315"), twice)
    for agb, content in ((AGB, good), (samples.PROVIDER, good[:200]), (samples.PROVIDER, wrong)):
        with pytest.raises(NotSent):
            send(folder, agb, content)
