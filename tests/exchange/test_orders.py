"""From order to JW301: what it says, when it is made, that it is made once, and what stands in the way."""

import datetime as dt

import pytest

from rondom.allocations import actions as allocations
from rondom.allocations import changing, signals
from rondom.allocations.changing import Because
from rondom.allocations.enums import ChangeReason, Frequency, StopReason
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.core.models import Event
from rondom.exchange import mapping, ordering, post
from rondom.exchange.enums import Hindrance, State, Trouble
from rondom.exchange.models import Assignment, AssignmentNumbers, Message
from rondom.exchange.queries import content_of
from rondom.exchange.standing import standing_of
from rondom.messages.checking import check
from rondom.people import actions as people
from rondom.people.enums import AuthorityKind, ContactKind, ContactSafety, FactSource
from rondom.people.models import Address, Person
from rondom.providers.models import AgbCode
from tests.allocations.test_changes import awarded, change, wish
from tests.allocations.test_orders import DAY, DECIDED, order
from tests.exchange.ends import AGB, Ends
from tests.exchange.playing import number_of, products, said
from tests.privacy.test_destruction import destroy

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def ends(at, tmp_path, settings):
    settings.RONDOM_EXCHANGE = tmp_path
    return Ends(tmp_path, at)


def move(person: Person, lines: str) -> None:
    for address in Address.objects.filter(person=person):
        address.lines = lines
        address.save()


def made(row: Allocation) -> list[Message]:
    """Return the JW301s about an order."""
    return list(Message.objects.filter(versions__assignment__allocation=row).order_by("at", "pk"))


def test_an_order_says_what_the_standard_asks_and_no_more(cast, at):
    timo = cast.person["timo"]
    people.add_contact_point(
        by=cast.principal("joris"), at=at, person=timo, kind=ContactKind.PHONE, value="06 12 34 56 78",
        safety=ContactSafety.SAFE,
    )  # fmt: skip
    people.add_contact_point(
        by=cast.principal("joris"), at=at, person=timo, kind=ContactKind.PHONE, value="0321 555 001",
        safety=ContactSafety.UNSAFE,
    )  # fmt: skip
    Person.objects.filter(pk=timo.pk).update(interpreter="Tigrinya")
    row = awarded(cast, at)
    (message,) = made(row)
    assert (message.name, message.receiver, message.state, message.trouble) == ("JW301", AGB, State.READY, "")
    client = said(message).Client
    assert (client.Bsn, client.Geboortedatum.Datum, client.Naam.NaamGebruik) == (timo.bsn, timo.born_on, "1")
    assert (client.Communicatie.Vorm, client.Communicatie.Taal, client.Commentaar) == ("1", "Tigrinya", None)
    (contact,) = client.Contactgegevens.Contact
    assert (contact.Soort, contact.Adres.LandCode, contact.Emailadres) == ("01", "NL", None)
    assert contact.Telefoon.Telefoon01.Telefoonnummer == "0612345678"
    assert contact.Telefoon.Telefoon02 is None
    (product,) = client.ToegewezenProducten.ToegewezenProduct
    assert product.ToewijzingNummer == number_of(row) >= ordering.FIRST_NUMBER
    assert (product.Product.Categorie, product.Product.Code) == ("45", "45A04")
    assert (product.Omvang.Volume, product.Omvang.Eenheid, product.Omvang.Frequentie) == (60, "01", "2")
    assert (product.Ingangsdatum, product.Einddatum) == (row.starts, row.last_day)
    assert (product.Toewijzingsdatum, product.Toewijzingstijd) == (clock.today(at), "10:30:00")
    assert (product.RedenWijziging, product.ReferentieAanbieder, product.Budget) == (None, None, None)
    relations = client.Relaties.Relatie
    held = set(timo.authority.values_list("holder__family_name", flat=True))
    assert {one.Naam.Geslachtsnaam.Achternaam for one in relations} <= held
    assert {one.Soort for one in relations} <= {"10", "11"}
    assert len({one.Nummer for one in relations}) == len(relations)
    assert not check(content_of(message)).level2


