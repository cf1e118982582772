"""A site of its own, a real Chromium, and what a page must be."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "tests/vendor/axe/axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP, PHONE, ZOOMED = 1280, 390, 320  # 320 css pixels is what 1280 shows at 400 %
WATCH = """
window.__violations = [];
document.addEventListener("securitypolicyviolation",
    (e) => window.__violations.push(e.violatedDirective + " " + e.blockedURI));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser, and may fail until it was seen whole (docs/known-gaps.md)."""
    not_yet = pytest.mark.xfail(reason="the browser walk was not seen to pass as a whole yet: docs/known-gaps.md")
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(not_yet)


@dataclass
class Site:
    """A running site with what the cast can visit in it."""

    base: str
    cookie_name: str
    cookies: dict[str, str]
    visits: dict[str, list[list[str]]]
    unfilled: list[str]
    broken: list[str]
    hostile: int

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        return self.base + path


@contextmanager
def running(*words: str) -> Iterator[Site]:
    """Start a throwaway site and stop it afterwards."""
    command = [sys.executable, "-m", "tests.browser.site", *words]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            pytest.fail(f"the site did not start (code {process.wait()})")
        yield Site(**json.loads(line))
    finally:
        if process.stdin:
            process.stdin.close()
        if process.stdout:
            process.stdout.close()
        process.wait(30)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The site of the demonstration cast."""
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def hostile_site() -> Iterator[Site]:
    """The same, with markup in every field in which people type."""
    with running("--hostile") as started:
        yield started


def chromium_path() -> str | None:
    """Return the browser named by RONDOM_CHROMIUM, else the first one found on this machine."""
    named = os.environ.get("RONDOM_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real Chromium of this machine; nothing is downloaded."""
    path = chromium_path()
    if path is None:
        pytest.skip(f"no browser found: install one of {', '.join(NAMES)}, or set RONDOM_CHROMIUM")
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@dataclass
class Tab:
    """A page that remembers what went wrong on it."""

    page: Any
    wrong: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def opened(chromium: Any, site: Site, persona: str, *, scripts: bool = True) -> Iterator[Tab]:
    """Open a tab signed in as a persona."""
    context = chromium.new_context(
        viewport={"width": DESKTOP, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam",
        java_script_enabled=scripts, reduced_motion="reduce",
    )  # fmt: skip
    if site.cookies.get(persona):
        context.add_cookies([{"name": site.cookie_name, "value": site.cookies[persona], "url": site.base}])
    if scripts:
        context.add_init_script(WATCH)
        context.add_init_script(path=str(AXE))
    tab = Tab(context.new_page())
    tab.page.set_default_timeout(15_000)
    tab.page.on("console", lambda message: tab.wrong.append(message.text) if message.type == "error" else None)
    tab.page.on("pageerror", lambda error: tab.wrong.append(str(error)))
    tab.page.on("requestfailed", lambda request: tab.wrong.append(f"failed: {request.url}"))
    tab.page.on("request", lambda request: tab.requests.append(request.url))
    try:
        yield tab
    finally:
        context.close()


def axe(page: Any) -> list[str]:
    """Return the violations of WCAG 2.2 A and AA that axe finds, one line each."""
    run = "async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations"
    found = page.evaluate(run, RULES)
    return [
        f"{v['id']}: {node['target']} {node['any'][0]['message'] if node['any'] else v['help']}"
        for v in found
        for node in v["nodes"][:3]
    ]


def scrolls_sideways(page: Any) -> str:
    """Return what sticks out of the window, or ""."""
    return page.evaluate("""() => {
        const wide = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= wide) return "";
        const out = [...document.body.querySelectorAll("*")].filter(
            (e) => e.getBoundingClientRect().right > wide + 1 && getComputedStyle(e).position !== "absolute");
        return `${document.documentElement.scrollWidth} px wide: ` + out.slice(-3).map(
            (e) => e.tagName.toLowerCase() + "." + e.className).join(", ");
    }""")


def check_page(tab: Tab, site: Site, path: str) -> list[str]:
    """Visit a page and return everything that is wrong with it: status, console, CSP, axe, sideways scrolling."""
    page, faults = tab.page, []
    tab.wrong.clear()
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    answer = page.goto(site.url(path), wait_until="load")
    if answer is None or answer.status != 200:
        return [f"status {answer.status if answer else 'none'}"]
    for width in (DESKTOP, PHONE, ZOOMED):
        page.set_viewport_size({"width": width, "height": 800})
        if sideways := scrolls_sideways(page):
            faults.append(f"at {width} px it scrolls sideways, {sideways}")
        if width != ZOOMED:
            faults += [f"at {width} px axe: {line}" for line in axe(page)]
    faults += [f"console: {line}" for line in tab.wrong]
    faults += [f"csp: {line}" for line in page.evaluate("window.__violations")]
    return faults


def report(faults: dict[str, list[str]]) -> str:
    """Return the faults as lines a person can work through."""
    return "\n" + "\n".join(
        f"{where}\n" + "\n".join(f"    {what}" for what in found) for where, found in faults.items()
    )


def picture(tab: Tab, name: str) -> None:
    """Save pictures for the docs when RONDOM_SCREENSHOTS names a folder."""
    folder = os.environ.get("RONDOM_SCREENSHOTS")
    if not folder:
        return
    for width, label in ((DESKTOP, "breed"), (PHONE, "smal")):
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.page.screenshot(path=str(Path(folder) / f"{name}-{label}.png"), full_page=True)
