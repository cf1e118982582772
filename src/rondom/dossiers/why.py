"""Why a date or a person on a page about a family is what it is: the law asked with the facts that are held here.

Each function returns the answer of `rondom.law` or the Why of it; a fact that is not held is asked for by name in it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.core.periods import on
from rondom.core.why import Why, agreed, from_kept, norm, of_law, together
from rondom.dossiers.enums import ClockKind, DossierKind
from rondom.dossiers.models import CaseDossier, Clock, Dossier
from rondom.dossiers.retention import retention_of
from rondom.law import consent
from rondom.law.engine import Answer, national
from rondom.people.enums import RepresentationKind
from rondom.people.models import Person, Representation
from rondom.people.queries import AuthorityPicture, of_age_on, representation_of

BY_HAND = frozenset({ClockKind.AGREEMENT, ClockKind.CALL_BACK})
BY_NORM = frozenset({ClockKind.TAKE_OVER})
SPEAK_FOR = frozenset({RepresentationKind.CURATOR, RepresentationKind.MENTOR})


def clock_why(row: Clock) -> Why:
    """Return why a clock has its date, as it was said when it started: by law, by a working rule, or by hand.

    A clock that names where its date stands (the source of a norm) is a norm, unless people agreed on it.
    """
    said: Mapping[str, Any] = row.explanation
    question, rule = _("Why this date?"), said.get("rule", "")
    if said.get("law"):
        return from_kept(question, {"rule": rule, **said["law"]})
    source = said.get("norm") or (said.get("article") and row.kind not in BY_HAND)
    make = norm if source or row.kind in BY_NORM else agreed
    return make(question, rule, said.get("article", ""), said.get("counted", ""))


def decides_from(day: dt.date) -> int:
    """Return the age from which a young person alone decides about help (CNS-04)."""
    return int(national().on("consent_alone_from_age", day).value)


def kept_until(dossier: Dossier, day: dt.date) -> Answer[dt.date]:
    """Return the last day on which a dossier is kept, as it stands on a day; every change moves it (DOS-02).

    Of a registration only there is no such day here: the archivist decides, by the selection list (DOS-11).
    """
    return retention_of(dossier, on=day)


def retention_why(dossier: Dossier, day: dt.date) -> Why:
    """Return why a dossier is kept until then."""
    return of_law(kept_until(dossier, day), _("Why this date?"))


def told_until(dossier: Dossier, day: dt.date) -> Answer[dt.date]:
    """Return until when a dossier is kept, as a resident reads it: while a case with it is open counted from today.

    The day of the last change would announce that something was written which the page keeps from view (ADR 0133).
    """
    working = CaseDossier.objects.filter(on(day), dossier=dossier, case__closed_on=None).exists()
    if dossier.kind == DossierKind.FULL and working:
        return consent.kept_until(consent.RetentionFacts(last_change_on=day, on=day))
    return kept_until(dossier, day)


def told_why(dossier: Dossier, day: dt.date) -> Why:
    """Return why a resident reads that date."""
    return of_law(told_until(dossier, day), _("Why this date?"))


def who_decides(child: Person, picture: AuthorityPicture, day: dt.date) -> Answer[consent.ConsentNeeded] | None:
    """Return whose consent help for a child needs on a day, or None for a child that is not born yet (CNS-01 to 05)."""
    if child.born_on is None:
        return None
    holders = tuple(picture.holders) if picture.facts or picture.adult else None
    return consent.who_must_consent(consent.ConsentFacts(child.born_on, day, authority=holders))


def decides_why(children: Iterable[Person], pictures: Mapping[UUID, AuthorityPicture], day: dt.date) -> Why | None:
    """Return, for the children of a family, who must agree to help and why; None when no child is born yet."""
    found = ((child.short_name, who_decides(child, pictures[child.pk], day)) for child in children)
    parts = [(name, answer) for name, answer in found if answer]
    return together(_("Who must agree to help, and why?"), parts) if parts else None


def who_agrees_to_share(
    person: Person, picture: AuthorityPicture, day: dt.date, objecting: Iterable[str] = ()
) -> Answer[consent.ConsentNeeded]:
    """Return whose consent is needed to share data of a person on a day, with who is known to object (CNS-09).

    An adult for whom a curator or mentor acts does not decide alone; a written proxy takes nothing away.
    """
    speaks = [row for row in representation_of(person, day) if row.kind in SPEAK_FOR] if picture.adult else []
    holders = tuple(picture.holders) if picture.facts or picture.adult else None
    facts = consent.ShareFacts(
        person.born_on, day, authority=holders, objecting=tuple(objecting), capable=not speaks,
        representatives=tuple(
            consent.Representative(row.representative.name, consent.Speaks(row.kind)) for row in speaks
        ) or None,
    )  # fmt: skip
    return consent.who_must_consent_to_sharing(facts)


def sharing_why(child: Person, picture: AuthorityPicture, day: dt.date) -> Why | None:
    """Return whose consent is needed to share data of a child, for who records a consent (CNS-09)."""
    if child.born_on is None:
        return None
    return of_law(who_agrees_to_share(child, picture, day), _("Who must agree, and why?"))


def help_why(person: Person, picture: AuthorityPicture, day: dt.date) -> Why | None:
    """Return who must agree to help for one young person today and why; None before birth."""
    answer = who_decides(person, picture, day)
    return of_law(answer, _("Who must agree to help, and why?")) if answer else None


def authority_ends_why(person: Person, until: dt.date) -> Why:
    """Return why authority over a child ends on a day: the 18th birthday, or what was recorded."""
    question = _("Why this date?")
    if until == of_age_on(person):
        return Why(question, (_("Nobody has authority over somebody of 18 or older."),), ("BW 1:233, 1:245",))
    return agreed(question, _("This end was recorded with the authority itself."))


def sight_why(dossier: Dossier, viewer: UUID, day: dt.date) -> Why | None:
    """Return why a resident who sees a dossier may: the own one, as holder of authority, or as representative (DOS-06).

    The page is only open to who has that right, so a parent who reads it holds authority.
    """
    youth = dossier.youth
    if youth.born_on is None:
        return None
    speaks = Representation.objects.filter(on(day), person=youth, representative=viewer).exists()
    requester = consent.Requester.YOUTH if viewer == youth.pk else consent.Requester.PARENT
    facts = consent.ViewFacts(
        youth.born_on, day, consent.Requester.REPRESENTATIVE if speaks else requester,
        authority_now=True, authority_then=True, capable=not speaks,
    )  # fmt: skip
    return of_law(consent.may_view(facts), _("Why can I see this?"))