@pytest.mark.parametrize(
    ("lines", "street", "house"),
    [
        (("De Helling 3", "8251 GH Dronten"), "De Helling", (3, None, None)),
        (("Kade 12a", "8251AB Dronten"), "Kade", (12, "a", None)),
        (("Laan 1945 7 B-2", "8251 ab  De Zeven Zussen"), "Laan 1945", (7, "B", "2")),
        (("Burgemeester van der Achternaamlaan 1", "8251 GH Dronten"), "Burgemeester van der Ach", (1, None, None)),
        (("Postbus 100",), None, None), (("Rue de la Paix", "75002 Paris"), None, None), ((), None, None),
    ],
)  # fmt: skip
def test_an_address_is_parted_as_the_standard_does_or_not_at_all(lines, street, house):
    found = mapping.address_of(lines)
    if street is None:
        assert found is None
    else:
        assert found.Straatnaam == street
        assert (found.Huis.Huisnummer, found.Huis.Huisletter, found.Huis.HuisnummerToevoeging) == house
        assert (found.Postcode.upper(), found.LandCode) == (found.Postcode, "NL")


def test_a_second_signal_makes_no_second_message_and_a_refused_order_makes_none(cast, at):
    row = awarded(cast, at)
    signals.allocation_ordered.send(sender=Allocation, allocation=row, by=cast.principal("joris"), at=at)
    assert ordering.send_order(by=cast.principal("joris"), at=at, allocation=row) is None
    assert (len(made(row)), Assignment.objects.filter(allocation=row).count()) == (1, 1)
    before = (Message.objects.count(), Assignment.objects.count(), AssignmentNumbers.objects.get().last)
    with pytest.raises(BadInput):
        awarded(cast, at, ends=clock.today(at) - DAY)
    assert (Message.objects.count(), Assignment.objects.count(), AssignmentNumbers.objects.get().last) == before


def test_task_based_and_free_help_make_no_message(cast, at):
    row = order(cast, at)
    assert (made(row), standing_of(row).goes_without) == ([], True)
    assert made(order(cast, at, code="", free_offer="Jongerencoach")) == []


def test_what_is_missing_is_said_and_goes_once_it_is_there(cast, at):
    timo = cast.person["timo"]
    Person.objects.filter(pk=timo.pk).update(bsn=None, bsn_index=None)
    bsn, before = timo.bsn, Event.objects.filter(kind="exchange.order_not_told").count()
    timo.refresh_from_db()
    row = awarded(cast, at)
    assert (made(row), row.state) == ([], "ordered")
    found = standing_of(row)
    assert (found.hindrance, found.repairs) == (Hindrance.NO_BSN, True)
    assert Event.objects.filter(kind="exchange.order_not_told").count() == before + 1
    (asked,) = row.case.clocks.filter(kind=ordering.NOT_TOLD, state="running")
    assert (asked.rests_with, "BSN" in asked.explanation["rule"]) == (cast.staff["joris"], True)
    assert post.tell(at=at) == 0
    timo = Person.objects.get(pk=timo.pk)
    timo.bsn = bsn
    timo.save()
    assert post.tell(at=at) == 1
    asked.refresh_from_db()
    assert (len(made(row)), standing_of(row).hindrance, asked.state) == (1, "", "met")


def test_each_thing_the_message_needs_has_its_own_sentence(cast, at):
    timo = cast.person["timo"]
    expected = {
        Hindrance.NO_CONTACT: lambda: move(timo, "Ergens in het bos"),
        Hindrance.NO_BIRTH: lambda: Person.objects.filter(pk=timo.pk).update(born_on=None),
        Hindrance.NO_AGB: lambda: AgbCode.objects.filter(code=AGB).update(ends=clock.today(at)),
    }
    row = awarded(cast, at)
    content = said(made(row)[0])
    assert ordering.content_of(row, at=at, identification=content.Header.BerichtIdentificatie.Identificatie) == content
    Message.objects.filter(pk=made(row)[0].pk).update(state=State.REJECTED)
    for hindrance, spoil in expected.items():
        spoil()
        fresh = Allocation.objects.get(pk=row.pk)
        assert ordering.send_order(by=cast.principal("joris"), at=at, allocation=fresh) is None
        assert standing_of(fresh).hindrance == hindrance


