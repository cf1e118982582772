"""What stays inside the room: the standard's words, and the library that reads what others send."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "rondom"
ROOM = SOURCE / "messages"


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_xml_of_others_is_read_here_and_nowhere_else():
    reads = {path for path in SOURCE.rglob("*.py") if any(name.split(".")[0] == "lxml" for name in imported(path))}
    assert reads <= set(ROOM.rglob("*.py"))


def test_declarations_and_rules_of_a_release_are_used_inside_the_room_only():
    outside = [path for path in SOURCE.rglob("*.py") if ROOM not in path.parents]
    wrong = {str(path) for path in outside if any(name.startswith("rondom.messages.ijw32") for name in imported(path))}
    assert not wrong


def test_the_engine_opens_no_database():
    for path in ROOM.rglob("*.py"):
        assert not any(name.startswith("django") for name in imported(path)), path
