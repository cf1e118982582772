"""S04 in a real browser, as far as safety needs it: an eviction near, a mother who keeps away, a daughter of one.

The housing association reports without having talked with the mother, and says why; triage finds a multiproblem and a
reason to check safety; the assessment is asked at once, and again when people look back; three domains have an owner
each and the eviction is a hard date; not enough progress offers exactly two ways; the case does not close with an open
risk; Veilig Thuis accepts sight on safety.

Waits for later rooms: the order to the GGD, the reporting code as a record, the protection table.
"""

import re

from tests.browser.conftest import opened, press, said

NAME = "Vlieger"
DOMAINS = (
    ("Er komt geen brief meer over de huur.", "Schuldhulp Dronten", "maakt met moeder een lijst van alle schulden"),
    ("Het huis is schoon en warm genoeg voor Liv.", "Woningcorporatie", "wacht met ontruimen en maakt de keuken"),
    ("Liv eet en slaapt op tijd.", "Sanne", "komt drie keer per week in de ochtend"),
)


def test_s04_the_part_that_is_about_safety(chromium, site):
    with opened(chromium, site, "process_coordinator") as tab:
        page = tab.page
        the_worry(page, site)
        judge_and_hand_out(page)
    with opened(chromium, site, "case_worker") as tab:
        family = accept(tab.page, site)
        plan(tab.page)
        assess_the_start(tab.page, family)
        look_back(tab.page, family)
        no_quiet_closing(tab.page, family)
        to_veilig_thuis(tab.page, family)
        assert tab.wrong == []


def the_worry(page, site):
    page.goto(site.url("/zorg/nieuw/"))
    page.locator("#id_child_1").fill(f"Liv {NAME}")
    page.locator("#id_born_1").fill("3-10-2025")
    page.locator("#id_adult_1").fill(f"Kim {NAME}")
    page.locator("#id_what_1").fill("moeder")
    page.locator("#id_reporter_name").fill("Wijkbeheerder")
    page.locator("#id_reporter_kind").select_option("housing")
    page.locator("#id_worry").fill("Huur niet betaald, huis vervuild, over drie weken ontruiming.")
    press(page, "Naar de triage sturen")
    assert "Kon dat niet? Schrijf dan waarom." in said(page)
    page.locator("#id_not_talked_because").fill("Moeder doet niet open en neemt niet op.")
    press(page, "Naar de triage sturen")
    assert "Bewaard." in said(page)


def judge_and_hand_out(page):
    page.goto(re.sub(r"/zorg.*", "/zorgen/", page.url))
    page.get_by_role("link", name=re.compile(f"Bekijken en beslissen.*Liv {NAME}")).click()
    assert "Moeder doet niet open en neemt niet op." in said(page)
    for name, value in CHOSEN.items():
        page.locator(f"input[name={name}][value={value}]").check()
    press(page, "Beoordeling bewaren")
    assert "multiproblem" in said(page) and "naar het hulpteam" in said(page)
    page.get_by_role("link", name="Uitgeven aan een team").click()
    page.locator("#id_to").select_option(label="Sanne Bakker")
    page.locator("#id_passed_on").fill("Ga samen met de wijkbeheerder.")
    press(page, "Uitgeven")


CHOSEN = {"problems": "stubborn", "help": "combination", "parents": "dropping_out", "safety_signal": "ja"}


def accept(page, site):
    for _ in range(2):
        page.goto(site.url("/dag/"))
        row = page.get_by_role("listitem").filter(has_text=re.compile(rf"Liv \(1\)|{NAME}"))
        row.get_by_role("link", name="Lezen en antwoorden").first.click()
        press(page, "Aannemen: vanaf nu is het van mij")
    assert "Beoordeel de veiligheid van de kinderen: er is een signaal" in said(page)
    return page.url


def plan(page):
    page.get_by_role("link", name="Plan", exact=True).click()
    assert "Wij blijven dichtbij." in said(page)  # D74, regime c
    page.get_by_role("link", name="Een plan beginnen").click()
    page.locator("#id_going_well").fill("Kim zorgt met liefde voor Liv.")
    page.locator("#id_first_evaluation_on").fill("morgen")
    press(page, "Beginnen")
    for number, (goal, owner, what) in enumerate(DOMAINS):
        if number:
            page.get_by_role("link", name="Doel toevoegen").click()
        page.locator("#id_text").fill(goal)
        page.locator("#id_said_by").fill("Kim")
        page.get_by_label(f"Liv {NAME}").check()
        press(page, "Doel bewaren")
        page.locator("input[name=doer][value=provider]").check()
        page.locator("#id_who").fill(owner)
        page.locator("#id_what").fill(what)
        page.locator("#id_due_on").fill("morgen")
        press(page, "Bewaren")
    for _goal, owner, _what in DOMAINS:
        assert owner in said(page)
    page.get_by_role("link", name="Het plan afspreken").click()
    page.get_by_label(f"Kim {NAME}").check()
    page.locator("#id_no_network_because").fill("Kim wil nog niemand erbij.")
    press(page, "We spreken dit plan af")
    assert "Afgesproken." in said(page)


