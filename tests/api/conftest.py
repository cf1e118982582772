"""A connected system: a key of somebody of the cast, and a client that only knows that key."""

import datetime as dt
import json
import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from rondom.api import actions
from rondom.api.enums import Scope
from rondom.core import clock
from rondom.entry.models import Partner

WORRY = {
    "zorg": "Lars komt al twee weken zonder eten op school.",
    "niet_gesproken_omdat": "Zijn moeder neemt de telefoon niet op.",
    "melder": {"naam": "juf Anja", "bereikbaar": "0321 555 710"},
    "kinderen": [{"naam": "Lars Visscher", "geboren_op": "2017-03-02"}],
}


@pytest.fixture(autouse=True)
def nothing_counted():
    """How often somebody asked is counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


class System:
    """A system with a key: what it sends, as it goes over the line."""

    def __init__(self, row, token):
        self.row, self.token, self.client = row, token, Client(raise_request_exception=True)

    def get(self, path, **headers):
        return self.client.get(f"/api/v1/{path}", headers=self._headers(headers))

    def send(self, said, *, once=None, **more):
        body = said if isinstance(said, bytes | str) else json.dumps(said)
        headers = self._headers({"Idempotency-Key": str(once or uuid.uuid4())})
        kind = more.pop("content_type", "application/json")
        return self.client.post("/api/v1/zorgen", body, content_type=kind, headers=headers, **more)

    def _headers(self, more):
        return {"Authorization": f"Bearer {self.token}", **more}


@pytest.fixture
def connect(cast, at):
    """Make a key: connect("wilgen") for a place that refers, connect("vuurtoren") a provider, or an organisation."""

    def make(who="wilgen", *scopes, by="tom", days=30, made=at):
        holder = cast.provider.get(who) or cast.organisation.get(who)
        holder = holder or Partner.objects.get(name="Basisschool De Wilgen")
        scopes = scopes or ((Scope.CONCERNS,) if isinstance(holder, Partner) else (Scope.ALLOCATIONS,))
        receiver = cast.organisation["jeugdteam"] if Scope.CONCERNS in scopes else None
        row, token = actions.make_key(
            by=cast.principal(by), at=made, made_by=cast.staff[by], holder=holder, name="Proef", scopes=scopes,
            receiver=receiver, expires_on=clock.today(made) + dt.timedelta(days=days),
        )  # fmt: skip
        return System(row, token)

    return make
