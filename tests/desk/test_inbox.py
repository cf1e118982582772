"""The inbox lists what waits for an answer, counts as My day does, and loses what was answered."""

import pytest
from django.urls import reverse

from rondom.core.models import Look
from rondom.dossiers import actions
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.inbox import inbox_of
from rondom.dossiers.queries import role_for
from rondom.entry import queries as entry
from rondom.plans.models import Writing
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def codes(cast, at, who):
    return [box.code for box, _each in inbox_of(cast.principal(who), at=at)]


@pytest.mark.parametrize("who", ["sanne", "mark", "yasmin", "els", "joris", "fatima"])
def test_it_counts_as_many_as_my_day_says_and_every_way_to_answer_opens(cast, at, who):
    client, found = sign_in(who), inbox_of(cast.principal(who), at=at)
    day = client.get(reverse("desk:day")).content.decode()
    page = client.get(reverse("desk:inbox")).content.decode()
    assert page.count("rondom-row__title") == len(found)
    assert (f'href="{reverse("desk:inbox")}">{len(found)} ding' in day) == bool(found)
    for _box, each in found:
        assert client.get(each.step.url).status_code == 200, each.text


def test_worries_and_questions_are_for_triage_only(cast, at):
    assert codes(cast, at, "yasmin").count("zorg") == entry.waiting(cast.principal("yasmin"), at=at).count() > 0
    assert not {"zorg", "zonder-naam"} & set(codes(cast, at, "sanne"))


def test_a_handover_waits_for_who_was_asked_until_it_is_answered(cast, at):
    by, case = cast.principal("sanne"), cast.case["visser"]
    before = codes(cast, at, "mark").count("overdracht")
    role = role_for(by, case, CaseRoleKind.COORDINATION, at=at)
    handover = actions.offer_role(
        by=by, at=at, role=role, to=cast.staff["mark"], offered_by=cast.staff["sanne"], passed_on="Bel moeder."
    )
    assert codes(cast, at, "mark").count("overdracht") == before + 1
    actions.accept_handover(by=cast.principal("mark"), at=at, handover=handover)
    assert codes(cast, at, "mark").count("overdracht") == before


def test_what_was_written_at_home_waits_for_who_coordinates_and_for_nobody_else(cast, at):
    shared = Writing.objects.filter(state="shared").select_related("case").first()
    assert shared is not None
    holder = shared.case.roles.get(kind=CaseRoleKind.COORDINATION, ends=None).staff
    name = next(key for key, staff in cast.staff.items() if staff == holder)
    assert "thuis" in codes(cast, at, name)
    others = [who for who in ("sanne", "mark", "fatima", "joris", "yasmin") if who != name]
    text = shared.text[:30]
    for who in others:
        assert text not in sign_in(who).get(reverse("desk:inbox")).content.decode()


def test_one_kind_at_a_time_and_the_look_is_kept(cast, at):
    client = sign_in("yasmin")
    text = client.get(reverse("desk:inbox"), {"soort": "zorg"}).content.decode()
    assert text.count("rondom-row__title") == codes(cast, at, "yasmin").count("zorg")
    assert Look.objects.filter(kind="desk.inbox_shown", actor=cast.staff["yasmin"].pk).exists()
