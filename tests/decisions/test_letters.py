"""The letter of a decision: the words of the jurist, one per person, and nobody's address in somebody else's."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from rondom.accounts.enums import Role
from rondom.accounts.queries import principal_of_staff
from rondom.core import clock, typesetting
from rondom.core.errors import BadInput, NotAllowed, VoidByLaw
from rondom.decisions import actions, letters, making, notices, queries
from rondom.decisions.models import Decision
from rondom.demo.cast import employ
from rondom.documents import store, wording
from rondom.documents.enums import DocumentState, MediaType
from rondom.documents.letters import LETTERS, Block, Changed, as_text, changed, checked, made, merged
from rondom.documents.models import Document, LetterTemplate
from tests.trust.walking import sign_in

SHORT = "{besluit}\n\n{motivering}\n\nBezwaar binnen {bezwaar_termijn}.\n\n{mandaat}"
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
    tomorrow = at + dt.timedelta(days=1)
    row_ = LetterTemplate.objects.get()
    wording.leave(by=cast.principal("rob"), at=at, wording=row_, decided_by=cast.staff["rob"], reason="Toch anders.")
    proposed = wording.propose(
        by=cast.principal("rob"), at=at, kind="decision", starts=tomorrow.date(), title="Beschikking", text=SHORT,
        written_by=cast.staff["rob"],
    )  # fmt: skip
    assert letters.letter_for(row, cast.person["anna"], at=tomorrow)[0].title.startswith("Besluit")  # not in use yet
    wording.put_in_use(by=cast.principal("judith"), at=at, wording=proposed, decided_by=cast.staff["judith"])
    letter, _ = letters.letter_for(row, cast.person["anna"], at=at)
    assert letter.title == "Besluit over jeugdhulp voor Julia Kramer"
    letter, _ = letters.letter_for(row, cast.person["anna"], at=tomorrow)
    assert (letter.title, letter.blocks[0]) == ("Beschikking", Block("text", "Wij kennen de hulp toe."))


def test_words_are_read_by_two_people_of_whom_one_is_a_jurist(cast, at):
    row = LetterTemplate.objects.get()
    with pytest.raises(NotAllowed):  # Rob wrote them
        wording.put_in_use(by=cast.principal("rob"), at=at, wording=row, decided_by=cast.staff["rob"])
    gerda = employ_beside(cast)
    with pytest.raises(NotAllowed) as refused:  # two of the back office
        wording.put_in_use(by=principal_of_staff(gerda, at=at), at=at, wording=row, decided_by=gerda)
    assert "jurist" in str(refused.value)
    with pytest.raises(NotAllowed):
        wording.put_in_use(by=cast.principal("sanne"), at=at, wording=row, decided_by=cast.staff["sanne"])
    late = at + dt.timedelta(days=30)  # its day has passed: from today
    used = wording.put_in_use(by=cast.principal("judith"), at=late, wording=row, decided_by=cast.staff["judith"])
    assert (used.state, used.starts) == ("in_use", clock.today(late))
    with pytest.raises(BadInput):
        wording.leave(by=cast.principal("judith"), at=late, wording=used, decided_by=cast.staff["judith"], reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():  # and the database knows it
        LetterTemplate.objects.filter(pk=row.pk).update(decided_by=row.written_by)


def employ_beside(cast):
    """A second colleague of the back office."""
    employ(cast, "bart", "Bart", "Molenaar", "backoffice", None, Role.BACK_OFFICE)
    return cast.staff["bart"]


@pytest.mark.parametrize("field", ["besluit", "motivering", "bezwaar_termijn", "mandaat"])
def test_words_without_what_the_law_asks_of_a_decision_are_void(field):
    with pytest.raises(VoidByLaw) as refused:
        checked(LETTERS["decision"], "Besluit", SHORT.replace(f"{{{field}}}", ""))
    assert refused.value.field == "text" and "Awb" in refused.value.source


def test_a_second_proposal_waits_for_the_first(cast, at):
    with pytest.raises(BadInput):
        wording.propose(
            by=cast.principal("judith"), at=at, kind="decision", starts=clock.today(at), title="Besluit", text=SHORT,
            written_by=cast.staff["judith"],
        )  # fmt: skip


def test_what_changes_is_told_per_paragraph():
    assert changed("Een.\n\nTwee.", "Een.\n\nDrie.") == [Changed("Twee.", True), Changed("Drie.", False)]


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


def test_letters_about_an_application_say_once_what_was_written_down(desk, cast, plain):
    """Received, something is missing, it takes longer: to who asked, each once, without an address that is secret."""
    sanne, me = cast.principal("sanne"), cast.staff["sanne"]
    row = desk.apply("lot")
    actions.ask_to_complete(
        by=sanne, at=desk.at, application=row, asked_on=desk.day, missing="Het verslag van school.", written_by=me
    )
    seen = queries.applications_for(sanne, at=desk.at).get(pk=row.pk)
    wanted = notices.to_make(seen)
    assert [each.kind for each in wanted] == ["receipt", "completion"]
    made_ = [notices.make(seen, each, by=sanne, at=desk.at, filed_by=me) for each in wanted]
    assert [each.no_address for each in made_] == [True, True]  # Mirjam lives at a secret address
    letter, _ = notices.letter_for(seen, wanted[1], at=desk.at)
    said = as_text(letter)
    assert "Het verslag van school." in said and "uiterlijk 8 december 2026" in said and "niet te behandelen" in said
    assert [d.youth for d in made_[1].document.dossiers.all()] == [cast.person["lot"]]
    again = queries.applications_for(sanne, at=desk.at).get(pk=row.pk)
    assert notices.to_make(again) == []
    with pytest.raises(BadInput):
        notices.make(again, wanted[0], by=sanne, at=desk.at, filed_by=me)


@pytest.mark.parametrize(("kind", "field"), [("completion", "aanvullen_tot"), ("postponement", "besluit_uiterlijk")])
def test_words_about_an_application_name_the_day_the_law_asks(kind, field):
    known = LETTERS[f"application-{kind}"]
    checked(known, known.first_title, known.first_text)
    with pytest.raises(VoidByLaw):
        checked(known, known.first_title, known.first_text.replace(f"{{{field}}}", "binnenkort"))


def test_who_asked_reads_what_is_missing_and_until_when_and_nobody_else(desk, cast, plain):
    sanne, me = cast.principal("sanne"), cast.staff["sanne"]
    row = desk.apply("lot")
    lot = reverse("portal:help", args=[cast.dossier["lot"].pk])

    def read(who):
        return sign_in(who).get(lot).content.decode()

    assert "De gemeente beslist uiterlijk 19 januari 2027." in read("mirjam")
    actions.ask_to_complete(
        by=sanne, at=desk.at, application=row, asked_on=desk.day, missing="Het verslag van school.", written_by=me
    )
    seen = queries.applications_for(sanne, at=desk.at).get(pk=row.pk)
    letter = notices.make(seen, notices.to_make(seen)[1], by=sanne, at=desk.at, filed_by=me)
    assert "Het verslag van school." in read("mirjam") and "tot en met 8 december 2026" in read("mirjam")
    assert "Ik wil hulp voor mijn kind." not in read("peter")  # with authority too, and did not ask
    address = reverse("portal:notice", args=[letter.pk])
    assert sign_in("mirjam").get(address).status_code == 200
    assert sign_in("peter").get(address).status_code == sign_in("esra").get(address).status_code == 404
