"""Safety: asked until it is done, judged per child, kept by agreements; sight is never empty; no quiet closing."""

import datetime as dt

import pytest

from rondom.core import clock
from rondom.core.errors import BadInput, Unwise, VoidByLaw
from rondom.core.keys import pseudonym
from rondom.dossiers import actions as dossiers
from rondom.dossiers.closing import open_matters, what_bars
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Clock, Dossier, RoleHandover
from rondom.dossiers.queries import role_for
from rondom.dossiers.timeline import entries
from rondom.entry import actions as entry
from rondom.entry.actions import Known, Named, Reporter
from rondom.entry.enums import Channel, Part, ReporterKind
from rondom.plans import actions as plans
from rondom.plans.actions import Answers
from rondom.plans.enums import Answer
from rondom.plans.enums import Outcome as Ends
from rondom.privacy.models import Relation
from rondom.safety import actions, extract, queries, rules
from rondom.safety.actions import Judged
from rondom.safety.enums import ConditionState, Met, Occasion, Outcome, Outside, Risk
from rondom.safety.models import ChildJudgement, ConditionConcern, SafetyAssessment, SafetyCondition

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
SAFE, CONDITIONS, UNSAFE, UNKNOWN = Outcome.SAFE, Outcome.CONDITIONS, Outcome.UNSAFE, Outcome.UNKNOWN
SIGHT = CaseRoleKind.SIGHT_ON_SAFETY
DAY = dt.timedelta(days=1)


def one(cast, child, outcome, **more):
    said = {"met": Met.ALONE, "said_by": "zelf gezien", "worries": "" if outcome == SAFE else "Er was ruzie."}
    return Judged(child=cast.person[child], outcome=outcome, **{**said, **more})


def assess(cast, at, case, outcomes, who="mark", **more):
    """Assess the safety in a case; `outcomes` per child of the cast."""
    by = cast.principal(who, at)
    later = None if set(outcomes.values()) == {SAFE} else clock.today(at) + 7 * DAY
    said = {
        "occasion": Occasion.AGAIN, "held_on": clock.today(at), "parents_spoken": "moeder", "next_on": later,
        "judged": [one(cast, child, outcome) for child, outcome in outcomes.items()],
    }  # fmt: skip
    return actions.assess(by=by, at=at, case=cast.case[case], written_by=cast.staff[who], **{**said, **more})


def agree(cast, at, case="de_boer", child="julia", by_whom="mark", **more):
    said = {
        "who": "Thijs", "what": "belt voor hij komt", "checked_by": "Anna", "check_on": clock.today(at) + 2 * DAY,
        "concerns": [cast.person[child]],
    }  # fmt: skip
    by, me = cast.principal(by_whom, at), cast.staff[by_whom]
    return actions.agree_condition(by=by, at=at, case=cast.case[case], written_by=me, **{**said, **more})


def running(case, *kinds):
    return Clock.objects.filter(case=case, kind__in=kinds, state__in=ClockState.open_states())


def close(cast, at, case="de_boer", who="mark"):
    return dossiers.close_case(by=cast.principal(who, at), at=at, case=cast.case[case], reason="klaar", despite="klaar")


# What follows


@pytest.mark.parametrize(
    ("outcome", "broken", "risk"),
    [
        (SAFE, [], None), ("", [], None), (UNKNOWN, [], Risk.UNKNOWN), (CONDITIONS, [], Risk.CONDITIONS),
        (UNSAFE, [], Risk.UNSAFE), (UNSAFE, [1], Risk.UNSAFE), (SAFE, [1], Risk.BROKEN), (CONDITIONS, [1], Risk.BROKEN),
        (SAFE, [-1], None), ("", [-1], Risk.BROKEN), (UNKNOWN, [1], Risk.BROKEN),
    ],
)  # fmt: skip
def test_the_risk_follows_from_the_last_outcome_and_the_agreements(at, outcome, broken, risk):
    judged_at = at if outcome else None
    assert rules.risk_of(outcome, judged_at, [at + days * DAY for days in broken]) == risk


# Asked until it is done


