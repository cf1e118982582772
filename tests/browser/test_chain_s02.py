"""S02 in a real browser: parents of a boy of 13 and a girl of 3, from a teacher's worry to going on by themselves.

The teacher talked with the parents; triage finds a single question; one provider helps for a while; at the evaluation
the family goes on alone and the case closes. The pictures of docs/tutorials/from-worry-to-help.md are made here.
"""

import re

from tests.browser.conftest import opened, picture, press, said

NAME = "Storm"


def test_s02_a_single_question_from_worry_to_going_on_alone(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        write_the_worry_down(tab, site)
    with opened(chromium, site, "process_coordinator") as tab:
        judge_and_hand_out(tab, site)
    with opened(chromium, site, "case_worker") as tab:
        accept(tab, site)
        family = tab.page.url
        plan_with_the_family(tab)
        order_and_start(tab, family)
        look_back_and_close(tab, family)
        assert tab.wrong == []


def write_the_worry_down(tab, site):
    page = tab.page
    page.goto(site.url("/zorg/nieuw/"))
    page.locator("#id_child_1").fill(f"Jip {NAME}")
    page.locator("#id_born_1").fill("3-4-2013")
    page.locator("#id_child_2").fill(f"Fien {NAME}")
    page.locator("#id_born_2").fill("12-5-2023")
    page.locator("#id_adult_1").fill(f"Merel {NAME}")
    page.locator("#id_what_1").fill("moeder")
    page.locator("#id_reporter_name").fill("Meester Bas")
    page.locator("#id_reporter_kind").select_option("school")
    page.locator("#id_worry").fill("Jip is vaak niet op school. Fien komt vies en zonder eten naar de opvang.")
    page.locator("#id_going_well").fill("Jip zorgt goed voor zijn zusje.")
    press(page, "Naar de triage sturen")
    assert "Praat eerst met de ouders of de jongere." in said(page)  # D38: first talk with the parents, or say why not
    page.locator("#id_talked_on").fill("gisteren")
    page.locator("#id_agreed_with_family").fill("De ouders willen graag hulp.")
    picture(tab, "from-worry-to-help-1-worry")
    press(page, "Naar de triage sturen")
    assert "Bewaard. De triage kijkt ernaar" in said(page)
    page.goto(site.url("/zorgen/"))
    assert NAME not in page.content()  # only triage sees it now


def judge_and_hand_out(tab, site):
    page = tab.page
    page.goto(site.url("/team/"))
    page.get_by_role("link", name="Bekijken en beslissen").first.click()
    picture(tab, "from-worry-to-help-2-worries")
    page.get_by_role("link", name=re.compile(f"Bekijken en beslissen.*Jip {NAME}")).click()
    for answer in ("één vraag of probleem", "één vorm van begeleiding of hulp", "zij willen en kunnen meewerken"):
        page.get_by_label(answer).check()
    page.locator("input[name=safety_signal][value=nee]").check()
    press(page, "Beoordeling bewaren")
    assert "enkelvoudig: één vorm van hulp is genoeg; rechtstreeks naar een aanbieder" in said(page)
    picture(tab, "from-worry-to-help-3-triage")
    page.get_by_role("link", name="Uitgeven aan een team").click()
    page.locator("#id_to").select_option(label="Sanne Bakker")
    page.locator("#id_passed_on").fill("Bel moeder na vier uur.")
    press(page, "Uitgeven")
    assert "Aangeboden aan Sanne Bakker." in said(page)


def accept(tab, site):
    page = tab.page
    for _ in range(2):  # case coordination and sight on safety, each accepted
        page.goto(site.url("/dag/"))
        row = page.get_by_role("listitem").filter(has_text=re.compile(f"Jip.*Fien|{NAME}"))
        row.get_by_role("link", name="Lezen en antwoorden").first.click()
        press(page, "Aannemen: vanaf nu is het van mij")
    assert "Jip (13) en Fien (3)" in said(page)


def plan_with_the_family(tab):
    page = tab.page
    page.get_by_role("link", name="Plan", exact=True).click()
    assert "Het gezin kiest zelf de aanbieder." in said(page)  # D74, regime a
    page.get_by_role("link", name="Een plan beginnen").click()
    page.locator("#id_going_well").fill("Jip zorgt goed voor Fien. De ouders willen dat het anders gaat.")
    press(page, "Beginnen")
    a_goal(page, "Ik ga weer elke dag naar school.", "Jip", ["Jip"])
    a_line(page, "family", "Merel", "brengt Fien weg, zodat Jip op tijd is")
    page.get_by_role("link", name="Doel toevoegen").click()
    a_goal(page, "Fien komt schoon en met ontbijt op de opvang.", "Merel", ["Fien"])
    a_line(page, "provider", "Samen Sterk Polder", "komt twee keer per week in de ochtend")
    missing = "wat mensen rond het gezin doen, de datum van het eerste terugkijken"
    assert f"Er ontbreekt: {missing}." in said(page)
    page.get_by_role("link", name="Het plan afspreken").click()
    page.get_by_label(f"Merel {NAME}").check()
    press(page, "We spreken dit plan af")
    assert "Er ontbreekt: de datum van het eerste terugkijken." in said(page)  # D35: refused
    page.get_by_role("link", name="Terug zonder te bewaren").click()
    page.get_by_role("link", name=re.compile("Veranderen$")).first.click()
    page.locator("#id_first_evaluation_on").fill("overmorgen")
    press(page, "Bewaren")
    page.get_by_role("link", name=re.compile("^Toevoegen wie wat doet.*school")).click()
    a_line(page, "network", f"Oma {NAME}", "haalt Fien op maandag op")
    page.get_by_role("link", name="Het plan afspreken").click()
    page.get_by_label(f"Merel {NAME}").check()
    page.get_by_label(f"Jip {NAME}").check()
    press(page, "We spreken dit plan af")
    assert "Afgesproken." in said(page)
    picture(tab, "from-worry-to-help-4-plan")


def a_goal(page, text, who, about):
    page.locator("#id_text").fill(text)
    page.locator("#id_said_by").fill(who)
    for name in about:
        page.get_by_label(f"{name} {NAME}").check()
    press(page, "Doel bewaren")


def a_line(page, doer, who, what):
    page.locator(f"input[name=doer][value={doer}]").check()
    page.locator("#id_who").fill(who)
    page.locator("#id_what").fill(what)
    page.locator("#id_due_on").fill("morgen")
    press(page, "Bewaren")


def order_and_start(tab, family):
    page = tab.page
    page.goto(family)
    page.get_by_role("link", name="Hulp", exact=True).click()
    page.get_by_role("link", name="Hulp bestellen").click()
    page.get_by_label(f"Fien {NAME}").check()
    page.locator("#id_product").select_option(label="Samen Sterk Polder: Kortdurende hulp (45A48)")
    page.get_by_label("geen besluit nodig: iedereen mag deze hulp gebruiken").check()
    picture(tab, "from-worry-to-help-5-order")
    press(page, "Bestellen")
    assert "Besteld." in said(page) and "moet begonnen zijn:" in said(page)
    page.get_by_role("link", name=re.compile("^Is begonnen")).click()
    page.locator("input[name=right_address][value=yes]").check()
    page.locator("input[name=help_needed][value=yes]").check()
    page.locator("#id_started_on").fill("vandaag")
    press(page, "Bewaren")
    assert "De hulp is begonnen." in said(page)


def look_back_and_close(tab, family):
    page = tab.page
    page.goto(family)
    page.get_by_role("link", name=re.compile("^Terugkijken")).first.click()
    page.locator("input[name=goal_0][value=reached]").check()
    page.locator("input[name=goal_1][value=reached]").check()
    for question in ("helped", "satisfied", "alone"):
        page.locator(f"input[name={question}][value=yes]").check()
    page.locator("#id_words").fill("Het lukt ons nu zelf.")
    page.locator("#id_said_by").fill("Merel")
    page.locator("input[name=outcome][value=out]").check()
    page.get_by_label("Er zijn meer problemen bijgekomen").check()  # one other answer, and another way follows (D46)
    press(page, "Bewaren")
    assert "Bij deze antwoorden zou je verwachten: meer hulp, of een ander team erbij." in said(page)
    page.get_by_label("Er zijn meer problemen bijgekomen").uncheck()
    picture(tab, "from-worry-to-help-6-look-back")
    press(page, "Bewaren")
    assert "Het plan is afgerond. Is alle hulp gestopt? Sluit dan de casus af." in said(page)
    assert "Er loopt nog 1 bestelling van hulp." in said(page)  # the closing check of this room
    page.goto(family)
    page.get_by_role("link", name="Hulp", exact=True).click()
    page.get_by_role("link", name=re.compile("^Stop")).click()
    page.locator("#id_reason").select_option("as_planned")
    press(page, "Stoppen")
    page.goto(family)
    page.get_by_role("link", name="Deze casus afsluiten").click()
    page.locator("#id_reason").fill("Het gezin gaat zelf verder")
    if page.locator("#id_despite").count():
        page.locator("#id_despite").fill("De eerste afspraak is gehouden.")
    page.locator("main form button").last.click()
    assert "Afgesloten." in said(page)
