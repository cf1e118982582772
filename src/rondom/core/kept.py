"""What somebody typed, kept on a page that could not carry it out: nothing typed is lost.

A post is only given back to the page it came from: the browser says that the request began on our own origin. Otherwise
a stranger's page could put words in a colleague's mouth and have them sent with one more press (ADR 0110).
"""

from collections.abc import Set
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.request import RawPostDataException, UnreadablePostError

PASSWORDS = frozenset({"password", "password1", "password2", "oldpassword", "code"})
NEVER = PASSWORDS | {"csrfmiddlewaretoken"}
LONGEST = 200_000  # characters given back on one page


@dataclass(frozen=True)
class KeptField:
    """One field as it was posted."""

    name: str
    value: str

    @property
    def shown(self) -> bool:
        """Tell whether it holds words, which are shown; choices, keys and marks of the page go along unseen."""
        return not self.name.startswith("_") and len(self.value.split()) > 1

    @property
    def long(self) -> bool:
        """Tell whether it needs more than a line."""
        return len(self.value) > 60 or "\n" in self.value


def comes_from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that this post began on a page of ours."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def posted_fields(request: HttpRequest, *, without: Set[str] = frozenset()) -> list[KeptField]:
    """Return every posted field in order, but for passwords, protection tokens and the names in `without`.

    Only for a request that is known to be meant: it passed the form protection, or began here.
    """
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, RawPostDataException, SuspiciousOperation):
        return []
    return [KeptField(n, str(v)) for n, v in posted if n not in NEVER | without]


def kept_fields(request: HttpRequest) -> list[KeptField]:
    """Return what was typed; empty when the post did not begin here, cannot be read, holds a password or no words."""
    if request.method != "POST" or not comes_from_here(request):
        return []
    fields = posted_fields(request)
    too_long = sum(len(f.value) for f in fields) > LONGEST
    if too_long or not any(f.shown for f in fields) or any(name in request.POST for name in PASSWORDS):
        return []
    return fields