def test_a_case_that_begins_asks_for_an_assessment_within_the_days_of_this_place(cast, at):
    by, fatima = cast.principal("fatima"), cast.staff["fatima"]
    case = dossiers.take_on(by=by, at=at, team=cast.team["west"], youths=[cast.person["julia"]], coordinator=fatima)
    [asked] = queries.asked_in(case)
    assert (asked.kind, asked.rests_with, asked.due_on) == ("safety.start", fatima, clock.today(at) + 5 * DAY)
    assert asked.explanation["article"] == "Werkafspraak van de teams"
    assert "Van 1 kind is niet bekend of het veilig is." in open_matters(case, at=at)
    cast.case["new"] = case
    row = assess(cast, at, "new", {"julia": SAFE}, who="fatima", occasion=Occasion.START)
    assert queries.asked_in(case) == []
    assert row.instrument == "Werkblad veiligheid"
    assert not [said for said in open_matters(case, at=at) if "veilig" in said]


def test_looking_back_asks_for_it_once_and_not_when_it_was_just_done(cast, at):
    later, by, me, plan = ready_to_look_back(cast, at)
    look_back(later, by, me, plan)
    assert [row.kind for row in queries.asked_in(plan.case)] == ["safety.evaluation"]
    assess(cast, later, "de_boer", {"julia": SAFE}, occasion=Occasion.EVALUATION)
    look_back(later, by, me, plan)
    assert queries.asked_in(plan.case) == []


def ready_to_look_back(cast, at):
    by, me = cast.principal("mark", at), cast.staff["mark"]
    return at, by, me, cast.case["de_boer"].plans.get()


def look_back(at, by, me, plan):
    plans.evaluate(
        by=by, at=at, plan=plan, written_by=me, held_on=clock.today(at), goal_states={}, outcome=Ends.CONTINUE,
        answers=Answers(Answer.YES, Answer.YES, Answer.NO), next_on=clock.today(at) + 30 * DAY,
    )  # fmt: skip


def test_a_worry_that_says_danger_asks_for_it_today(cast, at):
    by, me = cast.principal("yasmin"), cast.staff["yasmin"]
    row = entry.receive(
        by=by, at=at, entered_by=me, channel=Channel.PHONE, worry="Een kind is alleen thuis.", danger_now=True,
        reporter=Reporter(ReporterKind.HOUSING, "Wijkbeheerder"), persons=[Named(Part.CHILD, "Isa Dekker")],
        not_talked_because="Moeder doet niet open.",
    )  # fmt: skip
    entry.judge(
        by=by, at=at, concern=row, made_by=me,
        answers={"problems": "one", "help": "one_form", "parents": "able", "safety_signal": True},
    )  # fmt: skip
    people = [Known(person) for person in row.persons.all()]
    case = entry.hand_out(
        by=by, at=at, concern=row, decided_by=me, team=cast.team["oost"], to=me, people_=people,
        first_contact_by=clock.today(at), team_answers={"school": "unknown", "age": 1, "area": "unknown"},
    )  # fmt: skip
    [asked] = queries.asked_in(case)
    assert (asked.kind, asked.due_on) == ("safety.signal", clock.today(at))


def test_what_is_asked_for_an_earlier_day_takes_the_place_of_a_later_one(cast, at):
    case, by, day = cast.case["de_boer"], cast.principal("mark"), clock.today(at)
    for ahead, kinds in ((5, ["safety.again"]), (2, ["safety.signal"]), (9, ["safety.signal"])):
        occasion = Occasion.AGAIN if ahead == 5 else Occasion.SIGNAL
        actions.ask(by=by, at=at, case=case, occasion=occasion, due=day + ahead * DAY, why=dossiers.Why("Omdat."))
        assert [row.kind for row in queries.asked_in(case)] == kinds
    assert queries.asked_in(case)[0].due_on == day + 2 * DAY


# An assessment


@pytest.mark.parametrize(
    ("more", "error", "field"),
    [
        ({"judged": []}, BadInput, ""),
        ({"held_on": dt.date(2026, 11, 25)}, BadInput, "held_on"),
        ({"occasion": Occasion.SIGNAL}, BadInput, "signal"),
        ({"parents_spoken": " "}, Unwise, "not_spoken_because"),
        ({"next_on": None}, BadInput, "next_on"),
        ({"next_on": dt.date(2026, 11, 23)}, BadInput, "next_on"),
    ],
)
def test_what_is_missing_is_asked_for(cast, at, more, error, field):
    with pytest.raises(error) as refused:
        assess(cast, at, "de_boer", {"julia": CONDITIONS}, **more)
    assert refused.value.field == field
    assert not SafetyAssessment.objects.filter(case=cast.case["de_boer"], occasion=Occasion.AGAIN).exists()


