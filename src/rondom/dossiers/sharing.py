"""Who may agree to share data of a person, what was agreed, and whether something may be shared with somebody.

The rules are those of `rondom.law.consent`; here they are asked with the facts that are held: age, authority, measures,
who acts for somebody, and the consents in force. Nothing here checks sight: start from a person the viewer opened.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers.enums import Receiver, SharePurpose, ShareWhat
from rondom.dossiers.why import who_agrees_to_share
from rondom.law.consent import Basis, ConsentNeeded, SharingFacts, Table, may_share
from rondom.law.engine import Answer
from rondom.people.enums import Derived, MeasureKind
from rondom.people.models import Measure, Person
from rondom.people.queries import AuthorityPicture, authority_over, measures_on, representation_of
from rondom.people.whereabouts import showable
from rondom.privacy.models import Consent
from rondom.privacy.queries import consents_of, consents_with_place

INSTITUTION = "institution"
SUPERVISIONS = (MeasureKind.SUPERVISION, MeasureKind.PROVISIONAL_SUPERVISION)


@dataclass(frozen=True)
class Giver:
    """Somebody who may give consent today: a person, or an institution with guardianship (`person` is None)."""

    name: str
    person: UUID | None = None

    @property
    def key(self) -> str:
        """How a form names this giver."""
        return str(self.person) if self.person else INSTITUTION


@dataclass(frozen=True)
class Given:
    """One consent or objection as it stands on a page: whose it is, and whether it holds."""

    row: Consent
    by: str
    in_force: bool
    objects: bool = False

    @property
    def holds(self) -> bool:
        """It counts today: it can be taken back."""
        return self.in_force or self.objects


@dataclass(frozen=True)
class Agreement:
    """What was agreed to share: the same purpose and parties, with everybody who gave, withdrew or let it end.

    complete   True: who must agree by law today did; None: not everybody did; False: nobody, or somebody objects
    missing    the names of who still has to agree; when `one_is_enough` one of them
    """

    purpose: str
    parties: str
    data: str
    given: tuple[Given, ...]
    needed: Answer[ConsentNeeded]
    missing: tuple[str, ...]
    objecting: tuple[str, ...]
    complete: bool | None

    @property
    def key(self) -> str:
        """How a form names this agreement: by its newest consent in force."""
        return str(next((one.row.pk for one in self.given if one.in_force), self.given[0].row.pk))

    @property
    def points_to_place(self) -> bool:
        """Whether it tells where somebody is."""
        return any(one.row.points_to_place for one in self.given)

    @property
    def in_force(self) -> bool:
        """Whether anybody's consent still holds."""
        return any(one.in_force for one in self.given)

    @property
    def told_there(self) -> bool:
        """Whether a practice or school reads on its own page how help goes."""
        return any(one.in_force and one.row.place for one in self.given)

    @property
    def holds(self) -> bool:
        """Whether anybody's consent or objection holds."""
        return any(one.holds for one in self.given)

    @property
    def one_is_enough(self) -> bool:
        """Whether one of those who are missing may speak for all."""
        return bool(self.needed.outcome and self.needed.outcome.complete_with_one)


def givers_for(person: Person, day: dt.date, picture: AuthorityPicture | None = None) -> list[Giver]:
    """Return who may give consent to share data of this person on a day: who must agree by law (CNS-09).

    Empty when it is not known who has authority, when nobody is left, or before birth.
    """
    if person.born_on is None:
        return []
    picture = picture or authority_over(person, day)
    needed = who_agrees_to_share(person, picture, day).outcome
    if needed is None:
        return []
    own = [Giver(person.name, person.pk)] if needed.youth else []
    known = [Giver(f.holder.name if f.holder else f.holder_organisation, f.holder_id) for f in picture.facts]
    known += [Giver(row.representative.name, row.representative_id) for row in representation_of(person, day)]
    others = {giver.name: giver for giver in reversed(known) if giver.name in needed.others}
    return [*own, *(others[name] for name in needed.others if name in others)]


def own_words(rows: Iterable[Consent], giver: Giver, purpose: str, parties: str) -> list[Consent]:
    """Return what this giver said before about the same purpose and parties, and that was not taken back."""
    same = (purpose.strip().casefold(), parties.strip().casefold())
    return [
        row
        for row in rows
        if row.withdrawn_at is None and (row.purpose.casefold(), row.parties.casefold()) == same
        and (row.given_by == giver.person if giver.person else row.given_by_organisation == giver.name)
    ]  # fmt: skip


def _names(rows: Iterable[Consent]) -> dict[UUID, str]:
    wanted = {row.given_by for row in rows if row.given_by}
    return {pk: person.name for pk, person in Person.objects.in_bulk(list(wanted)).items()}


def agreements_of(person: Person, day: dt.date, picture: AuthorityPicture | None = None) -> list[Agreement]:
    """Return what was agreed about sharing data of a person, in force first, each measured by the law of this day."""
    rows = consents_of([person.pk])
    if not rows:
        return []
    picture = picture or authority_over(person, day)
    names = _names(rows)
    grouped: dict[tuple[str, str], list[Given]] = {}
    for row in rows:
        name = names.get(row.given_by, "") if row.given_by else row.given_by_organisation
        given = Given(row, name, row.in_force_on(day), row.objects_on(day))
        grouped.setdefault((row.purpose.casefold(), row.parties.casefold()), []).append(given)
    found = [_agreement(person, picture, day, given) for given in grouped.values()]
    return sorted(found, key=lambda agreement: (not agreement.in_force, not agreement.holds))


