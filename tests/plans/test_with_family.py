"""The plan with the family: told in their words, screened, written at home, signed, filed per child."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from rondom.core import clock, typesetting
from rondom.core.errors import BadInput, NotAllowed, Unwise
from rondom.core.keys import pseudonym
from rondom.core.models import Look
from rondom.demo.cast_plan import resident as signed_in
from rondom.documents import store
from rondom.documents.models import Document
from rondom.dossiers.enums import ClockState
from rondom.dossiers.models import Clock, Dossier
from rondom.dossiers.queries import cases_for
from rondom.people.models import Authority, Person
from rondom.plans import actions, extract, filing, ordering, queries, resident
from rondom.plans import typesetting as plan_files
from rondom.plans.enums import Gap, Goes, PlanState, ScreeningOutcome, SignatureState, WritingState
from rondom.plans.models import FamilyPlan, FiledPlan, Finding, Goal, PlanSignature, Screening, Writing
from rondom.plans.signers import signers_of
from rondom.reference import actions as reference
from tests.plans.test_plans import agree, begun, whole
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def visser(cast):
    return FamilyPlan.objects.get(case=cast.case["visser"])


def tell(cast, at, plan, text, about, who="joris", **more):
    given = {"goes": Goes.WELL, "said_by": "Inge"} | more
    return actions.tell_finding(
        by=cast.principal(who), at=at, plan=plan, text=text, concerns=[cast.person[a] for a in about],
        written_by=cast.staff[who], **given,
    )  # fmt: skip


# --- what they tell


def test_only_what_somebody_tells_about_a_life_domain_makes_a_row(cast, at):
    _by, _me, plan, _goal = begun(cast, at)
    with pytest.raises(BadInput):
        tell(cast, at, plan, "", ["timo"], domain="school")
    with pytest.raises(BadInput):
        tell(cast, at, plan, "Iets", ["timo"], domain="no_such_domain")
    tell(cast, at, plan, "Timo leest graag.", ["timo"], domain="school")
    assert list(Finding.objects.filter(plan=plan).values_list("domain", "goes")) == [("school", "well")]
    client = sign_in("joris")
    page = client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    told = [label for _code, label in queries.domains(clock.today(at)) if label in page]
    assert len(queries.domains(clock.today(at))) == 10 and told == ["school en leren"]


def test_told_is_taken_back_on_the_same_day_only_and_then_nothing_of_it_stays(cast, at):
    by, _me, plan, _goal = begun(cast, at)
    row = tell(cast, at, plan, "Buurman drinkt.", ["timo"])
    with pytest.raises(BadInput):
        actions.withdraw_finding(by=by, at=at + dt.timedelta(days=1), finding=row)
    actions.withdraw_finding(by=by, at=at, finding=row)
    assert not Finding.objects.filter(plan=plan).exists()


def test_told_is_part_of_the_versions_of_an_agreed_plan_and_is_kept_with_a_kept_child(cast, at):
    plan, sanne = visser(cast), cast.principal("sanne")
    assert any("Ik kook op maandag" in text for text in queries.versions_of(plan, sanne, at=at)[0].texts)
    from rondom.privacy.models import Relation

    Dossier.objects.filter(pk=cast.dossier["daan"].pk).update(shielded=True)
    Relation.objects.filter(subject=cast.dossier["daan"].pk).update(ends_at=at)
    client = sign_in("sanne")
    for page in (reverse("plans:plan", args=[plan.pk]), reverse("plans:versions", args=[plan.pk])):
        shown = client.get(page).content.decode()
        assert "Rekenen vind ik" in shown and "Ik kook op maandag" not in shown


# --- who keeps it going, and meetings


def test_a_plan_nobody_directs_is_not_agreed_until_a_guardian_is_named(cast, at):
    by, me, plan = whole(cast, at)
    actions.change(by=by, at=at, plan=plan, changes={"cannot_direct": True}, opened_version=plan.version, kept_by=me)
    assert queries.gaps_of(plan) == [Gap.GUARDIAN]
    with pytest.raises(BadInput):
        agree(by, me, plan, at, [cast.person["inge"]])
    with pytest.raises(BadInput):
        actions.name_guardian(by=by, at=at, plan=plan, because="Ziek", kept_by=me)
    actions.name_guardian(
        by=by, at=at, plan=plan, because="Moeder is ziek tot de zomer.", outside="Tante Geke", kept_by=me
    )
    agree(by, me, plan, at, [cast.person["inge"]])
    later = at + dt.timedelta(days=2)
    actions.name_guardian(by=by, at=later, plan=plan, because="Geke verhuist.", staff=me, kept_by=me)
    dates = list(plan.guardians.order_by("starts").values_list("outside", "starts", "ends"))
    assert dates == [("Tante Geke", clock.today(at), clock.today(later)), ("", clock.today(later), None)]
    actions.end_guardian(by=by, at=later, plan=plan, kept_by=me)
    assert (plan.cannot_direct, queries.guardian_of(plan)) == (False, None)


def test_an_agreed_plan_does_not_lose_its_direction(cast, at):
    by, me, plan = whole(cast, at)
    agree(by, me, plan, at, [cast.person["inge"]])
    with pytest.raises(BadInput) as refused:
        actions.change(
            by=by, at=at, plan=plan, changes={"cannot_direct": True}, opened_version=plan.version, kept_by=me
        )
    assert refused.value.field == "cannot_direct"


def test_a_plan_meeting_needs_the_family_and_is_counted(cast, at):
    before = len(list(extract.meetings()))
    by, case = cast.principal("joris"), cast.case["smeets"]
    soon = {"by": by, "at": at, "case": case, "planned_at": at + dt.timedelta(days=3), "purpose": "Planbijeenkomst"}
    with pytest.raises(BadInput) as refused:
        actions.plan_meeting(**soon)
    assert refused.value.field == "persons"
    client = sign_in("joris")
    typed = {"planned_at_day": "27-11-2026", "planned_at_time": "15.00", "network": "Tante Geke\nDe buurvrouw\n"}
    answer = client.post(reverse("plans:meeting_new", args=[case.pk]), {**typed, "persons": [cast.person["inge"].pk]})
    assert answer.status_code == 302
    facts = list(extract.meetings())
    assert len(facts) == before + 1
    meeting = case.meetings.latest("created_at")
    assert sorted(meeting.participants.filter(person=None, staff=None).values_list("outside", "ground")) == [
        ("De buurvrouw", "network"), ("Tante Geke", "network"),
    ]  # fmt: skip


# --- a second pair of eyes


def asks_screening(cast, at, municipality="GM0303"):
    began = at - dt.timedelta(days=10)
    reference.propose(
        by=cast.principal("tom", at=began), at=began, name="plan_screening", scope=municipality, value="ja",
        source="Uitvoeringsregels jeugdhulp 2026", starts=clock.today(began) + dt.timedelta(days=1), seen=None,
    )  # fmt: skip


def ask(cast, at, goal, of="mark"):
    return actions.ask_screening(
        by=cast.principal("joris"), at=at, goal=goal, asked_by=cast.staff["joris"], asked_of=cast.staff[of],
        due_on=clock.today(at),
    )  # fmt: skip


def may(cast, goal, at, *, individual=True):
    ordering.may_order(dossier=cast.dossier["timo"], goal=goal, individual=individual, at=at)


def test_where_it_is_asked_nothing_is_ordered_before_a_second_person_finds_the_goal_clear(cast, at):
    by, me, _plan, goal = begun(cast, at)
    may(cast, goal, at)  # no such rule here
    asks_screening(cast, at)
    may(cast, None, at, individual=False)
    for wanted in (None, goal):
        with pytest.raises(BadInput) as refused:
            may(cast, wanted, at)
        assert refused.value.field == "goal" and "Uitvoeringsregels jeugdhulp 2026" in str(refused.value)
    mark, first = cast.principal("mark"), ask(cast, at, goal)
    with pytest.raises(BadInput):
        actions.judge_goal(by=mark, at=at, screening=first, outcome=ScreeningOutcome.NOT_SMART)
    actions.judge_goal(
        by=mark,
        at=at,
        screening=first,
        outcome=ScreeningOutcome.NOT_SMART,
        words="Schrijf wanneer, en hoe je het merkt",
    )
    with pytest.raises(BadInput) as refused:
        may(cast, goal, at)
    assert "nog niet SMART: Schrijf wanneer" in str(refused.value)
    actions.change_goal(
        by=by, at=at, goal=goal, changes={"noticed_by": "De juf verstaat mij.", "due_on": dt.date(2027, 6, 1)},
        concerns=[cast.person["timo"]], opened_version=goal.version, kept_by=me,
    )  # fmt: skip
    actions.judge_goal(by=mark, at=at, screening=ask(cast, at, goal), outcome=ScreeningOutcome.FINE)
    may(cast, goal, at)
    Goal.objects.filter(pk=goal.pk).update(text="Iets heel anders")
    goal.refresh_from_db()
    with pytest.raises(BadInput):
        may(cast, goal, at)


def test_the_second_person_is_another_sees_the_family_until_the_answer_and_judges_alone(cast, at):
    _by, _me, plan, goal = begun(cast, at)
    with pytest.raises(BadInput):
        ask(cast, at, goal, of="joris")
    fatima = cast.principal("fatima")
    assert not cases_for(fatima, at=at).filter(pk=plan.case_id).exists()
    row = ask(cast, at, goal, of="fatima")
    with pytest.raises(BadInput):
        ask(cast, at, goal, of="mark")  # somebody looks at it already
    assert cases_for(fatima, at=at).filter(pk=plan.case_id).exists()
    client = sign_in("fatima")
    page = client.get(reverse("plans:screening", args=[row.pk])).content.decode()
    assert "Ik wil beter praten." in page and "hoe je merkt dat het werkt" in page
    with pytest.raises(NotAllowed):
        actions.judge_goal(by=cast.principal("joris"), at=at, screening=row, outcome=ScreeningOutcome.FINE)
    answer = client.post(reverse("plans:screening", args=[row.pk]), {"outcome": "fine"})
    assert answer.status_code == 302
    assert Clock.objects.get(subject=row.pk).state == ClockState.MET
    assert not cases_for(fatima, at=at).filter(pk=plan.case_id).exists()


def test_an_order_of_the_municipality_is_stopped_by_the_screening(cast, at):
    from rondom.allocations import actions as allocations
    from rondom.allocations.actions import Basis, Help
    from rondom.allocations.enums import Decision, Frequency, Ground
    from rondom.demo.cast_chain import _product

    asks_screening(cast, at)
    wanted = {
        "by": cast.principal("mark"), "at": at, "dossier": cast.dossier["julia"], "case": cast.case["de_boer"],
        "ordered_by": cast.staff["mark"], "goal": Goal.objects.get(case=cast.case["de_boer"]),
        "what": Help(starts=clock.today(at), ends=dt.date(2027, 3, 1), product=_product("45A53"), volume=60,
                     frequency=Frequency.WEEK),
    }  # fmt: skip
    with pytest.raises(BadInput) as refused:
        allocations.order(basis=Basis(Ground.MUNICIPAL, Decision.TAKEN, "1", clock.today(at)), despite="x", **wanted)
    assert refused.value.field == "goal"
    allocations.order(basis=Basis(Ground.GI, Decision.GI_DETERMINATION), despite="x", **wanted)


# --- signing


def sign(cast, at, who, plan, **more):
    by = signed_in(who, at)
    given = {"signs": True, "digest": resident.part_for(by, plan, at=at).digest} | more
    return actions.answer_signature(by=by, at=at, plan=plan, **given)


def test_who_signs_follows_age_and_authority(cast, at):
    signers = signers_of(visser(cast), clock.today(at))
    names = {Person.objects.get(pk=pk).short_name: because for pk, because in signers.because.items()}
    assert names == {"Daan": "CNS-04", "Mirjam": "CNS-01", "Peter": "CNS-01"}
    Authority.objects.filter(child=cast.person["lot"]).update(ends=clock.today(at))
    assert [p.short_name for p in signers_of(visser(cast), clock.today(at)).unknown] == ["Lot"]
    with pytest.raises(BadInput):
        actions.ask_signatures(by=cast.principal("sanne"), at=at, plan=visser(cast), asked_by=cast.staff["sanne"])


def test_a_resident_signs_what_was_shown_and_only_when_asked(cast, at):
    plan = visser(cast)
    with pytest.raises(BadInput):
        sign(cast, at, "mirjam", plan, digest="0" * 64)
    with pytest.raises(BadInput):
        sign(cast, at, "mirjam", plan, signs=False)
    weak = signed_in("mirjam", at)
    from dataclasses import replace

    with pytest.raises(NotAllowed):
        actions.answer_signature(by=replace(weak, assurance="low"), at=at, plan=plan, signs=True, digest="")
    row = sign(cast, at, "mirjam", plan)
    assert (row.state, row.way, row.assurance, row.plan_version) == ("signed", "portal", "substantial", plan.version)
    with pytest.raises(BadInput):
        sign(cast, at, "mirjam", plan)


def test_a_signature_goes_along_while_its_own_part_stays_and_a_question_never_goes_away(cast, at):
    plan, sanne, me = visser(cast), cast.principal("sanne"), cast.staff["sanne"]
    sign(cast, at, "mirjam", plan)
    later = at + dt.timedelta(hours=1)
    actions.add_goal(
        by=sanne, at=later, plan=plan, text="Ik wil bijles.", said_by="Daan", concerns=[cast.person["daan"]], kept_by=me
    )
    states = {row.person.short_name: row.state for row in queries.signatures_of(plan)}
    assert states == {"Mirjam": "signed", "Daan": "asked", "Peter": "asked"}
    tell(cast, later, plan, "Lot fietst nu zelf.", ["lot"], who="sanne")
    states = {row.person.short_name: row.state for row in queries.signatures_of(plan)}
    assert states == {"Daan": "asked", "Peter": "asked"}  # it is about Lot: her signature stays with what she signed
    made = actions.ask_signatures(by=sanne, at=later, plan=plan, asked_by=me)
    assert [row.person.short_name for row in made] == ["Mirjam"]


def test_the_plan_is_filed_per_child_with_only_what_concerns_that_child(cast, at, monkeypatch):
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)
    plan, sanne, me = visser(cast), cast.principal("sanne"), cast.staff["sanne"]
    sign(cast, at, "mirjam", plan)
    with pytest.raises(Unwise) as refused:
        actions.sheets_to_file(plan)
    assert refused.value.field == "despite"
    for row in queries.signatures_of(plan):
        if row.state == SignatureState.ASKED:
            with pytest.raises(BadInput):
                actions.register_paper(
                    by=sanne, at=at, signature=row, registered_by=me, signed_on=clock.today(at), document=None
                )
            paper = Document.objects.filter(case=plan.case).first()
            actions.register_paper(
                by=sanne, at=at, signature=row, registered_by=me, signed_on=clock.today(at), document=paper
            )
    made = [actions.Made(sheet, *plan_files.written(sheet)) for sheet in actions.sheets_to_file(plan)]
    do = {"by": sanne, "at": at, "plan": plan, "filed_by": me, "keep": lambda data: store.keep([data])}
    with pytest.raises(BadInput):
        actions.file_signed(made=made[:1], **do)  # not what the plan says now
    rows = actions.file_signed(made=made, **do)
    texts = {}
    for row in rows:
        names = " ".join(sorted(row.document.concerns.values_list("called", flat=True)))
        texts[names] = b"".join(store.read(row.document.blob)).decode()
        assert row.document.state == "released"
    assert set(texts) == {"Lot Mirjam", "Daan"}  # a goal of Lot is about Mirjam too
    texts["Lot"] = texts.pop("Lot Mirjam")
    assert "kwartier met mama" in texts["Lot"] and "Peter de Wit heeft getekend" in texts["Lot"]
    assert "aan tafel" not in texts["Lot"] and "Daan de Wit" not in texts["Lot"]
    assert "aan tafel" in texts["Daan"] and "Mirjam" not in texts["Daan"] and "Peter" not in texts["Daan"]
    with pytest.raises(BadInput):
        actions.file_signed(made=made, **do)
    dossiers = set(FiledPlan.objects.get(document__concerns=cast.person["lot"]).document.dossiers.all())
    assert dossiers == {cast.dossier["lot"]}


def test_the_page_files_once_with_the_reason_on_the_sheet(cast, monkeypatch):
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)
    plan, client = visser(cast), sign_in("sanne")
    page = reverse("plans:file", args=[plan.pk])
    refused = client.post(page, {"despite": ""}).content.decode()
    assert "van de mensen die gevraagd zijn" in refused and "Niet getekend door" not in refused
    typed = {"despite": "Peter komt volgende week.", "_once": str(uuid4())}
    for _press in range(2):
        assert client.post(page, typed).status_code == 302
    lot = FiledPlan.objects.get(document__concerns=cast.person["lot"]).document
    assert FiledPlan.objects.count() == 2
    assert "niet iedereen tekende: Peter komt volgende week." in b"".join(store.read(lot.blob)).decode()


def test_what_concerns_two_children_is_a_sheet_of_its_own_and_a_next_version_replaces_it(cast, at):
    plan = visser(cast)
    tell(cast, at, plan, "Lot en Sem bouwen samen.", ["lot", "sem"], who="sanne")
    sheets = filing.sheets_of(filing.Filing(plan, queries.signatures_of(plan), signers_of(plan, clock.today(at))))
    both = [sheet for sheet in sheets if len(sheet.children) == 2]
    assert [len(sheet.findings) for sheet in both] == [1] and both[0].goals == []
    assert not any("bouwen samen" in text for sheet in sheets if len(sheet.children) == 1 for text in sheet.findings)


@pytest.mark.slow
def test_words_of_people_are_never_code_in_the_pdf():
    if not typesetting.available():
        pytest.skip("the typesetter Typst is not installed (extra pdf)")
    sheet = filing.Sheet("Plan #panic()", [], ['#read("/etc/passwd")'], ["*vet* $x$ \\ <label>"], [], [])
    content, kind = plan_files.written(sheet)
    assert (content[:5], kind) == (b"%PDF-", "application/pdf")


# --- written at home


def test_what_is_written_at_home_is_nobody_elses_until_it_is_shared(cast, at):
    own = Writing.objects.get(state=WritingState.OWN)
    sanne = sign_in("sanne")
    assert sanne.get(reverse("plans:writing", args=[own.pk])).status_code == 404
    assert sign_in("peter").get(reverse("portal:writing", args=[own.pk])).status_code == 404
    assert Look.objects.filter(kind="portal.writing_shown", result="denied").exists()
    client = sign_in("mirjam")
    page = reverse("portal:writing", args=[own.pk])
    assert "zinnetjes van drie" in client.get(page).content.decode()
    client.post(page, {"kind": "going_well", "about": "child", "text": "Noor praat steeds meer.", "do": "share"})
    own.refresh_from_db()
    assert (own.state, own.text) == (WritingState.SHARED, "Noor praat steeds meer.")
    assert "Noor praat steeds meer." in sanne.get(reverse("plans:of_family", args=[own.case_id])).content.decode()
    assert client.post(page, {"do": "throw"}).status_code in (200, 302)
    assert Writing.objects.filter(pk=own.pk).exists()  # shared: part of the dossier


def test_it_is_taken_over_word_for_word_and_whose_it_is_is_kept(cast, at):
    plan, row = visser(cast), Writing.objects.get(dossier=cast.dossier["sem"])
    client = sign_in("sanne")
    before = {f.case_key: f for f in extract.plans()}[pseudonym("case", plan.case_id)]
    answer = client.post(
        reverse("plans:writing", args=[row.pk]), {"concerns": [cast.person["sem"].pk], "due_on": "1-3-2027"}
    )
    assert answer.status_code == 302
    goal = Goal.objects.get(writings=row)
    assert (goal.text, goal.said_by, goal.due_on) == (row.text, "Mirjam", dt.date(2027, 3, 1))
    after = {f.case_key: f for f in extract.plans()}[pseudonym("case", plan.case_id)]
    assert (before.written_by_family, after.written_by_family) == (False, True)
    with pytest.raises(BadInput):
        actions.leave(by=cast.principal("sanne"), at=at, writing=row, left_by=cast.staff["sanne"], answer="x")
    assert "in het plan" in sign_in("mirjam").get(reverse("portal:writing", args=[row.pk])).content.decode()


def test_what_is_left_out_gets_an_answer_the_writer_reads(cast, at):
    row = Writing.objects.get(dossier=cast.dossier["sem"])
    client, page = sign_in("sanne"), reverse("plans:writing_leave", args=[row.pk])
    client.post(page, {"answer": "Dit bespreken we eerst met de juf."})
    assert "Dit bespreken we eerst" in sign_in("mirjam").get(reverse("portal:writing", args=[row.pk])).content.decode()


def test_what_was_never_shared_is_thrown_away_whole(cast, at):
    own = Writing.objects.get(state=WritingState.OWN)
    sign_in("mirjam").post(reverse("portal:writing", args=[own.pk]), {"do": "throw"})
    assert not Writing.objects.filter(pk=own.pk).exists()


# --- facts


def test_the_facts_agree_with_a_hand_count(cast):
    facts, visser_key = {f.case_key: f for f in extract.plans()}, pseudonym("case", cast.case["visser"].pk)
    assert (facts[visser_key].signed, facts[visser_key].guarded) == (0, False)
    held = sorted((f.planned_on.isoformat(), f.held_on is not None) for f in extract.meetings())
    assert held == [("2026-11-03", True), ("2026-11-24", False)]
    assert [(f.outcome, f.judged_on) for f in extract.screenings()] == [("", None)]
    assert Screening.objects.get().goal.said_by == "Anouk"
    assert PlanSignature.objects.count() == 3 and visser(cast).state == PlanState.AGREED
