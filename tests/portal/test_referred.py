"""A practice reads its own referrals: received and by whom; how it goes with consent, or to carry out a measure."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.models import Look
from rondom.dossiers.actions import give_consent
from rondom.dossiers.models import Dossier
from rondom.entry import actions
from rondom.entry.actions import Days
from rondom.entry.enums import ReferralEnd, ReferrerKind
from rondom.entry.models import Partner, Referral
from rondom.people.models import Address
from rondom.privacy.actions import withdraw_consent
from rondom.privacy.models import Relation
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
HOME = reverse("place:home")


def place(name):
    return Partner.objects.get(name__endswith=name)


def let_in(cast, name, username, at):
    actions.let_refer(
        by=cast.principal("els"), at=at, partner=place(name), username=username, name="Iemand van de plek"
    )
    return username


def lines(username):
    """Return child -> what stands beside it in the table of referrals."""
    html = sign_in(username).get(HOME).content.decode()
    table = next((part for part in html.split("<table")[1:] if "Kinderen die u verwees" in part), "")
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("</table>")[0], re.DOTALL)
    cells = [
        [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows
    ]
    return {row[0]: row[1:] for row in cells[1:]}


def referral_of(child):
    return Referral.objects.select_related("dossier__youth").get(dossier__youth__called=child)


def order_that_started(cast, row, *, started, stopped=None):
    """An order for the dossier of a referral at its provider, as it would be after a start notice."""
    one = Allocation.objects.exclude(product=None).filter(started_on__isnull=False).first()
    assert one is not None
    Allocation.objects.filter(pk=one.pk).update(
        dossier=row.dossier, case=None, provider=row.provider, started_on=started, stopped_on=stopped,
        state="stopped" if stopped else "started", stop_reason="as_planned" if stopped else "",
    )  # fmt: skip


def test_a_practice_reads_that_its_referral_reached_us_and_nobody_elses(cast, at):
    haven, meerzicht = let_in(cast, "De Haven", "haven", at), let_in(cast, "Meerzicht", "meerzicht", at)
    assert list(lines(haven)) == ["Bo Prins"] and list(lines(meerzicht)) == ["Isa Kok"]
    row = referral_of("Bo")
    assert lines(haven)["Bo Prins"][1:] == [row.provider.name, "ontvangen", "u verwees"]
    page = sign_in(haven).get(HOME).content.decode()
    assert cast.staff["mark"].name in page  # the contact person of this practice
    assert lines("henk") == {}
    seen = Look.objects.filter(kind="portal.place_referrals_shown", subjects__subject=row.dossier_id)
    assert seen.exists()


def test_how_it_goes_stays_with_the_provider_without_consent(cast, at):
    haven, row = let_in(cast, "De Haven", "haven", at), referral_of("Bo")
    order_that_started(cast, row, started=clock.today(at) - dt.timedelta(days=3))
    assert lines(haven)["Bo Prins"][2] == "ontvangen"
    polder, measured = let_in(cast, "Jeugdbescherming Polderland", "polder", at), referral_of("Youssef")
    order_that_started(cast, measured, started=clock.today(at) - dt.timedelta(days=3))
    how, why = lines(polder)["Youssef Bakels"][2:]
    assert (how, why) == ("begonnen op 21 november 2026", "om de maatregel uit te voeren")


def referred_lot(cast, at):
    """Lot, in a whole dossier of a team, was referred by De Haven too; no address around her is secret here."""
    Address.objects.filter(person=cast.person["lot"]).update(secret=False)
    row = actions.add_referral(
        by=cast.principal("rob"), at=at, dossier=cast.dossier["lot"], registered_by=cast.staff["rob"],
        kind=ReferrerKind.GP, days=Days(clock.today(at)), provider=cast.provider["kompas"], partner=place("De Haven"),
    )  # fmt: skip
    order_that_started(cast, row, started=clock.today(at))
    return row


def agree(cast, at, *givers):
    return give_consent(
        by=cast.principal("sanne"), at=at, person=cast.person["lot"], givers=[str(cast.person[g].pk) for g in givers],
        purpose="weten of de hulp loopt", parties="Huisartsenpraktijk De Haven", data="begin en einde van de hulp",
        place=place("De Haven").pk,
    )  # fmt: skip


def test_with_consent_of_everybody_it_hears_begin_and_end_until_it_is_taken_back(cast, at):
    haven = let_in(cast, "De Haven", "haven", at)
    row = referred_lot(cast, at)
    assert lines(haven)["Lot de Wit"][2] == "ontvangen"
    agree(cast, at, "mirjam")  # one parent speaks for both, until the other objects
    assert lines(haven)["Lot de Wit"][2:] == [
        "begonnen op 24 november 2026", "met toestemming, gegeven op 24 november 2026"
    ]  # fmt: skip
    Allocation.objects.filter(dossier=row.dossier).update(
        stopped_on=clock.today(at), state="stopped", stop_reason="as_planned"
    )
    assert lines(haven)["Lot de Wit"][2] == "afgelopen op 24 november 2026"
    [of_peter] = agree(cast, at, "peter")
    withdraw_consent(by=cast.principal("sanne"), at=at, consent=of_peter)
    assert lines(haven)["Lot de Wit"][2] == "ontvangen"


def test_a_secret_address_keeps_the_provider_and_a_shielded_dossier_everything(cast, at):
    haven = let_in(cast, "De Haven", "haven", at)
    row = referred_lot(cast, at)
    assert lines(haven)["Lot de Wit"][1] == row.provider.name
    Address.objects.filter(person=cast.person["lot"]).update(secret=True)
    assert lines(haven)["Lot de Wit"][1] == "–"
    Dossier.objects.filter(pk=row.dossier_id).update(shielded=True)
    assert "Lot de Wit" not in lines(haven)


def test_another_practice_or_a_mistake_ends_it_and_a_year_later_it_is_gone(cast, at):
    haven, meerzicht = let_in(cast, "De Haven", "haven", at), let_in(cast, "Meerzicht", "meerzicht", at)
    row, by = referral_of("Bo"), cast.principal("rob")
    actions.change_referral(
        by=by, at=at, referral=row, changes={"partner": place("Meerzicht")}, opened_version=row.version
    )
    assert "Bo Prins" not in lines(haven) and "Bo Prins" in lines(meerzicht)
    row = referral_of("Isa")
    actions.end_referral(
        by=by, at=at, referral=row, ended_on=clock.today(at), because=ReferralEnd.MISTAKE, words="verkeerd kind"
    )
    assert list(lines(meerzicht)) == ["Bo Prins"]
    row.refresh_from_db()
    actions.reopen_referral(by=by, at=at, referral=row)
    actions.end_referral(
        by=by, at=at, referral=referral_of("Isa"), ended_on=clock.today(at), because=ReferralEnd.HELP_ENDED
    )
    assert set(lines(meerzicht)) == {"Bo Prins", "Isa Kok"}  # an end is not told
    with clock.standing_at(at + dt.timedelta(days=366)):
        assert lines(meerzicht) == {}
    assert Relation.objects.filter(subject_kind="referral", ends_at=None).count() == 0
