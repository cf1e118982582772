"""The colours: text stands out at 7:1, edges at 3:1; a municipality's own theme is loaded last."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory

CSS = Path(__file__).resolve().parents[2] / "src/rondom/static/rondom/rondom.css"
COLOURS = dict(re.findall(r"--rondom-([a-z-]+): (#[0-9a-f]{6});", CSS.read_text("utf-8")))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "muted", "brand", "late") for ground in ("ground", "paper")),
        *((tone, f"{tone}-soft") for tone in ("late", "due", "calm", "plain")),
        *(("ink", f"{tone}-soft") for tone in ("late", "due", "calm", "plain")),
        *(("muted", f"{tone}-soft") for tone in ("due",)),
        *(("brand", f"{tone}-soft") for tone in ("late", "due", "calm", "plain")),
        ("on-brand", "brand"),
        ("on-brand", "brand-strong"),
        ("brand-strong", "brand-soft"),
        ("focus", "focus-halo"),
    ],
)
def test_text_stands_out_at_seven_to_one(text, ground):
    assert contrast(text, ground) >= 7


@pytest.mark.parametrize("ground", ["ground", "paper"])
def test_edges_of_fields_and_the_focus_stand_out_at_three_to_one(ground):
    assert contrast("edge", ground) >= 3
    assert contrast("focus", ground) >= 3


def test_there_are_four_tones_and_no_fifth():
    css = CSS.read_text("utf-8")
    assert set(re.findall(r"rondom-pill--([a-z]+)", css)) == {"late", "due", "calm"}
    assert set(re.findall(r"--rondom-([a-z]+)-soft:", css)) == {"late", "due", "calm", "plain", "brand"}


def test_every_style_sheet_fetches_nothing_from_elsewhere():
    for path in CSS.parent.parent.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", path.read_text("utf-8")), path


def test_a_municipality_loads_its_own_theme_last(tmp_path, settings):
    (tmp_path / "theme.css").write_text(".gemeente-theme { --rondom-brand: #123456; }")
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    settings.RONDOM_THEME, settings.RONDOM_THEME_CLASS = str(tmp_path), "gemeente-theme"
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("theme", str(tmp_path))]
    finders.get_finder.cache_clear()
    try:
        request = RequestFactory().get("/")
        html = render_to_string("404.html", request=request)
    finally:
        finders.get_finder.cache_clear()
    assert re.findall(r'href="([^"]+\.css)"', html)[-1] == "/static/theme/theme.css"
    assert 'class="voorbeeld-theme rondom-theme gemeente-theme"' in html
    assert 'src="/static/theme/logo.svg"' in html