def test_a_secret_address_never_stands_in_a_message_and_never_leaves_by_itself(cast, at, ends):
    lot = cast.dossier["lot"]
    (stuck,) = Message.objects.filter(dossiers=lot)
    assert (stuck.state, stuck.trouble) == (State.DEAD, Trouble.SECRET)
    row = Allocation.objects.get(dossier=lot, product__code="45A04")
    assert standing_of(row).hindrance == "" or not made(row)
    contacts = said(stuck).Client.Contactgegevens.Contact
    assert all(one.Adres is None for one in contacts)
    ends.work()
    assert not any("JW301" in name and stuck.pk.hex in name for name in ends.lies("out"))


def test_an_extension_keeps_the_number_and_says_why_and_the_rest_goes_along(cast, at):
    row = awarded(cast, at)
    other = order(cast, at, code="45A53", basis=DECIDED, volume=3, frequency=Frequency.TOTAL, despite="Samen nodig")
    if other.state == "waiting":
        allocations.let_through(by=cast.principal("rob"), at=at, allocation=other, let_through_by=cast.staff["rob"])
    later = at + dt.timedelta(hours=2)
    longer = {"decision": "2026-2", "decided_on": clock.today(at)}
    change(cast, later, row, ChangeReason.LONGER, ends=row.ends + 30 * DAY, because=longer)
    first, second = products(made(row)[-1])
    assert [first.ToewijzingNummer, second.ToewijzingNummer] == sorted([number_of(row), number_of(other)])
    mine = next(one for one in (first, second) if one.ToewijzingNummer == number_of(row))
    rest = next(one for one in (first, second) if one.ToewijzingNummer == number_of(other))
    assert (mine.RedenWijziging, mine.Einddatum, mine.Toewijzingstijd) == ("04", row.last_day, "12:30:00")
    assert (rest.RedenWijziging, rest.Toewijzingstijd) == (None, "10:30:00")


def test_a_withdrawn_order_ends_on_its_first_day_and_what_it_followed_goes_on(cast, at):
    row = awarded(cast, at, starts=clock.today(at) - 3 * DAY)
    old_end = row.last_day
    moment = at + dt.timedelta(hours=1)
    decided = {"decision": "2026-3", "decided_on": clock.today(at)}
    follower = change(
        cast, moment, row, ChangeReason.LONGER, volume=90, starts=clock.today(at) + 10 * DAY, ends=row.ends,
        because=decided,
    )  # fmt: skip
    old, new = products(made(follower)[0])
    assert (old.ToewijzingNummer, old.Einddatum, old.RedenWijziging) == (number_of(row), follower.starts - DAY, "04")
    assert (new.ToewijzingNummer, new.RedenWijziging, new.Omvang.Volume) == (number_of(follower), None, 90)
    assert len(made(row)) == 2  # the first, and both together in one
    changing.withdraw(
        by=cast.principal("joris"), at=moment + dt.timedelta(hours=1), allocation=follower,
        withdrawn_by=cast.staff["joris"], because=Because(ChangeReason.SENT_WRONGLY),
    )  # fmt: skip
    assert (len(made(row)), len(made(follower))) == (3, 2)
    old, new = products(made(row)[-1])
    assert (new.RedenWijziging, new.Einddatum) == ("13", new.Ingangsdatum)
    assert old.Einddatum == old_end


