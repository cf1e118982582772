"""A decision in a real browser, in Dutch: from a letter of a mother to letters back, signed by another on a phone."""

import datetime as dt
import re

from django.utils import translation

from rondom.core import clock
from rondom.core.words import date_words
from tests.browser.conftest import PHONE, opened, picture, press, said


def test_two_children_one_reading_a_letter_for_each(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        family = asked_for_two(tab, site)
        for child in ("Sem", "Noor"):
            prepared(tab, family, child)
        second_asked(tab, family)
        assert tab.wrong == []
    with opened(chromium, site, "process_coordinator") as tab:
        tab.page.set_viewport_size({"width": PHONE, "height": 844})
        read_and_signed(tab, site)
        assert tab.wrong == []
    with opened(chromium, site, "case_worker") as tab:
        sent(tab, family)
        assert tab.wrong == []


def asked_for_two(tab, site):
    """A letter without a form: the time runs from the day it came in."""
    page = tab.page
    page.goto(site.url("/"))
    page.get_by_role("link", name=re.compile("Lot")).first.click()
    page.get_by_role("link", name="Besluiten", exact=True).last.click()
    family = page.url
    page.get_by_role("link", name="Een aanvraag registreren").click()
    for child in ("Sem el Amrani", "Noor el Amrani"):
        page.get_by_label(child).check()
    page.locator("#id_received_on").fill("gisteren")
    page.locator("#id_asked_by").select_option(label="Mirjam Visser")
    page.locator("#id_asked").fill("Ik wil hulp voor Sem en Noor, zij slapen zo slecht.")
    press(page, "Bewaren")
    assert "Geregistreerd. De beslistermijn loopt." in said(page)
    return family


def prepared(tab, family, child):
    page = tab.page
    page.goto(family)
    page.get_by_role("link", name="Een besluit voorbereiden").click()
    with translation.override("nl"):
        received = date_words(clock.today(clock.now()) - dt.timedelta(days=1))
    page.get_by_label(re.compile(f"Aanvraag van {received} voor {child}")).check()
    press(page, "Beginnen")
    assert "Niet elke stap van het onderzoek is beschreven." in said(page)  # would this stand?
    page.get_by_role("link", name="Het onderzoek opschrijven").click()
    for step, text in (
        ("problems", "Slaapt slecht."), ("help_needed", "Rust in de avond."), ("extent", "een uur per week"),
        ("own_strength", "Oma past op."), ("remaining_help", "Begeleiding in het gezin."),
    ):  # fmt: skip
        page.locator(f"#id_{step}").fill(text)
    press(page, "Bewaren")
    page.get_by_role("link", name="Opschrijven wat er wordt besloten").click()
    page.locator("#id_product").wait_for()
    for goal in page.locator("input[name=goals]").all():  # another journey may have made one about this child
        goal.check()
    page.locator("#id_product").select_option(label="Begeleiding in het gezin (45A04)")
    page.locator("#id_volume").fill("60")
    page.locator("#id_unit").fill("minuten")
    page.locator("#id_frequency").select_option("week")
    page.locator("#id_starts").fill("morgen")
    page.locator("#id_last_day").fill("31-5-2031")
    page.locator("#id_motivation").fill(f"{child} slaapt slecht door de onrust in huis.")
    press(page, "Bewaren")
    assert "In het besluit ontbreekt niets." in said(page)


def second_asked(tab, family):
    page = tab.page
    page.goto(family)
    page.get_by_role("link", name="Een tweede paar ogen vragen").click()
    page.locator("#id_reader").select_option(label="Yasmin Haddad")
    press(page, "Vragen om te tekenen")
    assert "Vanaf nu ligt de klok bij Yasmin Haddad." in said(page)


def read_and_signed(tab, site):
    """Only the second pair of eyes is missing: one screen, on a phone."""
    page = tab.page
    page.goto(site.url("/besluiten/?lijst=tekenen"))
    page.get_by_role("link", name=re.compile("^Lezen en tekenen.*Sem")).click()
    assert "Sem el Amrani" in said(page) and "Noor el Amrani" in said(page)
    picture(tab, "decide-1-read-and-sign")
    press(page, "Tekenen")
    assert "Getekend. De collega die het voorbereidde, verstuurt de brieven." in said(page)


def sent(tab, family):
    page = tab.page
    page.goto(family)
    page.get_by_role("link", name=re.compile("^Sem: toekennen")).click()
    assert "Er staat geen adres op: geef hem zelf." in said(page)  # she lives at a secret address
    page.get_by_role("link", name=re.compile("^De brief is weg")).click()
    press(page, "Bewaren")
    assert "Bewaard. Vanaf die dag kunnen zij bezwaar maken." in said(page)
    assert "Wie het niet eens is, kan tot en met" in said(page)
    picture(tab, "decide-2-made-known")
