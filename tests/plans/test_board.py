"""The plan board counts what each plan waits for; of families that are not open it says how many, never what."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.periods import moment_filter
from rondom.dossiers.models import Dossier
from rondom.plans.board import narrowed, plans_on_board
from rondom.plans.enums import Doer
from rondom.plans.models import FamilyPlan
from rondom.privacy.enums import Sight
from rondom.privacy.models import Relation
from tests.plans.test_plans import agree, begun, line, whole
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def on_board(cast, at, plan, who="joris", **sight):
    return plans_on_board(cast.principal(who), at=at, **sight).get(pk=plan.pk)


def test_it_counts_goals_without_network_or_action_and_actions_that_are_late(cast, at):
    by, me, plan, goal = begun(cast, at)
    row = on_board(cast, at, plan)
    assert (row.goal_count, row.without_line, row.without_network, row.late_lines) == (1, 1, 1, 0)
    line(by, me, at, goal)
    tomorrow = at + dt.timedelta(days=1)
    row = on_board(cast, tomorrow, plan)
    assert (row.without_line, row.without_network, row.late_lines) == (0, 1, 1)
    line(by, me, at, goal, Doer.NETWORK)
    assert on_board(cast, tomorrow, plan).without_network == 0


def test_looking_back_is_late_from_the_day_after(cast, at):
    by, me, plan = whole(cast, at)
    agree(by, me, plan, at, [cast.person["timo"]])
    first = clock.today(at) + dt.timedelta(days=30)
    on_time, late = (dt.datetime.combine(first + dt.timedelta(days=n), dt.time(12), dt.UTC) for n in (0, 1))
    assert [on_board(cast, moment, plan).is_late for moment in (on_time, late)] == [False, True]
    codes = ["te-laat"]
    assert plan in narrowed(plans_on_board(by, at=late), codes, by, late)


def test_a_goal_about_a_kept_child_counts_nowhere(cast, at):
    plan, sanne = FamilyPlan.objects.get(case=cast.case["visser"]), "sanne"
    before = on_board(cast, at, plan, sanne).goal_count
    kept = cast.dossier["daan"]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(moment_filter(at), subject=kept.pk).update(ends_at=at)
    about_daan = plan.goals.filter(concerns=cast.person["daan"]).count()
    assert about_daan and on_board(cast, at, plan, sanne).goal_count == before - about_daan


def test_a_colleague_sees_own_plans_and_who_directs_the_team_counts_of_the_rest(cast, at):
    plan = FamilyPlan.objects.get(case=cast.case["visser"])
    mark, els = cast.principal("mark"), cast.principal("els")
    assert not plans_on_board(mark, at=at).filter(pk=plan.pk).exists()
    assert not plans_on_board(els, at=at).filter(pk=plan.pk).exists()
    assert on_board(cast, at, plan, "els", sight=Sight.ROW).goal_count
    page = sign_in("els").get(reverse("plans:board"), {"filter": "team"}).content.decode()
    assert "Daan (16)" in page and reverse("desk:state_ground", args=[plan.case_id]) in page
    assert reverse("plans:plan", args=[plan.pk]) not in page
    for goal in plan.goals.all():
        assert goal.text not in page
    sneaky = sign_in("mark").get(reverse("plans:board"), {"filter": "team"}).content.decode()
    assert "Daan (16)" not in sneaky  # a colleague who directs nobody: the word in the address gives nothing


def test_it_opens_with_ones_own_plans_and_for_who_directs_without_any_with_those_of_the_team(cast):
    called = "Daan (16)"
    assert called in sign_in("yasmin").get(reverse("plans:board")).content.decode()
    assert called not in sign_in("yasmin").get(reverse("plans:board"), {"filter": "van-mij"}).content.decode()
    assert called not in sign_in("mark").get(reverse("plans:board")).content.decode()


def test_the_step_on_a_row_is_the_act_that_helps_on(cast, at):
    _by, _me, plan, _goal = begun(cast, at)
    text = sign_in("joris").get(reverse("plans:board")).content.decode()
    assert "Vul het plan aan" in text and reverse("plans:plan", args=[plan.pk]) in text
