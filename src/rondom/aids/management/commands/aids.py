"""`rondom aids`: check the decision tables; write one as DMN; turn DMN into a file to complete."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rondom.aids import dmn, drafting, library
from rondom.aids.checks import check
from rondom.aids.tables import TableRefused


class Command(BaseCommand):
    """Works on files only; nothing is published here."""

    help = "Check decision tables, or exchange them as DMN."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three verbs: check, export, import."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        checking = verbs.add_parser("check", help="check all tables, or the named files")
        checking.add_argument("files", nargs="*", type=Path)
        verbs.add_parser("export", help="write a table as DMN").add_argument("file", type=Path)
        verbs.add_parser("import", help="turn DMN into a table file to complete").add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one verb."""
        {"check": self._check, "export": self._export, "import": self._import}[options["verb"]](options)

    def _check(self, options: dict[str, Any]) -> None:
        shelf = library.shelf(options["files"] or None)
        wrong = len(shelf.refused)
        for name, problems in shelf.refused:
            self.stdout.write(f"{name}: cannot be used")
            self._lines(problems)
        for table in shelf.tables:
            found = check(table)
            wrong += not found.is_sound
            state = "sound" if found.is_sound else "NOT sound"
            counts = f"{len(table.rows)} rows, {found.cases} cases, {len(table.examples)} examples"
            self.stdout.write(f"{table.key} {table.version} ({table.digest[:12]}): {counts}: {state}")
            self._lines([*found.errors, *found.remarks])
        if wrong:
            raise CommandError(f"{wrong} tables cannot be published.")

    def _lines(self, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(f"    {line}")

    def _export(self, options: dict[str, Any]) -> None:
        shelf = library.shelf([options["file"]])
        if shelf.refused:
            raise CommandError("\n".join(shelf.refused[0][1]))
        self.stdout.write(dmn.write(shelf.tables[0]).decode())

    def _import(self, options: dict[str, Any]) -> None:
        try:
            self.stdout.write(drafting.to_toml(dmn.read(options["file"].read_bytes())))
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be opened.") from error
        except TableRefused as refusal:
            raise CommandError("\n".join(refusal.problems)) from refusal
