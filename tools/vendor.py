"""Bring in the front-end packages we ship, only what is used, with their licences and a list of digests.

`./dev vendor` fetches the exact versions with `npm pack` (needs npm and the network; nobody else does), takes from the
Utrecht component style sheet the components in COMPONENTS, from the example tokens the custom properties those rules
and ours refer to, and htmx and axe as they are. `vendor.sha256` lists every file; a test compares.
"""

import hashlib
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/rondom/static"
SHIPPED = STATIC / "vendor"
FOR_TESTS = ROOT / "tests/vendor"
LIST = ROOT / "vendor.sha256"

UTRECHT = "@utrecht/component-library-css@9.0.4"
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens@7.4.1"
HTMX = "htmx.org@4.0.1"
AXE = "axe-core@4.14.1"

COMPONENTS = frozenset(
    {
        *("button", "document", "link", "paragraph", "table", "heading-1", "heading-2", "heading-3", "heading-4"),
        *("form-fieldset", "form-label", "select", "textarea", "textbox"),
    }
)
CLASS = re.compile(r"\.utrecht-([a-z0-9]+(?:-[a-z0-9]+)*)")
REFERENCE = re.compile(r"var\(\s*(--[a-z0-9_-]+)")
PROPERTY = re.compile(r"^\s*(--[a-z0-9_-]+):\s*([^;]+);", re.MULTILINE)

UTRECHT_HEAD = """/*
 * From {package}: only the components Rondom uses, unchanged otherwise.
 * @license EUPL-1.2
 * Copyright (c) 2020-2025 Gemeente Utrecht
 * Copyright (c) 2020-2025 Frameless B.V.
 */
"""
TOKENS_HEAD = """/*
 * From {package}: only the tokens Rondom refers to, unchanged otherwise.
 * @license EUPL-1.2 (LICENSE.md beside this file)
 * Copyright (c) 2021-2026 NL Design System Community
 */
"""


def statements(css: str) -> Iterator[tuple[str, str]]:
    """Yield (prelude, body) of each top-level rule of a style sheet; comments are left out."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    depth, start, opened = 0, 0, 0
    for place, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = place
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : place].strip("\n")
                start = place + 1
        elif sign == ";" and depth == 0:
            start = place + 1


def is_used(selector: str) -> bool:
    """Tell whether every component a selector names is one of ours."""
    names = CLASS.findall(selector)
    return bool(names) and all(name in COMPONENTS for name in names)


def cut(css: str) -> str:
    """Return the rules of the used components, media queries included."""
    kept = []
    for prelude, body in statements(css):
        if prelude.startswith("@media"):
            inner = cut(body)
            if inner:
                kept.append(f"{prelude} {{\n{inner}}}\n")
            continue
        if prelude.startswith("@"):
            continue
        selectors = [s.strip() for s in re.split(r",(?![^(]*\))", prelude)]
        used = [s for s in selectors if is_used(s)]
        if used:
            kept.append(",\n".join(used) + " {\n" + body.rstrip() + "\n}\n")
    return "".join(kept)


def needed_tokens(sheets: list[str], declared: dict[str, str]) -> dict[str, str]:
    """Return the declared tokens that the sheets refer to, directly or through another token."""
    waiting = {name for sheet in sheets for name in REFERENCE.findall(sheet)}
    needed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in declared and name not in needed:
            needed.add(name)
            waiting.update(REFERENCE.findall(declared[name]))
    return {name: value for name, value in declared.items() if name in needed}


def fetch(package: str, folder: Path) -> Path:
    """Return the unpacked folder of one exact npm package."""
    target = folder / re.sub(r"\W+", "-", package)
    target.mkdir()
    command = ["npm", "pack", "--silent", package]
    done = subprocess.run(command, cwd=target, check=True, capture_output=True, text=True)
    with tarfile.open(target / done.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def write(target: Path, text: str | bytes) -> None:
    """Write a file, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text if isinstance(text, bytes) else text.encode())


def bring_in(folder: Path) -> None:
    """Write every vendored file."""
    utrecht, tokens, htmx, axe = (fetch(package, folder) for package in (UTRECHT, TOKENS, HTMX, AXE))
    components = UTRECHT_HEAD.format(package=UTRECHT) + cut((utrecht / "dist/index.css").read_text("utf-8"))
    write(SHIPPED / "utrecht/components.css", components)
    write(SHIPPED / "utrecht/LICENSE.md", (utrecht / "LICENSE.md").read_bytes())
    declared = dict(PROPERTY.findall((tokens / "dist/theme.css").read_text("utf-8")))
    own = [path.read_text("utf-8") for path in sorted(STATIC.glob("rondom/*.css"))]
    lines = "".join(f"  {name}: {value};\n" for name, value in needed_tokens([components, *own], declared).items())
    write(SHIPPED / "voorbeeld/theme.css", TOKENS_HEAD.format(package=TOKENS) + f".voorbeeld-theme {{\n{lines}}}\n")
    write(SHIPPED / "voorbeeld/LICENSE.md", (tokens / "LICENSE.md").read_bytes())
    write(SHIPPED / "htmx/htmx.min.js", (htmx / "dist/htmx.min.js").read_bytes())
    write(SHIPPED / "htmx/LICENSE", (htmx / "LICENSE").read_bytes())
    write(FOR_TESTS / "axe/axe.min.js", (axe / "axe.min.js").read_bytes())
    write(FOR_TESTS / "axe/LICENSE", (axe / "LICENSE").read_bytes())


def vendored() -> list[Path]:
    """Return every vendored file."""
    return sorted(path for folder in (SHIPPED, FOR_TESTS) for path in folder.rglob("*") if path.is_file())


def digests() -> str:
    """Return the list as `sha256sum` writes it."""
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(ROOT)}\n" for p in vendored())


def vendor(words: list[str]) -> int:
    """Fetch the front-end packages again, cut to what is used, and list their digests."""
    with tempfile.TemporaryDirectory() as folder:
        bring_in(Path(folder))
    LIST.write_text(digests(), "utf-8")
    for path in vendored():
        print(f"{path.stat().st_size:8}  {path.relative_to(ROOT)}")
    return 0
