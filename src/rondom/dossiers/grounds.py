"""On which ground somebody may take part in a meeting: each ground is asked of the law with the facts held here.

No law names a protection table or a school team as a whole: every seat needs its own ground (practice 13). The answer
is yes, no (void: no seat) or doubt (a seat with a reason that stays).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.why import Why, of_law
from rondom.dossiers.enums import MeetingGround
from rondom.dossiers.models import Case, CaseDossier
from rondom.dossiers.sharing import Agreement, agreements_of, agreements_seen, last_day, supervision_of
from rondom.dossiers.why import who_decides
from rondom.law.consent import (
    Requester,
    SharingFacts,
    Verdict,
    View,
    ViewFacts,
    may_share,
    may_view,
    verdict,
)
from rondom.people.enums import KinshipKind
from rondom.people.models import Kinship, Person
from rondom.people.queries import AuthorityPicture, authority_over_many
from rondom.privacy.models import Consent


@dataclass(frozen=True)
class Seat:
    """What the law says of one seat: yes, no or doubt, why, and (for a seat on consent) what was agreed.

    `about` is the child whose age the reason tells: no reason for who may not see that child.
    """

    verdict: Verdict
    why: Why
    agreement: Agreement | None = None
    about: UUID | None = None

    @property
    def lapsed(self) -> bool:
        """The consent this seat rested on does not hold any more."""
        return self.agreement is not None and not self.agreement.in_force


class Seats:
    """The facts of one case on one day, asked once, for all seats of a meeting."""

    def __init__(self, case: Case, day: dt.date) -> None:
        self.case, self.day = case, day

    @cached_property
    def children(self) -> list[Person]:
        """The young people of the case on that day."""
        links = CaseDossier.objects.filter(on(self.day), case=self.case).select_related("dossier__youth")
        return [link.dossier.youth for link in links.order_by("dossier__youth__born_on", "pk")]

    @cached_property
    def pictures(self) -> dict[UUID, AuthorityPicture]:
        """Who has authority over each child."""
        return authority_over_many(self.children, self.day)

    @cached_property
    def deciding(self) -> set[UUID]:
        """Who it is about, and who must agree to help for one of the children: they hear what is needed for that."""
        found = {child.pk for child in self.children}
        for child in self.children:
            picture = self.pictures[child.pk]
            answer = who_decides(child, picture, self.day)
            names = answer.outcome.others if answer and answer.outcome else ()
            found |= {f.holder.pk for f in picture.facts if f.holder and f.holder.name in names}
            if child.is_unborn:
                found |= {parent for parent, of in self.parents if of.pk == child.pk}
        return found

    @cached_property
    def parents(self) -> list[tuple[UUID, Person]]:
        """The parents of the children, each with the child."""
        rows = Kinship.objects.filter(kind=KinshipKind.PARENT, other__in=self.children).select_related("other")
        return [(row.person_id, row.other) for row in rows]

    @cached_property
    def agreements(self) -> list[tuple[Person, Agreement]]:
        """What was agreed to share about each child."""
        return [
            (child, agreement)
            for child in self.children
            for agreement in agreements_of(child, self.day, self.pictures[child.pk])
        ]

    def agreement_on(self, consent: UUID | None) -> Agreement | None:
        """Return what was agreed of which this consent is part, about one of the children; None when there is none."""
        return next((a for _child, a in self.agreements if consent in {one.row.pk for one in a.given}), None)

    def is_deciding(self, person: UUID) -> bool:
        """Tell whether somebody takes part because it is about them or they must agree."""
        return person in self.deciding

    def of(self, ground: str, *, person: UUID | None = None, consent: UUID | None = None) -> Seat:
        """Return what the law says of a seat on this ground, for a person of the case or somebody else."""
        if ground == MeetingGround.CONCERNED:
            return self._concerned(person)
        agreement = self.agreement_on(consent) if ground == MeetingGround.CONSENT else None
        answer = may_share(self._facts(ground, agreement))
        return Seat(verdict(answer), of_law(answer, _("Why may this person take part?")), agreement)

    def _facts(self, ground: str, agreement: Agreement | None) -> SharingFacts:
        works = ground == MeetingGround.WORKS_WITH
        if ground == MeetingGround.LEGAL_TASK:
            order = supervision_of(self.children, self.day)
            return SharingFacts(
                on=self.day, to_institution_of_order=True, order_from=order.starts if order else None,
                order_until=last_day(order.ends) if order else None,
            )  # fmt: skip
        return SharingFacts(
            on=self.day, directly_involved=works, needed=works or None,
            asked_by_family=ground == MeetingGround.NETWORK, ends_danger=ground == MeetingGround.SAFETY,
            consent=(agreement.complete if agreement else False) if ground == MeetingGround.CONSENT else None,
        )  # fmt: skip

    def _concerned(self, person: UUID | None) -> Seat:
        """Somebody it is about. A parent who does not (or no longer) decide hears less than all: doubt."""
        question = _("Why may this person take part?")
        if person in self.deciding:
            answer = may_share(SharingFacts(on=self.day, consent_holder=True))
            return Seat(verdict(answer), of_law(answer, question))
        child = next((of for parent, of in self.parents if parent == person), None)
        if child is None or child.born_on is None:
            view = may_view(ViewFacts(self.day, self.day, Requester.OTHER))
            return Seat(Verdict.NO, of_law(view, question))
        facts = ViewFacts(
            child.born_on, self.day, Requester.PARENT, authority_now=self._holds(person, child), authority_then=True
        )
        view = may_view(facts)
        found = Verdict.YES if view.outcome is View.SEE else Verdict.DOUBT
        return Seat(found, of_law(view, question), about=child.pk)

    def _holds(self, person: UUID | None, child: Person) -> bool:
        return any(fact.holder_id == person for fact in self.pictures[child.pk].facts)


def consents_for(children: Iterable[Person], by: Principal, *, at: dt.datetime) -> list[tuple[Consent, str]]:
    """Return one consent per agreement in force about children the viewer may see, each with its words."""
    listed = ((child, agreement) for child in children for agreement in agreements_seen(child, by, at=at))
    found = []
    for child, agreement in listed:
        if agreement.in_force:
            row = next(one.row for one in agreement.given if one.in_force)
            words = {"child": child.short_name, "parties": agreement.parties, "purpose": agreement.purpose}
            found.append((row, _("%(parties)s: %(purpose)s (%(child)s)") % words))
    return found
