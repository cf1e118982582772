"""Residents of the cast who can sign in: the person, and the account of the same name."""

from rondom.accounts.models import Account, Resident
from rondom.demo.cast import Cast

RESIDENTS = ("mirjam", "peter", "karim", "daan", "esra", "emine")
"""Mother with authority; ex-partner with authority over two children; one without; son of 16; Esra; her mother."""


def add(cast: Cast) -> None:
    """Write an account for each resident; none has a password: they come through the identity provider."""
    for name in RESIDENTS:
        person = cast.person[name]
        account = Account.objects.create_user(username=name, kind=Account.Kind.RESIDENT)
        Resident.objects.create(municipality=person.municipality, account=account, person=person.pk)
