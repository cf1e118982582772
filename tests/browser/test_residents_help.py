"""A mother reads on her own page which help runs and waits, what was decided and why, and gets her letter."""

import re

import pytest

from tests.browser.conftest import DESKTOP, PHONE, axe, opened, said, scrolls_sideways


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_mother_reads_a_decision_and_gets_her_letter(chromium, site, width, tmp_path):
    with opened(chromium, site, "parent", axe=True) as tab:
        page = tab.page
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site.url("/mijn/"))
        page.get_by_role("link", name=re.compile("^Hulp en besluiten.*Sem")).click()
        looked_at(page, tmp_path, f"help-{width}")
        assert "Van De Vuurtoren jeugdhulp" in said(page)
        page.get_by_role("link", name=re.compile("^Wij kennen een deel toe")).click()
        looked_at(page, tmp_path, f"decision-{width}")
        text = said(page)
        assert "Waar is naar gekeken" in text and "Wat volgt" in text and "Bezwaar maken kan tot en met" in text
        with page.expect_download() as waited:
            page.get_by_role("link", name=re.compile("^De brief")).click()
        content = waited.value.path().read_bytes()
        assert content.startswith(b"%PDF") and b"/StructTreeRoot" in content
        page.get_by_role("link", name="Naar mijn pagina").click()
        page.get_by_role("link", name=re.compile("^Het plan bekijken")).first.click()
        page.get_by_role("link", name="Het plan zoals het was").click()
        looked_at(page, tmp_path, f"earlier-{width}")
        assert tab.wrong == []


def looked_at(page, folder, name):
    """Let axe read the page, and nothing stick out of the window."""
    assert axe(page) == []
    assert scrolls_sideways(page) == ""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
