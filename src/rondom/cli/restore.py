"""Restore a backup into an empty folder. Nobody can open it before everything was checked and repeated.

Checks every digest, count and chain; ends all sign-ins of before; repeats from the ledger what was destroyed since, so
that what was destroyed stays destroyed. Give the newest ledger there is, from outside the backup. On PostgreSQL,
RONDOM_DATABASE_URL and RONDOM_LOOKS_URL name two new, empty databases.
"""

import argparse
import os
from pathlib import Path
from typing import Any

HELP = "restore a backup into an empty folder"
NEEDS = "nothing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what, with which keys, where to, and the ledger."""
    parser.add_argument("--from", required=True, type=Path, dest="file", metavar="FILE", help="the backup")
    parser.add_argument("--private-key", required=True, type=Path, metavar="FILE", help="opens the backup")
    parser.add_argument("--key-file", required=True, type=Path, metavar="FILE", help="keys of the installation")
    parser.add_argument("--to", required=True, type=Path, metavar="FOLDER", help="new data folder")
    ledger = parser.add_mutually_exclusive_group(required=True)
    ledger.add_argument("--ledger", type=Path, metavar="DIR", help="newest ledger of destructions, from outside")
    ledger.add_argument("--no-ledger", action="store_true", help="there is none: nothing was ever destroyed")
    parser.add_argument("--known", type=Path, metavar="FILE", help="newest heads of the audit chains, from outside")


def run(options: argparse.Namespace) -> int:
    """Restore, check, repeat, and open; exit 1 when something does not fit (it stays closed then)."""
    import django

    from rondom import installation
    from rondom.core import archive

    folder, key_file = options.to.absolute(), options.key_file.absolute()
    os.environ["RONDOM_DATA"], os.environ["RONDOM_KEY_FILE"] = str(folder), str(key_file)
    manifest = archive.unpack(options.file, options.private_key, folder, key_file, say=_say)
    made = installation.begin(folder, manifest.kind, str(key_file))
    django.setup()
    if not _is_whole(manifest, options):
        return 1
    _repeat(options)
    installation.finish(made)
    print(f"Restored to {folder}: the moment {manifest.made_at}, made by Rondom {manifest.rondom}.")
    print(f"Start it with RONDOM_DATA={folder}. Everybody signs in anew.")
    return 0


def _say(line: str) -> None:
    print(f"  {line}", flush=True)


def _is_whole(manifest: Any, options: argparse.Namespace) -> bool:
    """Put the databases in place and tell whether everything in them fits; print every finding."""
    from rondom.core import backups, sealing
    from rondom.core.starting import refuse_unfit

    backups.load(manifest, options.to.absolute(), say=_say)
    refuse_unfit(migrated=False)
    heads = {name: (int(position), head) for name, (position, head) in manifest.heads.items()}
    findings = backups.differences(manifest)
    reports, further = sealing.verify_all(known=heads)
    findings += [finding for report in reports for finding in report.broken] + further
    for finding in findings:
        print(f"BROKEN  {finding}")
    if findings:
        print("What was restored does not fit. The folder stays closed; use another backup.")
        return False
    for report in reports:
        _say(f"{report.chain}: whole, {report.sealed} sealed, {report.unsealed} unsealed")
    if options.known:
        _tell_gap(options.known, manifest)
    return True


def _tell_gap(known: Path, manifest: Any) -> None:
    """Say how many records an outside log host knows that this backup does not hold."""
    from rondom.cli.audit import _read

    for name, (position, _head) in _read(known).items():
        here = int(manifest.heads[name][0])
        if position > here:
            _say(f"{name}: {position - here} record(s) newer than the backup are lost (links {here + 1} to {position})")


def _repeat(options: argparse.Namespace) -> None:
    """End the sign-ins of before, and repeat from the ledger what must not come back."""
    from rondom.core import backups, clock
    from rondom.core.principals import machine

    at = clock.now()
    backups.replay(options.ledger.absolute() if options.ledger else None, at=at, say=_say)
    backups.note_restore(by=machine("restore"), at=at)
