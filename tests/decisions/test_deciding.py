"""Preparing, the second pair of eyes, signing: what is void is refused, what is unwise keeps its reason."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from rondom.core.errors import BadInput, NotAllowed, Stale, Unwise, VoidByLaw
from rondom.core.keys import pseudonym
from rondom.decisions import actions, extract, making, queries, standing
from rondom.decisions.actions.applications import SEND, SIGN
from rondom.decisions.enums import ApplicationState, DecisionKind, DecisionState, Delivery, Form
from rondom.decisions.models import Decision, Mandate
from rondom.dossiers.enums import ClockState
from rondom.privacy.actions import close_to
from rondom.privacy.models import Relation
from tests.decisions.conftest import FOUND

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_the_clock_rests_with_the_second_pair_of_eyes_and_comes_back_to_send(desk, cast):
    application = desk.apply()
    row = desk.prepare(application)
    last = application.decide_by
    desk.ask(row)
    application.refresh_from_db()
    clock = application.clock
    assert (clock.kind, clock.rests_with, clock.due_on) == (SIGN, cast.staff["yasmin"], last)
    signed = desk.sign(row)
    application.refresh_from_db()
    assert (application.clock.kind, application.clock.rests_with) == (SEND, cast.staff["sanne"])
    assert (signed.number, signed.decided_on, signed.mandate.ground[:16]) == (
        f"{desk.day.year}-00002", desk.day, "Mandaatbesluit j",
    )  # fmt: skip
    assert [each["rule"] for each in signed.law] == [
        "Is het onderzoek compleet?", "Staat alles in het besluit?", "Eerst horen voor een weigering?",
        "Mag deze persoon tekenen?",
    ]  # fmt: skip


def test_only_who_was_asked_signs_and_never_who_prepared_it(desk, cast):
    row = desk.prepare(desk.apply())
    with pytest.raises(BadInput):
        desk.ask(row, reader="sanne")  # holds no mandate, and prepared it
    desk.ask(row)
    for other in ("els", "sanne"):
        with pytest.raises(NotAllowed):
            desk.sign(row, who=other)
    with pytest.raises(IntegrityError), transaction.atomic():  # and the database knows it
        Decision.objects.filter(pk=row.pk).update(
            state="signed", signed_by=row.prepared_by, mandate=Mandate.objects.first(), decided_on=desk.day, number="x"
        )


def test_without_mandate_a_decision_is_void(desk, cast):
    row = desk.prepare(desk.apply())
    desk.ask(row)
    for mandate in Mandate.objects.filter(kind=DecisionKind.AWARD, role="process_coordinator"):
        actions.end_mandate(by=cast.principal("rob"), at=desk.at, mandate=mandate, ends=desk.day + dt.timedelta(days=1))
        Mandate.objects.filter(pk=mandate.pk).update(ends=desk.day)
    with pytest.raises(VoidByLaw) as refused:
        desk.sign(row)
    assert "mandaat" in str(refused.value)
    assert "Awb 10:3" in refused.value.source
    row.refresh_from_db()
    assert row.state == DecisionState.ASKED


# what a decision lacks -> the code, void or unwise (AWB-07, 09, 10, 13; JW-20; PGB-01)
@pytest.mark.parametrize(
    ("code", "found", "content"),
    [
        ("no_ground", {}, {"article": ""}),
        ("no_motivation", {}, {"motivation": ""}),
        ("no_refusal_reason", {"differs": False}, {"kind": DecisionKind.PART_REFUSE}),
        ("budget_not_met", {}, {"form": Form.BUDGET}),
        ("inquiry_open", {"own_strength": ""}, {}),
        ("inquiry_open", {"extent": ""}, {}),
        ("no_extent", {}, {"volume": None}),
        ("no_period", {}, {"ends": None}),
        ("adviser_unchecked", {"adviser": "De orthopedagoog", "advice": "Een uur"}, {}),
        ("not_heard", {"differs": True}, {"kind": DecisionKind.REFUSE, "refusal": "Oma kan helpen."}),
    ],
)
def test_would_this_stand(desk, code, found, content):
    row = desk.prepare(desk.apply(), found={**FOUND, **found}, **content)
    check = standing.check(row, day=desk.day)
    assert code in check.codes
    if standing.FINDINGS[code].void:
        with pytest.raises(VoidByLaw) as refused:
            desk.ask(row, despite={row.pk: "toch"})
        assert standing.FINDINGS[code].source in refused.value.source
        return
    with pytest.raises(Unwise):
        desk.ask(row)
    desk.ask(row, despite={row.pk: "De school is dicht; er is haast."})
    signed = desk.sign(row)
    assert code in signed.findings.split()
    assert signed.despite == "De school is dicht; er is haast."  # stays to be read


def test_a_decision_names_the_goals_of_the_plan_when_there_are_any(desk):
    row = desk.prepare(desk.apply("lot"))
    assert standing.check(row, day=desk.day).codes == []
    row.chosen.all().delete()
    assert standing.check(row, day=desk.day).codes == ["no_goal"]


def test_a_whole_decision_lacks_nothing(desk):
    assert standing.check(desk.prepare(desk.apply()), day=desk.day).codes == []


def test_another_municipality_that_is_responsible_decides_itself(desk, cast):
    row = desk.prepare(desk.apply("finn"))
    with pytest.raises(VoidByLaw, match="andere gemeente"):
        desk.ask(row)


def test_three_tests_in_the_order_of_the_law_and_a_no_gives_help_in_kind(desk, cast):
    application = desk.apply(wants_budget=True)
    row = desk.prepare(application)
    by = cast.principal("sanne")
    assert "budget_asked" in standing.check(row, day=desk.day).codes
    answers = {"informed": True, "capable": True, "reasoned": False, "quality": None}
    actions.change_budget(by=by, at=desk.at, decision=row, found=answers)
    check = standing.check(row, day=desk.day)
    assert check.codes == []
    assert next(each for each in check.judged if each.rule == "personal_budget").answer.outcome.failed == "reasoned"
    actions.change_budget(
        by=by, at=desk.at, decision=row,
        found={**answers, "reasoned": True, "quality": True, "requested_cents": 7500, "in_kind_cents": 6000}
        | {"hours": 52},
    )  # fmt: skip
    row = actions.change(
        by=by, at=desk.at, decision=row, content=desk.content(form=Form.BUDGET, volume=None), opened_version=row.version
    )
    check = standing.check(row, day=desk.day)
    assert check.codes == []
    ceiling = next(each for each in check.judged if each.rule == "budget_ceiling").answer.certain
    assert (ceiling.granted_cents, ceiling.own_account_cents) == (312_000, 78_000)  # PGB-03


def test_brothers_and_sisters_in_one_reading(desk, cast):
    rows = [desk.prepare(desk.apply(child)) for child in ("lot", "sem", "noor")]
    yasmin = cast.principal("yasmin")
    assert not queries.to_sign(yasmin, at=desk.at).filter(case=cast.case["visser"]).exists()
    desk.ask(*rows)
    asked = list(queries.to_sign(yasmin, at=desk.at).filter(case=cast.case["visser"]))
    assert {row.dossier.youth.called for row in asked} == {"Lot", "Sem", "Noor"}
    given = Relation.objects.filter(
        principal=yasmin.key, ground="reads a decision along", subject=cast.case["visser"].pk
    )
    assert given.get().ends_at == desk.at + dt.timedelta(days=14)
    assert len({desk.sign(row).number for row in rows}) == 3


def test_a_relative_is_not_offered_and_cannot_be_asked(desk, cast):
    row = desk.prepare(desk.apply())
    names = {staff.first_name for staff in queries.readers_for([row], row.case, row.prepared_by_id, at=desk.at)}
    assert names == {"Els", "Yasmin"}
    close_to(
        by=cast.principal("ineke"), at=desk.at, staff=cast.staff["yasmin"].pk, person=cast.person["mirjam"].pk,
        reason="buurvrouw", municipality="GM0303",
    )  # fmt: skip
    names = {staff.first_name for staff in queries.readers_for([row], row.case, row.prepared_by_id, at=desk.at)}
    assert names == {"Els"}


def test_sent_back_goes_to_who_prepared_it_with_the_reason(desk, cast):
    application = desk.apply()
    row = desk.prepare(application)
    desk.ask(row)
    with pytest.raises(BadInput):
        actions.change(
            by=cast.principal("sanne"), at=desk.at, decision=row, content=desk.content(), opened_version=row.version
        )
    actions.send_back(by=cast.principal("yasmin"), at=desk.at, decision=row, reason="Noem de uren.")
    application.refresh_from_db()
    assert (row.state, row.sent_back_because, application.clock.rests_with) == (
        DecisionState.CONCEPT, "Noem de uren.", cast.staff["sanne"],
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        desk.sign(row)


def test_of_two_who_write_the_same_decision_the_second_sees_both(desk, cast):
    row = desk.prepare(desk.apply())
    same = {"by": cast.principal("sanne"), "at": desk.at, "decision": row, "opened_version": row.version}
    actions.change(**same, content=desk.content(motivation="Eerst."))
    with pytest.raises(Stale):
        actions.change(**same, content=desk.content(motivation="Daarna."))


def known(desk, cast, row, sent_on=None):
    """Send the letters of a signed decision."""
    sanne = cast.principal("sanne")
    making.make_letters(row, by=sanne, at=desk.at, filed_by=cast.staff["sanne"])
    for letter in queries.letters_of(row):
        letter.decision = row
        actions.send_letter(by=sanne, at=desk.at, letter=letter, delivery=Delivery.HANDED, sent_on=sent_on or desk.day)
    row.refresh_from_db()
    return row


def test_made_known_it_works_and_the_time_to_object_runs(desk, cast):
    application = desk.apply()
    row = desk.prepare(application)
    desk.ask(row)
    assert list(queries.awards_for(row.dossier, row.starts)) == []
    row = known(desk, cast, desk.sign(row))
    assert (row.state, row.published_on, row.objection_until) == (
        DecisionState.KNOWN,
        desk.day,
        dt.date(2027, 1, 5),
    )  # fmt: skip - six weeks after 24 November 2026
    assert row.objection_clock.due_on == row.objection_until
    application.refresh_from_db()
    assert (application.state, application.clock.state) == (ApplicationState.DECIDED, ClockState.MET)
    assert list(queries.awards_for(row.dossier, row.starts)) == [row]
    assert list(queries.awards_for(row.dossier, row.ends)) == []
    fact = next(f for f in extract.applications() if f.youth_key == pseudonym("youth", row.dossier.youth_id))
    assert (fact.days, fact.in_time) == (0, True)
    later = desk.at + dt.timedelta(days=60)
    assert actions.expire(at=later) == 2  # also that of Julia
    row.objection_clock.refresh_from_db()
    assert row.objection_clock.state == ClockState.MET


def test_a_revocation_needs_its_decision_and_ends_the_award(desk, cast):
    first = desk.prepare(desk.apply())
    with pytest.raises(BadInput):
        desk.prepare(earlier=first, kind=DecisionKind.REVOKE)  # not taken yet
    desk.ask(first)
    first = known(desk, cast, desk.sign(first))
    revoke = desk.prepare(
        earlier=first, kind=DecisionKind.REVOKE, starts=first.starts, ends=None,
        refusal="Sem verhuist naar zijn vader.",
        found={**FOUND, "question": "Moet de hulp doorgaan?", "differs": False},
    )  # fmt: skip
    desk.ask(revoke)
    assert list(queries.awards_for(first.dossier, first.starts)) == [first]
    desk.sign(revoke)
    assert list(queries.awards_for(first.dossier, first.starts)) == []


def test_the_facts_agree_with_a_count_by_hand(cast):
    assert len(list(extract.applications())) == 4  # Julia, Ruben, Fenna, Esra
    taken = list(extract.decisions())
    assert [(fact.kind, fact.form, fact.unwise) for fact in taken] == [("award", "in_kind", 0)]
