"""Help on a registration: ordered, begun and stopped by the back office, because no team works with this child."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.accounts.enums import Role
from rondom.allocations import actions
from rondom.allocations.enums import AllocationState, Decision, Ground
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed
from rondom.demo.cast import employ
from rondom.entry import actions as entry
from rondom.entry.actions import Days
from rondom.entry.enums import ReferralEnd, ReferrerKind
from tests.allocations.test_orders import product
from tests.entry.test_registrations import register
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def typed(**more):
    return {
        "product": str(product("45A48").pk), "starts": "vandaag", "decision": Decision.MEDICAL_AS_ASKED, **more,
    }  # fmt: skip


def order(client, referral, **more):
    return client.post(reverse("allocations:order_registration", args=[referral.pk]), typed(**more))


@pytest.fixture
def referral(cast, at):
    row = register(cast, at, Days(clock.today(at)), ReferrerKind.GP)
    row.dossier.responsible_municipality = "GM0303"
    row.dossier.save(update_fields=["responsible_municipality"])
    return row


def test_the_desk_offers_it_and_the_way_follows_from_who_referred(cast, referral):
    rob = sign_in("rob")
    address = reverse("allocations:order_registration", args=[referral.pk])
    assert address in rob.get(reverse("entry:registration", args=[referral.pk])).content.decode()
    assert order(rob, referral).status_code == 302
    row = Allocation.objects.get(dossier=referral.dossier)
    assert (row.state, row.ground, row.case, row.start_clock) == (AllocationState.ORDERED, Ground.MEDICAL, None, None)
    for stranger in ("sanne", "els", "karin"):
        assert sign_in(stranger).get(address).status_code == 404


def test_the_back_office_begins_and_stops_it_and_nobody_else_does(cast, referral):
    rob, sanne = sign_in("rob"), sign_in("sanne")
    order(rob, referral)
    row = Allocation.objects.get(dossier=referral.dossier)
    page = reverse("allocations:order", args=[row.pk])
    start, stop = (reverse(f"allocations:{name}", args=[row.pk]) for name in ("start", "stop"))
    assert start in rob.get(page).content.decode()
    assert (sanne.get(start).status_code, sanne.get(page).status_code) == (404, 404)
    said = {"right_address": "yes", "help_needed": "yes", "started_on": "vandaag"}
    assert rob.post(start, said).headers["Location"] == page
    assert rob.post(stop, {"stopped_on": "vandaag", "reason": "as_planned"}).headers["Location"] == page
    row.refresh_from_db()
    assert row.state == AllocationState.STOPPED


def test_the_back_office_does_not_begin_or_stop_help_of_a_family_of_a_team(cast):
    running = Allocation.objects.filter(case=cast.case["visser"], product__isnull=False).first()
    for name in ("start", "stop", "change", "withdraw", "write_wait", "resume"):
        assert sign_in("rob").get(reverse(f"allocations:{name}", args=[running.pk])).status_code == 404, name


def test_what_is_unusual_is_looked_at_by_another_colleague(cast, at, referral):
    employ(cast, "petra", "Petra", "Bos", "backoffice", None, Role.BACK_OFFICE)
    rob = sign_in("rob")
    order(rob, referral)
    assert order(rob, referral).status_code == 200  # the same help twice: asks why
    order(rob, referral, despite="De huisarts vraagt beide.")
    row = Allocation.objects.get(dossier=referral.dossier, state=AllocationState.WAITING)
    with pytest.raises(NotAllowed):
        actions.let_through(by=cast.principal("rob"), at=at, allocation=row, let_through_by=cast.staff["rob"])
    actions.let_through(by=cast.principal("petra"), at=at, allocation=row, let_through_by=cast.staff["petra"])
    assert row.state == AllocationState.ORDERED


def test_a_registration_with_open_help_cannot_end_and_an_ended_one_cannot_be_ordered_on(cast, at, referral):
    rob = sign_in("rob")
    order(rob, referral)
    said = {"by": cast.principal("rob"), "referral": referral, "because": ReferralEnd.HELP_ENDED}
    with pytest.raises(BadInput):
        entry.end_referral(**said, at=at, ended_on=clock.today(at))
    row = Allocation.objects.get(dossier=referral.dossier)
    rob.post(reverse("allocations:withdraw", args=[row.pk]), {"reason": "sent_wrongly"})
    later = at + dt.timedelta(minutes=1)
    entry.end_referral(**said, at=later, ended_on=clock.today(at))
    assert rob.get(reverse("allocations:order_registration", args=[referral.pk])).status_code == 404
