"""The pages of documents: adding, reading, releasing, and what a stranger gets."""

import datetime as dt
import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rondom.core.models import Event, Look
from rondom.documents import jobs, scanner, store
from rondom.documents.enums import DocumentState
from rondom.documents.models import Document
from rondom.documents.queries import documents_for
from rondom.dossiers.models import Draft
from tests.documents.conftest import PDF

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def strays(root):
    """Return the files in the store that belong to no document: what a refused or broken upload left behind."""
    known = {blob.hex for blob in Document.objects.values_list("blob", flat=True)}
    return [p for p in root.rglob("*") if p.is_file() and p.name not in known]


def added():
    """Return the documents that were not there when the cast was made."""
    return Document.objects.filter(title__in=["Verslag van school", "Nog eens"])


def upload(browser, cast, fields, content=PDF, name="verslag.pdf", case="visser"):
    address = reverse("documents:list", args=[cast.case[case].pk])
    return browser.post(address, fields | {"file": SimpleUploadedFile(name, content, "text/html")})


def test_a_document_is_added_and_becomes_part_of_the_dossier(cast, sign_in, fields):
    answer = upload(sign_in("sanne"), cast, fields)
    document = added().get()
    assert answer.url == reverse("documents:document", args=[document.pk])
    assert list(document.dossiers.all()) == [cast.dossier["lot"]]
    assert document.dated_on == dt.date(2026, 11, 3)
    assert store.digest_of(document.blob) == (len(PDF), document.digest)
    event = Event.objects.filter(kind="documents.received").latest("number")
    subjects = set(event.subjects.values_list("kind", "subject"))
    assert ("dossier", cast.dossier["lot"].pk) in subjects
    assert ("person", cast.person["lot"].pk) in subjects


def test_without_scanner_it_waits_in_quarantine_and_cannot_be_downloaded(cast, sign_in, fields):
    browser = sign_in("sanne")
    upload(browser, cast, fields)
    document = added().get()
    assert document.state == DocumentState.QUARANTINED
    assert browser.get(reverse("documents:download", args=[document.pk])).status_code == 400
    page = browser.get(reverse("documents:document", args=[document.pk])).content.decode()
    assert reverse("documents:release", args=[document.pk]) in page


def test_it_is_opened_under_a_name_with_a_reason(cast, sign_in, add):
    document, browser = add(), sign_in("sanne")
    address = reverse("documents:release", args=[document.pk])
    assert browser.post(address, {"reason": "ja"}).status_code == 422
    assert browser.post(address, {"reason": "Zelf gescand van papier"}).status_code == 302
    document.refresh_from_db()
    assert (document.state, document.released_by) == (DocumentState.RELEASED, cast.staff["sanne"])
    page = browser.get(reverse("documents:document", args=[document.pk])).content.decode()
    assert "Zelf gescand van papier" in page


def test_what_the_scanner_refused_stays_closed(cast, sign_in, add):
    document, browser = add(), sign_in("sanne")
    Document.objects.update(state=DocumentState.REFUSED)
    answer = browser.post(reverse("documents:release", args=[document.pk]), {"reason": "I trust it fully"})
    assert answer.status_code == 409
    assert browser.get(reverse("documents:download", args=[document.pk])).status_code == 400


