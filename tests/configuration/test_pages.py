"""Setting up: values with their history, a change by one or two people, lists by day, words with a preview."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.reference import queries
from rondom.reference.models import Parameter, ParameterChange
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
JANUARY = dt.date(2027, 1, 1)


def text(response) -> str:
    return response.content.decode()


def url(name: str, *args) -> str:
    return reverse(f"configuration:{name}", args=args)


@pytest.fixture
def tom(cast):
    return sign_in("tom")


def seen(name: str) -> str:
    newest = queries.newest(name, "GM0303")
    return str(newest.pk) if newest else ""


def typed(name: str, **changes) -> dict[str, str]:
    filled = {"value": "21", "starts": "1-1-2027", "source": "Besluit college 3-11-2026", "seen": seen(name)}
    return {**filled, **changes}


def test_every_page_opens_for_the_administrator(tom):
    for address in (
        url("home"),
        url("parameters"),
        url("parameter", "completion_term_days"),
        url("propose", "completion_term_days"),
        url("propose", "personal_budget_rate"),
        url("parameter", "decision_term_weeks"),
        url("code_lists"),
        url("code_list", "municipality"),
        url("words"),
        url("word", "coordinator"),
    ):
        assert tom.get(address).status_code == 200, address


def test_who_has_no_part_in_it_finds_nothing_there(cast):
    sanne = sign_in("sanne")
    for address in (url("home"), url("parameters"), url("words"), url("propose", "completion_term_days")):
        assert sanne.get(address).status_code == 404
    assert sanne.get(url("code_list", "municipality")).status_code == 200
    assert sign_in("ineke").get(url("propose", "completion_term_days")).status_code == 404


def test_the_list_is_narrowed_by_word_and_by_filter(tom):
    everything = text(tom.get(url("parameters")))
    assert "Bewaartermijn van het logboek" in everything
    assert "Beslistermijn" in everything
    crisis = text(tom.get(url("parameters"), {"zoek": "crisis"}))
    assert "Reactie bij crisis" in crisis
    assert "Bewaartermijn van het logboek" not in crisis
    planned = text(tom.get(url("parameters"), {"soort": "gepland"}))
    assert "Langste wachttijd tot een eerste gesprek" in planned
    assert "Reactie bij crisis" not in planned
    assert "Geen instelling past" in text(tom.get(url("parameters"), {"zoek": "qqq"}))


def test_a_value_is_planned_with_its_source_and_can_be_called_off(tom):
    answer = tom.post(url("propose", "completion_term_days"), typed("completion_term_days"))
    assert (answer.status_code, answer.url) == (302, url("parameter", "completion_term_days"))
    assert queries.value("completion_term_days", on=JANUARY, scopes=["GM0303"]).value == 21
    page = text(tom.get(answer.url))
    assert "21 dagen vanaf 1 januari 2027, voor Dronten. Grond: Besluit college 3-11-2026" in page
    row = Parameter.objects.get(name="completion_term_days", scope="GM0303")
    assert tom.post(url("call_off", row.pk)).status_code == 302
    assert queries.value("completion_term_days", on=JANUARY, scopes=["GM0303"]).value == 14


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source": ""}, "rondom-field--invalid"),
        ({"value": "veel"}, "Schrijf het zo: 14"),
        ({"value": "500"}, "ligt tussen 1 en 90"),
        ({"starts": "24-11-2026"}, "op zijn vroegst morgen"),
        ({"starts": "31-2-2027"}, "datum"),
    ],
)
def test_what_is_not_right_is_said_at_its_field_and_nothing_typed_is_lost(tom, changes, sentence):
    filled = typed("completion_term_days", **changes)
    answer = tom.post(url("propose", "completion_term_days"), filled)
    assert answer.status_code == 200
    page = text(answer)
    assert sentence in page
    assert all(value in page for value in filled.values() if value)
    assert not Parameter.objects.filter(name="completion_term_days", scope="GM0303").exists()


def test_who_opened_the_page_before_a_colleague_planned_is_told_and_sees_it(tom):
    filled = typed("completion_term_days")
    sign_in("nadia").post(url("propose", "completion_term_days"), typed("completion_term_days", value="28"))
    answer = tom.post(url("propose", "completion_term_days"), filled)
    assert answer.status_code == 409
    assert "28 dagen vanaf 1 januari 2027" in text(answer)
    assert 'value="21"' in text(answer)


def test_a_value_for_one_product_stands_beside_the_general_one(tom):
    filled = typed("waiting_norm_intake_days", product="45A04", value="10")
    assert tom.post(url("propose", "waiting_norm_intake_days"), filled).status_code == 302
    ask = lambda *scopes: queries.value("waiting_norm_intake_days", on=JANUARY, scopes=scopes).value  # noqa: E731
    assert (ask("GM0303", "product:45A04"), ask("GM0303")) == (10, 21)
    assert "Dronten, product 45A04" in text(tom.get(url("parameter", "waiting_norm_intake_days")))


def test_a_value_of_the_law_or_the_region_has_no_form(tom):
    for name in ("decision_term_weeks", "crisis_plan_days", "no_such_parameter"):
        assert tom.get(url("propose", name)).status_code == 404
    assert "Staat in de wet" in text(tom.get(url("parameter", "decision_term_weeks")))


def test_a_heavy_value_waits_for_a_colleague_who_sees_now_and_then(tom, cast):
    tom.post(url("propose", "log_retention_years"), typed("log_retention_years", value="7"))
    change = ParameterChange.objects.get(name="log_retention_years")
    assert "wacht op een collega" in text(tom.get(url("home")))
    assert "Trek mijn voorstel in" in text(tom.get(url("change", change.pk)))
    ineke = sign_in("ineke")
    assert "wacht op jou" in text(ineke.get(url("home")))
    page = text(ineke.get(url("change", change.pk)))
    assert "5 jaar" in page
    assert "7 jaar" in page
    assert tom.post(url("change", change.pk), {"deed": "approve", "version": "1"}).status_code == 403
    assert ineke.post(url("change", change.pk), {"deed": "guess", "version": "1"}).status_code == 422
    assert ineke.post(url("change", change.pk), {"deed": "approve", "version": "1"}).status_code == 302
    assert ineke.post(url("change", change.pk), {"deed": "approve", "version": "1"}).status_code == 422
    assert queries.value("log_retention_years", on=JANUARY, scopes=["GM0303"]).value == 7
    assert "Tom Jansen, goedgekeurd door Ineke Postma" in text(tom.get(url("parameter", "log_retention_years")))


def test_what_belongs_to_another_municipality_does_not_exist_here(tom):
    national = queries.latest("completion_term_days", "")
    assert tom.post(url("call_off", national.pk)).status_code == 404
    other = ParameterChange.objects.get(name="portal_assurance_level")
    ParameterChange.objects.filter(pk=other.pk).update(municipality="GM0171", scope="GM0171")
    assert tom.get(url("change", other.pk)).status_code == 404


def test_a_list_is_shown_as_it_was_on_a_day(tom):
    today = text(tom.get(url("code_list", "municipality"), {"words": "brielle"}))
    assert "Geen code past" in today
    then = text(tom.get(url("code_list", "municipality"), {"words": "brielle", "day": "1-6-2022"}))
    assert "GM0501" in then
    every = text(tom.get(url("code_list", "municipality"), {"perioden": "alle"}))
    assert "Gemeenten, alle perioden" in every
    assert tom.get(url("code_list", "no_such_list")).status_code == 404


def test_a_word_is_shown_in_sentences_before_it_is_used(tom):
    filled = {"singular": "gezinsregisseur", "plural": "gezinsregisseurs", "article": "de", "starts": "24-11-2026"}
    page = text(tom.post(url("word", "coordinator"), {**filled, "preview": "1"}))
    assert "De gezinsregisseur van dit gezin is bekend." in page
    assert queries.latest_word("coordinator", "GM0303") is None
    assert tom.post(url("word", "coordinator"), {**filled, "use": "1"}).status_code == 302
    assert "de gezinsregisseur" in text(tom.get(url("words")))
    stale = tom.post(url("word", "coordinator"), {**filled, "singular": "coach", "use": "1"})
    assert stale.status_code == 409
    assert "gezinsregisseur" in text(stale)
    assert 'value="coach"' in text(stale)
    assert tom.get(url("word", "no_such_word")).status_code == 404


def test_a_second_press_of_the_button_does_it_once(tom):
    page = text(tom.get(url("propose", "completion_term_days")))
    key = page.split('name="_once" value="')[1].split('"')[0]
    filled = {**typed("completion_term_days"), "_once": key}
    first, second = (tom.post(url("propose", "completion_term_days"), filled) for _ in range(2))
    assert first.status_code == 302
    assert second.status_code in (302, 409)
    assert Parameter.objects.filter(name="completion_term_days", scope="GM0303").count() == 1


def test_the_list_of_parameters_takes_as_many_queries_with_more_values(tom, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        tom.get(url("parameters"))
