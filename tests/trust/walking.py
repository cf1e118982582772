"""What the walks share: every address from the resolver, everybody of the cast, and canaries in every text.

A canary is a word that stands nowhere else. Each text field of each row of a family gets one that says whose it is:
where a canary is found, it is known what leaked. Routes, objects and fields are derived, so that a new page, model or
field is walked without anybody thinking of it.
"""

import hashlib
import os
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from rondom.accounts.doors import Door
from rondom.accounts.models import Account
from rondom.accounts.queries import principal_for
from rondom.core.declarations import field_privacy, our_models
from rondom.core.fields import EncryptedTextField

# Routes of others that cannot wear a door of ours; they know nothing about families.
THIRD_PARTY = ("allauth.", "django.views.generic.")
# Pages of core, which knows no doors: they say one word and nothing about anybody.
WITHOUT_DOOR = frozenset({"core:healthz", "core:livez", "core:readyz"})
HTMX = {"HX-Request": "true", "HX-Target": "main"}
NOT_OF_A_FAMILY = frozenset({"installation", "staff", "log", "operation", "archive", "reference", "contract"})


# How much is walked: everything, or (in the fast run and on the second engine) a sample with every address and person.
SAMPLE = os.environ.get("RONDOM_TEST_WALK") == "sample"


def turn[T](choices: Sequence[T], *words: str) -> T:
    """Return the choice whose turn it is: by words, so that each run and each machine chooses the same."""
    number = int.from_bytes(hashlib.sha256(" ".join(words).encode()).digest()[:4])
    return choices[number % len(choices)]


# Addresses


@dataclass(frozen=True)
class Route:
    """One address: its name, the pattern, what its keyword arguments identify, and the view."""

    name: str
    pattern: str
    kwargs: tuple[str, ...]
    view: Any

    @property
    def door(self) -> Door | None:
        return getattr(self.view, "door", None)

    @property
    def foreign(self) -> bool:
        module = getattr(getattr(self.view, "view_class", self.view), "__module__", "")
        return module.startswith(THIRD_PARTY) or self.name in WITHOUT_DOOR

    def path(self, ids: dict[str, Any]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids[found[1]]), self.pattern)


def routes() -> list[Route]:
    """Return every address the resolver knows, in its order."""
    return list(_routes(get_resolver().url_patterns, "", ""))


# Signing out is no answer about a family: who walks would be outside for the rest of the walk.
ENDS_THE_WALK = frozenset({"account_logout"})


def walked() -> list[Route]:
    """Return every address somebody can walk past while staying signed in."""
    return [route for route in routes() if route.name not in ENDS_THE_WALK]


def _routes(patterns: list[Any], prefix: str, space: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, pattern, ":".join(filter(None, (space, entry.namespace))))
        elif isinstance(entry, URLPattern):
            kwargs = tuple(re.findall(r"<(?:\w+:)?(\w+)>", pattern))
            yield Route(":".join(filter(None, (space, entry.name))), pattern, kwargs, entry.callback)


# What an address can be about: the model whose name is the keyword argument, or one of these.
OTHER_NAMES: dict[str, str] = {
    "assignment": "accounts.RoleAssignment",
    "award": "accounts.RoleAward",
    "membership": "accounts.TeamMembership",
    "staff": "accounts.StaffMember",
    "adult": "dossiers.CaseAdult",
    "draft": "dossiers.Draft",
    "destruction": "privacy.Destruction",
    "emergency": "privacy.EmergencyAccess",
    "handover": "dossiers.RoleHandover",
    "move": "dossiers.CaseloadMove",
}
# Arguments that name something outside families, with a value that exists in every installation.
OUTSIDE: dict[str, str] = {
    "parameter_name": "log_retention_years",
    "code_list": "municipality",
    "term": "coordinator",
    "aid": "triage",
    "edition": "2014-1",
    "letter_key": "decision",
    "pk": "1",
    "provider_id": "demo-digid",
    "indicator": "youths_with_help",
    "comparison": "share",
    "crisis_quarter": "2016Q3",
    "edition_number": "1",
    "register_region": "flevoland",
    "flag_id": "CF04",
    "report_format": "csv",
    "token": "a-token-nobody-has",
}


def model_of(kwarg: str) -> type[models.Model] | None:
    """Return the model an argument identifies, None when no model carries the name."""
    if kwarg in OTHER_NAMES:
        return apps.get_model(OTHER_NAMES[kwarg])
    named = [m for m in our_models() if m._meta.model_name == kwarg]
    return named[0] if len(named) == 1 else None


# Families and canaries


def belongs_to_families(model: type[models.Model]) -> bool:
    return field_privacy(model)[0].retention not in NOT_OF_A_FAMILY


def rows_of(*start: models.Model) -> set[models.Model]:
    """Return all rows that hang together with these rows by foreign key, or by an id in a column, within families."""
    mine = [m for m in our_models() if belongs_to_families(m)]
    found, fresh = set(start), set(start)
    while fresh:
        fresh = {*_named_by(fresh, mine), *_pointing_to(fresh, mine)} - found
        found |= fresh
    return found


