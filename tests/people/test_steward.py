"""The pages of the data steward."""

import pytest
from django.test import Client
from django.urls import reverse

from rondom.accounts.models import Account
from rondom.core.models import Look
from rondom.people.duplicates import open_candidates
from rondom.people.models import Merge

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def browser(name):
    client = Client()
    client.force_login(Account.objects.get(username=name), backend="rondom.demo.backends.OneClick")
    return client


@pytest.fixture
def pair(cast):
    return open_candidates(cast.principal("wim")).get(one__family_name="Terpstra")


def test_the_steward_sees_who_they_are_and_nothing_of_their_help(cast, pair):
    wim = browser("wim")
    page = wim.get(reverse("people:doubles")).content.decode()
    assert "Terpstra" in page and "Oude Kamphuis" in page
    one = wim.get(reverse("people:double", args=[pair.pk])).content.decode()
    assert "Terpstra-Vos" in one and "De Helling" not in one and "55 01 44" not in one
    assert set(Look.objects.values_list("kind", flat=True)) >= {"people.doubles_shown", "people.double_shown"}


@pytest.mark.parametrize("name", ["sanne", "rob", "tom", "ineke", "mirjam"])
def test_nobody_else_gets_there(cast, pair, name):
    assert browser(name).get(reverse("people:doubles")).status_code == 404
    assert browser(name).post(reverse("people:double", args=[pair.pk]), {"do": "different"}).status_code == 404


def test_bringing_together_and_undoing(cast, pair):
    wim, address = browser("wim"), reverse("people:double", args=[pair.pk])
    shown = wim.get(address)
    said = {
        "do": "merge", "keep": str(pair.one_id), "reason": "Gebeld", "_pair": shown.context["versions"]["pair"],
        "_once": str(shown.context["once_key"]),
    }  # fmt: skip
    refused = wim.post(address, said | {"reason": ""})
    assert refused.status_code == 422
    stale = wim.post(address, said | {"_pair": "9-9"})
    assert stale.status_code == 422 and "Gebeld" in stale.content.decode()
    assert wim.post(address, said).status_code == 302
    assert wim.post(address, said).status_code == 302  # pressed twice
    merge = Merge.objects.get()
    assert merge.kept_id == pair.one_id
    assert "Gebeld" in wim.get(reverse("people:doubles")).content.decode()
    assert wim.post(reverse("people:undo", args=[merge.pk])).status_code == 302
    merge.refresh_from_db()
    assert merge.undone_at is not None
    assert pair.pk in set(open_candidates(cast.principal("wim")).values_list("pk", flat=True))


def test_saying_that_they_are_two(cast, pair):
    wim = browser("wim")
    assert wim.post(reverse("people:double", args=[pair.pk]), {"do": "different"}).status_code == 302
    assert "Terpstra" not in wim.get(reverse("people:doubles")).content.decode()
