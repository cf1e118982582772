"""A day's work for the cast: notes, meetings, dates and call-backs, so that today always has something real to do."""

import datetime as dt
from typing import Any

from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.core.words import date_words
from rondom.demo.cast import Cast, authority, employ, kin, live_at, open_family, person
from rondom.dossiers import actions
from rondom.dossiers.actions import Invited, Why
from rondom.dossiers.enums import CaseRoleKind, Channel, ClockKind, MeetingGround, ReadableBy
from rondom.dossiers.models import Meeting, Note
from rondom.law.terms import NamedTermFacts, named_term
from rondom.people import actions as people
from rondom.people.enums import AuthorityKind, ContactKind, ContactSafety, KinshipKind, Sex
from rondom.plans import actions as plans
from rondom.privacy.actions import withdraw_consent
from rondom.privacy.models import Consent


def add(cast: Cast) -> None:
    """Write the work of Sanne, Mark, Fatima and Karin up to now, and what waits for Els and Yasmin."""
    _phones(cast)
    consents(cast)
    _visser(cast)
    _yilmaz(cast)
    _de_boer(cast)
    _smeets(cast)
    _others(cast)


def moment(cast: Cast, days: int, hour: int, minute: int = 0) -> dt.datetime:
    """Return a time of day in Amsterdam, some days from the moment of the cast."""
    day = clock.today(cast.at) + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour, minute), clock.AMSTERDAM).astimezone(dt.UTC)


def day(cast: Cast, days: int) -> dt.date:
    """Return a day some days from that of the cast."""
    return clock.today(cast.at) + dt.timedelta(days=days)


def _phones(cast: Cast) -> None:
    for who, number, safety, remark in (
        ("mirjam", "06 1234 5001", ContactSafety.SAFE, "liefst na half tien"),
        ("peter", "06 1234 5002", ContactSafety.SAFE, ""),
        ("karim", "06 1234 5003", ContactSafety.UNSAFE, "alleen per brief"),
        ("emine", "06 1234 5004", ContactSafety.ASK, "Esra wil het eerst weten"),
        ("esra", "06 1234 5005", ContactSafety.SAFE, "app werkt het best"),
        ("anna", "06 1234 5006", ContactSafety.SAFE, ""),
        ("thijs", "06 1234 5007", ContactSafety.SAFE, ""),
        ("wietske", "06 1234 5008", ContactSafety.SAFE, ""),
    ):
        person = cast.person[who]
        people.add_contact_point(
            by=cast.principal("sanne", cast.began), at=cast.began, person=person, kind=ContactKind.PHONE, value=number,
            safety=safety, remark=remark,
        )  # fmt: skip


def note(
    cast: Cast, who: str, case: str, at: dt.datetime, about: list[str], channel: Channel, text: str, said_by: str = "",
    readable_by: ReadableBy = ReadableBy.FAMILY,
) -> Note:  # fmt: skip
    """Write a note as somebody of the cast, at a moment before now."""
    at = min(at, cast.at)
    return actions.write_note(
        by=cast.principal(who, at), at=at, case=cast.case[case], author=cast.staff[who], text=text,
        concerns=[cast.person[p] for p in about], channel=channel, happened_at=at, said_by=said_by,
        readable_by=readable_by,
    )  # fmt: skip


ASKED_BY_FAMILY = frozenset({"oma_visser", "emine"})


def _seats(cast: Cast, who: str, guests: list[str], outside: str) -> list[Invited]:
    """Return who comes: the family, who the family asked itself, the worker, and somebody on recorded consent."""
    invited = [
        Invited(MeetingGround.NETWORK if p in ASKED_BY_FAMILY else MeetingGround.CONCERNED, person=cast.person[p])
        for p in guests
    ]
    invited.append(Invited(MeetingGround.WORKS_WITH, staff=cast.staff[who]))
    if outside:
        consent = Consent.objects.get(parties=outside.partition(",")[0])
        invited.append(Invited(MeetingGround.CONSENT, outside=outside, consent=consent.pk))
    return invited


