"""The signed plan as it lies in the dossiers of the children: cut by whom each part concerns.

Parts that concern one child make the sheet of that child; parts that concern several children together make a sheet of
their own, which follows the rights of all of them (documents.queries). Signatures are named on a sheet only of those
who sign for the children on it. The head of the plan and what concerns adults alone stay in the plan.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.core.words import date_words
from rondom.dossiers.models import CaseDossier
from rondom.people.models import Person
from rondom.plans.enums import SignatureState
from rondom.plans.models import FamilyPlan, PlanSignature
from rondom.plans.signers import Signers
from rondom.plans.texts import text_of, told_of


@dataclass(frozen=True)
class Filing:
    """A version to file: its plan, the answers, who had to sign for which child, and why in spite of what lacks."""

    plan: FamilyPlan
    answers: Sequence[PlanSignature]
    signers: Signers
    despite: str = ""


@dataclass(frozen=True)
class Sheet:
    """What is filed about these children: a title, what was told, the goals, who signed, and what else is known."""

    title: str
    children: list[Person]
    findings: list[str]
    goals: list[str]
    signed: list[str]
    remarks: list[str]


def sheets_of(filing: Filing) -> list[Sheet]:
    """Return a sheet per child, and one per group of children, in the order of their ages."""
    plan = filing.plan
    linked = CaseDossier.objects.filter(case=plan.case_id).select_related("dossier__youth")
    youths = {link.dossier.youth_id: link.dossier.youth for link in linked}
    groups: dict[frozenset[UUID], tuple[list[str], list[str]]] = {}
    for row in plan.findings.prefetch_related("concerns").order_by("created_at", "pk"):
        _place(groups, {p.pk for p in row.concerns.all()} & youths.keys())[0].append(told_of(row))
    for goal in plan.goals.prefetch_related("concerns", "lines").order_by("created_at", "pk"):
        _place(groups, {p.pk for p in goal.concerns.all()} & youths.keys())[1].append(text_of(goal))
    groups.pop(frozenset(), None)
    return [_sheet(filing, [youths[pk] for pk in group], *parts) for group, parts in groups.items()]


def _place(
    groups: dict[frozenset[UUID], tuple[list[str], list[str]]], children: set[UUID]
) -> tuple[list[str], list[str]]:
    return groups.setdefault(frozenset(children), ([], []))


def _sheet(filing: Filing, children: list[Person], findings: list[str], goals: list[str]) -> Sheet:
    children.sort(key=lambda child: (child.born_on or dt.date.max, child.pk))
    plan, names = filing.plan, ", ".join(child.short_name for child in children)
    wanted = set().union(*(filing.signers.of_child.get(child.pk, set()) for child in children))
    remarks = [_("How long: %(duration)s") % {"duration": plan.duration}] if plan.duration else []
    if plan.first_evaluation_on:
        remarks.append(_("First looked back on: %(day)s") % {"day": date_words(plan.first_evaluation_on)})
    answers = [row for row in filing.answers if row.person_id in wanted]
    if filing.despite and any(row.state != SignatureState.SIGNED for row in answers):
        remarks.append(_("Filed although not everybody signed: %(why)s") % {"why": filing.despite})
    agreed = date_words(plan.agreed_on) if plan.agreed_on else ""
    title = _("Signed plan of %(day)s, version %(number)s: %(names)s")
    return Sheet(
        title % {"day": agreed, "number": plan.version, "names": names}, children, findings, goals,
        [said(row) for row in answers], remarks,
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
