"""Decisions about an application itself: not treated because it stayed incomplete; the penalty for deciding late."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock, typesetting
from rondom.core.errors import BadInput, Unwise, VoidByLaw
from rondom.decisions import actions, extract, letters, making, queries, rules
from rondom.decisions.actions import Content
from rondom.decisions.enums import ApplicationState, DecisionKind, DecisionState, Delivery
from rondom.documents.letters import as_text
from rondom.dossiers.enums import ClockState
from tests.decisions.conftest import Desk
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


@pytest.fixture
def plain(monkeypatch):
    """Without typesetter: plain text, and fast."""
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)


def incomplete(desk, *, asked=20, ended=6):
    """An application that was asked to be completed, in the time given or since some days no longer."""
    row = desk.apply(received=desk.day - 30 * DAY)
    by, me = desk.cast.principal("sanne"), desk.cast.staff["sanne"]
    actions.ask_to_complete(
        by=by, at=desk.at, application=row, asked_on=desk.day - asked * DAY, missing="Het verslag van school.",
        written_by=me,
    )  # fmt: skip
    if ended is not None:
        actions.completed(by=by, at=desk.at, application=row, ended_on=desk.day - ended * DAY)
    row.refresh_from_db()
    return row


def begin(desk, kind, application, **content):
    row = actions.begin(
        by=desk.cast.principal("sanne"), at=desk.at, kind=kind, prepared_by=desk.cast.staff["sanne"],
        application=application,
    )  # fmt: skip
    said = Content(kind=kind, article=row.article, motivation="Wij kregen het verslag van school niet.", **content)
    return actions.change(
        by=desk.cast.principal("sanne"), at=desk.at, decision=row, content=said, opened_version=row.version
    )


def made_known(desk, row):
    making.make_letters(
        row, by=desk.cast.principal("sanne"), at=desk.at, filed_by=desk.cast.staff["sanne"], handed=True
    )
    letter = queries.letters_of(row).first()
    letter.decision = row
    actions.send_letter(
        by=desk.cast.principal("sanne"), at=desk.at, letter=letter, delivery=Delivery.HANDED, sent_on=desk.day
    )
    row.refresh_from_db()
    return row


def test_an_application_that_stayed_incomplete_is_not_treated_and_needs_no_inquiry(desk, plain):
    application = incomplete(desk)
    row = begin(desk, DecisionKind.LEAVE, application)
    assert row.article == "artikel 4:5 van de Algemene wet bestuursrecht"
    desk.ask(row)
    application.refresh_from_db()
    # asked on 4 November for fourteen days, came to nothing on the 18th: four weeks from then, before the eight weeks
    assert application.clock.due_on == rules.unhandled_until(application, desk.day).certain.last_day
    signed = made_known(desk, desk.sign(row))
    assert [each["rule"] for each in signed.law] == [
        "Staat alles in het besluit?", "Buiten behandeling laten kan tot", "Mag deze persoon tekenen?",
    ]  # fmt: skip
    application.refresh_from_db()
    assert application.state == ApplicationState.DECIDED
    said = as_text(letters.letter_for(signed, desk.cast.person["mirjam"], at=desk.at)[0])
    assert "Wij behandelen de aanvraag niet." in said and "verslag van school" in said and "binnen 6 weken" in said


def test_it_cannot_be_left_before_it_was_asked_nor_after_four_weeks(desk):
    for application in (desk.apply("noor"), incomplete(desk, ended=None, asked=3)):
        with pytest.raises(BadInput):
            begin(desk, DecisionKind.LEAVE, application)
    application = incomplete(Desk(desk.cast, desk.at))
    row = begin(desk, DecisionKind.LEAVE, application)
    late = Desk(desk.cast, desk.at + 30 * DAY)
    with pytest.raises(VoidByLaw) as refused:
        late.ask(row)
    assert "Awb 4:5 lid 4" in refused.value.source


def late_with_notice(desk, *, late=30, notice=25):
    """An application decided too late: the last day has passed, and a notice of default came in after that."""
    row = desk.apply(received=desk.day - dt.timedelta(weeks=8) - late * DAY)
    actions.note_default(
        by=desk.cast.principal("sanne"), at=desk.at, application=row, received_on=desk.day - notice * DAY, words="",
        written_by=desk.cast.staff["sanne"],
    )  # fmt: skip
    row.refresh_from_db()
    return row


def test_the_penalty_is_set_after_the_decision_with_the_doubt_of_the_law_as_a_reason(desk, plain):
    application = late_with_notice(desk)
    with pytest.raises(BadInput):
        actions.begin(
            by=desk.cast.principal("sanne"), at=desk.at, kind=DecisionKind.PENALTY,
            prepared_by=desk.cast.staff["sanne"], application=desk.apply("noor"),
        )  # fmt: skip
    row = begin(desk, DecisionKind.PENALTY, application, penalty_cents=0)
    with pytest.raises(VoidByLaw) as refused:  # nobody decided yet: it grows every day
        desk.ask(row)
    assert "Awb 4:18" in refused.value.source
    award = desk.prepare(application)
    desk.ask(award)
    made_known(desk, desk.sign(award))
    application = queries.applications_for(desk.cast.principal("sanne"), at=desk.at).get(pk=application.pk)
    due = rules.penalty(application, rules.notice_of(application), desk.at).certain
    assert due.days > 0 and rules.known_on(application) == desk.day
    row = queries.decisions_for(desk.cast.principal("sanne"), at=desk.at).get(pk=row.pk)
    with pytest.raises(Unwise):  # another amount than the law gives, and amounts of 2026 that nobody checked
        desk.ask(row)
    said = Content(
        kind=row.kind, article=row.article, motivation="Wij besloten te laat.", penalty_cents=due.euros * 100
    )
    actions.change(by=desk.cast.principal("sanne"), at=desk.at, decision=row, content=said, opened_version=row.version)
    desk.ask(row, despite={row.pk: "De bedragen van 2026 zijn nagezien in de Staatscourant."})
    signed = desk.sign(row)
    assert signed.findings == "penalty_doubtful"
    clock_kept = application.clock
    made_known(desk, signed)
    if clock_kept:
        clock_kept.refresh_from_db()
        assert clock_kept.state == ClockState.MET  # by the decision itself, not by the penalty
    letter = as_text(letters.letter_for(signed, desk.cast.person["mirjam"], at=desk.at)[0])
    assert f"dwangsom van {due.euros},00 euro" in letter
    fact = next(each for each in extract.applications(youths=[application.dossier.youth_id]) if each.days == 86)
    assert fact.decided_on == desk.day and fact.in_time is False
    with pytest.raises(BadInput):
        begin(desk, DecisionKind.PENALTY, application)


def test_a_decision_about_the_application_stays_that(desk):
    row = begin(desk, DecisionKind.LEAVE, incomplete(desk))
    with pytest.raises(BadInput):
        actions.change(
            by=desk.cast.principal("sanne"), at=desk.at, decision=row, content=desk.content(),
            opened_version=row.version,
        )  # fmt: skip


def test_the_pages_offer_it_and_carry_it_out(desk):
    client, application = sign_in("sanne"), incomplete(desk)
    page = client.get(reverse("decisions:application", args=[application.pk])).content.decode()
    address = reverse("decisions:leave", args=[application.pk])
    assert address in page and reverse("decisions:penalty", args=[application.pk]) not in page
    form = client.get(address).content.decode()
    assert "Het verslag van school" in form and "het bedrag" not in form.lower()
    answer = client.post(address, {"motivation": "Het verslag kwam niet.", "article": "artikel 4:5 Awb"}, follow=True)
    shown = answer.content.decode()
    assert "aanvraag niet behandelen" in shown and "Het onderzoek" not in shown
    row = application.decisions.get()
    assert (row.kind, row.state) == (DecisionKind.LEAVE, DecisionState.CONCEPT)
    assert clock.today(desk.at) == desk.day
    late = late_with_notice(desk)
    offered = client.get(reverse("decisions:application", args=[late.pk])).content.decode()
    assert reverse("decisions:penalty", args=[late.pk]) in offered
    assert "dwangsom" in client.get(reverse("decisions:penalty", args=[late.pk])).content.decode()
