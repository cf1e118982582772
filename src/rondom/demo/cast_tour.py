"""What the guided tour needs beside the rest of the cast: Anouk Postma can sign in and read her children's plan."""

from rondom.accounts.models import Account, Resident
from rondom.demo.cast import Cast


def add(cast: Cast) -> None:
    """Write her account; her sight follows from her authority, as for every parent."""
    person = cast.person["anouk"]
    account = Account.objects.create_user(username="anouk", kind=Account.Kind.RESIDENT)
    Resident.objects.create(municipality=person.municipality, account=account, person=person.pk)
