"""The command `rondom`. On an empty data folder only `init` works; everything else exits 3 with a sentence."""

import argparse
import os
import sys
from importlib import import_module
from types import ModuleType

from rondom import installation

EMPTY, REFUSED = 3, 4

VERBS = {
    "init": "rondom.cli.init",
    "serve": "rondom.cli.serve",
    "worker": "rondom.cli.worker",
    "law": "rondom.cli.law",
    "messages": "rondom.cli.messages",
    "providers": "rondom.cli.providers",
    "crisis": "rondom.cli.crisis",
    "tables": "rondom.cli.tables",
    "facts": "rondom.cli.facts",
    "figures": "rondom.cli.figures",
    "demo": "rondom.demo.command",
    "audit": "rondom.cli.audit",
    "keys": "rondom.cli.keys",
    "backup": "rondom.cli.backup",
    "backup-keys": "rondom.cli.backup_keys",
    "restore": "rondom.cli.restore",
    "check": "rondom.cli.check",
    "django": "rondom.cli.django",
}
DJANGO = ("makemigrations", "migrate", "showmigrations", "sqlmigrate", "collectstatic")


def parser(only: str = "") -> tuple[argparse.ArgumentParser, dict[str, ModuleType]]:
    """Return the parser with the module of each verb; `only` leaves the others, and what they import, aside."""
    top = argparse.ArgumentParser(prog="rondom", description="Rondom runs Dutch municipal youth care.")
    verbs = top.add_subparsers(dest="verb", metavar="verb", required=True)
    modules = {}
    for name, place in VERBS.items():
        if only in VERBS and name != only:
            continue
        module = modules[name] = import_module(place)
        verb = verbs.add_parser(name, help=module.HELP, description=module.__doc__, formatter_class=_Help)
        module.add_arguments(verb)
    return top, modules


class _Help(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of a module's docstring as they are."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.umask(0o077)  # whatever Rondom writes is for its own user only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rondom.settings")
    words = sys.argv[1:] if arguments is None else arguments
    if words and words[0] in DJANGO:
        words = ["django", *words]
    top, modules = parser(words[0] if words else "")
    options = top.parse_args(words)
    module = modules[options.verb]
    try:
        needs = getattr(module, "NEEDS", "fit")
        _prepare(needs(options) if callable(needs) else needs)
        return int(module.run(options) or 0)
    except installation.HalfMade as where:
        return _say(
            f"The making of the installation in {where} was interrupted. Run `rondom init` again with the same words "
            "(or `./dev demo` for a demonstration): it goes on where it stopped.",
            EMPTY,
        )
    except installation.NotInitialised as where:
        return _say(
            f"There is no Rondom installation in {where}.\n"
            "Start a demonstration with `./dev demo`, or make an installation with `rondom init`.",
            EMPTY,
        )
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader (head, less) had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        sentence = _refusal(error)
        if sentence is None:
            raise
        return _say(sentence, REFUSED)


def _prepare(needs: str) -> None:
    """Bring about what a verb needs before it runs."""
    if needs == "nothing":
        return
    installation.find()
    import django

    django.setup()
    if needs == "fit":
        from rondom.core.starting import refuse_unfit

        refuse_unfit()


def _refusal(error: Exception) -> str | None:
    """Return the sentence of an expected refusal; None for a mistake of ours, which keeps its traceback."""
    from rondom.core.errors import RondomError
    from rondom.core.keys import KeysMissing

    if isinstance(error, installation.DoesNotStart | KeysMissing):
        return str(error)
    if isinstance(error, RondomError):
        return str(error.sentence)
    return None


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
