"""An unusual order for a shielded child is looked at by one named colleague of the back office, and by nobody else."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.accounts.enums import Role
from rondom.allocations import actions, queries
from rondom.allocations.actions import Unusual
from rondom.allocations.enums import AllocationState, StopReason
from rondom.allocations.models import Allocation
from rondom.core.errors import BadInput
from rondom.demo.cast import employ
from rondom.dossiers.models import Dossier
from rondom.dossiers.queries import dossiers_for
from rondom.privacy.actions import relate
from rondom.privacy.enums import RelationKind, Sight, SubjectKind
from tests.allocations.test_orders import order
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def shielded(cast):
    """Timo's dossier is shielded; Petra works at the back office beside Rob."""
    employ(cast, "petra", "Petra", "Bos", "backoffice", None, Role.BACK_OFFICE)
    dossier = cast.dossier["timo"]
    Dossier.objects.filter(pk=dossier.pk).update(shielded=True)
    dossier.refresh_from_db()
    return dossier


def unusual(cast, at, who="petra"):
    """The same kind of help twice: the back office looks."""
    if not Allocation.objects.filter(dossier=cast.dossier["timo"]).exists():
        order(cast, at)
    return order(
        cast, at, unusual=Unusual("Het kan niet wachten.", shown_to=cast.staff[who] if who else None)
    )  # fmt: skip


def seen_by(cast, at, who):
    return {row.pk for row in queries.orders_for(cast.principal(who), at=at)}


def test_without_a_named_colleague_who_can_look_it_is_refused(cast, at, shielded):
    for who in (None, "sanne"):
        with pytest.raises(BadInput) as refused:
            unusual(cast, at, who)
        assert refused.value.field == "shown_to"


def test_who_may_not_see_the_child_is_not_offered(cast, at, shielded):
    kuiper = cast.dossier["roos"]  # the daughter of Rob, in a shielded dossier
    relate(
        by=cast.principal("ineke"), at=at, subject_kind=SubjectKind.DOSSIER, subject=kuiper.pk,
        principal=cast.staff["rob"].pk, kind=RelationKind.BARRIER, ground="family", municipality="GM0303",
    )  # fmt: skip
    assert {each.pk for each in queries.lookers_for([kuiper], at=at)} == {cast.staff["petra"].pk}
    assert queries.lookers_for([cast.dossier["lot"]], at=at) == []


def test_only_the_named_colleague_sees_that_one_order_until_it_is_decided(cast, at, shielded):
    row = unusual(cast, at)
    petra = cast.principal("petra")
    assert row.state == AllocationState.WAITING
    assert row.pk in seen_by(cast, at, "petra") and row.pk not in seen_by(cast, at, "rob")
    others = {pk for pk in seen_by(cast, at, "petra") if pk != row.pk}
    assert others == seen_by(cast, at, "rob")
    address = reverse("allocations:order", args=[row.pk])
    assert (sign_in("petra").get(address).status_code, sign_in("rob").get(address).status_code) == (200, 404)
    later = at + dt.timedelta(minutes=1)
    actions.let_through(by=petra, at=later, allocation=row, let_through_by=cast.staff["petra"])
    after = later + dt.timedelta(minutes=1)
    assert row.state == AllocationState.ORDERED and row.pk not in seen_by(cast, after, "petra")
    assert not dossiers_for(petra, at=after, sight=Sight.PRODUCT).filter(pk=shielded.pk).exists()


def test_sight_ends_also_when_the_order_stops_before_anybody_looked(cast, at, shielded):
    row, later = unusual(cast, at), at + dt.timedelta(minutes=1)
    actions.stop(
        by=cast.principal("joris"), at=later, allocation=row, stopped_on=at.date(), reason=StopReason.BY_FAMILY
    )
    after = later + dt.timedelta(minutes=1)
    assert not dossiers_for(cast.principal("petra"), at=after, sight=Sight.PRODUCT).filter(pk=shielded.pk).exists()
