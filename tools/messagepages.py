"""Pages about the iJw messages, made from their declarations and tables: `docs/reference/messages/`."""

from rondom.messages.checking import Entry, table
from rondom.messages.codes import lists
from rondom.messages.declaring import Complex, Message, group_of, walk
from rondom.messages.explaining import return_codes
from rondom.messages.ijw32 import RELEASE
from rondom.messages.judging import rules_of
from rondom.messages.simple import Code, Simple, Text, Whole

MADE = "<!-- Made from rondom.messages by `./dev docs`; do not edit. -->\n"
PLACE = "reference/messages"


def pages() -> dict[str, str]:
    """Return the pages by path below docs/: an index, the elements of the messages, the rules, the return codes."""
    return {
        f"{PLACE}/README.md": _index(),
        f"{PLACE}/elements.md": _elements(),
        f"{PLACE}/rules.md": _rules(),
        f"{PLACE}/return-codes.md": _return_codes(),
    }


def _index() -> str:
    lines = [MADE, f"# Messages of iJw {RELEASE}", "", "| Message | Name | From | Answered by |", "|---|---|---|---|"]
    for message in RELEASE.messages.values():
        sender = message.forward or message
        by_municipality = sender.name in ("JW301", "JW319", "JW325")
        if message.forward:
            by_municipality = not by_municipality
        who = "municipality" if by_municipality else "provider"
        lines.append(
            f"| [{message.name}](elements.md#{_anchor(message)}) | {message.title} | {who} | {message.answer or '-'} |"
        )
    kept = sum(1 for entry in table().values() if not entry.not_implemented)
    lines += [
        "",
        "- [Elements](elements.md): every message with its classes, elements, types and keys.",
        f"- [Rules](rules.md): {len(table())} rules, {kept} of them kept.",
        f"- [Return codes](return-codes.md): {len(return_codes())} codes with cause and repair.",
        "",
    ]
    return "\n".join(lines)


def _anchor(message: Message) -> str:
    return f"{message.name} {message.title}".lower().replace(" ", "-")


def _elements() -> str:
    lines = [MADE, "# Elements of the messages", ""]
    lines += ["K marks a part of the logical key. The parts of a complex type stand once, below.", ""]
    for message in RELEASE.messages.values():
        lines += _message(message)
    return "\n".join([*lines, *_complex_types()])


def _message(message: Message) -> list[str]:
    lines = [f"## {message.name} {message.title}", "", f"Code {message.code}, namespace `{message.namespace}`.", ""]
    lines += ["| Element | Times | Type | Key |", "|---|---|---|---|"]
    for way, element in walk(message.content):
        if any(_is_complex(message, way[:depth]) for depth in range(1, len(way))):
            continue
        group = group_of(element)
        name = f"**{element.name}**" if group and not issubclass(group, Complex) else element.name
        key = "K" if element.key else ""
        lines.append(f"| {'· ' * (len(way) - 1)}{name} | {element.times} | {_type(element.type)} | {key} |")
    return [*lines, ""]


def _is_complex(message: Message, way: tuple[str, ...]) -> bool:
    group = message.content
    for name in way:
        group = next(element.type for element in group.elements if element.name == name)
    return issubclass(group, Complex)


def _type(kind: object) -> str:
    if isinstance(kind, type):
        return kind.__name__ if issubclass(kind, Complex) else "class"
    assert isinstance(kind, Simple)
    return f"{kind.name}{_limits(kind)}"


def _limits(kind: Simple) -> str:
    if isinstance(kind, Code):
        return f", list {kind.codes}"
    if isinstance(kind, Whole):
        return f", {kind.least} to {kind.most}{' cents' if kind.cents else ''}"
    if isinstance(kind, Text) and kind.most:
        return f", at most {kind.most}"
    return ""


def _complex_types() -> list[str]:
    found: dict[str, type] = {}
    for message in RELEASE.messages.values():
        for _way, element in walk(message.content):
            group = group_of(element)
            if group and issubclass(group, Complex):
                found[group.__name__] = group
    lines = ["## Complex types", "", "| Type | Elements |", "|---|---|"]
    for name in sorted(found):
        parts = "; ".join(f"{e.name} ({e.times}, {_type(e.type)})" for e in found[name].elements)  # type: ignore[attr-defined]
        lines.append(f"| {name} | {parts} |")
    return [*lines, ""]


def _rules() -> str:
    lines = [
        MADE, "# Rules of the messages", "",
        "Every rule of the standard that can be checked: what it asks (in Dutch, as people see it), the level and the",
        "return code, where it applies and what keeps it. Rules of level 1 are kept by the declaration of the message.",
        "",
        "| Rule | Level | Code | Asks | Messages | Kept by |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for entry in table().values():
        messages = sorted({name for rule in rules_of(RELEASE, entry.id) for name in rule.targets})
        cells = (entry.id, entry.level, entry.code or "none", _asks(entry), ", ".join(messages), _kept(entry))
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join([*lines, ""])


def _asks(entry: Entry) -> str:
    more = [entry.about, entry.no_code, entry.note]
    if entry.alike:
        more.append(f"Zegt hetzelfde als {', '.join(entry.alike)}.")
    if entry.implied_by:
        more.append(f"Ook geraakt door {', '.join(entry.implied_by)}.")
    return " ".join(part for part in more if part)


def _kept(entry: Entry) -> str:
    if entry.not_implemented:
        return f"not: {entry.not_implemented}"
    functions = [rule.function for rule in rules_of(RELEASE, entry.id)]
    names = dict.fromkeys(f"`{made.__module__.rpartition('.')[2]}.{made.__name__}`" for made in functions)
    return ", ".join(names) or "the declaration"


def _return_codes() -> str:
    lines = [MADE, "# Return codes", "", "As `rondom messages explain CODE` tells them.", ""]
    lines += ["| Code | Says | Cause | Repair | Rules |", "|---|---|---|---|---|"]
    for code in return_codes().values():
        rules = "level 2" if code.code == "0001" else ", ".join(rule.id for rule in code.rules)
        lines.append(f"| {code.code} | {code.says} | {code.cause} | {code.repair} | {rules} |")
    known = sum(len(names) for names in lists().values())
    return "\n".join(
        [
            *lines,
            "",
            f"The other code lists of the standard ({known} codes) stand in the rooms `reference` and `messages`.",
            "",
        ]
    )