def held(
    cast: Cast, who: str, case: str, days: int, purpose: str, guests: list[str], agreed: str, outside: str = ""
) -> None:
    """Write a meeting that took place, with what was agreed."""
    begins, asked = moment(cast, days, 15), moment(cast, days - 7, 10)
    by = cast.principal(who, asked)
    invited = _seats(cast, who, guests, outside)
    meeting = _plan_meeting(by=by, at=asked, case=cast.case[case], planned_at=begins, purpose=purpose, invited=invited)
    came = {seat.pk for seat in meeting.participants.all()}
    actions.hold_meeting(
        by=by, at=begins + dt.timedelta(hours=1), meeting=meeting, came=came, agreed=agreed, opened_version=1
    )


def _plan_meeting(**said: Any) -> Meeting:
    """Plan a meeting; one in which the plan is made counts as such."""
    if said["purpose"] == "Planbijeenkomst":
        return plans.plan_meeting(**said).meeting
    return actions.plan_meeting(**said)


def planned(
    cast: Cast, who: str, case: str, at: dt.datetime, purpose: str, guests: list[str], place: str, questions: str = "",
    outside: str = "",
) -> None:  # fmt: skip
    """Plan a meeting that is still to come, or that began today."""
    asked = cast.at - dt.timedelta(days=6)
    invited = _seats(cast, who, guests, outside)
    _plan_meeting(
        by=cast.principal(who, asked), at=asked, case=cast.case[case], planned_at=at, purpose=purpose, place=place,
        questions=questions, invited=invited,
    )  # fmt: skip


def agreed(cast: Cast, who: str, case: str, title: str, days: int, why: Why, kind: str = ClockKind.AGREEMENT) -> None:
    """Start a date some days from now, begun a while ago."""
    at = cast.at - dt.timedelta(days=20)
    actions.start_clock(
        by=cast.principal(who, at), at=at, case=cast.case[case], kind=kind, title=title, due=day(cast, days), why=why,
        rests_with=cast.staff[who],
    )  # fmt: skip


def consents(cast: Cast) -> None:
    """Mirjam agreed that school and the swimming club hear something; she took the second back."""
    at, sanne = moment(cast, -30, 10), cast.principal("sanne", moment(cast, -30, 10))
    mother = [str(cast.person["mirjam"].pk)]
    actions.give_consent(
        by=sanne, at=at, person=cast.person["lot"], givers=mother, parties="Juf Anja",
        purpose="samen kijken hoe het in de klas gaat", data="de afspraken uit het plan over school",
    )  # fmt: skip
    club = actions.give_consent(
        by=sanne, at=at, person=cast.person["lot"], givers=mother, parties="De trainer van de zwemclub",
        purpose="weten wie Lot komt halen", data="de dagen waarop oma Lot haalt", points_to_place=True,
    )  # fmt: skip
    later = moment(cast, -10, 11)
    withdraw_consent(by=cast.principal("sanne", later), at=later, consent=club[0])
    actions.give_consent(
        by=sanne, at=at, person=cast.person["esra"], givers=[str(cast.person["esra"].pk)],
        parties="Haar mentor op school", purpose="hulp bij het rooster rond de geboorte", data="de uitgerekende datum",
    )  # fmt: skip


