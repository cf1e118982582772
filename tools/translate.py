"""`./dev translate`: what our pages say in English, gathered per room, beside what they say in Dutch.

Sources are Python and Django templates; the result is `locale/nl/LC_MESSAGES/django.po` in each room (files outside a
room: in the package). Translations are kept; a sentence another room has translated already is taken over. No gettext
programs are needed. A po file holds no dates and no line numbers, so two people seldom touch the same line.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from rondom.core import translations
from tools.running import say

PACKAGE = translations.PACKAGE
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}")
HEADER = """# Dutch of the room; gathered with ./dev translate. Plain words (B1), active, no jargon.
msgid ""
msgstr ""
"Language: nl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Found = tuple[str, str | tuple[str, str], str, str | None]


def home_of(path: Path) -> Path:
    """Return the locale folder a source file belongs to: of its room, or of the package."""
    room = PACKAGE / path.relative_to(PACKAGE).parts[0]
    return (room if (room / "apps.py").exists() else PACKAGE) / "locale"


def sources() -> list[Path]:
    """Return every file that may hold a sentence for the screen."""
    found = [p for p in PACKAGE.rglob("*") if p.suffix in {".py", ".html", ".txt"}]
    return sorted(p for p in found if "migrations" not in p.parts and "static" not in p.parts)


def sentences_in(path: Path) -> Iterator[tuple[str | None, str | tuple[str, str], list[str]]]:
    """Yield (context, msgid or (singular, plural), notes for the translator) of one file."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        if path.suffix == ".txt" and "{%" not in text:
            return
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    stream = io.BytesIO(text.encode())
    keywords: Any = list(KEYWORDS)  # Babel reads the names only
    for _line, function, found, notes in extract_python(stream, keywords, ["Translators:"], {"encoding": "utf-8"}):
        yield _sentence(function, found, notes)


def _sentence(function: Any, found: Any, notes: Any) -> tuple[str | None, str | tuple[str, str], list[str]]:
    words = list(found) if isinstance(found, tuple) else [found]
    context = str(words.pop(0)) if "pgettext" in function else None
    if function.startswith("n"):
        return context, (str(words[0]), str(words[1])), notes
    return context, str(words[0]), notes


def gathered() -> dict[Path, Catalog]:
    """Return what the sources say now, per locale folder."""
    catalogs: dict[Path, Catalog] = {}
    for path in sources():
        for context, msgid, notes in sentences_in(path):
            if msgid in ("", "None"):
                continue
            catalog = catalogs.setdefault(home_of(path), Catalog(locale="nl"))
            place = (path.relative_to(PACKAGE).as_posix(), 0)
            catalog.add(msgid, locations=[place], auto_comments=notes, context=context)
    return catalogs


def read(path: Path) -> Catalog:
    """Return a po file, or an empty catalogue when there is none yet."""
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as stream:
        return read_po(stream, locale="nl")


def po_of(folder: Path) -> Path:
    """Return the Dutch catalogue in a locale folder."""
    return folder / "nl" / "LC_MESSAGES" / "django.po"


def _key(message: Message) -> tuple[object, str | None]:
    return message.id, message.context


def _known(catalogs: Iterable[Catalog]) -> dict[tuple[object, str | None], Any]:
    return {_key(m): m.string for catalog in catalogs for m in catalog if m.id and is_whole(m)}


def is_whole(message: Message) -> bool:
    """Tell whether a sentence has a translation, in all its numbers, that nobody doubts."""
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return bool(strings) and all(strings) and "fuzzy" not in message.flags


def _written(catalog: Catalog) -> bytes:
    stream = io.BytesIO()
    for message in catalog:
        message.locations = sorted(set(message.locations))
    write_po(stream, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return HEADER.encode() + stream.getvalue().strip() + b"\n"


def update() -> list[Path]:
    """Bring every po file up to date with the sources; return those that changed."""
    catalogs = gathered()
    old = {folder: read(po_of(folder)) for folder in catalogs}
    known = _known(old.values())
    changed = []
    for folder, catalog in catalogs.items():
        mine = _known([old[folder]])
        for message in catalog:
            if message.id:
                message.string = mine.get(_key(message)) or known.get(_key(message)) or message.string
        path, text = po_of(folder), _written(catalog)
        if not path.exists() or path.read_bytes() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
            changed.append(path)
    return changed


def _placeholders(text: object) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(str(text)))


def _faults_of(message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    if not is_whole(message):
        yield f"no Dutch for {ids[0]!r}"
        return
    for text in strings:
        if not any(_placeholders(text) == _placeholders(original) for original in ids):
            yield f"other placeholders in {text!r} than in {ids[0]!r}"


def faults() -> list[str]:
    """Return what is wrong: a sentence not gathered, without Dutch, with other placeholders, or said in two ways."""
    wrong: list[str] = []
    said: dict[tuple[object, str | None], tuple[object, str]] = {}
    for folder, catalog in gathered().items():
        path = po_of(folder)
        room = path.relative_to(PACKAGE).parts[0]
        written = {_key(m): m for m in read(path) if m.id}
        for message in (m for m in catalog if m.id):
            mine = written.get(_key(message))
            if mine is None:
                wrong.append(f"{room}: {message.id!r} is not in the catalogue; run ./dev translate")
                continue
            wrong += [f"{room}: {fault}" for fault in _faults_of(mine)]
            other = said.setdefault(_key(message), (mine.string, room))
            if other[0] != mine.string:
                wrong.append(f"{room}: {message.id!r} is said otherwise in {other[1]}: {other[0]!r}")
    return wrong


def translate(words: list[str]) -> int:
    """Gather the sentences of our pages and say which have no Dutch yet; `--check` changes nothing."""
    if "--check" not in words:
        for path in update():
            say(f"updated {path.relative_to(PACKAGE)}")
        translations.compile_if_needed()
    wrong = faults()
    for fault in wrong:
        say(fault)
    say(f"translate: {len(wrong)} to do" if wrong else "translate: every sentence has its Dutch")
    return 1 if wrong else 0
