"""S17 in a real browser, the part of the referral: a doctor refers past triage, and the back office sees what holds.

A doctor of Noordoostpolder referred on 10 January 2020; there a family has three months to come to a provider. On 9
April the referral holds, on 11 April it is too late, with the reason; a provider without contract is shown as such, and
so is whom the practice can call. No local team decides, and nobody makes contact.

Waits for claims: the refused claim, the days before the referral that are not paid, the crisis that is, and the list of
providers with a high share of the dearest product.
"""

from tests.browser.conftest import opened, press, said


def register(page, site, child, came, provider, *, crisis=False):
    page.goto(site.url("/registraties/"))
    page.get_by_role("link", name="Registreren").first.click()
    page.locator("#id_name").fill(child)
    page.locator("#id_kind").select_option("gp")
    page.locator("#id_partner").select_option(label="Huisartsenpraktijk De Kamp")
    page.locator("#id_referred_on").fill("10 januari 2020")
    page.locator("#id_provider").select_option(label=provider)
    page.locator("#id_registered_on").fill(came)
    if crisis:
        page.locator("#id_crisis").check()
    press(page, "Inschrijven")
    assert "Geregistreerd. Niemand neemt contact op." in said(page)
    return said(page)


def test_s17_a_medical_referral_holds_three_months(chromium, site):
    with opened(chromium, site, "gerda") as tab:
        page = tab.page
        text = register(page, site, "Bart Zwaan", "9 april 2020", "De Golfbreker jeugdhulp")
        assert "geldig" in text and "te laat" not in text and "NOP-2020-003" in text
        assert "Contactpersoon voor deze praktijk: Karin Boersma." in text
        assert "alleen registratie" in text  # nobody decides about it, nobody makes contact
        text = register(page, site, "Sofie Zwaan", "11 april 2020", "De Golfbreker jeugdhulp")
        assert "te laat" in text and "Dit is geen weigering van hulp." in text
        page.locator("details", has_text="Waarom?").first.click()
        assert "10 april 2020" in said(page) and "Jeugdplan Noordoostpolder 2020-2024" in said(page)
        text = register(page, site, "Guus Zwaan", "9 april 2020", "Praktijk De Wadden")
        assert "geldig" in text and "geen contract op die dag" in text
        text = register(page, site, "Loes Zwaan", "5 januari 2020", "De Golfbreker jeugdhulp", crisis=True)
        assert "geldig" in text and "De hulp begon voor de verwijzing." in text
        page.goto(site.url("/registraties/?lijst=te-laat"))
        assert "Sofie Zwaan" in said(page) and "Bart Zwaan" not in said(page)
        assert tab.wrong == []
    with opened(chromium, site, "back_office") as tab:  # another municipality
        tab.page.goto(site.url("/registraties/"))
        assert "Zwaan" not in said(tab.page)
