"""The team: who has which families, what stands still, who is away."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rondom.accounts.queries import staff_member
from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.events import look
from rondom.desk import lists
from rondom.desk.day import cover_words
from rondom.desk.doors import act_once, done, family_door, team_door, tried
from rondom.desk.forms import CoverForm, MoveForm
from rondom.dossiers import actions, queries
from rondom.dossiers.enums import CaseRoleKind
from rondom.entry.queries import waiting
from rondom.indicators import pages as figures
from rondom.privacy.enums import Sight

STUCK_SHOWN = 20


@team_door
def team_page(request: Any) -> HttpResponse:
    """What stands still first; then who has how many families; then who is away."""
    at, by = now(), request.principal
    day = today(at)
    rows = lists.rows_in_sight(by, at=at, few=True).filter(team__in=by.teams, closed_on=None)
    stuck = queries.stuck(rows, at=at)
    _page, shown = lists.page_of(stuck[:STUCK_SHOWN], by, at=at, number=1)
    covers = list(queries.covers_on(day, teams=by.teams))
    teams = []
    for team in queries.teams_of(by):
        load = queries.team_load(by, team.pk, at=at)
        colleagues = queries.colleagues_in([team.pk], day)
        teams.append({"team": team, "lines": [(c, *load.get(c.pk, (0, 0))) for c in colleagues]})
    look(by, "desk.team_shown", subjects=[("case", row.case) for row in shown], at=at)
    context = {
        "teams": teams, "stuck": shown, "covers": [(row, cover_words(row, by, at)) for row in covers],
        "moves": queries.moves_to_decide(by), "once_key": once.fresh(), "by": by,
        "worries": waiting(by, at=at).count(), **figures.for_team(by),
        "counts": [
            (label, count, reverse("desk:families") + f"?filter={code}")
            for label, code, count in (
                (_("with a date that is late"), "te-laat", queries.late(rows, at=at).count()),
                (
                    _("without coordinator"), "zonder-regie",
                    queries.without_role(rows, CaseRoleKind.COORDINATION, at=at).count(),
                ),
                (
                    _("without sight on safety"), "zonder-zicht",
                    queries.without_role(rows, CaseRoleKind.SIGHT_ON_SAFETY, at=at).count(),
                ),
            )
        ],
    }  # fmt: skip
    return render(request, "desk/team.html", context)


@team_door
def cover_page(request: Any, team: UUID) -> HttpResponse:
    """Arrange cover for an absent colleague; why somebody is away is not asked."""
    at, by = now(), request.principal
    row = queries.team_of(by, team)
    colleagues = list(queries.colleagues_in([row.pk], today(at)))
    form = CoverForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        by_key = {str(c.pk): c for c in colleagues}
        said = form.cleaned_data

        def act() -> str:
            actions.cover(
                by=by, at=at, team=row, absent=by_key[said["absent"]], taken_by=by_key[said["taken_by"]],
                until=said["until"],
            )  # fmt: skip
            return done(request, _("Cover is arranged. It ends by itself."), reverse("desk:team"))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    context = {
        "form": form, "once_key": once.fresh(), "title": _("Arrange cover"), "button": _("Arrange cover"),
        "back": reverse("desk:team"),
        "intro": _("Your colleague sees these families until the last day, not longer; shielded dossiers not at all."),
    }  # fmt: skip
    return render(request, "desk/form.html", context)


@family_door
@require_POST
def cover_ended(request: Any, cover: UUID) -> HttpResponse:
    """The colleague is back."""
    at, by = now(), request.principal
    row = queries.cover_for(by, cover, at=at)

    def act() -> str:
        actions.end_cover(by=by, at=at, row=row)
        return done(request, _("The cover has ended."), reverse("desk:day"))

    return act_once(request, act)


@team_door
def move_page(request: Any, team: UUID) -> HttpResponse:
    """Ask to move families of one colleague to another; a second person decides."""
    at, by = now(), request.principal
    row = queries.team_of(by, team)
    colleagues = list(queries.colleagues_in([row.pk], today(at)))
    giver = next((c for c in colleagues if str(c.pk) == (request.POST.get("van") or request.GET.get("van"))), None)
    cases = []
    if giver:
        rows = lists.rows_in_sight(by, at=at).filter(team=row, closed_on=None)
        cases = list(queries.held_by(rows, giver.pk, at=at)[:500])
    names = queries.case_names([c.pk for c in cases], by, at=at, sight=Sight.ROW)
    families = [(str(c.pk), names[c.pk]) for c in cases]
    others = [c for c in colleagues if giver is None or c.pk != giver.pk]
    form = MoveForm(request.POST or None, families=families, colleagues=others)
    if request.method == "POST" and giver and form.is_valid():
        said = form.cleaned_data
        receiver = next(c for c in others if str(c.pk) == said["receiver"])

        def act() -> str:
            actions.ask_move(
                by=by, at=at, team=row, giver=giver, receiver=receiver, reason=said["reason"],
                cases=[c for c in cases if str(c.pk) in said["cases"]], asked_by=staff_member(by),
            )  # fmt: skip
            return done(request, _("Asked. A second person decides; nothing has moved yet."), reverse("desk:team"))

        answer = tried(form, lambda: act_once(request, act))
        if answer:
            return answer
    look(by, "desk.team_shown", subjects=[("case", c.pk) for c in cases], at=at)
    context = {"team": row, "giver": giver, "colleagues": colleagues, "form": form, "once_key": once.fresh()}
    return render(request, "desk/move.html", context)


@team_door
def move_decision(request: Any, move: UUID) -> HttpResponse:
    """The second pair of eyes: which families, from whom to whom, why; yes or no."""
    at, by = now(), request.principal
    row = queries.move_for(by, move)
    cases = [case.pk for case in row.cases.all()]
    names = queries.case_names(cases, by, at=at, sight=Sight.ROW)
    look(by, "desk.team_shown", subjects=[("case", pk) for pk in cases], at=at)
    if request.method == "POST":

        def act() -> str:
            approve = request.POST.get("do") == "approve"
            actions.decide_move(by=by, at=at, move=row, decided_by=staff_member(by), approve=approve)
            return done(
                request, _("The families have moved.") if approve else _("Nothing moves."), reverse("desk:team")
            )

        return act_once(request, act)
    context = {"row": row, "names": sorted(names.values()), "asked_by_me": row.asked_by_id == by.key,
               "once_key": once.fresh()}  # fmt: skip
    return render(request, "desk/move_decision.html", context)
