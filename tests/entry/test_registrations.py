"""Help past our triage: what is registered, when a referral holds, who sees it, and how it becomes a whole dossier."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, NotFound
from rondom.core.models import Event, Look
from rondom.dossiers.actions.destruction import approve_destruction
from rondom.dossiers.enums import DossierGround, DossierKind
from rondom.dossiers.inbox import inbox_of
from rondom.dossiers.models import CaseDossier, Dossier
from rondom.dossiers.queries import cases_for, dossiers_for
from rondom.entry import actions, extract, registrations
from rondom.entry.actions import Days, Known, Reporter
from rondom.entry.enums import Channel, PartnerKind, ReferralEnd, ReferrerKind, ReporterKind
from rondom.entry.models import Concern, Partner, Referral
from rondom.entry.rules import validity_of
from rondom.people.models import Person
from rondom.privacy.enums import Sight
from rondom.privacy.models import Destruction
from tests.entry.test_concerns import hand_out
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def register(cast, at, days, kind=ReferrerKind.GP, **more):
    return actions.register_referral(
        by=cast.principal("rob"), at=at, registered_by=cast.staff["rob"], kind=kind, name="Pim van der Laan",
        born_on=cast.year(9), days=days, **more,
    )  # fmt: skip


def of_cast(name):
    return Referral.objects.select_related("dossier").get(dossier__youth__called=name)


def test_a_registration_opens_a_dossier_without_case_coordinator_or_team(cast, at):
    row = register(cast, at, Days(clock.today(at)))
    dossier = row.dossier
    assert (dossier.kind, dossier.ground) == (DossierKind.REGISTRATION_ONLY, DossierGround.MEDICAL)
    assert not CaseDossier.objects.filter(dossier=dossier).exists()
    for who in cast.staff:
        by = cast.principal(who)
        assert not dossiers_for(by, at=at, sight=Sight.ROW).filter(pk=dossier.pk).exists(), who
        product = dossiers_for(by, at=at, sight=Sight.PRODUCT).filter(pk=dossier.pk).exists()
        assert product == (cast.staff[who].organisation == cast.organisation["backoffice"]), who


@pytest.mark.parametrize(
    ("referred", "registered", "crisis", "valid"),
    [
        (dt.date(2020, 1, 10), dt.date(2020, 4, 9), False, True),
        (dt.date(2020, 1, 10), dt.date(2020, 4, 11), False, False),
        (dt.date(2020, 1, 10), dt.date(2020, 1, 5), False, False),  # before the referral: only in a crisis
        (dt.date(2020, 1, 10), dt.date(2020, 1, 5), True, True),
    ],
)
def test_s17_a_referral_of_10_january_holds_three_months(cast, referred, registered, crisis, valid):
    """Scenario S17, the part of the referral: the norm of Noordoostpolder since 2020 (N109)."""
    row = Referral(
        municipality="GM0171", kind=ReferrerKind.GP, referred_on=referred, registered_on=registered, crisis=crisis
    )
    said = validity_of(row)
    assert said.outcome is valid
    if registered > referred:
        assert "10 april 2020" in said.explanation
        assert [(v.value, v.source) for v in said.parameters] == [(3, "Jeugdplan Noordoostpolder 2020-2024")]


def test_the_pages_say_valid_late_and_unknown_with_the_reason(cast):
    rob = sign_in("rob")
    late = rob.get(reverse("entry:registration", args=[of_cast("Isa").pk])).content.decode()
    assert "te laat" in late and "Dit is geen weigering van hulp." in late and "Inkoopafspraak" in late
    assert "Contactpersoon voor deze praktijk: Fatima Idrissi." in late
    unknown = rob.get(reverse("entry:registration", args=[of_cast("Bo").pk])).content.decode()
    assert "dag niet bekend" in unknown and "te laat" not in unknown
    listed = rob.get(reverse("entry:registrations") + "?lijst=te-laat").content.decode()
    assert "Isa Kok" in listed and "Bo Prins" not in listed
    court = rob.get(reverse("entry:registration", args=[of_cast("Youssef").pk])).content.decode()
    assert "geen termijn" in court


def test_without_a_norm_here_the_question_is_returned_not_answered(cast, at):
    day = clock.today(cast.began) - dt.timedelta(days=900)  # before this municipality chose one
    row = register(cast, at, Days(clock.today(at), day, day + dt.timedelta(days=20)))
    assert row.valid is None and row.explanation


def test_what_becomes_known_later_is_judged_again(cast, at):
    row = register(cast, at, Days(clock.today(at), registered_on=clock.today(at)))
    assert row.valid is None
    asked = actions.ask_date(by=cast.principal("rob"), at=at, referral=row)
    assert asked.asked_on == clock.today(at)
    day = clock.today(at) - dt.timedelta(days=10)
    changed = actions.change_referral(
        by=cast.principal("rob"), at=at, referral=asked, changes={"referred_on": day}, opened_version=asked.version
    )
    assert Referral.objects.get(pk=changed.pk).valid is True
    with pytest.raises(BadInput):
        actions.ask_date(by=cast.principal("rob"), at=at, referral=changed)
    with pytest.raises(BadInput) as refused:
        register(cast, at, Days(clock.today(at), clock.today(at) + dt.timedelta(days=1)))
    assert refused.value.field == "referred_on"


def test_only_the_back_office_registers_and_a_stranger_gets_the_page_of_nothing(cast, at):
    with pytest.raises(NotAllowed):
        actions.add_referral(
            by=cast.principal("yasmin"), at=at, dossier=of_cast("Bo").dossier, registered_by=cast.staff["yasmin"],
            kind=ReferrerKind.GP, days=Days(clock.today(at)),
        )  # fmt: skip
    address = reverse("entry:registration", args=[of_cast("Bo").pk])
    for who in ("sanne", "yasmin", "karin", "wim"):
        assert sign_in(who).get(address).status_code == 404, who
    Dossier.objects.filter(pk=of_cast("Bo").dossier_id).update(shielded=True)
    with pytest.raises(NotFound):
        registrations.open_referral(cast.principal("rob"), of_cast("Bo").pk, at=at, page="x")
    assert Look.objects.filter(result="denied", object_id=str(of_cast("Bo").pk)).exists()


def test_the_family_asks_itself_triage_takes_it_over_and_the_registration_is_the_dossier_of_the_team(cast, at):
    row = Concern.objects.get(registration__isnull=False)
    dossier = row.registration
    assert dossier.kind == DossierKind.REGISTRATION_ONLY  # it stays with the sender until a team takes it over
    persons = Person.objects.count()
    case = hand_out(cast, at, row, people_=[Known(p, p.person) for p in row.persons.all()])
    dossier.refresh_from_db()
    assert (dossier.kind, dossier.organisation) == (DossierKind.FULL, cast.organisation["jeugdteam"])
    assert [link.dossier_id for link in case.dossier_links.all()] == [dossier.pk]
    assert Person.objects.count() == persons
    assert Concern.objects.get(pk=row.pk).registration is None
    assert Event.objects.filter(kind="dossiers.dossier_made_whole").exists()
    assert cases_for(cast.principal("yasmin"), at=at).filter(pk=case.pk).exists()
    told = sign_in("yasmin").get(reverse("desk:timeline", args=[case.pk])).content.decode()
    assert "Er kwam een verwijzing binnen" in told and "jeugdarts; aanbieder: De Vuurtoren jeugdhulp" in told
    assert "geldig" in sign_in("rob").get(reverse("entry:registration", args=[of_cast("Nina").pk])).content.decode()


def test_a_destroyed_registration_takes_its_referrals_and_the_waiting_question_along(cast, at, tmp_path, settings):
    settings.RONDOM_LEDGER = tmp_path / "ledger"
    dossier = of_cast("Nina").dossier
    row = Destruction.objects.create(
        municipality=dossier.municipality, dossier=dossier.pk, reason="mistake", asked_by=cast.staff["els"].pk,
        balancing="x",
    )  # fmt: skip
    approve_destruction(by=cast.principal("ineke"), at=at, row=row)
    assert not Referral.objects.filter(dossier=dossier.pk).exists()
    assert not Concern.objects.filter(persons__name="Nina Meijer").exists()
    assert not Person.objects.filter(called="Nina", family_name="Meijer").exists()


def test_the_desk_asks_as_often_with_more_registrations(cast, at, django_assert_num_queries):
    rob, address = sign_in("rob"), reverse("entry:registrations")
    rob.get(address)
    with CaptureQueriesContext(connection) as few:
        rob.get(address)
    for _ in range(3):
        register(cast, at, Days(clock.today(at)))
    with django_assert_num_queries(len(few)):
        rob.get(address)


def test_nobody_but_the_family_can_ask_and_not_twice(cast, at):
    def ask(name, kind):
        return actions.family_asks(
            by=cast.principal("rob"), at=at, dossier=of_cast(name).dossier, entered_by=cast.staff["rob"],
            organisation=cast.organisation["jeugdteam"], channel=Channel.PHONE, asker=Reporter(kind, "Wie dan ook"),
            words="Help ons.",
        )  # fmt: skip

    with pytest.raises(BadInput) as refused:
        ask("Bo", ReporterKind.GENERAL_PRACTICE)
    assert refused.value.field == "asker_kind"
    with pytest.raises(BadInput):
        ask("Nina", ReporterKind.PARENT)
    assert ask("Bo", ReporterKind.YOUTH).registration == of_cast("Bo").dossier


def test_from_the_desk_to_triage(cast):
    rob = sign_in("rob")
    typed = {"name": "Bo Vos", "born_on": "3-4-2016", "kind": "specialist", "received_on": "vandaag"}
    assert rob.post(reverse("entry:registration_new"), typed).status_code == 302
    row = Referral.objects.get(dossier__youth__family_name="Vos")
    asks = {
        "asker_name": "Ria Vos", "asker_kind": "parent", "asker_contact": "06 55 55 02 99", "channel": "phone",
        "words": "Het lukt niet.", "organisation": str(cast.organisation["jeugdteam"].pk),
    }  # fmt: skip
    assert rob.post(reverse("entry:registration_family_asks", args=[row.pk]), asks).status_code == 302
    page = rob.get(reverse("entry:registration", args=[row.pk])).content.decode()
    assert "De triage van het team kijkt ernaar." in page
    waiting = Concern.objects.get(registration=row.dossier)
    shown = sign_in("yasmin").get(reverse("entry:concern", args=[waiting.pk])).content.decode()
    assert "Voor dit kind is hulp via een andere weg geregistreerd" in shown and "Het lukt niet." in shown


def test_a_practice_has_one_contact_person_at_a_time_who_is_in_a_team(cast, at):
    haven = Partner.objects.get(name="Huisartsenpraktijk De Haven")
    yasmin, later = cast.principal("yasmin"), at + dt.timedelta(days=3)
    assert registrations.contact_of(haven, clock.today(at)) == cast.staff["mark"]
    actions.set_contact(by=yasmin, at=later, partner=haven, staff=cast.staff["sanne"])
    assert registrations.contact_of(haven, clock.today(at)) == cast.staff["mark"]
    assert registrations.contact_of(haven, clock.today(later)) == cast.staff["sanne"]
    cast.staff["sanne"].memberships.update(ends=clock.today(later))
    assert registrations.contact_of(haven, clock.today(later)) is None  # a successor is asked (N28)
    assert (haven, clock.today(later)) in registrations.left_alone(yasmin, at=later)
    asked = [each.text for _box, each in inbox_of(yasmin, at=later)]
    assert "Huisartsenpraktijk De Haven kan niemand van ons meer bellen" in asked
    actions.set_contact(by=yasmin, at=later + dt.timedelta(days=1), partner=haven, staff=cast.staff["mark"])
    assert haven not in dict(registrations.left_alone(yasmin, at=later + dt.timedelta(days=1)))
    with pytest.raises(NotAllowed):
        actions.add_partner(by=cast.principal("sanne"), at=at, name="X", kind=PartnerKind.SCHOOL)
    with pytest.raises(BadInput):
        actions.add_partner(by=yasmin, at=at, name="huisartsenpraktijk de haven", kind=PartnerKind.OTHER)


def test_the_facts_agree_with_a_hand_count_on_the_cast(cast):
    facts = [
        (f.kind, f.day_known, f.valid, f.days_to_registration, f.became_whole) for f in extract.referrals()
    ]  # fmt: skip
    assert facts == [
        ("youth_doctor", True, True, 10, False), ("certified_institution", True, None, 2, False),
        ("gp", True, False, 110, False), ("gp", False, None, None, False),
    ]  # fmt: skip


# --- how a registration ends


def end(cast, at, row, because=ReferralEnd.HELP_ENDED, **more):
    said = {"ended_on": clock.today(at), "words": "", **more}
    return actions.end_referral(by=cast.principal("rob"), at=at, referral=row, because=because, **said)


def test_the_last_referral_closes_the_dossier_and_opening_it_again_undoes_that(cast, at):
    by, day = cast.principal("rob"), clock.today(at)
    row = register(cast, at, Days(day))
    more = actions.add_referral(
        by=by, at=at, dossier=row.dossier, registered_by=cast.staff["rob"], kind=ReferrerKind.GP, days=Days(day)
    )
    end(cast, at, row)
    row.dossier.refresh_from_db()
    assert row.dossier.closed_on is None
    end(cast, at, more, ReferralEnd.NOT_BEGUN)
    assert (more.dossier.closed_on, more.ended_because) == (day, "not_begun")
    assert not registrations.narrowed(registrations.referrals_for(by, at=at), "").filter(dossier=row.dossier).exists()
    assert registrations.narrowed(registrations.referrals_for(by, at=at), "afgesloten").count() == 2
    actions.reopen_referral(by=by, at=at, referral=more)
    assert (more.dossier.closed_on, more.ended_on) == (None, None)


def test_what_cannot_end_is_refused_with_what_to_do(cast, at):
    row = register(cast, at, Days(clock.today(at)))
    for wrong in (
        {"because": ReferralEnd.MISTAKE}, {"ended_on": clock.today(at) + dt.timedelta(days=1)},
        {"ended_on": row.received_on - dt.timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(BadInput):
            end(cast, at, row, **wrong)
    with pytest.raises(NotAllowed):
        actions.end_referral(
            by=cast.principal("sanne"), at=at, referral=row, because=ReferralEnd.MOVED, ended_on=clock.today(at)
        )
    end(cast, at, row)
    with pytest.raises(BadInput):
        end(cast, at, row)


def test_a_question_of_the_family_that_waits_keeps_a_registration_open(cast, at):
    row = register(cast, at, Days(clock.today(at)))
    actions.family_asks(
        by=cast.principal("rob"), at=at, dossier=row.dossier, entered_by=cast.staff["rob"], words="Help ons.",
        organisation=cast.organisation["jeugdteam"], channel=Channel.PHONE, asker=Reporter(ReporterKind.PARENT, "Ria"),
    )  # fmt: skip
    with pytest.raises(BadInput):
        end(cast, at, row)


def test_registered_by_mistake_is_in_no_figure(cast, at):
    row = register(cast, at, Days(clock.today(at)))
    before = sum(1 for _fact in extract.referrals())
    end(cast, at, row, ReferralEnd.MISTAKE, words="Dit was een ander kind.")
    assert sum(1 for _fact in extract.referrals()) == before - 1


def test_ending_and_opening_again_through_the_desk(cast, at):
    row, client = register(cast, at, Days(clock.today(at))), sign_in("rob")
    page = reverse("entry:registration", args=[row.pk])
    client.post(
        reverse("entry:registration_end", args=[row.pk]), {"ended_on": "24-11-2026", "because": "taken_back"}
    )  # fmt: skip
    text = client.get(page).content.decode()
    assert "wie verwees trok het in" in text and "Heropenen" in text
    client.post(reverse("entry:registration_reopen", args=[row.pk]), {})
    row.refresh_from_db()
    assert row.ended_on is None
