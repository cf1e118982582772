"""A provider in a real browser: an order is confirmed, help begins and stops, and every page reads well on a phone."""

import re

import pytest

from tests.browser.conftest import DESKTOP, PHONE, axe, opened, scrolls_sideways
from tests.browser.test_chain_s02 import press, said

TODAY = "vandaag"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_pages_of_a_provider_can_be_read(chromium, site, width, tmp_path):
    with opened(chromium, site, "provider", axe=True) as tab:
        page = tab.page
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("/aanbieder/", "/aanbieder/?lijst=loopt", "/aanbieder/berichten/", "/aanbieder/vragen/"):
            page.goto(site.url(path))
            looked_at(page, tmp_path, f"{path.strip('/').replace('/', '-')}-{width}")
        page.goto(site.url("/aanbieder/?lijst=loopt"))
        page.get_by_role("link", name=re.compile("Julia")).first.click()
        looked_at(page, tmp_path, f"order-{width}")
        page.get_by_role("link", name="Het bericht lezen").click()
        assert "Toegewezen product" in said(page) and "jw301:Client" in said(page)
        looked_at(page, tmp_path, f"message-{width}")
        assert tab.wrong == []


def test_an_order_is_confirmed_started_and_stopped_by_a_provider(chromium, site, tmp_path):
    with opened(chromium, site, "provider", axe=True) as tab:
        page = tab.page
        page.goto(site.url("/aanbieder/"))
        page.get_by_role("link", name=re.compile("^Beantwoorden.*Timo")).click()
        assert "er is niets mis mee" in said(page)
        looked_at(page, tmp_path, "answer")
        press(page, "Bevestigen dat het aankwam")
        assert "JW302" in said(page)
        page.get_by_role("link", name=re.compile("^Start melden")).first.click()
        page.locator("#id_began_on").fill("overmorgen")
        press(page, "Start melden")
        assert "TR134" in said(page)  # nothing begins in the future
        page.locator("#id_began_on").fill(TODAY)
        press(page, "Start melden")
        assert "De hulp loopt" in said(page)
        page.get_by_role("link", name=re.compile("^Stop melden")).first.click()
        page.locator("#id_last_day").fill(TODAY)
        page.locator("#id_reason").select_option("34")
        looked_at(page, tmp_path, "stop")
        press(page, "Stop melden")
        assert "De hulp is afgelopen." in said(page) and "JW308" in said(page)
        looked_at(page, tmp_path, "over")
        assert tab.wrong == []


def looked_at(page, folder, name):
    """Let axe read the page, and nothing stick out of the window."""
    assert axe(page) == []
    assert scrolls_sideways(page) == ""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