@pytest.mark.parametrize(
    ("said", "error", "field"),
    [
        ({"said_by": ""}, BadInput, "said_by_0"),
        ({"met": Met.NOT}, Unwise, "not_met_because_0"),
        ({"worries": " "}, BadInput, "worries_0"),
    ],
)
def test_each_child_says_who_saw_it_and_what_worries(cast, at, said, error, field):
    with pytest.raises(error) as refused:
        assess(cast, at, "de_boer", {"julia": UNSAFE}, judged=[one(cast, "julia", UNSAFE, **said)])
    assert refused.value.field == field


def test_every_child_of_the_family_is_judged(cast, at):
    with pytest.raises(BadInput):
        assess(cast, at, "visser", {"lot": SAFE, "daan": SAFE}, who="sanne")


def test_not_talked_with_the_parents_is_kept_with_its_reason(cast, at):
    row = assess(
        cast, at, "de_boer", {"julia": SAFE}, parents_spoken="", not_spoken_because="Anna doet de deur niet open."
    )
    assert SafetyAssessment.objects.get(pk=row.pk).not_spoken_because == "Anna doet de deur niet open."


def test_looking_again_runs_with_who_has_sight_and_is_met_by_the_next(cast, at):
    case = cast.case["de_boer"]
    assess(cast, at, "de_boer", {"julia": UNKNOWN})
    [again] = queries.asked_in(case)
    assert (again.kind, again.rests_with, again.due_on) == (
        "safety.again", cast.staff["mark"], clock.today(at) + 7 * DAY,
    )  # fmt: skip
    assess(cast, at + DAY, "de_boer", {"julia": SAFE})
    again.refresh_from_db()
    assert (again.state, queries.asked_in(case)) == (ClockState.MET, [])


def test_unsafe_now_asks_to_weigh_a_report_today_with_what_the_law_says(cast, at):
    case = cast.case["de_boer"]
    assess(cast, at, "de_boer", {"julia": UNSAFE})
    row = queries.weighing_in(case)
    assert (row.due_on, row.rests_with) == (clock.today(at), cast.staff["mark"])
    assert "meld bij Veilig Thuis" in row.explanation["counted"]
    assess(cast, at + DAY, "de_boer", {"julia": UNSAFE})
    assert running(case, queries.WEIGH).count() == 1
    assess(cast, at + 2 * DAY, "de_boer", {"julia": CONDITIONS})
    row.refresh_from_db()
    assert row.state == ClockState.STOPPED


# No quiet closing


def test_a_case_with_an_open_risk_does_not_close_whoever_asks(cast, at):
    assess(cast, at, "de_boer", {"julia": CONDITIONS})
    with pytest.raises(VoidByLaw):
        close(cast, at)
    assess(cast, at + DAY, "de_boer", {"julia": SAFE})
    assert close(cast, at + 2 * DAY).closed_on


def test_it_closes_with_a_reason_when_somebody_outside_accepted_sight(cast, at):
    case = cast.case["de_boer"]
    assess(cast, at, "de_boer", {"julia": UNSAFE})
    report(cast, at, case)
    assert what_bars(case, at=at) == []
    assert "Een kind is niet veilig genoeg; het zicht op de veiligheid ligt buiten ons team." in open_matters(
        case, at=at
    )
    assert close(cast, at + DAY).closed_on


def test_the_bar_counts_a_child_that_is_kept_from_who_closes_and_names_nobody(cast, at):
    assess(cast, at, "visser", dict.fromkeys(("daan", "sem", "noor", "finn"), SAFE) | {"lot": UNSAFE}, who="sanne")
    keep_from(cast, at, "lot")
    [said] = what_bars(cast.case["visser"], at=at)
    assert "Lot" not in said


def keep_from(cast, at, child):
    kept = cast.dossier[child]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(subject=kept.pk).update(ends_at=at)


# Agreements


def test_an_agreement_says_who_checks_it_and_the_check_is_a_date(cast, at):
    for more, field in (({"who": ""}, "who"), ({"concerns": []}, "concerns"), ({"checked_by": " "}, "checked_by")):
        with pytest.raises(BadInput) as refused:
            agree(cast, at, **more)
        assert refused.value.field == field
    row = agree(cast, at)
    [check] = running(row.case, queries.CHECK)
    assert (check.due_on, check.rests_with) == (row.check_on, cast.staff["mark"])
    by, me, next_on = cast.principal("mark"), cast.staff["mark"], clock.today(at) + 9 * DAY
    actions.check_condition(by=by, at=at, row=row, written_by=me, kept=True, said_by="Anna", next_on=next_on)
    assert [row.due_on for row in running(row.case, queries.CHECK)] == [next_on]


