"""Is this installation fit to work right now? Each question has a name; a finding is one sentence for who manages it.

Asked at /readyz by a load balancer or monitor: it gets a status only. The functional administrator sees which question
failed. Rooms may add questions.
"""

import datetime as dt
import shutil
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.models import Max

from rondom.core import keys, sealing
from rondom.core.archive import last_backup
from rondom.core.migrating import is_behind
from rondom.core.models import KeyCheck
from rondom.core.registry import Registry

SEALING_LAG = dt.timedelta(seconds=60)
DISK_LEFT = 0.10
Question = Callable[[dt.datetime], str]

# name -> function(at) that returns "" or what is wrong.
QUESTIONS: Registry[Question] = Registry("question about health")
_migrated: set[str] = set()  # what was once migrated stays so while this process lives


@QUESTIONS("database")
def database(at: dt.datetime) -> str:
    """The database answers."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


@QUESTIONS("look store")
def look_store(at: dt.datetime) -> str:
    """Looks can be written: without that no page about a family is shown."""
    connection = connections["looks"]
    with transaction.atomic(using="looks"), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            return "the look store is read-only" if cursor.fetchone()[0] == "on" else ""
        cursor.execute("CREATE TABLE health_probe (x)")  # SQLite: a write that is undone at once
        transaction.set_rollback(True, using="looks")
    return ""


@QUESTIONS("keys")
def keys_fit(at: dt.datetime) -> str:
    """The keys in memory are those of this database."""
    ring = keys.ring()
    known = dict(KeyCheck.objects.values_list("generation", "check_value"))
    wrong = [g for g, value in known.items() if g in ring.generations and ring.check_value(g) != value]
    return f"keys of generation {wrong[0]} do not belong to this database" if wrong else ""


@QUESTIONS("migrations")
def migrations(at: dt.datetime) -> str:
    """The databases have the form this version expects."""
    for alias in connections:
        if alias in _migrated:
            continue
        if is_behind(alias):
            return f"database {alias} waits for `rondom migrate`"
        _migrated.add(alias)
    return ""


@QUESTIONS("sealing")
def sealed(at: dt.datetime) -> str:
    """No record waits longer than a minute for its seal: otherwise the worker does not run."""
    for chain in sealing.CHAINS:
        links: Any = chain.link._default_manager.using(chain.database)
        records: Any = chain.record._default_manager.using(chain.database)
        last = links.aggregate(n=Max("record"))["n"] or 0
        oldest = records.filter(number__gt=last).order_by("number").values_list("at", flat=True).first()
        if oldest is not None and at - oldest > SEALING_LAG:
            return f"{chain.name} wait {int((at - oldest).total_seconds())} s for their seal: does the worker run?"
    return ""


@QUESTIONS("disk")
def disk(at: dt.datetime) -> str:
    """A tenth of the disk is free."""
    usage = shutil.disk_usage(settings.DATA)
    if usage.free < DISK_LEFT * usage.total:
        return f"{100 * usage.free // usage.total} % of the disk is free"
    return ""


@QUESTIONS("backup")
def backup(at: dt.datetime) -> str:
    """A production installation has a recent backup (RONDOM_BACKUP_HOURS)."""
    if not settings.PRODUCTION:
        return ""
    last = last_backup(settings.DATA)
    if last is None:
        return "there was never a backup"
    age = at - last
    return f"the last backup is {age // dt.timedelta(hours=1)} hours old" if age > settings.RONDOM_BACKUP_AGE else ""


def findings(*, at: dt.datetime) -> dict[str, str]:
    """Return what is wrong, by name; empty when all is well. A question that cannot be asked is a finding too."""
    found = {}
    for name, question in QUESTIONS:
        try:
            wrong = question(at)
        except (DatabaseError, OSError, keys.KeysMissing) as error:
            wrong = f"cannot be asked ({type(error).__name__})"
        if wrong:
            found[name] = wrong
    return found
