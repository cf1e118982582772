"""Process coordination of a family as it stands: asked, taken up, ended, or proposed because the family stands still.

The proposal is not kept: it is there while nothing moves for longer than the municipality chose (`standstill_days`,
N54), and a person asks it or says why not. Said not now, it is silent for as many days again.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import look, subject
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers.enums import ClockState, ProcessState
from rondom.dossiers.models import Case, CaseDossier, Clock, ProcessRequest
from rondom.dossiers.queries import last_contacts
from rondom.dossiers.sight import case_seen
from rondom.dossiers.standstill import set_days
from rondom.privacy.enums import Sight


@dataclass(frozen=True)
class Standing:
    """What the page of a family says of process coordination.

    `request` is the open request, else the last one that was decided; `proposal` says since when nothing moves, "" when
    there is nothing to propose.
    """

    request: ProcessRequest | None
    proposal: str

    @property
    def is_open(self) -> bool:
        """A request waits or process coordination runs."""
        return self.request is not None and self.request.state in ProcessState.open_states()

    @property
    def runs(self) -> bool:
        """Process coordination runs."""
        return self.request is not None and self.request.state == ProcessState.TAKEN_UP


def requests_for(by: Principal, *, at: dt.datetime) -> QuerySet[ProcessRequest]:
    """Return the requests of cases one may open, newest first."""
    rows = ProcessRequest.objects.filter(case_seen("case", by, at=at, few=True))
    return rows.select_related("case__team", "asked_by", "decided_by").order_by("-asked_at", "-pk")


def to_decide(by: Principal, *, at: dt.datetime) -> QuerySet[ProcessRequest]:
    """Return the requests that wait for a process coordinator of one's teams, the oldest first.

    The case is a row in one's list; what was asked is meant for who decides on it.
    """
    if not by.has(Role.PROCESS_COORDINATOR):
        return ProcessRequest.objects.none()
    rows = ProcessRequest.objects.filter(
        case_seen("case", by, at=at, sight=Sight.ROW), state=ProcessState.ASKED, case__team__in=by.teams,
        case__closed_on=None,
    )  # fmt: skip
    return rows.select_related("case__team", "asked_by").order_by("asked_at", "pk")


def open_to_decide(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> ProcessRequest:
    """Return a request one decides on and record the look; raises NotFound, and records the attempt."""
    row = to_decide(by, at=at).filter(pk=pk).first()
    if row is not None:
        look(by, page, row, subjects=[subject(row.case)], ground="process coordination", at=at)
        return row
    hidden = ProcessRequest.objects.select_related("case").filter(pk=pk).first()
    if hidden is not None:
        linked = CaseDossier.objects.filter(case=hidden.case_id).values_list("dossier", flat=True)
        subjects = [subject(hidden.case), *(("dossier", dossier) for dossier in linked)]
        look(by, page, hidden, subjects=subjects, result="denied", at=at)
    raise NotFound("")


def standing_of(case: Case, clocks: Iterable[Clock], by: Principal, *, at: dt.datetime) -> Standing:
    """Return how it stands for a case that was opened for the viewer; `clocks` are its open ones within sight."""
    rows = list(requests_for(by, at=at).filter(case=case)[:20])
    shown = [row for row in rows if row.state != ProcessState.NOT_NOW]
    first = next((row for row in shown if row.state in ProcessState.open_states()), shown[0] if shown else None)
    if case.closed_on or (first and first.state in ProcessState.open_states()):
        return Standing(first, "")
    return Standing(first, _proposal(case, clocks, rows, at))


def _proposal(case: Case, clocks: Iterable[Clock], rows: list[ProcessRequest], at: dt.datetime) -> str:
    day = clock.today(at)
    days = set_days(case.municipality, day)
    if not days:
        return ""
    long_ago = at - dt.timedelta(days=days)
    if any((row.decided_at or row.asked_at) > long_ago for row in rows):
        return ""  # somebody asked or answered it lately
    last = last_contacts([case.pk]).get(case.pk)
    opened = dt.datetime.combine(case.opened_on, dt.time(), clock.AMSTERDAM)
    if max(last or opened, opened) < long_ago:
        since = date_words(clock.today(last)) if last else date_words(case.opened_on)
        return _("No contact since %(day)s.") % {"day": since}
    late = min((row.due_at for row in clocks if row.state == ClockState.RUNNING), default=at)
    if late < long_ago:
        return _("A date is late since %(day)s.") % {"day": date_words(clock.today(late))}
    return ""


def asked_among(cases: Iterable[UUID]) -> dict[UUID, Any]:
    """Return per case that is listed the open request, in one query."""
    rows = ProcessRequest.objects.filter(case__in=list(cases), state__in=ProcessState.open_states())
    return {row.case_id: row for row in rows.select_related("decided_by")}
