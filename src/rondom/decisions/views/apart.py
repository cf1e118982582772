"""Decisions about an application itself: it is not treated (Awb 4:5), or it was decided too late (Awb 4:17, 4:18)."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_member
from rondom.core.clock import now, today
from rondom.core.words import date_words
from rondom.decisions import actions, queries, rules
from rondom.decisions.enums import ApplicationState, DecisionKind, DecisionState, StepKind
from rondom.decisions.forms import ApartForm
from rondom.decisions.models import Application, Decision, TermStep
from rondom.decisions.views.parts import page
from rondom.dossiers.doors import answered, done, family_door
from rondom.law.procedure import Penalty


def can_be_left(row: Application, day: dt.date) -> bool:
    """Tell whether an application can be left untreated on a day: asked, that time has ended, not too long ago."""
    if row.state not in ApplicationState.open_states():
        return False
    answer = rules.unhandled_until(row, day)
    return answer is not None and day <= answer.certain.last_day


def penalty_to_set(row: Application) -> bool:
    """Tell whether a notice of default came in and nobody set the penalty yet."""
    taken = (each for each in row.decisions.all() if each.kind == DecisionKind.PENALTY)
    return rules.notice_of(row) is not None and all(each.state == DecisionState.DROPPED for each in taken)


@family_door
def leave(request: Any, application: UUID) -> HttpResponse:
    """Prepare the decision not to treat an application that was not completed."""
    at = now()
    row = _opened(request, application, at)
    until = rules.unhandled_until(row, today(at))
    intro = _("First ask for what is missing, and wait until the time given for that has ended.")
    if until is not None:
        intro = _("Only when what is missing makes deciding impossible. Made known on %(day)s at the latest.") % {
            "day": date_words(until.certain.last_day)
        }
    return _prepare(request, row, at, DecisionKind.LEAVE, _why_left(row), _("Do not treat the application"), intro)


@family_door
def penalty(request: Any, application: UUID) -> HttpResponse:
    """Prepare the decision that sets the penalty for deciding late, with what the law gives filled in."""
    at = now()
    row = _opened(request, application, at)
    notice = rules.notice_of(row)
    answer = rules.penalty(row, notice, at) if notice else None
    due = answer.certain if answer else None
    intro = _("Nothing is due, or no notice of default came in.")
    if due and due.set_by:
        intro = _("Set the amount on %(day)s at the latest.") % {"day": date_words(due.set_by)}
    return _prepare(
        request, row, at, DecisionKind.PENALTY, _why_due(row, notice, due),
        _("Set the penalty for deciding late"), intro, cents=due.euros * 100 if due else 0,
    )  # fmt: skip


def _opened(request: Any, pk: UUID, at: dt.datetime) -> Application:
    by = request.principal
    return queries.open_row(by, queries.applications_for(by, at=at), pk, at=at, page="decisions.application_shown")


def _why_left(row: Application) -> str:
    """Return why it is left, from what was asked: typed once."""
    steps = [step for step in row.steps.all() if step.kind == StepKind.COMPLETION]
    if not steps:
        return ""
    asked = [
        _("On %(day)s we asked you for: %(what)s. You could send it until %(until)s.")
        % {"day": date_words(s.starts_on), "what": s.words.rstrip("."), "until": date_words(s.until) if s.until else ""}
        for s in steps
    ]
    return "\n".join([*asked, _("We did not get all of it. Without it we cannot decide.")])


def _why_due(row: Application, notice: TermStep | None, due: Penalty | None) -> str:
    """Return why this is due, to who asked: until when had to be decided, when they wrote, how many days it was."""
    if notice is None or due is None or row.decide_by is None:
        return ""
    said = {
        "last": date_words(row.decide_by), "notice": date_words(notice.starts_on), "days": due.days,
        "grace": date_words(due.grace_until),
    }  # fmt: skip
    if not due.days:
        return (
            _("We had to decide on %(last)s at the latest. On %(notice)s we got your letter that we were late.") % said
        )
    return (
        _(
            "We had to decide on %(last)s at the latest. On %(notice)s we got your letter that we were late. Until "
            "%(grace)s we could still decide without paying. After that it took %(days)s more days."
        )
        % said
    )


def _prepare(
    request: Any, row: Application, at: dt.datetime, kind: DecisionKind, why: str, title: str, intro: str, *,
    cents: int = 0,
) -> HttpResponse:  # fmt: skip
    by = request.principal
    article = actions.article_of(kind)
    form = ApartForm(
        request.POST or None, kind=kind, initial={"motivation": why, "article": article, "penalty": euros_of(cents)}
    )

    def act(said: dict[str, Any]) -> str:
        made = actions.begin(by=by, at=at, kind=kind, prepared_by=staff_member(by), application=row)
        change(by, at, made, said)
        words = _("Prepared. Somebody else reads along and signs.")
        return done(request, words, reverse("decisions:decision", args=[made.pk]))

    back = reverse("decisions:application", args=[row.pk])
    return answered(request, form, act) or page(
        request, row.case, form, at, back=back, title=title, button=_("Keep"), intro=intro
    )


def change(by: Any, at: dt.datetime, row: Decision, said: dict[str, Any]) -> Decision:
    """Write what such a decision says, from its form."""
    penalty = said.get("penalty")
    content = actions.Content(
        kind=DecisionKind(row.kind), article=said["article"], motivation=said["motivation"],
        penalty_cents=None if penalty is None else int(penalty * 100),
    )  # fmt: skip
    return actions.change(by=by, at=at, decision=row, content=content, opened_version=row.version)


def euros_of(cents: int | None) -> Any:
    """Return an amount in cents as the form shows it; None when there is none."""
    return None if cents is None else Decimal(cents) / 100
