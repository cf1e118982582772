"""Each persona of P1 to P6 and P10 has something real to do today: the page, and a line on it that asks for work."""

import pytest
from django.urls import reverse

from rondom.demo.personas import PERSONAS
from tests.trust.walking import sign_in
from tests.whole import cast

__all__ = ["cast"]
pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TODAY = {
    "parent": ("portal:home", "Het plan wacht op een handtekening."),
    "youth": ("portal:home", "Over jou"),
    "teacher": ("place:home", "Verder met de zorg die u begon"),
    "practice": ("place:home", "Bo Prins"),
    "front_office": ("entry:contact_desk", "Bekijken en beslissen<span"),
    "case_worker": ("desk:day", "Nu"),
    "process_coordinator": ("decisions:desk", "Postma"),
    "back_office": ("allocations:orders", "Julia"),
    "jurist": ("documents:templates", "Lezen en beslissen<span"),
    "provider": ("provider:home", "Bevestig dat u deze opdracht kreeg."),
    "crisis_desk": ("reports:quarters", "Kwartaal 3 van 2016"),
}
"""P1 parent, youth, P2 teacher, P3 front office, P4 case worker, P5 coordinator, P6 back office, the jurist, P10
provider and who keeps the crisis register: page and work."""


@pytest.mark.parametrize("key", TODAY)
def test_there_is_real_work_today(cast, key):
    page, work = TODAY[key]
    client = sign_in(PERSONAS[key].username)
    html = client.get(reverse(page)).content.decode()
    assert work in html
    assert client.get("/", follow=True).status_code == 200
