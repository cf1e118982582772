"""Essential tasks: each must succeed without JavaScript. A room adds its own to TASKS.

    @task("case_worker", "write a note")
    def write_a_note(page, site): ...

`page` is a Playwright page signed in as the persona (`nobody`: not signed in); raise or assert when it does not work.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.browser.conftest import said

Do = Callable[[Any, Any], None]


@dataclass(frozen=True)
class Task:
    """Somebody must be able to do this, whatever the browser."""

    persona: str
    what: str
    do: Do


TASKS: list[Task] = []


def task(persona: str, what: str) -> Callable[[Do], Do]:
    """Register an essential task."""

    def register(do: Do) -> Do:
        TASKS.append(Task(persona, what, do))
        return do

    return register


@task("case_worker", "switch to English and back")
def switch_language(page: Any, site: Any) -> None:
    page.goto(site.url("/galerij/"))
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Gallery"
    page.get_by_role("button", name="Nederlands").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Galerij"


@task("case_worker", "find the way from an error to its field, with everything typed still there")
def correct_a_form(page: Any, site: Any) -> None:
    page.goto(site.url("/galerij/"))
    form = page.locator("form:has(#id_who)")
    form.locator("#id_what").fill("Lot gaat weer zwemmen.")
    form.locator("#id_day").fill("31-2-2019")
    form.get_by_role("button", name="Opslaan").click()
    assert page.locator("#eigen_what").input_value() == "Lot gaat weer zwemmen."
    page.locator("[data-error-summary]").first.get_by_role("link").nth(1).click()
    assert page.url.endswith("#eigen_day")
    page.locator("#eigen_day").fill("3 april 2019")
    page.locator("#eigen_who").fill("de leerkracht")
    page.locator("#eigen_how_0").check()
    page.get_by_role("button", name="Probeer opnieuw").click()
    assert "Alles is leesbaar" in said(page)


@task("case_worker", "sign out")
def sign_out(page: Any, site: Any) -> None:
    page.goto(site.url("/galerij/"))
    page.get_by_role("button", name="Uitloggen").click()
    page.goto(site.url("/galerij/"))
    assert "/aanmelden/" in page.url


@task("case_worker", "write a note about a family")
def write_a_note(page: Any, site: Any) -> None:
    page.goto(site.url("/notitie/"))
    page.get_by_role("link", name=re.compile("Notitie schrijven.*Esra")).click()
    page.get_by_label("Wat gebeurde er?").fill("Esra liet de echo zien.")
    page.get_by_label("Esra Yılmaz").check()
    page.get_by_label("huisbezoek").check()
    page.get_by_role("button", name="Notitie bewaren").click()
    assert "Notitie bewaard." in said(page)


@task("case_worker", "plan a meeting with a ground for who comes from outside")
def plan_a_meeting(page: Any, site: Any) -> None:
    page.goto(site.url("/gezinnen/"))
    page.get_by_role("link", name=re.compile("Openen.*Esra")).click()
    page.get_by_role("link", name="Bijeenkomst plannen").first.click()
    page.get_by_label("Waarvoor?").fill("Kraamzorg bespreken")
    page.locator("[name=planned_at_day]").fill("overmorgen")
    page.locator("[name=planned_at_time]").fill("11.00")
    page.get_by_label("Esra Yılmaz").check()
    page.locator("#id_outside_1").fill("Verloskundige De Kiem")
    page.locator("#id_ground_1").select_option("network")
    page.get_by_role("button", name="Plannen").click()
    text = said(page)
    assert "Verloskundige De Kiem" in text
    assert "door het gezin zelf gevraagd" in text


@task("process_coordinator", "say why and open a family of a colleague")
def state_a_ground(page: Any, site: Any) -> None:
    page.goto(site.url("/team/"))
    page.get_by_role("link", name=re.compile("Zeg waarom en open.*Julia")).click()
    page.get_by_label("de regisseur vroeg mij om advies").check()
    page.get_by_role("button", name="Dit gezin openen").click()
    assert "Open tot het eind van vandaag." in said(page)
    assert "Julia blijft op woensdag bij Thijs eten." in said(page)


@task("case_worker", "find a family by phone number")
def find_by_phone(page: Any, site: Any) -> None:
    page.goto(site.url("/zoeken/"))
    page.get_by_label("Naam, geboortedatum of telefoonnummer").fill("06 12345001")
    page.locator("main").get_by_role("button", name="Zoeken").click()
    assert "Mirjam Visser" in said(page)
    assert "12345001" not in page.url


@task("case_worker", "see whom to ring about a child and who decides, and add a phone number")
def ring_about_a_child(page: Any, site: Any) -> None:
    page.goto(site.url("/gezinnen/"))
    page.get_by_role("link", name=re.compile("Openen.*Esra")).click()
    page.get_by_role("link", name="Mensen", exact=True).click()
    page.get_by_role("link", name="Emine Yılmaz").click()
    assert "Heeft gezag over" in page.locator(".rondom-person").inner_text()
    page.get_by_role("link", name="Telefoon of e-mail toevoegen").click()
    page.get_by_label("Nummer of adres").fill("0612345099")
    page.get_by_label("veilig om te gebruiken").check()
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    assert "06 1234 5099" in page.locator(".rondom-person").inner_text()


@task("case_worker", "ask whether somebody is known, without being told")
def ask_whether_known(page: Any, site: Any) -> None:
    page.goto(site.url("/zoeken/elders/"))
    page.locator("#id_bsn").fill("999990019")
    page.get_by_label("Waarom vraag je dit?").fill("De huisarts belde mij")
    page.get_by_role("button", name="Vragen").click()
    assert "Je vraag is doorgegeven." in said(page)


@task("case_worker", "add a newer version of a document, with the earlier one still there")
def add_a_newer_version(page: Any, site: Any) -> None:
    page.goto(site.url("/gezinnen/"))
    page.get_by_role("link", name=re.compile("Openen.*Esra")).click()
    page.get_by_role("link", name="Documenten").click()
    page.get_by_role("link", name="Brief van de verloskundige", exact=True).click()
    page.get_by_role("link", name="Nieuwe versie toevoegen").click()
    file = {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"De brief, nu met de datum van de echo."}
    page.get_by_label("Welk bestand?").set_input_files(file)
    page.get_by_role("button", name="Deze versie toevoegen").click()
    text = said(page)
    assert "Versie 2 (deze pagina)" in text
    page.get_by_role("link", name="Versie 1").click()
    assert "Er is een nieuwere versie van dit document." in said(page)


@task("nobody", "follow the guided tour")
def follow_the_tour(page: Any, site: Any) -> None:
    page.goto(site.url("/demo/rondleiding/?stap=12"))
    page.get_by_role("button", name="Deze pagina openen als Rob Kuiper").click()
    assert "Bestellingen" in page.locator("h1").inner_text()
    page.get_by_role("link", name="Rondleiding", exact=True).click()
    assert "Stap 12 van" in said(page)