def test_a_download_is_an_attachment_nobody_runs_and_is_a_look(cast, sign_in, add):
    document = add()
    Document.objects.update(state=DocumentState.CLEAN)
    answer = sign_in("sanne").get(reverse("documents:download", args=[document.pk]))
    assert b"".join(answer.streaming_content) == PDF
    head = answer.headers
    assert head["Content-Type"] == "application/pdf"
    assert head["Content-Disposition"] == f'attachment; filename="document-{document.pk.hex[-12:]}.pdf"'
    assert head["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert head["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in head["Cache-Control"]
    assert head["Content-Length"] == str(len(PDF))
    look = Look.objects.get(kind="documents.downloaded")
    assert ("document", document.pk) in set(look.subjects.values_list("kind", "subject"))


@pytest.mark.parametrize("page", ["document", "download", "correct"])
@pytest.mark.parametrize("name", ["mark", "fatima", "karin", "rob", "tom"])
def test_a_stranger_gets_what_does_not_exist_and_the_attempt_is_recorded(cast, sign_in, add, name, page):
    document, browser = add(), sign_in(name)
    Document.objects.update(state=DocumentState.CLEAN)
    answer = browser.get(reverse(f"documents:{page}", args=[document.pk]))
    nothing = browser.get(reverse(f"documents:{page}", args=[cast.case["visser"].pk]))
    assert (answer.status_code, answer.content) == (404, nothing.content)
    assert Look.objects.get(result="denied").actor == cast.staff[name].pk


def test_a_document_of_a_shielded_dossier_is_kept_from_colleagues_without_it(cast, at, add):
    document = add(about=("lot", "daan"))
    dossier = cast.dossier["daan"]
    by = cast.principal("sanne")
    assert documents_for(by, at=at).filter(pk=document.pk).exists()
    from rondom.privacy.models import Relation

    Relation.objects.filter(subject=dossier.pk, principal=by.key).update(ends_at=at)
    assert not documents_for(by, at=at).filter(pk=document.pk).exists()


@pytest.mark.parametrize(
    ("content", "status"), [(b"MZ\x90\x00", 422), (b"<html>", 422), (b"", 422)], ids=["program", "page", "empty"]
)
def test_what_is_not_taken_in_leaves_nothing_but_the_typed_text(cast, sign_in, fields, own_store, content, status):
    answer = upload(sign_in("sanne"), cast, fields, content=content, name="school.pdf")
    assert answer.status_code == status
    assert "Verslag van school" in answer.content.decode()
    assert not strays(own_store)
    assert not added().exists()


def test_too_large_says_the_limit_and_leaves_nothing(cast, sign_in, fields, own_store, settings):
    settings.RONDOM_DOCUMENT_LIMIT = 1000
    answer = upload(sign_in("sanne"), cast, fields)
    assert answer.status_code == 422
    assert "1000" in answer.content.decode()
    assert not strays(own_store)


def test_a_refused_form_leaves_no_file(cast, sign_in, fields, own_store):
    answer = upload(sign_in("sanne"), cast, fields | {"title": ""})
    assert answer.status_code == 422
    assert "De Regenboog" in answer.content.decode()
    assert not strays(own_store)


def test_a_failing_action_leaves_no_file_and_no_row(cast, sign_in, fields, own_store, monkeypatch):
    from rondom.documents import actions

    monkeypatch.setattr(actions, "touch", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upload(sign_in("sanne"), cast, fields)
    assert not strays(own_store)
    assert not added().exists()


def test_the_same_file_twice_says_so(cast, sign_in, fields, own_store):
    browser = sign_in("sanne")
    upload(browser, cast, fields)
    again = upload(browser, cast, fields | {"title": "Nog eens"})
    assert again.status_code == 422
    assert "Verslag van school" in again.content.decode()
    assert added().count() == 1
    assert not strays(own_store)


def test_a_double_click_adds_one_document(cast, sign_in, fields, own_store):
    browser = sign_in("sanne")
    page = browser.get(reverse("documents:list", args=[cast.case["visser"].pk]))
    draft = page.context["draft"]
    hidden = {"_draft": draft.token, "_once": str(draft.once_key)}
    one, other = (upload(browser, cast, fields | hidden) for _ in range(2))
    assert one.url == other.url
    assert added().count() == 1
    assert not strays(own_store)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_answers_507_with_the_typed_text(cast, sign_in, fields, own_store, monkeypatch, code):
    def full(*args):
        raise OSError(code, "full")

    monkeypatch.setattr("os.fsync", full)
    answer = upload(sign_in("sanne"), cast, fields)
    assert answer.status_code == 507
    assert "Verslag van school" in answer.content.decode()
    assert not strays(own_store)
    assert not added().exists()


def test_a_disk_that_fills_up_during_the_upload_answers_507(cast, sign_in, fields, monkeypatch):
    def full(self, data):
        raise store.NoRoom()

    monkeypatch.setattr(store.Writer, "write", full)
    answer = upload(sign_in("sanne"), cast, fields)
    assert answer.status_code == 507
    assert "De Regenboog" in answer.content.decode()


def test_a_full_database_answers_507_with_the_typed_text(cast, sign_in, fields, monkeypatch):
    from django.db.utils import OperationalError

    from rondom.documents import actions

    def full(*args):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(actions, "touch", full)
    answer = upload(sign_in("sanne"), cast, fields)
    assert answer.status_code == 507
    assert "Verslag van school" in answer.content.decode()


def test_a_damaged_file_says_so_instead_of_being_sent(cast, sign_in, add):
    document = add()
    Document.objects.update(state=DocumentState.CLEAN)
    path = store.path_of(document.blob)
    path.write_bytes(path.read_bytes()[:-1])
    answer = sign_in("sanne").get(reverse("documents:download", args=[document.pk]))
    assert answer.status_code == 400
    assert PDF[:20] not in answer.content


def test_the_text_of_an_upload_form_is_a_draft_too(cast, sign_in, fields):
    browser = sign_in("sanne")
    address = reverse("documents:list", args=[cast.case["visser"].pk])
    token = browser.get(address).context["draft"].token
    browser.post(reverse("dossiers:draft"), {"_draft": token, "title": "Half getypt"})
    assert "Half getypt" in browser.get(address).content.decode()
    assert Draft.objects.filter(owner=cast.staff["sanne"].pk).count() == 1
    assert "Lot" in browser.get(reverse("dossiers:drafts")).content.decode()


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("CLEAN", DocumentState.CLEAN), ("FOUND", DocumentState.REFUSED), ("ABSENT", DocumentState.QUARANTINED)],
)
def test_the_scanner_decides(add, monkeypatch, verdict, state):
    monkeypatch.setattr(scanner, "place", lambda: "/socket")
    monkeypatch.setattr(scanner, "scan", lambda pieces: scanner.Verdict[verdict])
    document = add()
    document.refresh_from_db()
    assert document.state == state


def test_what_waits_is_scanned_when_a_scanner_appears(add, at, monkeypatch):
    document = add()
    monkeypatch.setattr(scanner, "place", lambda: "")
    assert jobs.scan_waiting(at=at) == 0
    monkeypatch.setattr(scanner, "place", lambda: "/socket")
    monkeypatch.setattr(scanner, "scan", lambda pieces: scanner.Verdict.CLEAN)
    waiting = Document.objects.filter(state=DocumentState.QUARANTINED).count()
    assert jobs.scan_waiting(at=at) == waiting
    document.refresh_from_db()
    assert document.state == DocumentState.CLEAN


def test_a_newer_version_stands_in_the_list_and_the_older_is_kept(cast, at, add):
    old = add()
    new = add(PDF + b"2", replaces=old)
    listed = documents_for(cast.principal("sanne"), at=at).filter(replaced_by__isnull=True)
    assert new in listed
    assert old not in listed
    assert Document.objects.filter(pk=old.pk).exists()
