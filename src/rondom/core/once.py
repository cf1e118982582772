"""One form, one act: a second press of the button, in this worker or another, gets the answer of the first.

Every form of a page carries a fresh one-time key. Its row is written in the transaction of the act, so a second post
waits for the first, finds the key taken and is sent to the same address; when the first failed, the key is free again.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect

from rondom.core import clock
from rondom.core.ids import new_id
from rondom.core.models import OnceKey

FIELD = "_once"
KEPT = dt.timedelta(days=1)


def fresh() -> UUID:
    """Return the key for a newly shown form."""
    return new_id()


def typed(request: HttpRequest) -> UUID | None:
    """Return the key a posted form carries; None when it has none or it is not one."""
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def answer(request: HttpRequest, act: Callable[[], str], *, key: UUID | None = None) -> HttpResponseRedirect:
    """Run `act` once for the key of this form and redirect to the address it returns.

    `act` runs in a transaction of the default database; what it raises undoes everything, the key included. A form
    without key (a program, not a page) simply runs.
    """
    key = key or typed(request)
    owner: UUID = request.principal.key  # type: ignore[attr-defined]
    if key is None:
        return HttpResponseRedirect(act())
    try:
        with transaction.atomic():
            row = OnceKey.objects.create(key=key, owner=owner, used_at=clock.now())
            row.address = act()
            row.save(update_fields=["address"])
    except IntegrityError:
        earlier = OnceKey.objects.filter(key=key, owner=owner).first()
        if earlier is None:  # something else did not fit: not ours to hide
            raise
        return HttpResponseRedirect(earlier.address)
    return HttpResponseRedirect(row.address)


def used(key: UUID | None) -> bool:
    """Tell whether a form with this key was handled."""
    return key is not None and OnceKey.objects.filter(key=key).exists()


def used_among(keys: Iterable[UUID | None]) -> set[UUID]:
    """Return those of these keys whose form was handled."""
    return set(OnceKey.objects.filter(key__in=[key for key in keys if key]).values_list("key", flat=True))


def forget(*, at: dt.datetime) -> int:
    """Drop the keys of more than a day ago; return how many."""
    return OnceKey.objects.filter(used_at__lt=at - KEPT).delete()[0]
