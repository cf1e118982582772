"""Which persons somebody may see. The answer lives above (dossiers: a person is seen through a dossier or a case).

`dossiers` registers its `persons_for` here, so that this room can keep its own addresses and search within sight.
"""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet

from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.people.models import Person
from rondom.privacy.enums import Sight

Scope = Callable[..., QuerySet[Person]]
scopes: Registry[Scope] = Registry("scope of persons")


def persons_in_sight(by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN) -> QuerySet[Person]:
    """Return the persons within sight; none at all when no room above has said who may see whom."""
    found = Person.objects.none()
    for _name, scope in scopes:
        found = found | scope(by, at=at, sight=sight)
    return found.filter(merged_into=None)


def sees(by: Principal, person: UUID, *, at: dt.datetime, sight: Sight = Sight.OPEN) -> bool:
    """Tell whether this person is within sight."""
    return persons_in_sight(by, at=at, sight=sight).filter(pk=person).exists()
