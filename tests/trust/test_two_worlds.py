"""Two worlds: the same cast with another secret address, and without the shielded dossier.

Every byte that a stranger, a colleague without sight and the ex-partner receive, over all pages they can reach and all
addresses they can guess, is equal in both. Only the token of a form differs.
"""

import re

import pytest

from rondom.accounts.models import Organisation
from rondom.core.principals import machine
from rondom.demo.cast import person
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import DossierGround
from rondom.dossiers.models import Dossier
from rondom.people.models import Address, NetworkTie
from tests.trust.walking import HTMX, OUTSIDE, ask, model_of, rows_of, sign_in, undone, walked

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

NO_SIGHT_OF_THE_ADDRESS = ["peter", "karim", "mark", "fatima", "karin", "rob", "ineke", "tom", "esra"]
NO_SIGHT_OF_THE_SHIELDED = ["peter", "karim", "mark", "els", "fatima", "karin", "rob", "tom"]
MOST = 150
SECRETS_OF_ONES_OWN = "/aanmelden/tweede-stap/"  # a fresh secret at every look, for the one who looks


def everything(name, paths):
    """Return what somebody receives: from these paths, and from every page that those link to."""
    client, waiting, received = sign_in(name), list(paths), {}
    while waiting and len(received) < MOST + len(paths):
        path = waiting.pop(0)
        if path in received or path.startswith(SECRETS_OF_ONES_OWN):
            continue
        answer = ask(client, "GET", path)
        part = ask(client, "GET", path, headers=HTMX)
        received[path] = (answer.status, answer.headers, answer.body, part.status, part.headers, part.body)
        if answer.status == 200:
            links = re.findall(rb'(?:href|hx-get|src)="(/[^"#]*)"', answer.body)
            waiting += [link for link in (found.decode() for found in links) if not link.startswith("/static/")]
    return received


def guessable(cast):
    """Return the paths of every address with the ids of everything in the family at the secret address."""
    rows = sorted(rows_of(cast.case["visser"]), key=lambda row: (row._meta.label, str(row.pk)))
    paths = []
    for route in walked():
        if route.foreign:
            continue
        if not route.kwargs:
            paths.append(route.path({}))
        elif len(route.kwargs) == 1:
            model = model_of(route.kwargs[0])
            ids = [row.pk for row in rows if model and isinstance(row, model)][:4]
            paths += [route.path({route.kwargs[0]: pk}) for pk in ids or filter(None, [OUTSIDE.get(route.kwargs[0])])]
    return paths


def differences(one, other):
    return sorted(p for p in one.keys() | other.keys() if one.get(p) != other.get(p))


def move_house(cast):
    """The family at the secret address lives somewhere else altogether."""
    persons = [row.pk for row in rows_of(cast.case["visser"]) if row._meta.model_name == "person"]
    for address in Address.objects.filter(person__in=persons, secret=True):
        address.lines = "Zuiderzee 999\n1999 XX Elders"
        address.district, address.place_municipality = "WK036304", "GM0363"
        address.save()
    for tie in NetworkTie.objects.filter(person__in=persons, points_to_place=True):
        tie.label = "De Elderse vereniging"
        tie.save()


def add_shielded(cast, at):
    """A sixth child with a shielded dossier in the same case, of whom only the coordinator knows."""
    row = person(cast, "kiki", "Kiki||Visser", 4, "2")
    organisation = Organisation.objects.get(pk=cast.team["oost"].organisation_id)
    dossier = dossiers.open_dossier(
        by=machine("demo", "GM0303"), at=at, youth=row, organisation=organisation, ground=DossierGround.CASE
    )
    Dossier.objects.filter(pk=dossier.pk).update(shielded=True)
    dossier.refresh_from_db()
    dossiers.add_dossier(by=machine("demo", "GM0303"), at=at, case=cast.case["visser"], dossier=dossier)


@pytest.mark.slow
@pytest.mark.parametrize("name", NO_SIGHT_OF_THE_ADDRESS)
def test_another_secret_address_changes_no_byte(cast, name):
    paths = guessable(cast)
    with undone("default", "looks"):
        here = everything(name, paths)
    with undone("default", "looks"):
        move_house(cast)
        there = everything(name, paths)
    assert len(here) > 3
    assert differences(here, there) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NO_SIGHT_OF_THE_SHIELDED)
def test_a_shielded_dossier_changes_no_byte(cast, at, name):
    paths = guessable(cast)
    with undone("default", "looks"):
        without = everything(name, paths)
    with undone("default", "looks"):
        add_shielded(cast, at)
        with_it = everything(name, paths)
    assert differences(without, with_it) == []
