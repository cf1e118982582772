"""What the walk over all pages puts in an address, and which addresses it leaves out, with the reason.

A keyword named after a model (`<uuid:case>`, `<uuid:person>`) is filled with rows of that model by itself. Anything
else is registered here by the room that makes the address.
"""

from collections.abc import Callable, Iterable

from rondom.accounts.actions import award_role
from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.demo.cast import Cast

VALUES: dict[str, Callable[[Cast], Iterable[object]]] = {}
"""Keyword -> values to try, from the cast."""

PREPARE: list[Callable[[Cast], None]] = []
"""What must be there for a page to have something to show, beyond what the cast holds. Runs once, before the walk."""


def prepares(function: Callable[[Cast], None]) -> Callable[[Cast], None]:
    """Register something to do before the walk."""
    PREPARE.append(function)
    return function


@prepares
def ask_a_role_that_waits(cast: Cast) -> None:
    """A privileged role that waits for a second administrator."""
    by = cast.principal("tom")
    award_role(by=by, at=cast.at, staff=cast.staff["yasmin"], role=Role.PRIVACY_OFFICER, starts=clock.today(cast.at))


LEFT_OUT: dict[str, str] = {
    "account_confirm_email": "needs a link from a mail",
    "account_reset_password_from_key": "needs a link from a mail",
    "core:readyz": "tells whether an installation can work: the site of a test has no worker, so it says 503",
    "password_link": "needs a link that is used once",
    "mfa_remove_webauthn": "needs a security key of one's own; nobody in the cast has one",
    "openid_connect_callback": "answers the identity provider, shows no page",
    "openid_connect_login": "goes to the identity provider",
}
"""Name of an address -> why nobody can just go there."""

HOSTILE_ALSO: dict[str, tuple[str, ...]] = {}
"""Model label -> text fields outside its personal ones that hold what people type."""
