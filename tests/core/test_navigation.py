"""The navigation shows what a person may use, in order, and marks where one is."""

from uuid import uuid4

import pytest

from rondom.core import navigation
from rondom.core.navigation import Link, NavItem, SearchBox, in_line, links_for, search_box_for
from rondom.core.principals import Principal
from rondom.core.registry import Registry

WORKER = Principal(key=uuid4(), kind="staff", role="case_worker", roles=frozenset({"case_worker"}))
LEAD = Principal(key=uuid4(), kind="staff", role="team_lead", roles=frozenset({"team_lead"}))
RESIDENT = Principal(key=uuid4(), kind="resident", role="resident", roles=frozenset({"resident"}))


@pytest.fixture
def entries(monkeypatch):
    registry = Registry("navigation")
    registry.register("second", NavItem("Second", "shell:language", order=20))
    registry.register("first", NavItem("First", "core:healthz", order=10))
    registry.register("leads", NavItem("Leads", "account_login", roles=frozenset({"team_lead"}), order=30))
    registry.register("mine", NavItem("Mine", "core:healthz", kinds=frozenset({"resident"})))
    monkeypatch.setattr(navigation, "navigation", registry)


@pytest.mark.usefixtures("entries")
def test_entries_come_in_their_order_for_the_roles_they_name():
    assert [link.label for link in links_for(WORKER, "/")] == ["First", "Second"]
    assert [link.label for link in links_for(RESIDENT, "/")] == ["Mine"]


@pytest.mark.usefixtures("entries")
def test_the_entry_one_is_on_is_current():
    assert [link.current for link in links_for(WORKER, "/taal/iets/")] == [False, True]


def test_nobody_signed_in_has_no_navigation():
    assert links_for(None, "/") == []
    assert search_box_for(None) is None


def test_the_first_search_box_one_may_use_is_shown(monkeypatch):
    boxes = Registry("search box")
    leads = boxes.register("leads", SearchBox("Leads", "core:healthz", roles=frozenset({"team_lead"})))
    staff = boxes.register("staff", SearchBox("Staff", "core:healthz"))
    monkeypatch.setattr(navigation, "search_boxes", boxes)
    assert search_box_for(WORKER) is staff
    assert (
        search_box_for(Principal(key=uuid4(), kind="staff", role="team_lead", roles=frozenset({"team_lead"}))) is leads
    )
    assert search_box_for(RESIDENT) is None


@pytest.mark.parametrize(("entries_", "own_line", "shown"), [(8, True, 8), (9, True, 7), (6, False, 6), (8, False, 5)])
def test_a_long_menu_keeps_one_line_and_the_rest_is_under_more(entries_, own_line, shown):
    links = [Link(f"Place {number}", "/") for number in range(entries_)]
    line, more = in_line(links, own_line=own_line)
    assert (len(line), [*line, *more]) == (shown, links)