def test_a_broken_agreement_bars_closing_and_asks_to_look_today(cast, at):
    case, by, me = cast.case["de_boer"], cast.principal("mark"), cast.staff["mark"]
    row = agree(cast, at)
    assert what_bars(case, at=at) == []
    actions.check_condition(
        by=by, at=at, row=row, written_by=me, kept=False, said_by="Anna", words="Thijs stond voor de deur."
    )
    assert [(asked.kind, asked.due_on) for asked in queries.asked_in(case)] == [("safety.signal", clock.today(at))]
    assert not running(case, queries.CHECK).exists()
    assert len(what_bars(case, at=at)) == 1
    with pytest.raises(BadInput):
        actions.check_condition(by=by, at=at, row=row, written_by=me, kept=False, said_by="x", words="x")
    assess(cast, at + DAY, "de_boer", {"julia": SAFE})
    assert what_bars(case, at=at + DAY) == []


def test_of_two_who_end_an_agreement_one_wins_and_the_reason_stays(cast, at):
    row = agree(cast, at)
    same = SafetyCondition.objects.get(pk=row.pk)
    actions.end_condition(by=cast.principal("mark"), at=at, row=row, because="Thijs woont weer thuis.")
    assert (row.state, row.ended_because) == (ConditionState.ENDED, "Thijs woont weer thuis.")
    with pytest.raises(BadInput):
        actions.end_condition(by=cast.principal("mark"), at=at, row=same, because="Dubbel.")


# Sight on safety


def report(cast, at, case, who="mark", **more):
    said = {"where": Outside.VEILIG_THUIS, "name": "Veilig Thuis Flevoland", "accepted_by": "Ria van Dam", **more}
    return actions.let_sight_lie_outside(by=cast.principal(who, at), at=at, case=case, **said)


def test_sight_moves_to_a_colleague_only_when_that_colleague_accepts(cast, at):
    case, mark, sanne = cast.case["de_boer"], cast.principal("mark"), cast.staff["sanne"]
    with pytest.raises(VoidByLaw):
        dossiers.assign_role(by=cast.principal("els"), at=at, case=case, kind=SIGHT, staff=sanne)
    agree(cast, at)
    role = role_for(mark, case, SIGHT, at=at)
    offer = dossiers.offer_role(
        by=mark, at=at, role=role, to=sanne, offered_by=cast.staff["mark"], passed_on="Bel Anna eerst."
    )
    assert role_for(mark, case, SIGHT, at=at).staff == cast.staff["mark"]
    dossiers.accept_handover(by=cast.principal("sanne"), at=at, handover=offer)
    assert role_for(mark, case, SIGHT, at=at).staff == sanne
    assert [row.rests_with for row in running(case, queries.CHECK)] == [sanne]  # its dates came along


def test_a_report_moves_it_to_veilig_thuis_and_it_comes_back_on_acceptance(cast, at):
    case, mark = cast.case["de_boer"], cast.principal("mark")
    assess(cast, at, "de_boer", {"julia": UNSAFE})
    with pytest.raises(VoidByLaw):
        report(cast, at, case, accepted_by=" ")
    role = report(cast, at, case)
    assert (role.outside, role.accepted_by, role.starts) == ("Veilig Thuis Flevoland", "Ria van Dam", clock.today(at))
    assert queries.weighing_in(case) is None  # the report was made
    later = at + 10 * DAY
    offer = actions.offer_sight_back(
        by=mark, at=later, role=role, to=cast.staff["mark"], offered_by=cast.staff["mark"],
        passed_on="Veilig Thuis is klaar; er zijn drie afspraken.",
    )  # fmt: skip
    assert role_for(mark, case, SIGHT, at=later).outside == "Veilig Thuis Flevoland"
    dossiers.accept_handover(by=cast.principal("mark", later), at=later, handover=offer)
    assert [(held.staff, held.outside, held.ends) for held in queries.sights_of(case)][:2] == [
        (cast.staff["mark"], "", None), (None, "Veilig Thuis Flevoland", clock.today(later)),
    ]  # fmt: skip


