"""Pages on which an order that went out changes, is withdrawn, and on which its wait is written down."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_member
from rondom.allocations import changing, queries, waiting
from rondom.allocations.actions import Help, Unusual
from rondom.allocations.changing import Because
from rondom.allocations.enums import AllocationState, ChangeReason
from rondom.allocations.forms import ChangeForm, WaitForm, WatchForm, WithdrawForm, sum_of
from rondom.allocations.models import Allocation
from rondom.allocations.views.shared import form_page, help_door, looker_named, of_team, shown_at
from rondom.core.clock import now, today
from rondom.core.words import date_words
from rondom.decisions.queries import taken_for
from rondom.dossiers.doors import act_once, answered, done, family_door, tried
from rondom.dossiers.queries import colleagues_in
from rondom.providers.enums import EURO_UNIT


@help_door
def change(request: Any, allocation: UUID) -> HttpResponse:
    """Longer, shorter, more, less or otherwise; what iJw cannot change in place ends, and another order follows."""
    at, by = now(), request.principal
    row = of_team(request, allocation, at)
    holds, others = queries.products_by_contract(row.municipality, today(at))
    initial = {
        "last_day": row.last_day, "volume": None if row.unit == EURO_UNIT else row.volume,
        "frequency": row.frequency, "amount": sum_of(row), "starts": today(at),
        "product": str(row.product_id or ""), "opened_version": row.version,
    }  # fmt: skip
    lookers = queries.lookers_for([row.dossier], at=at)
    form = ChangeForm(request.POST or None, initial=initial, priced=row.product is not None, holds=holds, others=others,
                      taken=list(taken_for(row.dossier)), lookers=lookers)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            made = changing.change(
                by=by, at=at, allocation=row, changed_by=staff_member(by), wish=_wish(row, said),
                because=_because(said), opened_version=said["opened_version"],
                unusual=Unusual(said.get("despite", ""), said.get("no_contract", ""), said.get("mandate", ""),
                                looker_named(lookers, said)),
            )  # fmt: skip
            return done(request, _said(row, made), shown_at(by, made))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    intro = _("%(what)s. Leave what stays the same. What was awarded becomes less or more by decision only.")
    return form_page(
        request, row, form, at, title=_("Change the help"), button=_("Change"), intro=intro % {"what": row.what}
    )


def _wish(row: Allocation, said: dict[str, Any]) -> Help:
    product = queries.product_of(row.municipality, UUID(said["product"])) if said.get("product") else None
    return Help.typed(
        product, starts=said.get("starts") or row.starts, last_day=said["last_day"],
        free_offer="" if product else row.free_offer, provider=row.provider, volume=said.get("volume"),
        frequency=said.get("frequency", ""), amount=said.get("amount"),
    )  # fmt: skip


def _because(said: dict[str, Any]) -> Because:
    return Because(
        ChangeReason(said["reason"]), said["words"], said["decision_reference"], said["decided_on"],
        bool(said.get("agreed_with_provider")),
    )  # fmt: skip


def _said(row: Allocation, made: Allocation) -> str:
    if made.pk == row.pk:
        return _("Changed, under the same order.")
    if made.state == AllocationState.WAITING:
        return _("Kept. The back office looks at it first; until then the help goes on as it was.")
    return _("The old order ends, this one follows from %(day)s.") % {"day": date_words(made.starts)}


@help_door
def withdraw(request: Any, allocation: UUID) -> HttpResponse:
    """Take an order back before help began."""
    at, by = now(), request.principal
    row = of_team(request, allocation, at)
    form = WithdrawForm(request.POST or None, taken=list(taken_for(row.dossier)))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            changing.withdraw(
                by=by, at=at, allocation=row, withdrawn_by=staff_member(by), because=_because(form.cleaned_data)
            )
            return done(request, _("Withdrawn."), shown_at(by, row))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    intro = _("%(what)s. Does the family not want it any more? Then stop it, by the family.") % {"what": row.what}
    return form_page(request, row, form, at, title=_("Withdraw the order"), button=_("Withdraw"), intro=intro)


@help_door
def write_wait(request: Any, allocation: UUID) -> HttpResponse:
    """Write down registration and first talk at the provider, and why a wait may take longer."""
    at, by = now(), request.principal
    row = of_team(request, allocation, at)
    initial = {
        "registered_on": row.registered_on, "first_talk_on": row.first_talk_on, "reason": row.wait_reason,
        "words": row.wait_words,
    }  # fmt: skip
    form = WaitForm(request.POST or None, initial=initial)

    def act(said: dict[str, Any]) -> str:
        changing.write_wait(by=by, at=at, allocation=row, **said)
        return done(request, _("Kept."), shown_at(by, row))

    return answered(request, form, act) or form_page(
        request, row, form, at, title=_("About the wait"), button=_("Keep"), intro=row.what
    )


@family_door
def watch_wait(request: Any, allocation: UUID) -> HttpResponse:
    """Say who looks after a wait, and on which day."""
    at, by = now(), request.principal
    row = of_team(request, allocation, at)
    colleagues = list(colleagues_in([row.case.team_id], today(at))) if row.case else []
    running = row.wait_clock
    initial = {"watched_by": str(running.rests_with_id if running else by.key), "words": _kept_words(row)}
    form = WatchForm(request.POST or None, colleagues=colleagues, initial=initial)

    def act(said: dict[str, Any]) -> str:
        waiting.watch_wait(
            by=by, at=at, allocation=row, check_on=said["check_on"], words=said["words"],
            watched_by=next(each for each in colleagues if str(each.pk) == said["watched_by"]),
        )  # fmt: skip
        return done(request, _("Kept. The day stands on the page My day of who looks."),
                    shown_at(by, row))  # fmt: skip

    return answered(request, form, act) or form_page(
        request, row, form, at, title=_("Who looks after this wait?"), button=_("Keep"), intro=row.what
    )


def _kept_words(row: Allocation) -> str:
    return str(row.wait_clock.explanation.get("rule", "")) if row.wait_clock else ""
