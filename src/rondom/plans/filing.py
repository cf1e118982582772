"""The signed plan as it lies in the dossiers of the children: cut by whom each part concerns.

Parts that concern one child make the sheet of that child; parts that concern several children together make a sheet of
their own, which follows the rights of all of them (documents.queries). Signatures are named on a sheet only of those
who sign for the children on it. The head of the plan and what concerns adults alone stay in the plan.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.core.words import date_words
from rondom.dossiers.models import CaseDossier
from rondom.people.models import Person
from rondom.plans.enums import SignatureState
from rondom.plans.models import FamilyPlan, PlanSignature
from rondom.plans.signers import Signers
from rondom.plans.texts import text_of, told_of
from rondom.privacy.queries import whole


@dataclass(frozen=True)
class Filing:
    """A version to file: its plan, the answers, who had to sign for which child, and why in spite of what lacks."""

    plan: FamilyPlan
    answers: Sequence[PlanSignature]
    signers: Signers
    despite: str = ""


@dataclass(frozen=True)
class Sheet:
    """What is filed about these children: a title, what was told, the goals, who signed, and what else is known.

    `adults` are the others whom a part on it concerns: who may not read about them does not read the sheet.
    """

    title: str
    children: list[Person]
    findings: list[str]
    goals: list[str]
    signed: list[str]
    remarks: list[str]
    adults: list[Person] = field(default_factory=list)

    @property
    def concerns(self) -> list[Person]:
        """Everybody whom something on this sheet is about."""
        return [*self.children, *self.adults]


def sheets_of(filing: Filing) -> list[Sheet]:
    """Return a sheet per child, and one per group of children, in the order of their ages.

    A part that also concerned a child whose dossier was destroyed is on none: who reads the sheet may not read it.
    """
    plan = filing.plan
    linked = CaseDossier.objects.filter(case=plan.case_id).select_related("dossier__youth")
    youths = {link.dossier.youth_id: link.dossier.youth for link in linked}
    groups: dict[frozenset[UUID], _Group] = {}
    for row in plan.findings.filter(whole()).prefetch_related("concerns").order_by("created_at", "pk"):
        _place(groups, row.concerns.all(), youths).findings.append(told_of(row))
    for goal in plan.goals.filter(whole()).prefetch_related("concerns", "lines").order_by("created_at", "pk"):
        _place(groups, goal.concerns.all(), youths).goals.append(text_of(goal))
    groups.pop(frozenset(), None)
    return [_sheet(filing, [youths[pk] for pk in children], group) for children, group in groups.items()]


@dataclass
class _Group:
    """The parts about the same children, and the adults whom one of those parts concerns too."""

    findings: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    adults: dict[UUID, Person] = field(default_factory=dict)


def _place(groups: dict[frozenset[UUID], _Group], concerns: Iterable[Person], youths: Collection[UUID]) -> _Group:
    persons = {person.pk: person for person in concerns}
    group = groups.setdefault(frozenset(persons.keys() & set(youths)), _Group())
    group.adults |= {pk: person for pk, person in persons.items() if pk not in youths}
    return group


def _sheet(filing: Filing, children: list[Person], group: _Group) -> Sheet:
    children.sort(key=lambda child: (child.born_on or dt.date.max, child.pk))
    plan, names = filing.plan, ", ".join(child.short_name for child in children)
    wanted = set().union(*(filing.signers.of_child.get(child.pk, set()) for child in children))
    first = plan.first_evaluation_on
    remarks = [_("First looked back on: %(day)s") % {"day": date_words(first)}] if first else []
    answers = [row for row in filing.answers if row.person_id in wanted]
    if filing.despite and any(row.state != SignatureState.SIGNED for row in answers):
        remarks.append(_("Filed although not everybody signed: %(why)s") % {"why": filing.despite})
    outside = sorted({name for child in children for name in filing.signers.guardians.get(child.pk, ())})
    if outside:
        remarks.append(_("Guardian, asked outside this system: %(names)s") % {"names": ", ".join(outside)})
    agreed = date_words(plan.agreed_on) if plan.agreed_on else ""
    title = _("Signed plan of %(day)s: %(names)s")  # no number: it would count what changed elsewhere in the plan
    return Sheet(
        title % {"day": agreed, "names": names}, children, group.findings, group.goals,
        [said(row) for row in answers], remarks, sorted(group.adults.values(), key=lambda person: person.pk),
    )  # fmt: skip


def said(row: PlanSignature) -> str:
    """Return an answer as a sentence: who, when, how."""
    words = {"name": row.person.name, "way": row.get_way_display(), "state": row.get_state_display()}
    if row.state == SignatureState.SIGNED and row.signed_on:
        return _("%(name)s signed on %(day)s (%(way)s)") % {**words, "day": date_words(row.signed_on)}
    return _("%(name)s: %(state)s") % words


def parts_of(sheet: Sheet) -> list[tuple[str, list[str]]]:
    """Return the parts of a sheet that hold something, each with its heading."""
    parts = [
        (_("What was told"), sheet.findings), (_("Goals"), sheet.goals), (_("Signatures"), sheet.signed),
        (_("Further"), sheet.remarks),
    ]  # fmt: skip
    return [(heading, rows) for heading, rows in parts if rows]


def as_text(sheet: Sheet) -> bytes:
    """Return a sheet as plain text that any screen reader reads: a title and parts with headings."""
    told = [f"{heading}\n\n" + "\n\n".join(rows) for heading, rows in parts_of(sheet)]
    return ("\n\n\n".join([sheet.title, *told]) + "\n").encode()
