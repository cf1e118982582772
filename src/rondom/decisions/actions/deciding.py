"""Preparing a decision, asking the second pair of eyes, signing, sending back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.accounts.queries import principal_of_staff
from rondom.core import clock, locks
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, Unwise, VoidByLaw
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.decisions import rules, signals, standing
from rondom.decisions.actions.applications import SEND, SIGN, close_clock, set_clock, tell
from rondom.decisions.enums import ApplicationState, DecisionKind, DecisionState, Form, Frequency
from rondom.decisions.models import Application, BudgetTest, Decision, DecisionGoal, Inquiry
from rondom.decisions.queries import readers_for
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why, relate_once
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.queries import is_barred
from rondom.plans.models import Goal
from rondom.plans.queries import newest_advice
from rondom.privacy.enums import RelationKind
from rondom.providers.models import Product

READS = dt.timedelta(days=14)  # how long the second pair of eyes sees the dossiers it was asked about
TESTS = frozenset(
    {
        "informed", "capable", "capable_words", "reasoned", "reasoned_words", "quality", "quality_words",
        "requested_cents", "in_kind_cents", "hours",
    }
)  # fmt: skip
STEPS = frozenset(
    {
        "question", "problems", "help_needed", "extent", "own_strength", "remaining_help", "wishes", "adviser",
        "advice", "advice_checked", "differs", "heard_on", "heard",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Content:
    """What a decision says. `starts` is the first day, `ends` the first day that no longer counts."""

    kind: DecisionKind
    product: Product | None = None
    help_words: str = ""
    form: Form = Form.IN_KIND
    volume: int | None = None
    unit: str = ""
    frequency: Frequency | str = ""
    starts: dt.date | None = None
    ends: dt.date | None = None
    article: str = ""
    ordinance: str = ""
    motivation: str = ""
    refusal: str = ""
    penalty_cents: int | None = None
    goals: tuple[Goal, ...] = ()


@action
def begin(
    *,
    by: Principal,
    at: dt.datetime,
    kind: DecisionKind,
    prepared_by: StaffMember,
    application: Application | None = None,
    earlier: Decision | None = None,
) -> Decision:
    """Begin to prepare a decision for one youth: on an application, or about an earlier decision.

    Raises BadInput when one is being prepared for this application already, when there is neither an application nor
    an earlier decision, or when a kind that changes an earlier decision does not name it. Of an application that is not
    treated or of a penalty (`DecisionKind.apart`) the application says whether it can be.
    """
    about = application or earlier
    if about is None:
        raise BadInput(_("Choose the application, or the earlier decision, that this is about."), field="about")
    if kind in DecisionKind.of_earlier() and earlier is None:
        raise BadInput(_("Choose which earlier decision this extends, revises or revokes."), field="about")
    if earlier and (earlier.state not in DecisionState.taken() or earlier.dossier_id != about.dossier_id):
        raise BadInput(_("Only a decision that was taken for this youth can be changed."), field="about")
    if kind in DecisionKind.apart() and application is None:
        raise BadInput(_("Choose the application that this is about."), field="about")
    if application and kind == DecisionKind.PENALTY:
        _may_set_penalty(application)
    elif application and kind == DecisionKind.LEAVE and rules.unhandled_until(application, clock.today(at)) is None:
        raise BadInput(_("First ask for what is missing, and wait until the time given for that has ended."))
    elif application:
        if application.state not in ApplicationState.open_states():
            raise BadInput(_("This application was decided or withdrawn already."), field="about")
        prepared = application.decisions.filter(state__in=DecisionState.open_states())
        if prepared.exclude(kind=DecisionKind.PENALTY).exists():
            raise BadInput(_("A decision on this application is being prepared already."), field="about")
    row = Decision.objects.create(
        municipality=about.municipality, dossier=about.dossier, case=about.case, application=application,
        earlier=earlier, kind=kind, prepared_by=prepared_by, article=article_of(kind), created_at=at,
        **(_as_before(earlier) if earlier else {}),
    )  # fmt: skip
    Inquiry.objects.create(
        municipality=row.municipality, decision=row, question=application.asked if application else "", created_at=at,
        **_advised(row),
    )  # fmt: skip
    tell(by, "decisions.decision_begun", row, at)
    return row


def _advised(row: Decision) -> dict[str, str]:
    """Return who advised about this youth and what, typed once with the plan; how it was checked is still to write."""
    advice = None if row.kind in DecisionKind.apart() else newest_advice(row.dossier)
    if advice is None:
        return {}
    return {"adviser": f"{advice.asked_of}, {advice.get_discipline_display()}"[:160], "advice": advice.answer}


def article_of(kind: DecisionKind | str) -> str:
    """Return the article of the law a decision of this kind mostly rests on."""
    return {
        DecisionKind.LEAVE: _("article 4:5 of the General Administrative Law Act"),
        DecisionKind.PENALTY: _("articles 4:17 and 4:18 of the General Administrative Law Act"),
    }.get(DecisionKind(kind), _("article 2.3 of the Youth Act"))  # fmt: skip


def _may_set_penalty(application: Application) -> None:
    if rules.notice_of(application) is None:
        raise BadInput(_("No notice of default came in for this application, so there is no penalty to set."))
    not_dropped = application.decisions.filter(kind=DecisionKind.PENALTY).exclude(state=DecisionState.DROPPED)
    if not_dropped.exists():
        raise BadInput(_("The penalty of this application was set already, or is being prepared."))


def _as_before(earlier: Decision) -> dict[str, Any]:
    """Return what is typed once: the help, form and extent of the earlier decision."""
    names = ("help_words", "product", "form", "volume", "unit", "frequency")
    return {name: getattr(earlier, name) for name in names}


def _is_concept(row: Decision) -> None:
    if row.state != DecisionState.CONCEPT:
        raise BadInput(_("This decision waits for a signature or was taken. Ask it back before you change it."))


@action
def change(*, by: Principal, at: dt.datetime, decision: Decision, content: Content, opened_version: int) -> Decision:
    """Write what a decision says; the goals are taken over from the plan in the words of the family.

    Raises BadInput for a period that ends before it begins, or a volume without what it counts; Stale when somebody
    saved it meanwhile.
    """
    _is_concept(decision)
    if content.starts and content.ends and content.ends <= content.starts:
        raise BadInput(_("The last day lies before the first."), field="last_day")
    if content.volume and not (content.frequency and content.unit.strip()):
        raise BadInput(_("Write what is counted, and per what: 120 minutes per week."), field="unit")
    if content.kind in DecisionKind.of_earlier() and decision.earlier_id is None:
        raise BadInput(_("There is no earlier decision to extend, revise or revoke."), field="kind")
    if content.kind != decision.kind and {content.kind, decision.kind} & DecisionKind.apart():
        raise BadInput(_("A decision about the application itself stays that. Drop it and begin another one."))
    changes = {
        "kind": content.kind, "product": content.product, "help_words": content.help_words.strip(),
        "form": content.form, "volume": content.volume, "unit": content.unit.strip() if content.volume else "",
        "frequency": content.frequency if content.volume else "", "starts": content.starts, "ends": content.ends,
        "article": content.article.strip(), "ordinance": content.ordinance.strip(),
        "motivation": content.motivation.strip(), "refusal": content.refusal.strip(),
        "penalty_cents": content.penalty_cents if content.kind == DecisionKind.PENALTY else None,
    }  # fmt: skip
    changed = save_changes(decision, changes, opened_version=opened_version, at=at)
    _take_goals(decision, content.goals)
    tell(by, "decisions.decision_changed", decision, at, *changed, "goals")
    return decision


def _take_goals(decision: Decision, goals: Iterable[Goal]) -> None:
    chosen = {goal.pk: goal for goal in goals}
    rows = DecisionGoal.objects.filter(decision=decision)
    rows.exclude(goal__in=chosen).exclude(goal=None).delete()
    known = set(rows.values_list("goal", flat=True))
    DecisionGoal.objects.bulk_create(
        DecisionGoal(decision=decision, goal=goal, text=goal.text, said_by=goal.said_by)
        for pk, goal in chosen.items()
        if pk not in known
    )


@action
def change_inquiry(
    *, by: Principal, at: dt.datetime, decision: Decision, found: Mapping[str, Any], opened_version: int
) -> Inquiry:
    """Write what the inquiry found. Raises BadInput for a day of hearing in the future; Stale for the second saver."""
    _is_concept(decision)
    if unknown := set(found) - STEPS:
        raise TypeError(f"no part of an inquiry: {sorted(unknown)}")
    heard = found.get("heard_on")
    if heard and heard > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="heard_on")
    row: Inquiry = decision.inquiry
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in found.items()}
    changed = save_changes(row, clean, opened_version=opened_version, at=at)
    tell(by, "decisions.inquiry_changed", decision, at, *changed)
    return row


@action
def change_budget(*, by: Principal, at: dt.datetime, decision: Decision, found: Mapping[str, Any]) -> BudgetTest:
    """Write the three tests of a personal budget, each with how it was found out, and the rates."""
    _is_concept(decision)
    if unknown := set(found) - TESTS:
        raise TypeError(f"no part of the tests: {sorted(unknown)}")
    row, _made = BudgetTest.objects.update_or_create(
        decision=decision, defaults={**found, "municipality": decision.municipality, "changed_at": at}
    )
    decision.budget = row
    tell(by, "decisions.budget_tested", decision, at, *sorted(found))
    return row


def _move(row: Decision, at: dt.datetime, *, from_states: Iterable[str], **values: Any) -> None:
    """The one place where the state of a decision moves: conditional, so of two people at once one wins."""
    taken = Decision.objects.filter(pk=row.pk, state__in=list(from_states)).update(
        version=F("version") + 1, changed_at=at, **values
    )
    if not taken:
        raise BadInput(_("Somebody changed this decision in the meantime. Look at it again."))
    row.refresh_from_db()


@action
def ask_second(
    *,
    by: Principal,
    at: dt.datetime,
    decisions: Iterable[Decision],
    reader: StaffMember,
    until: dt.date,
    despite: Mapping[Any, str] | None = None,
) -> list[Decision]:
    """Ask a second pair of eyes: from now the clock rests with that colleague, who sees these dossiers for a time.

    Decisions of one case go together, so that brothers and sisters are read in one reading. `despite` gives per
    decision why it is right all the same. `until` is the agreed day for a decision without time of its own.
    Raises VoidByLaw for what makes signing impossible, Unwise (field despite) for what asks a reason, BadInput when
    this colleague cannot be asked.
    """
    rows, reasons = list(decisions), despite or {}
    if not rows:
        raise BadInput(_("Choose at least one decision."), field="decisions")
    case = rows[0].case
    if any(row.case_id != case.pk for row in rows):
        raise BadInput(_("Ask for one family at a time."), field="decisions")
    if until < clock.today(at):
        raise BadInput(_("This day has passed. Choose today or later."), field="until")
    if reader.pk not in {staff.pk for staff in readers_for(rows, case, rows[0].prepared_by_id, at=at)}:
        raise BadInput(_("This colleague cannot sign this. Choose somebody of the list."), field="reader")
    for row in rows:
        _ask(by, at, row, reader, until, reasons.get(row.pk, ""))
    ends_at = at + READS
    things: list[Case | Dossier] = [case, *{row.dossier for row in rows}]
    for thing in things:
        relate_once(by, at, thing, reader.pk, RelationKind.STATED_GROUND, "reads a decision along", ends_at)
    return rows


def _ask(by: Principal, at: dt.datetime, row: Decision, reader: StaffMember, until: dt.date, reason: str) -> None:
    _is_concept(row)
    found = standing.check(row, day=clock.today(at))
    _may_stand(row, found, reason or row.despite)
    codes = " ".join(code for code, _finding in found.unwise)
    _move(
        row, at, from_states=[DecisionState.CONCEPT], state=DecisionState.ASKED, reader=reader, asked_at=at,
        sent_back_because="", findings=codes, despite=(reason.strip() or row.despite) if codes else "",
    )  # fmt: skip
    tell(by, "decisions.second_asked", row, at, "state", "reader")
    if row.application and row.application.decide_by and row.kind != DecisionKind.PENALTY:
        set_clock(by, at, row.application, SIGN, reader, _sooner(row, at))
        return
    made = dossiers.start_clock(
        by=by, at=at, case=row.case, kind=SIGN, title=_("Read a decision along and sign it"), due=until,
        rests_with=reader, about=row.dossier, why=Why(_("Agreed with the colleague who prepared it.")),
    )  # fmt: skip
    Decision.objects.filter(pk=row.pk).update(clock=made)
    row.refresh_from_db()


def _sooner(row: Decision, at: dt.datetime) -> tuple[dt.date, Why] | None:
    """Return until when an application can be left untreated, when that is sooner than the time to decide."""
    if row.kind != DecisionKind.LEAVE or row.application is None:
        return None
    answer = rules.unhandled_until(row.application, clock.today(at))
    if answer is None or (row.application.decide_by and answer.certain.last_day >= row.application.decide_by):
        return None
    return answer.certain.last_day, Why.of_law(_("Until then it can be left untreated."), answer)


def _may_stand(row: Decision, found: standing.Standing, reason: str) -> None:
    """Refuse what is void by law, and what is unwise without a reason."""
    name = row.dossier.youth.short_name
    if found.void:
        said = " ".join(str(finding.sentence) for _code, finding in found.void)
        raise VoidByLaw(
            _("The decision for %(name)s cannot be signed like this. %(said)s") % {"name": name, "said": said},
            source="; ".join(finding.source for _code, finding in found.void),
        )  # fmt: skip
    if found.unwise and not reason.strip():
        said = " ".join(str(finding.sentence) for _code, finding in found.unwise)
        raise Unwise(
            _("The decision for %(name)s may not stand. %(said)s Right all the same? Then write why.")
            % {"name": name, "said": said},
            field="despite",
        )


@action
def send_back(*, by: Principal, at: dt.datetime, decision: Decision, reason: str) -> Decision:
    """The second pair of eyes sends it back with what is not right; the clock goes back to who prepared it."""
    _is_reader(by, decision)
    if not reason.strip():
        raise BadInput(_("Write what is not right, so that it can be put right."), field="reason")
    _move(
        decision, at, from_states=[DecisionState.ASKED], state=DecisionState.CONCEPT, reader=None, asked_at=None,
        sent_back_because=reason.strip(),
    )  # fmt: skip
    tell(by, "decisions.decision_sent_back", decision, at, "state", "sent_back_because")
    _hand_on(by, at, decision, "decisions.decide", _("Sent back."))
    return decision


@action
def ask_back(*, by: Principal, at: dt.datetime, decision: Decision) -> Decision:
    """Who prepared it takes it back before it is signed, to change something or to ask another colleague."""
    _move(decision, at, from_states=[DecisionState.ASKED], state=DecisionState.CONCEPT, reader=None, asked_at=None)
    tell(by, "decisions.decision_asked_back", decision, at, "state")
    _hand_on(by, at, decision, "decisions.decide", _("Asked back."))
    return decision


def _hand_on(by: Principal, at: dt.datetime, row: Decision, kind: str, reason: str) -> None:
    """Let the time to decide go back to who prepared it; a date of the signature alone ends."""
    if row.application and row.application.clock and row.kind != DecisionKind.PENALTY:
        set_clock(by, at, row.application, kind, row.prepared_by, _sooner(row, at) if kind == SEND else None)
    close_clock(by, at, row.clock, reason)


def _is_reader(by: Principal, row: Decision) -> None:
    if row.reader_id != by.key:
        raise NotAllowed(_("The colleague who was asked signs this decision, or sends it back."))


@action
def sign(*, by: Principal, at: dt.datetime, decision: Decision, signed_by: StaffMember) -> Decision:
    """Take a decision in the name of the college: the mandate and everything else is looked at once more.

    What the law said is kept with it, and it gets its number. Raises NotAllowed for anybody but the colleague who was
    asked, VoidByLaw without mandate or for another void, Unwise for something unwise that no reason was given for.
    """
    _is_reader(by, decision)
    if decision.prepared_by_id == signed_by.pk:
        raise NotAllowed(_("Who prepared a decision does not sign it."))
    if is_barred(principal_of_staff(signed_by, at=at), decision.dossier, at=at):
        raise NotAllowed(_("The colleague who was asked signs this decision, or sends it back."))
    day = clock.today(at)
    found = standing.check(decision, day=day, signer=signed_by)
    _may_stand(decision, found, decision.despite)
    _move(
        decision, at, from_states=[DecisionState.ASKED], state=DecisionState.SIGNED, signed_by=signed_by,
        decided_on=day, mandate=found.mandate, number=_next_number(decision.municipality, day),
        findings=" ".join(code for code, _finding in found.unwise),
        law=[judged.values() for judged in found.judged],
    )  # fmt: skip
    grounds = tuple(key for judged in found.judged for key in judged.answer.grounds)
    tell(by, "decisions.decision_signed", decision, at, "state", "decided_on", rules=tuple(dict.fromkeys(grounds)))
    _hand_on(by, at, decision, SEND, _("Signed."))
    signals.decision_signed.send(sender=Decision, decision=decision, by=by, at=at)
    return decision


def _next_number(municipality: str, day: dt.date) -> str:
    """Return the next number of a municipality in a year, one at a time: "2026-00012"."""
    locks.hold(f"decisions.number.{municipality}")
    used = Decision.objects.filter(municipality=municipality, number__startswith=f"{day.year}-")
    last = used.order_by("-number").values_list("number", flat=True).first()
    return f"{day.year}-{int(last.partition('-')[2]) + 1 if last else 1:05}"


@action
def drop(*, by: Principal, at: dt.datetime, decision: Decision, reason: str) -> Decision:
    """A decision that was being prepared is not taken, for a reason that stays."""
    if not reason.strip():
        raise BadInput(_("Write why this decision is not taken."), field="reason")
    _move(
        decision, at, from_states=[DecisionState.CONCEPT], state=DecisionState.DROPPED, sent_back_because=reason.strip()
    )
    tell(by, "decisions.decision_dropped", decision, at, "state")
    return decision
