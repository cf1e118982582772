"""The rights walk: every address, as everybody, about a family that is not theirs.

The answer has the status, headers and body of the answer about something that does not exist; no canary of the family
is in any byte of any answer, nor in a log; the attempt is recorded as a refused look.

Everybody reads every address about two families that are closed to them, in turn: so somebody reads every address
about every family. Writing and the other ways to ask (HEAD, as a part for htmx) take turns over the families and the
people. The sample (`walking.SAMPLE`) reads about one family, with fewer people.
"""

import logging

import pytest

from rondom.core.ids import new_id
from rondom.core.models import Look
from tests.trust.walking import (
    HTMX,
    OUTSIDE,
    SAMPLE,
    Answer,
    Canaries,
    ask,
    model_of,
    principal,
    routes,
    rows_of,
    sign_in,
    turn,
    walked,
)

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

# To whom each family is closed. `row`: may know that the family exists (names on the list of the team), opens nothing.
FAMILIES = ("visser", "de_boer", "yilmaz", "kuiper", "hofstra")
ALL = set(FAMILIES)
STRANGER_TO = {
    "sanne": {"kuiper", "hofstra"},
    "mark": {"kuiper", "hofstra"},
    "yasmin": {"kuiper", "hofstra"},
    "els": {"kuiper", "hofstra"},
    "fatima": ALL - {"kuiper"},
    "karin": ALL - {"hofstra"},
    "rob": ALL - {"visser", "de_boer"},
    "wim": ALL,
    "ineke": ALL,
    "tom": ALL,
    "nadia": ALL,
    "loes": ALL,
    "anneke": ALL,
    "henk": ALL,
    "floor": ALL - {"de_boer"},
    "mirjam": ALL - {"visser"},
    "peter": ALL - {"visser"},
    "karim": ALL - {"visser"},
    "esra": ALL - {"yilmaz"},
    "emine": ALL - {"yilmaz"},
}
ROW_ONLY = {"sanne": {"de_boer"}, "mark": {"visser", "yilmaz"}, "els": {"visser", "de_boer", "yilmaz"}}
LIST_ROW = {("people.Person", f) for f in ("first_names", "called", "name_prefix", "family_name")}
# Pages that show the row: who directs the team gives roles from it; a colleague opens a closed family again.
ROW_PAGES = frozenset({"desk:roles", "desk:family_reopen", "desk:state_ground", "desk:whereabouts_grant"})
IN_THE_SAMPLE = ["els", "fatima", "ineke", "mark", "peter", "rob"]
READ, WRITE, OTHER_WAYS = ("GET", {}), ("POST", {}), [("GET", HTMX), ("HEAD", {}), ("POST", HTMX)]
# The back office sees product, volume, period and ground of what the municipality pays: on its own pages, nowhere else.
PRODUCT_ONLY = {"rob": {"visser", "de_boer"}}
PRODUCT_ROW = LIST_ROW | {("allocations.Allocation", f) for f in ("decision_reference", "despite", "sent_back_because")}
PRODUCT_ROW |= {("exchange.Message", f) for f in ("identification", "reason", "refusal")}
PRODUCT_ROW |= {("exchange.ProviderRequest", f) for f in ("reference", "words", "decision_reference")}
PRODUCT_ROW |= {("exchange.Assignment", "reference"), ("exchange.Delivery", "not_taken")}
PRODUCT_PAGES = frozenset({f"allocations:{page}" for page in ("orders", "order", "let_through", "send_back")})
PRODUCT_PAGES |= {f"exchange:{page}" for page in ("messages", "message", "again", "aside", "download")}
PRODUCT_PAGES |= {f"exchange:{page}" for page in ("orders", "rejections", "send_order", "follow")}
REQUEST_PAGES = ("requests", "request", "request_order", "request_refuse", "request_look_into", "request_decided")
PRODUCT_PAGES |= {f"exchange:{page}" for page in (*REQUEST_PAGES, "request_answer")}


@pytest.fixture
def planted(cast):
    """The cast with canaries in every text of every family; returns (cast, canaries, rows by family)."""
    canaries, families = Canaries(), {}
    for name in FAMILIES:
        families[name] = rows_of(cast.case[name])
    for name, rows in families.items():
        canaries.fill(name, rows)
    return cast, canaries, families


def test_every_address_has_a_door_and_every_argument_a_meaning():
    for route in routes():
        assert route.door or route.foreign, f"{route.name or route.pattern} has no door"
        for kwarg in route.kwargs:
            known = route.foreign or model_of(kwarg) or kwarg in OUTSIDE
            assert known, f"{route.name}: name <{kwarg}> after a model, or list it in tests/trust/walking.py"


