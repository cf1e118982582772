"""A newer version of a document: the earlier ones stay, with who and when; of two savers one is first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rondom.core.models import Event
from rondom.documents import store
from rondom.documents.actions import Replaced
from rondom.documents.enums import DocumentState
from rondom.documents.models import Document
from rondom.documents.queries import documents_in, versions_of
from rondom.dossiers.models import Draft
from rondom.privacy.models import Relation
from tests.documents.conftest import PDF
from tests.documents.test_pages import strays
from tests.documents.test_two_savers import _together, form_of

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
NEWER = PDF + b"newer"


def address_of(document):
    return reverse("documents:newer", args=[document.pk])


def add_newer(browser, document, fields, content=NEWER, **changes):
    file = SimpleUploadedFile("verslag.pdf", content, "application/pdf")
    return browser.post(address_of(document), fields | changes | {"file": file})


def test_a_newer_version_is_added_and_the_earlier_one_stays(cast, sign_in, add, fields):
    old, browser = add(), sign_in("sanne")
    shown = browser.get(address_of(old)).context["form"]
    assert shown.initial["title"] == "Verslag van school"
    answer = add_newer(browser, old, fields, title="Verslag van school, verbeterd")
    new = Document.objects.get(replaces=old)
    assert answer.url == reverse("documents:document", args=[new.pk])
    assert (new.state, new.added_by) == (DocumentState.QUARANTINED, cast.staff["sanne"])
    assert store.digest_of(new.blob) == (len(NEWER), new.digest)
    assert store.digest_of(old.blob) == (len(PDF), old.digest)
    for one, other in ((new, old), (old, new)):
        page = browser.get(reverse("documents:document", args=[one.pk])).content.decode()
        assert one.digest in page
        assert other.digest[:12] in page
        assert f'href="{reverse("documents:document", args=[other.pk])}"' in page
    event = Event.objects.filter(kind="documents.received").latest("number")
    assert {("document", old.pk), ("document", new.pk)} <= set(event.subjects.values_list("kind", "subject"))


def test_the_list_shows_the_newest_version_only(cast, at, add):
    old = add()
    new = add(PDF + b"2", replaces=old)
    newest = add(PDF + b"3", replaces=new)
    by = cast.principal("sanne")
    listed = documents_in(cast.case["visser"], by, at=at).filter(title=old.title)
    assert list(listed) == [newest]
    assert [versions_of(one, by, at=at) for one in (old, new, newest)] == [[newest, new, old]] * 3


def test_what_is_kept_from_view_in_a_newer_version_is_not_announced(cast, at, add, sign_in, fields):
    """The newer one also concerns a child whose dossier is closed to this colleague: the older stays the one listed."""
    old = add()
    new = add(NEWER, about=("lot", "daan"), replaces=old)
    by = cast.principal("sanne")
    Relation.objects.filter(subject=cast.dossier["daan"].pk, principal=by.key).update(ends_at=at)
    listed = documents_in(cast.case["visser"], by, at=at)
    assert old in listed
    assert new not in listed
    assert versions_of(old, by, at=at) == [old]
    browser = sign_in("sanne")
    page = browser.get(reverse("documents:document", args=[old.pk])).content.decode()
    assert str(new.pk) not in page
    assert new.digest[:12] not in page
    refused = add_newer(browser, old, fields, content=PDF + b"mine")
    assert refused.status_code == 409
    assert str(new.pk) not in refused.content.decode()


def test_the_second_saver_sees_who_was_first_and_keeps_what_was_typed(cast, sign_in, add, fields, own_store):
    old, browser = add(), sign_in("sanne")
    shown = browser.get(address_of(old))
    first = add(NEWER, title="Verslag van de collega", replaces=old)
    own = {name: values[0] for name, values in form_of(shown).items() if name in ("_draft", "_once")}
    answer = add_newer(browser, old, fields | own, content=PDF + b"mine", title="Mijn verslag")
    assert answer.status_code == 409
    assert "Verslag van de collega" in answer.content.decode()
    assert Document.objects.filter(replaces__isnull=False).get() == first
    assert not strays(own_store)
    again = browser.get(address_of(first))
    assert again.context["form"]["title"].value() == "Mijn verslag"
    assert add_newer(browser, first, fields, content=PDF + b"mine", title="Mijn verslag").status_code == 302
    assert [d.title for d in Document.objects.filter(replaces=first)] == ["Mijn verslag"]
    assert not Draft.objects.filter(subject=first.pk).exists()


def test_a_double_click_adds_one_version(sign_in, add, fields, own_store):
    old, browser = add(), sign_in("sanne")
    draft = browser.get(address_of(old)).context["draft"]
    hidden = {"_draft": draft.token, "_once": str(draft.once_key)}
    one, other = (add_newer(browser, old, fields | hidden) for _ in range(2))
    assert one.url == other.url
    assert Document.objects.filter(replaces=old).count() == 1
    assert not strays(own_store)


@pytest.mark.parametrize("name", ["mark", "rob", "ineke"])
def test_a_stranger_adds_nothing(cast, sign_in, add, fields, own_store, name):
    old, browser = add(), sign_in(name)
    nothing = reverse("documents:newer", args=[cast.case["visser"].pk])
    assert browser.get(address_of(old)).content == browser.get(nothing).content
    assert add_newer(browser, old, fields).status_code == 404
    assert not Document.objects.filter(replaces=old).exists()
    assert not strays(own_store)


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "looks"], transaction=True)
def test_of_two_at_the_same_moment_exactly_one_is_first(add):
    old = add()
    results = _together(4, lambda number: add(PDF + bytes([number]), replaces=old))
    assert [type(r) for r in results if not isinstance(r, Document)] == [Replaced] * 3, results
    assert Document.objects.filter(replaces=old).count() == 1
