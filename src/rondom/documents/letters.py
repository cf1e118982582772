"""Letters from templates that a jurist owns: merge fields, versions with a date, and the letter that comes of it.

A template is a title and a text. In the text an empty line ends a paragraph, a line that begins with "# " is a heading,
and `{naam}` is a merge field. A paragraph in which a field has no value falls out; so does a heading under which
nothing is left. A paragraph that is one field alone becomes as many paragraphs as its value has. Nothing else is a
code: what people wrote stays text, in the template and in the values (ADR 0540).

    LETTERS.register("decision", LetterKind(title=_("Decision"), fields={...}, first_title=..., first_text=...))

A room above registers its kind of letter with the fields it fills in; a template with a field that does not exist is
refused. While a municipality has no version of its own, the first text of the room is used.
"""

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from rondom.core import typesetting
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.registry import Registry
from rondom.documents.enums import MediaType

TEMPLATE = Path(__file__).parent / "typst" / "letter.typ"
FIELD = re.compile(r"\{([a-z_]+)\}")
BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter: its name, what each merge field is, an example of each, and the first title and text.

    `needs` are the fields the law asks in the text: field -> (what lacks without it, source).
    """

    title: Any
    fields: Mapping[str, Any]
    examples: Mapping[str, str]
    first_title: str
    first_text: str
    needs: Mapping[str, tuple[Any, str]] = field(default_factory=dict)


LETTERS: Registry[LetterKind] = Registry("kinds of letters")


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph of a letter."""

    kind: str
    text: str


@dataclass(frozen=True)
class Letter:
    """A letter ready to be made: who sends it, to whom, the facts above it, its title and its blocks."""

    sender: tuple[str, ...]
    to: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    title: str
    blocks: tuple[Block, ...]


def checked(kind: LetterKind, title: str, text: str) -> None:
    """Refuse words without title or text, with a field that does not exist, or with a brace that is no field.

    Raises VoidByLaw for words without something the law asks of this letter, such as how to object.
    """
    if not title.strip():
        raise BadInput(_("Write the title of the letter."), field="title")
    if not text.strip():
        raise BadInput(_("Write the text of the letter."), field="text")
    for where, said in (("title", title), ("text", text)):
        unknown = sorted(set(FIELD.findall(said)) - set(kind.fields))
        if unknown:
            names = ", ".join(f"{{{name}}}" for name in unknown)
            raise BadInput(
                _("This field does not exist: %(names)s. The list beside the form shows the fields.")
                % {"names": names},
                field=where,
            )
        if BRACE.search(FIELD.sub("", said)):
            raise BadInput(_("A { or } stands alone. A field is a name between braces, from the list."), field=where)
    for name, (lacks, source) in kind.needs.items():
        if f"{{{name}}}" not in text:
            raise VoidByLaw(
                _("%(lacks)s Put the field %(name)s in the text (%(source)s).")
                % {"lacks": lacks, "name": f"{{{name}}}", "source": source},
                field="text", source="Awb 3:45, 3:46, 4:3a, 4:5, 4:14, 10:10",
            )  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def _filled(text: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: values.get(found[1], ""), text)


def merged(text: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the blocks of a letter: the template with its fields filled in, without what has no value."""
    found: list[Block] = []
    for part in _paragraphs(text):
        names = FIELD.findall(part)
        if any(not values.get(name, "").strip() for name in names):
            continue
        if part.startswith("# "):
            found.append(Block("heading", _filled(part[2:], values)))
        elif len(names) == 1 and part == f"{{{names[0]}}}":
            found += [Block("text", one) for one in _paragraphs(values[names[0]])]
        else:
            found.append(Block("text", _filled(part, values)))
    follows = [*found[1:], Block("heading", "")]
    return tuple(one for one, after in zip(found, follows, strict=True) if (one.kind, after.kind) != ("heading",) * 2)


def made(letter: Letter) -> tuple[bytes, MediaType]:
    """Return the file of a letter: a tagged PDF (PDF/UA-1), or plain text where no typesetter is installed.

    Raises typesetting.Unavailable when the typesetter is there and gives up.
    """
    if not typesetting.available():
        return as_text(letter).encode(), MediaType.TXT
    words = {
        "title": letter.title, "sender": letter.sender, "to": letter.to, "facts": letter.facts,
        "blocks": [{"kind": block.kind, "text": block.text} for block in letter.blocks],
    }  # fmt: skip
    return typesetting.pdf(TEMPLATE, words), MediaType.PDF


def as_text(letter: Letter) -> str:
    """Return a letter as plain text."""
    facts = [f"{name}: {value}" for name, value in letter.facts]
    head = ["\n".join(letter.sender), "\n".join(letter.to), "\n".join(facts), letter.title]
    return "\n\n".join([*filter(None, head), *(block.text for block in letter.blocks)]) + "\n"


@dataclass(frozen=True)
class Wording:
    """Which words a kind of letter has on a day: title and text, since when, and by whom (empty: the first text)."""

    title: str
    text: str
    starts: dt.date | None = None
    by: str = ""


def example_of(kind: LetterKind, wording: Wording, *, sender: str, dated: str) -> Letter:
    """Return a letter about an invented case: every field has its example, the addressee and number are made up."""
    title = merged(wording.title, kind.examples)
    return Letter(
        sender=(sender,), to=("Mirjam Voorbeeld", "Voorbeeldstraat 1", "1234 AB Voorbeeldstad"),
        facts=((_("Date"), dated), (_("This is"), _("an example, of nobody"))),
        title=title[0].text if title else str(kind.title), blocks=merged(wording.text, kind.examples),
    )  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """A paragraph that new words leave out (`gone`) or add."""

    text: str
    gone: bool


def changed(before: str, after: str) -> list[Changed]:
    """Return the paragraphs in which two texts differ, in their order: what goes, then what comes."""
    found = []
    for line in difflib.ndiff(_paragraphs(before), _paragraphs(after)):
        if line[:2] in ("- ", "+ "):
            found.append(Changed(line[2:], line[0] == "-"))
    return found
