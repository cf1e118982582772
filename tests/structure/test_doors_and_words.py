"""What the source may not do, read from its syntax tree: doors query nothing themselves, nothing is unsafe."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "rondom"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
RAW_SQL = {"cursor", "raw", "extra", "RawSQL", "executescript"}
MAY_SPEAK_SQL = ("core/", "cli/backup", "demo/bench")
MAY_PRINT = ("cli/", "demo/command.py")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
LOG_CALLS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def is_door(path: Path) -> bool:
    """Views, and everything else in the rooms that are nothing but doors; `api` keeps its keys besides."""
    if name(path).startswith("demo/"):
        return False  # one-click sign-in of invented people
    return (
        path.name in ("views.py", "doors.py")
        or "views" in path.parent.parts
        or name(path).startswith(("desk/", "portal/", "configuration/"))
        or (name(path).startswith("api/") and path.name not in ("models.py", "queries.py", "actions.py"))
    )


def finds(path: Path, wrong: type[ast.AST] | tuple[type[ast.AST], ...], test) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, wrong) and test(node):
            yield f"{name(path)}:{node.lineno}"


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_doors_ask_queries_and_actions_never_a_manager():
    wrong = [f for p in FILES if is_door(p) for f in finds(p, ast.Attribute, lambda n: n.attr in MANAGERS)]
    assert not wrong, wrong


def test_nothing_is_marked_safe():
    wrong = [
        found
        for path in FILES
        for found in finds(
            path,
            (ast.Name, ast.Attribute, ast.alias),
            lambda n: "mark_safe" in (getattr(n, "id", ""), getattr(n, "attr", ""), getattr(n, "name", "")),
        )
    ]
    assert not wrong, wrong


def test_templates_do_not_switch_escaping_off():
    wrong = [
        name(p)
        for p in SOURCE.rglob("*.html")
        if "|safe" in p.read_text("utf-8") or "autoescape off" in p.read_text("utf-8")
    ]
    assert not wrong, wrong


def test_sql_is_written_in_core_only():
    wrong = [
        found
        for path in FILES
        if not name(path).startswith(MAY_SPEAK_SQL)
        for found in finds(path, ast.Call, lambda n: called(n) in RAW_SQL)
    ]
    assert not wrong, wrong


def test_only_commands_print():
    wrong = [
        found
        for path in FILES
        if not name(path).startswith(MAY_PRINT)
        for found in finds(path, ast.Call, lambda n: called(n) in ("print", "pprint"))
    ]
    assert not wrong, wrong


def test_a_log_line_gets_plain_values_with_a_fixed_text():
    """The text is a literal without f-string or %; the arguments are names, attributes, calls of str/len, constants.

    A whole row never: its fields would be one change of `__str__` away from the log.
    """
    wrong = []
    for path in FILES:
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            if node.func.attr not in LOG_CALLS or getattr(owner, "id", "") not in ("logger", "log", "logging"):
                continue
            first = node.args[0] if node.args else None
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                wrong.append(f"{name(path)}:{node.lineno}: the text is not fixed")
            rows = {"person", "dossier", "case", "note", "document", "meeting", "youth", "adult", "staff", "request"}
            wrong += [
                f"{name(path)}:{node.lineno}: logs the whole {argument.id}"
                for argument in node.args[1:]
                if isinstance(argument, ast.Name) and argument.id in rows
            ]
    assert not wrong, wrong


def test_only_the_demonstration_imports_the_demonstration():
    wrong = []
    for path in FILES:
        if name(path).startswith("demo/"):
            continue
        for node in ast.walk(tree(path)):
            module = getattr(node, "module", None) if isinstance(node, ast.ImportFrom) else None
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if any((m or "").startswith("rondom.demo") for m in [module, *names]):
                wrong.append(f"{name(path)}:{node.lineno}")
    assert not wrong, wrong


def test_settings_and_addresses_know_the_demonstration_only_where_it_is_one():
    for file in ("settings.py", "urls.py"):
        for line, number in _lines_outside_if_demo(SOURCE / file):
            assert "rondom.demo" not in line, f"{file}:{number}"


def _lines_outside_if_demo(path: Path) -> Iterator[tuple[str, int]]:
    text = path.read_text("utf-8")
    inside: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.If) and "DEMO" in ast.unparse(node.test):
            inside |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number, line in enumerate(text.splitlines(), 1):
        if number not in inside:
            yield line, number


@pytest.mark.parametrize("path", [p for p in FILES if p.name == "actions.py" or "actions" in p.parent.parts], ids=name)
def test_every_public_write_is_an_action(path):
    """A public function of an actions module that takes by= and writes a row itself wears @action."""
    writes = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
    for node in tree(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        takes_by = "by" in {a.arg for a in node.args.kwonlyargs}
        wears = any(getattr(d, "id", "") == "action" for d in node.decorator_list)
        writing = [called(n) for n in ast.walk(node) if isinstance(n, ast.Call) and called(n) in writes]
        assert wears or not (takes_by and writing), f"{name(path)}:{node.lineno}: {node.name} writes but is no @action"
