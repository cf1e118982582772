"""The register of mandates: who may sign what, open to all staff; the back office keeps it."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.accounts.queries import staff_for, staff_member
from rondom.core.clock import now, today
from rondom.core.components import Cell, Column, Table
from rondom.core.words import date_words
from rondom.decisions import actions, queries
from rondom.decisions.enums import DecisionKind
from rondom.decisions.forms import MandateEndForm, MandateForm
from rondom.decisions.models import Mandate
from rondom.dossiers.doors import answered, done, form_page
from rondom.law.money import euros

back_office = staff_door(Role.BACK_OFFICE)


@staff_door()
def mandates(request: Any) -> HttpResponse:
    """Show the register: what holds today, and what held or will hold."""
    by, day = request.principal, today(now())
    rows = list(queries.mandates(by.municipality))
    holds = [row for row in rows if row.starts <= day and (row.ends is None or row.ends > day)]
    keeps = by.has(Role.BACK_OFFICE)
    context = {
        "table": _table(_("Mandates that hold today"), holds, keeps=keeps), "keeps": keeps, "any": bool(holds),
        "others": _table(_("Before and later"), [row for row in rows if row not in holds], keeps=False),
        "any_others": len(rows) > len(holds),
    }  # fmt: skip
    return render(request, "decisions/mandates.html", context)


def _table(caption: Any, rows: list[Mandate], *, keeps: bool) -> Table:
    columns = [
        Column(_("Who")), Column(_("Which decision")), Column(_("By which mandate decision")), Column(_("Period")),
        Column(_("Personal budget up to")),
    ]  # fmt: skip
    return Table(caption, columns, [_line(row, keeps=keeps) for row in rows])


def _line(row: Mandate, *, keeps: bool) -> list[Any]:
    who = row.staff.name if row.staff else str(row.get_role_display())
    name = f"{who}, {row.organisation.name}"
    last = row.ends - dt.timedelta(days=1) if row.ends else None
    period = (
        _("%(first)s up to and including %(last)s") % {"first": date_words(row.starts), "last": date_words(last)}
        if last else _("from %(first)s") % {"first": date_words(row.starts)}
    )  # fmt: skip
    url = reverse("decisions:mandate_end", args=[row.pk]) if keeps else ""
    bound = _("no bound") if row.most_cents is None else euros(row.most_cents)
    return [Cell(name, url), row.get_kind_display(), row.ground, period, bound]


@back_office
def mandate_new(request: Any) -> HttpResponse:
    """Write down who may sign which decisions."""
    at, by = now(), request.principal
    organisations, colleagues = list(queries.organisations(by.municipality)), list(staff_for(by))
    form = MandateForm(
        request.POST or None, organisations=organisations, colleagues=colleagues, initial={"starts": today(at)}
    )

    def act(said: dict[str, Any]) -> str:
        actions.give_mandate(
            by=by, at=at, organisation=next(o for o in organisations if str(o.pk) == said["organisation"]),
            kinds=[DecisionKind(kind) for kind in said["kinds"]], ground=said["ground"], starts=said["starts"],
            ends=said["last_day"] + dt.timedelta(days=1) if said["last_day"] else None, role=said["role"],
            staff=next((s for s in colleagues if str(s.pk) == said["staff"]), None),
            most_cents=None if said["most"] is None else int(said["most"] * 100), recorded_by=staff_member(by),
        )  # fmt: skip
        return done(request, _("Written down."), reverse("decisions:mandates"))

    return answered(request, form, act) or form_page(
        request,
        None,
        form,
        at,
        back=reverse("decisions:mandates"),
        title=_("Write down a mandate"),
        button=_("Keep"),
        intro=_("The college decides about mandates; here you write down what it decided."),
    )


@back_office
def mandate_end(request: Any, mandate: UUID) -> HttpResponse:
    """End a mandate."""
    at, by = now(), request.principal
    row = queries.mandate_of(by.municipality, mandate)
    form = MandateEndForm(request.POST or None, initial={"last_day": today(at)})

    def act(said: dict[str, Any]) -> str:
        actions.end_mandate(by=by, at=at, mandate=row, ends=said["last_day"] + dt.timedelta(days=1))
        return done(request, _("Ended. What was signed before stays valid."), reverse("decisions:mandates"))

    return answered(request, form, act) or form_page(
        request,
        None,
        form,
        at,
        back=reverse("decisions:mandates"),
        title=_("End a mandate"),
        button=_("End"),
        intro=f"{row.get_kind_display()}: {row.ground}",
    )
