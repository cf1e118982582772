"""A site of its own, a real Chromium, and what a page must be.

Every worker has its own site, so tests run side by side (`-n 2`) and in any order; each tab has a session of its own.
"""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import COOKIE

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
    """Everything here needs a browser."""
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """A running site with what the cast can visit in it."""

    base: str
    twin: str
    cookie_name: str
    visits: dict[str, list[list[str]]]
    unfilled: list[str]
    broken: list[str]

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        return self.base + path

    def named(self, host: str) -> "Site":
        """Return the same site under another name of this machine."""
        return replace(self, base=self.base.replace("127.0.0.1", host))

    def cookie(self, persona: str) -> str:
        """Return the cookie of a fresh session of a persona; "" for nobody."""
        with urllib.request.urlopen(self.url(COOKIE + persona), timeout=60) as answer:  # noqa: S310 - our own site
            return answer.read().decode()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The site of the demonstration cast, started once and stopped afterwards."""
    command = [sys.executable, "-m", "tests.browser.site"]
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
def hostile_site(site: Site) -> Site:
    """Its twin, with markup in every field in which people type."""
    return replace(site, base=site.twin)


def chromium_path() -> str | None:
    """Return the browser named by RONDOM_CHROMIUM, else the first one found on this machine."""
    named = os.environ.get("RONDOM_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """What drives a browser."""
    if chromium_path() is None:
        pytest.skip(f"no browser found: install one of {', '.join(NAMES)}, or set RONDOM_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


def launch(playwright: Any, **more: Any) -> Any:
    """Start a real Chromium of this machine; nothing is downloaded."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=chromium_path(), args=arguments, **more)


@pytest.fixture(scope="session")
def chromium(playwright: Any) -> Iterator[Any]:
    """The browser of most tests."""
    browser = launch(playwright)
    yield browser
    browser.close()


@dataclass
class Tab:
    """A page that remembers what went wrong on it."""

    page: Any
    wrong: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def _failed(request: Any) -> list[str]:
    """Say that a request failed; one that the browser gave up because the page was left did not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


@contextmanager
def opened(chromium: Any, site: Site, persona: str, *, scripts: bool = True, axe: bool = False) -> Iterator[Tab]:
    """Open a tab signed in as a persona, in a session of its own; with `axe` its pages can be checked."""
    context = chromium.new_context(
        viewport={"width": DESKTOP, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam",
        java_script_enabled=scripts, reduced_motion="reduce",
    )  # fmt: skip
    if cookie := site.cookie(persona):
        context.add_cookies([{"name": site.cookie_name, "value": cookie, "url": site.base}])
    if scripts:
        context.add_init_script(WATCH)
    if axe:
        context.add_init_script(path=str(AXE))
    tab = Tab(context.new_page())
    tab.page.set_default_timeout(60_000)
    tab.page.on("console", lambda message: tab.wrong.append(message.text) if message.type == "error" else None)
    tab.page.on("pageerror", lambda error: tab.wrong.append(str(error)))
    tab.page.on("requestfailed", lambda request: tab.wrong.extend(_failed(request)))
    tab.page.on("request", lambda request: tab.requests.append(request.url))
    try:
        yield tab
    finally:
        context.close()


def axe(page: Any, rules: list[str] = RULES) -> list[str]:
    """Return the violations of WCAG 2.2 A and AA that axe finds, one line each.

    Style sheets are not read again for each page: `css-orientation-lock`, the one rule that needs them, has its own
    test, as all pages have the same ones. A page that only just arrived is not read before it is whole.
    """
    page.wait_for_load_state("load")
    run = """async (rules) => {
        const options = {runOnly: rules, resultTypes: ["violations"], preload: rules.length === 1};
        return (await axe.run(document, options)).violations;
    }"""
    found = page.evaluate(run, rules)
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


HALVES = """() => {
    const digest = (text) => {
        let a = 0xdeadbeef, b = 0x41c6ce57;
        for (let i = 0; i < text.length; i++) {
            a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
            b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
        }
        return `${text.length}-${a}-${b}`;
    };
    const whole = document.documentElement.cloneNode(true), main = whole.querySelector("main");
    for (const field of whole.querySelectorAll("input[type=hidden]")) field.remove();
    const content = main ? main.innerHTML : "";
    if (main) main.remove();
    for (const link of whole.querySelectorAll("nav [aria-current]")) link.removeAttribute("aria-current");
    const title = whole.querySelector("title");
    if (title) title.textContent = title.textContent ? "." : "";
    return [digest(whole.outerHTML), digest(content)];
}"""
"""Digests of the frame around the content and of the content, without what is hidden, where one is, and the title."""
SEEN: set[str] = set()


def seen_before(page: Any) -> bool:
    """Tell whether axe looked at both halves of this page before; from now on it did."""
    halves = set(page.evaluate(HALVES))
    known = halves <= SEEN
    SEEN.update(halves)
    return known


def check_page(tab: Tab, site: Site, path: str) -> list[str]:
    """Visit a page and return everything that is wrong with it: status, console, CSP, axe, sideways scrolling.

    From wide to narrow, the next page from narrow to wide: no window is resized for nothing.
    """
    page, faults = tab.page, []
    tab.wrong.clear()
    answer = page.goto(site.url(path), wait_until="load")
    if answer is None or answer.status != 200:
        return [f"status {answer.status if answer else 'none'}"]
    known = seen_before(page)
    widths = (DESKTOP, PHONE, ZOOMED)
    now = page.viewport_size["width"]
    for width in widths if now != ZOOMED else reversed(widths):
        if width != now:
            page.set_viewport_size({"width": width, "height": 900})
        if sideways := scrolls_sideways(page):
            faults.append(f"at {width} px it scrolls sideways, {sideways}")
        if width != ZOOMED and not known:
            faults += [f"at {width} px axe: {line}" for line in axe(page)]
    faults += [f"console: {line}" for line in tab.wrong]
    faults += [f"csp: {line}" for line in page.evaluate("window.__violations")]
    return faults


def report(faults: dict[str, list[str]]) -> str:
    """Return the faults as lines a person can work through."""
    return "\n" + "\n".join(
        f"{where}\n" + "\n".join(f"    {what}" for what in found) for where, found in faults.items()
    )


def said(page: Any) -> str:
    """Return what the content of a page says, once the page is whole."""
    page.wait_for_load_state("load")
    return page.locator("main").inner_text()


def press(page: Any, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def picture(tab: Tab, name: str, *, whole: bool = False, at: str = "body") -> None:
    """Save pictures when RONDOM_SCREENSHOTS names a folder: what a screen shows from `at` on, or the whole page."""
    folder = os.environ.get("RONDOM_SCREENSHOTS")
    if not folder:
        return
    for width, label in ((DESKTOP, "breed"), (PHONE, "smal")):
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.page.locator(at).first.evaluate("(place) => place.scrollIntoView()")
        tab.page.screenshot(path=str(Path(folder) / f"{name}-{label}.png"), full_page=whole)
