"""Which table is in force: published by two people, from a day in the future, kept as it was."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from rondom.aids import actions, library, queries
from rondom.aids.models import Publication
from rondom.aids.tables import from_data
from rondom.core.errors import BadInput, NotAllowed, NotFound, Stale
from rondom.core.models import Event
from tests.aids.samples import row, sample

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

TODAY = dt.date(2026, 11, 24)
TOMORROW = dt.date(2026, 11, 25)
JANUARY = dt.date(2027, 1, 1)


@pytest.fixture
def publish(cast, at):
    def run(data=None, starts=TOMORROW, first="tom", second="nadia"):
        table = from_data(data or sample())
        proposed = actions.propose(by=cast.principal(first), at=at, table=table, starts=starts)
        return actions.publish(by=cast.principal(second), at=at, publication=proposed, opened_version=1)

    return run


SECOND = sample(version="2", rows=[row("desk", urgent="ja"), *sample()["rows"][1:]], examples=[
    {"name": "haast", "given": {"urgent": "ja"}, "expect": {"to": "desk"}}])  # fmt: skip


def test_a_table_is_in_force_from_its_day(publish):
    publish()
    with pytest.raises(BadInput):
        queries.table_on("sample", TODAY, municipality="GM0303")
    outcome = queries.decide("sample", {"urgent": True}, on=TOMORROW, municipality="GM0303")
    assert (outcome["to"], outcome.version) == ("team", "1")
    with pytest.raises(BadInput):
        queries.decide("sample", {"urgent": True}, on=TOMORROW, municipality="GM0171")


def test_a_later_version_leaves_earlier_days_as_they_were(publish):
    publish()
    publish(SECOND, JANUARY)
    ask = lambda day: queries.decide("sample", {"urgent": True}, on=day, municipality="GM0303")  # noqa: E731
    assert [ask(day)["to"] for day in (TOMORROW, dt.date(2026, 12, 31), JANUARY)] == ["team", "team", "desk"]
    assert ask(TOMORROW).digest == from_data(sample()).digest


def test_who_proposes_cannot_publish_and_roles_are_asked(publish, cast, at):
    for wrong in ({"first": "sanne"}, {"second": "tom"}, {"second": "sanne"}):
        with pytest.raises(NotAllowed):
            publish(**wrong)
        Publication.objects.filter(key="sample").delete()
    table = from_data(sample(municipality="GM0171"))
    with pytest.raises(NotFound):
        actions.propose(by=cast.principal("tom"), at=at, table=table, starts=TOMORROW)
    assert publish(first="yasmin", second="ineke").state == "published"


def test_a_table_with_gaps_or_of_another_time_is_not_proposed(cast, at):
    for data, starts in (
        (sample(rows=[row(urgent="ja")]), TOMORROW),
        (sample(), TODAY),
        (sample(valid_until="2026-11-25"), TOMORROW),
    ):
        with pytest.raises(BadInput):
            actions.propose(by=cast.principal("tom"), at=at, table=from_data(data), starts=starts)
    assert not Publication.objects.filter(key="sample").exists()


def test_one_proposal_at_a_time_and_a_decline_ends_it(cast, at, publish):
    tom, nadia = cast.principal("tom"), cast.principal("nadia")
    proposed = actions.propose(by=tom, at=at, table=from_data(sample()), starts=TOMORROW)
    with pytest.raises(BadInput):
        actions.propose(by=nadia, at=at, table=from_data(SECOND), starts=JANUARY)
    with pytest.raises(NotAllowed):
        actions.decline(by=cast.principal("sanne"), at=at, publication=proposed, opened_version=1)
    actions.decline(by=nadia, at=at, publication=proposed, opened_version=1)
    with pytest.raises(BadInput):
        actions.publish(by=nadia, at=at, publication=proposed, opened_version=2)
    again = actions.propose(by=tom, at=at, table=from_data(sample()), starts=TOMORROW)
    actions.decline(by=tom, at=at, publication=again, opened_version=1)
    assert publish().state == "published"


def test_two_seconds_at_once_publish_once(cast, at):
    proposed = actions.propose(by=cast.principal("tom"), at=at, table=from_data(sample()), starts=TOMORROW)
    other = Publication.objects.get(pk=proposed.pk)
    actions.publish(by=cast.principal("nadia"), at=at, publication=proposed, opened_version=1)
    with pytest.raises(Stale):
        actions.publish(by=cast.principal("ineke"), at=at, publication=other, opened_version=1)
    assert Publication.objects.filter(key="sample", state="published", ends__isnull=True).count() == 1


def test_a_version_before_a_published_one_asks_to_call_that_off_and_that_restores_the_former(publish, cast, at):
    first = publish()
    second = publish(SECOND, JANUARY)
    with pytest.raises(BadInput):
        publish(sample(version="3"), dt.date(2026, 12, 1))
    Publication.objects.filter(state="proposed").delete()
    with pytest.raises(BadInput):
        actions.call_off(by=cast.principal("tom"), at=at, publication=first, opened_version=1)
    actions.call_off(by=cast.principal("tom"), at=at, publication=second, opened_version=2)
    first.refresh_from_db()
    assert first.ends is None
    later = at + dt.timedelta(days=2)
    with pytest.raises(BadInput):
        actions.call_off(by=cast.principal("tom"), at=later, publication=first, opened_version=2)
    with pytest.raises(NotFound):
        actions.call_off(by=cast.principal("karin"), at=at, publication=first, opened_version=2)


def test_what_was_published_stays_whatever_happens_to_the_file(publish, tmp_path, settings):
    kept = publish()
    settings.RONDOM_TABLES = tmp_path
    assert queries.content(Publication.objects.get(pk=kept.pk)) == from_data(sample())


def test_publishing_is_an_event_with_the_digest_as_rule(publish):
    kept = publish()
    event = Event.objects.get(kind="aids.published", object_id=str(kept.pk))
    assert (event.rules, event.fields, event.municipality) == ([kept.digest], ["sample"], "GM0303")


def test_the_folder_of_the_installation_is_read_beside_the_shipped_tables(tmp_path, settings):
    settings.RONDOM_TABLES = tmp_path
    (tmp_path / "broken.toml").write_text("key = ", "utf-8")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "double.toml").write_text((library.SHIPPED / "triage-dronten.toml").read_text("utf-8"), "utf-8")
    shelf = library.shelf()
    assert sorted(name for name, _problems in shelf.refused) == ["broken.toml", "bytes.toml", "double.toml"]
    assert len(shelf.tables) == 2


def test_the_command_checks_exports_and_imports(tmp_path, settings):
    settings.RONDOM_TABLES = tmp_path
    told = io.StringIO()
    call_command("aids", "check", stdout=told)
    assert "triage 2014-1" in told.getvalue()
    assert "sound" in told.getvalue()
    exported = io.StringIO()
    call_command("aids", "export", str(library.SHIPPED / "triage-dronten.toml"), stdout=exported)
    path = tmp_path / "triage.dmn"
    path.write_text(exported.getvalue(), "utf-8")
    imported = io.StringIO()
    call_command("aids", "import", str(path), stdout=imported)
    assert 'key = "triage"' in imported.getvalue()
    (tmp_path / "draft.toml").write_text(imported.getvalue(), "utf-8")
    with pytest.raises(CommandError):
        call_command("aids", "check", stdout=told)
    for verb, file in (("import", tmp_path / "none.dmn"), ("import", tmp_path / "draft.toml"), ("export", path)):
        with pytest.raises(CommandError):
            call_command("aids", verb, str(file), stdout=told)
