"""Somebody with the database in hand changes what was recorded: refused by the guards, and named when they are gone."""

import os
import signal
import subprocess
import sys
import threading
import time
import uuid

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from rondom import installation
from rondom.core import guards, keys, sealing
from rondom.core.events import look, record
from rondom.core.ids import new_id
from rondom.core.models import Event, EventLink, EventSeal, EventSubject, Installation, Look, LookSubject
from rondom.core.principals import machine
from rondom.dossiers.opening import open_case
from rondom.privacy.actions import end_relation
from rondom.privacy.models import Relation

BOTH = ["default", "looks"]
pytestmark = pytest.mark.django_db(databases=BOTH)
BY = machine("test")
sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way around triggers")
postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own way around triggers")


def run(sql: str, *values, using: str = "default") -> None:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(sql, values)


def findings() -> list[str]:
    reports, further = sealing.verify_all()
    return [f for report in reports for f in report.broken] + further


@pytest.fixture
def told(cast, at):
    """The cast with a look, two thirds sealed, one event and one look after the last seal."""
    open_case(cast.principal("sanne"), cast.case["visser"].pk, at=at, page="desk.family_shown")
    open_case(cast.principal("mark"), cast.case["de_boer"].pk, at=at, page="desk.family_shown")
    sealing.seal_all(at=at)
    open_case(cast.principal("sanne"), cast.case["visser"].pk, at=at, page="desk.family_shown")
    with transaction.atomic():
        record(BY, "test.done", cast.case["visser"], at=at, subjects=[("case", cast.case["visser"].pk)])
    assert findings() == []
    return cast


@pytest.fixture
def unguarded(told):
    """The same, for an owner of the database who took the guards away."""
    for using in BOTH:
        with connections[using].cursor() as cursor:
            for guarded, name, _ in guards._statements(using):
                on = f' ON "{guarded.table}"' if connections[using].vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER "{name}"{on}')
    yield told
    if connection.vendor == "sqlite":
        for using in BOTH:
            guards.install(using)


TABLES = [
    ("default", "core_event", "number"),
    ("default", "core_eventsubject", "id"),
    ("default", "core_eventlink", "position"),
    ("default", "core_eventseal", "id"),
    ("looks", "core_look", "number"),
    ("looks", "core_looksubject", "id"),
    ("looks", "core_looklink", "position"),
    ("looks", "core_lookseal", "id"),
    ("default", "privacy_relation", "id"),
]


@pytest.mark.parametrize(("using", "table", "key"), TABLES)
def test_the_database_refuses_to_change_or_remove_what_was_written(told, using, table, key):
    with pytest.raises(DatabaseError, match="guarded"):
        run(f"UPDATE {table} SET {key} = {key}" + (", ground = 'x'" if "relation" in table else ""), using=using)
    with pytest.raises(DatabaseError, match="guarded"):
        run(f"DELETE FROM {table}", using=using)


@sqlite_only
@pytest.mark.parametrize(("using", "table", "key"), TABLES)
def test_sqlite_refuses_replace(told, using, table, key):
    with pytest.raises(DatabaseError, match="guarded"):
        run(f"REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})", using=using)
    with pytest.raises(DatabaseError):
        run(f"UPDATE OR REPLACE {table} SET {key} = (SELECT max({key}) FROM {table})", using=using)


@sqlite_only
def test_sqlite_refuses_to_replace_an_event_by_another_with_its_key(told):
    columns = [f.column for f in Event._meta.concrete_fields if f.column != "number"]
    names = ", ".join(f'"{c}"' for c in columns)
    with pytest.raises(DatabaseError, match="guarded"):
        run(f"REPLACE INTO core_event ({names}) SELECT {names} FROM core_event WHERE number = 1")


@postgresql_only
@pytest.mark.parametrize(("using", "table", "key"), TABLES)
def test_postgresql_refuses_truncate_also_as_a_replica(told, using, table, key):
    run("SET CONSTRAINTS ALL IMMEDIATE", using=using)
    with pytest.raises(DatabaseError, match="guarded"):
        run(f"TRUNCATE {table} CASCADE", using=using)
    with pytest.raises(DatabaseError, match="guarded"):
        run(f"SET LOCAL session_replication_role = replica; DELETE FROM {table}", using=using)


def test_a_relation_only_ends_once_and_never_later(told, at):
    relation = Relation.objects.filter(ends_at=None).first()
    end_relation(by=BY, at=at, relation=relation, ground="test")
    for sql in ("ends_at = NULL", "ends_at = '2099-01-01 00:00:00+00:00'", "kind = 'assigned', ground = 'mine'"):
        with pytest.raises(DatabaseError, match="guarded"):
            run(f"UPDATE privacy_relation SET {sql} WHERE ground = %s AND ends_at IS NOT NULL", relation.ground)
    assert findings() == []


def test_the_kind_of_installation_is_written_once():
    Installation.objects.create(kind="demo")
    run("UPDATE core_installation SET data_version = 2")
    for sql in (
        "UPDATE core_installation SET kind = 'production'",
        "UPDATE core_installation SET data_version = 1",
        "DELETE FROM core_installation",
    ):
        with pytest.raises(DatabaseError, match="guarded"):
            run(sql)


