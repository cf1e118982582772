"""A quarter in a real browser: a file with a mistake, the right one, what does not fit, freezing, and the PDF.

Pictures for the tutorial are made here.
"""

import re
from pathlib import Path

import pytest

from rondom import demo
from rondom.core import typesetting
from tests.browser.conftest import PHONE, check_page, opened, picture
from tests.browser.test_decisions import press, said

SAMPLE = Path(demo.__file__).parent / "data" / "crisis-2016Q3.csv"
HEAD, *LINES = SAMPLE.read_text("utf-8").splitlines()
MONTHS = {"-07-": "-10-", "-08-": "-11-", "-09-": "-12-"}


def next_quarter() -> list[str]:
    """Return the invented lines as if the quarter after it was asked for; days that do not exist there move one on."""
    moved = [re.sub("-0[789]-", lambda found: MONTHS[found[0]], line.replace("2016-0", "2016-9", 1)) for line in LINES]
    return [re.sub(r"2016-11-31", "2016-12-01", line) for line in moved]


@pytest.fixture
def files(tmp_path):
    """A file with one age that cannot be, and the right one."""
    lines = next_quarter()
    wrong = [re.sub(r",(\d+),(crisisbed)", r",240,\2", lines[0]), *lines[1:]]
    for name, some in (("verkeerd", wrong), ("goed", lines)):
        (tmp_path / f"{name}.csv").write_text("\n".join([HEAD, *some]) + "\n", "utf-8")
    return tmp_path


def test_from_a_file_to_a_frozen_quarter(chromium, site, files):
    with opened(chromium, site, "crisis_desk", axe=True) as tab:
        brought_in(tab, site, files)
        looked_at(tab)
        frozen(tab)
        assert tab.wrong == []
    with opened(chromium, site, "nobody", axe=True) as tab:
        assert check_page(tab, site, "/cijfers/crisis/openbaar/flevoland/2016Q4/1/") == []
        assert "niet getoond" in said(tab.page)
        picture(tab, "crisis-quarter-5-public")


def brought_in(tab, site, files):
    page = tab.page
    page.goto(site.url("/"))
    page.get_by_role("link", name="Regels inlezen").click()
    page.locator("#id_file").set_input_files(files / "verkeerd.csv")
    press(page, "Inlezen")
    assert "1 regel is geweigerd" in said(page) and "240" in said(page)
    tab.wrong.clear()  # a browser calls a refusal (422) an error
    picture(tab, "crisis-quarter-1-refused", at="form.rondom-form")
    page.locator("#id_file").set_input_files(files / "goed.csv")
    press(page, "Inlezen")
    assert "Ingelezen: 92 nieuwe regels" in said(page)
    picture(tab, "crisis-quarter-2-register")


def looked_at(tab):
    page = tab.page
    page.get_by_role("link", name="Per kwartaal", exact=True).click()
    page.get_by_role("link", name="Kwartaal 4 van 2016").click()
    picture(tab, "crisis-quarter-3-what-does-not-fit")
    page.get_by_role("link", name=re.compile("^Afdoen.*CF03")).click()
    page.locator("#id_note").fill("Dertien jongeren hebben twee regels.")
    press(page, "Bewaren")
    assert "Dertien jongeren hebben twee regels." in said(page)


def frozen(tab):
    page = tab.page
    page.get_by_role("link", name="Dit kwartaal vastleggen").click()
    picture(tab, "crisis-quarter-4-freeze")
    press(page, "Vastleggen")
    assert "Editie 1 is vastgelegd." in said(page)
    page.set_viewport_size({"width": PHONE, "height": 844})
    if typesetting.available():
        with page.expect_download() as started:
            page.get_by_role("link", name="Downloaden als pdf").click()
        assert Path(started.value.path()).read_bytes().startswith(b"%PDF")
