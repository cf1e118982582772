"""The desk of the privacy officer: emergencies to judge, who looked at one dossier, and looks that stand out."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.accounts.models import StaffMember
from rondom.core.events import look
from rondom.core.models import Event, Look
from rondom.dossiers import oversight
from rondom.dossiers.actions import open_with_ground, write_note
from rondom.dossiers.enums import Channel
from rondom.people.models import Address
from rondom.privacy.actions import close_to, declare_relative, match_relative
from rondom.privacy.enums import RelativeKind, Verdict
from rondom.privacy.models import EmergencyAccess
from tests.trust.walking import Canaries, rows_of, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def waiting(cast):
    """The emergency access of the cast that nobody judged: Fatima, Julia's dossier, yesterday."""
    return EmergencyAccess.objects.get(reviewed_at=None)


def opened(cast, who, case, child, at, **kwargs):
    subjects = [("case", cast.case[case].pk), ("dossier", cast.dossier[child].pk)]
    return look(cast.principal(who), "desk.family_shown", cast.case[case], subjects=subjects, at=at, **kwargs)


def ask(name="ineke", **typed):
    return sign_in(name).post(reverse("privacy:log"), {"ground": "request", **typed})


# Emergencies


def test_what_waits_stands_first_with_its_last_day(cast, waiting):
    text = sign_in("ineke").get(reverse("privacy:start")).content.decode()
    assert "1 wacht op je oordeel." in text
    assert "nog 6 dagen" in text  # five working days after Monday 23 November: the 30th
    text = sign_in("ineke").get(reverse("privacy:emergencies")).content.decode()
    assert text.index("Fatima Idrissi") < text.index("Yasmin Haddad")


