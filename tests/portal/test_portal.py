"""What a parent, an ex-partner and a young person see: what their relation gives; nothing hidden is announced."""

import datetime as dt
import re

import pytest
from django.test import Client

from rondom.accounts.models import Account
from rondom.core import clock
from rondom.core.declarations import field_privacy, our_models
from rondom.core.errors import NotFound
from rondom.core.models import Look
from rondom.core.principals import machine
from rondom.dossiers.actions import Invited, plan_meeting, write_note
from rondom.dossiers.enums import Channel, MeetingGround, ReadableBy
from rondom.dossiers.opening import open_dossier
from rondom.people.models import Address
from rondom.portal.kept import PERIODS, PURPOSES
from rondom.privacy.actions import relate
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Consent, Relation

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def family(cast):
    """The relations of residents of the cast, as authority and age give them."""
    for holder, child, kind in (
        ("mirjam", "lot", RelationKind.AUTHORITY),
        ("mirjam", "sem", RelationKind.AUTHORITY),
        ("mirjam", "noor", RelationKind.AUTHORITY),
        ("peter", "lot", RelationKind.AUTHORITY),
        ("esra", "esra", RelationKind.SELF),
        ("daan", "daan", RelationKind.SELF),
    ):
        subject = {"subject_kind": SubjectKind.DOSSIER, "subject": cast.dossier[child].pk}
        principal = cast.person[holder].pk
        if not Relation.objects.filter(**subject, principal=principal, kind=kind).exists():
            relate(
                by=machine("test"), at=cast.began, principal=principal, kind=kind, ground="authority",
                municipality="GM0303", **subject,
            )  # fmt: skip
    return cast


def resident(name):
    client = Client()
    client.force_login(Account.objects.get(username=name))
    return client


def page(name, path="/mijn/"):
    response = resident(name).get(path)
    return response.status_code, re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def address_of(cast, child, part=""):
    return f"/mijn/dossier/{cast.dossier[child].pk}/{part}"


def note(cast, text, *children, readable_by=ReadableBy.FAMILY, **more):
    return write_note(
        by=cast.principal("sanne"), at=cast.at, case=cast.case["visser"], author=cast.staff["sanne"], text=text,
        concerns=[cast.person[c] for c in children], channel=Channel.PHONE,
        happened_at=cast.at - dt.timedelta(days=3), readable_by=readable_by, **more,
    )  # fmt: skip


def test_a_parent_sees_the_children_over_whom_she_has_authority_and_whom_to_call(family):
    status, html = page("mirjam")
    assert status == 200
    for name in ("Lot", "Sem", "Noor"):
        assert f">{name}<" in html
    assert "Daan" not in html  # 16: his own page
    assert "Sanne Bakker" in html
    assert family.staff["sanne"].phone in html
    assert "Team Oost" not in html


def test_an_ex_partner_with_authority_sees_his_child_only(family):
    _status, html = page("peter")
    assert ">Lot<" in html
    assert not [name for name in ("Sem", "Noor", "Finn", "Mirjam", "Daan") if name in html]
    for child in ("sem", "noor", "finn", "daan"):
        assert page("peter", address_of(family, child))[0] == 404


def test_a_parent_without_authority_sees_no_dossier(family):
    status, html = page("karim")
    assert status == 200
    assert "Er staat hier niets dat u kunt lezen." in html
    assert not [name for name in ("Sem", "Noor", "Lot", "Mirjam") if name in html]
    for child in ("sem", "noor"):
        assert page("karim", address_of(family, child))[0] == 404
    look = Look.objects.filter(result="denied").latest("number")
    assert look.actor == family.person["karim"].pk


def test_from_sixteen_the_young_person_sees_the_own_file_and_the_parent_does_not(family):
    status, html = page("esra", address_of(family, "esra"))
    assert status == 200
    assert "Over jou" in html
    assert "Er staat hier niets dat u kunt lezen." in page("emine")[1]
    assert page("emine", address_of(family, "esra"))[0] == 404


def test_what_is_not_theirs_and_what_does_not_exist_are_the_same_page(family):
    unknown = page("karim", "/mijn/dossier/00000000-0000-7000-8000-000000000000/")
    assert page("karim", address_of(family, "sem")) == unknown


def test_a_note_is_shown_only_when_everybody_in_it_is_in_sight(family):
    note(family, "Lot gaat graag naar zwemmen", "lot")
    note(family, "Lot en Sem slapen slecht", "lot", "sem")
    note(family, "Overleg in het team", "lot", readable_by=ReadableBy.TEAM)
    note(family, "Buurvrouw belde", "lot", reporter="Gerda van hiernaast")
    mother = page("mirjam", address_of(family, "lot"))[1]
    father = page("peter", address_of(family, "lot"))[1]
    assert "zwemmen" in mother
    assert "slapen slecht" in mother
    assert "zwemmen" in father
    assert "slapen slecht" not in father
    assert "Sem" not in father
    for html in (mother, father):
        assert "Overleg in het team" not in html
        assert "Gerda" not in html


def test_who_gains_authority_reads_nothing_older(family):
    write_note(
        by=family.principal("sanne"), at=family.at, case=family.case["visser"], author=family.staff["sanne"],
        text="Van voor zijn tijd", concerns=[family.person["lot"]], channel=Channel.PHONE,
        happened_at=family.at - dt.timedelta(days=30),
    )  # fmt: skip
    family.person["lot"].authority.filter(holder=family.person["peter"]).update(
        starts=clock.today(family.at) - dt.timedelta(days=5)
    )
    assert "Van voor zijn tijd" not in page("peter", address_of(family, "lot"))[1]
    assert "Van voor zijn tijd" in page("mirjam", address_of(family, "lot"))[1]


