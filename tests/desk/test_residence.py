"""The responsible municipality: what the back office reads, why, and what it never reads."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.dossiers import residence
from rondom.dossiers.models import Dossier
from rondom.people import actions
from rondom.people.enums import FactSource, HouseholdPart
from rondom.people.models import Address, ResidenceFinding
from rondom.people.residence import known_of
from rondom.privacy.models import Relation
from tests.trust.walking import ask, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def listed(cast, at, who="rob"):
    return {q.dossier.youth.short_name: q for q in residence.questions_to_find(cast.principal(who), at=at)}


def test_the_list_says_what_the_law_makes_of_the_facts_or_which_are_missing(cast, at):
    text = sign_in("rob").get(reverse("desk:residences")).content.decode()
    assert "volgens de bekende feiten: Noordoostpolder" in text  # the address before the foster care decides
    assert "nodig: de adressen van de jeugdige in de BRP, met data" in text
    assert {"Jip", "Sara"} <= listed(cast, at).keys()


def test_the_page_explains_itself_with_the_facts_it_used(cast):
    text = sign_in("rob").get(reverse("desk:residence", args=[cast.dossier["jip"].pk])).content.decode()
    for words in (
        "Noordoostpolder", "Waarom?", "Het verblijf loopt zonder onderbreking sinds", "pleegzorg, sinds", "Jw 1.1",
    ):  # fmt: skip
        assert words in text, words
    for content in ("Nagelerstraat", "De Gordiaan", "06 1234", "Hanna", "Ingrid", str(cast.person["jip"].bsn)):
        assert content not in text, content


def found(client, dossier, **more):
    typed = {
        "place": "noordoostpolder", "starts": "1-11-2026", "source": "register", "evidence": "Uittreksel gezien",
    }  # fmt: skip
    return client.post(reverse("desk:residence", args=[dossier.pk]), typed | more)


def test_what_is_found_is_kept_with_its_source_and_the_question_ends(cast, at):
    client, dossier = sign_in("rob"), cast.dossier["jip"]
    assert found(client, dossier).status_code == 302
    finding = ResidenceFinding.objects.get()
    assert (finding.place, finding.source) == ("GM0171", "register")
    assert "WPB-02" in finding.rules
    assert "zonder onderbreking" in finding.explanation
    dossier.refresh_from_db()
    assert dossier.responsible_municipality == "GM0171"
    assert client.get(reverse("desk:residence", args=[dossier.pk])).status_code == 404
    assert not Relation.objects.filter(subject=dossier.pk, ground=residence.GROUND, ends_at=None).exists()
    assert "Noordoostpolder" in sign_in("fatima").get(
        reverse("desk:person", args=[cast.person["jip"].pk])
    ).content.decode()  # fmt: skip


def test_a_provisional_finding_lets_help_go_on_and_stays_on_the_list(cast, at):
    client, dossier = sign_in("rob"), cast.dossier["jip"]
    found(client, dossier, provisional="on", place="Dronten", source="agreed")
    dossier.refresh_from_db()
    assert dossier.responsible_municipality == "GM0303"
    assert listed(cast, at)["Jip"].why == "provisional"
    assert found(client, dossier, starts="24-11-2026").status_code == 302
    assert ResidenceFinding.objects.get(provisional=True).ends == dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"place": "Nergenshuizen"}, "geen gemeente"),
        ({"evidence": ""}, "Waaruit blijkt dat?"),
        ({"source": ""}, "Waarop berust dit?"),
        ({"starts": "gisterenavond"}, "We kunnen deze datum niet lezen"),
    ],
)
def test_without_source_or_with_an_unknown_place_nothing_is_written(cast, wrong, sentence):
    answer = found(sign_in("rob"), cast.dossier["jip"], **wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ResidenceFinding.objects.exists()


def test_only_the_back_office_that_was_asked_sees_it(cast):
    for name in ("fatima", "sanne", "karin", "tom", "wim"):
        assert sign_in(name).get(reverse("desk:residences")).status_code == 404
        assert sign_in(name).get(reverse("desk:residence", args=[cast.dossier["jip"].pk])).status_code == 404
    for kept in ("lot", "finn", "roos", "julia", "bram"):
        assert sign_in("rob").get(reverse("desk:residence", args=[cast.dossier[kept].pk])).status_code == 404


def test_a_secret_address_reads_like_one_nobody_wrote_down(cast, at):
    pages = [reverse("desk:residences"), reverse("desk:residence", args=[cast.dossier["jip"].pk])]
    client = sign_in("rob")
    client.get(pages[0])
    actions.keep_address_secret(by=cast.principal("fatima"), at=at, person=cast.person["jip"], reason="Bedreiging")
    secret = [ask(client, "GET", path).body for path in pages]
    Address.objects.filter(person=cast.person["jip"]).update(place_municipality="GM0363", district="WK036304")
    elsewhere = [ask(client, "GET", path).body for path in pages]
    Address.objects.filter(person=cast.person["jip"]).delete()
    cast.person["jip"].households.all().delete()
    nothing = [ask(client, "GET", path).body for path in pages]
    assert secret == elsewhere == nothing
    assert b"Noordoostpolder" not in b"".join(secret)


def test_at_night_what_is_unknown_or_other_than_the_law_says_is_put_and_nothing_shielded_or_secret(cast, at):
    Relation.objects.filter(kind="organisation").update(ends_at=at)
    Dossier.objects.filter(pk=cast.dossier["julia"].pk).update(responsible_municipality="GM0171")
    Dossier.objects.filter(pk__in=[cast.dossier["roos"].pk]).update(responsible_municipality="")
    later = at + dt.timedelta(hours=1)
    with clock.standing_at(later):
        assert residence.ask_for_all(at=later) >= 4
        assert residence.ask_for_all(at=later) == 0
        assert {"Jip", "Sara", "Julia", "baby"} <= listed(cast, later).keys()
        assert listed(cast, later).keys().isdisjoint({"Roos", "Daan", "Lot", "Finn"})
        assert listed(cast, later)["Julia"].why == "differs"
        assert listed(cast, later)["baby"].why == "doubt"  # the law does not name the unborn child


def test_a_worker_asks_and_the_page_of_the_person_says_who_finds_it_out(cast, at):
    julia, mark = cast.dossier["julia"], sign_in("mark")
    person = reverse("desk:person", args=[julia.youth_id])
    assert "Twijfel? Laat de backoffice het uitzoeken" in mark.get(person).content.decode()
    assert mark.post(reverse("desk:ask_residence", args=[julia.pk])).status_code == 302
    assert "de backoffice zoekt het uit" in mark.get(person).content.decode()
    assert listed(cast, at)["Julia"].why == "asked"
    roos = sign_in("fatima").post(reverse("desk:ask_residence", args=[cast.dossier["roos"].pk]))
    assert "afgeschermd" in roos.content.decode()
    assert sign_in("mark").post(reverse("desk:ask_residence", args=[cast.dossier["lot"].pk])).status_code == 404


def test_only_the_register_counts_and_history_we_do_not_have_is_asked_for(cast, at):
    by, sara = cast.principal("fatima"), cast.person["sara"]
    day = clock.today(at)
    actions.move(
        by=by, at=at, person=sara, lines="Hier 1\n8251 AA Dronten", place_municipality="GM0303", starts=day,
        source=FactSource.DECLARED,
    )  # fmt: skip
    known = known_of([sara], by, at=at)[sara.pk]
    assert known.answer.asks == ("addresses",)
    assert "Zoek het op." in known.notes[0]
    Address.objects.filter(person=sara).update(source=FactSource.REGISTER)
    assert known_of([sara], by, at=at)[sara.pk].answer.certain.municipality == "GM0303"
    home = actions.open_household(by=by, at=at)
    actions.join_household(
        by=by, at=at, household=home, person=sara, part=HouseholdPart.FOSTER_CHILD, starts=day - dt.timedelta(days=30)
    )
    assert known_of([sara], by, at=at)[sara.pk].answer.asks == ("addresses",)  # of the day before the stay


def test_an_address_under_investigation_leads_to_the_mother_at_birth(cast, at):
    by, julia = cast.principal("mark"), cast.person["julia"]
    Address.objects.filter(person=julia).update(in_investigation=True)
    Address.objects.filter(person=cast.person["anna"]).update(starts=julia.born_on - dt.timedelta(days=400))
    answer = known_of([julia], by, at=at)[julia.pk].answer
    assert (answer.certain.municipality, answer.certain.step) == ("GM0303", 3)


def test_the_list_takes_the_same_number_of_queries_whatever_the_rows(cast, at, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        residence.questions_to_find(cast.principal("rob"), at=at)
    for dossier in Dossier.objects.filter(shielded=False, municipality="GM0303"):
        residence.ask_residence(by=cast.principal("mark"), at=at, dossier=dossier)
    with django_assert_max_num_queries(12):
        assert len(residence.questions_to_find(cast.principal("rob"), at=at)) > 5
