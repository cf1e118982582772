"""Parameters: dated, scoped, with a source; what is added later never changes an earlier answer."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from rondom.core.errors import BadInput, NotAllowed, NotFound, Stale
from rondom.core.models import Event
from rondom.core.principals import machine
from rondom.law.engine import national
from rondom.reference import actions, files, parameters, queries, scopes
from rondom.reference.models import Parameter, ParameterChange

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

TODAY = dt.date(2026, 11, 24)
NEXT_YEAR = dt.date(2027, 1, 1)
COMMAND = machine("command:test")


def toml(text: str) -> files.ReferenceFile:
    return files.parse("p.toml", text.encode())


@pytest.fixture
def plan(cast, shipped, at):
    """Plan a value for Dronten as the functional administrator."""

    def run(name="completion_term_days", value="21", starts=NEXT_YEAR, scope="GM0303", by=None, **changes):
        latest = queries.latest(name, scope)
        arguments = {
            "by": by or cast.principal("tom"), "at": at, "name": name, "scope": scope, "value": value,
            "starts": starts, "source": "Besluit college 3 november 2026", "seen": latest.pk if latest else None,
        }  # fmt: skip
        return actions.propose(**{**arguments, **changes})

    return run


def test_the_most_specific_scope_wins(shipped):
    ask = lambda *held, day=TODAY: queries.value("crisis_response_hours", on=day, scopes=held)  # noqa: E731
    assert (ask().value, ask().scope) == (24, "")
    assert ask("region:drenthe", "GM0114", day=dt.date(2014, 6, 1)).scope == "region:drenthe"
    assert ask("region:drenthe", "GM0114").scope == ""


def test_a_product_outweighs_a_municipality_and_both_together_outweigh_a_product(shipped, at):
    rows = "".join(
        f'[[waiting_norm_intake_days]]\nscope = "{scope}"\nvalue = {value}\nstarts = 2020-01-01\nsource = "contract"\n'
        for scope, value in (("GM0303", 20), ("product:45A04", 15), ("GM0303/product:45A04", 10), ("GM0171", 5))
    )
    actions.load(by=COMMAND, at=at, file=toml(rows), history=True)
    ask = lambda *held: queries.value("waiting_norm_intake_days", on=TODAY, scopes=held).value  # noqa: E731
    assert [ask(), ask("GM0303"), ask("product:45A04"), ask("GM0303", "product:45A04")] == [28, 20, 15, 10]
    assert ask("GM0034", "product:45A04") == 15


def test_an_answer_carries_its_source_and_since_when(shipped):
    found = queries.value("dossier_retention_years", on=TODAY)
    assert (found.value, found.valid_from, found.unit) == (20, dt.date(2020, 1, 1), "jaar")
    assert "7.3.8" in found.source
    assert queries.value("dossier_retention_years", on=dt.date(2019, 12, 31)).value == 15


def test_all_parameters_of_a_day_come_in_one_query(shipped, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.parameter_set(TODAY, ("region:flevoland", "GM0303"))
    assert found["help_teams_maximum"].value == 1
    assert found["start_after_decision_days"].scope == "region:flevoland"
    assert found["decision_term_weeks"].source == "Awb 4:13 lid 2"
    assert "waiting_norm_help_days" not in found


def test_a_value_that_is_not_known_that_day_gives_a_sentence(shipped):
    with pytest.raises(BadInput, match="1990"):
        queries.value("crisis_response_hours", on=dt.date(1990, 1, 1))
    with pytest.raises(BadInput):
        queries.value("no_such_parameter", on=TODAY)


def test_a_municipality_has_the_scopes_of_its_region_of_that_day(shipped):
    assert queries.scopes_of("GM0303", on=TODAY) == ("region:flevoland", "GM0303")
    assert queries.scopes_of("GM9999", on=TODAY) == ("GM9999",)


def test_a_planned_value_holds_from_its_day_and_not_before(plan):
    plan()
    ask = lambda day: queries.value("completion_term_days", on=day, scopes=["GM0303"]).value  # noqa: E731
    assert [ask(TODAY), ask(dt.date(2026, 12, 31)), ask(NEXT_YEAR)] == [14, 14, 21]
    assert queries.value("completion_term_days", on=NEXT_YEAR, scopes=["GM0171"]).value == 14


def test_a_later_value_never_changes_an_earlier_answer(plan, at):
    days = [dt.date(2015, 1, 1) + dt.timedelta(days=step) for step in range(0, 4345, 61)]
    before = [queries.parameter_set(day, ("region:flevoland", "GM0303")) for day in days]
    plan()
    plan(value="30", starts=dt.date(2028, 1, 1))
    plan(name="crisis_response_hours", value="8", starts=TODAY + dt.timedelta(days=1))
    after = [queries.parameter_set(day, ("region:flevoland", "GM0303")) for day in days]
    core = lambda each: {name: (each[name].value, each[name].valid_from) for name in each}  # noqa: E731
    assert [core(each) for each in before] == [core(each) for each in after]
    assert days[-1] < TODAY


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": "  "}, "source"),
        ({"source": "=cmd()"}, "source"),
        ({"starts": TODAY}, "starts"),
        ({"value": "many"}, "value"),
        ({"value": "0"}, "value"),
        ({"value": "14,5"}, "value"),
        ({"name": "no_such_parameter"}, "name"),
        ({"scope": "Dronten"}, "scope"),
        ({"scope": "GM0303/product:45A04"}, "scope"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_at_its_field(plan, changes, field):
    with pytest.raises(BadInput) as refusal:
        plan(**changes)
    assert (refusal.value.field, bool(str(refusal.value))) == (field, True)
    assert not Parameter.objects.filter(scope="GM0303", name="completion_term_days").exists()


def test_one_changes_the_values_of_the_own_municipality_only(plan, cast):
    for scope in ("", "region:flevoland", "GM0171"):
        name = "completion_term_days" if scope != "region:flevoland" else "crisis_response_hours"
        with pytest.raises(NotAllowed):
            plan(name=name, scope=scope)
    with pytest.raises(NotAllowed):
        plan(by=cast.principal("sanne"))


def test_who_did_not_see_the_latest_plan_is_told(plan):
    plan()
    with pytest.raises(Stale) as stale:
        plan(value="30", starts=dt.date(2028, 1, 1), seen=None)
    assert stale.value.current.value == 21


def test_a_value_before_a_planned_one_asks_to_call_that_off_first(plan):
    plan()
    with pytest.raises(BadInput):
        plan(value="30", starts=dt.date(2026, 12, 1))


def test_a_planned_value_can_be_called_off_and_the_former_goes_on(plan, cast, at):
    first = plan()
    second = plan(value="30", starts=dt.date(2028, 1, 1))
    with pytest.raises(BadInput):
        actions.call_off(by=cast.principal("tom"), at=at, planned=first)
    actions.call_off(by=cast.principal("nadia"), at=at, planned=second)
    first.refresh_from_db()
    assert first.ends is None
    with pytest.raises(BadInput):
        actions.call_off(by=cast.principal("tom"), at=at, planned=second)
    with pytest.raises(NotFound):
        actions.call_off(by=cast.principal("karin"), at=at, planned=first)
    national = queries.latest("completion_term_days", "")
    with pytest.raises(BadInput):
        actions.call_off(by=COMMAND, at=at, planned=national)


def test_a_privileged_value_waits_for_another_person(plan, cast, at):
    change = plan(name="log_retention_years", value="7")
    assert isinstance(change, ParameterChange)
    ask = lambda: queries.value("log_retention_years", on=NEXT_YEAR, scopes=["GM0303"]).value  # noqa: E731
    assert ask() == 5
    for who in ("tom", "sanne", "rob"):
        with pytest.raises(NotAllowed):
            actions.approve(by=cast.principal(who), at=at, change=change, opened_version=1)
    row = actions.approve(by=cast.principal("ineke"), at=at, change=change, opened_version=1)
    assert (ask(), row.entered_by, row.approved_by) == (7, cast.staff["tom"].pk, cast.staff["ineke"].pk)
    with pytest.raises(BadInput):
        actions.approve(by=cast.principal("nadia"), at=at, change=change, opened_version=2)


def test_a_proposal_is_declined_by_another_and_withdrawn_by_oneself(plan, cast, at):
    change = plan(name="log_retention_years", value="7")
    with pytest.raises(BadInput):
        plan(name="log_retention_years", value="8")
    with pytest.raises(NotAllowed):
        actions.decline(by=cast.principal("tom"), at=at, change=change, opened_version=1)
    actions.decline(by=cast.principal("nadia"), at=at, change=change, opened_version=1)
    change = plan(name="log_retention_years", value="8")
    with pytest.raises(NotAllowed):
        actions.retract(by=cast.principal("nadia"), at=at, change=change, opened_version=1)
    actions.retract(by=cast.principal("tom"), at=at, change=change, opened_version=1)
    assert not queries.waiting_changes("GM0303").filter(name="log_retention_years").exists()
    assert [each.state for each in queries.decided_changes("log_retention_years", "GM0303")] == [
        "retracted",
        "declined",
    ]


def test_two_seconds_at_once_decide_once(plan, cast, at):
    change = plan(name="log_retention_years", value="7")
    other = ParameterChange.objects.get(pk=change.pk)
    actions.approve(by=cast.principal("ineke"), at=at, change=change, opened_version=1)
    with pytest.raises(Stale):
        actions.approve(by=cast.principal("nadia"), at=at, change=other, opened_version=1)
    assert Parameter.objects.filter(name="log_retention_years", scope="GM0303").count() == 1


def test_events_name_the_parameter_and_never_its_value(plan):
    plan(value="23")
    event = Event.objects.filter(kind="reference.parameter_planned").latest("number")
    assert (event.fields, event.municipality) == (["completion_term_days"], "GM0303")


def test_the_database_itself_refuses_a_row_without_source_or_two_open_rows(shipped, at):
    facts = {"name": "log_retention_years", "value": 9, "entered_by": COMMAND.key, "starts": NEXT_YEAR}
    for wrong in ({"source": "", "scope": "GM0303"}, {"source": "wet", "scope": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Parameter.objects.create(**facts, **wrong)


@pytest.mark.parametrize(
    "text",
    [
        "[[crisis_response_hours]]\nvalue = 9\nstarts = 2028-01-01\n",  # no source
        '[[crisis_response_hours]]\nvalue = 9\nstarts = 2028-01-01\nsource = ""\n',
        '[[crisis_response_hours]]\nvalue = 9\nstarts = 2028-01-01\nsource = "Awb"\n',  # the stored one has no end
        '[[crisis_response_hours]]\nvalue = true\nstarts = 2028-01-01\nsource = "Awb"\n',
        '[[crisis_response_hours]]\nvalue = 900\nstarts = 2028-01-01\nsource = "Awb"\n',
        '[[crisis_response_hours]]\nscope = "product:X"\nvalue = 9\nstarts = 2028-01-01\nsource = "Awb"\n',
        '[[decision_term_weeks]]\nvalue = 9\nstarts = 2028-01-01\nsource = "Awb"\n',
        '[[no_such]]\nvalue = 9\nstarts = 2028-01-01\nsource = "Awb"\n',
        '[[completion_term_days]]\nscope = "GM0001"\nvalue = 9\nstarts = 2028-01-01\nsource = "Awb"\n',
        '[[completion_term_days]]\nscope = "GM0303"\nvalue = 9\nstarts = 2020-01-01\nsource = "Awb"\n',  # the past
        '[[completion_term_days]]\nscope = "GM0303"\nvalue = 9\nstarts = 2028-01-01\nsource = "Awb"\nowner = "x"\n',
    ],
)
def test_a_parameter_file_with_one_wrong_row_changes_nothing(shipped, at, text):
    fine = '[[completion_term_days]]\nscope = "GM0171"\nvalue = 9\nstarts = 2028-01-01\nsource = "besluit"\n'
    before = Parameter.objects.count()
    with pytest.raises(actions.LoadRefused) as refusal:
        actions.load(by=COMMAND, at=at, file=toml(fine + text))
    assert [line.number for line in refusal.value.report.refused] == [6]
    assert Parameter.objects.count() == before


def test_a_new_national_value_comes_with_the_end_of_the_former(shipped, at):
    former = queries.latest("archive_transfer_years", "")
    text = (
        f'[[archive_transfer_years]]\nvalue = 20\nstarts = 2015-01-01\nends = 2028-01-01\nsource = "{former.source}"\n'
        f'note = "{former.note}"\n'
        '[[archive_transfer_years]]\nvalue = 10\nstarts = 2028-01-01\nsource = "nieuwe Archiefwet"\n'
    )
    report = actions.load(by=COMMAND, at=at, file=toml(text))
    assert (report.new, report.ended) == (1, 1)
    assert queries.value("archive_transfer_years", on=dt.date(2028, 1, 1)).value == 10
    assert queries.value("archive_transfer_years", on=TODAY).value == 20


def test_the_numbers_of_the_law_are_answered_and_cannot_be_changed(plan):
    for name, kind in parameters.known:
        assert not kind.statutory or name in national().names(), name
    with pytest.raises(BadInput):
        plan(name="decision_term_weeks", value="9", scope="GM0303")


def test_the_law_gets_its_own_numbers_and_what_holds_here(shipped):
    numbers = queries.for_law(TODAY, ("GM0171",))
    assert numbers.on("decision_term_weeks", TODAY).value == 8
    months = numbers.on("referral_validity_months", TODAY)
    assert (months.scope, months.value) == ("GM0171", 3)


def test_loading_again_after_a_change_by_hand_keeps_the_change(plan, at):
    plan(name="referral_validity_months", value="6", scope="GM0303")
    plan(name="help_teams_maximum", value="2", scope="GM0303")
    report = actions.load(by=COMMAND, at=at, file=files.read(files.SHIPPED / "parameters.toml"), history=True)
    assert (report.refused, report.changed, report.new) == ([], 0, 0)
    assert queries.value("help_teams_maximum", on=NEXT_YEAR, scopes=["GM0303"]).value == 2


@pytest.mark.parametrize("text", ["a = ", "crisis_response_hours = 8", "[crisis_response_hours]\nvalue = 8"])
def test_a_file_that_is_no_parameter_file_gives_a_sentence(text):
    with pytest.raises(BadInput):
        toml(text)


@given(st.lists(st.sampled_from(["GM0303", "region:flevoland", "organisation:x", "product:45A04"]), unique=True))
def test_scopes_have_one_way_to_be_written(parts):
    written = scopes.join(parts)
    assert scopes.normal("/".join(reversed(parts))) == written
    assert set(scopes.parts(written)) == set(parts)
    assert len(scopes.candidates(parts)) == 2 ** len(parts)


@given(
    st.sampled_from([kind for _name, kind in parameters.known]),
    st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.text()), st.dates()),
)
def test_any_value_is_read_in_its_own_type_or_refused_with_a_sentence(kind, given_value):
    try:
        value = kind.read(given_value)
    except BadInput as refusal:
        assert str(refusal)
        assert refusal.field == "value"
    else:
        assert kind.read(kind.write(value)) == value
        assert str(kind.show(value))