def plan(cast, case, place, *persons):
    guests = [Invited(person=cast.person[p], ground=MeetingGround.CONCERNED) for p in persons]
    return plan_meeting(
        by=cast.principal("sanne"), at=cast.at, case=cast.case[case], planned_at=cast.at + dt.timedelta(minutes=5),
        purpose="Samen kijken hoe het gaat", place=place, invited=guests,
    )  # fmt: skip


def test_a_meeting_is_shown_to_who_is_invited_without_a_place_that_points_to_an_address(family):
    plan(family, "visser", "Buurthuis De Zilvermeeuw", "mirjam")
    assert "Samen kijken" in page("mirjam")[1]
    assert "Zilvermeeuw" not in page("mirjam")[1]
    assert "Samen kijken" not in page("peter", address_of(family, "lot"))[1]
    plan(family, "yilmaz", "Jongerencentrum", "esra")
    assert "Jongerencentrum" in page("esra")[1]


def test_who_looked_tells_role_and_reason_refusals_too_and_no_name(family):
    open_dossier(family.principal("sanne"), family.dossier["lot"].pk, at=family.at, page="desk.family_shown")
    with pytest.raises(NotFound):
        open_dossier(family.principal("karin"), family.dossier["lot"].pk, at=family.at, page="desk.family_shown")
    status, html = page("mirjam", address_of(family, "lot", "wie-keek/"))
    assert status == 200
    assert "Een jeugd- en gezinswerker van het lokale team" in html
    assert "werkt met dit gezin" in html
    assert "geweigerd" in html
    assert not [
        n for n in ("Sanne", "Karin", "Noordoostpolder", "Team Oost", "Stichting") if n in html.split("Vraag het")[0]
    ]
    assert re.search(r"\b10[.:]30\b", html) is None


def test_looks_of_another_parent_are_not_told(family):
    page("mirjam", address_of(family, "lot"))
    html = page("peter", address_of(family, "lot", "wie-keek/"))[1]
    assert "inwoner" not in html
    assert "Er heeft nog niemand gekeken" in html


PAGES = ("/mijn/", "/mijn/gegevens/")


def everything(cast, name):
    dossiers = [cast.dossier[c] for c in ("lot", "sem", "daan", "finn")]
    parts = [f"/mijn/dossier/{d.pk}/{part}" for d in dossiers for part in ("", "wie-keek/")]
    return [page(name, path) for path in (*PAGES, *parts)]


@pytest.mark.parametrize("name", ["peter", "karim", "emine"])
def test_another_secret_address_gives_the_same_bytes(family, name):
    note(family, "Lot gaat graag naar zwemmen", "lot")
    plan(family, "visser", "Buurthuis De Zilvermeeuw", "peter")
    first = everything(family, name)
    for row in Address.objects.filter(secret=True):
        row.lines, row.place_municipality, row.district = "Elders 1\n9999 ZZ Elders", "GM0171", "WK017100"
        row.save()
    assert everything(family, name) == first
    assert not [html for _status, html in first if "Zilvermeeuw" in html or "WK0303" in html]


def test_the_confidential_adviser_is_on_every_page(family):
    for path in (*PAGES, address_of(family, "lot"), address_of(family, "lot", "wie-keek/")):
        assert "Jeugdstem" in page("mirjam", path)[1]


def test_opening_a_file_is_a_look_of_the_resident(family):
    page("mirjam", address_of(family, "lot"))
    look = Look.objects.latest("number")
    assert (look.kind, look.actor_kind, look.result) == ("portal.dossier_shown", "resident", "done")


@pytest.mark.parametrize("path", ["/mijn/", "/mijn/gegevens/"])
def test_staff_have_no_portal_and_residents_no_desk(family, client, path):
    client.force_login(Account.objects.get(username="sanne"))
    assert client.get(path).status_code == 404
    assert resident("mirjam").get("/beheer/").status_code == 404
    assert resident("mirjam").get("/account/").status_code == 404
    assert resident("mirjam").get("/aanmelden/tweede-stap/").status_code == 404


def test_every_purpose_and_period_of_our_models_is_said_in_plain_words():
    answers = [a for model in our_models() for a in field_privacy(model) if a.privacy_class != "open"]
    assert {a.purpose for a in answers} <= set(PURPOSES)
    assert {a.retention for a in answers} <= set(PERIODS)


def test_a_session_of_a_resident_that_rested_is_over_after_a_quarter(family):
    client = resident("mirjam")
    with clock.standing_at(family.at):
        assert client.get("/mijn/").status_code == 200
    with clock.standing_at(family.at + dt.timedelta(minutes=16)):
        assert client.get("/mijn/").status_code == 302


def test_a_parent_and_a_young_person_see_and_take_back_what_they_agreed_themselves(family):
    status, html = page("mirjam", "/mijn/toestemming/")
    assert status == 200
    assert "Juf Anja" in html
    assert "Juf Anja" not in page("peter", "/mijn/toestemming/")[1]
    assert "Haar mentor op school" in page("esra", "/mijn/toestemming/")[1]
    row = Consent.objects.get(parties__startswith="Juf Anja")
    path = f"/mijn/toestemming/{row.pk}/intrekken/"
    assert page("peter", path)[0] == page("esra", path)[0] == 404
    assert resident("peter").post(path).status_code == 404
    assert resident("mirjam").post(path).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert "ingetrokken op" in page("mirjam", "/mijn/toestemming/")[1]