def assess_the_start(page, family):
    page.goto(family)
    page.get_by_role("link", name="Datum afspreken").click()
    page.locator("#id_title").fill("Ontruiming: dan staat het gezin op straat")
    page.locator("#id_due").fill("overmorgen")
    page.locator("#id_why").fill("Vonnis van de rechter")
    press(page, "Datum vastleggen")
    assert "Ontruiming" in said(page)
    assess(page, family, "conditions", "overmorgen")
    assert "Bewaard. Spreek nu af wat het kind veilig houdt." in said(page)
    assert "Alleen veilig met afspraken: Liv" in page.locator(".rondom-family").inner_text()
    page.get_by_role("link", name="Iets afspreken").click()
    page.locator("#id_who").fill("Kim")
    page.locator("#id_what").fill("laat Liv nooit alleen")
    page.get_by_label(f"Liv {NAME}").check()
    page.locator("#id_checked_by").fill("Sanne")
    page.locator("#id_check_on").fill("morgen")
    press(page, "Afspreken")
    assert "laat Liv nooit alleen" in said(page)


def assess(page, family, outcome, again):
    page.goto(family)
    page.get_by_role("link", name="Veiligheid", exact=True).click()
    page.get_by_role("link", name="Veiligheid beoordelen").first.click()
    if page.locator("#id_occasion").input_value() == "signal":
        page.locator("#id_signal").fill("De woningcorporatie zag een vervuild huis.")
    page.locator("#id_parents_spoken").fill("Kim, thuis")
    page.locator("input[name=met_0][value=seen]").check()
    page.locator("#id_worries_0").fill("Liv kruipt tussen het vuil.")
    page.locator("#id_keeps_safe_0").fill("Kim laat ons nu binnen.")
    page.locator("#id_said_by_0").fill("zelf gezien")
    page.locator(f"input[name=outcome_0][value={outcome}]").check()
    page.locator("#id_next_on").fill(again)
    press(page, "Beoordeling bewaren")


def look_back(page, family):
    page.goto(family)
    page.get_by_role("link", name=re.compile("^Terugkijken")).first.click()
    for number in range(3):
        page.locator(f"input[name=goal_{number}][value=open]").check()
    for question in ("helped", "satisfied", "alone"):
        page.locator(f"input[name={question}][value=no]").check()
    page.locator("input[name=outcome][value=continue]").check()
    page.locator("#id_next_on").fill("overmorgen")
    press(page, "Bewaren")
    two = "het plan aanpassen, meer hulp, of een ander team erbij"
    assert f"Bij deze antwoorden zou je verwachten: {two}." in said(page)  # D56: exactly two ways
    page.locator("input[name=outcome][value=up]").check()
    page.locator("#id_talk_on").fill("morgen")
    press(page, "Bewaren")
    assert "Bewaard." in said(page)
    page.goto(family)
    assert "Ontruiming: dan staat het gezin op straat" in said(page)  # the hard date stays whatever the outcome is


def no_quiet_closing(page, family):
    page.goto(family)
    page.get_by_role("link", name="Deze casus afsluiten").click()
    page.locator("#id_reason").fill("Klaar")
    page.locator("#id_despite").fill("Wij hebben het druk")
    press(page, "Afsluiten")
    assert "Deze casus kan niet dicht." in said(page)
    assert page.locator(".rondom-badge").count()


def to_veilig_thuis(page, family):
    assess(page, family, "unsafe", "morgen")
    page.wait_for_load_state("load")
    assert "meld bij Veilig Thuis" in page.content()
    page.get_by_role("link", name="Gemeld? Schrijf wie het zicht op de veiligheid overnam").click()
    page.locator("input[name=where][value=veilig_thuis]").check()
    page.locator("#id_name").fill("Veilig Thuis Flevoland")
    press(page, "Vanaf vandaag ligt het daar")
    assert "schrijf wie daar ja zei" in said(page).lower()
    page.locator("#id_accepted_by").fill("Ria van Dam")
    press(page, "Vanaf vandaag ligt het daar")
    assert "Veilig Thuis Flevoland" in page.locator(".rondom-family").inner_text()
    assert page.locator(".rondom-badge").count()  # it stays while the child is not safe
