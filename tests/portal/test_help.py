"""Decisions, help and the plan as it was, on the pages of parents and young people: each what is theirs, no more."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.models import Look
from rondom.core.words import date_words
from rondom.decisions import letters
from rondom.decisions.enums import DecisionState
from rondom.decisions.models import Decision, DecisionGoal, DecisionLetter
from rondom.documents.letters import as_text
from rondom.people.models import Address, Authority, HouseholdMember
from rondom.plans import actions, resident
from rondom.plans.models import FiledPlan, Goal
from tests.decisions.conftest import Desk
from tests.trust.walking import ask, principal, sign_in, undone
from tests.whole import cast

__all__ = ["cast"]
pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def of(cast, child):
    return Decision.objects.get(dossier=cast.dossier[child], state=DecisionState.KNOWN)


def page(who, name, row):
    return sign_in(who).get(reverse(f"portal:{name}", args=[row.pk]))


def said(who, name, row):
    answer = page(who, name, row)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "reads"),
    [("mirjam", {"lot", "sem"}), ("peter", {"lot"}), ("karim", set()), ("daan", {"daan"}), ("esra", set())],
)
def test_a_decision_is_read_by_who_has_authority_and_from_sixteen_by_the_youth_alone(cast, who, reads):
    """Jw 7.3.15 and DOS-06: with authority, until 16; CNS-04: from 16 the young person; a father without: nothing."""
    found = {child for child in ("lot", "sem", "daan") if page(who, "decision", of(cast, child)).status_code == 200}
    assert found == reads
    refused = Look.objects.filter(kind="portal.decision_shown", result="denied").count()
    assert refused == 3 - len(reads)


def test_a_decision_says_per_rule_what_was_looked_at_what_it_says_what_follows_and_how_to_object(cast):
    row = of(cast, "sem")
    text = said("mirjam", "decision", row)
    assert len(row.law) >= 4
    for each in row.law:
        for words in (each["rule"], *each["looked"], each["follows"]):
            assert words in text
    assert "Wat zegt de regel?" in text and "Jw 2.3" in text
    assert "Twee gesprekken per week is te veel" in text  # what is not given, and why
    assert f"Bezwaar maken kan tot en met {date_words(row.objection_until)}." in text
    assert row.number in text and "burgemeester en wethouders van Dronten" in text


def test_after_the_last_day_to_object_the_page_says_so(cast, at):
    row = of(cast, "sem")
    last = row.objection_until
    with clock.standing_at(dt.datetime.combine(last, dt.time(12), dt.UTC)):
        assert "Bezwaar maken kan tot en met" in said("mirjam", "decision", row)
    with clock.standing_at(dt.datetime.combine(last + dt.timedelta(days=1), dt.time(12), dt.UTC)):
        assert f"Bezwaar maken kon tot en met {date_words(last)}." in said("mirjam", "decision", row)


def test_of_two_divorced_parents_each_reads_only_what_is_theirs(cast):
    row = of(cast, "lot")
    mother, father = said("mirjam", "decision", row), said("peter", "decision", row)
    assert "Lot leest niet mee in de klas." in mother and "niet mee in de klas" not in father  # who asked, alone
    assert "kwartier met mama" in mother and "kwartier met mama" not in father  # that goal is about Mirjam too
    for text in (mother, father):
        assert "Lot leest twee jaar onder haar leeftijd." in text
    own = {letter.addressee.called: letter for letter in DecisionLetter.objects.filter(decision=row)}
    assert set(own) == {"Mirjam", "Peter"}
    assert str(own["Peter"].pk) in father and str(own["Mirjam"].pk) not in father
    answer = page("peter", "letter", own["Peter"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert page("peter", "letter", own["Mirjam"]).status_code == 404
    assert Look.objects.filter(kind="portal.letter_downloaded", result="denied").count() == 1


def test_the_letter_to_a_father_has_no_goal_about_the_mother(cast, at):
    row = of(cast, "lot")
    mother, father = (as_text(letters.letter_for(row, cast.person[who], at=at)[0]) for who in ("mirjam", "peter"))
    assert "kwartier met mama" in mother and "kwartier" not in father and "Waarvoor de hulp is" not in father


def test_words_of_a_goal_from_when_it_was_about_others_too_stay_away(cast, at):
    row, goal = of(cast, "lot"), Goal.objects.get(said_by="Lot")
    actions.change_goal(
        by=cast.principal("sanne"), at=at, goal=goal, changes={"text": "Ik wil elke dag lezen."},
        concerns=[cast.person["lot"]], opened_version=goal.version, kept_by=cast.staff["sanne"],
    )  # fmt: skip
    assert DecisionGoal.objects.get(decision=row).text.startswith("Ik wil elke dag een kwartier")
    assert "kwartier" not in said("peter", "decision", row)
    told = [text for part in resident.earlier_for(principal("peter", at), goal.plan, at=at) for text in part.texts]
    assert any("elke dag lezen" in text for text in told) and not any("met mama" in text for text in told)


def test_what_is_not_made_known_is_not_there(cast, at):
    desk = Desk(cast, at)
    row = desk.prepare(desk.apply("noor"), motivation="Noor praat nog weinig.")
    desk.ask(row)
    signed = desk.sign(row)
    assert page("mirjam", "decision", signed).status_code == 404
    assert "Noor praat nog weinig" not in said("mirjam", "help", cast.dossier["noor"])


def test_who_gains_authority_reads_nothing_older(cast, at):
    """Practice 1: authority is tested on the date of the document."""
    row = of(cast, "lot")
    Authority.objects.filter(child=cast.person["lot"], holder=cast.person["peter"]).update(starts=row.published_on)
    assert page("peter", "decision", row).status_code == 200
    later = row.published_on + dt.timedelta(days=1)
    Authority.objects.filter(child=cast.person["lot"], holder=cast.person["peter"]).update(starts=later)
    assert page("peter", "decision", row).status_code == 404


def test_help_is_told_to_who_may_know_and_its_place_to_who_lives_there(cast):
    mother, father = (said(who, "help", cast.dossier["lot"]) for who in ("mirjam", "peter"))
    for text in (mother, father):
        assert "Begeleiding in het gezin" in text and "Begonnen op 13 november 2026." in text
        assert "Behandeling ernstige dyslexie" in text and "Het is nog niet begonnen." in text
        assert "18 dagen" in text  # since the decision of 6 November
    assert "Van De Vuurtoren jeugdhulp" in mother and "Vuurtoren" not in father and "Kompas" not in father
    assert page("mirjam", "help", cast.dossier["daan"]).status_code == 404
    own = said("daan", "help", cast.dossier["daan"])
    assert "Jongerencoach Dronten" in own and "De Vuurtoren" in own
    assert page("peter", "help", cast.dossier["sem"]).status_code == 404


def test_that_a_place_is_not_told_tells_nothing(cast):
    """A father whose children live at no secret address reads as much, as long as he does not live with them."""
    Address.objects.filter(person=cast.person["lot"]).update(secret=False)
    Address.objects.filter(person=cast.person["mirjam"]).update(secret=False)
    assert "Vuurtoren" not in said("peter", "help", cast.dossier["lot"])
    home = HouseholdMember.objects.get(person=cast.person["peter"]).household
    HouseholdMember.objects.filter(person=cast.person["lot"]).update(household=home)
    assert "Van De Vuurtoren jeugdhulp" in said("peter", "help", cast.dossier["lot"])


def test_help_that_was_sent_back_never_was_help(cast):
    row = Allocation.objects.get(dossier=cast.dossier["lot"], product__code="54D01")
    Allocation.objects.filter(pk=row.pk).update(state="sent_back", sent_back_because="Dubbel.")
    assert "dyslexie" not in said("mirjam", "help", cast.dossier["lot"]).partition("Wat is besloten")[0]


def test_a_youth_of_sixteen_has_a_plan_of_his_own_and_the_signed_file_of_it(cast):
    filed = FiledPlan.objects.get(plan__case=cast.case["daan"])
    home = sign_in("daan").get(reverse("portal:home")).content.decode()
    assert home.count("Het plan bekijken") == 2  # his own, and his part of that of the family
    own = said("daan", "plan_earlier", filed.plan)
    assert str(filed.pk) in own and "Ik wil mijn diploma halen" in own
    answer = page("daan", "filed", filed)
    assert answer.status_code == 200 and b"diploma" in b"".join(answer.streaming_content)
    for who in ("mirjam", "peter", "karim", "esra"):
        assert page(who, "filed", filed).status_code == 404
        assert page(who, "plan_earlier", filed.plan).status_code == 404


def test_versions_in_which_nothing_changed_for_the_reader_are_one(cast, at):
    plan = Goal.objects.get(said_by="Lot").plan
    by, me = cast.principal("sanne"), cast.staff["sanne"]
    peter = principal("peter", at)
    before = resident.earlier_for(peter, plan, at=at)
    for about in (["sem"], ["daan"], ["lot", "mirjam"]):
        actions.add_goal(
            by=by, at=at, plan=plan, text="Iets van een ander.", said_by="Mirjam", kept_by=me,
            concerns=[cast.person[name] for name in about],
        )  # fmt: skip
    assert resident.earlier_for(peter, plan, at=at) == before
    actions.add_goal(
        by=by, at=at, plan=plan, text="Ik wil fietsen.", said_by="Lot", kept_by=me, concerns=[cast.person["lot"]]
    )
    assert len(resident.earlier_for(peter, plan, at=at)) == len(before) + 1


def test_no_byte_of_a_fathers_pages_changes_by_what_is_kept_from_him(cast, at):
    lot = cast.dossier["lot"]
    paths = [
        reverse("portal:home"), reverse("portal:help", args=[lot.pk]),
        reverse("portal:decision", args=[of(cast, "lot").pk]),
        reverse("portal:plan_earlier", args=[Goal.objects.get(said_by="Lot").plan_id]),
    ]  # fmt: skip

    def pages():
        client = sign_in("peter")
        found = [ask(client, "GET", path) for path in paths]
        return [(answer.status, answer.headers, answer.body) for answer in found]

    with undone("default", "looks"):
        here = pages()
    assert [status for status, _, _ in here] == [200] * len(paths)
    with undone("default", "looks"):
        Address.objects.filter(person=cast.person["lot"]).update(district="WK030304")
        Decision.objects.filter(dossier=cast.dossier["sem"]).update(motivation="Heel iets anders.")
        Allocation.objects.filter(dossier__in=[cast.dossier["sem"], cast.dossier["daan"]]).update(ends=None)
        DecisionGoal.objects.filter(decision=of(cast, "lot")).update(text="Andere woorden.")
        desk = Desk(cast, at)
        row = desk.prepare(desk.apply("noor"))
        desk.ask(row)
        desk.sign(row)
        assert pages() == here
