"""Every way in: what waits for triage from each side, help that came past it, and who refers. All of it is invented.

Vink        a mother mails about her son at the screen; nobody has answered yet (triage)
Bos         the housing association; nobody could talk with the mother (triage)
Maas        Veilig Thuis handed over this morning: the dossier opens today (triage)
a question without a name, from the web form (triage)
Prins       a GP referred; the day is not known, which is normal (back office)
Kok         a GP referred, and the family came too late to the provider (back office)
Meijer      a youth doctor referred in time; the mother herself now asks for more, and triage has her question
Bakels      a certified institution determined help (back office)

Henk Talsma, mentor, signs in for VO De Polderborg: he began to write about Noud, shared a worry about Lieke that waits,
and one about Jesse that was picked up. Loes Kramer answers who mails, calls or comes in.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from rondom.accounts.enums import Role
from rondom.accounts.models import Referrer
from rondom.accounts.queries import principal_for
from rondom.core import clock
from rondom.core.principals import Principal, machine
from rondom.demo.cast import DRONTEN, Cast, employ
from rondom.demo.cast_desk import day, moment
from rondom.demo.cast_reference import EARLIER
from rondom.entry import actions as entry
from rondom.entry.actions import Days, Named, Reporter
from rondom.entry.enums import AnswerWay, Channel, Part, PartnerKind, ReferrerKind, ReporterKind
from rondom.entry.models import Partner, Referral
from rondom.reference import actions as reference

PLACES = (
    ("haven", "Huisartsenpraktijk De Haven", PartnerKind.GENERAL_PRACTICE, "0321 555 720", "mark"),
    ("meerzicht", "Huisartsenpraktijk Meerzicht", PartnerKind.GENERAL_PRACTICE, "0321 555 721", "fatima"),
    ("jgz", "JGZ Polderland", PartnerKind.YOUTH_HEALTH, "0321 555 722", "sanne"),
    ("polderland", "Jeugdbescherming Polderland", PartnerKind.OTHER, "0320 555 723", ""),
    ("wilgen", "Basisschool De Wilgen", PartnerKind.SCHOOL, "0321 555 710", "sanne"),
    ("polderborg", "VO De Polderborg", PartnerKind.SCHOOL, "0321 555 700", "mark"),
)


def add(cast: Cast) -> None:
    """Write the places that refer, what waits for triage, and the registrations of the back office."""
    began = cast.at - EARLIER
    reference.propose(
        by=cast.principal("tom", at=began), at=began, name="referral_validity_months", scope=DRONTEN, value="3",
        source="Inkoopafspraak", starts=clock.today(began) + dt.timedelta(days=30), seen=None,
    )  # fmt: skip
    places = _places(cast)
    _worries(cast)
    _question(cast)
    _registrations(cast, places)
    employ(cast, "loes", "Loes", "Kramer", "jeugdteam", None, Role.FRONT_OFFICE)
    _teacher(cast, places["polderborg"])


def _places(cast: Cast) -> dict[str, Partner]:
    at, found = cast.began, {}
    for key, name, kind, phone, contact in PLACES:
        by = cast.principal("yasmin", at)
        found[key] = entry.add_partner(by=by, at=at, name=name, kind=kind, phone=phone)
        if contact:
            entry.set_contact(by=by, at=at, partner=found[key], staff=cast.staff[contact])
    return found


def _worries(cast: Cast) -> None:
    def receive(who: str, at: dt.datetime, channel: Channel, reporter: Reporter, worry: str, **more: Any) -> None:
        entry.receive(
            by=cast.principal(who, at), at=at, entered_by=cast.staff[who], channel=channel, reporter=reporter,
            worry=worry, **more,
        )  # fmt: skip

    receive(
        "els", moment(cast, -1, 16), Channel.MAIL,
        Reporter(ReporterKind.PARENT, "Hanna Vink", contact="hanna@voorbeeld.nl"),
        "Mijn zoon Teun zit de hele dag achter zijn scherm. Is dat een verslaving? Wat kan ik doen?",
        persons=[Named(Part.CHILD, "Teun Vink", cast.year(12))],
        going_well="Teun heeft vrienden en doet het goed op school.", answer_wanted=AnswerWay.MAIL,
    )  # fmt: skip
    receive(
        "sanne", moment(cast, -1, 11), Channel.PHONE,
        Reporter(ReporterKind.HOUSING, "Wouter Slot", "Woningstichting Oosterhof", "0321 555 730"),
        "Er is een huurachterstand van vijf maanden en het huis is vervuild. Er woont een kind van één jaar.",
        persons=[Named(Part.CHILD, "Liv Bos", cast.year(1)), Named(Part.ADULT, "Dana Bos", what="moeder")],
        not_talked_because="Moeder doet niet open en neemt de telefoon niet op.",
    )  # fmt: skip
    receive(
        "yasmin", min(moment(cast, 0, 8, 30), cast.at), Channel.PHONE,
        Reporter(ReporterKind.VEILIG_THUIS, "Bianca Terpstra", "Veilig Thuis Flevoland", "0800 2000"),
        "Ruzie met geweld tussen de ouders, Jari was erbij. Vader slaapt nu bij zijn broer. Voorwaarde: geen contact "
        "zonder moeder erbij, tot het eerste gesprek.",
        persons=[
            Named(Part.CHILD, "Jari Maas", cast.year(9)), Named(Part.ADULT, "Simone Maas", what="moeder"),
            Named(Part.ADULT, "Rik Maas", what="vader"),
        ],
    )  # fmt: skip


def _question(cast: Cast) -> None:
    at = moment(cast, -2, 20)
    entry.ask(
        by=machine("web_form", DRONTEN), at=at, organisation=cast.organisation["jeugdteam"],
        text="Mijn ouders maken elke avond ruzie. Met wie kan ik praten zonder dat zij het horen?",
        form_key=UUID("0193a000-0000-7000-8000-000000000001"),
    )  # fmt: skip


def _registrations(cast: Cast, places: dict[str, Partner]) -> None:
    def register(
        kind: ReferrerKind, name: str, age: int, came: int, days: tuple[int | None, int | None], provider: str,
        partner: str, referrer: str = "",
    ) -> Referral:  # fmt: skip
        at = moment(cast, came, 11)
        referred, registered = (day(cast, number) if number is not None else None for number in days)
        return entry.register_referral(
            by=cast.principal("rob", at), at=at, registered_by=cast.staff["rob"], kind=kind, name=name,
            born_on=cast.year(age), days=Days(clock.today(at), referred, registered), provider=cast.provider[provider],
            partner=places[partner], referrer_name=referrer,
        )  # fmt: skip

    register(ReferrerKind.GP, "Bo Prins", 10, -3, (None, -9), "kompas", "haven", "dokter Aydın")
    register(ReferrerKind.GP, "Isa Kok", 15, -8, (-120, -10), "vuurtoren", "meerzicht")
    register(ReferrerKind.CERTIFIED_INSTITUTION, "Youssef Bakels", 14, -15, (-16, -14), "luwte", "polderland")
    row = register(ReferrerKind.YOUTH_DOCTOR, "Nina Meijer", 7, -30, (-45, -35), "vuurtoren", "jgz")
    asked = moment(cast, -1, 15)
    entry.family_asks(
        by=cast.principal("rob", asked), at=asked, dossier=row.dossier, entered_by=cast.staff["rob"],
        channel=Channel.PHONE, organisation=cast.organisation["jeugdteam"],
        asker=Reporter(ReporterKind.PARENT, "Joyce Meijer", contact="06 55 55 02 30"),
        words="Nina krijgt hulp op dinsdag. Thuis lukt het mij alleen niet meer. Kan iemand met ons meedenken?",
    )  # fmt: skip


def _teacher(cast: Cast, school: Partner) -> None:
    """Let a mentor sign in for his school: one worry picked up, one that waits, one he has not sent yet."""
    began = moment(cast, -40, 10)
    row = entry.let_refer(
        by=cast.principal("yasmin", began), at=began, partner=school, username="henk", name="Henk Talsma",
        what="mentor", phone="0321 555 700",
    )  # fmt: skip
    shared, picked_up = moment(cast, -9, 15), moment(cast, -8, 11)
    jesse = entry.share_worry(
        by=as_referrer(row, shared), at=shared, referrer=row, talked_on=day(cast, -10),
        worry="Jesse komt sinds de zomer vaak te laat en is moe. Hij brengt voor school kranten rond.",
        going_well="Jesse is nooit brutaal en helpt anderen met wiskunde.",
        persons=[Named(Part.CHILD, "Jesse Hoekman")],
        agreed_with_family="Zijn moeder wil graag meedenken.",
    )  # fmt: skip
    entry.advise(
        by=cast.principal("els", picked_up), at=picked_up, concern=jesse, decided_by=cast.staff["els"],
        advice="Spreek met Jesse en zijn moeder af welke dagen hij werkt. De leerplichtambtenaar denkt mee.",
        answered_how=AnswerWay.PHONE,
    )  # fmt: skip
    at = moment(cast, -1, 13)
    entry.share_worry(
        by=as_referrer(row, at), at=at, referrer=row, going_well="Lieke tekent mooi en heeft een vaste vriendin.",
        worry="Lieke huilt vaak in de les en wil niet zeggen waarom. Vorige week kwam zij zonder jas.",
        persons=[Named(Part.CHILD, "Lieke Vonk", cast.year(13))],
        not_talked_because="Lieke wil niet dat ik haar ouders bel. Ik wil eerst met jullie overleggen hoe.",
    )  # fmt: skip


def as_referrer(row: Referrer, at: dt.datetime) -> Principal:
    """Return who signs in for a practice or school."""
    found = principal_for(row.account, at=at, assurance="substantial")
    assert found is not None
    return found
