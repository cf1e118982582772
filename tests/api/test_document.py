"""The description of the API: served to everybody, as it stands in the documentation, and true."""

import json
import re
from pathlib import Path

from django.test import Client

from rondom.api.api_urls import urlpatterns
from rondom.api.endpoints import document

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"


def test_it_is_served_to_everybody_as_it_is_documented(db):
    served = Client().get("/api/v1/openapi.json")
    assert served.status_code == 200 and served["API-Version"] == "1.0.0"
    assert served.content.decode() == DOCS.read_text("utf-8")


def test_every_address_is_in_it_and_every_address_wears_the_door():
    described = {path.removeprefix("/api/v1/") for path in document()["paths"]}
    routes = [pattern for pattern in urlpatterns if pattern.name != "openapi"]
    assert {re.sub(r"<\w+:(\w+)>", r"{\1}", str(p.pattern)) for p in routes} == described
    assert {frozenset(p.callback.door.kinds) for p in routes} == {frozenset({"system"})}
    assert all(getattr(p.callback, "csrf_exempt", False) for p in routes)


def test_names_on_the_line_have_no_trailing_slash_and_every_refusal_is_problem_details():
    for path, operations in document()["paths"].items():
        assert not path.endswith("/")
        for operation in operations.values():
            assert operation["security"] == [{"Bearer": []}] and operation["summary"]
            for status, answer in operation["responses"].items():
                expected = "application/problem+json" if int(status) >= 400 else "application/json"
                assert set(answer["content"]) == {expected}, (path, status)


def test_it_is_json_and_says_which_standard():
    assert json.loads(json.dumps(document()))["openapi"].startswith("3.")
