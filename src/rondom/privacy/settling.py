"""The ledger and the database agree: after a crash, after a restore, and every few minutes."""

import datetime as dt
from collections.abc import Iterator
from itertools import batched
from pathlib import Path

from django.apps import apps
from django.conf import settings

from rondom.core import schedule, scrubbing
from rondom.core.backups import REPLAYS
from rondom.core.checking import CHECKS
from rondom.core.migrating import is_behind
from rondom.core.principals import Principal, machine
from rondom.installation import DoesNotStart
from rondom.privacy import ledger
from rondom.privacy.actions.destruction import destroy_again
from rondom.privacy.destruction import CHUNK, ROOT
from rondom.privacy.models import Destruction

SCRUB_AGAIN = dt.timedelta(days=2)


def unfinished() -> list[ledger.Line]:
    """Return what the ledger says was destroyed and the database does not, oldest first."""
    lines, found = ledger.read(), []
    for some in batched(lines, CHUNK):
        there = set(
            apps.get_model(ROOT)._base_manager.filter(pk__in=[s.dossier_id for s in some]).values_list("pk", flat=True)
        )
        done = {
            str(pk)
            for pk in Destruction.objects.filter(
                pk__in=[s.destruction for s in some], done_at__isnull=False
            ).values_list("pk", flat=True)
        }
        found += [line for line in some if line.dossier_id in there or line.destruction not in done]
    return found


def settle(*, at: dt.datetime, by: Principal | None = None) -> int:
    """Finish every destruction of the ledger that the database does not know; return how many."""
    waiting = unfinished()
    for line in waiting:
        destroy_again(by=by or machine("destroyer"), at=at, line=line)
    return len(waiting)


def scrub_lately(*, at: dt.datetime) -> bool:
    """Scrub the database files once more when something was destroyed lately: just then somebody may have read."""
    return Destruction.objects.filter(done_at__gte=at - SCRUB_AGAIN).exists() and scrubbing.scrub()


def replay(folder: Path, at: dt.datetime) -> str:
    """Repeat after a restore what was destroyed since the backup; return in words what was done.

    Takes over the lines of a newer ledger, so that the restored installation carries them on. Raises DoesNotStart for
    a ledger that was altered, or a backup of an older version: restore that with its own version first.
    """
    newer = ledger.read(folder)
    if newer and is_behind("default"):
        raise DoesNotStart(
            "This backup was made by an older Rondom, and dossiers were destroyed since. Restore it with the version "
            "that made it; upgrade afterwards."
        )
    fresh = ledger.take_over(newer) if folder.resolve() != Path(settings.RONDOM_LEDGER).resolve() else 0
    return f"{settle(at=at, by=machine('restore'))} repeated, {len(ledger.read())} in the ledger ({fresh} newer)"


def differences() -> Iterator[str]:
    """Yield a sentence for each destruction that stands in the ledger or the database only."""
    try:
        lines = ledger.read()
    except DoesNotStart as error:
        yield f"ledger: {error}"
        return
    for line in unfinished():
        yield f"ledger: dossier {line.dossier} was destroyed and is there still"
    known = {line.destruction for line in lines}
    for pk in Destruction.objects.filter(done_at__isnull=False).values_list("pk", flat=True):
        if str(pk) not in known:
            yield f"ledger: destruction {pk} is missing"


def register() -> None:
    """Take part in the schedule, in restores and in checks."""
    REPLAYS.register("destructions", replay)
    CHECKS.register("ledger", differences)
    schedule.every("privacy.settle_destructions", dt.timedelta(minutes=2), settle)
    schedule.nightly("privacy.scrub", dt.time(4, 0), scrub_lately)
