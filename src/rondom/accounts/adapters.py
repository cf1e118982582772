"""What we ask of django-allauth: no sign-up, staff only by password, secrets encrypted with our keys, our own words."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rondom.accounts import sessions
from rondom.accounts.models import Account
from rondom.core import clock, keys

SECRET = b"allauth.mfa"


class AccountAdapter(DefaultAccountAdapter):
    """Password sign-in, for staff accounts in use."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("User name and password do not belong together. Check both and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "incorrect_password": _("This is not your password. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: the functional administrator lets staff in, residents come through DigiD."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:  # type: ignore[override]
        """Return the account when the password is right, it is a staff account, and it is in use."""
        account: Any = super().authenticate(request, **credentials)
        return account if account and account.is_active and account.kind == Account.Kind.STAFF else None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords per account alone: the library counts per host header, which the sender chooses."""
        return str(credentials.get("username", "")).lower()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again after ten minutes, as for every step-up."""
        return not sessions.proved_recently(context.request, at=clock.now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Go to the page where the work of this person begins."""
        return "/"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show what went wrong with a passkey; what went well the page itself shows."""
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send no mail: none is assumed. A changed second factor is an event and stands on "my account"."""


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: the secret of an authenticator app and of recovery codes is stored encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or was used already. Wait for the next code and try again."),
    }

    def encrypt(self, text: str) -> str:
        """Return generation, nonce and ciphertext under the key for second factors, as text."""
        return base64.b64encode(keys.ring().encrypt("second factor", text.encode(), SECRET)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Undo `encrypt`."""
        return keys.ring().decrypt("second factor", base64.b64decode(encrypted_text), SECRET).decode()

    def _get_site_name(self) -> str:
        return "Rondom"
