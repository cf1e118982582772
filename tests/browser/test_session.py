"""What only a real browser shows: Back after signing out, a passkey, and the page on paper."""

import re

import pytest
from playwright.sync_api import Error

from tests.browser.conftest import axe, launch, opened

FAMILY = "Daan (16), Finn (11), Lot (8), Sem (5) en Noor (2)"


@pytest.fixture
def remembering(playwright):
    """A browser that keeps whole pages for Back, as people's own browsers do (the test tool switches that off)."""
    browser = launch(playwright, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


def _go(page, way):
    """Go back or forward; a page that comes from memory can be swapped in while the browser asks for its history."""
    try:
        getattr(page, f"go_{way}")(wait_until="load")
    except Error as error:
        if "Not attached" not in str(error):
            raise
        page.wait_for_load_state("load")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_back_after_signing_out_shows_nothing(remembering, site, scripts):
    with opened(remembering, site, "case_worker", scripts=scripts) as tab:
        page = tab.page
        page.goto(site.url("/dag/"))
        page.get_by_role("link", name=FAMILY).first.click()
        page.get_by_role("link", name="Journaal", exact=True).click()
        assert "Mirjam" in page.locator("body").inner_text()
        page.get_by_role("button", name="Uitloggen").click()
        for _ in range(3):
            _go(page, "back")
            said = page.locator("body").inner_text()
            assert "/aanmelden/" in page.url
            for word in ("Mirjam", "Visser", "Lot", "Sanne"):
                assert word not in said, f"Back still shows {word}"
        _go(page, "forward")
        assert "Mirjam" not in page.locator("body").inner_text()


def test_a_passkey_is_set_up_used_and_removed(chromium, site):
    """With the authenticator that Chromium itself imitates. A passkey hangs on a name, not on a number: localhost."""
    by_name = site.named("localhost")
    with opened(chromium, by_name, "data_steward", axe=True) as tab:
        page = tab.page
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }})  # fmt: skip
        page.goto(by_name.url("/aanmelden/tweede-stap/sleutels/nieuw/"))
        page.get_by_label("Naam, om te herkennen").fill("Mijn telefoon")
        page.get_by_label(re.compile("zonder wachtwoord")).check()
        page.get_by_role("button", name="Nu instellen").click()
        page.wait_for_url(lambda address: "/nieuw/" not in address)
        page.goto(by_name.url("/aanmelden/tweede-stap/sleutels/"))
        assert "Mijn telefoon" in page.locator("main").inner_text()
        assert axe(page) == []
        page.get_by_role("button", name="Uitloggen").click()
        page.get_by_role("button", name="Met een passkey").click()
        page.wait_for_url(lambda address: "/aanmelden" not in address)
        assert "Wim Oosterhuis" in page.locator("header").inner_text()
        page.goto(by_name.url("/aanmelden/tweede-stap/sleutels/"))
        page.get_by_role("link", name=re.compile("^Verwijder")).click()
        assert axe(page) == []
        page.locator("main").get_by_role("button", name=re.compile("^Verwijder")).click()
        page.wait_for_load_state()
        page.goto(by_name.url("/aanmelden/tweede-stap/sleutels/"))
        assert "Mijn telefoon" not in page.locator("main").inner_text()
        assert tab.wrong == []


def test_the_family_page_on_paper_holds_the_family_and_no_buttons(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        page = tab.page
        page.goto(site.url("/dag/"))
        page.get_by_role("link", name=FAMILY).first.click()
        page.wait_for_load_state()
        page.set_viewport_size({"width": 718, "height": 1000})  # A4 at 96 dots, within its margins
        page.emulate_media(media="print")
        for hidden in ("header", "footer.rondom-footer", ".rondom-tabs", ".rondom-quick", "main .utrecht-button",
                       "main button", "main input", "main select"):  # fmt: skip
            seen = page.locator(hidden).evaluate_all("all => all.filter((e) => e.checkVisibility()).length")
            assert seen == 0, f"{hidden} is printed"
        said = page.locator("body").inner_text()
        for words in (FAMILY, "Mirjam Visser", "Gezag", "Afgedrukt", "Sanne Bakker"):
            assert words in said
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