def test_a_caseload_that_moves_leaves_an_offer_for_sight_on_safety(cast, at):
    case, yasmin = cast.case["de_boer"], cast.principal("yasmin")
    move = dossiers.ask_move(
        by=cast.principal("els"), at=at, team=cast.team["oost"], giver=cast.staff["mark"], receiver=cast.staff["sanne"],
        cases=[case], asked_by=cast.staff["els"], reason="Mark gaat minder werken",
    )  # fmt: skip
    dossiers.decide_move(by=yasmin, at=at, move=move, decided_by=cast.staff["yasmin"], approve=True)
    held = {role.kind: role.staff for role in case.roles.filter(ends=None)}
    assert held == {CaseRoleKind.COORDINATION: cast.staff["sanne"], SIGHT: cast.staff["mark"]}
    offer = RoleHandover.objects.get(case=case, kind=SIGHT, ended_at=None)
    dossiers.accept_handover(by=cast.principal("sanne"), at=at, handover=offer)
    assert role_for(yasmin, case, SIGHT, at=at).staff == cast.staff["sanne"]


# Kept, counted, destroyed


def test_what_is_about_a_kept_child_is_kept_with_it(cast, at):
    sanne, case = cast.principal("sanne"), cast.case["visser"]
    assess(cast, at, "visser", dict.fromkeys(("daan", "sem", "noor", "finn"), SAFE) | {"lot": UNSAFE}, who="sanne")
    agree(cast, at, "visser", by_whom="sanne", concerns=[cast.person["lot"], cast.person["daan"]], child="lot")
    keep_from(cast, at, "lot")
    assert [state.risk for state in queries.states_in(case, sanne, at=at)] == [None] * 4
    assert not any(state.conditions for state in queries.states_in(case, sanne, at=at))
    assert not queries.conditions_for(sanne, at=at).filter(case=case).exists()
    newest = queries.assessments_for(sanne, at=at).filter(case=case)[0]
    assert {row.child.short_name for row in newest.shown} == {"Daan", "Sem", "Noor", "Finn"}
    told = " ".join(f"{entry.title} {entry.detail}" for entry in entries(case, sanne, at=at))
    assert "Lot: nu onveilig" not in told and "Daan: veilig genoeg" in told


def test_the_facts_agree_with_a_hand_count_on_the_cast(cast):
    case = pseudonym("case", cast.case["smeets"].pk)
    told = [(f.occasion, f.met, f.outcome, f.days_to_next) for f in extract.assessments() if f.case_key == case]
    assert told == [("start", "with_others", "safe", None), ("signal", "alone", "conditions", 8)]
    assert [(f.state, f.children, f.checks, f.kept) for f in extract.conditions()] == [
        ("running", 1, 1, 1), ("running", 1, 0, 0),
    ]  # fmt: skip
    assert len(list(extract.assessments())) == ChildJudgement.objects.count()


def test_when_one_child_leaves_only_what_is_about_that_child_goes(cast, at, tmp_path, settings):
    from rondom.dossiers.actions.destruction import approve_destruction
    from rondom.privacy.models import Destruction

    settings.RONDOM_LEDGER = tmp_path / "ledger"
    others = ("daan", "sem", "noor", "finn")
    assess(cast, at, "visser", dict.fromkeys(others, SAFE) | {"lot": CONDITIONS}, who="sanne")
    both = agree(cast, at, "visser", by_whom="sanne", concerns=[cast.person["lot"], cast.person["daan"]], child="lot")
    own = agree(cast, at, "visser", by_whom="sanne", child="lot")
    row = Destruction.objects.create(
        municipality="GM0303", dossier=cast.dossier["lot"].pk, reason="mistake", asked_by=cast.staff["els"].pk,
        balancing="x",
    )  # fmt: skip
    lot = cast.person["lot"].pk
    approve_destruction(by=cast.principal("ineke"), at=at, row=row)
    assert not ChildJudgement.objects.filter(child=lot).exists()
    assert not SafetyCondition.objects.filter(pk=own.pk).exists()
    assert set(ConditionConcern.objects.filter(condition=both).values_list("person", flat=True)) == {
        cast.person["daan"].pk
    }
    newest = SafetyAssessment.objects.filter(case=cast.case["visser"]).order_by("-created_at")[0]
    assert newest.judgements.count() == len(others)
