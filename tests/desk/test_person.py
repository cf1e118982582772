"""The page of a person: what stands in its head, what is closed, and each form about a fact."""

import re

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.models import Look
from rondom.people import actions
from rondom.people.enums import AddressKind, AuthorityKind, FactSource, KinshipKind
from rondom.people.models import Address, Authority, ContactPoint, HouseholdMember, Kinship, Measure, NetworkTie, Person
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def page(cast, who, name):
    return sign_in(who).get(reverse("desk:person", args=[cast.person[name].pk])).content.decode()


def head(text):
    return re.search(r'<section class="rondom-head.*?</section>', text, re.S)[0]


def test_the_head_says_whom_to_ring_who_decides_and_what_is_closed(cast):
    top = head(page(cast, "sanne", "lot"))
    until = actions.authority.of_age_on(cast.person["lot"])
    for words in (
        "Lot de Wit (8)", "06 1234 5001", "06 1234 5002", "Mirjam Visser en Peter de Wit", "Basisregistratie Personen",
        f"tot {until.day} ", str(until.year), "ondertoezichtstelling", "Het adres is geheim",
    ):  # fmt: skip
        assert words in top, words
    assert "beslist zelf" not in top


def test_nothing_on_the_page_points_to_a_secret_place(cast):
    for name in ("lot", "mirjam", "finn", "oma_visser", "peter"):
        text = page(cast, "sanne", name)
        for canary in ("Zilvermeeuw", "8251 ZZ", "Wijk 01", "WK030301", "Zwemclub", "De Wilgen"):
            assert canary not in text, (name, canary)
    assert "pleegouder van Finn" not in page(cast, "sanne", "finn")
    assert "De Rede 101" in page(cast, "sanne", "peter")


def test_a_housemate_at_a_secret_place_is_not_named_beside_an_open_address(cast, at):
    home = HouseholdMember.objects.get(person=cast.person["peter"]).household
    HouseholdMember.objects.filter(person=cast.person["karim"]).update(household=home)
    assert "met Karim el Amrani" in page(cast, "sanne", "peter")
    actions.keep_address_secret(by=cast.principal("sanne"), at=at, person=cast.person["karim"], reason="Bedreiging")
    assert "met Karim el Amrani" not in page(cast, "sanne", "peter")


def test_a_number_that_is_not_safe_is_not_shown_and_one_to_ask_for_is_one_step_away(cast):
    unsafe, ask = page(cast, "sanne", "karim"), page(cast, "sanne", "emine")
    assert "06 1234 5003" not in unsafe
    assert "niet bellen" in head(unsafe)
    assert "06 1234 5004" not in head(ask)
    assert re.search(r"Ik heb het gevraagd: toon het</summary><p>06 1234 5004", ask)


def test_an_adult_shows_over_whom_and_a_youth_of_sixteen_decides_too(cast):
    top = head(page(cast, "sanne", "peter"))
    assert "Heeft gezag over" in top
    assert "Daan, Lot" in top
    assert "16 of ouder: beslist zelf mee over hulp." in head(page(cast, "sanne", "esra"))


def test_unknown_authority_is_said_and_not_guessed(cast):
    Authority.objects.filter(child=cast.person["julia"]).delete()
    assert "Nergens staat wie het gezag heeft." in page(cast, "mark", "julia")
    assert "niet bekend" in head(page(cast, "mark", "julia"))


def test_the_page_is_a_look_at_the_family_and_a_stranger_is_refused_and_recorded(cast):
    page(cast, "sanne", "lot")
    seen = Look.objects.get(kind="desk.person_shown")
    about = set(seen.subjects.values_list("kind", "subject"))
    assert about == {
        ("person", cast.person["lot"].pk), ("dossier", cast.dossier["lot"].pk), ("case", cast.case["visser"].pk),
    }  # fmt: skip
    assert seen.ground.startswith("assigned")
    for stranger in ("mark", "karin", "rob", "els", "wim"):
        assert sign_in(stranger).get(reverse("desk:person", args=[cast.person["lot"].pk])).status_code == 404
    assert (
        Look.objects.filter(kind="desk.person_shown", result="denied").count() == 3
    )  # rob and wim do not pass the door


def post(cast, who, name, key, **typed):
    return sign_in(who).post(reverse(f"desk:{name}", args=[getattr(key, "pk", key)]), typed)


FORMS = [
    ("contact_new", "julia", {"kind": "phone", "value": "06-1234 5099", "safety": "safe"}, ContactPoint),
    ("tie_new", "julia", {"label": "Oma Riet", "strength": "strong"}, NetworkTie),
    ("kin_new", "julia", {"other": "thijs", "word": "other:1", "source": "declared"}, Kinship),
    (
        "measure_new", "julia", {"kind": "supervision", "body": "GI Polder", "starts": "1-11-2026", "source": "court"},
        Measure,
    ),
    (
        "address_new", "thijs",
        {"kind": "registered", "lines": "Lage Weg 1\n8251 AA Dronten", "place": "dronten", "starts": "vandaag",
         "source": "declared"}, Address,
    ),
    ("household_new", "thijs", {"other": "anna", "part": "adult", "starts": "vandaag"}, HouseholdMember),
    (
        "representation_new", "anna",
        {"representative": "thijs", "kind": "proxy", "starts": "1 november 2026", "source": "declared"}, Person,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "person", "typed", "model"), FORMS, ids=[form[0] for form in FORMS])
