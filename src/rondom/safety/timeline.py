"""What safety gives to the rest of a case: badge, what bars closing, steps of its dates, entries on the timeline."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rondom.core import clock
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.badges import badges
from rondom.dossiers.closing import bars, checks
from rondom.dossiers.enums import Lane
from rondom.dossiers.lanes import DAY, Form, Stretch, lanes
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.standstill import of_late_clocks, reasons
from rondom.dossiers.steps import steps
from rondom.dossiers.timeline import NEWEST, Entry, on_day, timeline
from rondom.safety import queries
from rondom.safety.enums import Risk
from rondom.safety.queries import CHECK, KINDS, WEIGH
from rondom.safety.rules import OPEN

badges.register("safety", queries.badges)


@bars("safety")
def open_risk(case: Case, at: dt.datetime) -> list[str]:
    """A case with an open safety risk does not close, unless somebody outside accepted sight on safety (ADR 0530)."""
    if queries.lies_outside(case, at=at) or not _risky(case, at):
        return []
    return [
        _(
            "A child is not safe enough. This case cannot close. First make sure the child is safe and assess it "
            "again, or let Veilig Thuis or a certified institution accept sight on safety."
        )
    ]


def _risky(case: Case, at: dt.datetime) -> bool:
    return any(state.risk in OPEN for state in queries.whole_state(case, at=at))


@checks("safety")
def what_is_open(case: Case, at: dt.datetime) -> list[str]:
    """A risk that is seen to outside, a child whose safety is not known, agreements that still run."""
    states = queries.whole_state(case, at=at)
    found = []
    if any(state.risk in OPEN for state in states):
        found.append(_("A child is not safe enough; sight on its safety lies outside our team."))
    unknown = sum(state.risk == Risk.UNKNOWN or state.last is None for state in states)
    if unknown:
        words = ngettext(
            "Of %(count)d child it is not known whether it is safe.",
            "Of %(count)d children it is not known whether they are safe.", unknown,
        )  # fmt: skip
        found.append(words % {"count": unknown})
    running = len({row.pk for state in states for row in state.conditions})
    if running:
        words = ngettext(
            "%(count)d agreement about safety still runs.", "%(count)d agreements about safety still run.", running
        )
        found.append(words % {"count": running})
    return found


def assess(clock: Clock) -> Step:
    """An assessment is asked."""
    return Step(_("Assess safety"), reverse("safety:assess", kwargs={"case": clock.case_id}), primary=True)


for _kind in KINDS.values():
    steps.register(_kind, assess)


@steps(CHECK)
def check(clock: Clock) -> Step:
    """Look whether an agreement about safety is kept."""
    return Step(_("Check"), reverse("safety:condition", kwargs={"safetycondition": clock.subject}))


@steps(WEIGH)
def weigh(clock: Clock) -> Step:
    """Report, or write why not: the page where sight on safety moves."""
    return Step(_("Weigh the report"), reverse("safety:sight", kwargs={"case": clock.case_id}), primary=True)


reasons.register(
    "safety.work",
    of_late_clocks("veiligheid", gettext_lazy("work on safety is late"), *KINDS.values(), CHECK, WEIGH),
)


@timeline("safety")
def entries(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    """Return the assessments and the agreements about safety."""
    there: dict[str, Any] = {"link": "safety:of_family", "link_args": {"case": case.pk}}
    found = [
        Entry(
            at=on_day(row.held_on), lane=_("Safety"), title=_("Safety assessed"), whole_day=True,
            detail=", ".join(f"{one.child.short_name}: {one.get_outcome_display()}" for one in row.shown), **there,
        )
        for row in queries.assessments_for(by, at=at).filter(case=case)[:NEWEST] if row.shown
    ]  # fmt: skip
    for row in queries.conditions_for(by, at=at).filter(case=case).prefetch_related(None)[:NEWEST]:
        found.append(
            Entry(
                at=on_day(row.starts_on), lane=_("Safety"), title=_("Agreement about safety"), detail=row.who,
                whole_day=True, **there,
            )
        )  # fmt: skip
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:NEWEST]


@lanes("safety")
def stretches(case: Case, by: Principal, at: dt.datetime) -> list[Stretch]:
    """Return when the safety of each child was assessed, and how long agreements about safety were kept."""
    there: dict[str, Any] = {"link": "safety:of_family", "link_args": {"case": case.pk}}
    found = [
        Stretch(
            Lane.SAFETY, Form.MOMENT, _("Assessed"), row.held_on, about=(one.child_id,),
            detail=str(one.get_outcome_display()), **there,
        )
        for row in queries.assessments_for(by, at=at).filter(case=case)[:NEWEST] for one in row.shown
    ]  # fmt: skip
    for row in queries.conditions_for(by, at=at).filter(case=case)[:NEWEST]:
        ended = clock.today(row.moved_at) if row.moved_at else row.until + DAY if row.until else None
        about = tuple(sorted(person.pk for person in row.concerns.all()))
        found.append(
            Stretch(
                Lane.SAFETY, Form.RUNS, _("Agreement about safety"), row.starts_on,
                max(ended, row.starts_on + DAY) if ended else None, about, str(row.get_state_display()), **there,
            )
        )  # fmt: skip
    return found
