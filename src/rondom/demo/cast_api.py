"""Connected systems: a school that reports worries from its own system, and a provider that reads its orders.

The keys themselves are made by chance and kept by nobody: whoever wants to try the API makes one as Tom.
"""

import datetime as dt

from rondom.api import actions
from rondom.api.enums import Scope
from rondom.core import clock
from rondom.demo.cast import Cast
from rondom.entry.models import Partner


def add(cast: Cast) -> None:
    """Connect them."""
    at = cast.at - dt.timedelta(days=20)
    by, day = cast.principal("tom", at), clock.today(cast.at)
    tom = cast.staff["tom"]
    actions.make_key(
        by=by, at=at, made_by=tom, holder=Partner.objects.get(name="Basisschool De Wilgen"),
        name="Leerlingvolgsysteem", scopes=[Scope.CONCERNS], receiver=cast.organisation["jeugdteam"],
        expires_on=day + dt.timedelta(days=12),
    )  # fmt: skip
    actions.make_key(
        by=by, at=at, made_by=tom, holder=cast.provider["vuurtoren"], name="Cliëntdossier De Vuurtoren",
        scopes=[Scope.ALLOCATIONS], expires_on=day + dt.timedelta(days=300),
    )  # fmt: skip
