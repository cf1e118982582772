"""The DPIA of each room (docs/dpia): half a page, reviewed for the declarations of that room as they are now.

`./dev docs --reviewed ROOM` notes the day and the fingerprint in the page. It is a statement of a person: read the page
first. Nothing else refreshes the fingerprint, so a change of what a room keeps cannot pass without somebody reading.
"""

import datetime as dt
import os
import re
from pathlib import Path

from tools.running import ROOT

FOLDER = ROOT / "docs" / "dpia"
REVIEWED = re.compile(r"^Reviewed on (\d{4}-\d{2}-\d{2}) for declarations `([0-9a-f]{16})`\.$", re.MULTILINE)


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def digests() -> dict[str, str]:
    """Return the fingerprint of what each room declares now."""
    _start()
    from rondom.privacy.register import digest_of, rooms

    return {room: digest_of(room) for room in rooms()}


def page_of(room: str) -> Path:
    """Return where the DPIA of a room stands."""
    return FOLDER / f"{room}.md"


def wrong(known: dict[str, str] | None = None) -> list[str]:
    """Return what is wrong: a room without DPIA, or one whose declarations changed since it was reviewed."""
    found = []
    for room, digest in (known or digests()).items():
        page = page_of(room)
        said = REVIEWED.search(page.read_text("utf-8")) if page.exists() else None
        if said is None:
            found.append(f"docs/dpia/{room}.md: write half a page with a line 'Reviewed on ... for declarations ...'")
        elif said[2] != digest:
            found.append(
                f"docs/dpia/{room}.md was reviewed on {said[1]} for other declarations: read it again beside the "
                f"Privacy classes of {room}, then ./dev docs --reviewed {room}"
            )
    return found


def note_review(room: str, on: dt.date) -> Path:
    """Write into the page of a room that somebody read it on a day, for the declarations as they are now."""
    known = digests()
    if room not in known:
        raise SystemExit(f"There is no room {room!r} that keeps anything. Rooms: {', '.join(known)}.")
    page = page_of(room)
    line = f"Reviewed on {on.isoformat()} for declarations `{known[room]}`."
    text, count = REVIEWED.subn(line, page.read_text("utf-8"))
    if count != 1:
        raise SystemExit(f"{page} has no line 'Reviewed on YYYY-MM-DD for declarations `0000000000000000`.'")
    page.write_text(text, "utf-8")
    return page
