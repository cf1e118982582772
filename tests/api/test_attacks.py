"""Who should not come in, what should not be read, and what is too much: each gets an answer that tells nothing."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from rondom.api import actions, cursors, door
from rondom.api.models import ApiKey
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, NotFound
from rondom.core.models import Event, Look
from rondom.entry.models import Concern
from tests.allocations.test_orders import order
from tests.api.conftest import WORRY, System
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def bare(answer):
    return answer.status_code, answer.content, {k: v for k, v in answer.headers.items() if k != "Content-Length"}


def test_no_key_a_wrong_one_an_old_one_and_a_withdrawn_one_get_the_same_answer(cast, at, connect):
    withdrawn, expired = connect(), connect(days=0)
    actions.withdraw_key(by=cast.principal("tom"), at=at, key=withdrawn.row, withdrawn_by=cast.staff["tom"])
    row = connect().send(WORRY).json()["id"]
    with clock.standing_at(at + dt.timedelta(days=1)):
        answers = [
            System(None, token).get(path)
            for path in ("zorgen", f"zorgen/{row}", "toewijzingen", "wijzigingen")
            for token in ("", "rondom_x", withdrawn.token, expired.token, expired.token[:-1], "é", "a" * 5000)
        ]
    assert {a.status_code for a in answers} == {401} and len({a.content for a in answers}) == 1
    assert answers[0]["WWW-Authenticate"] == "Bearer" and "sleutel" in answers[0].json()["detail"]
    refused = Look.objects.filter(kind="api.key_refused", result="denied").values_list("actor", flat=True)
    assert set(refused) == {withdrawn.row.pk, expired.row.pk}


def test_a_session_opens_nothing(cast, connect):
    row = connect().send(WORRY).json()["id"]
    for name in ("els", "tom", "rob", "mirjam"):
        client = sign_in(name)
        signed_in, nobody = client.get(f"/api/v1/zorgen/{row}"), Client().get(f"/api/v1/zorgen/{row}")
        assert bare(signed_in) == bare(nobody) and signed_in.status_code == 401
        assert client.post("/api/v1/zorgen", json.dumps(WORRY), content_type="application/json").status_code == 401


def test_a_cookie_beside_a_key_changes_nothing(connect):
    school, els = connect(), sign_in("els")
    before = dict(els.session)
    sent = els.get("/api/v1/zorgen", headers={"Authorization": f"Bearer {school.token}"})
    assert sent.status_code == 200 and not sent.cookies and dict(els.session) == before
    assert Look.objects.latest("number").actor == school.row.pk


def test_a_key_without_the_scope_may_not_whatever_the_address_names(cast, at, connect):
    row, school, samen = order(cast, at), connect(), connect("samen")
    real, fake = school.get(f"toewijzingen/{row.pk}"), school.get(f"toewijzingen/{cast.dossier['lot'].pk}")
    assert bare(real) == bare(fake) and real.status_code == 403
    assert Look.objects.filter(actor=school.row.pk, result="denied", object_id=str(row.pk)).exists()
    assert samen.send(WORRY).status_code == 403 and samen.get("zorgen").status_code == 403
    assert school.get("wijzigingen").json()["resultaten"] == []


def test_a_worry_of_another_school_or_municipality_does_not_exist(cast, connect):
    row = connect().send(WORRY).json()["id"]
    team = connect("jeugdteam", "concerns:write")
    real, fake = team.get(f"zorgen/{row}"), team.get(f"zorgen/{cast.dossier['lot'].pk}")
    assert bare(real) == bare(fake) and real.status_code == 404
    assert Look.objects.filter(actor=team.row.pk, result="denied", object_id=row).count() == 1
    ours = Concern.objects.exclude(pk=row).first()
    assert connect().get(f"zorgen/{ours.pk}").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400), ("[" * 50_000, 400), ("\xff\xfe", 400), ('{"zorg": NaN}', 400), (b"\xff\xfe{}", 400),
        ("[]", 422), ('"x"', 422), ("null", 422), ("{}", 422),
        ({**WORRY, "bsn": "999990019"}, 422), ({**WORRY, "zorg": "a\x00b"}, 422), ({**WORRY, "zorg": "\ud800"}, 422),
        ({**WORRY, "zorg": "x" * 5001}, 422), ({**WORRY, "kinderen": []}, 422), ({**WORRY, "kinderen": None}, 422),
        ({**WORRY, "gesproken_op": "3 april"}, 422), ({**WORRY, "gesproken_op": "2099-01-01"}, 422),
        ({**WORRY, "nu_in_gevaar": "misschien"}, 422), ({**WORRY, "melder": {"naam": " ", "bereikbaar": "x"}}, 422),
        ({**WORRY, "kinderen": [{"naam": "a"}] * 9}, 422), ("x" * 100_001, 413),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words_and_keeps_nothing(connect, body, status):
    school, before = connect(), Concern.objects.count()
    answer = school.send(body)
    assert answer.status_code == status, answer.content
    said = answer.json()
    assert answer["Content-Type"] == "application/problem+json" and said["status"] == status and said["detail"]
    assert "Lars" not in answer.content.decode() and "999990019" not in answer.content.decode()
    assert Concern.objects.count() == before


def test_only_json_with_a_one_time_key_is_taken(connect):
    school = connect()
    assert school.send(WORRY, content_type="text/plain").status_code == 415
    assert school.send(WORRY, once="geen-uuid").status_code == 422
    deleted = school.client.delete("/api/v1/zorgen", headers=school._headers({}))
    assert (deleted.status_code, deleted["Content-Type"]) == (405, "application/problem+json")
    assert school.client.generic("POST", "/api/v1/zorgen", headers=school._headers({})).status_code == 411


def test_a_method_that_is_not_there_is_a_problem_too(connect):
    answer = connect().client.put("/api/v1/zorgen", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401
    school = connect()
    answer = school.client.patch("/api/v1/zorgen", "{}", content_type="application/json", headers=school._headers({}))
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json") and answer["Allow"]


@pytest.mark.parametrize("na", ["x", "' OR 1=1 --", "é", "../../", "a" * 4000, "%00", "WyIxIl0:1abc:def"])
def test_a_place_in_a_list_comes_back_as_it_was_or_not_at_all(connect, na):
    school = connect()
    for listed in ("zorgen", "wijzigingen"):
        assert school.client.get(f"/api/v1/{listed}", {"na": na}, headers=school._headers({})).status_code == 422
    assert school.get("zorgen?aantal=0").status_code == 422 and school.get("zorgen?aantal=101").status_code == 422


def test_a_place_of_another_organisation_or_list_is_worth_nothing(cast, connect):
    school = connect()
    mine = cursors.written(["0"], listed="zorgen", holder=school.row.holder.pk)
    with pytest.raises(BadInput):
        cursors.read(mine, listed="zorgen", holder=cast.provider["samen"].pk)
    with pytest.raises(BadInput):
        cursors.read(mine, listed="wijzigingen", holder=school.row.holder.pk)


def test_who_asks_too_often_waits(connect, monkeypatch):
    monkeypatch.setattr(door, "MOST_A_MINUTE", 3)
    monkeypatch.setattr(door, "MOST_WRONG", 2)
    school, other = connect(), connect()
    assert [school.get("zorgen").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert other.get("zorgen").status_code == 200
    tries = [System(None, "rondom_x").get("zorgen").status_code for _ in range(3)]
    assert tries == [401, 401, 429] and other.get("zorgen").status_code == 200


def test_what_breaks_inside_tells_nothing(connect, monkeypatch, caplog):
    school = connect()

    def broken(**_said):
        raise RuntimeError("Lars Visscher")

    monkeypatch.setattr(actions, "send_concern", broken)
    answer = school.send(WORRY)
    assert answer.status_code == 500 and "Lars" not in answer.content.decode()
    assert "probleem:kapot" in answer.json()["type"]


def test_no_key_and_no_name_stands_in_an_event_or_a_log(cast, connect, caplog):
    caplog.set_level("DEBUG")
    school = connect()
    school.send(WORRY)
    school.get("zorgen")
    told = " ".join(str(row.__dict__) for model in (Event, Look) for row in model.objects.order_by("-number")[:20])
    for secret in (school.token, "Lars", "Anja", "0321 555 710"):
        assert secret not in told and secret not in caplog.text


def test_only_a_functional_administrator_of_this_municipality_makes_and_withdraws_keys(cast, at, connect):
    school = connect()
    for who in ("els", "rob"):
        with pytest.raises(NotAllowed):
            connect(by=who)
        with pytest.raises(NotAllowed):
            actions.withdraw_key(by=cast.principal(who), at=at, key=school.row, withdrawn_by=cast.staff[who])
    with pytest.raises(NotFound):
        connect("sociaalteam")  # of another municipality
    with pytest.raises(BadInput):
        connect("wilgen", "allocations:read")  # a school reads no orders
    with pytest.raises(BadInput):
        connect(days=500)


def test_the_key_is_shown_once_and_kept_nowhere(cast):
    tom = sign_in("tom")
    page = tom.get(reverse("connections:new")).content.decode()
    once = page.partition('name="_once" value="')[2].partition('"')[0]
    typed = {
        "holder": f"provider:{cast.provider['kompas'].pk}", "name": "Dossier Kompas", "scopes": "allocations:read",
        "receiver": "", "expires_on": "1-3-2027", "_once": once,
    }  # fmt: skip
    made = tom.post(reverse("connections:new"), typed)
    token = made.content.decode().partition(">rondom_")[2].partition("<")[0]
    row = ApiKey.objects.get(name="Dossier Kompas")
    assert made.status_code == 200 and len(token) > 40
    assert System(row, f"rondom_{token}").get("toewijzingen").status_code == 200
    assert token not in str(row.__dict__)
    again = tom.post(reverse("connections:new"), typed)
    assert again["Location"] == reverse("connections:connection", args=[row.pk])
    assert ApiKey.objects.filter(name="Dossier Kompas").count() == 1
    assert token not in tom.get(again["Location"]).content.decode()
    gone = tom.post(reverse("connections:withdraw", args=[row.pk]), follow=True)
    assert "ingetrokken" in gone.content.decode()
    assert System(row, f"rondom_{token}").get("toewijzingen").status_code == 401


@pytest.mark.parametrize("name", ["els", "rob", "ineke", "karin", "mirjam"])
def test_the_pages_of_keys_are_the_administrators_alone(cast, connect, name):
    key = connect().row
    for page, args in (("connections", []), ("new", []), ("connection", [key.pk]), ("withdraw", [key.pk])):
        assert sign_in(name).get(reverse(f"connections:{page}", args=args)).status_code == 404
