"""The reference is made from the code; a setting or command that is not in it fails here."""

from tools import docs, dpia


def test_the_pages_made_from_the_code_are_as_the_code_is_now():
    for name, text in docs.pages().items():
        assert (docs.DOCS / name).read_text("utf-8") == text, f"{name}: run ./dev docs"


def test_every_setting_our_code_reads_is_explained_in_settings_py():
    assert docs.settings_read() - set(docs.documented_settings()) == set()


def test_every_setting_that_is_explained_has_a_meaning():
    assert [name for name, meaning in docs.documented_settings().items() if len(meaning) < 10] == []


def test_every_room_has_a_dpia_that_was_read_for_what_it_declares_now():
    assert dpia.wrong() == []


def test_a_changed_declaration_asks_to_read_the_dpia_again():
    known = dpia.digests()
    (found,) = dpia.wrong(known | {"people": "0" * 16})
    assert "./dev docs --reviewed people" in found
    assert dpia.wrong({"unheard": "0" * 16}) == [
        "docs/dpia/unheard.md: write half a page with a line 'Reviewed on ... for declarations ...'"
    ]
