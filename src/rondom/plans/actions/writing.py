"""Written at home: a parent or young person writes for the plan, shares it when ready, and it is taken over as said."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotFound
from rondom.core.events import record, subject
from rondom.core.principals import Principal
from rondom.dossiers.actions import case_subjects
from rondom.dossiers.models import Dossier
from rondom.people.models import Person
from rondom.plans import resident
from rondom.plans.actions.plan import add_goal, is_open
from rondom.plans.actions.telling import tell_finding
from rondom.plans.enums import Goes, WritingKind, WritingState
from rondom.plans.models import FamilyPlan, Finding, Goal, Writing

LONGEST = 4000


def _tell(by: Principal, kind: str, row: Writing, at: dt.datetime, *fields: str) -> None:
    named = [("dossier", row.dossier_id), ("person", row.about_id), ("person", row.person_id)]
    if row.state != WritingState.OWN:
        named += case_subjects(row.case, day=clock.today(at))
    record(by, kind, row, at=at, municipality=row.municipality, fields=fields, subjects=[subject(row), *named])


@action
def keep_writing(
    *, by: Principal, at: dt.datetime, dossier: Dossier, kind: WritingKind, text: str, about_me: bool = False,
    writing: Writing | None = None,
) -> Writing:  # fmt: skip
    """Keep what a resident writes at home; nobody else sees it until it is shared. With `writing` it is written again.

    Raises BadInput for an empty or very long text, when it was shared already, or when nobody works with the family.
    """
    text = text.strip()
    if not text:
        raise BadInput(_("Write something first."), field="text")
    if len(text) > LONGEST:
        raise BadInput(_("This is very long. Make it shorter, or write a second one."), field="text")
    case = resident.case_to_write_in(dossier, at=at)
    if case is None:
        raise BadInput(_("Nobody works with you at this moment. Call the municipality to tell it."))
    me = resident.me(by)
    about = me if about_me else dossier.youth
    if writing is None:
        row = Writing.objects.create(
            municipality=dossier.municipality, dossier=dossier, case=case, person=me, about=about, kind=kind, text=text,
            created_at=at,
        )  # fmt: skip
        _tell(by, "plans.writing_kept", row, at)
        return row
    _move(writing, at, WritingState.OWN, kind=kind, text=text, about=about)
    _tell(by, "plans.writing_kept", writing, at, "kind", "text", "about")
    return writing


def _move(row: Writing, at: dt.datetime, from_state: WritingState, **values: object) -> None:
    taken = Writing.objects.filter(pk=row.pk, state=from_state).update(version=row.version + 1, changed_at=at, **values)
    if not taken:
        raise BadInput(_("This was shared or answered already. Look at it again."))
    row.refresh_from_db()


@action
def share(*, by: Principal, at: dt.datetime, writing: Writing) -> Writing:
    """Share what one wrote with who works with the family; from then on it is part of the dossier."""
    if writing.person_id != by.person:
        raise NotFound("")
    _move(writing, at, WritingState.OWN, state=WritingState.SHARED, shared_at=at)
    _tell(by, "plans.writing_shared", writing, at, "state")
    return writing


@action
def throw_away(*, by: Principal, at: dt.datetime, writing: Writing) -> None:
    """Throw away what was never shared; nothing of it stays."""
    if writing.person_id != by.person:
        raise NotFound("")
    if writing.state != WritingState.OWN:
        raise BadInput(_("This is shared already. Tell your contact person if it is not right."))
    _tell(by, "plans.writing_thrown_away", writing, at)
    writing.delete()


@action
def take_over(
    *, by: Principal, at: dt.datetime, writing: Writing, plan: FamilyPlan, taken_by: StaffMember,
    concerns: Iterable[Person], noticed_by: str = "", due_on: dt.date | None = None,
) -> Writing:  # fmt: skip
    """Take a text of the family over into the plan, word for word; who wrote it is who said it.

    Raises BadInput when it was answered already or belongs to another family.
    """
    is_open(plan)
    if plan.case_id != writing.case_id:
        raise BadInput(_("This was written for another family."))
    persons, said_by = list(concerns), writing.person.short_name
    if writing.kind == WritingKind.GOAL:
        goal = add_goal(
            by=by, at=at, plan=plan, text=writing.text, said_by=said_by, concerns=persons, kept_by=taken_by,
            noticed_by=noticed_by, due_on=due_on,
        )  # fmt: skip
        taken: dict[str, Goal | Finding] = {"goal": goal}
    else:
        finding = tell_finding(
            by=by, at=at, plan=plan, goes=Goes.WELL, text=writing.text, said_by=said_by, concerns=persons,
            written_by=taken_by,
        )  # fmt: skip
        taken = {"finding": finding}
    _move(writing, at, WritingState.SHARED, state=WritingState.TAKEN, answered_at=at, answered_by=taken_by, **taken)
    _tell(by, "plans.writing_taken_over", writing, at, "state")
    return writing


@action
def leave(*, by: Principal, at: dt.datetime, writing: Writing, left_by: StaffMember, answer: str) -> Writing:
    """Leave a text of the family out of the plan, with an answer that the writer reads."""
    if not answer.strip():
        raise BadInput(_("Write to them why it is not in the plan, as you said it."), field="answer")
    _move(
        writing, at, WritingState.SHARED, state=WritingState.LEFT, answered_at=at, answered_by=left_by,
        answer=answer.strip(),
    )  # fmt: skip
    _tell(by, "plans.writing_left", writing, at, "state", "answer")
    return writing
