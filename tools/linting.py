"""`./dev lint`: style, types, the table of rooms."""

import shutil
import sys
import time
from pathlib import Path

from tools.running import module, run, say


def _script(name: str) -> Path:
    return Path(shutil.which(name, path=str(Path(sys.executable).parent)) or name)


def lint(words: list[str]) -> int:
    """Check style, types and the table of rooms; `--fix` repairs what can be repaired first."""
    if "--fix" in words:
        module("ruff", "check", "--fix", "--quiet", ".")
        module("ruff", "format", "--quiet", ".")
    checks = {
        "style": lambda: module("ruff", "check", "--quiet", "."),
        "format": lambda: module("ruff", "format", "--check", "--quiet", "."),
        "rooms": lambda: run(_script("lint-imports")),
        "types": lambda: module("mypy"),
    }
    failed = []
    for name, check in checks.items():
        began = time.monotonic()
        say(f"--- {name}")
        if check():
            failed.append(name)
        say(f"--- {name}: {'FAILED, ' if name in failed else ''}{time.monotonic() - began:.1f} s")
    say(f"lint: {'wrong: ' + ', '.join(failed) if failed else 'all good'}")
    return 1 if failed else 0
