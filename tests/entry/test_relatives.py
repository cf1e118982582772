"""Somebody of a colleague's own circle: a worry that names them is closed to that colleague, known here or not."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.demo import cast as stories
from rondom.entry import actions
from rondom.entry.actions import Known, Named, Reporter
from rondom.entry.enums import Channel, Part, ReporterKind
from rondom.entry.models import Concern
from rondom.entry.queries import concerns_for
from rondom.people import relatives
from rondom.people.actions import register_person
from rondom.privacy.actions import withdraw_relative
from rondom.privacy.models import OwnRelative, Relation
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
BORN = dt.date(2015, 3, 12)


def declare(cast, at, who="yasmin", **key):
    key = key or {"family_name": "van der Storm", "born_on": BORN, "postcode": "8251 AB"}
    return relatives.declare_own(by=cast.principal(who), at=at, kind="family", **key)


def worry(cast, at, name="Pim van der Storm", born_on=BORN):
    return actions.receive(
        by=cast.principal("els"), at=at, entered_by=cast.staff["els"], channel=Channel.PHONE, worry="Slaapt slecht.",
        reporter=Reporter(ReporterKind.PARENT, "Een ouder", contact="06"), persons=[Named(Part.CHILD, name, born_on)],
    )  # fmt: skip


def sees(cast, at, row, who="yasmin"):
    return concerns_for(cast.principal(who), at=at).filter(pk=row.pk).exists()


def test_a_worry_that_names_an_own_relative_is_closed_to_that_colleague_only(cast, at):
    declare(cast, at)
    row = worry(cast, at)
    assert (sees(cast, at, row), sees(cast, at, row, "els")) == (False, True)
    page = reverse("entry:concern", args=[row.pk])
    assert (sign_in("yasmin").get(page).status_code, sign_in("els").get(page).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("name", "born_on", "closed"),
    [
        ("Pim Storm", BORN, True),
        ("pim  STORM", BORN, True),
        ("Pim Storm", None, False),  # half a town has that name
        ("Pim Storm", dt.date(2014, 1, 1), False),
        ("Pim Stormvogel", BORN, False),
    ],
)
def test_family_name_and_date_of_birth_decide(cast, at, name, born_on, closed):
    declare(cast, at)
    assert sees(cast, at, worry(cast, at, name, born_on)) is not closed


def test_a_bsn_closes_by_the_name_of_whom_it_fits(cast, at):
    lot = cast.person["lot"]
    declare(cast, at, bsn=str(lot.bsn))
    assert not sees(cast, at, worry(cast, at, "Lot de Wit", lot.born_on))
    assert not sees(cast, at, worry(cast, at, "Lot de Wit", None))
    assert sees(cast, at, worry(cast, at, "Anna de Wit", None))


def test_declared_later_it_closes_what_waits_and_undone_it_opens(cast, at):
    row = worry(cast, at)
    assert sees(cast, at, row)
    declared = declare(cast, at)
    assert not sees(cast, at, row)
    later = at + dt.timedelta(minutes=1)
    withdraw_relative(by=cast.principal("ineke"), at=later, row=declared)
    assert sees(cast, later + dt.timedelta(minutes=1), row)


def test_handed_out_the_file_is_closed_too_and_the_colleague_cannot_get_it(cast, at):
    declare(cast, at, "mark")
    row = worry(cast, at)
    said = {
        "by": cast.principal("els"), "at": at, "concern": row, "decided_by": cast.staff["els"],
        "team": cast.team["oost"], "first_contact_by": clock.today(at), "passed_on": "Bel moeder.",
        "team_because": "zo afgesproken", "team_answers": {"school": "unknown", "age": 11, "area": "unknown"},
    }  # fmt: skip
    with pytest.raises(BadInput, match=r"another one|andere collega"):
        actions.hand_out(**said, to=cast.staff["mark"], people_=[Known(who) for who in row.persons.all()])
    case = actions.hand_out(**said, to=cast.staff["sanne"], people_=[Known(who) for who in row.persons.all()])
    child = Concern.objects.get(pk=row.pk).persons.get().person
    assert Relation.objects.filter(subject=child.pk, principal=cast.staff["mark"].pk, kind="barrier").exists()
    assert sign_in("mark").get(reverse("desk:state_ground", args=[case.pk])).status_code == 404


def test_hit_and_miss_answer_the_same_and_whoever_becomes_known_is_closed_at_night(cast, at):
    address, client = reverse("desk:relatives"), sign_in("yasmin")
    esra = cast.person["esra"]
    hit = client.post(address, {"kind": "near", "bsn": str(esra.bsn)}, follow=True).content.decode()
    miss = client.post(address, {"kind": "near", "bsn": "", "family_name": "Storm", "born_on": "12-3-2015",
                               "postcode": "8251 AB"}, follow=True).content.decode()  # fmt: skip
    words = "blijft voor jou gesloten"
    assert words in hit and words in miss
    assert str(esra.bsn) not in hit and "Storm" not in miss
    assert "al opgegeven" in client.post(address, {"kind": "near", "bsn": str(esra.bsn)}).content.decode()
    assert OwnRelative.objects.filter(staff=cast.staff["yasmin"].pk, person=None).count() == 1
    assert relatives.look_again(at=at) == 0
    row = declare(cast, at, bsn=stories.test_bsn(300))
    pim = register_person(
        by=cast.principal("sanne"), at=at, municipality="GM0303", called="Pim", family_name="Storm", born_on=BORN,
        bsn=stories.test_bsn(300),
    )  # fmt: skip
    assert relatives.look_again(at=at) == 1
    row.refresh_from_db()
    assert row.person == pim.pk


def test_the_officer_undoes_a_mistake_without_reading_whom_it_is_about(cast, at):
    row = declare(cast, at)
    ineke = sign_in("ineke")
    page = ineke.get(reverse("privacy:relatives")).content.decode()
    assert cast.staff["yasmin"].name in page and "Storm" not in page
    undo = reverse("privacy:relative_withdraw", args=[row.pk])
    assert sign_in("yasmin").get(undo).status_code == 404
    assert ineke.post(undo).status_code == 302
    row.refresh_from_db()
    assert row.ended_at == at
    assert ineke.get(undo).status_code == 404
