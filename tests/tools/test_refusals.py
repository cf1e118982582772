"""Every "no" of the code stands on the page, and what is void by law says where the law says so."""

from tools import refusals


def test_everything_void_by_law_names_its_source():
    silent = [f"{each.room}: {each.act}" for each in refusals.refusals() if each.void and not each.source]
    # decisions joins the sources of what it found, each of which stands in the list; that sight on safety is never
    # empty, moves on acceptance only, and that no case closes with an open risk (D34) are norms of good practice, not
    # articles: this list only gets shorter
    assert silent == [
        "decisions: may stand", "dossiers: close case", "dossiers: assign role", "dossiers: assign role",
        "dossiers: end role",
    ]  # fmt: skip


def test_every_refusal_says_something_a_person_can_read():
    assert [each for each in refusals.refusals() if len(each.sentence) < 20] == []


def test_both_lists_hold_refusals_of_several_rooms():
    found = refusals.refusals()
    for void in (True, False):
        assert len({each.room for each in found if each.void is void}) >= 4
    assert ("decisions", "no mandate", True) in {(each.room, each.act, each.void) for each in found}
    assert ("allocations", "order", False) in {(each.room, each.act, each.void) for each in found}
