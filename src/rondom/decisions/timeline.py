"""What decisions give to the rest of a case: closing checks, the steps of their dates, entries on the timeline."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rondom.core.clock import today
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.decisions.actions.applications import DECIDE, SEND, SIGN
from rondom.decisions.actions.sending import OBJECTION
from rondom.decisions.enums import ApplicationState, DecisionKind
from rondom.decisions.models import Application, Decision
from rondom.decisions.queries import applications_for, decisions_for, open_applications, open_decisions
from rondom.dossiers.closing import checks
from rondom.dossiers.enums import Lane
from rondom.dossiers.lanes import DAY, Form, Stretch, lanes
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.standstill import of_late_clocks, reasons
from rondom.dossiers.steps import steps
from rondom.dossiers.timeline import NEWEST, Entry, on_day, timeline
from rondom.entry.following import following
from rondom.entry.models import Concern
from rondom.entry.rules import reads_as_application


@checks("decisions")
def something_waits(case: Case, at: dt.datetime) -> list[str]:
    """A case closes when nothing waits for a decision, and every decision was made known."""
    count = open_applications(case).count()
    words = ngettext(
        "%(count)d application waits for a decision.", "%(count)d applications wait for a decision.", count
    )
    found = [words % {"count": count}] if count else []
    count = open_decisions(case).count()
    words = ngettext(
        "%(count)d decision was not made known yet.", "%(count)d decisions were not made known yet.", count
    )
    return [*found, *([words % {"count": count}] if count else [])]


def _to_decisions(clock: Clock) -> Step:
    return Step(_("To the decisions"), reverse("decisions:of_family", kwargs={"case": clock.case_id}))


@steps(SIGN)
def read_along(clock: Clock) -> Step:
    """One screen: read what was asked of you in this family, and sign."""
    return Step(_("Read and sign"), reverse("decisions:sign", kwargs={"case": clock.case_id}), primary=True)


for _kind in (DECIDE, SEND, OBJECTION):
    steps.register(_kind, _to_decisions)


@following("decisions")
def as_application(concern: Concern) -> Step | None:
    """A question that reads as an application, with a team: register it, once."""
    if concern.case_id is None or reads_as_application(concern) is None:
        return None
    if Application.objects.filter(concern=concern).exists():
        return Step(_("To the decisions"), reverse("decisions:of_family", kwargs={"case": concern.case_id}))
    address = reverse("decisions:application_new", kwargs={"case": concern.case_id})
    return Step(_("Register as application"), f"{address}?zorg={concern.pk}", primary=True)


reasons.register("decisions", of_late_clocks("besluit", gettext_lazy("a decision is late"), DECIDE, SIGN, SEND))


@timeline("decisions")
def entries(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    """Return when applications came in and decisions were signed, of the dossiers in sight."""
    asked = applications_for(by, at=at).filter(case=case).prefetch_related(None).order_by("-received_on")[:NEWEST]
    taken = decisions_for(by, at=at).filter(case=case, decided_on__isnull=False)[:NEWEST]
    found = [*map(_asked, asked), *map(_decided, taken)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:NEWEST]


def _asked(row: Application) -> Entry:
    return Entry(
        at=on_day(row.received_on), lane=_("Decision"), title=_("Application came in"),
        detail=row.dossier.youth.short_name, whole_day=True, link="decisions:application",
        link_args={"application": row.pk},
    )  # fmt: skip


def _decided(row: Decision) -> Entry:
    return Entry(
        at=on_day(row.decided_on or row.created_at.date()), lane=_("Decision"), title=_("Decision signed"),
        detail=f"{row.get_kind_display()}, {row.dossier.youth.short_name}", whole_day=True, link="decisions:decision",
        link_args={"decision": row.pk},
    )  # fmt: skip


@lanes("decisions")
def stretches(case: Case, by: Principal, at: dt.datetime) -> list[Stretch]:
    """Return how long was waited for decisions, when they were signed, and what they give until when."""
    asked = applications_for(by, at=at).filter(case=case).prefetch_related(None).order_by("-received_on")[:NEWEST]
    taken = list(decisions_for(by, at=at).filter(case=case, decided_on__isnull=False)[:NEWEST])
    first: dict[UUID, dt.date] = {}
    for each in taken:
        if each.application_id and each.decided_on and each.kind != DecisionKind.PENALTY:
            first[each.application_id] = min(each.decided_on, first.get(each.application_id, each.decided_on))
    found = [_application(row, first.get(row.pk)) for row in asked]
    for each in taken:
        found += _given(each)
    return found


def _application(row: Application, decided: dt.date | None) -> Stretch:
    ends = row.withdrawn_on or decided
    if ends is None and row.state not in ApplicationState.open_states():
        ends = row.received_on + DAY
    return Stretch(
        Lane.DECISION, Form.WAITS, _("Application"), row.received_on,
        max(ends, row.received_on + DAY) if ends else None, (row.dossier.youth_id,), str(row.get_state_display()),
        "decisions:application", {"application": row.pk},
    )  # fmt: skip


def _given(row: Decision) -> list[Stretch]:
    about, kind = (row.dossier.youth_id,), str(row.get_kind_display())
    there: dict[str, Any] = {"link": "decisions:decision", "link_args": {"decision": row.pk}}
    signed = row.decided_on or today(row.created_at)
    found = [Stretch(Lane.DECISION, Form.MOMENT, _("Decision"), signed, about=about, detail=kind, **there)]
    if row.kind in DecisionKind.grants() and row.starts:
        what = row.help_words or (row.product.name if row.product else kind)
        found.append(Stretch(Lane.DECISION, Form.RUNS, what, row.starts, row.ends, about, kind, **there))
    return found