def _named_by(rows: set[models.Model], mine: list[type[models.Model]]) -> Iterator[models.Model]:
    """Yield the rows that these rows point to."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for row in rows:
        for field in row._meta.concrete_fields:
            if field.is_relation and field.related_model in mine and getattr(row, field.attname):
                wanted.setdefault(field.related_model, set()).add(getattr(row, field.attname))
    for model, keys in wanted.items():
        yield from model._default_manager.filter(pk__in=keys)


def _pointing_to(rows: set[models.Model], mine: list[type[models.Model]]) -> Iterator[models.Model]:
    """Yield the rows that point to these rows, or hold the id of one in a column."""
    keys: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        keys.setdefault(type(row), []).append(row.pk)
    ids = [row.pk for row in rows if isinstance(row.pk, uuid.UUID)]
    for model in mine:
        for field in model._meta.concrete_fields:
            holds_an_id = isinstance(field, models.UUIDField) and not field.primary_key
            asked = keys.get(field.related_model, []) if field.is_relation else ids if holds_an_id else []
            if asked:
                yield from model._default_manager.filter(**{f"{field.attname}__in": asked})


class Canaries:
    """Words that stand nowhere else, and where each was put."""

    WORD = re.compile(r"kx[0-9a-z]{5}q", re.IGNORECASE)

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, str, str, str]] = {}
        self.given = 46_656

    def word(self, family: str, model: str, field: str, privacy_class: str) -> str:
        self.given += 1
        digits, number = "", self.given
        while number:
            number, digit = divmod(number, 36)
            digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        word = f"kx{digits.rjust(5, '0')}q"
        self.places[word] = (family, model, field, privacy_class)
        return word

    def fill(self, family: str, rows: set[models.Model]) -> None:
        """Put a canary in every text field of these rows that says something about a person."""
        for row in sorted(rows, key=lambda r: (r._meta.label, str(r.pk))):
            answers = {answer.field: answer.privacy_class for answer in field_privacy(type(row))}
            fields = [
                row._meta.get_field(name)
                for name, kind in answers.items()
                if kind != "open" and takes_a_canary(row._meta.get_field(name))
            ]
            if not self._fill(family, row, fields, answers):
                for field in fields:  # one of two must stay empty
                    self._fill(family, row, [field], answers)

    def _fill(self, family: str, row: models.Model, fields: list[Any], answers: dict[str, str]) -> bool:
        """Put a canary in each of these fields; tell whether the database takes them all, else take them back."""
        before = {field: getattr(row, field.attname) for field in fields}
        words = {field: self.word(family, row._meta.label, field.name, answers[field.name]) for field in fields}
        for field, word in words.items():
            setattr(row, field.attname, word)
        try:
            with transaction.atomic():
                row.save(update_fields=[field.name for field in fields])
        except IntegrityError:
            for field, value in before.items():
                setattr(row, field.attname, value)
                del self.places[words[field]]
            return False
        return True

    def seen_in(self, data: bytes | str) -> set[tuple[str, str, str, str]]:
        """Return where the canaries found in some bytes had been put."""
        text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
        return {self.places[w.lower()] for w in self.WORD.findall(text) if w.lower() in self.places}


def takes_a_canary(field: models.Field) -> bool:
    """Tell whether a field holds text that somebody typed."""
    if isinstance(field, EncryptedTextField):
        return True
    texts = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
    return texts and (field.max_length is None or field.max_length >= 9)


# People


def sign_in(name: str) -> Client:
    """Return a browser in which somebody of the cast is signed in, wholly (second factor, substantial assurance)."""
    client = Client(raise_request_exception=True)
    account = Account.objects.get(username=name)
    client.force_login(account, backend="rondom.demo.backends.OneClick")
    if account.kind != Account.Kind.STAFF:
        session = client.session
        session["assurance"] = "substantial"
        session.save()
    assert client.session[SESSION_KEY]
    return client


def principal(name: str, at: Any) -> Any:
    return principal_for(Account.objects.get(username=name), at=at, assurance="substantial")


# Answers


@dataclass(frozen=True)
class Answer:
    """What came back, without what differs each time by design: the token of a form, the nonce, the address itself."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    raw: bytes


TOKEN = re.compile(
    rb'(name="csrfmiddlewaretoken" value=")[^"]*|("X-CSRFToken": ?")[^"]*|(content=")[A-Za-z0-9]{64}'
    rb'|(name="_once" value=")[^"]*|(name="_draft" value=")[^"]*|(data-draft(?:-token)?=")[^"]*'
)


# the second and the signature after a sentence that is kept for the next page
SIGNED = re.compile(r"(?<=:)[A-Za-z0-9]{6}:[A-Za-z0-9_-]{40,}(?=[\";])")


def ask(client: Client, method: str, path: str, *, same_as: str = "", **extra: Any) -> Answer:
    """Request a path; `same_as` is an id in it that is written as ID, so that two answers can be compared."""
    response = getattr(client, method.lower())(path, **extra)
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    headers = dict(response.headers)
    for morsel in response.cookies.values():
        chance = morsel.key in ("csrftoken", settings.SESSION_COOKIE_NAME)  # a fresh value and moment each time
        headers[f"Set-Cookie {morsel.key}"] = "" if chance else SIGNED.sub("", morsel.OutputString())
    headers.pop("Expires", None)
    body = TOKEN.sub(lambda found: b"TOKEN", raw)
    if same_as:
        body = body.replace(same_as.encode(), b"ID")
        headers = {k: v.replace(same_as, "ID") for k, v in headers.items()}
    everything = "\n".join(f"{k}: {v}" for k, v in response.headers.items()).encode() + raw
    return Answer(response.status_code, tuple(sorted(headers.items())), body, everything)


@contextmanager
def undone(*aliases: str) -> Iterator[None]:
    """Do something within a test and take it back, in these databases."""
    savepoints = {alias: transaction.savepoint_create(using=alias) for alias in aliases}
    try:
        yield
    finally:
        for alias, savepoint in savepoints.items():
            transaction.savepoint_rollback(savepoint, using=alias)
