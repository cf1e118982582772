"""Where somebody begins: the first page per role. Rooms above register theirs."""

from django.urls import reverse

from rondom.core.principals import Principal
from rondom.core.registry import Registry

START_PAGES: Registry[str] = Registry("start pages")
"""Role code (or "resident") -> name of a URL, e.g. `START_PAGES.register(Role.CASE_WORKER, "desk:day")` in ready()."""


def start_path(by: Principal | None) -> str:
    """Return the path of the first page: of the principal's own role, else of any role held, else "my account"."""
    if by is None:
        return reverse("account_login")
    for role in (by.role, *sorted(by.roles)):
        if role in START_PAGES:
            return reverse(START_PAGES[role])
    return reverse("accounts:me")
