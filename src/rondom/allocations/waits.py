"""How long somebody waits, in three waits and the norm for the start (practice 17).

to our first talk          from the day a worry came in (else: the case was opened) to our first talk with the family
to the intake              from registration at the provider to the first talk there
to the treatment           from that first talk to the start
from access to the start   from the decision or order to help or bridging help: the norm of the place for a start

A wait that is not known says what is missing. A reason why it may be longer is shown apart and removes nothing. As long
as the notice of a start in time can still come, nobody is said to be late.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.allocations.enums import AllocationState, Ground, WaitReason
from rondom.allocations.models import Allocation
from rondom.allocations.norms import Norms
from rondom.core import clock
from rondom.core.components import Pill
from rondom.core.why import Why, norm, of_law
from rondom.core.words import date_words
from rondom.law import waiting
from rondom.law.waiting import Standing, Step

QUIET = frozenset({AllocationState.SENT_BACK, AllocationState.WITHDRAWN, AllocationState.WAITING})


@dataclasses.dataclass(frozen=True)
class Waited:
    """One wait: from which day, until which (None: it goes on), against which norm, and how it stands.

    `missing` says what is not known; then there is no `starts`. `late_unsure`: the norm has passed, and the notice of
    a start in time may still come, until `notice_until`.
    """

    kind: str
    title: str
    whose: str
    what: str
    as_of: dt.date
    starts: dt.date | None = None
    ends: dt.date | None = None
    norm_until: dt.date | None = None
    standing: Standing | None = None
    why: Why | None = None
    missing: str = ""
    notice_until: dt.date | None = None
    reason: str = ""
    allocation: UUID | None = None

    @property
    def until(self) -> dt.date:
        """The last day counted so far."""
        return self.ends or self.as_of

    @property
    def days(self) -> int | None:
        """Calendar days waited, None when not known."""
        return (self.until - self.starts).days if self.starts else None

    @property
    def runs(self) -> bool:
        """Tell whether somebody still waits."""
        return self.starts is not None and self.ends is None

    @property
    def pill(self) -> Pill:
        """How it stands, in words with a tone; never late while a notice may still come."""
        if self.missing:
            return Pill(_("not known"), "plain")
        if self.standing is None:
            return Pill(_("no norm chosen"), "plain")
        if self.notice_until:
            said = _("notice of the start can come up to %(day)s") % {"day": date_words(self.notice_until)}
            return Pill(said, "due")
        words = {
            Standing.WITHIN: (_("within the norm"), "calm"), Standing.OVER: (_("over the norm"), "late"),
            Standing.ACCEPTED: (_("longer, with an accepted reason"), "due"),
            Standing.EXCLUDED: (_("not measured"), "plain"),
        }  # fmt: skip
        return Pill(*words[self.standing])

    @property
    def days_words(self) -> str:
        """Return "12 days"."""
        if self.days is None:
            return "–"
        return ngettext("%(days)d day", "%(days)d days", self.days) % {"days": self.days}


@dataclasses.dataclass(frozen=True)
class FirstTalk:
    """What is known of the way to our own first talk with a family."""

    came_on: dt.date
    talked_on: dt.date | None
    urgent: bool = False
    from_worry: bool = True


def to_first_talk(whose: str, known: FirstTalk, norms: Norms, *, today: dt.date) -> Waited:
    """Return the wait to our first talk; the norm is in working days (WT-03), an urgent worry has its own (WT-05)."""
    title = _("to our first talk")
    made = Waited("first_talk", title, whose, "", today, starts=known.came_on, ends=known.talked_on)
    facts = waiting.UrgentFacts(known.came_on, known.urgent)
    answer = waiting.first_talk_by(facts, norms.numbers(known.came_on))
    if answer.outcome is None:
        return dataclasses.replace(made, why=_no_norm())
    over = made.until > answer.outcome
    return dataclasses.replace(
        made, norm_until=answer.outcome, standing=Standing.OVER if over else Standing.WITHIN,
        why=of_law(answer, _question()),
    )  # fmt: skip


def of_allocation(row: Allocation, norms: Norms, *, today: dt.date, bridged_on: dt.date | None = None) -> list[Waited]:
    """Return the waits of one order that went out, none for an order that goes on from help that runs.

    `bridged_on` is the first day of help that bridges it: that meets the norm for the start, not the waits (F50).
    """
    if row.state in QUIET or row.follows_id:
        return []
    make = _Maker(row, norms, today)
    return [make.intake(), make.treatment(), make.start(bridged_on)]


def _question() -> str:
    return _("Why this norm?")


def _no_norm() -> Why:
    return norm(_question(), _("No norm was chosen here for this wait. The days are counted all the same."))


class _Maker:
    """The waits of one order."""

    def __init__(self, row: Allocation, norms: Norms, today: dt.date) -> None:
        self.row, self.norms, self.today = row, norms, today
        self.never = row.stopped_on if row.started_on is None else None

    def intake(self) -> Waited:
        row = self.row
        title = _("from registration to the first talk at the provider")
        since = row.registered_on or (self._went_out() if row.ground == Ground.MUNICIPAL else None)
        if since is None:
            missing = _("The day of registration is not known: along this way people register themselves. Ask for it.")
            return self._made("intake", title, missing=missing)
        ends = row.first_talk_on or row.started_on or self.never
        return self._measured("intake", title, Step.INTAKE, min(since, ends) if ends else since, ends)

    def treatment(self) -> Waited:
        row = self.row
        title = _("from the first talk at the provider to the start")
        if row.first_talk_on is None:
            began = row.started_on is not None
            not_yet = _("There was no first talk at the provider yet.")
            missing = _("The first talk was not written down.") if began else not_yet
            return self._made("treatment", title, missing=missing)
        ends = row.started_on or self.never
        return self._measured("treatment", title, Step.TREATMENT, row.first_talk_on, ends, told=True)

    def start(self, bridged_on: dt.date | None) -> Waited:
        row = self.row
        since = row.decided_on or row.ordered_on
        decided = row.decided_on is not None and self.norms.has("start_after_decision_days", since, self._code())
        title = _("from the decision to help, or help that bridges") if decided else _("from the order to the start")
        found = [day for day in (row.started_on, self.never, bridged_on if decided else None) if day]
        ends = min(found, default=None)
        step = Step.START if decided else Step.HELP
        return self._measured("start", title, step, since, max(since, ends) if ends else None, told=True)

    def _went_out(self) -> dt.date:
        passed = self.row.let_through_at
        return clock.today(passed) if passed else self.row.ordered_on

    def _code(self) -> str:
        return self.row.product.code if self.row.product else ""

    def _made(self, kind: str, title: str, **more: Any) -> Waited:
        row = self.row
        reason = row.get_wait_reason_display() if row.wait_reason else ""
        return Waited(
            kind, title, row.dossier.youth.short_name, row.what, self.today, allocation=row.pk, reason=reason, **more
        )

    def _measured(
        self, kind: str, title: str, step: Step, since: dt.date, ends: dt.date | None, *, told: bool = False
    ) -> Waited:
        row = self.row
        made = self._made(kind, title, starts=since, ends=ends)
        accepted = row.wait_reason in WaitReason.accepted()
        facts = waiting.WaitFacts(
            step, since, ends, self.today,
            accepted_reason=waiting.Accepted(row.wait_reason) if accepted else None,
            excluded_reason=waiting.Excluded(row.wait_reason) if row.wait_reason and not accepted else None,
        )  # fmt: skip
        answer = waiting.wait_against_norm(facts, self.norms.numbers(since, self._code()))
        if answer.outcome is None:
            return dataclasses.replace(made, why=_no_norm())
        seen = answer.outcome
        why = of_law(answer, _question())
        notice = None
        if told and ends is None and seen.standing == Standing.OVER:
            notice, why = self._may_still_be_told(seen.norm_until, why)
        return dataclasses.replace(
            made, norm_until=seen.norm_until, standing=seen.standing, why=why, notice_until=notice
        )

    def _may_still_be_told(self, norm_until: dt.date, why: Why) -> tuple[dt.date | None, Why]:
        answer = waiting.start_is_late(waiting.StartFacts(norm_until, self.today))
        if answer.outcome is None:
            return None, why
        said = of_law(answer, why.question)
        both = Why(
            why.question, why.said + said.said, why.grounds + said.grounds, why.numbers + said.numbers, why.doubt or
            said.doubt, why.readings + said.readings,
        )  # fmt: skip
        unknown = answer.outcome.standing == waiting.Start.UNKNOWN
        return (answer.outcome.notice_until if unknown else None), both


def bridged_since(rows: Iterable[Allocation]) -> dict[UUID, dt.date]:
    """Return from which day each order is bridged by help that really began."""
    found: dict[UUID, dt.date] = {}
    for row in rows:
        if row.bridges_id and row.started_on:
            found[row.bridges_id] = min(row.started_on, found.get(row.bridges_id, row.started_on))
    return found
