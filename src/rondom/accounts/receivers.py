"""Signing in and out as the libraries announce it: noted in the session and in the events."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from rondom.accounts import sessions
from rondom.accounts.actions import note_sign_in
from rondom.accounts.models import Account
from rondom.accounts.queries import account_called, principal_for
from rondom.core import clock
from rondom.core.principals import machine


def _note(account: Account, kind: str) -> None:
    at = clock.now()
    by = principal_for(account, at=at) or machine("sign-in")
    note_sign_in(by=by, at=at, account=account, kind=kind)


@receiver(authentication_step_completed)
def proved(sender: Any, request: Any, user: Any, method: str, **more: Any) -> None:
    """A password or a second factor was right."""
    sessions.note_proof(request, user, second_factor=method == "mfa", at=clock.now())


@receiver(user_logged_in)
def signed_in(sender: Any, user: Any, **more: Any) -> None:
    """Somebody is in."""
    _note(user, "signed_in")


@receiver(user_logged_out)
def signed_out(sender: Any, user: Any, **more: Any) -> None:
    """Somebody left, or the session rested too long."""
    if user is not None:
        _note(user, "signed_out")


@receiver(user_login_failed)
def refused(sender: Any, credentials: dict[str, Any], **more: Any) -> None:
    """A password was wrong; noted when the user name is one of ours. What was typed is kept nowhere."""
    account = account_called(str(credentials.get("username", "")))
    if account is not None:
        note_sign_in(by=machine("sign-in"), at=clock.now(), account=account, kind="sign_in_refused")


@receiver(authenticator_added)
def factor_added(sender: Any, request: Any, user: Any, **more: Any) -> None:
    """A second factor was set up in this session, so this session has shown it."""
    sessions.note_proof(request, user, second_factor=True, at=clock.now())
    _note(user, "second_factor_added")


@receiver(authenticator_removed)
def factor_removed(sender: Any, request: Any, user: Any, **more: Any) -> None:
    """A second factor was removed by its owner."""
    _note(user, "second_factor_removed")
