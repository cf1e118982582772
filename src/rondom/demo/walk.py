"""`demo --check`: sign each persona in at the running server and request every page behind its start page."""

import http.client
import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

REDIRECTS = frozenset({301, 302, 303, 307, 308})
SIGN_IN = "/aanmelden/"
TOUR = "/demo/rondleiding/"


class Links(HTMLParser):
    """Gathers where the links of a page lead, and the token of its forms."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.found.append(target)


class Browser:
    """The least a browser does: cookies, redirects, links. One per persona."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def request(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return (status, body, where a redirect leads)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        try:
            connection.request(method, path, urlencode(form) if form is not None else None, headers)
            response = connection.getresponse()
            body = response.read()
            for cookie in response.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name.strip()] = value
            html = "text/html" in response.headers.get("Content-Type", "")
            return (
                response.status,
                body.decode("utf-8", "replace") if html else "",
                response.headers.get("Location") or "",
            )
        finally:
            connection.close()

    def open(self, path: str) -> tuple[int, str, str]:
        """Follow redirects on this host; return (status, body, path of the page that answered)."""
        for _ in range(6):
            status, body, location = self.request("GET", path)
            if status not in REDIRECTS:
                return status, body, path
            target = self.local(path, location)
            if target is None:
                return status, body, path
            path = target
        return status, body, path

    def local(self, page: str, target: str) -> str | None:
        """Return the path (with query) a link leads to, None when it leaves this host or is no page."""
        here = f"http://127.0.0.1:{self.port}"
        parts = urlsplit(urljoin(here + page, target))
        if parts.scheme != "http" or parts.netloc != f"127.0.0.1:{self.port}":
            return None
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def sign_in(self, key: str) -> int:
        """Press the button of a persona; return the status of the answer (302 is in)."""
        _status, body, _path = self.open("/demo/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        form = {"persona": key, "csrfmiddlewaretoken": token.group(1) if token else ""}
        return self.request("POST", "/demo/aanmelden/", form)[0]

    def take(self, step: int) -> tuple[int, str]:
        """Press the button of a step of the guided tour; return (status of the answer, where it leads)."""
        _status, body, _path = self.open(f"{TOUR}?stap={step}")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body.partition("/erheen/")[2])
        form = {"stap": str(step), "csrfmiddlewaretoken": token.group(1) if token else ""}
        status, _body, location = self.request("POST", f"{TOUR}erheen/", form)
        return status, self.local(TOUR, location) or ""


def pages_behind(browser: Browser, path: str, body: str) -> list[str]:
    """Return the addresses on this host that a page links to, each once, in the order of the page."""
    links = Links()
    links.feed(body)
    found = [browser.local(path, target) for target in links.found if not target.startswith("#")]
    return list(dict.fromkeys(target for target in found if target and target != path))


def _open(browser: Browser, persona: Any, path: str, say: Callable[[str], None]) -> tuple[bool, str, str]:
    """Request one page and print its line; return (as it should be, body, path that answered)."""
    began = time.perf_counter()
    status, body, answered = browser.open(path)
    milliseconds = (time.perf_counter() - began) * 1000
    good = status == 200 and (path.startswith(SIGN_IN) or not answered.startswith(SIGN_IN))
    note = "" if good else "  <- asks to sign in" if status == 200 else "  <- wrong"
    say(f"{persona.key:24} {path:70} {status} {milliseconds:6.0f} ms{note}")
    return good, body, answered


def _walk_tour(port: int, steps: tuple[Any, ...], say: Callable[[str], None]) -> list[bool]:
    """Take every step of the guided tour: its own page, and the page its button opens."""
    browser, results = Browser(port), []
    for number, step in enumerate(steps, 1):
        results.append(_open(browser, step.who, f"{TOUR}?stap={number}", say)[0])
        status, target = browser.take(number)
        if status == 302 and target:
            results.append(_open(browser, step.who, target, say)[0])
        else:
            say(f"{step.who.key:24} step {number} of the tour {status}  <- cannot be opened")
            results.append(False)
    return results


def walk(port: int, personas: list[Any], *, say: Callable[[str], None], steps: tuple[Any, ...] = ()) -> int:
    """Walk through all personas, and the guided tour; return 0 when every page answered 200, else 1."""
    began, wrong, count = time.monotonic(), 0, 0
    for persona in personas:
        browser = Browser(port)
        status = browser.sign_in(persona.key)
        if status != 302:
            say(f"{persona.key:24} /demo/aanmelden/ {status}  <- cannot sign in")
            wrong += 1
            continue
        good, body, start = _open(browser, persona, persona.start, say)
        results = [good]
        for target in pages_behind(browser, start, body) if good else []:
            results.append(_open(browser, persona, target, say)[0])
        count += len(results)
        wrong += results.count(False)
    tour = _walk_tour(port, steps, say)
    count, wrong = count + len(tour), wrong + tour.count(False)
    if not personas:
        say("There is nobody to sign in as.")
        wrong = 1
    say(f"{count} pages of {len(personas)} personas, {wrong} wrong, in {time.monotonic() - began:.1f} s")
    return 1 if wrong else 0
