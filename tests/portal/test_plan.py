"""The plan on the page of a parent and a young person: what concerns them, and no sign of what is kept."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.models import Look
from rondom.core.principals import machine
from rondom.dossiers import actions as dossiers
from rondom.people.models import Address, Authority
from rondom.plans import actions, resident
from rondom.plans.enums import Goes
from rondom.plans.models import FamilyPlan, Finding, PlanSignature
from tests.trust.walking import ask, principal, sign_in, undone

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def visser(cast):
    return FamilyPlan.objects.get(case=cast.case["visser"])


def pages(cast, name):
    plan = visser(cast)
    client = sign_in(name)
    paths = [
        reverse("portal:home"), reverse("portal:plan", args=[plan.pk]), reverse("portal:plan_sign", args=[plan.pk]),
        reverse("portal:dossier", args=[cast.dossier["lot"].pk]),
    ]  # fmt: skip
    return [(answer.status, answer.headers, answer.body) for path in paths for answer in [ask(client, "GET", path)]]


def words(cast, name):
    return pages(cast, name)[1][2].decode()


def test_each_reads_the_parts_in_which_everybody_is_in_sight(cast):
    mother, father = words(cast, "mirjam"), words(cast, "peter")
    assert "kwartier met mama" in mother and "Rekenen vind ik" in mother
    assert "Rekenen vind ik" in father and "kwartier met mama" not in father  # that one is about Mirjam too
    for text in (mother, father):  # Daan is 16: his part is his own
        assert "aan tafel" not in text and "Ik kook op maandag" not in text
    assert visser(cast).going_well not in mother


def test_the_pages_of_a_father_have_no_byte_of_what_is_kept_from_him(cast, at):
    dossiers.touch(cast.case["visser"], clock.today(at))  # every change in a case moves until when a dossier is kept
    with undone("default", "looks"):
        here = pages(cast, "peter")
    with undone("default", "looks"):
        change_all_that_is_kept(cast, at)
        assert pages(cast, "peter") == here
    assert "Lezen en tekenen" in here[1][2].decode()


def change_all_that_is_kept(cast, at):
    """Another secret address, a shielded child, goals of others, a guardian, a signature of the mother, a new head."""
    Address.objects.filter(person=cast.person["mirjam"]).update(district="WK030304")
    plan, by, me = visser(cast), cast.principal("sanne"), cast.staff["sanne"]
    mother = principal("mirjam", at)
    actions.answer_signature(
        by=mother, at=at, plan=plan, signs=True, digest=resident.part_for(mother, plan, at=at).digest
    )
    for about in (["sem"], ["noor", "mirjam"], ["mirjam"], ["daan"], ["lot", "mirjam"], ["lot", "sem"]):
        actions.add_goal(
            by=by, at=at, plan=plan, text="Iets van een ander.", said_by="Karim", kept_by=me,
            concerns=[cast.person[name] for name in about],
        )  # fmt: skip
    actions.tell_finding(
        by=by, at=at, plan=plan, goes=Goes.WELL, text="Sem lacht.", said_by="Karim", concerns=[cast.person["sem"]],
        written_by=me,
    )  # fmt: skip
    actions.name_guardian(by=by, at=at, plan=plan, because="Moeder is ziek.", outside="Tante", kept_by=me)
    actions.change(by=by, at=at, plan=plan, changes={"going_well": "Anders."}, opened_version=plan.version, kept_by=me)
    dossier = cast.dossier["roos"]
    assert dossier.shielded
    dossiers.add_dossier(by=machine("demo", "GM0303"), at=at, case=cast.case["visser"], dossier=dossier)


def test_a_plan_without_a_part_for_them_is_a_page_that_does_not_exist(cast, at):
    plan = visser(cast)
    Finding.objects.filter(plan=plan, concerns=cast.person["lot"]).update(created_at=at - dt.timedelta(days=1000))
    client = sign_in("peter")
    path = reverse("portal:plan", args=[plan.pk])
    assert client.get(path).status_code == 200
    Authority.objects.filter(child=cast.person["lot"], holder=cast.person["peter"]).update(
        starts=clock.today(at) - dt.timedelta(days=3)
    )
    unknown = client.get(reverse("portal:plan", args=["00000000-0000-7000-8000-000000000000"])).content
    gone = client.get(path)
    assert (gone.status_code, gone.content) == (404, unknown)  # nothing younger than his authority is about Lot
    assert b"Het plan bekijken" not in client.get(reverse("portal:home")).content
    assert Look.objects.filter(kind="portal.plan_shown", result="denied").exists()


def test_who_is_not_of_the_family_gets_the_page_that_does_not_exist(cast):
    for name in ("karim", "esra", "emine"):
        assert sign_in(name).get(reverse("portal:plan", args=[visser(cast).pk])).status_code == 404


def test_a_mother_signs_on_her_own_device(cast):
    plan, client = visser(cast), sign_in("mirjam")
    assert "Het plan wacht op een handtekening." in client.get(reverse("portal:home")).content.decode()
    path = reverse("portal:plan_sign", args=[plan.pk])
    page = client.get(path)
    digest = page.context["form"]["digest"].value()
    refused = client.post(path, {"do": "decline", "digest": digest}).content.decode()
    assert "Schrijf wat er niet klopt in het plan." in refused
    assert client.post(path, {"do": "sign", "digest": digest}).status_code == 302
    row = PlanSignature.objects.get(person=cast.person["mirjam"])
    assert (row.state, row.assurance) == ("signed", "substantial")
    assert "Er valt nu niets te tekenen." in client.get(path).content.decode()
    staff = sign_in("sanne").get(reverse("plans:plan", args=[plan.pk])).content.decode()
    assert "Mirjam Visser: getekend op" in staff


def test_a_plan_that_changed_while_reading_is_read_again(cast, at):
    plan, client = visser(cast), sign_in("mirjam")
    path = reverse("portal:plan_sign", args=[plan.pk])
    digest = client.get(path).context["form"]["digest"].value()
    actions.tell_finding(
        by=cast.principal("sanne"), at=at, plan=plan, goes=Goes.WELL, text="Lot fietst.", said_by="Lot",
        concerns=[cast.person["lot"]], written_by=cast.staff["sanne"],
    )  # fmt: skip
    again = client.post(path, {"do": "sign", "digest": digest})
    assert "Het plan is veranderd terwijl" in again.content.decode()
    assert again.context["form"]["digest"].value() != digest
    assert not PlanSignature.objects.filter(plan=plan, state="signed").exists()


def test_a_youth_of_sixteen_writes_about_herself(cast):
    client = sign_in("esra")
    path = reverse("portal:write", args=[cast.dossier["esra"].pk])
    assert "about" not in client.get(path).context["form"].fields
    answer = client.post(path, {"kind": "goal", "text": "Ik wil op mezelf wonen.", "do": "share"})
    assert answer.status_code == 302
    assert "Ik wil op mezelf wonen." in client.get(answer.headers["Location"]).content.decode()