def _visser(cast: Cast) -> None:
    held(
        cast, "sanne", "visser", -21, "Planbijeenkomst", ["mirjam", "daan", "oma_visser"],
        "Oma haalt Lot op woensdag van school.\nMirjam en Lot plannen elke dag een kwartier samen.\n"
        "Sanne vraagt de school hoe het in de klas gaat.",
        outside="Juf Anja, basisschool De Wilgen",
    )  # fmt: skip
    note(
        cast, "sanne", "visser", moment(cast, -34, 10), ["mirjam", "lot"], Channel.VISIT,
        "Kennisgemaakt thuis. Lot liet haar zwemdiploma zien. Mirjam slaapt slecht en maakt zich zorgen over de huur.",
        "moeder",
    )  # fmt: skip
    note(
        cast, "sanne", "visser", moment(cast, -13, 14, 30), ["daan"], Channel.OFFICE,
        "Daan wil zelf bij het volgende gesprek zijn. Hij vindt dat er veel over hem wordt gepraat en weinig met hem.",
        "Daan",
    )  # fmt: skip
    note(
        cast, "sanne", "visser", moment(cast, -6, 9, 40), ["lot"], Channel.PHONE,
        "De juf ziet dat Lot weer lacht in de klas. Rekenen lukt beter. Ze blijft op dinsdag soms hangen op het plein.",
        "juf Anja",
    )  # fmt: skip
    last = note(
        cast, "sanne", "visser", moment(cast, -1, 16, 10), ["mirjam"], Channel.PHONE,
        "Mirjam belde over de brief van de gezinsvoogd. Ze begrijpt niet wat er van haar wordt gevraagd. Afgesproken "
        "dat we de brief samen lezen.",
        "moeder",
    )  # fmt: skip
    actions.ask_call_back(
        by=cast.principal("sanne"), at=min(moment(cast, -1, 16, 15), cast.at), note=last, day=day(cast, 0),
        rests_with=cast.staff["sanne"], person=cast.person["mirjam"],
    )  # fmt: skip
    planned(
        cast, "sanne", "visser", moment(cast, 0, 16), "Planbijeenkomst", ["mirjam", "daan", "oma_visser"],
        "Huis van de Gemeente, kamer 2", "Hoe gaat het op school?\nWat wil Daan zelf?\nDe brief van de gezinsvoogd.",
        outside="Juf Anja, basisschool De Wilgen",
    )  # fmt: skip
    agreed(
        cast, "sanne", "visser", "Verslag van de eerste zes weken delen met de gezinsvoogd", -1,
        Why("Zes weken na de start van de ondertoezichtstelling", "afspraak met de gezinsvoogd",
            f"42 dagen vanaf {date_words(day(cast, -43))}"),
    )  # fmt: skip
    agreed(
        cast, "sanne", "visser", "Samen evalueren: is het goed genoeg om af te bouwen?", 4,
        Why("Drie maanden na de start kijken we samen terug", "afgesproken bij de start"),
    )  # fmt: skip
    asked = named_term(NamedTermFacts("written_plan", day(cast, -5)))
    actions.start_clock(
        by=cast.principal("sanne"), at=cast.at, case=cast.case["visser"], kind="written_plan",
        title="Het plan op papier geven aan Mirjam", due=asked.certain.last_day, rests_with=cast.staff["sanne"],
        why=Why.of_law("Mirjam vroeg om het plan op papier.", asked),
    )  # fmt: skip
    actions.set_rhythm(by=cast.principal("sanne"), at=cast.at, case=cast.case["visser"], days=14)


def _yilmaz(cast: Cast) -> None:
    held(
        cast, "sanne", "yilmaz", -16, "Gesprek met Esra", ["esra"],
        "Esra belt zelf de verloskundige.\nSanne zoekt uit waar Esra na de zomer kan wonen.",
    )  # fmt: skip
    note(
        cast, "sanne", "yilmaz", moment(cast, -9, 11), ["esra", "baby_yilmaz"], Channel.MESSAGE,
        "Esra appte dat de verloskundige haar serieus neemt. Ze wil dat haar moeder nog niets weet over het huis.",
        "Esra", ReadableBy.TEAM,
    )  # fmt: skip
    planned(
        cast, "sanne", "yilmaz", moment(cast, 0, 13, 30), "Samen langs de verloskundige", ["esra"],
        "Verloskundigenpraktijk De Kiem", "Wat heeft Esra nodig na de geboorte?",
    )  # fmt: skip
    planned(cast, "sanne", "yilmaz", moment(cast, 6, 10), "Toekomstgesprek", ["esra", "emine"], "Bij Esra thuis")
    agreed(
        cast, "sanne", "yilmaz", "Toekomstplan met Esra maken", 2,
        Why("Vanaf 16,5 jaar maken we samen een plan voor na de 18e verjaardag", "afspraak van het team"),
    )  # fmt: skip
    agreed(
        cast, "sanne", "yilmaz", "Zorgen dat er een kraampakket is", 12, Why("Drie maanden voor de uitgerekende datum")
    )
    actions.set_rhythm(by=cast.principal("sanne"), at=cast.at, case=cast.case["yilmaz"], days=7)


