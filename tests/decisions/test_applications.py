"""An application and its time: eight weeks from the day it came in, standing still, postponed, late."""

import datetime as dt

import pytest

from rondom.core.errors import BadInput
from rondom.decisions import actions, queries, rules
from rondom.decisions.actions.applications import DECIDE
from rondom.decisions.enums import ApplicationState, Shape, StepKind
from rondom.dossiers.closing import open_matters
from rondom.dossiers.enums import ClockState
from rondom.entry.following import steps_after
from rondom.entry.models import Concern

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize("shape", list(Shape))
def test_the_time_runs_from_the_day_it_came_in_form_or_no_form(desk, shape):
    row = desk.apply(received=day("2026-11-02"), shape=shape)
    assert (row.decide_by, row.state) == (day("2026-12-28"), ApplicationState.RUNNING)  # law-and-norms AWB-03
    assert (row.clock.kind, row.clock.due_on, row.clock.rests_with) == (DECIDE, row.decide_by, row.handled_by)
    assert "Awb 4:13" in row.clock.explanation["article"]


def test_while_it_waits_for_what_is_missing_the_time_stands_still_and_runs_on_as_the_law_counts(desk, cast):
    """The worked example of AWB-06: 30-10, asked 10-11, complete 20-11: the last day is 4-1-2027."""
    row = desk.apply(received=day("2026-10-30"), signed=False)
    assert row.decide_by == day("2026-12-28")
    by, me = cast.principal("sanne"), cast.staff["sanne"]
    actions.ask_to_complete(
        by=by, at=desk.at, application=row, asked_on=day("2026-11-10"), missing="Een handtekening", written_by=me
    )
    assert (row.state, row.decide_by, row.clock.state) == (ApplicationState.INCOMPLETE, None, ClockState.SUSPENDED)
    assert row.steps.get().until == day("2026-11-24")
    with pytest.raises(BadInput):
        actions.pause(
            by=by, at=desk.at, application=row, ground=StepKind.CONSENT, starts_on=desk.day, why="ook", written_by=me
        )
    actions.completed(by=by, at=desk.at, application=row, ended_on=day("2026-11-20"))
    assert (row.state, row.decide_by) == (ApplicationState.RUNNING, day("2027-01-04"))
    assert (row.clock.due_on, row.clock.state) == (day("2027-01-04"), ClockState.RUNNING)
    assert "9 dagen" in row.clock.explanation["counted"]
    assert row.case.clocks.filter(kind=DECIDE, subject=row.dossier_id, state__in=ClockState.open_states()).count() == 1


def test_postponed_in_time_moves_the_last_day_and_told_too_late_it_is_refused(desk, cast):
    row = desk.apply(received=day("2026-11-02"))
    by, me = cast.principal("sanne"), cast.staff["sanne"]
    new = {
        "by": by,
        "at": desk.at,
        "application": row,
        "told_on": desk.day,
        "why": "School stuurt later.",
        "written_by": me,
    }
    with pytest.raises(BadInput, match="na de laatste dag"):
        actions.postpone(**new, until=row.decide_by)
    actions.postpone(**new, until=day("2027-01-20"))
    assert (row.decide_by, row.clock.due_on) == (day("2027-01-20"), day("2027-01-20"))
    late = desk.apply("noor", received=day("2026-09-01"))
    assert late.decide_by < desk.day
    with pytest.raises(BadInput) as refused:
        actions.postpone(**{**new, "application": late}, until=day("2027-02-01"))
    assert refused.value.field == "starts_on"


def test_after_a_notice_of_default_the_page_says_what_is_due(desk, cast):
    row = desk.apply(received=day("2026-08-24"))
    assert row.decide_by == day("2026-10-19")
    notice = actions.note_default(
        by=cast.principal("sanne"), at=desk.at, application=row, received_on=day("2026-10-26"), words="",
        written_by=cast.staff["sanne"],
    )  # fmt: skip
    owed = rules.penalty(row, notice, desk.at).certain
    assert (owed.grace_until, owed.days, owed.euros) == (day("2026-11-09"), 15, 14 * 23 + 35)


def test_what_was_withdrawn_runs_no_more_and_cannot_be_moved(desk, cast):
    row = desk.apply()
    by = cast.principal("sanne")
    actions.withdraw(by=by, at=desk.at, application=row, because="Mirjam belde: oma komt helpen.")
    assert (row.state, row.clock.state) == (ApplicationState.WITHDRAWN, ClockState.STOPPED)
    with pytest.raises(BadInput):
        actions.withdraw(by=by, at=desk.at, application=row, because="nog eens")


def test_a_case_does_not_close_quietly_while_an_application_waits(desk, cast):
    before = open_matters(cast.case["visser"], at=desk.at)
    desk.apply()
    said = set(open_matters(cast.case["visser"], at=desk.at)) - set(before)
    assert "Er wacht nog 1 aanvraag op een besluit." in said


def test_a_written_question_of_a_parent_offers_to_be_registered_once(desk, cast):
    concern = Concern.objects.filter(case=cast.case["visser"]).first()
    assert steps_after(concern) == []  # a school that reports asks nothing of the municipality
    Concern.objects.filter(pk=concern.pk).update(reporter_kind="parent", channel="mail")
    concern.refresh_from_db()
    assert [f"?zorg={concern.pk}" in step.url for step in steps_after(concern)] == [True]
    row = desk.apply()
    type(row).objects.filter(pk=row.pk).update(concern=concern)
    assert [str(step.label) for step in steps_after(concern)] == ["Naar de besluiten"]


def test_a_colleague_of_another_team_sees_no_application(desk, cast):
    row = desk.apply()
    assert queries.applications_for(cast.principal("sanne"), at=desk.at).filter(pk=row.pk).exists()
    for stranger in ("fatima", "rob", "karin"):
        assert not queries.applications_for(cast.principal(stranger), at=desk.at).filter(pk=row.pk).exists()
