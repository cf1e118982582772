"""Run a command of Django, for developers: rondom django check. `rondom migrate` and the like work without `django`.

Commands that go round actions, events and guards exist in a demonstration only.
"""

import argparse

HELP = "run a command of Django (for developers)"
NEEDS = "installation"
ROUND_THE_BACK = frozenset(
    {"shell", "dbshell", "flush", "loaddata", "dumpdata", "sqlflush", "runserver", "testserver", "createsuperuser",
     "changepassword", "inspectdb", "remove_stale_contenttypes"}
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words for Django."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its options")


def run(options: argparse.Namespace) -> int:
    """Hand over to Django."""
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from rondom.installation import DoesNotStart

    words = options.words
    if words and words[0] in ROUND_THE_BACK and settings.KIND != "demo":
        raise DoesNotStart(f"`{words[0]}` goes round the rights and the audit; it works in a demonstration only.")
    execute_from_command_line(["rondom", *words])
    return 0
