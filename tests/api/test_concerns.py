"""A worry that comes with a key: as on paper, once, and the sender hears only that it was picked up."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from rondom.api.models import SentConcern
from rondom.core import clock
from rondom.core.models import Event, Look
from rondom.entry import actions as entry
from rondom.entry import queries as worries
from rondom.entry.actions import Known
from rondom.entry.enums import Channel, ConcernState, ReporterKind
from rondom.entry.models import Concern
from tests.api.conftest import WORRY
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_a_school_sends_a_worry_that_waits_for_triage(cast, at, connect):
    school = connect()
    sent = school.send(WORRY)
    assert sent.status_code == 201, sent.content
    row = Concern.objects.get(pk=sent.json()["id"])
    assert sent["Location"] == f"/api/v1/zorgen/{row.pk}" and sent["API-Version"] == "1.0.0"
    assert (row.state, row.channel, row.entered_by) == (ConcernState.WAITING, Channel.WEB, None)
    assert (row.reporter_kind, row.reporter_place) == (ReporterKind.SCHOOL, "Basisschool De Wilgen")
    assert (row.reporter_name, row.reporter_contact) == ("juf Anja", "0321 555 710")
    assert [(p.name, p.born_on) for p in row.persons.all()] == [("Lars Visscher", dt.date(2017, 3, 2))]
    assert row in worries.waiting(cast.principal("els"), at=at)
    told = Event.objects.filter(object_id=str(row.pk)).values_list("kind", "actor", "actor_kind", "organisation")
    holder = school.row.partner_id
    assert set(told) == {(k, school.row.pk, "system", holder) for k in ("entry.concern_received", "api.concern_sent")}


def test_who_looks_at_the_worry_sees_whose_system_sent_it(connect):
    row = connect().send(WORRY).json()["id"]
    page = sign_in("els").get(reverse("entry:concern", args=[row])).content.decode()
    assert "van het systeem van Basisschool De Wilgen" in page and "Niemand heeft nagegaan" not in page


def test_without_a_talk_it_asks_why_and_nothing_is_kept(connect):
    before = Concern.objects.count()
    sent = connect().send({**WORRY, "niet_gesproken_omdat": ""})
    said = sent.json()
    assert sent.status_code == 409 and sent["Content-Type"] == "application/problem+json"
    assert said["velden"][0]["veld"] == "niet_gesproken_omdat" and "Praat eerst" in said["detail"]
    assert Concern.objects.count() == before


def test_a_child_in_danger_comes_back_with_whom_to_call_first(connect):
    assert "112" in connect().send({**WORRY, "nu_in_gevaar": True}).json()["let_op"]
    assert "let_op" not in connect().send(WORRY).json()


def test_the_same_request_twice_is_one_worry_and_another_one_with_its_key_is_refused(connect):
    school, once = connect(), uuid.uuid4()
    first, again = school.send(WORRY, once=once), school.send(WORRY, once=once)
    assert (first.status_code, again.status_code) == (201, 200) and first.json()["id"] == again.json()["id"]
    assert school.send({**WORRY, "zorg": "Iets anders."}, once=once).status_code == 409
    assert SentConcern.objects.filter(key=school.row).count() == 1
    other = connect("jeugdteam", "concerns:write")  # an organisation has its own one-time keys
    assert other.send(WORRY, once=once).status_code == 201


def _wait(moment):
    return clock.standing_at(moment)


def test_the_sender_hears_that_it_was_picked_up_and_never_what_was_decided(cast, at, connect):
    school = connect(days=390)
    advised, handed_out = (Concern.objects.get(pk=school.send(WORRY).json()["id"]) for _ in range(2))
    assert school.get(f"zorgen/{advised.pk}").json()["staat"] == "ontvangen"
    els = {"by": cast.principal("els"), "at": at, "decided_by": cast.staff["els"]}
    entry.advise(**els, concern=advised, advice="Bel ons gerust weer.")
    entry.hand_out(
        **els, concern=handed_out, team=cast.team["oost"], to=cast.staff["els"], first_contact_by=clock.today(at),
        people_=[Known(p) for p in handed_out.persons.all()],
        team_answers={"school": "unknown", "age": 9, "area": "unknown"}, team_because="Zo afgesproken.",
    )  # fmt: skip

    def told(row, moment):
        with _wait(moment):
            answer = school.get(f"zorgen/{row.pk}")
        return answer.status_code, answer.content.replace(str(row.pk).encode(), b"ID")

    assert told(advised, at) == told(handed_out, at)
    said = school.get(f"zorgen/{advised.pk}").json()
    assert (said["staat"], said["contactpersoon"]["naam"]) == ("opgepakt", "Sanne Bakker")
    assert "Lars" not in str(said) and "Anja" not in str(said) and "Oost" not in str(said)
    weeks = dt.timedelta(weeks=worries.weeks_kept(clock.today(at), "GM0303"))
    for moment in (at + weeks - dt.timedelta(days=1), at + weeks):
        entry.expire(at=moment)
        assert told(advised, moment)[0] == told(handed_out, moment)[0]
    assert told(handed_out, at + weeks)[0] == 404


def test_own_worries_are_a_list_with_pages_and_a_look(connect):
    school = connect()
    sent = [school.send(WORRY).json()["id"] for _ in range(3)]
    first = school.get("zorgen?aantal=2").json()
    rest = school.get(f"zorgen?aantal=2&na={first['volgende']}").json()
    assert [z["id"] for z in first["resultaten"] + rest["resultaten"]] == sorted(sent) and "volgende" not in rest
    look = Look.objects.latest("number")
    assert (look.kind, look.actor, look.actor_kind) == ("api.concerns_heard", school.row.pk, "system")


def test_a_new_key_of_the_same_school_hears_of_what_the_old_one_sent(connect):
    row = connect().send(WORRY).json()["id"]
    assert connect().get(f"zorgen/{row}").status_code == 200


def test_one_organisation_cannot_flood_triage(connect):
    school = connect()
    for _ in range(20):
        assert school.send(WORRY).status_code == 201
    assert school.send(WORRY).status_code == 429
