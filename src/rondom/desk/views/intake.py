"""A new family: look first, then register, then who works with them. One page, step by step, without script too."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.desk.doors import act_once, done, family_door, tried
from rondom.desk.forms import ChildForm, SearchForm, TakeOnForm
from rondom.dossiers import actions, queries
from rondom.people import actions as people
from rondom.people.enums import FactSource, Sex
from rondom.people.models import Person
from rondom.people.search import search

SALT = "rondom.desk.intake"
LIVES = 60 * 60 * 4  # seconds a page with chosen children may stay open


def _sealed(children: list[UUID], by: Any) -> str:
    """Return the chosen children, signed for this person: nobody can put a stranger's child in."""
    return signing.dumps([str(by.key), *map(str, children)], salt=SALT)


def _unsealed(token: str, by: Any) -> list[UUID]:
    if not token:
        return []
    try:
        owner, *children = signing.loads(token, salt=SALT, max_age=LIVES)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("") from error
    if owner != str(by.key):
        raise NotFound("")
    return [UUID(pk) for pk in children]


@family_door
def new_family(request: Any) -> HttpResponse:
    """Search before making; choose or register the children; name who coordinates and who has sight on safety."""
    at, by = now(), request.principal
    chosen = _unsealed(request.POST.get("chosen", ""), by)
    what = request.POST.get("do", "")
    words = request.POST.get("words", "").strip()
    found: list[Person] = list(search(by, words, at=at)) if words else []
    if what == "choose":
        picked = next((p for p in found if str(p.pk) == request.POST.get("person")), None)
        chosen += [picked.pk] if picked and picked.pk not in chosen else []
        found, words = [], ""
    elif words:
        look(by, "desk.search_shown", subjects=[("person", p.pk) for p in found], at=at)
    child = ChildForm(request.POST if what == "register" else None)
    if what == "register" and child.is_valid():
        registered = tried(child, lambda: _register(by, child.cleaned_data, chosen, at))
        child = ChildForm() if registered else child
    teams = queries.teams_of(by)
    colleagues = list(queries.colleagues_in(by.teams, today(at)))
    take_on = TakeOnForm(
        request.POST if what == "take_on" else None, teams=[(str(t.pk), t.name) for t in teams], colleagues=colleagues,
        initial={"coordinator": str(by.key), "safety": str(by.key)},
    )  # fmt: skip
    children = queries.chosen_persons(chosen, municipality=by.municipality)
    if what == "take_on" and take_on.is_valid():
        by_key = {str(c.pk): c for c in colleagues}
        said = take_on.cleaned_data

        def act() -> str:
            case = actions.take_on(
                by=by, at=at, team=next(t for t in teams if str(t.pk) == said["team"]), youths=children,
                coordinator=by_key[said["coordinator"]], sight_on_safety=by_key[said["safety"]],
            )  # fmt: skip
            mine = str(by.key) in (said["coordinator"], said["safety"])
            address = reverse("desk:members", args=[case.pk]) if mine else reverse("desk:families")
            return done(request, _("The family is here. Add the adults now."), address)

        taken = tried(take_on, lambda: act_once(request, act))
        if taken:
            return taken
    context = {
        "asked": SearchForm(initial={"words": words}), "words": words, "found": found, "child": child,
        "children": children, "chosen": _sealed(chosen, by) if chosen else "", "take_on": take_on,
        "once_key": once.fresh(), "registers": bool(words) or what == "register",
        "elsewhere": reverse("desk:ask_elsewhere"),
    }  # fmt: skip
    return render(request, "desk/family_new.html", context)


def _register(by: Any, said: dict[str, Any], chosen: list[UUID], at: Any) -> Person:
    person = people.register_person(
        by=by, at=at, municipality=by.municipality, first_names=said["called"], called=said["called"],
        name_prefix=said["name_prefix"], family_name=said["family_name"], born_on=said["born_on"],
        expected_on=said["expected_on"], sex=Sex(said["sex"]), bsn=said["bsn"],
        bsn_source=FactSource.DECLARED if said["bsn"] else "",
    )  # fmt: skip
    chosen.append(person.pk)
    return person
