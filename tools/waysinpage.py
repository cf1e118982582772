"""`docs/reference/ways-in.md`, made from the table of ways in (`rondom.entry.ways`)."""

import os
from typing import Any

HEAD = """
# Every way in

Who comes with what, what opens then, whether we ask about the talk with the family first, and what they hear about
what follows. The pages of `entry` ask this same table (`rondom.entry.ways`). A contact record is seen by triage only
and kept for some weeks; a registration gives nobody the right to make contact, and becomes a whole dossier only when
the family itself asks for help. Any channel will do: phone, e-mail, letter, the web form, the office, a meeting. What
a parent or young person sends in writing can be an application; the page of the question says until when must be
decided then.

Sources: articles of law; D, N and DR numbers are lines of the policy documents; "practice" numbers are items of the
notes from practice that the design rests on.

| Who | Comes with | Opens | Talked first? | Hears | Source |
|---|---|---|---|---|---|
"""


def page() -> str:
    """Return the page, without its first line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from django.utils import translation

    from rondom.entry.ways import every_way

    with translation.override("en"):
        return HEAD + "".join(_line(way) for way in every_way())


def _line(way: Any) -> str:
    cells = (way.who, way.comes, way.opens.label, "asked" if way.talked else "–", way.hears, way.source)
    return "| " + " | ".join(map(str, cells)) + " |\n"
