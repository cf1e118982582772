"""The plan of a family: in its own words, agreed, looked back at; kept per child."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.errors import BadInput, Stale, Unwise
from rondom.core.keys import pseudonym
from rondom.dossiers.closing import open_matters
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Clock, Dossier
from rondom.plans import actions, extract, queries, rules
from rondom.plans.actions import Answers
from rondom.plans.enums import Answer, Doer, Gap, Outcome, PlanState
from rondom.plans.models import FamilyPlan, Goal, PlanVersion
from rondom.privacy.models import Relation
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
YES, PARTLY, NO = Answer.YES, Answer.PARTLY, Answer.NO


def begun(cast, at, case="smeets", who="joris"):
    by, me = cast.principal(who), cast.staff[who]
    plan = actions.begin(by=by, at=at, case=cast.case[case], begun_by=me, going_well="Timo bouwt hutten.")
    goal = actions.add_goal(
        by=by, at=at, plan=plan, text="Ik wil beter praten.", said_by="Timo", concerns=[cast.person["timo"]], kept_by=me
    )
    return by, me, plan, goal


def line(by, me, at, goal, doer=Doer.FAMILY):
    return actions.add_line(
        by=by, at=at, goal=goal, doer=doer, who="Inge", what="leest voor", due_on=clock.today(at), kept_by=me
    )


def whole(cast, at, *doers):
    by, me, plan, goal = begun(cast, at)
    for doer in doers or (Doer.FAMILY, Doer.NETWORK):
        line(by, me, at, goal, doer)
    first = clock.today(at) + dt.timedelta(days=30)
    actions.change(
        by=by, at=at, plan=plan, changes={"first_evaluation_on": first}, opened_version=plan.version, kept_by=me
    )
    return by, me, plan


def agree(by, me, plan, at, agreed, **more):
    return actions.agree(by=by, at=at, plan=plan, agreed=agreed, kept_by=me, opened_version=plan.version, **more)


def look_back(by, me, plan, at, answers, outcome, **more):
    later = at + dt.timedelta(days=20)
    return actions.evaluate(
        by=by, at=later, plan=plan, written_by=me, held_on=clock.today(later), answers=answers, outcome=outcome,
        goal_states={}, **more,
    )  # fmt: skip


def test_a_plan_without_what_goes_well_a_doer_or_a_day_is_not_kept(cast, at):
    by, me, plan, goal = begun(cast, at)
    with pytest.raises(BadInput):
        actions.begin(by=by, at=at, case=cast.case["smeets"], begun_by=me, going_well=" ")
    for who, due in (("", clock.today(at)), ("Inge", None)):
        with pytest.raises(BadInput):
            actions.add_line(by=by, at=at, goal=goal, doer=Doer.FAMILY, who=who, what="x", due_on=due, kept_by=me)
    with pytest.raises(BadInput):
        actions.add_goal(by=by, at=at, plan=plan, text="Iets", said_by="Timo", concerns=[], kept_by=me)


def test_a_second_plan_is_never_refused_but_says_why(cast, at):
    by, me, _plan, _goal = begun(cast, at)
    with pytest.raises(Unwise) as refused:
        actions.begin(by=by, at=at, case=cast.case["smeets"], begun_by=me, going_well="Alles.")
    assert refused.value.field == "second_because"
    second = actions.begin(
        by=by, at=at, case=cast.case["smeets"], begun_by=me, going_well="Alles.", second_because="Timo wil er zelf een."
    )
    assert second.second_because == "Timo wil er zelf een."


def test_a_concept_names_its_gaps_and_is_not_agreed_with_them(cast, at):
    by, me, plan, goal = begun(cast, at)
    assert queries.gaps_of(plan) == [Gap.LINE, Gap.NETWORK, Gap.FIRST_EVALUATION]
    with pytest.raises(BadInput) as refused:
        agree(by, me, plan, at, [cast.person["inge"]], no_network_because="x")
    assert "de datum van het eerste terugkijken" in str(refused.value)
    line(by, me, at, goal)
    assert queries.gaps_of(plan) == [Gap.NETWORK, Gap.FIRST_EVALUATION]


def test_without_network_or_agreement_asks_why_and_the_reason_stays(cast, at):
    by, me, plan = whole(cast, at, Doer.FAMILY)
    for more, field in (({}, "no_network_because"), ({"no_network_because": "Verhuisd."}, "without_agreement_because")):
        with pytest.raises(Unwise) as refused:
            agree(by, me, plan, at, [], **more)
        assert refused.value.field == field
    agree(by, me, plan, at, [], no_network_because="Verhuisd.", without_agreement_because="Moeder is opgenomen.")
    kept = FamilyPlan.objects.get(pk=plan.pk)
    assert (kept.no_network_because, kept.without_agreement_because) == ("Verhuisd.", "Moeder is opgenomen.")


def test_agreeing_starts_the_clock_and_keeps_the_first_version(cast, at):
    by, me, plan = whole(cast, at)
    agree(by, me, plan, at, [cast.person["inge"]])
    running = plan.evaluation_clock
    assert (running.due_on, running.rests_with) == (plan.first_evaluation_on, cast.staff["joris"])
    assert PlanVersion.objects.filter(plan=plan).count() == 2  # the head and one goal
    actions.add_goal(
        by=by, at=at, plan=plan, text="Zwemmen", said_by="Timo", concerns=[cast.person["timo"]], kept_by=me
    )
    newest = queries.versions_of(plan, by, at=at)[0]
    assert [text.splitlines()[0] for text in newest.texts][1:] == [
        "Ik wil beter praten. (gezegd door Timo)", "Zwemmen (gezegd door Timo)",
    ]  # fmt: skip


def test_two_savers_of_a_goal_the_second_is_told(cast, at):
    by, me, _plan, goal = begun(cast, at)
    same = Goal.objects.get(pk=goal.pk)
    for row, text in ((goal, "Ik wil duidelijk praten."),):
        actions.change_goal(
            by=by, at=at, goal=row, changes={"text": text}, concerns=[cast.person["timo"]], opened_version=1, kept_by=me
        )
    with pytest.raises(Stale):
        actions.change_goal(
            by=by, at=at, goal=same, changes={"text": "Anders"}, concerns=[cast.person["timo"]], opened_version=1,
            kept_by=me,
        )  # fmt: skip


# helped, content, alone, more problems -> what one would expect
EXPECTED = [
    (YES, YES, YES, False, {Outcome.OUT, Outcome.DOWN}),  # S02: on their own, or less help first
    (YES, YES, YES, True, {Outcome.UP}),  # D46: more problems
    (PARTLY, YES, YES, False, {Outcome.OUT, Outcome.DOWN}),
    (YES, NO, YES, False, {Outcome.CONTINUE, Outcome.ADAPT, Outcome.STRUCTURAL, Outcome.DOWN}),
    (YES, YES, NO, False, {Outcome.CONTINUE, Outcome.ADAPT, Outcome.STRUCTURAL, Outcome.DOWN}),  # D50: support stays
    (PARTLY, PARTLY, NO, False, {Outcome.CONTINUE, Outcome.ADAPT, Outcome.STRUCTURAL}),
    (NO, YES, YES, False, {Outcome.ADAPT, Outcome.UP}),  # D56: exactly two
]


@pytest.mark.parametrize(("helped", "content", "alone", "more", "expected"), EXPECTED)
def test_what_one_would_expect_after_the_questions(helped, content, alone, more, expected):
    assert rules.proposed(helped, content, alone, more_problems=more) == expected


@pytest.mark.parametrize(
    ("current", "outcome", "there"),
    [
        ("provider", "up", "support_team"), ("support_team", "up", "help_team"), ("help_team", "up", ""),
        ("help_team", "down", "support_team"), ("provider", "down", ""), ("", "up", "help_team"),
        ("provider", "continue", ""),
    ],
)  # fmt: skip
def test_one_step_up_or_down_the_ladder(current, outcome, there):
    assert rules.next_route(current, outcome) == there


def test_looking_back_and_going_on_alone_ends_the_plan_and_lets_the_case_close_quietly(cast, at):
    by, me, plan = whole(cast, at)
    agree(by, me, plan, at, [cast.person["inge"]])
    assert "Het plan is niet afgerond: kijk eerst samen terug." in open_matters(cast.case["smeets"], at=at)
    with pytest.raises(Unwise):
        look_back(by, me, plan, at, Answers(YES, YES, NO), Outcome.OUT)
    row = look_back(by, me, plan, at, Answers(YES, YES, YES), Outcome.OUT)
    plan.refresh_from_db()
    assert (plan.state, row.next_on, row.despite) == (PlanState.ENDED, None, "")
    assert Clock.objects.get(kind=actions.EVALUATION, subject=plan.pk).state == ClockState.MET
    assert not [said for said in open_matters(cast.case["smeets"], at=at) if "plan" in said]


def test_more_problems_go_to_the_next_team_with_the_same_plan(cast, at):
    case = cast.case["postma"]
    by, me = cast.principal("mark"), cast.staff["mark"]
    plan = queries.plan_in(case, by, at=at)
    assert queries.route_of(case) == "provider"
    more = {"next_on": clock.today(at) + dt.timedelta(days=60), "talk_on": clock.today(at) + dt.timedelta(days=25)}
    with pytest.raises(BadInput) as refused:
        look_back(by, me, plan, at, Answers(PARTLY, YES, NO, more_problems=True), Outcome.UP, next_on=more["next_on"])
    assert refused.value.field == "talk_on"
    look_back(by, me, plan, at, Answers(PARTLY, YES, NO, more_problems=True), Outcome.UP, **more)
    assert queries.route_of(case) == "support_team"
    assert queries.plan_in(case, by, at=at).pk == plan.pk
    talk = Clock.objects.get(kind=actions.TALK, case=case)
    assert (talk.due_on, talk.title) == (more["talk_on"], "Praten over meer hulp: naar het lokale team")


def test_a_goal_about_a_kept_child_is_kept_with_it_also_in_the_versions(cast, at):
    kept = cast.dossier["daan"]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(subject=kept.pk).update(ends_at=at)
    by, case = cast.principal("sanne"), cast.case["visser"]
    plan = queries.plan_in(case, by, at=at)
    assert [goal.said_by for goal in queries.goals_in(plan, by, at=at)] == ["Lot"]
    client = sign_in("sanne")
    for page in (reverse("plans:of_family", args=[case.pk]), reverse("plans:versions", args=[plan.pk])):
        shown = client.get(page).content.decode()
        assert "kwartier met mama" in shown and "aan tafel zitten" not in shown
    goal = Goal.objects.get(said_by="Daan")
    assert client.get(reverse("plans:goal_change", args=[goal.pk])).status_code == 404


def test_the_pages_from_the_first_word_to_agreed(cast):
    client, case = sign_in("sanne"), cast.case["yilmaz"]
    page = client.post(reverse("plans:begin", args=[case.pk]), {"going_well": "Esra belt zelf."})
    plan = FamilyPlan.objects.get(case=case)
    assert page.headers["Location"] == reverse("plans:goal_new", args=[plan.pk])
    esra = cast.person["esra"].pk
    said = {"text": "Ik wil een eigen plek.", "said_by": "Esra", "concerns": [esra]}
    page = client.post(reverse("plans:goal_new", args=[plan.pk]), said)
    goal = Goal.objects.get(plan=plan)
    assert page.headers["Location"] == reverse("plans:line_new", args=[goal.pk])
    client.post(reverse("plans:line_new", args=[goal.pk]), {
        "doer": "network", "who": "Mentor", "what": "denkt mee", "due_on": "morgen",
    })  # fmt: skip
    refused = client.post(reverse("plans:agree", args=[plan.pk]), {"agreed": [esra]}).content.decode()
    assert "Er ontbreekt: de datum van het eerste terugkijken." in refused
    client.post(
        reverse("plans:change", args=[plan.pk]), {"going_well": "Esra belt zelf.", "first_evaluation_on": "3-3-2027"}
    )
    assert client.post(reverse("plans:agree", args=[plan.pk]), {"agreed": [esra]}).status_code == 302
    shown = client.get(reverse("plans:of_family", args=[case.pk])).content.decode()
    assert "Ik wil een eigen plek." in shown and "afgesproken" in shown


def test_the_facts_agree_with_a_hand_count_on_the_cast(cast):
    facts = {f.case_key: f for f in extract.plans()}
    counted = {
        name: (f.state, f.goals, f.lines, f.network_lines, f.with_agreement)
        for name in ("postma", "visser", "de_boer")
        if (f := facts[pseudonym("case", cast.case[name].pk)])
    }
    assert counted == {
        "postma": ("agreed", 2, 3, 1, True), "visser": ("agreed", 2, 4, 1, True), "de_boer": ("agreed", 1, 2, 1, True),
    }  # fmt: skip
    assert len(facts) == 3 and list(extract.evaluations()) == []
