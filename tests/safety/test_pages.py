"""The pages of safety: the badge that stays, the page for the weekend, and nothing of it for a parent."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rondom.core import clock
from rondom.core.models import Look
from rondom.dossiers.models import RoleHandover
from rondom.safety import queries
from rondom.safety.enums import Outcome
from rondom.safety.models import SafetyAssessment, SafetyCondition
from tests.safety.test_safety import CONDITIONS, SAFE, UNSAFE, agree, assess, report
from tests.trust.test_two_worlds import differences, everything
from tests.trust.walking import ask, sign_in, undone

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
BADGE = "Alleen veilig met afspraken"
VISSER = ("daan", "lot", "sem", "noor", "finn")


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def at_risk(cast, at, outcome=CONDITIONS):
    """Daan and Lot are not safe: their father is the risk."""
    outcomes = {child: outcome if child in ("daan", "lot") else SAFE for child in VISSER}
    assess(cast, at, "visser", outcomes, who="sanne")
    agree(cast, at, "visser", by_whom="sanne", child="lot")


def test_the_badge_stands_on_every_page_of_the_family_until_it_is_safe_again(cast, at):
    at_risk(cast, at)
    client, pk = sign_in("sanne"), cast.case["visser"].pk
    names = ("desk:family", "desk:journal", "documents:list", "plans:of_family", "allocations:of_family", "desk:looks")
    for name in (*names, "safety:of_family", "safety:assess", "desk:note_new", "desk:family_close"):
        page = text(client, reverse(name, args=[pk]))
        assert f"<strong>{BADGE}</strong>: Daan, Lot" in page, name
    assert BADGE in text(client, reverse("desk:families"))
    with clock.standing_at(at + dt.timedelta(minutes=1)):
        assess(cast, at + dt.timedelta(minutes=1), "visser", dict.fromkeys(VISSER, SAFE), who="sanne")
        assert BADGE not in text(client, reverse("desk:family", args=[pk]))


def test_in_a_list_it_stands_for_who_may_open_and_for_who_directs_the_team(cast, at):
    at_risk(cast, at)
    listed = reverse("desk:families") + "?filter="
    for name, shown in (("sanne", True), ("els", True), ("yasmin", True), ("mark", False)):
        page = text(sign_in(name), listed)
        assert ("Daan, Lot" in page) is shown, name


def test_the_weekend_page_says_who_what_and_whom_to_ring_to_who_may_know(cast, at):
    page = text(sign_in("els"), reverse("safety:weekend"))
    for words in (
        "Timo", BADGE, "Joris van Rijn", "Sanne Bakker", "Buurvrouw Corrie", "elke avond om zeven uur", "0800-2000",
    ):  # fmt: skip
        assert words in page
    assert "Timo" in text(sign_in("sanne"), reverse("safety:weekend"))  # covers for Joris
    assert "Timo" not in text(sign_in("mark"), reverse("safety:weekend"))  # a row in his list, no more
    assert "Timo" not in text(sign_in("fatima"), reverse("safety:weekend"))
    for name in ("rob", "tom", "ineke"):
        assert sign_in(name).get(reverse("safety:weekend")).status_code in (403, 404)
    look = Look.objects.filter(kind="safety.weekend_shown", actor=cast.staff["els"].pk).get()
    assert set(look.subjects.values_list("kind", flat=True)) == {"case"}


@pytest.mark.slow
def test_the_weekend_page_takes_as_many_queries_for_three_families_as_for_one(cast, at):
    by, team = cast.principal("els"), cast.team["oost"]
    counts = []
    for case, child, who in ((None, "", ""), ("de_boer", "julia", "mark"), ("postma", "", "mark")):
        if case == "de_boer":
            assess(cast, at, case, {child: UNSAFE}, who=who)
        if case == "postma":
            assess(cast, at, case, {"ruben": UNSAFE, "fenna": CONDITIONS}, who=who)
        with CaptureQueriesContext(connection) as taken:
            found = queries.weekend(by, team, at=at)
        counts.append((len(found.families), len(taken)))
    assert [families for families, _queries in counts] == [1, 2, 3]
    assert len({queries_ for _families, queries_ in counts}) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", ["peter", "mirjam"])
def test_a_parent_who_is_the_risk_gets_the_same_bytes_with_and_without(cast, at, name):
    rows = [cast.case["visser"].pk]
    paths = ["/mijn/", *(reverse(f"safety:{page}", args=rows) for page in ("of_family", "assess", "agree", "sight"))]
    with undone("default", "looks"):
        without = everything(name, paths)
    assert len(without) > len(paths)
    with undone("default", "looks"):
        at_risk(cast, at, UNSAFE)
        report(cast, at, cast.case["visser"], who="sanne")
        made = everything(name, paths)
        agreed = SafetyCondition.objects.get(case=cast.case["visser"]).pk
        page, client = reverse("safety:condition", args=[agreed]), sign_in(name)
        guessed = ask(client, "GET", page.replace(str(agreed), str(cast.team["oost"].pk)))
        assert ask(client, "GET", page).body == guessed.body
    assert differences(without, made) == []


def test_from_a_signal_to_an_agreement_on_the_pages(cast, at):
    client, case = sign_in("mark"), cast.case["de_boer"]
    said = {
        "occasion": "signal", "held_on": "vandaag", "signal": "De school belde.", "parents_spoken": "",
        "met_0": "alone", "said_by_0": "Julia", "outcome_0": "conditions", "worries_0": "Er was ruzie.",
        "child_says_0": "Ik was bang.", "next_on": "morgen",
    }  # fmt: skip
    page = reverse("safety:assess", args=[case.pk])
    refused = client.post(page, said).content.decode()
    assert "Doe dat eerst, of schrijf waarom niet." in refused and "Ik was bang." in refused
    done = client.post(page, {**said, "not_spoken_because": "Niemand neemt op."})
    assert done.headers["Location"] == reverse("safety:of_family", args=[case.pk])
    row = SafetyAssessment.objects.filter(case=case).order_by("-created_at")[0]
    assert row.judgements.get().outcome == Outcome.CONDITIONS
    agreed = client.post(
        reverse("safety:agree", args=[case.pk]),
        {
            "who": "Thijs", "what": "belt eerst", "concerns": [cast.person["julia"].pk], "starts_on": "vandaag",
            "checked_by": "Anna", "check_on": "morgen",
        },
    )  # fmt: skip
    assert agreed.status_code == 302
    shown = text(client, reverse("safety:of_family", args=[case.pk]))
    assert "Niemand neemt op." in shown and "belt eerst" in shown
    closing = client.post(reverse("desk:family_close", args=[case.pk]), {"reason": "klaar", "despite": "klaar"})
    assert "Deze casus kan niet dicht." in closing.content.decode()


def test_sight_goes_out_and_comes_back_on_the_page_and_not_by_who_has_no_role(cast, at):
    client, case = sign_in("mark"), cast.case["de_boer"]
    page = reverse("safety:sight", args=[case.pk])
    said = {"do": "out", "where": "veilig_thuis", "name": "Veilig Thuis Flevoland", "accepted_by": ""}
    assert "schrijf wie daar ja zei" in client.post(page, said).content.decode().lower()
    assert client.post(page, {**said, "accepted_by": "Ria van Dam"}).status_code == 302
    back = {"do": "back", "to": cast.staff["mark"].pk, "passed_on": "Zij zijn klaar."}
    assert client.post(page, back).status_code == 302
    offer = RoleHandover.objects.get(case=case, ended_at=None)
    assert offer.to == cast.staff["mark"]
    shown = text(client, page)
    assert "Veilig Thuis Flevoland" in shown and "heeft het nog niet aangenomen" in shown


def test_under_supervision_sight_lies_with_the_certified_institution(cast, at):
    page = text(sign_in("sanne"), reverse("safety:of_family", args=[cast.case["visser"].pk]))
    assert "Lot: onder toezicht van Jeugdbescherming Polderland (GI)" in page
