"""A database is whole or behind; what had half of the replaced migrations is never taken for whole."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from rondom.core.migrating import is_behind

pytestmark = pytest.mark.django_db(databases=["default"])
SMALL = ("0001_initial", "0002_withdrawn_lines")  # what the first migration of the room replaces
LATER = ("0002_pseudonym_keys",)


def recorded(*names: str) -> None:
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="crisis").delete()
    for name in names:
        recorder.record_applied("crisis", name)


def test_a_fresh_database_is_whole():
    assert not is_behind("default")


def test_a_database_that_had_all_small_migrations_is_whole():
    recorded(*SMALL, *LATER)
    assert not is_behind("default")


def test_a_database_that_had_some_or_none_is_behind():
    recorded(SMALL[0], *LATER)
    assert is_behind("default")
    recorded(*SMALL)
    assert is_behind("default")
    recorded()
    assert is_behind("default")