def _de_boer(cast: Cast) -> None:
    held(
        cast, "mark", "de_boer", -12, "Gesprek met beide ouders", ["anna", "thijs"],
        "Julia blijft op woensdag bij Thijs eten.\nAnna en Thijs praten over school via de app, niet via Julia.",
    )  # fmt: skip
    note(
        cast, "mark", "de_boer", moment(cast, -4, 15), ["julia"], Channel.PHONE,
        "De leerkracht hoort Julia vaker vertellen over allebei haar huizen. Ze telt niet meer af tot het wisselen.",
        "leerkracht",
    )  # fmt: skip
    agreed(
        cast, "mark", "de_boer", "Terugkijken met beide ouders", 1,
        Why("Acht weken na het laatste gesprek", "afgesproken met beide ouders"),
    )  # fmt: skip
    agreed(cast, "mark", "de_boer", "Verslag naar de school sturen", -3, Why("Binnen een week na het gesprek"))


def _smeets(cast: Cast) -> None:
    """Joris is away; Sanne sees to Timo for a week."""
    employ(cast, "joris", "Joris", "van Rijn", "jeugdteam", "oost", Role.CASE_WORKER)
    person(cast, "inge", "Inge||Smeets", 39, Sex.FEMALE)
    person(cast, "timo", "Timo||Smeets", 10, Sex.MALE)
    live_at(cast, ["inge", "timo"], "De Noord 61\n8251 GN Dronten", "WK030304", child_part="child")
    kin(cast, "inge", KinshipKind.PARENT, "timo")
    authority(cast, "timo", AuthorityKind.SOLE, "inge")
    open_family(cast, "smeets", team="oost", coordinator="joris", children=["timo"], adults={"inge": "moeder"})
    note(
        cast, "joris", "smeets", moment(cast, -5, 11), ["timo"], Channel.VISIT,
        "Timo bouwt een hut met zijn buurjongen. Inge wil graag weten hoe het verder gaat met de logopedie.", "moeder",
    )  # fmt: skip
    agreed(cast, "joris", "smeets", "Logopedist vragen hoe lang het nog duurt", 2, Why("Afgesproken met moeder"))
    actions.cover(
        by=cast.principal("els"), at=cast.at, team=cast.team["oost"], absent=cast.staff["joris"],
        taken_by=cast.staff["sanne"], until=day(cast, 6),
    )  # fmt: skip


def _closed(cast: Cast) -> None:
    """The family Bos is closed: what was agreed is done."""
    person(cast, "wendy", "Wendy||Bos", 41, Sex.FEMALE)
    person(cast, "milan", "Milan||Bos", 14, Sex.MALE)
    kin(cast, "wendy", KinshipKind.PARENT, "milan")
    authority(cast, "milan", AuthorityKind.SOLE, "wendy")
    case = open_family(cast, "bos", team="oost", coordinator="mark", children=["milan"], adults={"wendy": "moeder"})
    closed_at = moment(cast, -8, 16)
    actions.close_case(
        by=cast.principal("mark", closed_at), at=closed_at, case=case, reason="Milan en Wendy kunnen zelf verder"
    )


def _others(cast: Cast) -> None:
    agreed(cast, "fatima", "kuiper", "Kennismaken met Roos", 1, Why("Binnen vijf werkdagen na de start"))
    agreed(cast, "karin", "hofstra", "Gesprek met Bram op school", 0, Why("Afgesproken met Bram en zijn moeder"))
    _closed(cast)
    els = cast.principal("els")
    actions.ask_move(
        by=els, at=cast.at, team=cast.team["oost"], giver=cast.staff["joris"], receiver=cast.staff["mark"],
        cases=[cast.case["smeets"]], asked_by=cast.staff["els"], reason="Joris gaat naar Team West",
    )  # fmt: skip
    yilmaz, sanne = cast.case["yilmaz"], cast.staff["sanne"]
    safety = yilmaz.roles.get(kind=CaseRoleKind.SIGHT_ON_SAFETY, ends=None)
    actions.offer_role(
        by=cast.principal("sanne"), at=cast.at, role=safety, to=cast.staff["yasmin"], offered_by=sanne,
        passed_on="Esra vertrouwt haar mentor. Haar moeder weet nog niet alles. Bel Esra eerst, dan pas haar moeder.",
        family_present=True,
    )  # fmt: skip
