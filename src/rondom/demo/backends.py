"""The authentication backend of one-click sign-in: its name in a session says how somebody came in."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from rondom.accounts.models import Account
from rondom.demo.guard import refuse_elsewhere

refuse_elsewhere()


class OneClick(BaseBackend):
    """Signs nobody in by itself; `demo.views.sign_in` names it. Only a demonstration lists it in its settings."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: Any) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()
