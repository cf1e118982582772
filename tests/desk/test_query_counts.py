"""Pages with a list take the same number of queries whatever the number of rows: 1, 3 and, for the longest, 50."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rondom.accounts.actions import add_organisation, add_staff, add_team, award_role, join_team
from rondom.allocations import actions as allocations
from rondom.allocations.actions import Basis, Help
from rondom.allocations.enums import Decision, Ground
from rondom.core import clock
from rondom.core.events import look
from rondom.desk.drafts import NOTE
from rondom.documents.actions import receive
from rondom.documents.enums import DocumentKind, MediaType, Regime
from rondom.dossiers import actions, drafts
from rondom.dossiers.actions import Invited
from rondom.dossiers.enums import Channel, MeetingGround
from rondom.entry import actions as entry
from rondom.entry.enums import Channel as EntryChannel
from rondom.entry.enums import Part, ReporterKind
from rondom.people.actions import add_contact_point, add_tie, record_authority, record_kinship, register_person
from rondom.people.enums import AuthorityKind, ContactKind, ContactSafety, FactSource, KinshipKind, TieStrength
from rondom.plans import actions as plans
from rondom.plans.enums import Doer
from rondom.providers import actions as providers
from rondom.providers.enums import ContractKind, Funding, ProofKind, Scale
from rondom.providers.models import Product
from tests.trust.walking import sign_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.slow]
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def person(cast, at, number, family="Proef", years=11):
    return register_person(
        by=cast.principal("fatima"), at=at, municipality="GM0303", called=f"Kind{number}", family_name=family,
        born_on=dt.date(2026 - years, 1, 1 + number % 28),
    )  # fmt: skip


def more_families(cast, at, number):
    """A family of Fatima, with a date and a meeting today."""
    by, fatima = cast.principal("fatima"), cast.staff["fatima"]
    child, parent = person(cast, at, number), person(cast, at, number, years=40)
    add_contact_point(
        by=by, at=at, person=parent, kind=ContactKind.PHONE, value=f"06123450{number:02}", safety=ContactSafety.SAFE
    )
    case = actions.take_on(by=by, at=at, team=cast.team["west"], youths=[child], coordinator=fatima)
    actions.add_adult(by=by, at=at, case=case, person=parent, part="ouder")
    actions.start_clock(
        by=by, at=at, case=case, kind="agreement", title="Bellen", due=dt.date(2026, 11, 24),
        why=actions.Why("Afgesproken"), rests_with=fatima,
    )  # fmt: skip
    drafts.save(drafts.bind(by, form=NOTE, subject=case.pk, anchor=case), {"text": ["Half"]}, at=at)
    note = actions.write_note(
        by=by, at=at, case=case, author=fatima, text="Gebeld.", concerns=[child], channel=Channel.PHONE, happened_at=at
    )
    actions.ask_call_back(by=by, at=at, note=note, day=clock.today(at) + DAY, rests_with=fatima, person=parent)
    meet(cast, by, at, case, child, fatima)


def meet(cast, by, at, case, child, staff):
    actions.plan_meeting(
        by=by, at=at, case=case, planned_at=at + HOUR, purpose="Kennismaken",
        invited=[Invited(MeetingGround.CONCERNED, person=child), Invited(MeetingGround.WORKS_WITH, staff=staff)],
    )  # fmt: skip


def more_of_a_family(cast, at, number):
    """More of everything on the pages of one family: of Sanne, who is the coordinator."""
    by, sanne, case, child = cast.principal("sanne"), cast.staff["sanne"], cast.case["visser"], cast.person["lot"]
    note = actions.write_note(
        by=by, at=at, case=case, author=sanne, text="Gebeld.", concerns=[child], channel=Channel.PHONE, happened_at=at
    )
    actions.correct_note(by=by, at=at, note=note, author=sanne, text="Toch niet.")
    actions.start_clock(
        by=by, at=at, case=case, kind="agreement", title="Bellen", due=dt.date(2026, 11, 24),
        why=actions.Why("Afgesproken"), rests_with=sanne,
    )  # fmt: skip
    meet(cast, by, at, case, child, sanne)
    aunt = person(cast, at, number, "Visser", years=35)
    actions.add_adult(by=by, at=at, case=case, person=aunt, part="tante")
    record_kinship(by=by, at=at, person=aunt, other=child, kind=KinshipKind.OTHER, source=FactSource.DECLARED)
    add_tie(by=by, at=at, person=child, strength=TieStrength.ORDINARY, label=f"Club {number}")
    receive(
        by=by, at=at, case=case, kind=DocumentKind.REPORT, title=f"Verslag {number}", author="School", concerns=[child],
        regime=Regime.YOUTH_HELP, blob=f"{number:032x}", size=1, digest="0" * 64, media_type=MediaType.PDF,
    )  # fmt: skip
    sign_in("sanne").get(reverse("desk:family", args=[case.pk]))


def more_of_a_team(cast, at, number):
    """A colleague in team oost with a family that stands still, and a move that waits for a second person."""
    tom, els = cast.principal("tom"), cast.principal("els")
    home = cast.team["oost"].organisation
    name = f"nieuw{number}"
    new = add_staff(by=tom, at=at, organisation=home, username=name, first_name="Nieuw", last_name=name)
    join_team(by=tom, at=at, staff=new, team=cast.team["oost"])
    cast.staff[name] = new
    case = actions.take_on(
        by=els, at=at, team=cast.team["oost"], youths=[person(cast, at, number)], coordinator=new
    )  # fmt: skip
    actions.start_clock(
        by=els, at=at, case=case, kind="agreement", title="Bellen", due=dt.date(2026, 11, 1),
        why=actions.Why("Afgesproken"), rests_with=new,
    )  # fmt: skip
    actions.ask_move(
        by=els, at=at, team=cast.team["oost"], giver=new, receiver=cast.staff["mark"], cases=[case],
        asked_by=cast.staff["els"], reason="Druk",
    )  # fmt: skip
    actions.cover(
        by=els, at=at, team=cast.team["oost"], absent=new, taken_by=cast.staff["mark"], until=clock.today(at) + DAY
    )


def more_outside_families(cast, at, number):
    """Rows for the pages of administrators, the data steward, the back office and a parent."""
    tom, rob = cast.principal("tom"), cast.principal("rob")
    house = add_organisation(by=tom, at=at, name=f"Stichting {number}", kind="local_team")
    add_team(by=tom, at=at, organisation=house, name="Team")
    staff = add_staff(by=tom, at=at, organisation=house, username=f"wacht{number}", first_name="W", last_name="Wacht")
    award_role(by=tom, at=at, staff=staff, role="privacy_officer", starts=clock.today(at))
    award_role(by=tom, at=at, staff=staff, role="case_worker", starts=clock.today(at))
    for _ in range(2):
        person(cast, at, number, "Dubbel")
    provider = providers.register_provider(by=rob, at=at, name=f"Aanbieder {number}")
    more_of_a_provider(cast, rob, at, provider, number)
    more_of_a_provider(cast, rob, at, cast.provider, 100 + number)
    child = person(cast, at, number, "Visser")
    record_authority(
        by=rob, at=at, child=child, kind=AuthorityKind.SOLE, source=FactSource.REGISTER, holder=cast.person["mirjam"],
        starts=child.born_on,
    )  # fmt: skip
    sanne = cast.principal("sanne")
    actions.take_on(by=sanne, at=at, team=cast.team["oost"], youths=[child], coordinator=cast.staff["sanne"])
    about = [("case", cast.case["visser"].pk), ("dossier", cast.dossier["lot"].pk)]
    look(
        cast.principal(f"nieuw{number}"), "desk.family_shown", cast.case["visser"], subjects=about, at=at - number * DAY
    )


def more_of_a_provider(cast, by, at, provider, number):
    providers.add_alias(by=by, at=at, provider=provider, name=f"Ook {number}")
    providers.add_location(
        by=by, at=at, provider=provider, name=f"Huis {number}", lines="Dorpsstraat 1\n1234 AB Dronten"
    )
    today = clock.today(at)
    providers.record_proof(
        by=by, at=at, provider=provider, kind=ProofKind.values[0], seen_on=today, valid_until=today + 365 * DAY
    )
    contract = providers.sign_contract(
        by=by, at=at, provider=provider, number=f"C-{number}", kind=ContractKind.FRAMEWORK,
        starts=dt.date(2027, 1, 1), scale=Scale.REGIONAL,
    )  # fmt: skip
    lot = providers.add_lot(by=by, at=at, contract=contract, name="Ambulant", funding=Funding.EFFORT)
    product = providers.add_product(by=by, at=at, lot=lot, category="45", code="45A04", name="Begeleiding", unit="01")
    providers.set_rate(by=by, at=at, product=product, amount=Decimal("1.25"), starts=dt.date(2027, 1, 1))


def more_care(cast, at, number):
    """A worry that waits, a goal with who does what, and an order, of which the second waits for the back office."""
    sanne, joris, me = cast.principal("sanne"), cast.principal("joris"), cast.staff["joris"]
    entry.receive(
        by=sanne, at=at, entered_by=cast.staff["sanne"], channel=EntryChannel.PHONE, worry="Slaapt op school.",
        reporter=entry.Reporter(ReporterKind.SCHOOL, "Juf Anja", "De Wilgen"), talked_on=clock.today(at),
        persons=[entry.Named(Part.CHILD, f"Pim {number}"), entry.Named(Part.ADULT, "Ria", what="oma")],
    )  # fmt: skip
    if not hasattr(cast, "plan"):
        cast.plan = plans.begin(by=joris, at=at, case=cast.case["smeets"], begun_by=me, going_well="Hutten bouwen.")
    goal = plans.add_goal(
        by=joris,
        at=at,
        plan=cast.plan,
        text=f"Doel {number}",
        said_by="Timo",
        concerns=[cast.person["timo"]],
        kept_by=me,
    )
    plans.add_line(
        by=joris, at=at, goal=goal, doer=Doer.FAMILY, who="Inge", what="leest voor", due_on=clock.today(at), kept_by=me
    )
    what = Help(starts=clock.today(at), product=Product.objects.get(code="45A48"))
    allocations.order(
        by=joris, at=at, dossier=cast.dossier["timo"], case=cast.case["smeets"], ordered_by=me, what=what,
        basis=Basis(Ground.MUNICIPAL, Decision.FREE_OFFER), despite="Het kan niet wachten.",
    )  # fmt: skip
    ends_soon = Help(starts=clock.today(at), ends=clock.today(at) + 20 * DAY, free_offer=f"Home-Start {number}")
    allocations.order(
        by=joris, at=at, dossier=cast.dossier["timo"], case=cast.case["smeets"], ordered_by=me, what=ends_soon,
        basis=Basis(Ground.MUNICIPAL, Decision.FREE_OFFER),
    )  # fmt: skip


def queries(client, address, **post):
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["looks"]) as looks:
        answer = client.post(address, post) if post else client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
    return len(main) + len(looks), answer.content.decode()


Page = tuple[str, str, Callable[[Any], list[Any]], dict[str, str]]


def of(*names: str) -> Callable[[Any], list[Any]]:
    """Arguments of an address, found in the cast: `of("case", "visser")`."""
    return lambda cast: [getattr(cast, names[0])[names[1]].pk] if names else []


VISSER, LOT, NOTHING = of("case", "visser"), of("dossier", "lot"), of()
PAGES: list[Page] = [
    ("fatima", "desk:families", NOTHING, {}),
    ("fatima", "desk:day", NOTHING, {}),
    ("fatima", "desk:note", NOTHING, {}),
    ("fatima", "desk:search", NOTHING, {"words": "proef"}),
    ("fatima", "dossiers:drafts", NOTHING, {}),
    ("els", "desk:team", NOTHING, {}),
    ("els", "desk:standing", NOTHING, {}),
    ("yasmin", "desk:inbox", NOTHING, {}),
    ("sanne", "desk:family", VISSER, {}),
    ("sanne", "desk:journal", VISSER, {}),
    ("sanne", "desk:timeline", VISSER, {}),
    ("sanne", "desk:meetings", VISSER, {}),
    ("sanne", "desk:looks", VISSER, {}),
    ("sanne", "desk:members", VISSER, {}),
    ("sanne", "desk:roles", VISSER, {}),
    ("sanne", "documents:list", VISSER, {}),
    ("yasmin", "entry:concerns", NOTHING, {}),
    ("joris", "plans:board", NOTHING, {}),
    ("joris", "plans:of_family", of("case", "smeets"), {}),
    ("joris", "plans:plan", lambda cast: [cast.plan.pk], {}),
    ("joris", "allocations:of_family", of("case", "smeets"), {}),
    ("joris", "allocations:waits_of_family", of("case", "smeets"), {}),
    ("joris", "allocations:waiting", NOTHING, {}),
    ("joris", "allocations:ending", NOTHING, {}),
    ("rob", "allocations:orders", NOTHING, {}),
    ("mirjam", "portal:home", NOTHING, {}),
    ("mirjam", "portal:dossier", LOT, {}),
    ("mirjam", "portal:who_looked", LOT, {}),
    ("wim", "people:doubles", NOTHING, {}),
    ("rob", "providers:index", NOTHING, {}),
    ("rob", "providers:provider", lambda cast: [cast.provider.pk], {}),
    ("tom", "administration:start", NOTHING, {}),
    ("tom", "administration:staff", NOTHING, {}),
    ("tom", "administration:organisations", NOTHING, {}),
]
"""Who, the page, its arguments, and what is posted. What grows on it is in one of the functions above."""


def test_lists_take_the_same_number_of_queries_whatever_the_rows(cast, at):
    cast.provider = providers.register_provider(by=cast.principal("rob"), at=at, name="De Lijst")
    clients = {who: sign_in(who) for who in {page[0] for page in PAGES}}

    def counted():
        found = {}
        for who, name, args, post in PAGES:
            address = reverse(name, args=args(cast))
            found[who, name] = queries(clients[who], address, **post)
        return found

    def more(numbers):
        for number in numbers:
            for grow in (more_families, more_of_a_family, more_of_a_team, more_outside_families, more_care):
                grow(cast, at, number)

    more([1])
    counted()  # what is read once per process
    one = counted()
    more([2, 3])
    three = counted()
    growing = {page: (one[page][0], three[page][0]) for page in one if one[page][0] != three[page][0]}
    assert not growing
    same = [page for page in one if len(one[page][1]) >= len(three[page][1])]
    assert not same, "nothing grew on these pages: they prove nothing"


def test_a_page_holds_fifty_rows_and_asks_no_more_for_them(cast, at):
    client, address = sign_in("fatima"), reverse("desk:families")
    more_families(cast, at, 1)
    queries(client, address)
    one, _text = queries(client, address)
    for number in range(2, 56):
        more_families(cast, at, number)
    fifty, text = queries(client, address)
    assert (fifty, text.count("rondom-row__title")) == (one, 50)
