"""The letter of a decision: the words of the jurist, one per person, and nobody's address in somebody else's."""

import datetime as dt

import pytest

from rondom.core import typesetting
from rondom.core.errors import BadInput
from rondom.decisions import letters, making, queries
from rondom.decisions.models import Decision
from rondom.documents import actions as documents
from rondom.documents import store
from rondom.documents.enums import DocumentState, MediaType
from rondom.documents.letters import LETTERS, Block, as_text, checked, made, merged
from rondom.documents.models import Document

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def plain(monkeypatch):
    """Without typesetter: plain text, and fast."""
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)


def test_a_paragraph_without_its_field_falls_out_and_so_does_an_empty_heading():
    text = "# Een\n\nWel {a}.\n\n# Twee\n\n{b}\n\n# Drie\n\n{c}"
    assert merged(text, {"a": "dit", "b": "", "c": "x\n\ny"}) == (
        Block("heading", "Een"), Block("text", "Wel dit."), Block("heading", "Drie"), Block("text", "x"),
        Block("text", "y"),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["Beste {naam_van_kind},", "Een {losse haak", "{AANHEF}"])
def test_a_field_that_does_not_exist_is_refused(text):
    with pytest.raises(BadInput) as refused:
        checked(LETTERS["decision"], "Besluit", text)
    assert refused.value.field == "text"


def test_the_first_text_uses_only_fields_that_exist():
    kind = LETTERS["decision"]
    checked(kind, kind.first_title, kind.first_text)
    said = as_text(letters.Letter((), (), (), "x", merged(kind.first_text, kind.examples)))
    assert "6 weken" in said
    assert "{" not in said


def test_new_words_hold_from_their_day_and_a_made_letter_keeps_its_own(cast, at):
    row = Decision.objects.get(published_on__isnull=False)
    rob, me = cast.principal("rob"), cast.staff["rob"]
    tomorrow = at + dt.timedelta(days=1)
    documents.word_letter(
        by=rob, at=at, kind="decision", starts=tomorrow.date(), title="Beschikking", text="{besluit}", written_by=me
    )
    letter, _ = letters.letter_for(row, cast.person["anna"], at=at)
    assert letter.title == "Besluit over jeugdhulp voor Julia Kramer"
    letter, _ = letters.letter_for(row, cast.person["anna"], at=tomorrow)
    assert (letter.title, letter.blocks) == ("Beschikking", (Block("text", "Wij kennen de hulp toe."),))


def test_each_parent_gets_a_letter_with_the_own_address_only(cast, at):
    row = Decision.objects.get(published_on__isnull=False)
    said = {name: as_text(letters.letter_for(row, cast.person[name], at=at)[0]) for name in ("anna", "thijs")}
    assert "Lijzijde 33" in said["anna"] and "Kombuis" not in said["anna"]
    assert "Kombuis 4" in said["thijs"] and "Lijzijde" not in said["thijs"]
    for text in said.values():
        assert "Ik hoef geen briefjes meer over te brengen." in text  # typed once, in the plan
        assert "binnen 6 weken" in text and row.number in text and "Yasmin Haddad" in text


def test_a_secret_address_is_in_no_letter(desk, cast, plain):
    """Mirjam and Lot live at a secret address; Peter, who shares authority, gets a letter too."""
    row = desk.prepare(desk.apply("lot"))
    desk.ask(row)
    desk.sign(row)
    making.make_letters(row, by=cast.principal("sanne"), at=desk.at, filed_by=cast.staff["sanne"])
    filed = {letter.addressee.called: letter for letter in queries.letters_of(row)}
    assert {name: letter.no_address for name, letter in filed.items()} == {"Mirjam": True, "Peter": False}
    for letter in filed.values():
        text = b"".join(store.read(letter.document.blob)).decode()
        assert "Zilvermeeuw" not in text
        assert ("Ik wil hulp voor mijn kind." in text) == (letter.addressee.called == "Mirjam")  # her words to us
        assert ("De Rede 101" in text) == (letter.addressee.called == "Peter")


def test_a_16_year_old_gets_the_own_letter_and_the_mother_does_not(cast, at):
    row = Decision.objects.get(dossier=cast.dossier["esra"])
    assert queries.addressees(row, at.date()) == [cast.person["esra"]]


def test_a_letter_is_filed_in_the_dossier_of_this_child_alone(desk, cast, plain):
    row = desk.prepare(desk.apply("sem"))
    desk.ask(row)
    desk.sign(row)
    by, me = cast.principal("sanne"), cast.staff["sanne"]
    assert making.make_letters(row, by=by, at=desk.at, filed_by=me) == 1
    assert making.make_letters(row, by=by, at=desk.at, filed_by=me) == 0  # once
    document = queries.letters_of(row).get().document
    assert list(document.dossiers.all()) == [cast.dossier["sem"]]
    assert (document.state, document.regime, document.media_type) == (DocumentState.OWN, "municipal", MediaType.TXT)


def test_the_letters_of_the_cast_are_tagged_pdf(cast):
    found = Document.objects.filter(state=DocumentState.OWN)
    assert found.count() == 2
    for document in found:
        content = b"".join(store.read(document.blob))
        assert content.startswith(b"%PDF") and b"/StructTreeRoot" in content and b"/MarkInfo" in content


@pytest.mark.slow
def test_what_people_wrote_is_never_code(cast, at):
    row = Decision.objects.get(published_on__isnull=False)
    row.motivation = '#read("/etc/passwd") $x$ *vet* #let a = 1 {aanhef} \\ "'
    letter, _ = letters.letter_for(row, cast.person["anna"], at=at)
    assert row.motivation in as_text(letter)
    content, media_type = made(letter)
    assert (content[:4], media_type) == (b"%PDF", MediaType.PDF)