def test_an_emergency_is_judged_once_with_a_remark_when_it_was_wrong(cast, waiting):
    address, client = reverse("privacy:emergency", args=[waiting.pk]), sign_in("ineke")
    shown = client.get(address).content.decode()
    assert waiting.reason in shown
    assert "Mark de Graaf coördineert dit gezin" in shown
    refused = client.post(address, {"verdict": "unjustified", "remark": ""})
    assert "Schrijf wat er niet goed ging" in refused.content.decode()
    assert client.post(address, {"verdict": "unjustified", "remark": "Niet nodig"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.verdict, waiting.reviewed_by) == (Verdict.UNJUSTIFIED, cast.staff["ineke"].pk)
    assert (
        "Iemand heeft dit al beoordeeld" in client.post(address, {"verdict": "justified"}, follow=True).content.decode()
    )
    assert Event.objects.filter(kind="privacy.emergency_reviewed").count() == 2


@pytest.mark.parametrize("name", ["sanne", "fatima", "rob", "tom", "karin", "yasmin", "wim"])
def test_who_does_not_watch_over_looks_sees_none_of_it(cast, waiting, name):
    client = sign_in(name)
    for page in ("start", "emergencies", "log", "standing_out"):
        assert client.get(reverse(f"privacy:{page}")).status_code == 404, page
    assert client.get(reverse("privacy:emergency", args=[waiting.pk])).status_code == 404


def test_a_team_lead_judges_what_is_of_the_team_and_no_other(cast, waiting):
    els = cast.principal("els")
    assert waiting in oversight.emergencies_for(els, at=cast.at)  # a family of Team Oost, by somebody of West
    EmergencyAccess.objects.filter(pk=waiting.pk).update(case=cast.case["kuiper"].pk)
    assert waiting not in oversight.emergencies_for(els, at=cast.at)
    assert sign_in("els").get(reverse("privacy:emergency", args=[waiting.pk])).status_code == 404
    assert Look.objects.filter(kind="desk.emergency_shown", result="denied").count() == 1


def test_an_officer_of_another_municipality_sees_nothing(cast, waiting):
    StaffMember.objects.filter(pk=cast.staff["ineke"].pk).update(municipality="GM0171")
    assert sign_in("ineke").get(reverse("privacy:emergency", args=[waiting.pk])).status_code == 404


def test_the_file_of_a_relative_stays_closed_to_the_officer(cast, at, waiting):
    close_to(
        by=cast.principal("wim"), at=at, person=cast.person["julia"].pk, staff=cast.staff["ineke"].pk,
        reason="nichtje", municipality="GM0303",
    )  # fmt: skip
    opened(cast, "mark", "de_boer", "julia", at)
    assert not oversight.emergencies_for(cast.principal("ineke"), at=at).filter(pk=waiting.pk).exists()
    assert "Mark de Graaf" not in ask(bsn=cast.person["julia"].bsn).content.decode()


# Who looked at one dossier


def test_the_log_tells_who_looked_why_and_who_was_refused_but_not_what(cast, at):
    opened(cast, "mark", "visser", "lot", at - dt.timedelta(days=2), ground="stated_ground: call")
    opened(cast, "rob", "visser", "lot", at - dt.timedelta(days=1), result="denied")
    opened(cast, "sanne", "yilmaz", "esra", at - dt.timedelta(days=1))
    canaries, bsn = Canaries(), cast.person["lot"].bsn
    canaries.fill("visser", {row for row in rows_of(cast.case["visser"]) if row._meta.model_name != "person"})
    answer = ask(bsn=bsn)
    text = answer.content.decode()
    assert "2 keer gekeken" in text
    assert text.index("Rob Kuiper") < text.index("Mark de Graaf")
    assert "geweigerd" in text
    assert "terwijl de regisseur er niet is" in text
    assert not canaries.seen_in(answer.content)
    for name in ("Lot", "de Wit", "Sanne"):
        assert name not in text.partition("<main")[2].partition("</main>")[0], name


def test_hit_without_looks_and_miss_are_the_same_page_and_both_are_kept(cast):
    known = ask(family_name="Kramer", born_on="24-5-2019", postcode="8252 BB")
    born = cast.person["julia"].born_on
    exact = {"family_name": "Kramer", "born_on": f"{born.day}-{born.month}-{born.year}"}
    hit, miss = ask(**exact, postcode="8252 BB"), ask(**exact, postcode="8252 XX")
    plain = [a.content.decode().partition('<section class="rondom-card"')[2].partition("<form")[0] for a in (hit, miss)]
    assert plain[0] == plain[1] != ""
    assert known.status_code == 200
    looks = Look.objects.filter(kind="desk.looking_log_shown")
    assert (looks.count(), looks.filter(subjects__subject=cast.dossier["julia"].pk).count()) == (3, 1)
    assert set(looks.values_list("ground", flat=True)) == {"log: request"}


def test_a_secret_postcode_finds_nobody(cast, at):
    opened(cast, "sanne", "visser", "lot", at - dt.timedelta(days=1))
    born = cast.person["lot"].born_on
    typed = {"family_name": "Wit", "born_on": f"{born.day}-{born.month}-{born.year}", "postcode": "8251 ZZ"}
    assert "Sanne Bakker" not in ask(**typed).content.decode()
    Address.objects.filter(person=cast.person["lot"]).update(secret=False)
    assert "Sanne Bakker" in ask(**typed).content.decode()


def test_half_a_key_and_too_many_questions_are_refused(cast, monkeypatch):
    answer = ask(family_name="Kramer")
    assert answer.status_code == 422
    assert "Geef het BSN" in answer.content.decode()
    monkeypatch.setattr(oversight, "LOGS_A_DAY", 1)
    assert ask(bsn=cast.person["julia"].bsn).status_code == 200
    assert ask(bsn=cast.person["julia"].bsn).status_code == 403


def test_that_the_officer_looked_stands_in_the_log_itself(cast):
    ask(bsn=cast.person["julia"].bsn)
    assert "Ineke Postma" in ask(bsn=cast.person["julia"].bsn).content.decode()


# Looks that stand out


def standing_out(cast):
    return {
        (s.staff.first_name, s.opened.dossier): s.reasons
        for s in oversight.standing_out(cast.principal("ineke"), at=cast.at)
    }


def test_planted_snoops_are_all_listed_and_nobody_else(cast, at):
    earlier, roos, lot = at - dt.timedelta(days=2), cast.dossier["roos"].pk, cast.dossier["lot"].pk
    opened(cast, "rob", "kuiper", "roos", earlier, result="denied")  # same name, refused
    opened(cast, "mark", "visser", "lot", earlier, ground="stated_ground: call")  # opened, did nothing
    opened(cast, "sanne", "visser", "lot", earlier, ground="assigned: coordination")  # works with them
    assert standing_out(cast) == {("Rob", roos): ("name",), ("Mark", lot): ("no_act",)}
    text = sign_in("ineke").get(reverse("privacy:standing_out")).content.decode()
    assert "Heeft dezelfde achternaam als het kind" in text
    for name in ("Roos", "Lot"):
        assert name not in text.partition("<main")[2].partition("</main>")[0]


def test_an_act_after_a_stated_ground_is_a_good_reason(cast, at):
    earlier, case = at - dt.timedelta(days=2), cast.case["visser"]
    by = cast.principal("mark")
    open_with_ground(by=by, at=earlier, case=case, ground="call")
    opened(cast, "mark", "visser", "lot", earlier, ground="stated_ground: call")
    assert standing_out(cast)[("Mark", cast.dossier["lot"].pk)] == ("no_act",)  # stating a ground is no act
    write_note(
        by=by, at=earlier, case=case, author=cast.staff["mark"], text="Teruggebeld", concerns=[cast.person["lot"]],
        channel=Channel.PHONE, happened_at=earlier,
    )  # fmt: skip
    assert standing_out(cast) == {}


def test_who_lives_at_the_same_address_stands_out_unless_it_is_secret(cast, at):
    """Els declared who she is; she turns out to live with Lot's father's other child."""
    by, els = cast.principal("els"), cast.person["anna"]
    row = declare_relative(by=by, at=at, key="900000", kind=RelativeKind.SELF)
    match_relative(by=by, at=at, row=row, person=els.pk)
    opened(cast, "els", "de_boer", "julia", at - dt.timedelta(days=1), ground="assigned: coordination")
    assert standing_out(cast) == {("Els", cast.dossier["julia"].pk): ("address",)}
    Address.objects.filter(person=cast.person["julia"]).update(secret=True)
    assert standing_out(cast) == {}
