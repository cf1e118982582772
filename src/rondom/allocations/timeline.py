"""What allocations give to the rest of a case: a closing check, the step of their date, entries on the timeline."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rondom.allocations.actions import SENT_BACK, START, WATCH
from rondom.allocations.enums import AllocationState
from rondom.allocations.handing import HANDOVER
from rondom.allocations.models import Allocation, AllocationChange, WarmHandover
from rondom.allocations.queries import allocations_for, changes_in, not_begun, running_in
from rondom.core import clock
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers.closing import checks
from rondom.dossiers.enums import Lane
from rondom.dossiers.lanes import DAY, Form, Stretch, lanes
from rondom.dossiers.models import Case, Clock, Dossier
from rondom.dossiers.queries import coordinators_of
from rondom.dossiers.standstill import Reason, Told, of_late_clocks, reasons
from rondom.dossiers.steps import steps
from rondom.dossiers.timeline import NEWEST, Entry, on_day, timeline
from rondom.entry.following import still_runs
from rondom.privacy.enums import Sight


@checks("allocations")
def help_runs(case: Case, at: dt.datetime) -> list[str]:
    """A case closes when no help runs any more."""
    count = running_in(case).count()
    words = ngettext("%(count)d order of help is still open.", "%(count)d orders of help are still open.", count)
    return [words % {"count": count}] if count else []


@still_runs("allocations")
def order_runs(dossier: Dossier) -> str:
    """A registration ends when no help that was ordered on it runs any more."""
    open_orders = Allocation.objects.filter(dossier=dossier, state__in=AllocationState.open_states())
    return _("Help of this child is still ordered: stop or withdraw it first.") if open_orders.exists() else ""


@steps(SENT_BACK)
@steps(START)
@steps(HANDOVER)
def to_help(running: Clock) -> Step:
    """Look at the help of the family: start it, stop it, order again."""
    return Step(_("To the help"), reverse("allocations:of_family", kwargs={"case": running.case_id}))


@steps(WATCH)
def look_at_wait(running: Clock) -> Step:
    """Look whether it can still wait: the page of the waits of this family."""
    return Step(_("Look at the wait"), reverse("allocations:waits_of_family", kwargs={"case": running.case_id}))


reasons.register("allocations.wait", of_late_clocks("wacht", gettext_lazy("help waits longer than the norm"), START))
reasons.register("allocations.sent_back", of_late_clocks("terug", gettext_lazy("an order was sent back"), SENT_BACK))
reasons.register("allocations.watch", of_late_clocks("kijken", gettext_lazy("nobody looked at a wait"), WATCH))
reasons.register("allocations.handover", of_late_clocks("warm", gettext_lazy("a warm handover is late"), HANDOVER))


def _has_not_begun(by: Principal, at: dt.datetime, sight: Sight) -> Q:
    return Q(Exists(not_begun(by, at=at, sight=sight).filter(case=OuterRef("pk")).order_by()))


def _since(cases: Collection[UUID], by: Principal, at: dt.datetime, sight: Sight) -> Mapping[UUID, Told]:
    found: dict[UUID, Told] = {}
    held = coordinators_of(cases, at=at)
    rows = not_begun(by, at=at, sight=sight).filter(case__in=list(cases))
    for row in rows.select_related("wait_clock__rests_with"):
        if row.case_id and row.case_id not in found:
            watched = row.wait_clock.rests_with if row.wait_clock else None
            found[row.case_id] = Told(row.starts, watched or held.get(row.case_id))
    return found


reasons.register(
    "allocations.begun",
    Reason("niet-begonnen", gettext_lazy("ordered help has not begun"), _has_not_begun, _since),
)


@timeline("allocations")
def entries(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    """Return when help was ordered, handed over, started, changed and stopped, of the dossiers in sight."""
    rows = allocations_for(by, at=at).filter(case=case).select_related("handover")[:NEWEST]
    found = [entry for row in rows for entry in _of(row)]
    found += [_changed(row) for row in changes_in(case, by, at=at)[:NEWEST] if row.took_effect]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:NEWEST]


def _of(row: Allocation) -> list[Entry]:
    handed: WarmHandover | None = getattr(row, "handover", None)
    moments = (
        (row.ordered_on, _("Help ordered")), (row.started_on, _("Help started")), (row.stopped_on, _("Help stopped")),
        (handed.held_on if handed else None, _("Handed over in person")),
        (handed.accepted_on if handed else None, _("The provider took over")),
    )  # fmt: skip
    return [
        Entry(
            at=on_day(day), lane=_("Help"), title=title, detail=f"{row.what}, {row.dossier.youth.short_name}",
            whole_day=True, link="allocations:allocation", link_args={"allocation": row.pk},
        )
        for day, title in moments
        if day
    ]  # fmt: skip


def _changed(row: AllocationChange) -> Entry:
    order = row.allocation
    return Entry(
        at=row.made_at, lane=_("Help"), title=_("Order changed"), link="allocations:allocation",
        detail=f"{order.what}, {order.dossier.youth.short_name}: {change_words(row)}",
        link_args={"allocation": order.pk},
    )  # fmt: skip


def change_words(row: AllocationChange) -> str:
    """Return what a change did, in a few words: "a later last day (12 May 2027)"."""
    words = str(row.get_kind_display())
    if row.ends_after and row.ends_after != row.ends_before and row.follower is None:
        return f"{words} ({date_words(row.ends_after - DAY)})"
    if row.extents:
        return f"{words} ({row.extents[1]})"
    return words


@lanes("allocations")
def stretches(case: Case, by: Principal, at: dt.datetime) -> list[Stretch]:
    """Return from when until when somebody waited for help and got it, and when an order changed."""
    rows = allocations_for(by, at=at).filter(case=case).exclude(state=AllocationState.WITHDRAWN)[:NEWEST]
    found = [each for row in rows for each in _waited_and_given(row)]
    for row in changes_in(case, by, at=at)[:NEWEST]:
        if row.took_effect:
            found.append(_stretch(row.allocation, Form.MOMENT, _("changed"), clock.today(row.made_at), None,
                                  change_words(row)))  # fmt: skip
    return found


def _waited_and_given(row: Allocation) -> list[Stretch]:
    found = []
    begins = row.started_on
    ends = row.stopped_on + DAY if row.stopped_on else None
    if row.follows_id is None:
        wait_ends = begins or ends or (row.ordered_on + DAY if row.state == AllocationState.SENT_BACK else None)
        if wait_ends is None or wait_ends > row.ordered_on:
            waits = _("waits") if begins is None and ends is None else _("waited")
            found.append(_stretch(row, Form.WAITS, waits, row.ordered_on, wait_ends, ""))
    else:
        begins = begins or (row.starts if row.state in AllocationState.running_states() else None)
    if begins:
        found.append(_stretch(row, Form.RUNS, "", begins, ends or row.ends, row.get_state_display()))
    return found


def _stretch(row: Allocation, form: Form, said: str, starts: dt.date, ends: dt.date | None, detail: str) -> Stretch:
    title = f"{row.what}: {said}" if said else row.what
    return Stretch(
        Lane.HELP, form, title, starts, ends, (row.dossier.youth_id,), str(detail), "allocations:allocation",
        {"allocation": row.pk},
    )  # fmt: skip
