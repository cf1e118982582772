"""The lawyer's pages are printed from the very tables the tests run."""

from pathlib import Path

from tools import lawpages

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_pages_are_as_the_rules_are_now():
    for name, text in lawpages.pages().items():
        assert (DOCS / name).read_text("utf-8") == text, f"{name}: run ./dev docs"
