"""Whether who is invited comes: written down by a colleague, or said by the family on the own page."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core.errors import BadInput, NotFound
from rondom.core.models import Look
from rondom.dossiers import actions
from rondom.dossiers.actions import Invited
from rondom.dossiers.enums import MeetingGround
from rondom.people.models import Address
from tests.trust.walking import principal, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def meeting(cast, at):
    concerned = [Invited(MeetingGround.CONCERNED, person=cast.person[name]) for name in ("mirjam", "peter")]
    return actions.plan_meeting(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], planned_at=at + dt.timedelta(days=2),
        purpose="Gesprek over school", place="Zilvermeeuw 12",
        invited=[*concerned, Invited(MeetingGround.WORKS_WITH, staff=cast.staff["sanne"])],
    )  # fmt: skip


def seat(cast, meeting, name):
    return meeting.participants.get(person=cast.person[name])


def test_a_parent_answers_on_the_own_page_and_the_worker_sees_it(cast, at, meeting):
    own = seat(cast, meeting, "peter")
    address, peter = reverse("portal:invitation", args=[own.pk]), sign_in("peter")
    page = peter.get(address).content.decode()
    assert "Gesprek over school" in page and "Zilvermeeuw" not in page  # his children live at a secret address
    assert address in peter.get(reverse("portal:home")).content.decode()
    assert "Kies een van de twee" in peter.post(address, {"words": "x"}).content.decode()
    assert peter.post(address, {"answer": "not", "words": "Ik moet werken."}).status_code == 302
    own.refresh_from_db()
    assert (own.answer, own.answer_words, own.answered_at) == ("not", "Ik moet werken.", at)
    html = sign_in("sanne").get(reverse("desk:meeting", args=[meeting.pk])).content.decode()
    assert "komt niet" in html and "Ik moet werken." in html and "nog geen antwoord" in html
    assert "Peter de Wit komt niet naar" in sign_in("sanne").get(reverse("desk:day")).content.decode()
    assert "Ik moet werken." not in sign_in("mirjam").get(reverse("portal:home")).content.decode()


def test_nobody_answers_for_another(cast, at, meeting):
    own = seat(cast, meeting, "peter")
    address = reverse("portal:invitation", args=[own.pk])
    unknown = sign_in("mirjam").get(reverse("portal:invitation", args=["00000000-0000-7000-8000-000000000000"]))
    for name in ("mirjam", "karim", "esra"):
        refused = sign_in(name).get(address)
        assert (refused.status_code, refused.content) == (404, unknown.content)
    assert Look.objects.filter(kind="portal.invitation_shown", result="denied").count() == 3
    with pytest.raises(NotFound):
        actions.answer_invitation(by=principal("mirjam", at), at=at, seat=own, answer="comes")


def test_a_colleague_writes_down_what_was_heard_and_only_what_changed_is_an_event(cast, at, meeting):
    sanne, address = sign_in("sanne"), reverse("desk:meeting_answers", args=[meeting.pk])
    mine = {row.pk: row for row in meeting.participants.all()}
    said = {f"answer_{pk}": "" for pk in mine} | {f"answer_{seat(cast, meeting, 'mirjam').pk}": "comes"}
    assert sanne.get(address).status_code == 200
    assert sanne.post(address, said).status_code == 302
    assert seat(cast, meeting, "mirjam").answer == "comes"
    answers = {pk: row.answer for pk, row in mine.items()} | {seat(cast, meeting, "mirjam").pk: "comes"}
    assert actions.write_answers(by=cast.principal("sanne"), at=at, meeting=meeting, answers=answers) == 0
    assert sign_in("mark").get(address).status_code == 404


def test_moved_everybody_is_asked_again_and_once_it_began_nobody_answers(cast, at, meeting):
    by, own = cast.principal("sanne"), seat(cast, meeting, "mirjam")
    actions.answer_invitation(by=by, at=at, seat=own, answer="comes", words="graag")
    actions.change_meeting(by=by, at=at, meeting=meeting, changes={"purpose": "Gesprek"}, opened_version=1)
    assert seat(cast, meeting, "mirjam").answer == "comes"
    moved = {"planned_at": at + dt.timedelta(days=3)}
    actions.change_meeting(by=by, at=at, meeting=meeting, changes=moved, opened_version=2)
    again = seat(cast, meeting, "mirjam")
    assert (again.answer, again.answer_words, again.answered_at) == ("", "", None)
    with pytest.raises(BadInput):
        actions.answer_invitation(by=by, at=at, seat=again, answer="misschien")
    with pytest.raises(BadInput):
        actions.answer_invitation(by=by, at=at + dt.timedelta(days=3), seat=again, answer="comes")
    actions.cancel_meeting(by=by, at=at, meeting=meeting, reason="ziek")
    with pytest.raises(BadInput):
        actions.answer_invitation(by=by, at=at, seat=again, answer="comes")


def test_the_place_shows_when_nobody_around_is_secret(cast, at, meeting):
    Address.objects.update(secret=False)
    page = sign_in("peter").get(reverse("portal:invitation", args=[seat(cast, meeting, "peter").pk]))
    assert "Zilvermeeuw 12" in page.content.decode()
