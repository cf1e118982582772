"""A return code or a rule as cause and repair, in plain Dutch."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rondom.messages.checking import TECHNICAL, Entry, table

FILE = Path(__file__).parent / "ijw32" / "returncodes.toml"


@dataclass(frozen=True)
class ReturnCode:
    """What a return code says, why it happens, how it is repaired, and which rules give it."""

    code: str
    says: str
    cause: str
    repair: str
    rejects: bool = True

    @property
    def rules(self) -> tuple[Entry, ...]:
        """The rules that give this code."""
        return tuple(entry for entry in table().values() if entry.code == self.code)


@lru_cache(maxsize=1)
def return_codes() -> dict[str, ReturnCode]:
    """Return all return codes of the standard."""
    rows = tomllib.loads(FILE.read_text("utf-8"))
    return {code: ReturnCode(code, **row) for code, row in rows.items()}


def explain(word: str) -> str:
    """Return the explanation of a return code (`9326`) or of a rule (`CS335`). Raises KeyError when it is neither."""
    word = word.upper()
    if word in return_codes():
        return _of_code(return_codes()[word])
    return _of_rule(table()[word])


def _of_code(code: ReturnCode) -> str:
    lines = [f"{code.code}  {code.says}", "", f"Oorzaak: {code.cause}", f"Herstel: {code.repair}"]
    if code.code != TECHNICAL and code.rules:
        lines += ["", *(f"Regel {rule.id}: {rule.about}" for rule in code.rules)]
    return "\n".join(lines)


def _of_rule(rule: Entry) -> str:
    lines = [f"{rule.id}  {rule.about}", "", f"Niveau: {rule.level}"]
    if rule.code is None:
        return "\n".join([*lines, f"Retourcode: geen. {rule.no_code}"])
    code = return_codes()[rule.code]
    if rule.code == TECHNICAL:
        return "\n".join([*lines, f"Retourcode: {code.code}. {code.says}", f"Herstel: {code.repair}"])
    lines += [f"Retourcode: {code.code}. {code.says}", f"Oorzaak: {code.cause}", f"Herstel: {code.repair}"]
    return "\n".join(lines)
