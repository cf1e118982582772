"""Youths in Drenthe with orders of help, where nobody of the cast lives."""

import datetime as dt

from rondom.accounts.models import Organisation
from rondom.allocations.enums import AllocationState, Decision, Ground
from rondom.allocations.models import Allocation
from rondom.dossiers.enums import DossierGround
from rondom.dossiers.models import Dossier
from rondom.people.enums import AddressKind, FactSource
from rondom.people.models import Address, Person
from rondom.providers.models import Product
from rondom.reference import actions as reference
from rondom.reference import files
from tests.crisis.conftest import BY

CODES = {"ambulant": "45A04", "daghulp": "41A03", "residentieel": "43A07", "pleegzorg": "43A09"}
WIJKEN = {"GM0106": "WK010601", "GM0119": "WK011900", "GM0114": "WK011400"}


def load_forms(at):
    """Load which form of help a product is."""
    path = next(path for path in files.shipped() if path.name == "help-form-of-product.csv")
    reference.load(by=BY, at=at, file=files.read(path), history=True)


def product(form):
    """Return a product of a form of help, of a provider of the cast."""
    lot, code = Product.objects.first().lot, CODES[form]
    found = Product.objects.filter(code=code).first()
    return found or Product.objects.create(
        municipality=lot.municipality, lot=lot, category=code[:2], code=code, name=form, unit="01"
    )


def youth(name, place):
    """Return the dossier of a new youth in a wijk of a municipality."""
    person = Person.objects.create(municipality=place, called=name, family_name="Client", born_on=dt.date(2014, 5, 1))
    Address.objects.create(
        municipality=place, person=person, kind=AddressKind.REGISTERED, lines="Dorpsstraat 1",
        district=WIJKEN[place], place_municipality=place, source=FactSource.REGISTER, starts=dt.date(2020, 1, 1),
    )  # fmt: skip
    return Dossier.objects.create(
        municipality=place, youth=person, organisation=Organisation.objects.first(), ground=DossierGround.MEDICAL,
        opened_on=dt.date(2024, 1, 1), last_change_on=dt.date(2024, 1, 1), responsible_municipality=place,
    )  # fmt: skip


def order(cast, dossier, of, **said):
    """Order a product of this form for a youth."""
    words = {
        "ground": Ground.MUNICIPAL, "decision": Decision.TAKEN, "decision_reference": "2026-1",
        "decided_on": dt.date(2026, 2, 1), "ordered_on": dt.date(2026, 2, 1), "starts": dt.date(2026, 2, 1),
        "state": AllocationState.ORDERED, "ordered_by": cast.staff["joris"],
    }  # fmt: skip
    return Allocation.objects.create(
        municipality=dossier.municipality, dossier=dossier, product=of, provider=of.lot.contract.provider,
        **{**words, **said},
    )  # fmt: skip
