"""Ecogram and genogram: nothing overlaps, everything is named, and sight decides what is drawn."""

import datetime as dt
import itertools

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from rondom.accounts.models import Resident
from rondom.accounts.queries import principal_of_resident
from rondom.core import clock
from rondom.people import actions
from rondom.people.drawings import (
    UNIT,
    KinSeen,
    Link,
    TieSeen,
    ecogram_for,
    genogram_for,
    lay_out_ecogram,
    lay_out_genogram,
    wrapped,
)
from rondom.people.enums import KinshipKind, TieStrength
from rondom.people.models import NetworkTie, Person
from rondom.privacy.actions import relate
from rondom.privacy.enums import RelationKind, SubjectKind

databases = pytest.mark.django_db(databases=["default", "looks"])
labels = st.text(alphabet="abcdefghij klmnopqrstuvwxyz", min_size=1, max_size=80).filter(str.strip)
ties = st.lists(
    st.builds(
        TieSeen, owners=st.lists(labels, min_size=1, max_size=3).map(tuple), label=labels,
        strength=st.sampled_from(TieStrength),
    ),
    max_size=14,
)  # fmt: skip


def apart(one, two):
    (x1, y1, w1, h1), (x2, y2, w2, h2) = one, two
    return x1 + w1 <= x2 or x2 + w2 <= x1 or y1 + h1 <= y2 or y2 + h2 <= y1


@settings(max_examples=60, deadline=None)
@given(st.lists(labels, min_size=1, max_size=10), ties)
def test_up_to_fourteen_labels_never_overlap_and_stay_on_the_drawing(names, around):
    drawn = lay_out_ecogram(names, around, summary="")
    boxes = [spoke.box for spoke in drawn.spokes]
    for place, one in enumerate(boxes):
        assert all(apart(one, two) for two in boxes[place + 1 :])
        x, y, w, h = one
        assert x >= 0 and y >= 0 and x + w <= drawn.width and y + h <= drawn.height
        assert x + w <= drawn.cx - drawn.rx or x >= drawn.cx + drawn.rx
    assert all(len(line.text) <= 15 for spoke in drawn.spokes for line in spoke.lines)
    assert len(drawn.spokes) == len(around)


def test_each_kind_of_tie_has_a_line_of_its_own():
    drawn = lay_out_ecogram(["Lot"], [TieSeen(("Lot",), s.value, s) for s in TieStrength], summary="")
    by_kind = {spoke.tie.strength: spoke for spoke in drawn.spokes}
    assert by_kind[TieStrength.TENSE].path.count("L") > 2
    assert by_kind[TieStrength.BROKEN].marks
    assert drawn.strengths == list(TieStrength)


