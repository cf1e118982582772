"""Two colleagues correct the same document: the second sees both, and nothing typed is lost."""

import datetime as dt
import re
import threading

import pytest
from django.db import connection, connections
from django.urls import reverse

from rondom.core import once
from rondom.core.errors import Stale
from rondom.core.models import Event, OnceKey
from rondom.documents import actions
from rondom.documents.models import Document
from rondom.dossiers.models import Draft

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def form_of(page):
    """Return what a browser would post from this page: hidden inputs, and what is filled in."""
    html = page.content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', html)
    fields = {}
    for name, value in hidden:
        fields.setdefault(name, []).append(value.replace("&quot;", '"'))
    return fields


@pytest.fixture
def page(cast, sign_in, add):
    document = add()
    return sign_in("sanne"), document, reverse("documents:correct", args=[document.pk])


def typed(cast, shown, **changes):
    values = {"title": "Verslag van school", "kind": "report", "regime": "youth_help", "author": "", "dated_on": "",
              "concerns": [str(cast.person["lot"].pk)]}  # fmt: skip
    own = {name: value for name, value in form_of(shown).items() if name.startswith("_")}
    return own | values | changes


def colleague_saves(cast, document, at, **changes):
    current = Document.objects.get(pk=document.pk)
    actions.correct(
        by=cast.principal("sanne"), at=at, document=current, opened_version=current.version, changes=changes
    )


def test_the_second_saver_sees_both_values_and_keeps_what_was_typed(cast, at, page):
    browser, document, address = page
    shown = browser.get(address)
    colleague_saves(cast, document, at, title="Verslag van de juf", author="De Regenboog")
    answer = browser.post(address, typed(cast, shown, title="Verslag van groep 5", kind="letter"))
    text = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Verslag van de juf", "Verslag van groep 5", "De Regenboog"):
        assert words in text
    found = {d.name: d.chosen for d in answer.context["differences"]}
    assert found == {"title": "", "kind": "mine", "author": "theirs"}
    assert "Verslag van groep 5" in str(Draft.objects.get().body)


def test_choosing_per_field_saves_on_the_newest_version(cast, at, page):
    browser, document, address = page
    shown = browser.get(address)
    colleague_saves(cast, document, at, title="Verslag van de juf", author="De Regenboog")
    both = browser.post(address, typed(cast, shown, title="Verslag van groep 5", kind="letter"))
    posted = form_of(both) | {"_choose_title": "mine", "_choose_kind": "mine", "_choose_author": "theirs"}
    assert browser.post(address, posted).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.kind, document.author) == ("Verslag van groep 5", "letter", "De Regenboog")
    assert document.version == 3
    assert not Draft.objects.exists()
    assert list(document.concerns.all()) == [cast.person["lot"]]


def test_choosing_theirs_everywhere_leaves_theirs(cast, at, page):
    browser, document, address = page
    shown = browser.get(address)
    colleague_saves(cast, document, at, title="Van hen", dated_on=dt.date(2026, 11, 1),
                    concerns=[cast.person["daan"], cast.person["sem"]])  # fmt: skip
    both = browser.post(address, typed(cast, shown, title="Van mij"))
    names = {d.name for d in both.context["differences"]}
    assert names == {"title", "dated_on", "concerns"}
    assert browser.post(address, form_of(both) | {f"_choose_{n}": "theirs" for n in names}).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.dated_on) == ("Van hen", dt.date(2026, 11, 1))
    assert {p.pk for p in document.concerns.all()} == {cast.person["daan"].pk, cast.person["sem"].pk}


def test_a_third_saver_in_between_is_asked_again(cast, at, page):
    browser, document, address = page
    shown = browser.get(address)
    colleague_saves(cast, document, at, title="Tweede")
    both = browser.post(address, typed(cast, shown, title="Eerste"))
    colleague_saves(cast, document, at, title="Derde")
    again = browser.post(address, form_of(both) | {"_choose_title": "mine"})
    assert again.status_code == 409
    assert "Derde" in again.content.decode()
    assert "Eerste" in again.content.decode()


def test_a_draft_restored_after_another_saved_shows_both(cast, at, page):
    browser, document, address = page
    shown = browser.get(address)
    browser.post(reverse("dossiers:draft"), typed(cast, shown, title="Getypt voor de lunch"))
    colleague_saves(cast, document, at, title="Van de collega")
    later = browser.get(address)
    assert "Getypt voor de lunch" in later.content.decode()
    answer = browser.post(address, typed(cast, later, title="Getypt voor de lunch"))
    assert answer.status_code == 409
    assert "Van de collega" in answer.content.decode()


def test_markup_in_a_value_stays_text(cast, at, page):
    browser, document, address = page
    shown = browser.get(address)
    colleague_saves(cast, document, at, title="<script>x</script>")
    text = browser.post(address, typed(cast, shown, title='"><img src=x>')).content.decode()
    assert "<script>x" not in text
    assert "<img src" not in text


def _together(count, work):
    """Run work(number) in threads that start at once; return results and errors."""
    barrier, results = threading.Barrier(count), []

    def run(number):
        barrier.wait()
        try:
            results.append(work(number))
        except Exception as error:  # noqa: BLE001 - what went wrong is what is looked at
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "looks"], transaction=True)
def test_of_savers_at_the_same_moment_exactly_one_wins(cast, at, add):
    document = add()
    by = cast.principal("sanne")

    def save(number):
        mine = Document.objects.get(pk=document.pk)
        return actions.correct(
            by=by, at=at, document=mine, opened_version=1, changes={"title": f"Titel {number}"}
        ).title

    results = _together(6, save)
    won = [r for r in results if isinstance(r, str)]
    assert len(won) == 1, results
    assert sum(isinstance(r, Stale) for r in results) == 5, results
    document.refresh_from_db()
    assert (document.title, document.version) == (won[0], 2)
    assert Event.objects.filter(kind="documents.corrected").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "looks"], transaction=True)
def test_of_presses_at_the_same_moment_one_is_carried_out_and_all_get_its_answer(cast, at, add, rf):
    document = add()
    key, by = once.fresh(), cast.principal("sanne")
    done = []

    def press(number):
        request = rf.post("/", {"_once": str(key)})
        request.principal = by

        def act():
            actions.correct(
                by=by, at=at, document=Document.objects.get(pk=document.pk), opened_version=1,
                changes={"title": f"Titel {number}"},
            )  # fmt: skip
            done.append(number)
            return f"/klaar/{number}/"

        return once.answer(request, act).url

    results = _together(6, press)
    assert set(results) == {f"/klaar/{done[-1]}/"}, results
    assert OnceKey.objects.filter(key=key).count() == 1
    assert Document.objects.get(pk=document.pk).version == 2
    assert connection.vendor in ("sqlite", "postgresql")
