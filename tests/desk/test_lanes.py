"""The lanes of a family: what lies in which lane, how it is drawn, and what is kept from view is in no lane."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse

from rondom.core.periods import moment_filter
from rondom.desk import drawing
from rondom.desk.drawing import Span
from rondom.dossiers import lanes, timeline
from rondom.dossiers.enums import Lane
from rondom.dossiers.lanes import Form, LaneShown, Stretch
from rondom.dossiers.models import Dossier
from rondom.privacy.models import Relation
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TODAY, DAY = dt.date(2026, 11, 24), dt.timedelta(days=1)
YEAR = Span(TODAY - 365 * DAY, TODAY + 30 * DAY)


def stretch(starts, ends=None, form=Form.RUNS, title="Hulp", **more):
    return Stretch(Lane.HELP, form, title, TODAY + starts * DAY, None if ends is None else TODAY + ends * DAY, **more)


def drawn(*found):
    (lane,) = drawing.draw([LaneShown(None, Lane.HELP, found)], YEAR, today=TODAY).lanes
    return lane.marks


def test_a_bar_lies_from_its_first_to_its_last_day_and_what_goes_on_lies_up_to_today():
    over, goes_on = drawn(stretch(-100, -50), stretch(-10))
    assert (over.x, over.x + over.width) == (YEAR.x(TODAY - 100 * DAY), YEAR.x(TODAY - 51 * DAY))
    assert (goes_on.x + goes_on.width, goes_on.after) == (YEAR.x(TODAY), True)


def test_what_lies_outside_the_period_is_not_drawn_and_what_sticks_out_is_cut():
    assert drawing.draw([LaneShown(None, Lane.HELP, (stretch(-500, -400), stretch(40)))], YEAR, today=TODAY) is None
    (mark,) = drawn(stretch(-500, -300))
    assert (mark.x, mark.before) == (drawing.MARGIN, True)


def test_words_never_lie_over_each_other_or_outside_the_picture():
    marks = drawn(*(stretch(-days, form=Form.MOMENT, title="Teruggekeken op het plan") for days in (3, 2, 1, 0)))
    assert len({mark.label_y for mark in marks}) == 4  # one below the other
    assert all(mark.diamond for mark in marks)
    assert all(mark.label_x + len(mark.label) * drawing.LETTER <= drawing.WIDTH - drawing.MARGIN for mark in marks)


def test_a_stretch_about_two_children_lies_in_both_lanes_and_about_somebody_not_shown_in_none():
    lot, sem, kept = (SimpleNamespace(pk=n, short_name=name) for n, name in ((1, "Lot"), (2, "Sem"), (3, "Daan")))
    found = [stretch(-3, about=(lot.pk, sem.pk)), stretch(-2, about=(kept.pk,)), stretch(-1)]
    laid = lanes.in_lanes(found, [lot, sem])
    assert [(lane.child, len(lane.stretches)) for lane in laid] == [(None, 1), (lot, 1), (sem, 1)]


def laid_for(cast, at, who="sanne"):
    by = cast.principal(who)
    return lanes.stretches(cast.case["visser"], by, at=at)


def test_every_room_lays_what_lasts_in_its_lane(cast, at):
    kinds = {each.lane for each in laid_for(cast, at)}
    assert kinds >= {Lane.HELP, Lane.PLAN, Lane.SAFETY, Lane.PEOPLE}


def test_what_is_about_a_kept_child_is_in_no_lane_and_not_on_the_page(cast, at):
    daan = cast.person["daan"].pk
    assert any(daan in each.about for each in laid_for(cast, at))
    kept = cast.dossier["daan"]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(moment_filter(at), subject=kept.pk).update(ends_at=at)
    assert not any(daan in each.about for each in laid_for(cast, at))
    page = sign_in("sanne").get(reverse("desk:timeline", args=[cast.case["visser"].pk]) + "?periode=alles")
    assert "Jongerencoach" not in page.content.decode()


def test_the_page_draws_the_lanes_with_their_words_and_table(cast):
    address = reverse("desk:timeline", args=[cast.case["visser"].pk])
    text = sign_in("sanne").get(address, {"periode": "drie-jaar"}).content.decode()
    assert 'class="rondom-lanes"' in text and "<figcaption>" in text
    assert text.count("Jongerencoach Dronten") >= 3  # in the picture, in its table, in the list


def test_a_changed_order_is_on_the_timeline_and_a_moment_in_the_lane(cast, at):
    by, case = cast.principal("mark"), cast.case["postma"]
    changed = [e for e in timeline.entries(case, by, at=at) if e.title == "Bestelling veranderd"]
    assert len(changed) == 1 and "een latere laatste dag" in changed[0].detail
    moments = [s for s in lanes.stretches(case, by, at=at) if s.lane == Lane.HELP and s.form == Form.MOMENT]
    assert len(moments) == 1


def test_help_is_waited_for_until_it_begins(cast, at):
    by, case = cast.principal("mark"), cast.case["postma"]
    help_ = [s for s in lanes.stretches(case, by, at=at) if s.lane == Lane.HELP]
    waits = {(s.starts, s.ends) for s in help_ if s.form == Form.WAITS and s.ends is None}
    assert len(waits) == 1  # Ruben still waits for treatment
