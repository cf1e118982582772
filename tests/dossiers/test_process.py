"""Process coordination: asked or proposed, decided by a process coordinator, ended with what came of it (N54)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed
from rondom.dossiers import actions
from rondom.dossiers.enums import CaseRoleKind, ClockState, ProcessGround
from rondom.dossiers.inbox import inbox_of
from rondom.dossiers.models import Case, Clock, Meeting, Note, ProcessRequest
from rondom.dossiers.process import standing_of, to_decide
from rondom.dossiers.queries import cases_for, role_for
from rondom.reference import actions as reference
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def ask(cast, at, ground=ProcessGround.INSTITUTIONS, words="School en wijkteam wachten op elkaar."):
    ProcessRequest.objects.filter(case=cast.case["visser"]).delete()
    return actions.ask_process(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], asked_by=cast.staff["sanne"], ground=ground,
        words=words,
    )  # fmt: skip


def decide(cast, at, row, *, takes_up=True, decision="Ik bel school en het wijkteam vandaag.", who="yasmin"):
    return actions.decide_process(
        by=cast.principal(who), at=at, request=row, decided_by=cast.staff[who], takes_up=takes_up, decision=decision
    )


@pytest.mark.parametrize("ground", list(ProcessGround))
def test_each_ground_can_be_chosen_and_waits_for_a_process_coordinator(cast, at, ground):
    row = ask(cast, at, ground)
    assert row in to_decide(cast.principal("yasmin"), at=at)
    for who in ("els", "mark", "fatima"):
        assert not to_decide(cast.principal(who), at=at).exists()


def test_taken_up_the_process_coordinator_gets_the_role_and_it_ends_with_a_result(cast, at):
    row, case = ask(cast, at), cast.case["visser"]
    with pytest.raises(NotAllowed):
        decide(cast, at, row, who="els")
    with pytest.raises(BadInput):
        decide(cast, at, row, decision=" ")
    decide(cast, at, row)
    assert role_for(cast.principal("yasmin"), case, CaseRoleKind.PROCESS, at=at).staff == cast.staff["yasmin"]
    assert cases_for(cast.principal("yasmin"), at=at).filter(pk=case.pk).exists()
    with pytest.raises(BadInput):
        actions.ask_process(
            by=cast.principal("sanne"),
            at=at,
            case=case,
            asked_by=cast.staff["sanne"],
            ground="family",
            words="nog eens",
        )
    html = sign_in("sanne").get(reverse("desk:family", args=[case.pk])).content.decode()
    assert "Ik bel school en het wijkteam vandaag." in html and "Procesregie" in html
    later = at + dt.timedelta(days=1)
    actions.end_process(by=cast.principal("sanne"), at=later, request=row, result="School en wijkteam praten weer.")
    assert role_for(cast.principal("sanne"), case, CaseRoleKind.PROCESS, at=later) is None
    assert (row.state, row.ended_at) == ("ended", later)


def test_a_consult_is_answered_once_and_gives_no_role(cast, at):
    row = decide(cast, at, ask(cast, at, ProcessGround.CONSULT), decision="Vraag eerst de leerplichtambtenaar.")
    assert (row.state, row.ended_at) == ("ended", at)
    assert role_for(cast.principal("sanne"), cast.case["visser"], CaseRoleKind.PROCESS, at=at) is None


def test_not_needed_is_told_with_why_and_it_can_be_asked_again(cast, at):
    row = decide(cast, at, ask(cast, at), takes_up=False, decision="Probeer eerst een gesprek met school.")
    assert row.state == "declined"
    again = actions.ask_process(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], asked_by=cast.staff["sanne"], ground="family",
        words="Moeder komt niet meer.",
    )  # fmt: skip
    assert again.state == "asked"
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessRequest.objects.filter(pk=row.pk).update(state="asked", decided_by=None, decided_at=None)


def test_closing_the_case_ends_what_was_asked(cast, at):
    row = ask(cast, at)
    actions.close_case(by=cast.principal("sanne"), at=at, case=cast.case["visser"], reason="klaar", despite="klaar")
    row.refresh_from_db()
    assert row.state == "ended"
    assert not to_decide(cast.principal("yasmin"), at=at).exists()


@pytest.fixture
def chosen(cast, at):
    """After thirty days without contact a family stands still here."""
    earlier = at - dt.timedelta(days=5)
    reference.propose(
        by=cast.principal("tom", earlier), at=earlier, name="standstill_days", scope="GM0303", value="30",
        source="Werkafspraak", starts=clock.today(at), seen=None,
    )  # fmt: skip


def proposal(cast, at):
    case = Case.objects.get(pk=cast.case["visser"].pk)
    clocks = list(Clock.objects.filter(case=case, state=ClockState.RUNNING))
    return standing_of(case, clocks, cast.principal("sanne"), at=at).proposal


def test_standing_still_proposes_it_until_somebody_says_not_now(cast, at, chosen):
    case = cast.case["visser"]
    ProcessRequest.objects.filter(case=case).delete()
    Clock.objects.filter(case=case).update(state=ClockState.STOPPED)
    assert proposal(cast, at) == ""
    Note.objects.filter(case=case).update(happened_at=at - dt.timedelta(days=200))
    Meeting.objects.filter(case=case).update(held_at=None)
    Case.objects.filter(pk=case.pk).update(opened_on=clock.today(at) - dt.timedelta(days=300))
    assert proposal(cast, at).startswith("Geen contact sinds")
    html = sign_in("sanne").get(reverse("desk:family", args=[case.pk])).content.decode()
    assert "Dit gezin staat stil" in html
    with pytest.raises(BadInput):
        actions.not_now(by=cast.principal("sanne"), at=at, case=case, asked_by=cast.staff["sanne"], reason=" ")
    address = reverse("desk:process_not_now", args=[case.pk])
    assert sign_in("sanne").post(address, {"reason": "Moeder ligt in het ziekenhuis."}).status_code == 302
    assert proposal(cast, at) == ""
    assert proposal(cast, at + dt.timedelta(days=366)).startswith("Geen contact sinds")


def test_a_date_that_is_late_for_long_proposes_it_too(cast, at, chosen):
    case = cast.case["visser"]
    ProcessRequest.objects.filter(case=case).delete()
    row = Clock.objects.filter(case=case, state=ClockState.RUNNING).first()
    Clock.objects.filter(pk=row.pk).update(due_at=at - dt.timedelta(days=200))
    assert proposal(cast, at).startswith("Een datum is te laat sinds")


def test_through_the_pages_from_asking_to_the_end(cast, at):
    case, sanne, yasmin = cast.case["visser"], sign_in("sanne"), sign_in("yasmin")
    ProcessRequest.objects.filter(case=case).delete()
    ask_page = reverse("desk:process_ask", args=[case.pk])
    assert sanne.get(ask_page).status_code == 200
    assert sanne.post(ask_page, {"ground": "capacity", "words": "Niemand heeft plek."}).status_code == 302
    row = ProcessRequest.objects.get(case=case)
    assert any(box.code == "procesregie" for box, _each in inbox_of(cast.principal("yasmin"), at=at))
    page = reverse("desk:process_decide", args=[row.pk])
    assert "Niemand heeft plek." in yasmin.get(page).content.decode()
    for who in ("els", "fatima", "karin"):
        assert sign_in(who).get(page).status_code == 404
    still = yasmin.get(reverse("desk:standing")).content.decode()
    assert "procesregie is gevraagd op" in still or "De Wit" not in still
    assert yasmin.post(page, {"takes_up": "yes", "decision": "Ik zoek plek."}).status_code == 302
    assert yasmin.get(page).status_code == 404  # decided
    end = reverse("desk:process_end", args=[row.pk])
    assert yasmin.post(end, {"result": "Er is plek."}).status_code == 302
    assert ProcessRequest.objects.get(pk=row.pk).state == "ended"
