"""The canary walk: whereabouts and the identity of who reported, planted where the Privacy classes say they are kept.

Whereabouts of the family at the secret address reach nobody outside the people who work with them; who reported in
confidence reaches no resident at all, the family included.
"""

import logging

import pytest

from rondom.core.declarations import field_privacy, our_models
from tests.trust.test_two_worlds import everything, guessable
from tests.trust.walking import Canaries, rows_of, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
OUTSIDERS = [
    "peter",
    "karim",
    "mark",
    "els",
    "yasmin",
    "fatima",
    "karin",
    "rob",
    "wim",
    "ineke",
    "tom",
    "esra",
    "emine",
]
RESIDENTS = ["mirjam", "peter", "karim", "esra", "emine"]


def test_the_privacy_classes_name_whereabouts_and_sources():
    classes = {(a.model._meta.label, a.field): a.privacy_class for m in our_models() for a in field_privacy(m)}
    assert classes["people.Address", "lines"] == "whereabouts"
    assert classes["dossiers.Note", "reporter"] == "source"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*OUTSIDERS, *RESIDENTS}))
def test_whereabouts_and_sources_stay_where_they_are(cast, caplog, name):
    caplog.set_level(logging.DEBUG)
    canaries, paths = Canaries(), guessable(cast)
    canaries.fill("visser", rows_of(cast.case["visser"]))
    closed = ({"whereabouts"} if name in OUTSIDERS else set()) | (
        {"source"} if name in {*OUTSIDERS, *RESIDENTS} else set()
    )
    found = set()
    for path, (_s, headers, body, _t, more_headers, part) in everything(name, paths).items():
        sent = body + part + repr((headers, more_headers)).encode()
        found |= {f"{path}: {model}.{field}" for _, model, field, kind in canaries.seen_in(sent) if kind in closed}
    assert not found, "\n".join(sorted(found))
    assert not canaries.seen_in(caplog.text)
    assert sign_in(name)