def test_the_canaries_stand_in_every_room(planted):
    _, canaries, _ = planted
    filled = {model for _, model, _, _ in canaries.places.values()}
    assert {"people.Person", "people.Address", "people.NetworkTie", "dossiers.CaseAdult"} <= filled


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_THE_SAMPLE if SAMPLE else sorted(STRANGER_TO))
def test_a_stranger_learns_nothing(planted, at, caplog, name):
    _, canaries, families = planted
    caplog.set_level(logging.DEBUG)
    closed, row_only, product = STRANGER_TO[name], ROW_ONLY.get(name, set()), PRODUCT_ONLY.get(name, set())
    walker, wrong = Walker(name, at), []
    for route in walked():
        hidden = {} if route.foreign else _of_families(route.kwargs, families, sorted(closed | row_only | product))
        for family, method, headers in _asked(name, route, sorted(hidden)):
            theirs = family in product and route.name in PRODUCT_PAGES
            said = [] if theirs or (family in row_only and route.name in ROW_PAGES) else wrong
            seen = walker.compare(route, hidden[family], method, headers, said)
            for of, model, field, _ in canaries.seen_in(seen):
                listed = of in row_only and (model, field) in LIST_ROW
                ordered = route.name in PRODUCT_PAGES and (model, field) in PRODUCT_ROW
                if of in closed or (of in row_only and not listed) or (of in product and not ordered):
                    wrong.append(f"{method} {route.name}: shows {model}.{field} of {of}")
    for of, model, field, _ in canaries.seen_in(caplog.text):
        wrong.append(f"the log shows {model}.{field} of {of}")
    assert not wrong, "\n".join(sorted(set(wrong)))


def _of_families(kwargs, families, closed):
    """Return family -> ids to ask for; an address without arguments is asked once, about nobody in particular."""
    if not kwargs:
        return {closed[0]: {}}
    found = {family: _ids(kwargs, families[family]) for family in closed}
    return {family: ids for family, ids in found.items() if ids is not None}


def _asked(name, route, families):
    """Return (family, method, headers) of every question about an address."""
    if not families:
        return []
    others = turn(families, name, route.name), turn(families, route.name, name)
    if SAMPLE:
        return [(others[0], *READ), (others[1], *turn([WRITE, *OTHER_WAYS], name, route.name, "way"))]
    read = [(family, *READ) for family in sorted(in_turn(families, sorted(STRANGER_TO).index(name), route.name))]
    return [*read, (others[0], *WRITE), (others[1], *turn(OTHER_WAYS, name, route.name, "way"))]


def in_turn(families, place, word):
    """Return two of the families: the next two for who has the next place, beginning elsewhere for every word."""
    first = 2 * place + turn(range(len(families)), word)
    return {families[(first + step) % len(families)] for step in range(2)}


def test_somebody_reads_about_every_family():
    for word in ("desk:family", "plans:plan"):
        read = {family for place, name in enumerate(sorted(STRANGER_TO))
                for family in in_turn(sorted(STRANGER_TO[name]), place, word)}  # fmt: skip
        assert read == ALL


def _ids(kwargs, rows):
    """Return an id of the family for each argument, {} for an address without, None when there is none to ask for."""
    ids = {}
    for kwarg in kwargs:
        if kwarg in OUTSIDE:
            ids[kwarg] = OUTSIDE[kwarg]
            continue
        model = model_of(kwarg)
        of_this_kind = sorted((r.pk for r in rows if isinstance(r, model)), key=str)
        if not of_this_kind:
            return None
        ids[kwarg] = of_this_kind[0]
    return ids


class Walker:
    """Somebody who asks, and what this person was told about things that do not exist."""

    def __init__(self, name, at) -> None:
        self.client, self.by = sign_in(name), principal(name, at)
        self.nothing: dict[tuple[object, ...], Answer] = {}

    def compare(self, route, hidden, method, headers, wrong) -> bytes:
        """Ask for the hidden and for what does not exist; note every difference; return the bytes of the first."""
        before = Look.objects.filter(result="denied").count()
        key = next((k for k in hidden if k not in OUTSIDE), None)
        real = ask(self.client, method, route.path(hidden), headers=headers, same_as=str(hidden[key]) if key else "")
        if key is None:
            return real.raw
        refused = Look.objects.filter(result="denied").count() - before
        fake = self.told_of_nothing(route, hidden, key, method, headers)
        what = f"{method}{' htmx' if headers else ''} {route.name}"
        if (real.status, real.headers, real.body) != (fake.status, fake.headers, fake.body):
            wrong.append(f"{what}: answers {real.status}, but {fake.status} for what does not exist (or another body)")
        if real.status not in (404, 405) and not (real.status == 401 and route.door.kinds == {"system"}):
            wrong.append(f"{what}: answers {real.status}, not 404")
        if real.status == 404 and route.door.lets_in(self.by) and not refused:
            wrong.append(f"{what}: the refused attempt is not recorded")
        return real.raw

    def told_of_nothing(self, route, hidden, key, method, headers) -> Answer:
        """Ask the same about an id that nobody has; asked once, the answer stays the same."""
        others = tuple(sorted((k, str(v)) for k, v in hidden.items() if k != key))
        asked = (route.pattern, others, method, bool(headers))
        if asked not in self.nothing:
            nothing = str(new_id())
            path = route.path(hidden | {key: nothing})
            self.nothing[asked] = ask(self.client, method, path, headers=headers, same_as=nothing)
        return self.nothing[asked]
