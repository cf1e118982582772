"""Keeps the demonstration's ways in out of every other installation."""

import ipaddress

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})


def refuse_elsewhere() -> None:
    """Raise ImproperlyConfigured unless this installation is a demonstration. Called when a module is imported."""
    if settings.KIND != "demo":
        raise ImproperlyConfigured("One-click sign-in and the stand-in for DigiD exist in a demonstration only.")


def is_local(request: HttpRequest) -> bool:
    """Tell whether the browser runs on this machine and asked for it by a local name (no rebinding through DNS)."""
    host, _, port = request.get_host().rpartition(":")
    name = host if port.isdigit() else request.get_host()
    try:
        return name in HOSTS and ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
