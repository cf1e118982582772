"""All pages, for every persona of the cast: they work, are accessible, and fit on a phone and at 400 % zoom."""

import pytest

from rondom.demo.personas import PERSONAS
from tests.browser.conftest import axe, check_page, opened, picture, report


def test_every_address_can_be_filled_from_the_cast(site):
    assert site.unfilled == []


def test_no_address_breaks(site):
    assert site.broken == []


@pytest.mark.parametrize("persona", ["nobody", *PERSONAS])
def test_every_page_of_a_persona_works_and_is_accessible(chromium, site, persona):
    if persona not in site.visits:
        pytest.skip(f"{persona} is not in the cast")
    faults = {}
    with opened(chromium, site, persona, axe=True) as tab:
        for name, path in site.visits[persona]:
            if found := check_page(tab, site, path):
                faults[f"{name} {path}"] = found
            picture(tab, f"{persona}-{name.replace(':', '-')}", whole=True)
    assert not faults, report(faults)


@pytest.mark.parametrize("persona", ["case_worker", "parent"])
def test_no_page_is_locked_to_one_direction_of_the_screen(chromium, site, persona):
    with opened(chromium, site, persona, axe=True) as tab:
        tab.page.goto(site.url("/"))
        assert axe(tab.page, ["css-orientation-lock"]) == []


def test_every_persona_has_pages(site):
    assert [persona for persona, visits in site.visits.items() if not visits] == []
