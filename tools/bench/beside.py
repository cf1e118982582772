"""Pages of the real server while something long runs beside them: how long does the slowest page wait?"""

import contextlib
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tools.bench import pages
from tools.running import ROOT, say

READERS = 1  # browsers that ask pages one after another; more would measure waiting for a core, not for a lock
THINKING = 0.2  # seconds between two pages of one browser
QUIET = 8.0  # seconds measured before anything runs beside
AT_MOST = 45.0  # seconds of one long piece of work that are watched; then it is stopped
HEAD = (
    "aanbieder;agb;contract;soort;van;tot;perceel;bekostiging;jaarbedrag;categorie;product;naam;eenheid;resultaat;"
    "tarief;tarief_van;tarief_tot"
)
HIDDEN = re.compile(r'<input type="hidden" name="(_\w+)" value="([^"]*)"')  # the draft and the one-time key


@dataclass
class Waits:
    """How long pages took, in seconds, by what was asked; and what was answered otherwise than 200 or 302."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def longest(self) -> float:
        """The longest wait for any page."""
        return max((max(found) for found in self.seconds.values()), default=0.0)

    @property
    def slowest(self) -> str:
        """Which page that was."""
        return max(self.seconds, key=lambda name: max(self.seconds[name]), default="")

    @property
    def median(self) -> float:
        """How long half of the pages took at most."""
        return statistics.median(took for found in self.seconds.values() for took in found)

    @property
    def count(self) -> int:
        """How many pages were asked."""
        return sum(map(len, self.seconds.values()))


class Browser:
    """One signed-in browser on the real server, over one connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie, self.token = port, cookie, "x" * 32
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, **post: Any) -> tuple[int, str]:
        """Ask a page, or post a form; return status and text."""
        headers = {"Cookie": f"rondom={self.cookie}; csrftoken={self.token}"}
        body = None
        if post:
            body = urlencode({**post, "csrfmiddlewaretoken": self.token}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request("POST" if post else "GET", path, body, headers)
        answer = self.line.getresponse()
        return answer.status, answer.read().decode()


def sessions(username: str, count: int) -> list[str]:
    """Sign a colleague in on so many browsers; return their cookies."""
    from django.test import Client

    found = []
    for _ in range(count):
        client = Client()
        client.force_login(pages.member(username).account, backend=pages.BACKEND)
        found.append(client.cookies["rondom"].value)
    return found


@contextlib.contextmanager
def server() -> Iterator[int]:
    """Run the real server on this machine only and give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with _process("serve", "--port", str(port), "--quiet"):
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield port


@contextlib.contextmanager
def _process(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "rondom.cli.main", *words]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL) as running:
        try:
            yield running
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGTERM)
                try:
                    running.wait(60)
                except subprocess.TimeoutExpired:
                    running.kill()


@contextlib.contextmanager
def file_of_contracts(lines: int) -> Iterator[Path]:
    """Write a file of contracts: fifty lines per provider, each line another product with its rate."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", prefix="rondom-bench-", encoding="utf-8") as file:
        file.write(HEAD + "\n")
        for number in range(lines):
            provider, product = divmod(number, 50)
            file.write(
                f"Aanbieder {provider};;B-{provider};raamovereenkomst;1-1-2027;2029-01-01;Ambulant;inspanningsgericht;;"
                f"45;45A{product:02};Begeleiding;01;;1,25;1-1-2027;\n"
            )
        file.flush()
        yield Path(file.name)


def _readers(port: int, cookies: list[str], case: str, words: str, until: Callable[[], bool]) -> Waits:
    """Let browsers read pages, and one write notes, until told to stop."""
    waits, lock = Waits(), threading.Lock()

    def timed(name: str, browser: Browser, path: str, **post: Any) -> str:
        began = time.perf_counter()
        status, text = browser.ask(path, **post)
        took = time.perf_counter() - began
        with lock:
            waits.seconds.setdefault(name, []).append(took)
            if status not in (200, 302):
                waits.wrong.append(f"{name}: {status}")
        return text

    def read(cookie: str) -> None:
        browser = Browser(port, cookie)
        while not until():
            for name, path, post in (
                ("My day", "/dag/", {}),
                ("My families", "/gezinnen/", {}),
                ("Search", "/zoeken/", {"words": words}),
                ("Family page", f"/gezin/{case}/", {}),
            ):
                timed(name, browser, path, **post)
                time.sleep(THINKING)

    def write(cookie: str) -> None:
        browser = Browser(port, cookie)
        path = f"/gezin/{case}/notitie/"
        while not until():
            text = timed("Begin a note", browser, path)
            values = {
                "text": "Gebeld.", "concerns": re.findall(r'name="concerns" value="([^"]+)"', text)[:1],
                "channel": "phone", "happened_at_day": "24-11-2026", "happened_at_time": "9.00",
                "readable_by": "family", **dict(HIDDEN.findall(text)),
            }  # fmt: skip
            saved = timed("Save a note", browser, path, **values)
            if saved:
                with lock:
                    waits.wrong.append("Save a note: the form came back")
            time.sleep(THINKING)

    threads = [threading.Thread(target=read, args=(c,)) for c in cookies[1:]]
    threads.append(threading.Thread(target=write, args=(cookies[0],)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


def _ended(running: subprocess.Popen[bytes], over: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: running.poll() is not None or over()


def measure(lines: int) -> Iterator[tuple[str, Waits, float]]:
    """Measure quiet, beside a load of contracts and beside the night's work; give (what, waits, seconds it ran)."""
    from django.db import connections

    from rondom.dossiers.models import CaseRole

    role = CaseRole.objects.filter(staff=pages.member(pages.MANY), ends=None).order_by("pk").first()
    assert role is not None
    cookies = sessions(pages.MANY, READERS + 1)
    connections.close_all()
    with file_of_contracts(lines) as file, server() as port:

        def watch(until: Callable[[], bool]) -> Waits:
            return _readers(port, cookies, str(role.case_id), pages.FIRST[3], until)

        def for_a_while(seconds: float) -> Callable[[], bool]:
            end = time.monotonic() + seconds
            return lambda: time.monotonic() > end

        watch(for_a_while(2.0))  # warm
        yield "nothing", watch(for_a_while(QUIET)), QUIET
        works = {
            "a load of contracts": ("providers", "load", str(file), "--municipality", pages.MUNICIPALITY),
            "the night's work": ("worker", "--once"),
        }
        for name, words in works.items():
            began = time.monotonic()
            with _process(*words) as running:
                waits = watch(_ended(running, for_a_while(AT_MOST)))
                took = time.monotonic() - began
                if running.poll() not in (None, 0):
                    say(f"      {name} ended with {running.returncode}")
                    waits.wrong.append(f"{name} ended with {running.returncode}")
            yield name, waits, took
