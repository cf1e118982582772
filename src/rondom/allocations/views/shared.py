"""What the pages of help share: how an order is said in words, and the form under the head of a family."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember
from rondom.allocations import queries, volumes
from rondom.allocations.continuity import contract_ends_first
from rondom.allocations.enums import AllocationState, Deviation
from rondom.allocations.models import Allocation
from rondom.core.clock import today
from rondom.core.components import Fact, Pill
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers import doors
from rondom.law.money import euros
from rondom.privacy.enums import Sight
from rondom.providers.enums import EURO_UNIT, Funding

TAB = "allocations:of_family"
PAGE = 50
TONES = {
    AllocationState.WAITING: "due", AllocationState.ORDERED: "due", AllocationState.STARTED: "calm",
    AllocationState.PAUSED: "due", AllocationState.SENT_BACK: "late",
}  # fmt: skip
back_office = staff_door(Role.BACK_OFFICE)
FAMILY = (Role.CASE_WORKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR)
help_door = staff_door(*FAMILY, Role.BACK_OFFICE)
"""Acts on an order: a team on that of its family, the back office on that of a registration (`of_team`)."""


def state_pill(row: Allocation) -> Pill:
    """Return the state of an order with its tone."""
    return Pill(row.get_state_display(), TONES.get(AllocationState(row.state), "plain"))


def volume_words(row: Allocation, units: dict[str, str]) -> str:
    """Return the volume in words: "240 minuten per week"; `units` are the words of the codes of units."""
    if row.budget is not None:
        return _("at most %(sum)s in the whole period") % {"sum": euros(row.budget)}
    if row.volume is None:
        return _("no volume agreed")
    said = {
        "volume": row.volume,
        "unit": queries.unit_word(row.volume, row.unit, units),
        "per": row.get_frequency_display(),
    }
    if row.unit == EURO_UNIT:
        return f"{euros(row.volume)} {said['per']}"
    return _("%(volume)s %(unit)s %(per)s") % said


def most_words(row: Allocation, units: dict[str, str]) -> str:
    """Return how much it comes to at most over the whole period, "" when that is not fixed."""
    output = row.product is not None and row.product.lot.funding == Funding.OUTPUT
    most = volumes.at_most(row.volume, row.frequency, row.starts, row.ends, output=output)
    if most is None or most == row.volume:
        return ""
    if row.unit == EURO_UNIT:
        return _("at most %(sum)s in the whole period") % {"sum": euros(most)}
    return _("at most %(volume)s %(unit)s in the whole period") % {
        "volume": most, "unit": queries.unit_word(most, row.unit, units),
    }  # fmt: skip


def period_words(row: Allocation) -> str:
    """Return the ordered period in words, both days included."""
    said = {"first": date_words(row.starts), "last": date_words(row.last_day) if row.last_day else ""}
    return _("%(first)s up to and including %(last)s") % said if row.last_day else _("from %(first)s") % said


def days_ago(day: dt.date, at: dt.datetime) -> str:
    """Return how long ago a day is: "today", "3 days"."""
    days = (today(at) - day).days
    return _("today") if days < 1 else ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def facts_of(row: Allocation, units: dict[str, str]) -> list[Fact]:
    """Return product, volume, period and ground: what the back office may see, and the team too."""
    found = [
        Fact(_("For"), row.dossier.youth.name),
        Fact(_("Provider"), row.provider.name if row.provider else _("not known")),
        Fact(_("Help"), f"{row.what} ({row.product.code_words})" if row.product else row.what),
        Fact(_("Volume"), ", ".join(filter(None, (volume_words(row, units), most_words(row, units))))),
        Fact(_("Period"), period_words(row)),
        Fact(_("Along which way"), row.get_ground_display()), Fact(_("Decision"), row.get_decision_display()),
    ]  # fmt: skip
    if row.decided_on:
        found.append(Fact(_("Number and date"), f"{row.decision_reference}, {date_words(row.decided_on)}"))
    if row.product:
        found.append(Fact(_("Contract"), contract_words(row)))
    found.append(Fact(_("Ordered"), f"{date_words(row.ordered_on)}, {row.ordered_by.name}"))
    if row.started_on:
        found.append(Fact(_("Began"), date_words(row.started_on)))
    if row.resumed_on:
        found.append(Fact(_("Went on"), date_words(row.resumed_on)))
    if row.stopped_on:
        found.append(Fact(_("Last day"), f"{date_words(row.stopped_on)}, {row.get_stop_reason_display()}"))
    return found


def contract_words(row: Allocation) -> str:
    """Return under which contract, or why there is none and under which mandate."""
    if row.no_contract:
        said = row.get_no_contract_display()
        return f"{said} ({row.mandate})" if row.mandate else str(said)
    return row.product.lot.contract.number if row.product else ""


def continuity_words(row: Allocation) -> str:
    """Return that the contract ends before the help, and what goes on then; "" when it does not."""
    last = contract_ends_first(row)
    if last is None or row.state not in AllocationState.running_states() or row.no_contract:
        return ""
    said = {"day": date_words(last), "provider": row.provider.name if row.provider else ""}
    return (
        _(
            "The contract ends on %(day)s, before this help does. The help goes on with %(provider)s: agree on it "
            "before that day."
        )
        % said
    )


def deviation_labels(row: Allocation) -> list[Any]:
    """Return what is unusual in an order, in words."""
    return [Deviation(code).label for code in row.deviations.split() if code in Deviation.values]


def form_page(request: Any, row: Allocation, form: Any, at: dt.datetime, **words: Any) -> HttpResponse:
    """Show a form about an order under the head of its family; help outside a case leads back to the order itself."""
    outside: dict[str, Any] = {} if row.case else {"back": shown_at(request.principal, row)}
    return doors.form_page(request, row.case, form, at, tab=TAB, **(outside | words))


def of_team(request: Any, pk: Any, at: dt.datetime) -> Allocation:
    """Return an order somebody acts on: of a family one works with, or at the back office of a registration; a look."""
    by = request.principal
    if by.has(*FAMILY):
        rows = queries.allocations_for(by, at=at).select_related("case__team")
        return queries.open_allocation(by, rows, pk, at=at, page="allocations.help_shown")
    rows = queries.orders_for(by, at=at).filter(case=None)
    return queries.open_allocation(by, rows, pk, at=at, page="allocations.order_shown", sight=Sight.PRODUCT)


def shown_at(by: Principal, row: Allocation) -> str:
    """Return the address of the page on which this viewer sees an order."""
    return reverse("allocations:allocation" if by.has(*FAMILY) else "allocations:order", args=[row.pk])


def looker_named(lookers: Iterable[StaffMember], said: dict[str, Any]) -> StaffMember | None:
    """Return the colleague of the back office that a form names to look at an order, None when it names nobody."""
    return next((each for each in lookers if str(each.pk) == said.get("shown_to")), None)
