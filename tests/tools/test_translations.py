"""Dutch is complete: every sentence on the screen has its translation, with the same placeholders."""

import pytest
from django.utils import translation
from django.utils.translation import gettext, trans_real

from rondom.core import translations
from tools import translate


def test_every_sentence_has_its_dutch():
    assert translate.faults() == []


def test_a_template_gives_its_sentences_with_plural_and_note(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}<p>"quoted" {{ x }}</p>\n  {% translate "One" %}\n'
        "{# Translators: of the list #}\n"
        "{% blocktranslate count n=n trimmed %}\n {{ n }} row\n{% plural %}\n {{ n }} rows\n{% endblocktranslate %}"
        '{% translate "May" context "month" %}'
    )
    assert [(context, msgid) for context, msgid, _ in translate.sentences_in(page)] == [
        (None, "One"),
        (None, ("%(n)s row", "%(n)s rows")),
        ("month", "May"),
    ]


def test_python_gives_its_sentences(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('a = _("One " "two")\nb = ngettext("%d day", "%d days", n)\nc = pgettext_lazy("month", "May")\n')
    assert [(context, msgid) for context, msgid, _ in translate.sentences_in(module)] == [
        (None, "One two"),
        (None, ("%d day", "%d days")),
        ("month", "May"),
    ]


@pytest.mark.parametrize(
    ("dutch", "faults"),
    [("Verder als %(name)s", 0), ("Verder als %(naam)s", 1), ("Verder", 1), ("", 1)],
)
def test_a_translation_keeps_the_placeholders(dutch, faults):
    catalog = translate.Catalog()
    message = catalog.add("Continue as %(name)s", dutch)
    assert len(list(translate._faults_of(message))) == faults


def test_a_missing_or_older_compiled_catalogue_is_made_again(tmp_path, monkeypatch):
    po = tmp_path / "room" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(translate.HEADER + 'msgid "One"\nmsgstr "Een"\n', "utf-8")
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    assert translations.compile_if_needed() == 1
    assert translations.compile_if_needed() == 0
    po.write_text(translate.HEADER + 'msgid "One"\nmsgstr "Eén"\n', "utf-8")
    assert translations.compile_if_needed() == 1
    assert "Eén".encode() in po.with_suffix(".mo").read_bytes()


def test_a_process_that_makes_the_catalogues_speaks_dutch_at_once(tmp_path, monkeypatch):
    with translation.override("nl"):
        dutch = gettext("Save")
    monkeypatch.setitem(
        trans_real._translations, "nl", trans_real.DjangoTranslation("en")
    )  # read before they were there
    with translation.override("nl"):
        assert gettext("Save") == "Save" != dutch
    po = tmp_path / "room" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(translate.HEADER + 'msgid "One"\nmsgstr "Een"\n', "utf-8")
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    assert translations.compile_if_needed() == 1
    with translation.override("nl"):
        assert gettext("Save") == dutch
