"""Without a mouse, without scripts, and with hostile text in every field."""

import pytest

from rondom.demo.personas import PERSONAS
from tests.browser.conftest import opened, report
from tests.browser.essential import TASKS

STEPS, AT_ONCE = 600, 30
FOLLOW = """() => {
    for (const part of document.querySelectorAll("details")) part.open = true;
    document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex");
    window.__stops = [];
    document.addEventListener("focusin", (event) => {
        const e = event.target, s = getComputedStyle(e), box = e.getBoundingClientRect();
        const outlined = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
        window.__stops.push({
            what: e.tagName.toLowerCase() + " " + (e.id || e.name || e.textContent.trim().slice(0, 30)),
            again: "seen" in e.dataset, skips: e.getAttribute("href") === "#main",
            marked: (outlined || s.boxShadow !== "none") && box.width > 0 && box.height > 0,
        });
        e.dataset.seen = "";
    });
}"""
REACHABLE = """() => [...document.querySelectorAll(":is(main, header) :is(a[href], button:not(:disabled), "
    + "input:not([type=hidden]), select, textarea, summary)")]
    .filter((e) => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && !("seen" in e.dataset)
        && !(e.type === "radio" && e.name && document.querySelector(`[name="${e.name}"][data-seen]`)))
    .map((e) => e.tagName.toLowerCase() + " " + (e.id || e.name || e.textContent.trim().slice(0, 30)))"""
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
THERE = """() => ({stops: window.__stops, outside: document.activeElement === document.body})"""


def walk_with_tab(page, keys):
    """Press Tab until the end of the page, every fold open; return the faults on the way."""
    page.evaluate(FOLLOW)
    for _ in range(STEPS // AT_ONCE):
        for _ in range(AT_ONCE):
            keys.send("Input.dispatchKeyEvent", TAB)
        there = page.evaluate(THERE)
        if there["outside"] or any(stop["again"] for stop in there["stops"]):
            break
    stops = there["stops"]
    first = [f"the first stop is not the skip link but {s['what']}" for s in stops[:1] if not s["skips"]]
    unseen = [f"the focus cannot be seen on {s['what']}" for s in stops if not s["marked"]]
    return first + unseen + [f"cannot be reached: {what}" for what in page.evaluate(REACHABLE)]


@pytest.mark.parametrize("persona", ["case_worker", "parent", "back_office", "privacy_officer"])
def test_every_main_action_is_reached_with_the_keyboard_and_the_focus_is_seen(chromium, site, persona):
    faults = {}
    with opened(chromium, site, persona) as tab:
        keys = tab.page.context.new_cdp_session(tab.page)
        for name, path in site.visits.get(persona, []):
            tab.page.goto(site.url(path), wait_until="load")
            if found := walk_with_tab(tab.page, keys):
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


SEES_NOTHING_TYPED = {"nobody", "privacy_officer", "functional_administrator", "policy_maker", "crisis_desk"}
HOSTILE = """() => new Promise((done) => setTimeout(() => done({
    shown: document.body.innerText.includes("data-hx-get"),
    became: document.querySelectorAll("[data-hx-get='/hostile'], img[src='/hostile']").length,
}), 0))"""


@pytest.mark.parametrize("persona", ["nobody", *PERSONAS])
def test_hostile_text_starts_nothing(chromium, hostile_site, persona):
    """Markup in every text field is shown as text: no request, no dialog, no script, on any page of this persona.

    An image asks while the page is read, htmx asks when the page is there; a turn after `load` both would have asked.
    """
    faults, shown = {}, 0
    with opened(chromium, hostile_site, persona) as tab:
        tab.page.on("dialog", lambda dialog: faults.setdefault("dialog", ["a dialog opened"]))
        for name, path in hostile_site.visits[persona]:
            tab.requests.clear()
            answer = tab.page.goto(hostile_site.url(path), wait_until="load")
            found = tab.page.evaluate(HOSTILE)
            shown += found["shown"]
            if answer is None or answer.status >= 500:
                faults[name] = ["the page broke"]
            elif asked := [url for url in tab.requests if url.endswith("/hostile")]:
                faults[name] = asked
            elif found["became"]:
                faults[name] = ["hostile markup became an element"]
    assert not faults, report(faults)
    assert shown or persona in SEES_NOTHING_TYPED, "no page shows what was typed: this walk proves nothing"


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
