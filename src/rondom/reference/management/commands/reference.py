"""`rondom reference load`: bring reference files in, with a report of what changed."""

import getpass
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.core.principals import machine
from rondom.reference import actions, files, loading
from rondom.reference.loading import LoadReport

PATIENCE = 2.0  # seconds without a sign of life


class Command(BaseCommand):
    """Loads code lists, areas and parameters. Each file is stored as a whole or not at all."""

    help = "Load code lists, areas and parameters from reference files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb so far: load."""
        load = parser.add_subparsers(dest="verb", required=True).add_parser("load", help="load reference files")
        load.add_argument("files", nargs="*", type=Path, help="CSV or TOML files with a head that names their source")
        load.add_argument("--all", action="store_true", help="load every file that comes with Rondom")
        load.add_argument("--dry-run", action="store_true", help="only tell what would change")
        load.add_argument("--history", action="store_true", help="allow parameters that begin in the past")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each file; end with an error when one was refused."""
        paths = [*(files.shipped() if options["all"] else []), *options["files"]]
        if not paths:
            raise CommandError("Name a file, or use --all for the files that come with Rondom.")
        refused = 0
        for number, path in enumerate(paths, 1):
            report = self._load(path, dry_run=options["dry_run"], history=options["history"] or options["all"])
            self._tell(f"[{number}/{len(paths)}] {path.name}", report)
            refused += report is None or bool(report.refused)
        if refused:
            raise CommandError(f"{refused} of {len(paths)} files were refused; nothing of them was stored.")

    def _load(self, path: Path, *, dry_run: bool, history: bool) -> LoadReport | None:
        at = clock.now()
        try:
            file = files.read(path)
            if dry_run:
                return loading.prepare(file, day=clock.today(at), history=history).report
            return actions.load(by=who(), at=at, file=file, history=history, progress=self._progress())
        except actions.LoadRefused as refusal:
            return refusal.report
        except BadInput as error:
            self.stderr.write(str(error))
            return None

    def _progress(self) -> Callable[[int, int], None]:
        last = time.monotonic()

        def show(done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last > PATIENCE:
                last = time.monotonic()
                self.stdout.write(f"    {done} / {total}")
                sys.stdout.flush()

        return show

    def _tell(self, start: str, report: LoadReport | None) -> None:
        if report is None:
            self.stdout.write(f"{start}: unreadable")
            return
        counts = ", ".join(
            f"{getattr(report, name)} {name}" for name in ("new", "changed", "ended", "unchanged", "kept")
        )
        self.stdout.write(f"{start}: {counts}, {len(report.refused)} refused")
        for refusal in report.refused:
            self.stdout.write(f"    line {refusal.number}: {refusal.reason}")


def who() -> Any:
    """Return the principal of a command: a machine role with the name of the operating-system user."""
    return machine(f"command:{getpass.getuser()}"[:40])
