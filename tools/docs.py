"""`./dev docs`: the reference pages that are made from the code, and whether every link leads somewhere."""

import argparse
import ast
import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from tools import dpia, factspage, indicatorpage, lawpages, messagepages, parameterpage, refusals, waysinpage
from tools.running import ROOT, say

DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "rondom"
MADE = "<!-- Made from the code by `./dev docs`; do not edit. -->\n"
SETTING = re.compile(r"RONDOM_[A-Z_]+[A-Z]")
READ = re.compile(
    r"""(?:environ\.get\(|environ\.pop\(|environ\[|getenv\(|_env\w*\()\s*f?["'](RONDOM_[A-Z_]+[A-Z])["']"""
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OURS = {"RONDOM_CALLED_FROM"}  # between ./dev and its tools


def pages() -> dict[str, str]:
    """Return every page that is made from the code, by path below docs/."""
    parameters = MADE + parameterpage.page()
    made = {"reference/settings.md": _settings(), "reference/commands.md": _commands()}
    facts = MADE + factspage.page()
    made |= {"reference/parameters.md": parameters, "reference/facts.md": facts}
    made |= {"reference/indicators.md": MADE + indicatorpage.page(), "reference/ways-in.md": MADE + waysinpage.page()}
    made["reference/openapi.json"] = _openapi()
    made["reference/refusals.md"] = f"{MADE}\n{refusals.page()}"
    return lawpages.pages() | messagepages.pages() | made


def _openapi() -> str:
    """Return the description of the API; the pages before it have started Django."""
    from rondom.api.endpoints import text

    return text()


def documented_settings() -> dict[str, str]:
    """Return what the docstring of the settings says of each environment variable."""
    text = ast.get_docstring(ast.parse((SOURCE / "settings.py").read_text("utf-8"))) or ""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, _, meaning = line.partition(" ")
        if SETTING.fullmatch(name):
            found[name] = meaning.strip()
        elif found and line.startswith(" "):
            last = next(reversed(found))
            found[last] += f" {line.strip()}"
    return found


def settings_read() -> set[str]:
    """Return the environment variables that our code reads."""
    texts = (path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    return {name for text in texts for name in READ.findall(text)} - OURS


def _settings() -> str:
    lines = [
        MADE, "# Settings", "",
        "Rondom is set by environment variables. Nothing else is configured outside the screens.", "",
        "| Variable | Meaning |", "|---|---|",
    ]  # fmt: skip
    lines += [
        f"| `{name}` | {meaning.replace('|', chr(92) + '|')} |" for name, meaning in documented_settings().items()
    ]
    return "\n".join([*lines, ""])


def _commands() -> str:
    from rondom.cli.main import VERBS, parser
    from tools.dev import VERBS as DEV

    lines = [
        MADE, "# Commands", "",
        "Exit codes: 0 good, 1 something is wrong, 2 wrong words, 3 there is no installation in the data folder,",
        "4 refused with a sentence that says why.", "",
    ]  # fmt: skip
    _top, modules = parser()
    for name in VERBS:
        lines += _verb(f"rondom {name}", modules[name].__doc__ or "", modules[name].add_arguments)
    lines += ["## ./dev", "", "For people who work on Rondom.", "", "| Verb | Does |", "|---|---|"]
    lines += [f"| `./dev {name}` | {(verb.__doc__ or '').splitlines()[0]} |" for name, verb in DEV.items()]
    return "\n".join([*lines, ""])


def _verb(name: str, about: str, add_arguments: object) -> Iterator[str]:
    made = argparse.ArgumentParser(prog=name, add_help=False)
    add_arguments(made)  # type: ignore[operator]
    yield from (f"## {name}", "", *_prose(about), "")
    yield from _arguments(made)


def _prose(text: str) -> Iterator[str]:
    """Keep the lines of a docstring; an indented block becomes code."""
    inside = False
    for line in text.strip().splitlines():
        if line.startswith("    ") != inside and line:
            inside = not inside
            yield "```"
        yield line[4:] if inside and line else line
    if inside:
        yield "```"


def _arguments(made: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    rows, below = [], []
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for word, parser in action.choices.items():
                rows.append(f"| `{before}{word}` | {_cell(helps.get(word, ''))} |")
                below.append((f"{before}{word} ", parser))
        elif action.dest != "help":
            name = ", ".join(action.option_strings) or action.dest
            rows.append(f"| `{before}{name}` | {_cell(str(action.help or ''))} |")
    if rows and not before:
        yield from ("| Words | Meaning |", "|---|---|")
    yield from rows
    for word, parser in below:
        yield from _arguments(parser, word)
    if rows and not before:
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", "&lt;")


def broken_links() -> list[str]:
    """Return "page: link" for each link to a file of the repository that is not there."""
    found = []
    for page in sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")]):
        for match in LINK.finditer(re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)):
            target = (match.group(1) or match.group(2)).partition("#")[0]
            if (
                target
                and "://" not in target
                and not target.startswith("mailto:")
                and not (page.parent / target).exists()
            ):
                found.append(f"{page.relative_to(ROOT)}: {target}")
    return found


def docs(words: list[str]) -> int:
    """Make the reference pages, check links and DPIAs. `--check` only looks; `--reviewed ROOM`: you read its DPIA."""
    if "--reviewed" in words:
        for room in words[words.index("--reviewed") + 1 :]:
            say(f"reviewed today: {dpia.note_review(room, dt.datetime.now(AMSTERDAM).date()).relative_to(ROOT)}")
    wrong = dpia.wrong()
    for name, text in pages().items():
        path = DOCS / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        if "--check" in words:
            wrong.append(f"docs/{name} is not as the code is now: run ./dev docs")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            say(f"made docs/{name}")
    wrong += [f"{link} leads nowhere" for link in broken_links()]
    for line in wrong:
        say(line)
    say(f"docs: {len(wrong)} wrong" if wrong else "docs: all good")
    return 1 if wrong else 0
