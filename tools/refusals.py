"""`docs/reference/refusals.md`: every "no" of the code, void by law or unwise, read from its syntax tree.

A refusal is a call of `VoidByLaw(...)` or `Unwise(...)`, or a `Finding(...)` that is registered for a later check.
"""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.running import ROOT

SOURCE = ROOT / "src" / "rondom"
CALLS = {"VoidByLaw": True, "Unwise": False}
HEAD = """# What is refused, and what asks a reason

Two kinds of no. *Void by law*: refused, whoever asks; the last column says where the law says so. *Unwise*: possible
with a reason that stays to be read, and where it matters with a second person. The sentences are in English here; on
the screen they are Dutch. What the law itself says stands in [the law, subject by subject](law/README.md).
"""


@dataclass(frozen=True)
class Refusal:
    """One "no": whether it is void by law, in which room and act, its sentence, and where the law says so."""

    void: bool
    room: str
    act: str
    sentence: str
    source: str


@functools.cache
def refusals() -> tuple[Refusal, ...]:
    """Return every refusal of the code, by room and act in the order of the source; the source is read once."""
    found: list[Refusal] = []
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts and path.name != "errors.py":
            found += _in_file(path)
    return tuple(found)


def _in_file(path: Path) -> Iterator[Refusal]:
    tree = ast.parse(path.read_text("utf-8"), str(path))
    room = path.relative_to(SOURCE).parts[0]
    for act in tree.body:
        name = getattr(act, "name", "") or _registered(act)
        for node in ast.walk(act):
            if isinstance(node, ast.Call) and _called(node) in {*CALLS, "Finding"} and node.args:
                named = {word.arg: word.value for word in node.keywords}
                if _called(node) == "Finding" and "void" not in named:
                    continue  # another room's word for something else
                void = CALLS.get(_called(node), _constant(named.get("void")) == "True")
                source = _constant(named.get("source")) or (
                    _constant(node.args[1]) if _called(node) == "Finding" and len(node.args) > 1 else ""
                )
                yield Refusal(
                    void, room, name.strip("_").replace("_", " "), _sentence(node.args[0]) or _about(act), source
                )


def _registered(act: ast.stmt) -> str:
    """Return the name under which a finding is registered: `_add("no_ground", Finding(...))`."""
    call = act.value if isinstance(act, ast.Expr) else None
    if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
        return str(call.args[0].value)
    return ""


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _constant(node: ast.expr | None) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _sentence(node: ast.expr) -> str:
    """Return the literal sentence within `_("...") % {...}`; "" when it is put together elsewhere."""
    texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    said = max(texts, key=len, default="").strip()
    return said if " " in said else ""  # one word is a name within a sentence from elsewhere


def _about(act: ast.stmt) -> str:
    """Return the first line of the docstring of an act whose sentences come from elsewhere."""
    text = ast.get_docstring(act) if isinstance(act, ast.FunctionDef | ast.ClassDef) else None
    return (text or "").split("\n")[0]


def page() -> str:
    """Return the page with both lists."""
    lines = [HEAD]
    for void, title in ((True, "Void by law"), (False, "Unwise")):
        lines += [f"## {title}", "", "| Room | Act | Sentence | Where it stands |", "|---|---|---|---|"]
        lines += [
            f"| `{each.room}` | {each.act} | {_cell(each.sentence)} | {_cell(each.source)} |"
            for each in refusals()
            if each.void is void
        ]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