def test_a_missing_guard_is_named(unguarded):
    named = [f for f in findings() if "guard" in f]
    assert any("guard_core_look_delete" in f for f in named)
    assert any("guard_privacy_relation_update" in f for f in named)


def attack_findings() -> list[str]:
    """What verification names besides the missing guards."""
    return [f for f in findings() if "guard_" not in f]


@pytest.mark.parametrize("which", ["first", "last"])
@pytest.mark.parametrize(
    "change", ["actor = '0192f0c4000070008000000000000001'", "ground = 'consult'", "result = 'done!'"]
)
@pytest.mark.parametrize(("using", "table", "model"), [("default", "core_event", Event), ("looks", "core_look", Look)])
def test_an_altered_record_is_named_sealed_or_not(unguarded, using, table, model, change, which):
    row = getattr(model.objects.order_by("number"), which)()
    run(f"UPDATE {table} SET {change} WHERE number = %s", row.number, using=using)
    assert any(f"{row.number} ({row.key}): altered" in f for f in attack_findings())


def test_a_removed_sealed_event_is_named(unguarded):
    row = Event.objects.order_by("number")[3]
    run("DELETE FROM core_eventsubject WHERE record_id = %s", row.number)
    run("DELETE FROM core_event WHERE number = %s", row.number)
    assert any(f"events {row.number}: sealed at link 4, but removed" in f for f in attack_findings())


def test_a_removed_unsealed_record_that_others_followed_is_named(unguarded, at):
    doomed = Look.objects.order_by("number").last()
    look(BY, "test.seen", at=at)
    run("DELETE FROM core_looksubject WHERE record_id = %s", doomed.number, using="looks")
    run("DELETE FROM core_look WHERE number = %s", doomed.number, using="looks")
    assert any(f"looks of writer {doomed.writer}: 1 record(s) removed" in f for f in attack_findings())


@sqlite_only
@pytest.mark.parametrize(("using", "table", "model"), [("default", "core_event", Event), ("looks", "core_look", Look)])
def test_the_very_last_unsealed_record_is_missed_too_on_sqlite(unguarded, using, table, model):
    last = model.objects.order_by("number").last()
    run(f"DELETE FROM {table}subject WHERE record_id = %s", last.number, using=using)
    run(f"DELETE FROM {table} WHERE number = %s", last.number, using=using)
    assert any("1 number(s) were given out but are not there" in f for f in attack_findings())


@pytest.mark.parametrize("where", ["sealed", "unsealed"])
def test_thinned_subjects_are_named(unguarded, where):
    looks = Look.objects.order_by("number")
    row = looks.first() if where == "sealed" else looks.last()
    one = LookSubject.objects.filter(record=row).last()
    run("DELETE FROM core_looksubject WHERE id = %s", one.pk, using="looks")
    assert any(f"looks {row.number} ({row.key}): altered" in f for f in attack_findings())


def test_an_added_subject_is_named(unguarded):
    row = Event.objects.order_by("number").last()
    EventSubject.objects.create(record=row, kind="person", subject=new_id())
    assert any(f"events {row.number} ({row.key}): altered" in f for f in attack_findings())


def test_a_record_slipped_in_is_named(unguarded):
    row = Event.objects.order_by("number").last()
    row.pk, row.key, row.mac = None, new_id(), os.urandom(32)
    row.writer_number += 1
    row.save(force_insert=True)
    assert any(f"({row.key}): altered, or not written by Rondom" in f for f in attack_findings())


def test_a_broken_chain_is_named_at_its_first_link(unguarded):
    run("UPDATE core_eventlink SET link = %s WHERE position = 2", b"\1" * 32)
    assert attack_findings()[0].startswith("events link 2 (record")


def test_a_forged_seal_is_named(unguarded):
    run("UPDATE core_eventseal SET signature = %s", b"\1" * 64)
    assert any("signature does not fit" in f for f in attack_findings())


def test_a_chain_cut_off_and_grown_anew_no_longer_passes_a_head_noted_outside(unguarded, at):
    before = sealing.verify(sealing.CHAINS[0])
    known = (before.position, before.head)
    assert sealing.verify(sealing.CHAINS[0], known=known).position == before.position
    EventSeal.objects.all().delete()
    EventLink.objects.filter(position__gte=3).delete()
    for doomed in Event.objects.order_by("-number")[:2]:
        EventSubject.objects.filter(record=doomed).delete()
        Event.objects.filter(pk=doomed.pk).delete()
    sealing.seal_all(at=at)
    named = sealing.verify(sealing.CHAINS[0], known=known).broken
    assert any("no longer passes the head noted earlier" in f for f in named)


def test_links_without_a_signature_are_named(unguarded):
    run("DELETE FROM core_eventseal")
    assert any("without a signature" in f for f in attack_findings())


