"""A throwaway site for the browser: `python -m tests.browser.site [--hostile]`.

Makes databases of its own, builds the demonstration cast, works out which page which persona can visit, prints that as
one line of JSON, and serves until its input closes. A process of its own, so that no test database is touched.

--hostile writes markup in every field in which people type, below the rules that would clean it.
"""

import json
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from itertools import islice, product
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIServer

HOSTILE = ("<img src=/hostile onerror=x>", '<b data-hx-get="/hostile" data-hx-trigger="load">x</b>')
TRIES = 60


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


def addresses() -> Iterator[tuple[str, list[str], str]]:
    """Yield (full name, keywords, template of the path) of every named address."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(patterns: Iterable[Any], names: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, (*names, pattern.namespace) if pattern.namespace else names)
            elif pattern.name:
                yield ":".join((*names, pattern.name)), pattern

    for name, pattern in walk(get_resolver().url_patterns, ()):
        yield name, list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex), str(pattern.pattern)


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


def visits_of(client: Any, cast: Any) -> tuple[list[list[str]], dict[str, list[int]]]:
    """Return the pages this client can see (name, path), and per address every status it got."""
    from django.urls import NoReverseMatch, reverse

    from tests.browser.fill import LEFT_OUT

    visits, statuses = [], {}
    for name, keywords, _path in addresses():
        if name in LEFT_OUT:
            continue
        seen = statuses.setdefault(name, [])
        for chosen in islice(chosen_for(keywords, cast), TRIES * 4):
            try:
                path = reverse(name, kwargs=dict(zip(keywords, chosen, strict=True)))
            except NoReverseMatch:
                continue
            answer = client.get(path)
            seen.append(answer.status_code)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                visits.append([name, path])
            if answer.status_code != 404:
                break
    return visits, statuses


def plan(cast: Any) -> dict[str, Any]:
    """Return cookies and pages per persona, and the addresses that nobody of the cast could fill."""
    from django.conf import settings

    cookies, visits, all_statuses = {}, {}, {}
    for persona, username in personas().items():
        client = sign_in(username)
        visits[persona], statuses = visits_of(client, cast)
        for name, seen in statuses.items():
            all_statuses.setdefault(name, []).extend(seen)
        fresh = sign_in(username)  # the walk may have signed out
        cookie = fresh.cookies.get(settings.SESSION_COOKIE_NAME)
        cookies[persona] = cookie.value if cookie else ""
    unfilled = sorted(name for name, seen in all_statuses.items() if set(seen) <= {404})
    broken = sorted(name for name, seen in all_statuses.items() if any(status >= 500 for status in seen))
    return {"cookies": cookies, "visits": visits, "unfilled": unfilled, "broken": broken,
            "cookie_name": settings.SESSION_COOKIE_NAME}  # fmt: skip


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


def serve() -> tuple[Server, str]:
    """Start serving on a free port; return the server and its address."""
    from django.core.servers.basehttp import WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            return

    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def main() -> None:
    """Make, plan, print, serve until the input closes."""
    prepare()
    from django.db import connections

    from rondom.core import clock
    from rondom.demo.cast import build
    from tests.browser.fill import PREPARE

    cast = build(clock.now())
    for do in PREPARE:
        do(cast)
    hostile = poison() if "--hostile" in sys.argv else 0
    planned = plan(cast)
    connections.close_all()  # this thread keeps no lock while the server's threads work
    _server, base = serve()
    sys.stdout.write(json.dumps({**planned, "base": base, "hostile": hostile}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
