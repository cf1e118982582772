"""A throwaway site for the browser, and its hostile twin: `python -m tests.browser.site`.

Makes databases of its own, builds the demonstration cast, works out which page which persona can visit, prints that as
one line of JSON, and serves until its input closes. A process of its own, so that no test database is touched.

The twin serves a copy of the same data in which every field that people type in holds markup, written below the rules
that would clean it. It is made when somebody asks for its first page: who needs no twin does not wait for one.
"""

import json
import os
import select
import shutil
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterable, Iterator
from itertools import chain, islice, product
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import unquote
from wsgiref.simple_server import WSGIServer

HOSTILE = ("<img src=/hostile onerror=x>", '<b data-hx-get="/hostile" data-hx-trigger="load">x</b>')
TRIES = 60
COOKIE = "/-sign-in/"  # answered by the site of the test itself: a fresh session of a persona


def prepare() -> None:
    """Start Django on an installation of its own."""
    for name in ("RONDOM_DATABASE_URL", "RONDOM_LOOKS_URL", "RONDOM_KEY_FILE", "RONDOM_NOW"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command

    for alias in ("default", "looks"):
        call_command("migrate", database=alias, verbosity=0)


def addresses() -> Iterator[tuple[str, list[str], Any]]:
    """Yield (full name, keywords, door or None) of every named address."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(patterns: Iterable[Any], names: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, (*names, pattern.namespace) if pattern.namespace else names)
            elif pattern.name:
                yield ":".join((*names, pattern.name)), pattern

    for name, pattern in walk(get_resolver().url_patterns, ()):
        keywords = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        yield name, keywords, getattr(pattern.callback, "door", None)


def model_for(keyword: str) -> Any:
    """Return the model a keyword is named after: by its name, or by the end or beginning of it (`staff`)."""
    from rondom.core.declarations import our_models
    from tests.trust.walking import model_of

    names = {model._meta.model_name: model for model in our_models()}
    near = [names[name] for name in names if name.endswith(keyword)] + [
        names[name] for name in names if name.startswith(keyword)
    ]
    return model_of(keyword) or (near[0] if near else None)


def chosen_for(keywords: list[str], cast: Any) -> Iterator[tuple[object, ...]]:
    """Yield what may stand in an address; a row that names another row of the address brings that one along."""
    from tests.browser.fill import VALUES

    if not keywords:
        yield ()
        return
    last = keywords[-1]
    model = None if last in VALUES else model_for(last)
    if model is None:
        values = [VALUES[keyword](cast) if keyword in VALUES else () for keyword in keywords]
        yield from product(*values)
        return
    for row in model._default_manager.all()[:TRIES]:
        others = [[getattr(row, f"{k}_id")] if hasattr(row, f"{k}_id") else _keys(k, cast) for k in keywords[:-1]]
        yield from product(*others, [row.pk])


def _keys(keyword: str, cast: Any) -> list[object]:
    from tests.browser.fill import VALUES

    if keyword in VALUES:
        return list(VALUES[keyword](cast))
    model = model_for(keyword)
    return list(model._default_manager.values_list("pk", flat=True)[:TRIES]) if model else []


def sign_in(username: str) -> Any:
    """Return a client signed in as an account of the cast, as after the second factor or the identity provider."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(raise_request_exception=False, headers={"Accept-Language": "nl"}, SERVER_NAME="127.0.0.1")
    if username:
        account = get_user_model().objects.get(username=username)
        client.force_login(account, backend="rondom.demo.backends.OneClick")
        session = client.session
        session["assurance"] = "substantial"
        session.save()
    return client


def personas() -> dict[str, str]:
    """Return persona -> user name, for those in the cast; "nobody" is not signed in."""
    from django.contrib.auth import get_user_model

    from rondom.demo.personas import PERSONAS

    known = set(get_user_model().objects.values_list("username", flat=True))
    return {"nobody": ""} | {k: p.username for k, p in PERSONAS.items() if p.username in known}


def visits_of(client: Any, by: Any, cast: Any) -> tuple[list[list[str]], dict[str, list[int]]]:
    """Return the pages this client can see (name, path), and per address every status it got.

    A door that is closed to somebody is not tried (the rights walk does): it is closed whatever stands in the address.
    What could be seen before is tried first.
    """
    from django.urls import NoReverseMatch, reverse

    from tests.browser.fill import LEFT_OUT

    visits, statuses, known = [], {}, {}
    for name, keywords, door in addresses():
        if name in LEFT_OUT or not (door is None or door.lets_in(by)):
            continue
        seen = statuses.setdefault(name, [])
        first = [tuple(known[k] for k in keywords)] if keywords and known.keys() >= set(keywords) else []
        for chosen in islice(chain(first, chosen_for(keywords, cast)), TRIES * 4):
            filled = dict(zip(keywords, chosen, strict=True))
            try:
                path = reverse(name, kwargs=filled)
            except NoReverseMatch:
                continue
            answer = client.get(path)
            seen.append(answer.status_code)
            if answer.status_code == 200:
                known |= filled
                if answer.headers["Content-Type"].startswith("text/html"):
                    visits.append([name, path])
            if answer.status_code != 404:
                break
    return visits, statuses


def plan(cast: Any) -> dict[str, Any]:
    """Return the pages of each persona, and the addresses that nobody of the cast could fill, or that broke."""
    from django.conf import settings

    from tests.browser.fill import LEFT_OUT
    from tests.trust.walking import principal

    visits, all_statuses = {}, {}
    for persona, username in personas().items():
        by = principal(username, cast.at) if username else None
        visits[persona], statuses = visits_of(sign_in(username), by, cast)
        for name, seen in statuses.items():
            all_statuses.setdefault(name, []).extend(seen)
    names = {name for name, _, _ in addresses()} - set(LEFT_OUT)
    unfilled = sorted(name for name in names if set(all_statuses.get(name, [])) <= {404})
    broken = sorted(name for name, seen in all_statuses.items() if any(status >= 500 for status in seen))
    return {
        "visits": visits, "unfilled": unfilled, "broken": broken, "cookie_name": settings.SESSION_COOKIE_NAME,
    }  # fmt: skip


def poison() -> int:
    """Write hostile markup in every field people type in; return how many rows."""
    from django.db import Error, transaction

    from rondom.core.declarations import our_models

    rows = 0
    for model in our_models():
        names = hostile_fields(model)
        for row in model._default_manager.all() if names else ():
            for name in names:
                setattr(row, name, hostile_for(model._meta.get_field(name)))
            try:
                with transaction.atomic():
                    row.save(update_fields=names)
                rows += 1
            except Error:  # a guarded or unique row stays as it is
                continue
    return rows


def hostile_fields(model: Any) -> list[str]:
    """Return the fields of a model in which people type text."""
    from django.db import models

    from rondom.core.fields import EncryptedTextField
    from tests.browser.fill import HOSTILE_ALSO

    declared = getattr(model, "Privacy", None)
    typed = {
        *getattr(declared, "personal", ()),
        *getattr(declared, "source", ()),
        *getattr(declared, "whereabouts", ()),
    }
    typed |= set(HOSTILE_ALSO.get(model._meta.label, ()))
    return [
        f.name
        for f in model._meta.concrete_fields
        if f.name in typed
        and isinstance(f, models.CharField | models.TextField | EncryptedTextField)
        and not f.choices
        and not f.unique
        and (getattr(f, "max_length", None) or 1000) >= len(HOSTILE[0])
    ]


def hostile_for(field: Any) -> str:
    """Return as much hostile markup as fits."""
    whole = " ".join(HOSTILE)
    return whole if (getattr(field, "max_length", None) or 1000) >= len(whole) else HOSTILE[0]


class Server(ThreadingMixIn, WSGIServer):
    """A small server; the real one is tested elsewhere."""

    daemon_threads = True
    request_queue_size = 50


def with_sign_in(application: Any) -> Any:
    """Answer COOKIE + persona with the value of a fresh session cookie; leave the rest to the application."""
    from django.conf import settings

    known = personas()

    def answer(environ: Any, start_response: Any) -> Any:
        path = unquote(environ["PATH_INFO"])
        if not path.startswith(COOKIE):
            return application(environ, start_response)
        name = path.removeprefix(COOKIE)
        username = known.get(name, name)  # a persona, or anybody else of the cast by user name
        cookie = sign_in(username).cookies.get(settings.SESSION_COOKIE_NAME)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [(cookie.value if cookie else "").encode()]

    return answer


def listen() -> tuple[Server, str]:
    """Open a free port; return the server, not answering yet, and its address."""
    from django.core.servers.basehttp import WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            return

    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(with_sign_in(get_wsgi_application()))
    return server, f"http://127.0.0.1:{server.server_port}"


def answer_until_closed(server: Server) -> None:
    """Serve until our input closes."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


def hostile_twin(server: Server, folder: Path) -> None:
    """Serve the copied data in `folder`, made hostile when the first page is asked for."""
    from django.conf import settings
    from django.db import connections

    asked, _, _ = select.select([server, sys.stdin], [], [])
    if server not in asked:
        return
    for alias, database in connections.settings.items():
        database["NAME"] = folder / "db" / Path(database["NAME"]).name
        del connections[alias]
    settings.RONDOM_DOCUMENTS = folder / "documents"
    if poison() < 20:
        raise SystemExit("hardly any row took the hostile markup")
    connections.close_all()
    answer_until_closed(server)


def main() -> None:
    """Make, plan, print, serve until the input closes; the twin is a process of its own with a copy of the data."""
    prepare()
    from django.conf import settings
    from django.db import connections

    from rondom.core import clock
    from rondom.demo.cast import build
    from tests.browser.fill import PREPARE

    cast = build(clock.now(), whole=True)
    for do in PREPARE:
        do(cast)
    planned = plan(cast)
    connections.close_all()  # nobody keeps a lock, and no connection is taken along
    (server, base), (twin, twin_base) = listen(), listen()
    with tempfile.TemporaryDirectory(dir=settings.DATA.parent) as place:
        folder = Path(shutil.copytree(settings.DATA, Path(place) / "data"))
        child = os.fork()
        if not child:
            os.close(1)
            server.server_close()
            try:
                hostile_twin(twin, folder)
            except BaseException:  # noqa: BLE001 - said, and then the end: nothing of the parent is cleaned up here
                traceback.print_exc()
            finally:
                os._exit(0)
        twin.server_close()
        sys.stdout.write(json.dumps({**planned, "base": base, "twin": twin_base}) + "\n")
        sys.stdout.flush()
        answer_until_closed(server)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
