"""Dutch on the screen unless somebody chose otherwise."""

import pytest
from django.conf import settings
from django.utils import translation

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_a_browser_in_english_still_gets_dutch(client):
    answer = client.get("/bestaat-niet/", headers={"accept-language": "en-US,en;q=0.9"})
    assert answer.headers["Content-Language"] == "nl"
    assert b'lang="nl"' in answer.content


def test_who_chose_english_gets_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert b'lang="en"' in client.get("/bestaat-niet/").content


def test_an_unknown_choice_is_dutch(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert b'lang="nl"' in client.get("/bestaat-niet/").content


def test_our_own_dutch_word_wins_from_that_of_a_library(db):
    """A meeting is called off ("afzeggen"); a library that also says "Cancel" means something else by it."""
    with translation.override("nl"):
        assert translation.gettext("Cancel") == "Afzeggen"
