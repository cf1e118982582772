"""Fit to work? Each thing that can be wrong is named, to who may know it."""

import datetime as dt
import json
import shutil

import pytest
from django.db import OperationalError
from django.test import Client

from rondom.core import clock, health, keys, sealing
from rondom.core.models import KeyCheck
from rondom.core.principals import machine

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def healthy(cast, at, monkeypatch):
    """Everything sealed, room on the disk."""
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100, 50, 50))
    sealing.seal_all(at=at)
    return at


def test_all_is_well(healthy):
    assert health.findings(at=healthy) == {}


def test_a_full_disk_is_named(healthy, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100, 91, 9))
    assert list(health.findings(at=healthy)) == ["disk"]


def test_a_worker_that_does_not_seal_is_named(healthy):
    from rondom.core.events import look

    look(machine("test"), "core.test", at=healthy)
    assert health.findings(at=healthy + dt.timedelta(seconds=59)) == {}
    found = health.findings(at=healthy + dt.timedelta(seconds=61))
    assert list(found) == ["sealing"]
    assert "looks" in found["sealing"]


def test_keys_of_another_installation_are_named(healthy):
    newest = keys.ring().newest
    KeyCheck.objects.update_or_create(generation=newest, defaults={"check_value": "0" * 16})
    assert list(health.findings(at=healthy)) == ["keys"]


@pytest.mark.parametrize("name", ["look store", "database"])
def test_a_store_that_does_not_answer_is_named(healthy, monkeypatch, name):
    def closed(at):
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setitem(health.QUESTIONS._items, name, closed)
    assert list(health.findings(at=healthy)) == [name]


def test_a_missing_migration_is_named(healthy, monkeypatch):
    monkeypatch.setattr(health, "_migrated", set())
    monkeypatch.setattr(health, "is_behind", lambda alias: alias == "looks")
    assert list(health.findings(at=healthy)) == ["migrations"]


def test_an_old_or_missing_backup_is_named_in_production_only(healthy, settings, tmp_path):
    settings.DATA = tmp_path
    assert health.findings(at=healthy) == {}
    settings.PRODUCTION = True
    assert "never" in health.findings(at=healthy)["backup"]
    (tmp_path / "backup.json").write_text(json.dumps({"made_at": (healthy - dt.timedelta(hours=25)).isoformat()}))
    assert health.findings(at=healthy) == {}
    assert "27 hours" in health.findings(at=healthy + dt.timedelta(hours=2))["backup"]


def test_the_look_store_is_left_as_it_was(healthy):
    from django.db import connections

    health.findings(at=healthy)
    assert "health_probe" not in connections["looks"].introspection.table_names()


def test_a_stranger_is_told_a_status_and_the_administrator_what_is_wrong(cast, at, monkeypatch):
    monkeypatch.setattr(health, "findings", lambda at: {"disk": "3 % of the disk is free"})
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")
    from rondom.accounts import middleware

    for name, told in (("sanne", False), ("tom", True)):
        monkeypatch.setattr(middleware, "principal_for", lambda account, name=name, **kwargs: cast.principal(name))
        browser = Client()
        browser.force_login(cast.staff[name].account, backend="rondom.demo.backends.OneClick")
        with clock.standing_at(at):
            assert (b"3 %" in browser.get("/readyz").content) is told


def test_ready_is_200(monkeypatch):
    monkeypatch.setattr(health, "findings", lambda at: {})
    assert Client().get("/readyz").content == b"ready\n"
    assert Client().get("/healthz").status_code == 200
