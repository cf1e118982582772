"""A signed-in colleague, and files to add."""

import io
import zipfile

import pytest
from django.test import Client

from rondom.core import clock
from rondom.documents import actions, store
from rondom.documents.enums import DocumentKind, MediaType, Regime

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n" + b"x" * 3000 + b"\n%%EOF"


def zipped(*names: str) -> bytes:
    """Return a packed file with these entries."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as file:
        for name in names:
            content = "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x"
            file.writestr(name, content)
    return box.getvalue()


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    """Every test has a store of its own, and no scanner."""
    settings.RONDOM_DOCUMENTS = tmp_path / "documents"
    settings.RONDOM_DOCUMENTS.mkdir()
    settings.RONDOM_CLAMD = str(tmp_path / "no-scanner.sock")
    return settings.RONDOM_DOCUMENTS


@pytest.fixture
def sign_in(cast, monkeypatch):
    """Return a function that signs in somebody of the cast and returns the browser."""
    from rondom.accounts import middleware

    people = {staff.account_id: name for name, staff in cast.staff.items()}
    monkeypatch.setattr(middleware, "principal_for", lambda account, **kwargs: cast.principal(people[account.pk]))

    def enter(name: str) -> Client:
        browser = Client()
        browser.force_login(cast.staff[name].account, backend="rondom.demo.backends.OneClick")
        return browser

    return enter


@pytest.fixture
def add(cast, at):
    """Return a function that adds a document straight through the action."""

    def add_one(content=PDF, by="sanne", case="visser", about=("lot",), **kwargs):
        blob, size, digest = store.keep([content])
        with clock.standing_at(at):
            return actions.receive(
                **{
                    "by": cast.principal(by), "at": at, "case": cast.case[case], "kind": DocumentKind.REPORT,
                    "title": "Verslag van school", "concerns": [cast.person[p] for p in about],
                    "regime": Regime.YOUTH_HELP, "blob": blob, "size": size, "digest": digest,
                    "media_type": MediaType.PDF,
                } | kwargs
            )  # fmt: skip

    return add_one


@pytest.fixture
def fields(cast):
    """What somebody fills in beside the file."""
    return {"title": "Verslag van school", "kind": "report", "concerns": [str(cast.person["lot"].pk)],
            "regime": "youth_help", "author": "De Regenboog", "dated_on": "3-11-2026"}  # fmt: skip
