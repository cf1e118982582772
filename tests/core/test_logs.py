"""Nothing about a person reaches a log file, whatever is posted, asked, raised or logged."""

import datetime as dt
import json
import logging
import os
import threading
from uuid import uuid4

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from rondom.core import logs

CANARY = "KANARIE-Visser-zegt-4417"
BSN = "999990019"


@pytest.fixture
def written(tmp_path):
    """Send every logger to a file of its own; return a function that reads it."""
    handler = logs.DailyFile(tmp_path)
    handler.setFormatter(logs.JsonFormatter())
    names = ["", "django", "rondom"]
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield lambda: "".join(p.read_text() for p in tmp_path.glob("*.log"))
    for name in names:
        logging.getLogger(name).removeHandler(handler)
    handler.close()


def every_field():
    """Return the name of every field of every form of ours."""
    get_resolver().url_patterns  # noqa: B018 - loads every view and form

    def below(kind):
        for sub in kind.__subclasses__():
            yield sub
            yield from below(sub)

    ours = [f for f in below(forms.BaseForm) if f.__module__.startswith("rondom.")]
    return sorted({name for form in ours for name in getattr(form, "base_fields", {})})


def every_address(cast):
    """Return one address per route, with ids of the cast filled in."""

    def walk(patterns, prefix=""):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route

    ids = {"case": cast.case["visser"].pk, "person": cast.person["lot"].pk, "dossier": cast.dossier["lot"].pk}
    for route in walk(get_resolver().url_patterns):
        if "(?P" in route or "^" in route:
            continue
        parts = []
        for part in route.split("/"):
            if part.startswith("<"):
                name = part.strip("<>").rpartition(":")[2]
                part = str(ids.get(name) or (uuid4() if "uuid" in part else "1"))
            parts.append(part)
        yield "/" + "/".join(parts)


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "looks"])
def test_what_is_posted_through_every_form_never_reaches_a_log(cast, written, monkeypatch):
    from rondom.accounts import middleware

    monkeypatch.setattr(middleware, "principal_for", lambda account, **kwargs: cast.principal("sanne"))
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.staff["sanne"].account, backend="rondom.demo.backends.OneClick")
    posted = dict.fromkeys([*every_field(), "words", "text"], f"{CANARY} {BSN}")
    assert len(posted) > 10
    for address in every_address(cast):
        browser.post(f"{address}?q={CANARY}", posted, headers={"Referer": f"http://testserver/?naam={CANARY}"})
        browser.get(f"{address}?bsn={BSN}&naam={CANARY}")
        if not browser.session.session_key or "_auth_user_id" not in browser.session:
            browser.force_login(cast.staff["sanne"].account, backend="rondom.demo.backends.OneClick")
    text = written()
    assert text.count("rondom.access") > 20
    assert "KANARIE" not in text
    assert "Visser" not in text
    assert BSN not in text


@pytest.mark.django_db(databases=["default", "looks"])
def test_an_error_is_logged_by_kind_and_place_without_its_text(written):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM absent WHERE name = %s", [CANARY])
    except Exception:
        logging.getLogger("django.request").exception("Internal Server Error: %s", f"/gezin/{uuid4()}/")
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("rondom.test").exception("went wrong")
    lines = [json.loads(line) for line in written().splitlines()]
    assert "KANARIE" not in written()
    assert lines[1]["error"] == "ValueError"
    assert lines[1]["message"] == "went wrong"
    assert any("test_logs.py" in place for place in lines[1]["places"])
    assert "/gezin/" in lines[0]["message"]


@pytest.mark.parametrize(
    ("value", "logged"),
    [
        (5, 5), (None, None), ("scanner", "scanner"), ("Visser", logs.HIDDEN), ("Lot de Wit", logs.HIDDEN),
        (BSN, logs.HIDDEN), (f"/gezin/{BSN}/", f"/gezin/{logs.HIDDEN}/"), ("/zoeken/?q=Visser", "/zoeken/"),
        ("/link/AbCdEfGhIjKlMnOpQrStUvWxYz012345/", f"/link/{logs.HIDDEN}/"), (object(), logs.HIDDEN),
        ("/gezin/01a200d5-ca67-7665-be9b-399de3ffbbba/", "/gezin/01a200d5-ca67-7665-be9b-399de3ffbbba/"),
    ],
)  # fmt: skip
def test_values_are_kept_only_when_they_say_nothing_about_a_person(value, logged):
    assert logs.scrub(value) == logged


@given(st.text(max_size=60))
def test_any_text_in_an_argument_is_hidden_or_a_plain_word(text):
    found = logs.scrub(text)
    assert found == logs.HIDDEN or found.startswith("/") or (found == text and " " not in text and len(text) < 62)


def test_a_library_that_builds_its_own_sentence_is_hidden(written):
    logging.getLogger("somebody.else").warning("user Mirjam Visser failed")
    logging.getLogger("django.security").warning("Invalid host for Mirjam Visser")
    assert "Mirjam" not in written()
    assert written().count(logs.HIDDEN) == 2


def test_lines_of_several_threads_stay_whole(tmp_path):
    handlers = [logs.DailyFile(tmp_path) for _ in range(4)]

    def write(handler):
        handler.setFormatter(logs.JsonFormatter())
        for number in range(50):
            handler.emit(logging.LogRecord("rondom.x", logging.INFO, "", 0, "line %s", (number,), None))

    threads = [threading.Thread(target=write, args=(h,)) for h in handlers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (file,) = tmp_path.iterdir()
    assert len([json.loads(line) for line in file.read_text().splitlines()]) == 200
    assert file.stat().st_mode & 0o077 == 0
    for handler in handlers:
        handler.close()


def test_a_full_disk_never_breaks_the_page_that_logs(tmp_path, monkeypatch):
    handler = logs.DailyFile(tmp_path)
    handler.setFormatter(logs.JsonFormatter())

    def full(*args):
        raise OSError(28, "full")

    monkeypatch.setattr(os, "write", full)
    handler.emit(logging.LogRecord("rondom.x", logging.INFO, "", 0, "line", (), None))
    handler.close()


def test_old_files_are_forgotten(tmp_path, settings, at):
    settings.RONDOM_LOGS, settings.RONDOM_LOG_DAYS = tmp_path, 30
    days = [at - dt.timedelta(days=n) for n in (0, 30, 31, 400)]
    for day in days:
        (tmp_path / f"rondom-{day.date()}.log").write_text("x")
    assert logs.forget(at=at) == 2
    assert len(list(tmp_path.iterdir())) == 2