def agreements_seen(
    person: Person, by: Principal, *, at: dt.datetime, picture: AuthorityPicture | None = None
) -> list[Agreement]:
    """Return what was agreed as this viewer may read it: what points to a secret place is closed with the address."""
    found = agreements_of(person, clock.today(at), picture)
    if not any(a.points_to_place for a in found):
        return found
    if person.pk in showable({person.pk}, by=by, what=Derived.NETWORK, at=at):
        return found
    return [_closed(a) if a.points_to_place else a for a in found]


def _closed(agreement: Agreement) -> Agreement:
    said = _("agreed on %(day)s") % {"day": date_words(agreement.given[0].row.starts)}
    return replace(agreement, parties=_("closed, with the address"), purpose=said, data="")


def _agreement(person: Person, picture: AuthorityPicture, day: dt.date, given: list[Given]) -> Agreement:
    """Measure one agreement. Who objects, or withdrew and did not agree again, objects as long as he has a say."""
    agreeing = {one.by for one in given if one.in_force}
    against = {one.by for one in given if one.objects}
    against |= {one.by for one in given if one.row.withdrawn_at and not one.row.objection} - agreeing
    needed = who_agrees_to_share(person, picture, day, against & set(picture.holders))
    first = next((one.row for one in given if one.in_force), given[0].row)
    missing = _missing(person, needed.outcome, agreeing)
    objecting = needed.outcome.blocked_by if needed.outcome is not None else ()
    if needed.outcome is not None and needed.outcome.youth and person.name in against:
        objecting = (person.name, *objecting)
    complete: bool | None = None
    if not agreeing or objecting:
        complete = False
    elif needed.outcome is not None and not missing:
        complete = True
    return Agreement(first.purpose, first.parties, first.data, tuple(given), needed, missing, objecting, complete)


def _missing(person: Person, needed: ConsentNeeded | None, agreeing: set[str]) -> tuple[str, ...]:
    if needed is None:
        return ()
    own = (person.name,) if needed.youth and person.name not in agreeing else ()
    others = tuple(name for name in needed.others if name not in agreeing)
    if needed.complete_with_one and len(others) < len(needed.others):
        others = ()
    return own + others


def told_to_place(place: UUID, persons: Iterable[Person], day: dt.date) -> dict[UUID, dt.date]:
    """Return of whom a practice or school may hear how help goes, by consent that is complete by law today: since when.

    Everybody who had to agree did so for this place, and nobody took it back or objects. Without such rows nothing is
    asked of the law.
    """
    by_person = {person.pk: person for person in persons}
    named = {row.person for row in consents_with_place(place, by_person, day)}
    found: dict[UUID, dt.date] = {}
    for pk in named:
        for agreement in agreements_of(by_person[pk], day):
            given = [one.row for one in agreement.given if one.in_force]
            if agreement.complete and all(row.place == place for row in given):
                found[pk] = max(row.starts for row in given)
    return found


@dataclass(frozen=True)
class Asked:
    """A question: may this be shared with somebody for something? `agreement`: the consent it would rest on."""

    receiver: Receiver
    purpose: SharePurpose
    what: ShareWhat
    needed: bool | None = None
    agreement: Agreement | None = None
    free_to_refuse: bool | None = None


def supervision_of(children: Iterable[Person], day: dt.date) -> Measure | None:
    """Return the supervision order that holds over one of these children on a day, the eldest order first."""
    return measures_on(children, day).filter(kind__in=SUPERVISIONS).first()


def may_be_shared(person: Person, asked: Asked, day: dt.date) -> Answer[Basis]:
    """Return whether information about a person may be shared with somebody for a purpose, and on which basis.

    `law.consent.verdict` makes it yes, no or doubt. Consent that is not complete is asked for; none, or one somebody
    objects to, is no consent.
    """
    receiver, order = asked.receiver, supervision_of([person], day)
    safety = asked.purpose == SharePurpose.SAFETY
    tables = {Receiver.CARE_AND_SAFETY: Table.CARE_AND_SAFETY, Receiver.TABLE: Table.OTHER}
    return may_share(
        SharingFacts(
            on=day,
            consent=asked.agreement.complete if asked.agreement else False,
            directly_involved=receiver == Receiver.HELPER,
            needed=asked.needed,
            consent_holder=receiver == Receiver.HOLDER,
            order_from=order.starts if order else None,
            order_until=last_day(order.ends) if order else None,
            to_institution_of_order=receiver == Receiver.INSTITUTION,
            to_veilig_thuis=receiver == Receiver.VEILIG_THUIS,
            suspicion=safety,
            to_college=receiver == Receiver.COLLEGE,
            help_content=asked.what == ShareWhat.CONTENT,
            table=tables.get(receiver),
            other_domain=receiver == Receiver.DOMAIN,
            free_to_refuse=asked.free_to_refuse,
            ends_danger=safety,
        )
    )


def last_day(ends: dt.date | None) -> dt.date | None:
    """Return the last day of a half-open period, None when it has no end: the law counts with last days."""
    return ends - dt.timedelta(days=1) if ends else None
