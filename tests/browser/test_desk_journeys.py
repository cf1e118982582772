"""A first day in a real browser, as docs/tutorials/first-day.md tells it; the pictures there are made here."""

import re

from tests.browser.conftest import opened, picture, said


def test_one_key_opens_a_note_anywhere_and_one_is_back(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        page = tab.page
        page.goto(site.url("/dag/"))
        picture(tab, "first-day-1-day")
        page.get_by_role("link", name="Daan (16), Finn (11), Lot (8), Sem (5) en Noor (2)").first.click()
        page.wait_for_load_state()  # the key works from the moment the page is there
        picture(tab, "first-day-2-family")
        family = page.url
        page.keyboard.press("n")
        page.wait_for_url("**/notitie/**")
        assert page.evaluate("document.activeElement.name") == "text"
        page.keyboard.type("Mirjam belde: de brief is nu duidelijk. Nog n vraag over nieuwe datums.")
        page.get_by_label("Mirjam Visser").check()
        page.locator("#id_call_back_on").fill("morgen")
        picture(tab, "first-day-3-note")
        page.get_by_role("button", name="Notitie bewaren").click()
        page.wait_for_url(family)
        assert "Notitie bewaard." in said(page)
        assert "de brief is nu duidelijk" in said(page)
        assert tab.wrong == []


def test_a_key_with_a_modifier_or_in_a_field_is_just_a_key(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        page = tab.page
        page.goto(site.url("/dag/"))
        page.keyboard.press("Control+n")
        page.keyboard.press("Alt+n")
        page.keyboard.press("/")
        page.keyboard.type("noor n")
        assert page.url == site.url("/dag/")
        assert page.locator("#search-words").input_value() == "noor n"


def test_a_meeting_is_held_and_the_agreements_stand_on_my_day_next_time(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        page = tab.page
        page.goto(site.url("/dag/"))
        page.get_by_role("link", name=re.compile("Schrijf de afspraken op.*Esra")).click()
        page.get_by_label("Wat spraken jullie af?").fill("Esra belt vrijdag de verloskundige.")
        picture(tab, "first-day-4-meeting", at="main h2")
        page.get_by_role("button", name="Afspraken bewaren").click()
        text = said(page)
        assert "De afspraken zijn bewaard." in text
        assert "Esra belt vrijdag de verloskundige." in text


def test_what_was_typed_is_back_after_leaving_the_page(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        page = tab.page
        page.goto(site.url("/notitie/"))
        page.get_by_role("link", name=re.compile("Notitie schrijven.*Timo")).click()
        here = page.url
        page.get_by_label("Wat gebeurde er?").fill("Half verhaal over de hut")
        page.get_by_role("button", name="Concept opslaan").click()
        page.goto(site.url("/dag/"))
        page.goto(here)
        assert page.get_by_label("Wat gebeurde er?").input_value() == "Half verhaal over de hut"
