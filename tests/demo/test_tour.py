"""The guided tour: every step opens its page for who does it, and says how far one is."""

import pytest
from django.urls import reverse

from rondom.demo.tour import STEPS
from tests.whole import cast

__all__ = ["cast"]
pytestmark = pytest.mark.django_db(databases=["default", "looks"])
HERE = {"headers": {"host": "127.0.0.1"}}
TOUR = reverse("demo:tour")
SEEN = {
    1: "Noud Dekker", 2: "Teun Vink", 3: "Lieke Vonk", 4: "Henk Talsma", 5: "Ruben", 6: "Fenna",
    7: "elke dag naar school", 8: "Oma Postma", 9: "Fenna heeft ontbeten", 10: "Ruben", 11: "Samen Sterk", 12: "Julia",
    13: "Heeft het genoeg geholpen?", 14: "Ruben",
}  # fmt: skip
"""Step -> words that only stand on the page of that step, of the people it is about."""


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_a_step_opens_its_page_with_one_click(client, cast, number):
    html = client.get(f"{TOUR}?stap={number}", **HERE).content.decode()
    assert f"Stap {number} van {len(STEPS)}" in html and 'aria-current="step"' in html
    there = client.post(reverse("demo:tour_go"), {"stap": number}, **HERE)
    assert there.status_code == 302
    page = client.get(there["Location"], **HERE)
    assert page.status_code == 200 and SEEN[number] in page.content.decode()
    assert f"Stap {number} van" in client.get(TOUR, **HERE).content.decode()  # where one was


def test_the_last_step_ends_with_starting_over(client, cast):
    html = client.get(f"{TOUR}?stap={len(STEPS)}", **HERE).content.decode()
    assert "Opnieuw beginnen" in html and "?stap=1" in html
    assert "Stap 1 van" in client.get(f"{TOUR}?stap=99", **HERE).content.decode()


def test_the_start_page_leads_to_it_and_another_machine_does_not(client, cast, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert TOUR in client.get(reverse("demo:start"), **HERE).content.decode()
    assert client.get(TOUR, headers={"host": "rondom.example"}).status_code == 404
    assert client.post(reverse("demo:tour_go"), {"stap": 1}, REMOTE_ADDR="192.168.1.4", **HERE).status_code == 404