def test_a_forged_relation_is_named(told, at):
    genuine = Relation.objects.filter(kind="team").first()
    forged = {
        "no event": uuid.uuid4(),
        "the event of another relation": genuine.event,
        "an event of another kind": Event.objects.exclude(kind="privacy.relation_started").first().key,
    }
    for event in forged.values():
        row = Relation.objects.create(
            municipality="GM0303", subject_kind="case", subject=genuine.subject, principal=told.staff["tom"].pk,
            kind="assigned", ground="role: coordination", starts_at=at, event=event,
        )  # fmt: skip
        assert any(f.startswith(f"relation {row.pk}: ") for f in findings())


@pytest.mark.parametrize(
    "change", ["kind = 'assigned'", "principal = subject", "ends_at = '2099-01-01 00:00:00+00:00'", "ground = 'other'"]
)
def test_a_relation_changed_below_the_guards_is_named(unguarded, change):
    row = Relation.objects.filter(kind="team").first()
    event = row.event.hex if connection.vendor == "sqlite" else row.event
    run(f"UPDATE privacy_relation SET {change} WHERE event = %s", event)
    assert any(f.startswith(f"relation {row.pk}: ") for f in attack_findings())


def test_a_relation_opened_again_is_named(unguarded, at):
    row = Relation.objects.filter(kind="team").first()
    end_relation(by=BY, at=at, relation=row, ground="test")
    assert attack_findings() == []
    Relation.objects.filter(pk=row.pk).update(ends_at=None)
    assert any("ends at another moment" in f for f in attack_findings())


@pytest.mark.django_db(transaction=True, databases=BOTH)
@postgresql_only
def test_a_slower_transaction_is_sealed_after_the_faster_one(at):
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(BY, "test.slow", at=at)
            written.set()
            may_commit.wait(20)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(20)
    with transaction.atomic():
        record(BY, "test.fast", at=at)
    assert sealing.seal(sealing.CHAINS[0], at=at) == 1
    assert sealing.seal(sealing.CHAINS[0], at=at) == 0
    may_commit.set()
    thread.join()
    assert sealing.seal(sealing.CHAINS[0], at=at) == 1
    assert sealing.verify(sealing.CHAINS[0]).broken == ()
    assert sealing.verify(sealing.CHAINS[0]).unsealed == 0


@pytest.mark.django_db(transaction=True, databases=BOTH)
@postgresql_only
def test_a_store_restored_into_another_server_is_sealed_on(at):
    with transaction.atomic():
        record(BY, "test.one", at=at)
    sealing.seal_all(at=at)
    with guards.lifted("default"):
        run("UPDATE core_eventseal SET horizon = horizon + 1000000000")
        with transaction.atomic():
            record(BY, "test.two", at=at)
        run("UPDATE core_event SET transaction = transaction + 1000000000")
    assert sealing.seal(sealing.CHAINS[0], at=at) == 1
    with transaction.atomic():
        record(BY, "test.three", at=at)
    assert sealing.seal(sealing.CHAINS[0], at=at) == 1
    assert sealing.seal(sealing.CHAINS[0], at=at) == 0


WRITER = """
import datetime as dt, uuid
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
from rondom.core import sealing
from rondom.core.events import look, record
from rondom.core.principals import machine
call_command("migrate", verbosity=0)
call_command("migrate", database="looks", verbosity=0)
at = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
subjects = [("case", uuid.UUID(int=1)), ("dossier", uuid.UUID(int=2))]
print("ready", flush=True)
while True:
    look(machine("test"), "test.seen", at=at, subjects=subjects)
    with transaction.atomic():
        record(machine("test"), "test.done", at=at, subjects=subjects)
    sealing.seal_all(at=at)
"""
VERIFIER = """
import datetime as dt
import django
django.setup()
from rondom.core import sealing
at = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
first, _ = sealing.verify_all()
sealing.seal_all(at=at)
then, _ = sealing.verify_all()
assert all(r.sealed > 2 and not r.unsealed for r in then), then
assert not any(r.broken for r in first + then), (first, then)
"""


@pytest.fixture
def elsewhere(tmp_path):
    """The environment of an installation beside the tests, on the same engine."""
    folder = installation.make(tmp_path / "data", "demo").folder
    for name in ("keys", "db", "upload"):
        (folder / name).mkdir(exist_ok=True)
    keys.write_key_file(folder / "keys" / "demo.keys", keys.new_key_line(1))
    environment = os.environ | {"RONDOM_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "rondom.settings"}
    url = os.environ.get("RONDOM_DATABASE_URL")
    if not url:
        yield environment
        return
    server = url.rpartition("/")[0]
    names = [f"kill_{uuid.uuid4().hex[:8]}" for _ in range(2)]
    with psycopg.connect(server + "/postgres", autocommit=True) as owner:
        for alias, name in zip(("RONDOM_DATABASE_URL", "RONDOM_LOOKS_URL"), names, strict=True):
            owner.execute(f'CREATE DATABASE "{name}"')
            environment[alias] = f"{server}/{name}"
        yield environment
        for name in names:
            owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_a_killed_process_leaves_a_chain_that_verifies(elsewhere):
    for wait in (0.3, 0.9):
        child = subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE, env=elsewhere)
        assert child.stdout.readline() == b"ready\n"
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    subprocess.run([sys.executable, "-c", VERIFIER], env=elsewhere, check=True)
