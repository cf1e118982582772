"""Compiled catalogues are made, not kept: whoever starts Rondom gets them from the po files beside them."""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.reloader import translation_file_changed

PACKAGE = Path(__file__).resolve().parent.parent


def outdated() -> list[Path]:
    """Return the po files whose compiled catalogue is missing or older."""
    found = [*PACKAGE.glob("locale/*/LC_MESSAGES/*.po"), *PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")]
    return sorted(path for path in found if _is_outdated(path))


def _is_outdated(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def compile_if_needed() -> int:
    """Compile what is outdated and return how many; a few stats when all is well.

    What this process read of the older ones is forgotten: a model that is imported may have asked for a word already.
    Two processes may do it at once: each writes a file of its own and renames it. Raises OSError when a catalogue is
    missing and the folder cannot be written: an installed package carries its compiled catalogues.
    """
    made = 0
    for path in outdated():
        compiled = path.with_suffix(".mo")
        try:
            _compile(path, compiled)
        except PermissionError:
            if not compiled.exists():
                raise
        else:
            made += 1
    if made:
        translation_file_changed(sender=None, file_path=Path("django.mo"))
    return made


def _compile(path: Path, compiled: Path) -> None:
    stamp = path.stat()
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=path.parent.parent.name)
    handle, part = tempfile.mkstemp(dir=compiled.parent, prefix=".django-", suffix=".part")
    with os.fdopen(handle, "wb") as stream:
        write_mo(stream, catalog)
    part_path = Path(part)
    part_path.chmod(0o644)
    os.utime(part_path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    part_path.replace(compiled)
