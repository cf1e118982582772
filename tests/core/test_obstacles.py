"""The pages for when something is in the way: they say what to do, and nothing typed is lost."""

import errno

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils import translation

from rondom.accounts.doors import open_door
from rondom.core import errors, views
from rondom.core.kept import kept_fields
from rondom.core.middleware import ErrorPages

TYPED = "Lot vertelde <b>vandaag</b> dat ze\nweer durft te zwemmen."
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


@pytest.fixture(autouse=True)
def dutch():
    with translation.override("nl"):
        yield


def request_with(data=None, **extra):
    request = RequestFactory().post("/notitie/", data if data is not None else {"text": TYPED, "kind": "home"}, **extra)
    request.principal = None
    return request


def read(response):
    return response.content.decode()


def test_a_form_whose_protection_ended_gives_every_typed_field_back_escaped_with_a_fresh_token():
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": "nl"})
    answer = client.post("/taal/?a=1", {"text": TYPED, "kind": "home"})
    html = read(answer)
    assert answer.status_code == 403
    assert "Deze pagina stond te lang open" in html
    assert "Lot vertelde &lt;b&gt;vandaag&lt;/b&gt; dat ze\nweer durft te zwemmen.</textarea>" in html
    assert '<input type="hidden" name="kind" value="home">' in html
    assert 'action="/taal/?a=1"' in html
    token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = client.post("/taal/", {"language": "en", "csrfmiddlewaretoken": token})
    assert again.status_code == 302


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.example"}, {}])
def test_words_another_site_put_in_a_form_are_not_given_back(headers):
    assert kept_fields(request_with(headers=headers)) == []


def test_a_password_is_never_given_back():
    assert kept_fields(request_with({"login": "sanne bakker", "password": "een lang wachtwoord"}, **HERE)) == []


def test_more_than_a_page_can_hold_is_not_given_back():
    assert kept_fields(request_with({"text": "woord " * 40_000}, **HERE)) == []


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (OSError(errno.ENOENT, "No such file"), 500),
        (OperationalError("database or disk is full"), 503),
        (ValueError("a mistake of ours"), 500),
    ],
)
def test_a_full_disk_and_a_mistake_keep_the_text(error, status):
    try:
        raise error
    except type(error):
        answer = views.broken(request_with(**HERE))
    assert answer.status_code == status
    assert "weer durft te zwemmen." in read(answer)
    assert "No space" not in read(answer)
    assert ('value="' in read(answer)) and "Opnieuw versturen" in read(answer)


def test_without_text_there_is_no_empty_form():
    answer = views.out_of_order(RequestFactory().get("/"))
    assert answer.status_code == 503
    assert "<form" not in read(answer)
    assert answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (HttpResponseNotAllowed(["POST"]), "Dit adres is geen pagina"),
        (HttpResponse(status=413), "Dit is te groot"),
        (HttpResponse(status=429), "Te veel pogingen"),
    ],
)
def test_empty_answers_get_words_and_keep_their_headers(answer, words):
    answer.headers["X-Kept"] = "1"
    told = ErrorPages(lambda request: answer)(request_with())
    assert told.status_code == answer.status_code
    assert words in read(told)
    assert told.headers["X-Kept"] == "1"
    if answer.status_code == 405:
        assert told.headers["Allow"] == "POST"


def test_an_answer_with_words_of_its_own_is_left_alone():
    own = HttpResponse("x" * 100, status=429)
    assert ErrorPages(lambda request: own)(request_with()) is own


def test_a_damaged_request_and_a_too_large_one_differ():
    assert views.bad_request(request_with(), SuspiciousOperation("x")).status_code == 400
    assert views.bad_request(request_with(), RequestDataTooBig("x")).status_code == 413


def test_a_refusal_says_its_sentence_and_its_source():
    @open_door()
    def view(request):
        raise errors.VoidByLaw("Dit mag alleen met een machtiging.", source="Jw 6.1.2")

    answer = view(request_with())
    assert answer.status_code == 409
    assert "Dit mag alleen met een machtiging." in read(answer)
    assert "Jw 6.1.2" in read(answer)


def test_an_unwise_step_asks_a_reason_and_keeps_everything():
    @open_door()
    def view(request):
        raise errors.Unwise("Er loopt al een plan.")

    request = request_with({"text": TYPED, "kind": ["home", "phone"], "reason": "te kort"})
    get_token(request)
    html = read(view(request))
    assert "Er loopt al een plan." in html
    assert html.count('name="kind"') == 2
    assert "&lt;b&gt;vandaag&lt;/b&gt;" in html
    assert ">te kort</textarea>" in html


def test_a_second_saver_sees_both_values_and_keeps_the_typed_text():
    from django import forms

    class Note(forms.Form):
        text = forms.CharField(label="Tekst", widget=forms.Textarea)
        place = forms.CharField(label="Waar")

    class Saved:
        text, place, version = "Zoals Mark het schreef", "thuis", 7

    request = request_with({"text": "Zoals ik het schreef", "place": "thuis", "version": "6"})
    form = Note(request.POST)
    assert form.is_valid()
    answer = views.stale_page(request, errors.Stale("Mark was je voor.", current=Saved), form)
    html = read(answer)
    assert answer.status_code == 409
    assert "Zoals Mark het schreef" in html
    assert "Zoals ik het schreef</textarea>" in html
    assert '<input type="hidden" name="version" value="7">' in html
    assert '<input type="hidden" name="place" value="thuis">' in html


@pytest.mark.parametrize("code", [400, 403, 404, 405, 413, 429, 500, 503])
def test_every_error_page_stands_without_database_and_person(code):
    from django.template.loader import render_to_string

    html = render_to_string(f"{code}.html")
    assert "<h1>" in html
    assert "csrfmiddlewaretoken" not in html
