"""Signing in for real: a password, an authenticator app."""

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache

PASSWORD = "een korte zin is goed"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def fresh_limits():
    """Limits and used codes of another test do not count here."""
    cache.clear()


def code_now(secret: str = SECRET) -> str:
    """Return what the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def sanne(cast):
    """Sanne has a password and an app."""
    account = with_password(cast.staff["sanne"].account)
    TOTP.activate(account, SECRET)
    return cast.staff["sanne"]


def with_password(account):
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in(client, username, password=PASSWORD, code=None, **more):
    """Sign in with a password and, when asked, a code; return the last response."""
    response = client.post("/aanmelden/", {"login": username, "password": password, **more})
    if code is not None:
        response = client.post("/aanmelden/tweede-stap/code/", {"code": code})
    return response


def factor_rows(account):
    return Authenticator.objects.filter(user=account)


@pytest.fixture
def at_once(monkeypatch):
    """What the library does after a commit happens at once: a test never commits."""
    monkeypatch.setattr("allauth.mfa.totp.internal.flows.transaction", SimpleNamespace(on_commit=lambda act: act()))