@given(labels, st.integers(4, 20), st.integers(1, 3))
def test_wrapping_keeps_within_width_and_number(text, width, most):
    lines = wrapped(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(len(line) <= width for line in lines)


def family(**people):
    return [KinSeen(key, key, sex, born, own=True) for key, (sex, born) in people.items()]


@st.composite
def families(draw):
    """Two to four adults with children of some pairs of them, and grandparents."""
    adults = [f"a{i}" for i in range(draw(st.integers(1, 4)))]
    children = [f"c{i}" for i in range(draw(st.integers(0, 6)))]
    grand = [f"g{i}" for i in range(draw(st.integers(0, 3)))]
    year = {"g": 1950, "a": 1985, "c": 2012}
    people = [
        KinSeen(k, k, draw(st.sampled_from(["0", "1", "2"])), dt.date(year[k[0]] + i, 1, 1))
        for i, k in enumerate([*grand, *adults, *children])
    ]
    links = []
    for child in children:
        for parent in draw(st.sets(st.sampled_from(adults), min_size=1, max_size=2)):
            kind = draw(st.sampled_from([KinshipKind.PARENT, KinshipKind.FOSTER_PARENT]))
            links.append(Link(parent, kind, child))
    for older in grand:
        links.append(Link(older, KinshipKind.PARENT, draw(st.sampled_from(adults))))
    for one, two in itertools.pairwise(adults):
        if draw(st.booleans()):
            links.append(Link(one, draw(st.sampled_from([KinshipKind.PARTNER, KinshipKind.EX_PARTNER])), two))
    return people, links


@settings(max_examples=120, deadline=None)
@given(families())
def test_nobody_on_a_genogram_stands_on_somebody_else(made):
    people, links = made
    drawn = lay_out_genogram(people, links)
    at = {s.person.key: s for s in drawn.symbols}
    assert len(at) == len(people)
    spots = sorted((s.y, s.x) for s in drawn.symbols)
    assert all(y1 != y2 or x2 - x1 >= UNIT - 1 for (y1, x1), (y2, x2) in itertools.pairwise(spots))
    for link in links:
        if link.kind in (KinshipKind.PARENT, KinshipKind.FOSTER_PARENT):
            assert at[link.one].y < at[link.other].y
    assert all(s.left >= 0 and s.x + s.half <= drawn.width and s.y < drawn.height for s in drawn.symbols)


def test_children_stand_by_birth_and_half_siblings_below_their_own_parents():
    people = family(
        peter=("1", dt.date(1984, 1, 1)), mirjam=("2", dt.date(1988, 1, 1)), karim=("1", dt.date(1990, 1, 1)),
        noor=("2", dt.date(2024, 1, 1)), sem=("1", dt.date(2021, 1, 1)), lot=("2", dt.date(2018, 1, 1)),
        daan=("1", dt.date(2010, 1, 1)),
    )  # fmt: skip
    parent, ex = KinshipKind.PARENT, KinshipKind.EX_PARTNER
    links = [Link("mirjam", parent, c) for c in ("daan", "lot", "sem", "noor")]
    links += [Link("peter", parent, c) for c in ("daan", "lot")] + [Link("karim", parent, c) for c in ("sem", "noor")]
    links += [Link("mirjam", ex, "peter"), Link("karim", ex, "mirjam")]
    at = {s.person.key: s for s in lay_out_genogram(people, links).symbols}
    assert [k for k in sorted(at, key=lambda k: at[k].x) if k in ("daan", "lot", "sem", "noor")] == [
        "daan", "lot", "sem", "noor",
    ]  # fmt: skip
    assert at["peter"].x < at["mirjam"].x < at["karim"].x
    assert at["peter"].x <= at["daan"].x + UNIT and at["karim"].x >= at["noor"].x - UNIT
    kinds = [line.kind for line in lay_out_genogram(people, links).lines]
    assert kinds.count("ex") == 2 and kinds.count("child") == 2


def test_an_unborn_and_a_deceased_have_their_own_sign():
    people = [
        KinSeen("m", "Esra", "2", dt.date(2010, 1, 1)),
        KinSeen("b", "baby", "0", None, unborn=True),
        KinSeen("o", "Opa", "1", dt.date(1950, 1, 1), died=True),
    ]
    drawn = lay_out_genogram(people, [Link("m", KinshipKind.PARENT, "b"), Link("o", KinshipKind.PARENT, "m")])
    assert {"triangle", "died"} <= drawn.kinds


def of_visser(cast, *names):
    return [cast.person[n] for n in names or ("mirjam", "daan", "lot", "sem", "noor", "finn")]


@databases
def test_ties_that_point_to_a_secret_place_are_left_out_and_staff_are_told(cast, at):
    drawn = ecogram_for(of_visser(cast), cast.principal("sanne"), at)
    shown = {spoke.tie.label for spoke in drawn.spokes}
    assert "Oma Truus" in shown
    assert not shown & {"Zwemclub", "Basisschool De Wilgen"}
    assert drawn.partial
    assert "Zwemclub" not in drawn.summary
    html = render_to_string("people/_ecogram.html", {"ecogram": drawn})
    assert "Zwemclub" not in html and "style=" not in html


@databases
def test_with_the_explicit_right_they_are_drawn(cast, at):
    for child in ("mirjam", "daan", "lot", "sem", "noor", "finn"):
        actions.grant_whereabouts(
            by=cast.principal("els"), at=at, person=cast.person[child], staff=cast.staff["sanne"].pk, reason="plan",
            until=at + dt.timedelta(days=1),
        )  # fmt: skip
    drawn = ecogram_for(of_visser(cast), cast.principal("sanne"), at)
    assert {"Zwemclub", "Basisschool De Wilgen"} <= {spoke.tie.label for spoke in drawn.spokes}
    assert not drawn.partial


@databases
def test_a_resident_gets_the_same_bytes_with_and_without_what_is_hidden(cast, at):
    lot = cast.person["lot"]
    relate(
        by=cast.principal("sanne"), at=at, subject_kind=SubjectKind.PERSON, subject=lot.pk,
        principal=cast.person["peter"].pk, kind=RelationKind.AUTHORITY, ground="joint", municipality="GM0303",
    )  # fmt: skip
    peter = principal_of_resident(Resident.objects.get(person=cast.person["peter"].pk), assurance="substantial")

    def page():
        with_all = {"ecogram": ecogram_for([lot], peter, at), "genogram": genogram_for([lot], peter, at)}
        return render_to_string("people/_ecogram.html", with_all) + render_to_string("people/_genogram.html", with_all)

    before = page()
    NetworkTie.objects.filter(person=lot, points_to_place=True).delete()
    Person.objects.filter(pk=cast.person["finn"].pk).update(called="Anders")
    assert page() == before
    assert "Mirjam" not in before


@databases
def test_a_stranger_gets_an_empty_drawing(cast, at):
    karin = cast.principal("karin")
    assert not ecogram_for(of_visser(cast), karin, at).spokes
    assert not genogram_for(of_visser(cast), karin, at).symbols


@databases
def test_the_cast_has_four_children_of_two_fathers_and_a_foster_child(cast, at):
    for person in of_visser(cast):
        actions.grant_whereabouts(
            by=cast.principal("els"), at=at, person=person, staff=cast.staff["sanne"].pk, reason="plan",
            until=at + dt.timedelta(days=1),
        )  # fmt: skip
    drawn = genogram_for(of_visser(cast), cast.principal("sanne"), at)
    assert {s.person.name for s in drawn.symbols} == {
        "Mirjam", "Daan", "Lot", "Sem", "Noor", "Finn", "Peter", "Karim", "Truus",
    }  # fmt: skip
    assert "foster" in drawn.kinds and "ex" in drawn.kinds
    assert any("Mirjam Visser" in row and "Lot de Wit" in row for row in drawn.rows)


@databases
def test_the_number_of_queries_does_not_grow_with_the_family(cast, at, django_assert_max_num_queries):
    sanne = cast.principal("sanne")
    for number in range(20):
        actions.add_tie(
            by=sanne, at=at, person=cast.person["mirjam"], label=f"tante {number}", strength=TieStrength.STRONG
        )
    with django_assert_max_num_queries(12):
        ecogram_for(of_visser(cast), sanne, at)
        genogram_for(of_visser(cast), sanne, at)
    assert clock.today(at)