def test_what_was_never_sent_is_not_taken_back(cast, at):
    Person.objects.filter(pk=cast.person["timo"].pk).update(bsn=None, bsn_index=None)
    row = awarded(cast, at)
    changing.withdraw(
        by=cast.principal("joris"), at=at + dt.timedelta(hours=1), allocation=row, withdrawn_by=cast.staff["joris"],
        because=Because(ChangeReason.SENT_WRONGLY),
    )  # fmt: skip
    assert (made(row), standing_of(row).repairs) == ([], False)
    assert Assignment.objects.get(allocation=row).hindrance == ""


def test_help_that_we_end_is_told_and_help_that_never_began_is_taken_back(cast, at):
    row = awarded(cast, at, starts=clock.today(at) - 9 * DAY)
    begun = clock.today(at) - 8 * DAY
    allocations.start(
        by=cast.principal("joris"), at=at, allocation=row, started_on=begun, right_address=True, help_needed=True
    )
    allocations.stop(
        by=cast.principal("joris"), at=at + dt.timedelta(minutes=5), allocation=row, stopped_on=clock.today(at),
        reason=StopReason.MUNICIPALITY, end_decision="2026-9",
    )  # fmt: skip
    (last,) = products(made(row)[-1])
    assert (last.RedenWijziging, last.Einddatum) == ("05", clock.today(at))
    never = awarded(cast, at + dt.timedelta(minutes=9), despite="Anders", starts=clock.today(at) + 40 * DAY, ends=None,
                    frequency=Frequency.MONTH)  # fmt: skip
    allocations.stop(
        by=cast.principal("joris"), at=at + dt.timedelta(minutes=19), allocation=never, stopped_on=clock.today(at),
        reason=StopReason.WRONG_ADDRESS,
    )  # fmt: skip
    deleted = next(one for one in products(made(never)[-1]) if one.ToewijzingNummer == number_of(never))
    assert (deleted.RedenWijziging, deleted.Einddatum) == ("13", deleted.Ingangsdatum)


def test_a_request_is_honoured_in_one_message_with_its_reference(cast, at):
    with ordering.honouring(by=cast.principal("rob"), at=at, reference="VOT-1"):
        row = awarded(cast, at)
        assert made(row) == []
    (message,) = made(row)
    (product,) = products(message)
    assert product.ReferentieAanbieder == "VOT-1"
    later = at + dt.timedelta(hours=1)
    with ordering.honouring(by=cast.principal("rob"), at=later, reference="VOW-2", to_all=True):
        changing.change(
            by=cast.principal("joris"), at=later, allocation=row, changed_by=cast.staff["joris"],
            wish=wish(row, ends=row.ends + 9 * DAY), opened_version=row.version,
            because=Because(ChangeReason.PROVIDER_ASKED, decision="2026-5", decided_on=clock.today(at)),
        )  # fmt: skip
    (product,) = products(made(row)[-1])
    assert (product.ReferentieAanbieder, product.RedenWijziging) == ("VOW-2", "12")
    assert len(made(row)) == 2


def test_numbers_are_never_given_twice_and_everything_goes_with_the_dossier(cast, at, tmp_path, settings):
    settings.RONDOM_LEDGER, settings.RONDOM_EXCHANGE = tmp_path / "ledger", tmp_path / "exchange"
    last = AssignmentNumbers.objects.get().last
    destroy(cast, at, "julia")
    assert not Assignment.objects.filter(allocation__dossier=cast.dossier["julia"].pk).exists()
    assert number_of(awarded(cast, at)) == last + 1


def test_guardianship_is_told(cast, at):
    timo = cast.person["timo"]
    timo.authority.update(ends=clock.today(at))
    people.record_authority(
        by=cast.principal("joris"), at=at, child=timo, holder=cast.person["anna"], kind=AuthorityKind.GUARDIAN,
        source=FactSource.COURT, starts=clock.today(at),
    )  # fmt: skip
    client = said(made(awarded(cast, at))[0]).Client
    assert client.WettelijkeVertegenwoordiging == "06"
    assert [one.Soort for one in client.Relaties.Relatie] == ["11"]
