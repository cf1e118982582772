"""A worry: who sees it, what opens when, who reported, and when it is gone."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, Unwise
from rondom.core.models import Look
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.models import Case, Dossier, RoleHandover
from rondom.dossiers.queries import cases_for, roles_in
from rondom.entry import actions, extract, queries
from rondom.entry.actions import Known, Named, Reporter
from rondom.entry.enums import AskerKind, Channel, ConcernState, Kind, Part, ReporterKind
from rondom.entry.models import AdviceCount, Concern
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
UNKNOWN = {"school": "unknown", "age": 9, "area": "unknown"}
SINGLE = {"problems": "one", "help": "one_form", "parents": "able", "safety_signal": False}


def receive(cast, at, who="sanne", **more):
    said = {
        "worry": "Pim slaapt op school.", "talked_on": clock.today(at),
        "persons": [Named(Part.CHILD, "Pim van der Laan"), Named(Part.ADULT, "Ria", what="oma")], **more,
    }  # fmt: skip
    return actions.receive(
        by=cast.principal(who), at=at, entered_by=cast.staff[who], channel=Channel.PHONE,
        reporter=Reporter(ReporterKind.SCHOOL, "Juf Anja", "De Wilgen"), **said,
    )  # fmt: skip


def hand_out(cast, at, row, to="mark", **more):
    people = [Known(each) for each in row.persons.order_by("pk")]
    said = {"people_": people, "first_contact_by": clock.today(at), "passed_on": "Bel oma eerst."}
    said |= {"team_answers": UNKNOWN, **more}
    return actions.hand_out(
        by=cast.principal("yasmin"), at=at, concern=row, decided_by=cast.staff["yasmin"], team=cast.team["oost"],
        to=cast.staff[to], **said,
    )  # fmt: skip


def sees(cast, row, at):
    return {who for who in cast.staff if queries.concerns_for(cast.principal(who), at=at).filter(pk=row.pk).exists()}


def test_a_worry_nobody_talked_about_asks_why_and_keeps_it(cast, at):
    with pytest.raises(Unwise) as refused:
        receive(cast, at, talked_on=None)
    assert refused.value.field == "not_talked_because"
    row = receive(cast, at, talked_on=None, not_talked_because="Moeder neemt niet op.")
    assert row.not_talked_because == "Moeder neemt niet op."


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"worry": " "}, "worry"),
        ({"persons": [Named(Part.ADULT, "Ria")]}, "child_1"),
        ({"talked_on": dt.date(2027, 1, 1)}, "talked_on"),
    ],
)
def test_a_worry_without_content_child_or_true_day_is_refused(cast, at, wrong, field):
    with pytest.raises(BadInput) as refused:
        receive(cast, at, **wrong)
    assert refused.value.field == field


def test_a_worry_opens_nothing_and_only_triage_of_its_organisation_sees_it(cast, at):
    before = Case.objects.count(), Dossier.objects.count()
    row = receive(cast, at)
    assert (Case.objects.count(), Dossier.objects.count()) == before
    assert sees(cast, row, at) == {"els", "loes", "yasmin"}
    assert row.due_at == dt.datetime(2026, 11, 26, 23, tzinfo=dt.UTC)  # two days here, good until the end of the day
    assert row.explanation["article"] == "Werkafspraak van de toegang"


def test_a_stranger_is_refused_as_if_it_did_not_exist_and_the_attempt_is_recorded(cast, at):
    row = receive(cast, at)
    address = reverse("entry:concern", args=[row.pk])
    assert sign_in("sanne").get(address).status_code == 404
    denied = Look.objects.get(result="denied")
    assert (denied.object_id, denied.actor) == (str(row.pk), cast.staff["sanne"].pk)


def test_the_aid_says_single_and_another_choice_asks_why(cast, at):
    row = receive(cast, at)
    by, me = cast.principal("yasmin"), cast.staff["yasmin"]
    found = actions.judge(by=by, at=at, concern=row, made_by=me, answers=SINGLE)
    assert (found.kind, found.route, found.safety_check) == ("single", "provider", False)
    with pytest.raises(Unwise) as refused:
        actions.judge(by=by, at=at, concern=row, made_by=me, answers=SINGLE, kind=Kind.MULTIPLE)
    assert refused.value.field == "because"
    other = actions.judge(
        by=by, at=at, concern=row, made_by=me, answers=SINGLE, kind=Kind.MULTIPLE, because="Oma is ziek."
    )
    assert (other.kind, other.route, other.because) == ("multiple", "support_team", "Oma is ziek.")
    assert other.aid["values"]["kind"] == "single"
    with pytest.raises(NotAllowed):
        actions.judge(by=cast.principal("sanne"), at=at, concern=row, made_by=cast.staff["sanne"], answers=SINGLE)


def test_handing_out_opens_case_and_dossier_and_stays_with_the_sender_until_accepted(cast, at):
    row = receive(cast, at)
    case = hand_out(cast, at, row)
    assert [d.dossier.youth.name for d in case.dossier_links.all()] == ["Pim van der Laan"]
    assert [(a.person.name, a.part) for a in case.adults.all()] == [("Ria", "oma")]
    assert {r.staff for r in roles_in(case, at=at)} == {cast.staff["yasmin"]}
    assert not cases_for(cast.principal("mark"), at=at).filter(pk=case.pk).exists()
    for handover in RoleHandover.objects.filter(case=case):
        dossiers.accept_handover(by=cast.principal("mark"), at=at, handover=handover)
    assert {r.kind: r.staff for r in roles_in(case, at=at)} == {
        CaseRoleKind.COORDINATION: cast.staff["mark"], CaseRoleKind.SIGHT_ON_SAFETY: cast.staff["mark"],
    }  # fmt: skip
    assert sees(cast, row, at) == {"mark"}  # triage no longer: it belongs to the case now
    assert row.due_at and case.clocks.get(kind=actions.FIRST_CONTACT).rests_with == cast.staff["mark"]


def test_of_two_who_decide_at_once_one_wins(cast, at):
    row = receive(cast, at)
    same = Concern.objects.get(pk=row.pk)
    hand_out(cast, at, row, to="yasmin")
    with pytest.raises(BadInput):
        actions.advise(
            by=cast.principal("els"), at=at, concern=same, decided_by=cast.staff["els"], advice="Bel de school."
        )
    assert Concern.objects.get(pk=row.pk).state == ConcernState.HANDED_OUT


def test_a_worry_about_a_known_family_joins_it_and_its_coordinator_gets_a_date(cast, at):
    row = receive(cast, at, persons=[Named(Part.CHILD, "Julia Kramer")])
    [child] = row.persons.all()
    assert [p.pk for p in queries.candidates(cast.principal("yasmin"), child, at=at)] == [cast.person["julia"].pk]
    with pytest.raises(BadInput):
        hand_out(cast, at, row, people_=[Known(child, cast.person["julia"])])
    case = actions.join(
        by=cast.principal("yasmin"), at=at, concern=row, decided_by=cast.staff["yasmin"], case=cast.case["de_boer"],
        people_=[Known(child, cast.person["julia"])], first_contact_by=clock.today(at),
    )  # fmt: skip
    assert case.clocks.get(kind=actions.FIRST_CONTACT).rests_with == cast.staff["mark"]
    assert sees(cast, row, at) == {"mark"}


def test_advice_is_counted_opens_nothing_and_the_record_is_destroyed_in_time(cast, at):
    row, waits = receive(cast, at), receive(cast, at)
    before = AdviceCount.objects.count()
    actions.advise(by=cast.principal("els"), at=at, concern=row, decided_by=cast.staff["els"], advice="Bel oma.")
    assert AdviceCount.objects.count() == before + 1
    assert row.destroy_on == clock.today(at) + dt.timedelta(weeks=8)
    assert (
        actions.expire(at=at + dt.timedelta(weeks=8) - dt.timedelta(days=1)) == 3
    )  # of the cast: two advised, nameless
    assert Concern.objects.filter(pk=row.pk).exists()
    assert actions.expire(at=at + dt.timedelta(weeks=30)) == 1
    assert not Concern.objects.filter(pk=row.pk).exists()
    assert Concern.objects.filter(pk=waits.pk).exists()  # nothing is destroyed that nobody looked at


def own_question(cast, at, channel, kind=ReporterKind.PARENT):
    return actions.receive(
        by=cast.principal("sanne"), at=at, entered_by=cast.staff["sanne"], channel=channel, worry="Wie kan mij helpen?",
        reporter=Reporter(kind, "Ria"), persons=[Named(Part.CHILD, "Pim")],
    )  # fmt: skip


def test_who_asks_for_the_own_family_need_not_have_talked_and_is_counted_as_such(cast, at):
    for kind, asker in ((ReporterKind.PARENT, AskerKind.PARENT), (ReporterKind.YOUTH, AskerKind.YOUTH)):
        row = own_question(cast, at, Channel.PHONE, kind)
        actions.advise(by=cast.principal("els"), at=at, concern=row, decided_by=cast.staff["els"], advice="Bel de GGD.")
        assert AdviceCount.objects.filter(asker=asker).count() == 1
    with pytest.raises(Unwise):
        own_question(cast, at, Channel.PHONE, ReporterKind.NEIGHBOUR)


@pytest.mark.parametrize(
    ("channel", "term"), [(Channel.MAIL, "19 januari 2027"), (Channel.POST, "19 januari 2027"), (Channel.PHONE, "")]
)
def test_a_written_question_of_the_family_looks_like_an_application_from_its_receipt(cast, at, channel, term):
    row = own_question(cast, at, channel)
    shown = sign_in("yasmin").get(reverse("entry:concern", args=[row.pk])).content.decode()
    assert ("Dit lijkt een aanvraag" in shown) == bool(term)
    assert term in shown  # eight weeks from 24 November (Awb 4:13; Jw)
    assert "Het gaat over henzelf" in shown


def test_advice_alone_when_a_child_may_be_in_danger_asks_why(cast, at):
    row = receive(cast, at, danger_now=True)
    assert row.due_at == dt.datetime(2026, 11, 24, 23, tzinfo=dt.UTC)  # today
    with pytest.raises(Unwise) as refused:
        actions.advise(by=cast.principal("els"), at=at, concern=row, decided_by=cast.staff["els"], advice="Bel oma.")
    assert refused.value.field == "despite"


def test_who_reported_is_on_the_page_of_who_works_with_the_family_and_on_none_of_the_family(cast):
    row = Concern.objects.get(case=cast.case["visser"])
    assert "Anja de Leeuw" in sign_in("sanne").get(reverse("entry:concern", args=[row.pk])).content.decode()
    for page in ("desk:timeline", "plans:of_family", "desk:journal"):
        shown = sign_in("sanne").get(reverse(page, args=[cast.case["visser"].pk])).content.decode()
        assert "Anja de Leeuw" not in shown, page
    parent = sign_in("mirjam")
    for page in ("portal:dossier", "portal:who_looked"):
        shown = parent.get(reverse(page, args=[cast.dossier["lot"].pk])).content.decode()
        assert "de Leeuw" not in shown and "stil in de klas" not in shown, page


def test_from_the_form_to_the_list_of_triage(cast):
    client = sign_in("mark")
    typed = {
        "child_1": "Bo Vos", "reporter_name": "Meester Kees", "reporter_kind": "school", "channel": "phone",
        "worry": "Bo eet niet.", "talked_on": "gisteren",
    }  # fmt: skip
    again = client.post(reverse("entry:new"), {**typed, "talked_on": ""})
    assert "Praat eerst met de ouders of de jongere." in again.content.decode()
    assert "Meester Kees" in again.content.decode()  # nothing typed is lost
    assert client.post(reverse("entry:new"), typed).status_code == 302
    listed = sign_in("yasmin").get(reverse("entry:concerns")).content.decode()
    assert "Bo Vos" in listed and "nog 2 dagen" in listed
    assert sign_in("mark").get(reverse("entry:concerns")).status_code == 404


def test_the_facts_agree_with_a_hand_count_on_the_cast(cast):
    facts = list(extract.concerns())
    assert [(f.state, f.channel, f.talked_with_family, f.kind, f.days_to_decide) for f in facts] == [
        ("handed_out", "phone", False, "", 0),  # Visser, joined the same day
        ("handed_out", "phone", True, "single", 1),  # Postma
        ("advised", "web", True, "", 1),  # Hoekman, shared by a mentor who signed in
        ("advised", "phone", True, "", 1),  # Van Dijk
        ("waiting", "phone", False, "", None),  # Bos: the housing association
        ("waiting", "web", False, "", None),  # Vonk, shared by the same mentor
        ("waiting", "phone", False, "", None),  # Meijer: the mother herself
        ("waiting", "mail", False, "", None),  # Vink: the mother herself
        ("waiting", "phone", False, "", None),  # Maas: handed over by Veilig Thuis
        ("waiting", "phone", True, "", None),  # Willems
    ]
    assert [(a.channel, a.asker) for a in extract.advice()] == [
        ("web", AskerKind.PROFESSIONAL), ("phone", AskerKind.PROFESSIONAL),
    ]  # fmt: skip
