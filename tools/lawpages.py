"""Pages for a lawyer, one per subject, printed from the tables the tests run: `docs/reference/law/`."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from rondom.law import engine, grounds, subjects
from rondom.law.engine import Answer, Rule, Value, national

MADE = "<!-- Made from rondom.law by `./dev docs`; do not edit. -->\n"
PLAIN: TypeAdapter[Any] = TypeAdapter(Any)


def pages() -> dict[str, str]:
    """Return the pages by path below docs/: one per subject, and the table of all rules."""
    made = {f"reference/law/{_name(module)}.md": _subject(module) for module in subjects.SUBJECTS}
    more = {"rules": _table(), "grounds": _grounds(), "README": _index()}
    return made | {f"reference/law/{name}.md": text for name, text in more.items()}


def _name(module: Any) -> str:
    return str(module.__name__.rpartition(".")[2])


def _index() -> str:
    lines = [MADE, "# The law, subject by subject", ""]
    lines += [f"- [{_name(m)}]({_name(m)}.md): {_first_line(m.__doc__)}" for m in subjects.SUBJECTS]
    computed = sum(bool(entry.computed) for entry in engine.rule_table().values())
    lines += [
        "",
        f"[All rules](rules.md): {len(engine.rule_table())} rules, {computed} computed; the others say why not.",
        "",
        "[On which ground may something be shared?](grounds.md) The legal bases beside consent.",
    ]
    return "\n".join([*lines, ""])


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0]


def _table() -> str:
    lines = [
        MADE,
        "# All rules",
        "",
        "| Rule | About | Article | From | Computed by, or why not |",
        "|---|---|---|---|---|",
    ]
    for entry in engine.rule_table().values():
        how = ", ".join(f"`{name}`" for name in entry.computed) or entry.why_not
        since = f"{entry.valid_from or ''}{f' to {entry.valid_until}' if entry.valid_until else ''}"
        lines.append(f"| {entry.id} | {_cell(entry.about)} | {_cell(entry.article)} | {since} | {how} |")
    return "\n".join([*lines, ""])


def _grounds() -> str:
    """Return the page of the legal bases for sharing information, in the order of their table."""
    lines = [
        MADE,
        "# On which ground may something be shared?",
        "",
        "The legal bases on which information about a young person may be given to somebody else. Whether one holds in",
        "a case is decided by `may_share` ([consent](consent.md)); when one must report to Veilig Thuis, or may report",
        "in the signal index, is told by [safety](safety.md).",
        "",
        "| Basis | Article | Rules | From | Who may get what | What to do |",
        "|---|---|---|---|---|---|",
    ]
    for ground in grounds.table().values():
        cells = (ground.name, ground.article, ", ".join(ground.rules), str(ground.since or ""), ground.gives)
        lines.append(f"| {' | '.join(map(_cell, cells))} | {_cell(' '.join(ground.then))} |")
    return "\n".join([*lines, ""])


def _subject(module: Any) -> str:
    name = _name(module)
    examples = tomllib.loads((engine.HERE / "examples" / f"{name}.toml").read_text("utf-8"))
    lines = [MADE, f"# {name.capitalize()}", "", (module.__doc__ or "").strip(), ""]
    for rule in subjects.RULES.values():
        if rule.subject == name:
            lines += _rule(rule, examples[rule.name])
    return "\n".join(lines)


def _rule(rule: Rule, examples: list[dict[str, Any]]) -> list[str]:
    since = f"{rule.valid_from or 'the beginning'} to {rule.valid_until or 'now'}"
    lines = [
        f"## {rule.title}",
        "",
        f"`{rule.name}`; valid from {since}; the numbers of the day named by `{rule.day}`.",
        "",
    ]
    lines += [f"- {key}: {engine.article_of(key)}" for key in rule.ids]
    lines += ["", "| Worked example | Facts | Outcome | Explanation |", "|---|---|---|---|"]
    for row in examples:
        local = [Value(**value) for value in row.get("parameters", [])]
        answer = rule(TypeAdapter(rule.facts).validate_python(row["facts"]), national().with_rows(local))
        facts = "; ".join(f"{k}: {_plain(v)}" for k, v in row["facts"].items())
        facts += "".join(f"; with {value.name} = {_plain(value.value)} ({value.source})" for value in local)
        lines.append(
            f"| {_cell(row['title'])} | {_cell(facts)} | {_cell(_outcome(answer))} | {_cell(answer.explanation)} |"
        )
    return [*lines, ""]


def _outcome(answer: Answer[Any]) -> str:
    if answer.asks:
        return f"asks: {', '.join(answer.asks)}"
    outcome = "not decided" if answer.outcome is None else _plain(PLAIN.dump_python(answer.outcome, mode="json"))
    if answer.doubt is None:
        return outcome
    readings = "; ".join(
        f"{r.reading}: {_plain(PLAIN.dump_python(r.outcome, mode='json'))}" for r in answer.doubt.alternatives
    )
    return f"{outcome} Doubt: {answer.doubt.why} {readings}"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_plain(v)}" for k, v in value.items() if v is not None)
    if isinstance(value, list | tuple):
        return "[" + "; ".join(map(_plain, value)) + "]"
    return str(value)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def write(docs: Path) -> list[Path]:
    """Write the pages that differ and return their paths."""
    changed = []
    for name, text in pages().items():
        path = docs / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            changed.append(path)
    return changed
