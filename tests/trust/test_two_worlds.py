"""Three worlds: the cast, the same cast with another secret address, and with one shielded dossier more.

Every byte that a stranger, a colleague without sight and the ex-partner receive, over all pages they can reach and all
addresses they can guess, is equal in all. Only the token of a form differs. On the way the canaries are looked for:
whereabouts of the family at the secret address reach nobody outside the people who work with them; who reported in
confidence reaches nobody here at all.
"""

import logging
import re

import pytest

from rondom.accounts.models import Organisation
from rondom.core.declarations import field_privacy, our_models
from rondom.core.principals import machine
from rondom.demo.cast import person
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import DossierGround
from rondom.dossiers.models import Dossier
from rondom.people.models import Address, NetworkTie
from tests.trust.walking import HTMX, OUTSIDE, SAMPLE, Canaries, ask, model_of, rows_of, sign_in, undone, walked

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

NO_SIGHT_OF_THE_ADDRESS = {"peter", "karim", "mark", "fatima", "karin", "rob", "ineke", "tom", "esra"}
NO_SIGHT_OF_THE_SHIELDED = {"peter", "karim", "mark", "els", "fatima", "karin", "rob", "tom"}
NOT_TOLD_WHERE = {*NO_SIGHT_OF_THE_ADDRESS, "els", "yasmin", "wim", "emine"}
EVERYBODY = sorted({*NOT_TOLD_WHERE, *NO_SIGHT_OF_THE_SHIELDED, "mirjam"})
IN_THE_SAMPLE = ["fatima", "mark", "peter"]
WIDEST = {"karim", "mark", "peter"}  # the fathers of the family and a colleague of its team guess at more
MOST, OF_A_KIND = (40, 1) if SAMPLE else (100, 2)  # pages followed by their links; rows of one kind asked for
SECRETS_OF_ONES_OWN = "/aanmelden/tweede-stap/"  # a fresh secret at every look, for the one who looks


def everything(name, paths):
    """Return what somebody receives: from these paths, and from every page that those link to.

    A page that is shown is asked for as a part too; for what is not shown the rights walk does that.
    """
    client, waiting, received = sign_in(name), list(paths), {}
    while waiting and len(received) < MOST + len(paths):
        path = waiting.pop(0)
        if path in received or path.startswith(SECRETS_OF_ONES_OWN):
            continue
        answer = ask(client, "GET", path)
        received[path] = [(answer.status, answer.headers, answer.body)]
        if answer.status == 200:
            part = ask(client, "GET", path, headers=HTMX)
            received[path].append((part.status, part.headers, part.body))
            links = re.findall(rb'(?:href|hx-get|src)="(/[^"#]*)"', answer.body)
            waiting += [link for link in (found.decode() for found in links) if not link.startswith("/static/")]
    return received


def guessable(cast, name):
    """Return the paths of every address with ids of what there is in the family at the secret address, of each kind."""
    of_a_kind = OF_A_KIND if name in WIDEST else 1
    rows = sorted(rows_of(cast.case["visser"]), key=lambda row: (row._meta.label, str(row.pk)))
    paths = []
    for route in walked():
        if route.foreign:
            continue
        if not route.kwargs:
            paths.append(route.path({}))
        elif len(route.kwargs) == 1:
            model = model_of(route.kwargs[0])
            ids = [row.pk for row in rows if model and isinstance(row, model)][:of_a_kind]
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


def test_the_privacy_classes_name_whereabouts_and_sources():
    classes = {(a.model._meta.label, a.field): a.privacy_class for m in our_models() for a in field_privacy(m)}
    assert classes["people.Address", "lines"] == "whereabouts"
    assert classes["dossiers.Note", "reporter"] == "source"


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_THE_SAMPLE if SAMPLE else EVERYBODY)
def test_a_secret_changes_no_byte_and_is_in_none(cast, at, caplog, name):
    caplog.set_level(logging.DEBUG)
    paths, canaries = guessable(cast, name), Canaries()
    canaries.fill("visser", rows_of(cast.case["visser"]))
    with undone("default", "looks"):
        here = everything(name, paths)
    assert len(here) > 3
    assert leaks(canaries, here, {"source", "whereabouts"} if name in NOT_TOLD_WHERE else {"source"}) == []
    assert not canaries.seen_in(caplog.text)
    if name in NO_SIGHT_OF_THE_ADDRESS:
        with undone("default", "looks"):
            move_house(cast)
            assert differences(here, everything(name, paths)) == []
    if name in NO_SIGHT_OF_THE_SHIELDED:
        with undone("default", "looks"):
            add_shielded(cast, at)
            assert differences(here, everything(name, paths)) == []


def leaks(canaries, received, closed):
    """Return every canary of these privacy classes that somebody received, with its path."""
    return sorted(
        f"{path}: {model}.{field}"
        for path, answers in received.items()
        for status, headers, body in answers
        for _, model, field, kind in canaries.seen_in(body + repr((status, headers)).encode())
        if kind in closed
    )
