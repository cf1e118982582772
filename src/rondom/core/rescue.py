"""What was typed outlives the sign-in: rooms that can keep a posted form register here, doors ask.

A post that arrives after the session ended, or with an expired form protection token, is not carried out. Before the
sign-in page or the explanation is shown, every rescuer may keep the text; it returns the address where it stands again.
"""

from collections.abc import Callable

from django.http import HttpRequest

from rondom.core.registry import Registry

RESCUERS: Registry[Callable[[HttpRequest], str]] = Registry("rescuers of typed text")


def keep_typed(request: HttpRequest) -> str:
    """Keep what this post carries; return the address to come back to, or "" when nothing could be kept."""
    if request.method != "POST":
        return ""
    for _name, rescuer in RESCUERS:
        if address := rescuer(request):
            return address
    return ""
