"""The header walk: every answer keeps what it says from caches, frames, guesses and other sites."""

import pytest

from tests.trust.walking import HTMX, OUTSIDE, SAMPLE, ask, model_of, routes, rows_of, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.mark.parametrize("name", ["sanne"] if SAMPLE else ["sanne", "ineke", "tom", "peter", "mirjam"])
def test_every_answer_carries_the_headers_that_protect_it(cast, name):
    client, rows = sign_in(name), rows_of(cast.case["visser"])
    wrong = []
    for route in routes():
        if route.foreign and route.kwargs:
            continue
        ids = {}
        for kwarg in route.kwargs:
            model = model_of(kwarg)
            ids[kwarg] = OUTSIDE.get(kwarg) or next((r.pk for r in rows if model and isinstance(r, model)), None)
        if None in ids.values():
            continue
        for method, extra in (("GET", {}), ("GET", HTMX), ("POST", {})):
            headers = {k.lower(): v for k, v in ask(client, method, route.path(ids), headers=extra).headers}
            wrong += [f"{method} {route.name or route.pattern}: {finding}" for finding in _missing(headers)]
    assert not wrong, "\n".join(sorted(set(wrong)))


def _missing(headers: dict[str, str]):
    if "no-store" not in headers.get("cache-control", ""):
        yield f"Cache-Control is {headers.get('cache-control')!r}"
    if not {"Cookie", "HX-Request"} <= {v.strip() for v in headers.get("vary", "").split(",")}:
        yield f"Vary is {headers.get('vary')!r}"
    if headers.get("x-content-type-options") != "nosniff":
        yield "no nosniff"
    if headers.get("x-frame-options") not in ("DENY", "SAMEORIGIN"):
        yield "can be framed"
    policy = headers.get("content-security-policy", "")
    for part in ("default-src 'none'", "base-uri 'none'"):
        if part not in policy and "sandbox" not in policy:
            yield f"the content policy lacks {part}"
    if "unsafe" in policy or "*" in policy:
        yield f"the content policy is loose: {policy}"
    if headers.get("referrer-policy") not in ("same-origin", "no-referrer"):
        yield "tells other sites where it came from"


def test_a_prefetch_is_refused_because_it_would_forge_a_look(cast):
    assert sign_in("sanne").get("/", headers={"Sec-Purpose": "prefetch"}).status_code == 425
