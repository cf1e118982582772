"""What each way in opens and what it does not: the table, a handover by Veilig Thuis, the team that is proposed."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core.errors import BadInput, Unwise
from rondom.dossiers.enums import CaseRoleKind, DossierGround
from rondom.dossiers.models import Dossier
from rondom.dossiers.queries import roles_in
from rondom.entry import actions
from rondom.entry.actions import Named, Reporter
from rondom.entry.enums import AskerKind, Channel, Part, ReferrerKind, ReporterKind
from rondom.entry.models import AdviceCount, Concern
from rondom.entry.ways import REFERRERS, REPORTERS, Opens, every_way
from rondom.law.procedure import ROUTES, Route
from tests.entry.test_concerns import UNKNOWN, hand_out, receive
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_every_way_in_says_what_opens_what_they_hear_and_on_which_source():
    assert {*REPORTERS} == set(ReporterKind.values) and {*REFERRERS} == set(ReferrerKind.values)
    assert all(way.source and str(way.hears) for way in every_way())
    assert {kind for kind, way in REPORTERS.items() if way.opens == Opens.AT_ONCE} == {"veilig_thuis"}
    assert {kind for kind, way in REPORTERS.items() if not way.talked} == {"parent", "youth", "veilig_thuis"}
    assert {way.opens for way in REFERRERS.values()} == {Opens.REGISTRATION}


def test_who_opens_help_past_us_is_who_the_law_says():
    routes = {kind: ROUTES[kind] for kind in ReferrerKind.values}
    assert {kind for kind, route in routes.items() if route == Route.MEDICAL} == ReferrerKind.doctors()
    assert routes["certified_institution"] == Route.INSTITUTION and routes["judge"] == Route.JUSTICE


def test_a_handover_by_veilig_thuis_opens_at_once_with_sight_on_safety_and_cannot_end_in_advice(cast, at):
    row = actions.receive(
        by=cast.principal("yasmin"), at=at, entered_by=cast.staff["yasmin"], channel=Channel.PHONE,
        worry="Geweld thuis.", reporter=Reporter(ReporterKind.VEILIG_THUIS, "Bianca"),
        persons=[Named(Part.CHILD, "Pim van der Laan")],
    )  # fmt: skip
    assert row.due_at == dt.datetime(2026, 11, 24, 23, tzinfo=dt.UTC)  # today
    with pytest.raises(BadInput):
        actions.advise(
            by=cast.principal("yasmin"), at=at, concern=row, decided_by=cast.staff["yasmin"], advice="Bel oma."
        )
    case = hand_out(cast, at, row)
    [link] = case.dossier_links.all()
    assert link.dossier.ground == DossierGround.VT_HANDOVER
    held = {role.kind: role.staff for role in roles_in(case, at=at)}
    assert held[CaseRoleKind.SIGHT_ON_SAFETY] == cast.staff["yasmin"]  # until Mark accepts


def test_who_writes_a_handover_down_goes_on_to_open_the_dossier(cast):
    typed = {
        "child_1": "Jip Vos", "reporter_name": "Bianca", "reporter_kind": "veilig_thuis", "channel": "phone",
        "worry": "Geweld thuis.",
    }  # fmt: skip
    answer = sign_in("yasmin").post(reverse("entry:new"), typed)
    row = Concern.objects.get(persons__name="Jip Vos")
    assert answer["Location"] == reverse("entry:hand_out", args=[row.pk])
    page = sign_in("yasmin").get(reverse("entry:concern", args=[row.pk])).content.decode()
    assert "Veilig Thuis draagt dit gezin over" in page and "Advies is genoeg" not in page


def test_s01_a_mail_that_ends_with_advice_is_counted_once_in_its_channel(cast, at):
    """Scenario S01: no dossier, no plan, counted once; the browser test walks it."""
    row = Concern.objects.get(persons__name="Teun Vink")
    mailed = AdviceCount.objects.filter(channel=Channel.MAIL, asker=AskerKind.PARENT)
    before, dossiers = (AdviceCount.objects.count(), mailed.count()), Dossier.objects.count()
    actions.advise(
        by=cast.principal("yasmin"), at=at, concern=row, decided_by=cast.staff["yasmin"],
        advice="Geen gameverslaving; spreek schermtijd af.",
    )  # fmt: skip
    assert (AdviceCount.objects.count(), mailed.count()) == (before[0] + 1, before[1] + 1)
    assert Dossier.objects.count() == dossiers


@pytest.mark.parametrize(
    ("answers", "team"),
    [
        ({"school": "wilgen", "age": 8, "area": "west"}, "Team Oost"),
        ({"school": "unknown", "age": 8, "area": "west"}, "Team West"),
        ({"school": "unknown", "age": 17, "area": "unknown"}, "Team West"),
        (UNKNOWN, "Team Oost"),
    ],
)
def test_a_team_is_proposed_by_school_age_and_area_and_another_one_asks_why(cast, at, answers, team):
    row = receive(cast, at)
    other = team != "Team Oost"  # hand_out gives it to Mark of Team Oost
    if other:
        with pytest.raises(Unwise) as refused:
            hand_out(cast, at, row, team_answers=answers)
        assert refused.value.field == "team_because" and team in str(refused.value)
    hand_out(cast, at, row, team_answers=answers, team_because="Mark kent de school.")
    assert (row.team_proposal.proposed, row.team_proposal.because) == (team, "Mark kent de school." if other else "")


def test_the_form_fills_in_what_the_worry_already_says(cast, at):
    row = receive(cast, at, persons=[Named(Part.CHILD, "Pim van der Laan", cast.year(8))])
    page = sign_in("yasmin").get(reverse("entry:hand_out", args=[row.pk])).content.decode()
    assert "Het hulpmiddel stelt Team Oost voor." in page and 'value="8"' in page


def test_a_missing_answer_of_the_table_is_asked_and_nothing_opens(cast, at):
    row, before = receive(cast, at), Dossier.objects.count()
    with pytest.raises(BadInput) as refused:
        hand_out(cast, at, row, team_answers={"school": "unknown", "age": 8})
    assert refused.value.field == "area" and Dossier.objects.count() == before


def test_the_page_of_a_worry_names_the_contact_person_of_the_school(cast):
    row = Concern.objects.get(case=cast.case["visser"])
    page = sign_in("sanne").get(reverse("entry:concern", args=[row.pk])).content.decode()
    assert "Contactpersoon voor deze plek: Sanne Bakker." in page


def test_the_child_of_a_registration_is_offered_as_itself_never_as_a_new_person(cast):
    row = Concern.objects.get(registration__isnull=False)
    page = sign_in("yasmin").get(reverse("entry:hand_out", args=[row.pk])).content.decode()
    assert "nieuwe persoon" not in page and "Nina Meijer" in page
