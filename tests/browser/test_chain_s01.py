"""S01 in a real browser: a mother mails about her son at the screen all day; advice is enough, and nothing opens.

The front office answers her by e-mail, as she asked, and writes that down. The second part is the same question of a
mother who signs in and reads the tips on her own page; the third without a name, in a browser nobody signed in to.
"""

import re

from tests.browser.conftest import opened, picture, press, said


def test_s01_a_mother_mails_advice_is_enough_and_she_goes_on_by_herself(chromium, site):
    with opened(chromium, site, "front_office") as tab:
        page = tab.page
        page.goto(site.url("/zorg/nieuw/"))
        page.locator("#id_child_1").fill("Ties Vlinder")
        page.locator("#id_reporter_name").fill("Marit Vlinder")
        page.locator("#id_reporter_kind").select_option("parent")
        page.locator("#id_channel").select_option("mail")
        page.locator("#id_answer_wanted").select_option("mail")
        page.locator("#id_worry").fill("Mijn zoon zit de hele dag achter het scherm.")
        press(page, "Naar de triage sturen")
        assert "Bewaard. Je kunt er meteen naar kijken" in said(page)
        page.goto(site.url("/zorgen/"))
        before = advice_of(page)
        page.get_by_role("link", name=re.compile("Bekijken en beslissen.*Ties Vlinder")).click()
        assert "Dit lijkt een aanvraag" in said(page)  # in writing, by the family: a person decides whether it is one
        page.get_by_role("link", name="Advies is genoeg").click()
        page.locator("#id_advice").fill("Geen gameverslaving. Spreek samen schermtijd af; tips zijn gemaild.")
        assert page.locator("#id_answered_how").input_value() == "mail"  # as she asked
        press(page, "Afronden met advies")
        assert "Er is niets geopend." in said(page) and advice_of(page) == before + 1
        assert tab.wrong == []
    with opened(chromium, site, "process_coordinator") as tab:
        page = tab.page
        page.goto(site.url("/gezinnen/"))
        assert "Vlinder" not in said(page)  # no family, no dossier, no plan
        assert tab.wrong == []
    with opened(chromium, site, "back_office") as tab:
        for path in ("/bestellingen/", "/registraties/"):
            tab.page.goto(site.url(path))
            assert "Vlinder" not in said(tab.page), path


def test_s01_a_mother_who_signs_in_reads_the_tips_on_her_own_page(chromium, site):
    with opened(chromium, site, "parent", axe=True) as tab:
        page = tab.page
        page.goto(site.url("/vraag/eigen/"))
        page.get_by_role("link", name="Iets vragen").first.click()
        page.locator("#id_child_1").fill("Ties Vlinder")
        page.locator("#id_reporter_name").fill("Marit Vlinder")
        page.locator("#id_worry").fill("Is mijn zoon verslaafd aan gamen?")
        picture(tab, "own-question-1-ask")
        press(page, "Mijn vraag versturen")
        assert "Verstuurd. Hier leest u ons antwoord." in said(page)
        assert tab.wrong == []
    with opened(chromium, site, "front_office") as tab:
        page = tab.page
        page.goto(site.url("/loket/"))
        page.get_by_role("link", name=re.compile("Bekijken en beslissen.*Ties Vlinder")).click()
        page.get_by_role("link", name="Advies is genoeg").click()
        page.locator("#id_advice").fill("Nee. Spreek samen af wanneer het scherm uit is.")
        press(page, "Afronden met advies")
        assert tab.wrong == []
    with opened(chromium, site, "parent", axe=True) as tab:
        page = tab.page
        page.goto(site.url("/vraag/eigen/"))
        assert "Nee. Spreek samen af wanneer het scherm uit is." in said(page)
        picture(tab, "own-question-2-answer")
        assert tab.wrong == []


def test_s01_the_same_question_without_a_name_is_answered_with_a_code(chromium, site):
    with opened(chromium, site, "nobody", axe=True) as tab:
        page = tab.page
        page.goto(site.url("/vraag/"))
        page.get_by_role("link", name="Vragen zonder mijn naam").click()
        page.locator("#id_organisation").select_option(label="Dronten")
        page.locator("#id_text").fill("Mijn kind zit de hele dag achter het scherm, wat nu?")
        picture(tab, "every-way-in-1-question")
        press(page, "Mijn vraag versturen")
        code = page.locator(".rondom-code").inner_text()
        assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]
        answer(chromium, site)
        page.get_by_role("link", name="Naar de pagina voor het antwoord").click()
        page.locator("#id_code").fill(code.lower())
        press(page, "Het antwoord lezen")
        assert "Spreek samen schermtijd af." in said(page)
        assert tab.wrong == []


def answer(chromium, site):
    with opened(chromium, site, "process_coordinator") as tab:
        page = tab.page
        page.goto(site.url("/zorgen/"))
        page.get_by_role("link", name=re.compile("Beantwoorden.*hele dag achter het scherm, wat nu")).click()
        page.locator("#id_answer").fill("Spreek samen schermtijd af. Bel ons gerust.")
        press(page, "Beantwoorden")
        assert "Beantwoord." in said(page)


def advice_of(page):
    return int(re.search(r"(\d+) keer was advies deze maand genoeg", said(page))[1])
