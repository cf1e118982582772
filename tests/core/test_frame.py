"""The frame around every page."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation


@pytest.fixture
def request_of(client):
    """A request without anybody signed in."""
    request = RequestFactory().get("/ergens/")
    request.principal = None
    return request


def page(template: str, request) -> str:
    engine = engines["django"]
    text = (
        '{% extends "'
        + template
        + '" %}{% block title %}Titel{% endblock %}{% block content %}<h1>Titel</h1>{% endblock %}'
    )
    return engine.from_string(text).render({}, request)


@pytest.mark.parametrize("template", ["base.html", "base_resident.html", "base_plain.html"])
def test_every_page_has_a_skip_link_a_title_a_language_and_no_inline_script_or_style(request_of, template):
    with translation.override("nl"):
        html = page(template, request_of)
    assert 'href="#main"' in html
    assert "<title>Titel – Rondom</title>" in html
    assert '<html lang="nl"' in html
    assert "style=" not in html
    assert "<style" not in html
    assert html.count("<script") == html.count('<script src="')


def test_every_page_of_a_resident_names_the_confidential_adviser(request_of):
    assert "Jeugdstem" in page("base_resident.html", request_of)
    assert "Jeugdstem" not in page("base.html", request_of)


def test_the_page_that_does_not_exist_holds_no_token_and_is_equal_for_all(client):
    answers = [client.get(path) for path in ("/bestaat-niet/", "/ook-niet/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert b"csrfmiddlewaretoken" not in answers[0].content


def test_the_language_can_be_chosen(client):
    answer = client.post("/taal/", {"language": "en", "next": "/aanmelden/login/"})
    assert answer.status_code == 302
    assert client.cookies["django_language"].value == "en"
