"""The pseudonyms of the youths in a register: the same youth has one, also when the keys of the installation change.

The reference of a youth in the register is not kept, so a pseudonym cannot be made anew from it. Each register has a
secret of its own, a chain of links, encrypted under the key of the installation. A pseudonym is the HMAC of the
reference under the first link, and that under the next, to the last. When the keys change, the chain gets a new link
and every stored pseudonym goes through it, in one swap: a file that is imported later still finds the youth, and who
knew the chain of before can compute no pseudonym of now.
"""

import base64
import datetime as dt
import hmac
import os
from dataclasses import dataclass

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from rondom.core import clock, keys, locks
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record
from rondom.core.principals import Principal, machine
from rondom.crisis.models import PseudonymKey, RegisterLine

PURPOSE = "crisis-youth"
LOCK = "crisis.register"


@dataclass(frozen=True)
class Pseudonyms:
    """Makes the pseudonyms of one register, as they are after the change of keys to `generation`."""

    links: tuple[bytes, ...]
    generation: int

    def of(self, reference: str) -> str:
        """Return the pseudonym of a reference in the register."""
        found = reference
        for link in self.links:
            found = _through(link, found)
        return found


def _through(link: bytes, text: str) -> str:
    return hmac.digest(link, text.encode(), "sha256")[:16].hex()


def of_register(region: str) -> Pseudonyms:
    """Return the pseudonyms of a register that was begun (`ready`)."""
    row = PseudonymKey.objects.get(region=region)
    return Pseudonyms(_links(row), row.generation)


def generation_of(region: str) -> int:
    """Return to which generation of the keys the pseudonyms of a register belong."""
    return PseudonymKey.objects.values_list("generation", flat=True).get(region=region)


def ready(region: str, at: dt.datetime) -> None:
    """Give a register its secret, when it has none; part of an action that holds the lock of the register.

    Raises BadInput when it has lines of before registers had a secret, made under a key that was put away.
    """
    if PseudonymKey.objects.filter(region=region).exists():
        return
    ring = keys.ring()
    lines = RegisterLine.objects.filter(region=region).aggregate(first=Min("generation"), last=Max("generation"))
    first, generation = os.urandom(32), ring.newest
    if lines["first"] is not None:
        if lines["first"] != lines["last"] or lines["first"] not in ring.generations:
            raise BadInput(
                _(
                    "The youths in this register were written under a key that is no longer on file, so nobody can "
                    "tell whether somebody in this file is one of them. Nothing was stored. Put the key file of that "
                    "day back, or call the functional administrator."
                )
            )
        generation = lines["first"]
        first = ring.derive(PURPOSE, region, generation)
    PseudonymKey.objects.create(
        municipality="", region=region, links=_text([first]), generation=generation, created_at=at, changed_at=at
    )


@action
def renew(*, by: Principal, at: dt.datetime, region: str, generation: int) -> int:
    """Let every pseudonym of a register go through a new link, all at once; return how many youths there are."""
    locks.hold(LOCK)
    ready(region, at)
    row = PseudonymKey.objects.select_for_update().get(region=region)
    if row.generation >= generation:
        record(by, "crisis.pseudonyms_found_renewed", row, at=at)
        return 0
    link = os.urandom(32)
    lines = RegisterLine.objects.filter(region=region)
    old = list(lines.order_by().values_list("youth_key", flat=True).distinct())
    for key in old:
        lines.filter(youth_key=key).update(youth_key=_through(link, key), generation=generation)
    row.links, row.generation = _text([*_links(row), link]), generation
    row.changed_at, row.version = at, row.version + 1
    row.save(update_fields=["links", "generation", "changed_at", "version"])
    record(by, "crisis.pseudonyms_renewed", row, at=at, fields=["links", "generation"])
    return len(old)


def renew_older(newest: int) -> int:
    """Renew every register of before the newest generation of keys; return how many pseudonyms changed."""
    registers = {*RegisterLine.objects.order_by().values_list("region", flat=True).distinct()}
    registers |= {*PseudonymKey.objects.values_list("region", flat=True)}
    done = {*PseudonymKey.objects.filter(generation__gte=newest).values_list("region", flat=True)}
    by, at = machine("keys"), clock.now()
    return sum(renew(by=by, at=at, region=region, generation=newest) for region in sorted(registers - done))


def _links(row: PseudonymKey) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(link) for link in str(row.links).split())


def _text(links: list[bytes]) -> str:
    return " ".join(base64.b64encode(link).decode() for link in links)
