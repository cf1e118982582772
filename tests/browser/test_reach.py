"""Without a mouse, without scripts, and with hostile text in every field."""

import pytest

from tests.browser.conftest import opened, report
from tests.browser.essential import TASKS

STEPS = 150
FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const s = getComputedStyle(e), box = e.getBoundingClientRect();
    const outlined = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
    return {
        what: e.tagName.toLowerCase() + " " + (e.id || e.name || e.textContent.trim().slice(0, 30)),
        mark: e.dataset.seen || (e.dataset.seen = String(window.__seen = (window.__seen || 0) + 1)),
        seen: (outlined || s.boxShadow !== "none") && box.width > 0 && box.height > 0,
    };
}"""
START = "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
REACHABLE = """() => [...document.querySelectorAll(":is(main, header) :is(a[href], button:not(:disabled), "
    + "input:not([type=hidden]), select, textarea, summary)")]
    .filter((e) => e.getClientRects().length && !e.dataset.seen
        && !(e.type === "radio" && e.name && document.querySelector(`[name="${e.name}"][data-seen]`)))
    .map((e) => e.tagName.toLowerCase() + " " + (e.id || e.name || e.textContent.trim().slice(0, 30)))"""


def walk_with_tab(page):
    """Press Tab until the end of the page; return the faults on the way."""
    faults, marks = [], set()
    for step in range(STEPS * 4):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if focus is None or focus["mark"] in marks:
            break
        marks.add(focus["mark"])
        if step == 0 and "#main" not in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            faults.append(f"the first stop is not the skip link but {focus['what']}")
        if not focus["seen"]:
            faults.append(f"the focus cannot be seen on {focus['what']}")
    return faults + [f"cannot be reached: {what}" for what in page.evaluate(REACHABLE)]


@pytest.mark.parametrize("persona", ["case_worker", "parent", "back_office", "privacy_officer"])
def test_every_main_action_is_reached_with_the_keyboard_and_the_focus_is_seen(chromium, site, persona):
    faults = {}
    with opened(chromium, site, persona) as tab:
        for name, path in site.visits.get(persona, []):
            tab.page.goto(site.url(path))
            tab.page.evaluate(START)
            if found := walk_with_tab(tab.page):
                faults[name] = found
    assert not faults, report(faults)


def test_the_skip_link_leads_to_the_content(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        tab.page.goto(site.url("/galerij/"))
        tab.page.keyboard.press("Tab")
        tab.page.keyboard.press("Enter")
        assert tab.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("task", TASKS, ids=[task.what for task in TASKS])
def test_an_essential_task_works_without_scripts(chromium, site, task):
    with opened(chromium, site, task.persona, scripts=False) as tab:
        task.do(tab.page, site)


def test_hostile_text_starts_nothing(chromium, hostile_site):
    """Markup in every text field is shown as text: no request, no dialog, no script, on any page of any persona."""
    assert hostile_site.hostile > 20
    assert hostile_site.broken == []
    faults, shown = {}, 0
    for persona, visits in hostile_site.visits.items():
        with opened(chromium, hostile_site, persona) as tab:
            tab.page.on("dialog", lambda dialog, who=persona: faults.setdefault(who, ["a dialog opened"]))
            for name, path in visits:
                tab.requests.clear()
                tab.page.goto(hostile_site.url(path), wait_until="networkidle")
                if asked := [url for url in tab.requests if "hostile" in url]:
                    faults[f"{persona} {name}"] = asked
                shown += "data-hx-get" in tab.page.inner_text("body")
                if tab.page.locator("[data-hx-get='/hostile'], img[src='/hostile']").count():
                    faults[f"{persona} {name}"] = ["hostile markup became an element"]
    assert not faults, report(faults)


def test_one_key_reaches_search_outside_fields_and_can_be_switched_off(chromium, site):
    with opened(chromium, site, "case_worker") as tab:
        page = tab.page
        page.goto(site.url("/sneltoetsen/"))
        if not page.locator("#search-words").count():
            pytest.skip("this persona has no search box")
        page.locator("main").click(position={"x": 5, "y": 5})
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search-words"
        page.keyboard.type("a/b")
        assert page.locator("#search-words").input_value() == "a/b"
        page.get_by_role("button", name="Uitzetten").click()
        page.locator("main").click(position={"x": 5, "y": 5})
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") != "search-words"
