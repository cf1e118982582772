"""A prepared query is compiled once; its values are those of the question, every time."""

import datetime as dt

import pytest
from django.db.models import Exists, OuterRef, Q

from rondom.core.ids import new_id
from rondom.core.models import OnceKey
from rondom.core.prepared import Prepared, outer, slot, slots

pytestmark = pytest.mark.django_db
T0 = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
built = []


def _kept(count):
    built.append(count)
    return OnceKey.objects.filter(owner__in=slots("owners", count), used_at__lte=slot("at"))


IDS = Prepared(lambda count: _kept(count).values("key"))
EACH = Prepared(lambda count: _kept(count).filter(key=outer()).values("key"))


@pytest.fixture
def rows():
    owners = [new_id() for _ in range(3)]
    return {
        owner: OnceKey.objects.create(key=new_id(), owner=owner, used_at=T0 + dt.timedelta(hours=hour))
        for hour, owner in enumerate(owners)
    }


@pytest.mark.parametrize("condition", [IDS.holds, EACH.exists])
def test_both_forms_answer_with_the_values_of_this_question(rows, condition):
    first, second, third = rows

    def found(owners, at):
        asked = condition("key", len(owners), owners=frozenset(owners), at=at)
        within = OnceKey.objects.filter(Exists(OnceKey.objects.filter(asked, key=OuterRef("key"))))
        every = OnceKey.objects.filter(asked)
        assert set(every) == set(within)  # also under another name, deeper down
        assert set(OnceKey.objects.filter(~Q(asked))) == set(rows.values()) - set(every)
        return {row.owner for row in every}

    late = T0 + dt.timedelta(days=1)
    assert found([first, second], late) == {first, second}
    assert found([third, second], T0 + dt.timedelta(hours=1)) == {second}
    assert found([third], late) == {third}
    assert found([new_id()], late) == set()
    assert found([first, second, third], T0) == {first}


def test_it_is_built_once_for_every_shape(rows):
    built.clear()
    for owner in rows:
        for count in (7, 8):
            owners = frozenset({owner, *(new_id() for _ in range(count - 1))})
            assert OnceKey.objects.filter(IDS.holds("key", count, owners=owners, at=T0 + dt.timedelta(days=1))).exists()
    assert sorted(built) == [7, 8]
