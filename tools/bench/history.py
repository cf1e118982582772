"""The chain in the made region: of every family what led to help, what was agreed, decided, ordered and looked back on.

A worry with its triage, a plan with two goals, who does what, signatures, an evaluation every half year, an assessment
of safety beside each, and per child and year an application, a decision and an order; with the dates that were met on
the way. Of running families also what waits: an application, a decision with the second pair of eyes, an order that
must start. So a family that runs for five years has some two hundred dated entries.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol
from uuid import UUID

from django.db import models

from rondom.accounts.enums import Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.allocations.enums import AllocationState, Frequency, Ground, StopReason
from rondom.allocations.enums import Decision as Basis
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.decisions import enums as deciding
from rondom.decisions.models import Application, Decision, DecisionGoal, Mandate
from rondom.dossiers.due import end_of
from rondom.dossiers.models import Case, Clock, Dossier, Note, NoteConcern
from rondom.entry.enums import Channel, ConcernState, Kind, Part, ReporterKind, Route
from rondom.entry.models import Concern, ConcernPerson, Triage
from rondom.people.models import Person
from rondom.plans import enums as planning
from rondom.plans.models import Evaluation, FamilyPlan, Goal, GoalConcern, PlanLine, PlanSignature
from rondom.providers.models import Contract, Lot, Product, Provider
from rondom.safety.enums import Met, Occasion
from rondom.safety.enums import Outcome as Safe
from rondom.safety.models import ChildJudgement, SafetyAssessment
from tools.bench.pages import MUNICIPALITY

DAY, HALF_YEAR, YEAR = dt.timedelta(days=1), dt.timedelta(days=182), dt.timedelta(days=365)
CONTACT = dt.timedelta(days=21)  # between two notes of a running family
WHY = {"rule": "Zo afgesproken", "article": "", "counted": ""}
WAITING = 60  # worries that nobody has looked at yet

ORDER: tuple[type[models.Model], ...] = (
    Concern, ConcernPerson, Triage, FamilyPlan, Goal, GoalConcern, PlanLine, PlanSignature, Evaluation,
    SafetyAssessment, ChildJudgement, Application, Decision, DecisionGoal, Allocation,
)  # fmt: skip
"""Written after the rooms below."""


class Rows(Protocol):
    """Where rows are kept until they are written."""

    chance: Any
    day: dt.date
    at: dt.datetime

    def add[M: models.Model](self, model: type[M], **fields: Any) -> M:
        """Keep a row for the next write."""


@dataclass(frozen=True)
class Family:
    """A family of the region: its case, who works with it, and when."""

    case: Case
    member: StaffMember
    parent: Person
    children: tuple[tuple[Person, Dossier], ...]
    opened: dt.date
    closed: dt.date | None
    waits: bool = False  # something of every kind waits for this family


class History:
    """Writes the chain of one family after another."""

    def __init__(self, region: Rows, home: Organisation) -> None:
        self.region, self.home, self.numbers = region, home, count(1)
        self.readers: list[StaffMember] = []
        self.mandate: UUID | None = None
        provider = Provider.objects.create(municipality=MUNICIPALITY, name="Jeugdhulp van de meting")
        since = region.day - 6 * YEAR
        contract = Contract.objects.create(
            municipality=MUNICIPALITY, provider=provider, number="M-1", kind="framework", starts=since
        )
        lot = Lot.objects.create(municipality=MUNICIPALITY, contract=contract, name="Ambulant", funding="effort")
        self.provider = provider
        self.product = Product.objects.create(
            municipality=MUNICIPALITY, lot=lot, category="45", code="45A04", name="Begeleiding", unit="01"
        )

    def begin(self, members: list[StaffMember], leads: int) -> None:
        """Say who works here: the first `leads` sign, and one in ten families has a worry that still waits."""
        self.readers = members[:leads]
        self.mandate = Mandate.objects.create(
            municipality=MUNICIPALITY, organisation=self.home, role=Role.TEAM_LEAD, kind=deciding.DecisionKind.AWARD,
            ground="Mandaatbesluit van de meting", recorded_by=members[0], starts=self.region.day - 6 * YEAR,
        ).pk  # fmt: skip
        for number in range(WAITING):
            self._worry(members[0], self.region.at - dt.timedelta(hours=number), None)

    def of(self, family: Family) -> None:
        """Add what happened with a family, from the worry to today or the closing."""
        until = family.closed or self.region.day
        concern = self._worry(family.member, _moment(family.opened), family)
        goals = self._plan(family, until)
        self._safety(family, until)
        for youth, dossier in family.children:
            self._help(family, youth, dossier, concern, goals, until)
        if family.closed is None:
            self._contact(family)

    # the worry

    def _worry(self, member: StaffMember, when: dt.datetime, family: Family | None) -> Concern:
        add = self.region.add
        decided: dict[str, Any] = {"due_at": when + dt.timedelta(days=3)}
        if family:
            decided |= {
                "state": ConcernState.HANDED_OUT, "decided_at": when, "decided_by": member, "case": family.case,
            }  # fmt: skip
        concern = add(
            Concern, organisation=self.home, entered_by=member, received_at=when, channel=Channel.PHONE,
            worry="Vaak niet op school, en thuis veel ruzie.", talked_on=clock.today(when),
            reporter_kind=ReporterKind.SCHOOL, reporter_name="Meldster van de meting", explanation=WHY, **decided,
        )  # fmt: skip
        for youth, _dossier in family.children if family else ():
            add(ConcernPerson, concern=concern, part=Part.CHILD, name=youth.called, person=youth)
        if family is None:
            add(ConcernPerson, concern=concern, part=Part.CHILD, name="Een kind")
        else:
            add(
                Triage, concern=concern, kind=Kind.MULTIPLE, route=Route.SUPPORT_TEAM, said="Meervoudig",
                made_by=member, made_at=when,
            )  # fmt: skip
        return concern

    # the plan

    def _plan(self, family: Family, until: dt.date) -> list[Goal]:
        add, agreed = self.region.add, family.opened + 20 * DAY
        ended = family.closed is not None
        plan = add(
            FamilyPlan, case=family.case, begun_by=family.member, going_well="Ze eten elke dag samen.",
            first_evaluation_on=agreed + HALF_YEAR, agreed_on=agreed, ended_on=until if ended else None,
            state=planning.PlanState.ENDED if ended else planning.PlanState.AGREED,
        )  # fmt: skip
        goals = [self._goal(family, plan, words) for words in ("Elke dag naar school", "Rust aan tafel")]
        add(
            PlanSignature, plan=plan, case=family.case, person=family.parent, plan_version=1, because="gezag",
            state=planning.SignatureState.SIGNED, way=planning.SignedBy.PORTAL, asked_by=family.member,
            asked_at=_moment(agreed), answered_at=_moment(agreed), signed_on=agreed,
        )  # fmt: skip
        for day in _days(agreed + HALF_YEAR, until, HALF_YEAR):
            add(
                Evaluation, plan=plan, case=family.case, held_on=day, helped="partly", satisfied="yes", alone="no",
                words="Het gaat beter op school.", outcome=planning.Outcome.CONTINUE, next_on=day + HALF_YEAR,
                written_by=family.member,
            )  # fmt: skip
            self._met(family, "plans.evaluation", "Terugkijken met het gezin", day)
        if not ended:
            self._runs(family, "plans.evaluation", "Terugkijken met het gezin", until + 40 * DAY)
        return goals

    def _goal(self, family: Family, plan: FamilyPlan, words: str) -> Goal:
        add = self.region.add
        goal = add(Goal, plan=plan, case=family.case, text=words, said_by=family.parent.called)
        add(GoalConcern, goal=goal, person=family.children[0][0])
        for doer, what in ((planning.Doer.FAMILY, "Om negen uur naar bed"), (planning.Doer.NETWORK, "Oma haalt op")):
            add(PlanLine, goal=goal, case=family.case, doer=doer, who="Samen", what=what, due_on=family.opened + YEAR)
        return goal

    # safety

    def _safety(self, family: Family, until: dt.date) -> None:
        add = self.region.add
        for day in _days(family.opened + 5 * DAY, until, HALF_YEAR):
            assessment = add(
                SafetyAssessment, case=family.case, held_on=day, instrument="ARIJ", parents_spoken="moeder",
                occasion=Occasion.START if day < family.opened + HALF_YEAR else Occasion.EVALUATION,
                written_by=family.member, next_on=day + HALF_YEAR,
            )  # fmt: skip
            for youth, _dossier in family.children:
                add(
                    ChildJudgement, assessment=assessment, case=family.case, child=youth, met=Met.ALONE,
                    worries="", keeps_safe="Oma is dichtbij.", outcome=Safe.SAFE,
                )  # fmt: skip

    # decisions and help

    def _help(
        self, family: Family, youth: Person, dossier: Dossier, concern: Concern, goals: list[Goal], until: dt.date
    ) -> None:
        for day in _days(family.opened + 25 * DAY, until, YEAR):
            award = self._decided(family, youth, dossier, concern, goals[0], day)
            self._ordered(family, dossier, goals[0], award, day + 3 * DAY, until)
        if family.waits or (family.closed is None and self.region.chance.random() < 1 / 5):
            self._undecided(family, youth, dossier, concern)

    def _application(
        self, family: Family, youth: Person, dossier: Dossier, concern: Concern, day: dt.date, **state: Any
    ) -> Application:
        return self.region.add(
            Application, dossier=dossier, case=family.case, concern=concern, received_on=day, channel="talk",
            shape="free", asked="Hulp bij naar school gaan", asked_by=family.parent, signed=True,
            has_name_and_address=True, term_after=day, decide_by=day + 56 * DAY, explanation=WHY,
            handled_by=family.member, registered_by=family.member, **state,
        )  # fmt: skip

    def _decided(
        self, family: Family, youth: Person, dossier: Dossier, concern: Concern, goal: Goal, day: dt.date
    ) -> Decision:
        asked = self._application(
            family, youth, dossier, concern, day - 20 * DAY, state=deciding.ApplicationState.DECIDED
        )
        reader = self._reader(family.member)
        award = self.region.add(
            Decision, dossier=dossier, case=family.case, application=asked, kind=deciding.DecisionKind.AWARD,
            state=deciding.DecisionState.KNOWN, number=f"M-{next(self.numbers)}", product=self.product, volume=4,
            unit="04", frequency="week", starts=day, ends=day + YEAR, article="Jw 2.3", motivation="Past bij het doel.",
            prepared_by=family.member, reader=reader, signed_by=reader, mandate_id=self.mandate, decided_on=day,
            published_on=day, objection_until=day + 42 * DAY, help_words="Begeleiding",
        )  # fmt: skip
        self.region.add(DecisionGoal, decision=award, goal=goal, text=goal.text, said_by=goal.said_by)
        self._met(family, "decisions.decide", "Besluit nemen", day)
        return award

    def _undecided(self, family: Family, youth: Person, dossier: Dossier, concern: Concern) -> None:
        day = self.region.day - self.region.chance.randrange(1, 50) * DAY
        asked = self._application(family, youth, dossier, concern, day, state=deciding.ApplicationState.RUNNING)
        asked.clock = self._runs(family, "decisions.decide", "Besluit nemen", day + 56 * DAY)
        waits = self.region.chance.random() < 1 / 2
        self.region.add(
            Decision, dossier=dossier, case=family.case, application=asked, kind=deciding.DecisionKind.EXTEND,
            state=deciding.DecisionState.ASKED if waits else deciding.DecisionState.CONCEPT, product=self.product,
            volume=4, unit="04", frequency="week", starts=self.region.day, ends=self.region.day + YEAR,
            prepared_by=family.member, reader=self._reader(family.member) if waits else None,
            asked_at=self.region.at if waits else None, help_words="Begeleiding",
        )  # fmt: skip

    def _reader(self, member: StaffMember) -> StaffMember:
        lead, other = member, self.readers[0] if self.readers else member
        for each in self.readers:
            if each.home_team == member.home_team:  # type: ignore[attr-defined]
                lead = each
        return lead if lead != member else other if other != member else self.readers[1]

    def _ordered(
        self, family: Family, dossier: Dossier, goal: Goal, award: Decision, day: dt.date, until: dt.date
    ) -> None:
        last = min(award.ends - DAY if award.ends else until, until)
        runs = family.closed is None and last == until
        state, ended = AllocationState.STARTED, {}
        if not runs:
            state, ended = AllocationState.STOPPED, {"stopped_on": last, "stop_reason": StopReason.AS_PLANNED}
        begun = day + 14 * DAY
        if runs and begun > self.region.day:
            state = AllocationState.ORDERED
        started = begun if state != AllocationState.ORDERED and begun <= last else None
        order = self.region.add(
            Allocation, dossier=dossier, case=family.case, goal=goal, provider=self.provider, product=self.product,
            volume=4, unit="04", frequency=Frequency.WEEK, ground=Ground.MUNICIPAL, decision=Basis.TAKEN,
            decision_reference=award.number, decided_on=award.decided_on, award=award, state=state, starts=day,
            ends=award.ends, ordered_by=family.member, ordered_on=day, started_on=started, start_told_on=started,
            registered_on=day, **ended,
        )  # fmt: skip
        if state == AllocationState.ORDERED:
            order.start_clock = self._runs(family, "allocations.start", "Vraag of de hulp is begonnen", begun)
        else:
            self._met(family, "allocations.start", "Vraag of de hulp is begonnen", begun)

    # contact and dates

    def _contact(self, family: Family) -> None:
        """Add a note every three weeks, older than those the region has already."""
        last = self.region.day - 40 * DAY
        for number, day in enumerate(_days(family.opened, last, CONTACT)):
            note = self.region.add(
                Note, case=family.case, written_by=family.member, channel="phone", happened_at=_moment(day),
                text="Gebeld over hoe de week ging.",
            )  # fmt: skip
            self.region.add(NoteConcern, note=note, person=family.children[number % len(family.children)][0])

    def _clock(self, family: Family, kind: str, title: str, due: dt.date, **state: Any) -> Clock:
        return self.region.add(
            Clock, case=family.case, subject_kind="dossiers.case", subject=family.case.pk, kind=kind, title=title,
            due_at=end_of(due), started_at=_moment(due - 30 * DAY), rests_with=family.member, explanation=WHY, **state,
        )  # fmt: skip

    def _met(self, family: Family, kind: str, title: str, due: dt.date) -> None:
        self._clock(family, kind, title, due, state="met", ended_at=_moment(due))

    def _runs(self, family: Family, kind: str, title: str, due: dt.date) -> Clock:
        return self._clock(family, kind, title, due)


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), dt.UTC)


def _days(first: dt.date, until: dt.date, step: dt.timedelta) -> list[dt.date]:
    """Return the days from `first`, a step apart, before `until`."""
    found = []
    while first < until:
        found.append(first)
        first += step
    return found
