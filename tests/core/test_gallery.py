"""The gallery shows every component, and the reference page lists the same."""

from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from rondom.core import gallery
from rondom.core.components import Cell, Column, Pill, Table
from rondom.core.templatetags import rondom
from tools.components import page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def request_of():
    request = RequestFactory().get("/galerij/", {"stand": "te laat"})
    request.principal = None
    return request


@pytest.mark.parametrize("example", gallery.EXAMPLES, ids=[example.key for example in gallery.EXAMPLES])
def test_every_state_of_a_component_is_shown(example, request_of):
    with translation.override("nl"):
        for _name, template, html in gallery.shown(example, request_of):
            assert html.strip()
            assert "style=" not in html
            assert "{{" not in html, template


def test_every_tag_is_in_the_gallery():
    written = " ".join(state.template for example in gallery.EXAMPLES for state in example.states)
    not_shown = {"icon", "day", "head", "error_summary"}  # part of another tag, or only on a page of its own
    assert [name for name in rondom.register.tags if name not in not_shown and f"{{% {name} " not in written] == []


def test_the_reference_lists_what_the_gallery_shows():
    assert (ROOT / "docs/reference/components.md").read_text("utf-8") == page()


def test_a_posted_form_comes_back_with_what_was_typed(request_of):
    request = RequestFactory().post("/galerij/", {"who": "<b>de leerkracht</b>"})
    request.principal = None
    html = gallery.page(request).content.decode()
    assert "&lt;b&gt;de leerkracht&lt;/b&gt;" in html


def test_pages_of_a_list_keep_the_filters_in_the_address(request_of):
    example = next(e for e in gallery.EXAMPLES if e.key == "pagination")
    html = gallery.shown(example, request_of)[0][2]
    assert "?blad=1&amp;stand=te+laat" in html


def test_a_tone_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="is no tone"):
        Pill("x", "red")


def test_a_row_with_another_number_of_cells_is_refused():
    with pytest.raises(ValueError):
        _ = Table("Titel", [Column("A")], [["1", "2"]]).lines
    assert Table("Titel", [Column("A")], [["1"]]).lines == [[(Column("A"), Cell("1"))]]


def test_every_error_page_has_a_template():
    for name in (
        "400",
        "403",
        "404",
        "405",
        "413",
        "429",
        "500",
        "503",
        "form_expired",
        "refused",
        "unwise",
        "stale",
        "confirm",
    ):
        try:
            get_template(f"{name}.html")
        except TemplateDoesNotExist:
            pytest.fail(name)
