"""The verbs of `./dev`."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tools.bench import bench
from tools.components import components
from tools.docs import docs
from tools.drill import drill
from tools.linting import lint
from tools.running import CALLED_FROM, become, become_rondom, say
from tools.testing import test
from tools.translate import translate
from tools.vendor import vendor


def program(words: list[str]) -> int:
    """Run a program of .venv: `./dev run rondom ...` works on RONDOM_DATA (default var/)."""
    if not words:
        say("Say which program: ./dev run rondom ...")
        return 2
    if words[0] == "rondom":
        return become_rondom(*words[1:])
    return become(Path(sys.executable).parent / words[0], *words[1:], cwd=CALLED_FROM)


def demo(words: list[str]) -> int:
    """Start a demonstration with one-click sign-ins. `--port N`, `--data DIR`, `--fresh`, `--check`."""
    return become_rondom("demo", *words)


VERBS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "test": test,
    "lint": lint,
    "bench": bench,
    "drill": drill,
    "docs": docs,
    "run": program,
    "translate": translate,
    "components": components,
    "vendor": vendor,
}


def _stop(number: int, frame: object) -> None:
    raise SystemExit(128 + number)  # lets every `finally` run: servers stop, temporary folders go


def main() -> int:
    """Run a verb, or list them."""
    signal.signal(signal.SIGTERM, _stop)
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        if len(sys.argv) > 1 and sys.argv[1] not in ("help", "-h", "--help"):
            say(f"./dev knows no {sys.argv[1]!r}. It knows:")
        for name, verb in VERBS.items():
            say(f"./dev {name:10} {(verb.__doc__ or '').splitlines()[0]}")
        return 2 if len(sys.argv) > 1 and sys.argv[1] not in ("help", "-h", "--help") else 0
    try:
        return VERBS[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
