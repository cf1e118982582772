"""Which person an identity provider means: the one door from a number to a person for signing in."""

from uuid import UUID

from rondom.core import keys
from rondom.core.bsn import passes_eleven_test
from rondom.core.fields import blind_index
from rondom.people.models import Person


def person_of_bsn(bsn: str, municipality: str) -> UUID | None:
    """Return the id of the person of a municipality who has this BSN, found by its blind index; None for nobody.

    Only `accounts.oidc` asks, with a number an identity provider vouches for.
    """
    if not passes_eleven_test(bsn):
        return None
    indexes = [blind_index("bsn", bsn, municipality, generation) for generation in keys.ring().generations]
    rows = Person.objects.filter(municipality=municipality, bsn_index__in=indexes, died_on__isnull=True)
    return rows.values_list("pk", flat=True).first()
