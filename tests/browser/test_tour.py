"""The guided tour and the page of a school, in a real browser: pictures for the tutorial are made here."""

from tests.browser.conftest import opened, picture, press, said


def test_the_tour_is_walked_with_its_buttons(chromium, site):
    with opened(chromium, site, "nobody", axe=True) as tab:
        page = tab.page
        page.goto(site.url("/demo/"))
        page.get_by_role("link", name="Volg de rondleiding").click()
        page.get_by_role("link", name="Volgende stap").click()
        page.get_by_role("link", name="Volgende stap").click()
        picture(tab, "guided-tour-1-step")
        press(page, "Deze pagina openen als Yasmin Haddad")
        assert "Lieke Vonk" in said(page)
        page.get_by_role("link", name="Rondleiding", exact=True).click()
        assert "Stap 3 van" in said(page)
        assert tab.wrong == []


def test_a_mentor_goes_on_with_what_he_began_and_shares_it(chromium, site):
    with opened(chromium, site, "teacher", axe=True) as tab:
        page = tab.page
        page.goto(site.url("/mijn-plek/"))
        picture(tab, "my-school-1-home")
        page.get_by_role("link", name="Verder met de zorg die u begon").click()
        assert page.locator("#id_child_1").input_value() == "Noud Dekker"
        press(page, "Deze zorg delen")
        assert "Praat eerst met de ouders" in said(page)
        page.locator("#id_not_talked_because").fill("De ouders nemen niet op.")
        press(page, "Deze zorg delen")
        assert "Gedeeld." in said(page) and "Noud Dekker" in said(page)
        assert tab.wrong == []
