"""The reviewed files: those that come with Rondom, and those in the folder of this installation."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from rondom.aids.tables import Table, TableRefused, parse

SHIPPED = Path(__file__).parent / "tables"


@dataclass
class Shelf:
    """All tables found, and the files that cannot be used with their problems."""

    tables: list[Table] = field(default_factory=list)
    refused: list[tuple[str, list[str]]] = field(default_factory=list)

    def for_municipality(self, municipality: str) -> list[Table]:
        """Return the tables that a municipality can publish: its own and those for everybody."""
        return [table for table in self.tables if table.municipality in ("", municipality)]


def folders() -> list[Path]:
    """Return where tables are kept."""
    return [SHIPPED, Path(settings.RONDOM_TABLES)]


def paths() -> Iterator[Path]:
    """Return the files of all tables."""
    for folder in folders():
        yield from sorted(folder.glob("*.toml"))


def shelf(files: list[Path] | None = None) -> Shelf:
    """Read all tables (or the named files); the same key and version twice is refused."""
    found = Shelf()
    seen: dict[tuple[str, str, str], str] = {}
    for path in paths() if files is None else files:
        try:
            table = parse(path.read_text("utf-8"))
        except TableRefused as refusal:
            found.refused.append((path.name, refusal.problems))
            continue
        except (OSError, UnicodeDecodeError):
            found.refused.append((path.name, [_("The file cannot be read as UTF-8 text.")]))
            continue
        name = (table.municipality, table.key, table.version)
        if name in seen:
            problem = _("Version %(version)s of %(key)s is also in %(file)s. Give a new version its own name.")
            words = {"version": table.version, "key": table.key, "file": seen[name]}
            found.refused.append((path.name, [problem % words]))
            continue
        seen[name] = path.name
        found.tables.append(table)
    return found
