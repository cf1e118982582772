"""Advice of a specialist: asked, written once in plain words, read by the family; what must at least be in order."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.decisions import actions as decisions
from rondom.decisions.enums import DecisionKind
from rondom.dossiers.closing import checks
from rondom.dossiers.enums import ClockState
from rondom.plans import actions, queries, resident
from rondom.plans.actions import Answers
from rondom.plans.enums import Answer, Discipline, Outcome
from rondom.plans.models import FamilyPlan
from tests.decisions.conftest import Desk
from tests.trust.walking import principal, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


def ask(cast, at, *, child="daan", **said):
    expert = actions.Expert("Hedy Brouwer", Discipline.PSYCHOLOGIST, said.pop("organisation", ""))
    return actions.ask_advice(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], dossier=cast.dossier[child], expert=expert,
        **{"question": "Wat helpt?", "until": clock.today(at) + 9 * DAY, "asked_by": cast.staff["sanne"], **said},
    )  # fmt: skip


def write(cast, at, row, **said):
    words = {"answer": "Ga elke dag een kwartier samen lopen.", "answered_on": clock.today(at), **said}
    return actions.write_advice(by=cast.principal("sanne"), at=at, advice=row, said=actions.Said(**words))


def test_the_date_is_with_who_asks_until_the_advice_is_written_once(cast, at):
    row = ask(cast, at)
    assert (row.advice_clock.rests_with, row.advice_clock.state) == (cast.staff["sanne"], ClockState.RUNNING)
    write(cast, at, row)
    row.advice_clock.refresh_from_db()
    assert row.advice_clock.state == ClockState.MET
    with pytest.raises(BadInput):
        write(cast, at, row)


@pytest.mark.parametrize(
    ("said", "field"), [({"answer": " "}, "answer"), ({"answered_on": dt.date(2026, 11, 25)}, "answered_on")]
)
def test_what_cannot_be_is_refused(cast, at, said, field):
    with pytest.raises(BadInput) as refused:
        write(cast, at, ask(cast, at), **said)
    assert refused.value.field == field


def test_the_plan_does_not_end_while_what_must_be_in_order_is_not(cast, at):
    row = write(cast, at, ask(cast, at), lower_limit="Daan slaapt elke nacht thuis.")
    plan = FamilyPlan.objects.get(case=cast.case["visser"])
    ending = {
        "by": cast.principal("sanne"), "at": at, "plan": plan, "written_by": cast.staff["sanne"],
        "held_on": clock.today(at), "answers": Answers(Answer.YES, Answer.YES, Answer.YES), "outcome": Outcome.OUT,
        "goal_states": {},
    }  # fmt: skip
    with pytest.raises(BadInput) as refused:
        actions.evaluate(**ending)
    assert refused.value.field == "outcome"
    assert checks["plans.limits"](cast.case["visser"], at) != []
    with pytest.raises(BadInput):
        actions.meet_limit(by=cast.principal("sanne"), at=at, advice=row, words=" ")
    actions.meet_limit(by=cast.principal("sanne"), at=at, advice=row, words="Twee weken gezien door zijn moeder.")
    assert checks["plans.limits"](cast.case["visser"], at) == []
    assert actions.evaluate(**ending).outcome == Outcome.OUT


def test_who_decides_reads_it_and_nobody_else(cast, at):
    row = ask(cast, at, child="lot", organisation="GGZ Lelystad")
    lot = cast.dossier["lot"]

    def read(who):
        return [each.pk for each in resident.advice_about(lot, principal(who, at), at=at)]

    assert read("mirjam") == []  # asked is not advice
    write(cast, at, row)
    assert read("mirjam") == read("peter") == [row.pk]
    assert read("karim") == read("esra") == []
    page = sign_in("mirjam").get(reverse("portal:help", args=[lot.pk])).content.decode()
    assert "Ga elke dag een kwartier samen lopen." in page and "GGZ Lelystad" not in page


def test_a_decision_takes_it_over_and_asks_how_it_was_checked(cast, at):
    write(cast, at, ask(cast, at, child="sem"))
    desk = Desk(cast, at)
    row = decisions.begin(
        by=cast.principal("sanne"), at=at, kind=DecisionKind.AWARD, prepared_by=cast.staff["sanne"],
        application=desk.apply("sem"),
    )  # fmt: skip
    assert row.inquiry.adviser == "Hedy Brouwer, psycholoog"
    assert (row.inquiry.advice, row.inquiry.advice_checked) == ("Ga elke dag een kwartier samen lopen.", "")


def test_the_pages(cast, at):
    client = sign_in("sanne")
    plan = reverse("plans:of_family", args=[cast.case["visser"].pk])
    address = reverse("plans:advice_new", args=[cast.case["visser"].pk])
    assert address in client.get(plan).content.decode()
    said = {
        "dossier": str(cast.dossier["daan"].pk), "discipline": "psychologist", "asked_of": "Hedy Brouwer",
        "organisation": "De Vuurtoren", "has_stake": "on", "question": "Wat helpt?", "until": "morgen",
    }  # fmt: skip
    shown = client.post(address, said, follow=True).content.decode()
    assert "Niet onafhankelijk" in shown and "Wat helpt?" in shown
    row = queries.advices_for(cast.principal("sanne"), at=at).first()
    for other in ("fatima", "rob"):
        assert sign_in(other).get(reverse("plans:advice", args=[row.pk])).status_code == 404