def test_each_form_writes_its_fact_and_comes_back_to_the_person(cast, name, person, typed, model):
    before = model.objects.count()
    typed = {key: str(cast.person[value].pk) if value in cast.person else value for key, value in typed.items()}
    answer = post(cast, "mark", name, cast.person[person], **typed)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"].startswith(reverse("desk:person", args=[cast.person[person].pk]))
    assert model is Person or model.objects.count() > before
    if name == "representation_new":
        assert cast.person["anna"].represented_by.get().representative == cast.person["thijs"]


def test_a_move_ends_the_old_household_and_a_second_home_keeps_it(cast, at):
    thijs, day = cast.person["thijs"], clock.today(at)
    typed = {"other": str(cast.person["anna"].pk), "starts": "vandaag"}
    post(cast, "mark", "household_new", thijs, part="adult", **typed)
    assert HouseholdMember.objects.get(person=thijs, ends=day)
    assert HouseholdMember.objects.get(person=thijs, ends=None).household == (
        HouseholdMember.objects.get(person=cast.person["anna"]).household
    )
    refused = post(cast, "mark", "household_new", cast.person["julia"], part="child", second_home="on", **typed)
    assert "woont" in refused.content.decode()
    assert HouseholdMember.objects.filter(person=cast.person["julia"], ends=None).count() == 2


def test_overlap_is_refused_beside_the_field_and_nothing_typed_is_lost(cast):
    answer = post(
        cast, "sanne", "measure_new", cast.person["lot"], kind="supervision", body="GI met een lange naam",
        starts="1-11-2026", source="court",
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "In die periode is er al zo" in text
    assert "GI met een lange naam" in text
    assert Measure.objects.filter(child=cast.person["lot"]).count() == 1


def test_an_end_cannot_run_into_what_follows(cast, at):
    mark, thijs, day = cast.principal("mark"), cast.person["thijs"], clock.today(at)
    actions.move(by=mark, at=at, person=thijs, lines="Nieuw 1\n8251 AA Dronten", starts=day)
    old = Address.objects.get(person=thijs, kind=AddressKind.REGISTERED, ends=day)
    text = post(cast, "mark", "address_end", old, ends="31-12-2026").content.decode()
    assert "Op een eerdere dag begint al iets anders." in text
    held = Authority.objects.get(child=cast.person["julia"], holder=thijs)
    actions.end_authority(by=mark, at=at, authority=held, ends=day, source=FactSource.COURT, opened_version=1)
    other = Authority.objects.get(child=cast.person["julia"], holder=cast.person["anna"])
    actions.end_authority(by=mark, at=at, authority=other, ends=day, source=FactSource.COURT, opened_version=1)
    actions.record_authority(
        by=mark, at=at, child=cast.person["julia"], holder=thijs, kind=AuthorityKind.SOLE, source=FactSource.COURT,
        starts=day,
    )  # fmt: skip
    text = post(cast, "mark", "authority_end", other, ends="31-12-2026", source="court").content.decode()
    assert "kan niet naast" in text
    other.refresh_from_db()
    assert other.ends == day


def hidden(text):
    return dict(re.findall(r'name="(_draft|_once|_opened)" value="([^"]*)"', text.replace("&quot;", '"'))) | {
        "_opened": re.search(r'name="_opened" value="([^"]*)"', text)[1].replace("&quot;", '"')
    }


def test_of_two_savers_the_second_sees_both_and_loses_nothing(cast, at):
    julia, client = cast.person["julia"], sign_in("mark")
    address = reverse("desk:person_identity", args=[julia.pk])
    opened = hidden(client.get(address).content.decode())
    actions.correct_person(
        by=cast.principal("mark"), at=at, person=Person.objects.get(pk=julia.pk), changes={"called": "Juul"},
        opened_version=julia.version,
    )  # fmt: skip
    typed = {
        "called": "Jules",
        "first_names": "Julia Maria",
        "family_name": "Kramer",
        "sex": "2",
        "born_on": "1-2-2019",
    }
    answer = client.post(address, typed | opened)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Juul" in text
    assert "Jules" in text
    assert Person.objects.get(pk=julia.pk).first_names == "Julia"


def test_the_bsn_shows_on_request_only_and_that_is_recorded(cast):
    julia, client = cast.person["julia"], sign_in("mark")
    bsn = str(julia.bsn)
    assert bsn not in page(cast, "mark", "julia")
    address = reverse("desk:person_bsn", args=[julia.pk])
    assert bsn not in client.get(address).content.decode()
    assert not Look.objects.filter(kind="desk.bsn_shown").exists()
    shown = client.post(address, {"do": "show"}).content.decode()
    assert bsn in shown
    assert "Basisregistratie Personen" in shown
    assert Look.objects.get(kind="desk.bsn_shown").object_id == str(julia.pk)
    typed = {"do": "record", "bsn": str(cast.person["anna"].bsn), "source": "register"}
    assert "al in gebruik" in client.post(address, typed | {"_version": julia.version}).content.decode()
    assert "Iemand anders wijzigde deze persoon" in client.post(address, typed | {"_version": 99}).content.decode()


def test_a_kept_sibling_is_no_candidate_to_take_part(cast, at):
    from tests.trust.test_two_worlds import add_shielded

    add_shielded(cast, at)
    actions.record_kinship(
        by=cast.principal("sanne"), at=at, person=cast.person["kiki"], other=cast.person["julia"],
        kind=KinshipKind.SIBLING,
    )  # fmt: skip
    for name, key in (("members", cast.case["de_boer"]), ("kin_new", cast.person["julia"])):
        assert "Kiki" not in sign_in("mark").get(reverse(f"desk:{name}", args=[key.pk])).content.decode()
    text = page(cast, "mark", "julia")
    assert "Kiki" not in text
    assert "Een deel is niet zichtbaar voor jou." in text
