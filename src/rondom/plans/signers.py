"""Whose signature a plan needs: worked out by the law room from ages and authority, per child the plan is about.

Consent to help is what the signature says (Jw 7.3.4, 7.3.5): under 12 those with authority, from 12 the youth and those
with authority, from 16 the youth alone. An adult whom a goal is about signs for the own part. `law.procedure.may_sign`
is about decisions of the college and is not asked here.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from rondom.core import clock
from rondom.core.periods import on
from rondom.dossiers.models import CaseDossier
from rondom.law import consent
from rondom.law.person import age_on
from rondom.people.models import Authority, Person
from rondom.people.queries import ADULT_AGE
from rondom.plans.enums import SignatureState
from rondom.plans.models import FamilyPlan, PlanSignature
from rondom.plans.texts import digest_of, text_of, told_of

ADULT = "CNS-05"


@dataclass
class Signers:
    """Who signs, with the rules that say so; for which children of the plan; `unknown`: nobody knows who decides.

    `guardians` are the organisations with authority over a child (a certified institution): they are nobody who signs
    in this system, so they are asked outside it, and the sheet of the child says so.
    """

    because: dict[UUID, str] = field(default_factory=dict)
    of_child: dict[UUID, set[UUID]] = field(default_factory=dict)
    unknown: list[Person] = field(default_factory=list)
    guardians: dict[UUID, list[str]] = field(default_factory=dict)


def signers_of(plan: FamilyPlan, day: dt.date) -> Signers:
    """Return whose signature this plan needs on a day."""
    found = Signers()
    persons = {p.pk: p for p in Person.objects.filter(goalconcern__goal__plan=plan)}
    persons |= {p.pk: p for p in Person.objects.filter(findingconcern__finding__plan=plan)}
    linked = CaseDossier.objects.filter(case=plan.case_id, dossier__youth__in=persons)
    youths = set(linked.values_list("dossier__youth", flat=True))
    held: dict[UUID, list[UUID]] = {}
    for child, holder in Authority.objects.filter(on(day), child__in=youths, holder__isnull=False).values_list(
        "child", "holder"
    ):
        held.setdefault(child, []).append(holder)
    organisations = Authority.objects.filter(on(day), child__in=youths, holder=None).order_by("starts", "pk")
    for child, name in organisations.values_list("child", "holder_organisation"):
        found.guardians.setdefault(child, []).append(name)
    for person in sorted(persons.values(), key=lambda p: (p.born_on or day, p.pk)):
        if person.pk in youths:
            _youth(found, person, held.get(person.pk, []), day)
        elif person.born_on is None or age_on(person.born_on, day) >= ADULT_AGE:
            found.because.setdefault(person.pk, ADULT)
    return found


def _youth(found: Signers, youth: Person, holders: Iterable[UUID], day: dt.date) -> None:
    if youth.born_on is None:
        return  # not born yet: the mother signs for the own part
    by_key = tuple(sorted(str(pk) for pk in holders))
    outside = tuple(found.guardians.get(youth.pk, ()))
    answer = consent.who_must_consent(consent.ConsentFacts(youth.born_on, day, authority=(by_key + outside) or None))
    if answer.outcome is None:
        found.unknown.append(youth)
        return
    others = {UUID(key) for key in answer.outcome.others if key not in outside}
    who = others | ({youth.pk} if answer.outcome.youth else set())
    if len(answer.outcome.others) == len(others):
        found.guardians.pop(youth.pk, None)  # the young person decides alone
    found.of_child[youth.pk] = who
    for pk in who:
        found.because[pk] = ", ".join(answer.grounds)[:120]


def covered(plan: FamilyPlan, person: UUID, signers: Signers) -> str:
    """Return the digest of all parts of a plan about somebody, or about a child for whom they sign."""
    about = {person} | {child for child, who in signers.of_child.items() if person in who}
    findings = plan.findings.filter(concerns__in=about).distinct().order_by("created_at", "pk")
    goals = plan.goals.filter(concerns__in=about).distinct().order_by("created_at", "pk").prefetch_related("lines")
    return digest_of([*(told_of(row) for row in findings), *(text_of(goal) for goal in goals)])


def follow_version(plan: FamilyPlan, at: dt.datetime) -> None:
    """Let questions and signatures go along to the version of now; a signature only when nothing it is about changed.

    Nobody who reads their own part may see that another part changed: so a question never goes away by that.
    """
    newest: dict[UUID, PlanSignature] = {}
    for row in PlanSignature.objects.filter(plan=plan).order_by("-plan_version", "-asked_at"):
        newest.setdefault(row.person_id, row)
    older = [row for row in newest.values() if row.plan_version != plan.version]
    if not older:
        return
    signers = signers_of(plan, clock.today(at))
    for row in older:
        if row.state == SignatureState.ASKED or row.covers == covered(plan, row.person_id, signers):
            PlanSignature.objects.filter(pk=row.pk).update(
                plan_version=plan.version, version=row.version + 1, changed_at=at
            )
