"""S16 in a real browser, to the handover and its check: the route through the team, a plan the mother writes at home.

School reported; the family and its people come together; the mother writes at home; somebody keeps the plan going with
her; a second person first finds the goal not SMART, then fine; only then help can be ordered. It begins, the talk in
which Noor is handed over is planned with her mother at the table, a date after six weeks is set, and the case does not
close in silence while the help runs.
"""

import re

from tests.browser.conftest import opened, picture, press, said

GOAL = "Ik wil dat Noor praat zoals andere kinderen van haar leeftijd."


def test_s16_a_plan_with_the_family_to_the_order(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        plan_the_meeting(tab, site)
    with opened(chromium, site, "parent") as tab:
        write_at_home(tab, site)
        assert tab.wrong == []
    with opened(chromium, site, "case_worker") as tab:
        plan = take_over(tab, site)
        name_a_guardian(tab)
        order(tab, site, "Een tweede persoon moet dit doel eerst bekijken")
        ask_a_second_person(tab, plan)
    judge(chromium, site, "not_smart", "Schrijf wanneer het klaar is en wie wat doet.")
    with opened(chromium, site, "case_worker") as tab:
        order(tab, site, "Dit doel is nog niet SMART: Schrijf wanneer het klaar is")
        improve(tab, plan)
        ask_a_second_person(tab, plan)
    judge(chromium, site, "fine", "")
    with opened(chromium, site, "case_worker") as tab:
        order(tab, site, "Besteld.")
        start(tab, site)
        hand_over(tab, site)
        check_after_six_weeks(tab, site)
        assert tab.wrong == []


def family(tab, site):
    """Go to the plan of the family Visser."""
    page = tab.page
    page.goto(site.url("/gezinnen/"))
    page.get_by_role("link", name=re.compile("Daan.*Lot")).first.click()
    page.get_by_role("link", name="Plan", exact=True).click()
    return page


def plan_the_meeting(tab, site):
    page = family(tab, site)
    assert "Zorgen die binnenkwamen" in said(page)  # it began with a worry of the school
    page.get_by_role("link", name=re.compile("^Plannen")).click()
    page.locator("[name=planned_at_day]").fill("morgen")
    page.locator("[name=planned_at_time]").fill("19.30")
    page.get_by_label("Mirjam Visser").check()
    page.locator("#id_network").fill("Tante Geke\nBuurvrouw Ans")
    press(page, "Plannen")
    assert "Tante Geke" in said(page) and "Buurvrouw Ans" in said(page)


def write_at_home(tab, site):
    page = tab.page
    page.goto(site.url("/mijn/"))
    page.get_by_role("link", name=re.compile("^Zelf iets schrijven.*Noor")).click()
    page.get_by_label("Noor", exact=True).check()
    page.get_by_label("Mijn eigen woorden").fill(GOAL)
    press(page, "Voor mezelf bewaren")
    assert "Niemand anders ziet het." in said(page)
    picture(tab, "with-the-family-1-at-home")
    press(page, "Delen met Sanne Bakker")
    assert "Gedeeld." in said(page)


def take_over(tab, site):
    page = family(tab, site)
    page.get_by_role("link", name=re.compile("^Lezen en antwoorden.*Mirjam, Ik wil dat Noor")).click()
    picture(tab, "with-the-family-2-take-over")
    press(page, "Overnemen")
    assert GOAL in said(page) and "Mirjam · over Noor" in said(page)
    return page.url


def name_a_guardian(tab):
    page = tab.page
    page.get_by_role("link", name=re.compile("planbewaker")).first.click()
    page.locator("#id_because").fill("Mirjam slaapt slecht en kan het nu niet alleen.")
    page.locator("#id_outside").fill("Tante Geke")
    press(page, "Deze persoon aanwijzen")
    assert "Tante Geke, sinds" in said(page)


def ask_a_second_person(tab, plan):
    page = tab.page
    page.goto(plan)
    page.get_by_role("link", name=re.compile("^Een tweede paar ogen vragen.*Ik wil dat Noor")).click()
    page.locator("#id_asked_of").select_option(label="Yasmin Haddad")
    page.locator("#id_due_on").fill("vandaag")
    press(page, "Vragen om mee te kijken")
    assert "gevraagd aan Yasmin Haddad" in said(page)


def judge(chromium, site, outcome, words):
    with opened(chromium, site, "process_coordinator") as tab:
        page = tab.page
        page.goto(site.url("/dag/"))
        row = page.get_by_role("listitem").filter(has_text="of een doel duidelijk genoeg is").filter(has_text="Noor")
        row.get_by_role("link", name=re.compile("^Lezen en antwoorden")).first.click()
        assert GOAL in said(page)
        page.locator(f"input[name=outcome][value={outcome}]").check()
        page.locator("#id_words").fill(words)
        picture(tab, f"with-the-family-3-{outcome}")
        press(page, "Antwoord geven")
        assert tab.wrong == []


def improve(tab, plan):
    page = tab.page
    page.goto(plan)
    page.get_by_role("link", name=re.compile("^Veranderen.*Ik wil dat Noor")).click()
    page.locator("#id_noticed_by").fill("Zij zegt zinnen van vier woorden.")
    page.locator("#id_due_on").fill("1-9-2027")
    press(page, "Doel bewaren")
    page.get_by_role("link", name=re.compile("^Toevoegen wie wat doet.*Noor")).click()
    page.locator("input[name=doer][value=network]").check()
    page.locator("#id_who").fill("Tante Geke")
    page.locator("#id_what").fill("leest elke avond voor")
    page.locator("#id_due_on").fill("morgen")
    press(page, "Bewaren")


def choose(page, field, words):
    """Choose the option that holds these words."""
    option = page.locator(f"#id_{field} option").filter(has_text=words).first
    page.locator(f"#id_{field}").select_option(option.get_attribute("value"))


def order(tab, site, answer):
    page = family(tab, site)
    page.get_by_role("link", name="Hulp", exact=True).click()
    page.get_by_role("link", name="Hulp bestellen").click()
    page.get_by_label("Noor el Amrani").check()
    choose(page, "goal", "Ik wil dat Noor")
    choose(page, "product", "45A04")
    page.locator("#id_volume").fill("60")
    page.locator("#id_frequency").select_option("week")
    page.locator("#id_last_day").fill("1-9-2027")
    page.get_by_label("er is een besluit").check()
    page.locator("#id_decision_reference").fill("2026-0901")
    page.locator("#id_decided_on").fill("vandaag")
    press(page, "Bestellen")
    assert answer in said(page)


def start(tab, site):
    page = family(tab, site)
    page.get_by_role("link", name="Hulp", exact=True).click()
    row = page.get_by_role("listitem").filter(has_text="Noor").filter(has_text="Begeleiding in het gezin")
    row.get_by_role("link", name=re.compile("^Is begonnen")).first.click()
    page.locator("input[name=right_address][value=yes]").check()
    page.locator("input[name=help_needed][value=yes]").check()
    page.locator("#id_started_on").fill("vandaag")
    press(page, "Bewaren")
    assert "De hulp is begonnen." in said(page)


def hand_over(tab, site):
    """Plan the talk with Mirjam and the provider; until it was held and taken over the order says that it is open."""
    page = family(tab, site)
    page.get_by_role("link", name="Hulp", exact=True).click()
    row = page.get_by_role("listitem").filter(has_text="Noor").filter(has_text="Begeleiding in het gezin")
    row.get_by_role("link", name="Begeleiding in het gezin", exact=True).first.click()
    assert "Warme overdracht" in said(page) and "nog te plannen" in said(page)
    page.get_by_role("link", name="Het gesprek plannen").click()
    page.locator("[name=planned_at_day]").fill("morgen")
    page.locator("[name=planned_at_time]").fill("15.00")
    page.get_by_label("Mirjam Visser").check()
    page.locator("#id_received_by").fill("Ilse Vos, gezinscoach")
    press(page, "Plannen")
    assert "gesprek gepland" in said(page) and "Ilse Vos" in said(page)
    picture(tab, "with-the-family-4-handover")


def check_after_six_weeks(tab, site):
    page = tab.page
    page.goto(site.url("/gezinnen/"))
    page.get_by_role("link", name=re.compile("Daan.*Lot")).first.click()
    home = page.url
    page.get_by_role("link", name="Datum afspreken").click()
    page.locator("#id_title").fill("Kijken of de hulp voor Noor werkt, samen met Mirjam")
    page.locator("#id_due").fill("1-2-2027")
    page.locator("#id_why").fill("Zes weken na de start")
    press(page, "Datum vastleggen")
    assert "Kijken of de hulp voor Noor werkt" in said(page)
    page.goto(home)
    page.get_by_role("link", name="Deze casus afsluiten").click()
    assert "bestellingen van hulp" in said(page)
