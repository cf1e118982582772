"""The page of one person, and the forms about who they are, how to reach them and who is around them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import once
from rondom.core.clock import now
from rondom.core.errors import BadInput, NotFound, Stale
from rondom.core.events import look, subject
from rondom.desk import drafts
from rondom.desk.doors import act_once, done, family_door
from rondom.desk.person_forms import (
    BsnForm,
    ChangeContactForm,
    ChangeTieForm,
    ContactForm,
    IdentityForm,
    KinForm,
    TieForm,
)
from rondom.desk.persons import answer_form, page_of
from rondom.dossiers import queries
from rondom.dossiers.opening import open_fact, open_person
from rondom.people import actions, seen
from rondom.people.actions.persons import IDENTITY
from rondom.people.enums import ContactKind, ContactSafety, FactSource, KinshipKind, TieStrength
from rondom.people.models import ContactPoint, Kinship, NetworkTie, Person

PAGE = "desk.person_shown"
EDIT = "desk.person_form_shown"


@family_door
def person_page(request: Any, person: UUID) -> HttpResponse:
    """Whom to ring, who decides, what is closed; then everything known about this person, with where it is changed."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=PAGE)
    return render(request, "desk/person.html", {"page": page_of(row, by, at=at), "once_key": once.fresh()})


@family_door
def identity(request: Any, person: UUID) -> HttpResponse:
    """Correct names, dates, sex and interpreter; or write down a birth."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    return answer_form(
        request, row, IdentityForm, draft=drafts.IDENTITY, title=_("Who is this?"), button=_("Save"),
        said=_("Saved."), part="wie", record=row, values=lambda r: {name: getattr(r, name) for name in IDENTITY},
        write=lambda typed, version: actions.correct_person(
            by=by, at=at, person=row, changes=typed, opened_version=version
        ),
    )  # fmt: skip


@family_door
def bsn(request: Any, person: UUID) -> HttpResponse:
    """Show the BSN on request, recorded as such; or record one that was seen."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    what = request.POST.get("do", "")
    form = BsnForm(request.POST if what == "record" else None)
    if what == "show" and row.bsn:
        look(by, "desk.bsn_shown", row, subjects=[subject(row)], at=at)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data

        def write() -> str:
            version = int(request.POST.get("_version") or 0)
            actions.record_bsn(
                by=by, at=at, person=row, bsn=said["bsn"], source=FactSource(said["source"]), opened_version=version
            )
            return done(request, _("Saved."), reverse("desk:person", args=[person]) + "#wie")

        try:
            return act_once(request, write)
        except BadInput as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        except Stale:
            form.add_error(None, _("Somebody else changed this person while you were typing. Look again, then record."))
    context = {
        "person": row, "form": form, "once_key": once.fresh(), "shown": what == "show" and bool(row.bsn),
        "source": FactSource(row.bsn_source).label if row.bsn_source else "", "back": _back(row, "wie"),
        "version": row.version,
    }  # fmt: skip
    return render(request, "desk/person_bsn.html", context, status=422 if form.errors else 200)


def _back(person: Person, part: str) -> str:
    return f"{reverse('desk:person', args=[person.pk])}#{part}"


@family_door
def contact_new(request: Any, person: UUID) -> HttpResponse:
    """Add a phone number or e-mail address."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    return answer_form(
        request, row, ContactForm, draft=drafts.CONTACT, title=_("Number or address to reach somebody"),
        button=_("Add"), said=_("Added."), part="bereiken",
        write=lambda typed, _version: actions.add_contact_point(
            by=by, at=at, person=row, kind=ContactKind(typed["kind"]), value=typed["value"],
            safety=ContactSafety(typed["safety"]), remark=typed["remark"],
        ),
    )  # fmt: skip


@family_door
def contact_change(request: Any, contactpoint: UUID) -> HttpResponse:
    """Say whether a number is safe, or that it is not used any more."""
    at, by = now(), request.principal
    point, row = open_fact(by, ContactPoint, contactpoint, at=at, page=EDIT)

    def write(typed: dict[str, Any], version: int) -> object:
        if typed["stops"]:
            return actions.end_contact_point(by=by, at=at, point=point, opened_version=version)
        return actions.change_contact_point(
            by=by, at=at, point=point, safety=ContactSafety(typed["safety"]), remark=typed["remark"],
            opened_version=version,
        )  # fmt: skip

    return answer_form(
        request, row, ChangeContactForm, draft=drafts.CONTACT_CHANGE, title=_("Change a number or address"),
        button=_("Save"), said=_("Saved."), part="bereiken", record=point, write=write, intro=_hint(point),
        values=lambda r: {"safety": r.safety, "remark": r.remark, "stops": False},
    )  # fmt: skip


def _hint(point: ContactPoint) -> str:
    """Say which number this is: whole when it is safe or may be asked for, else only how it ends."""
    value = str(point.value)
    if point.safety == ContactSafety.UNSAFE:
        return _("The one that ends in %(end)s") % {"end": value[-3:]}
    return value


@family_door
def tie_new(request: Any, person: UUID) -> HttpResponse:
    """Add somebody or something around this person."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    persons = queries.around(row, by, at=at)
    known = {str(p.pk): p for p in persons}
    return answer_form(
        request, row, TieForm, draft=drafts.TIE, title=_("Somebody around this person"), button=_("Add"),
        said=_("Added."), part="netwerk", persons=persons,
        write=lambda typed, _version: actions.add_tie(
            by=by, at=at, person=row, strength=TieStrength(typed["strength"]), label=typed["label"],
            other=known.get(typed["other"]), can_do=typed["can_do"], points_to_place=typed["points_to_place"],
        ),
    )  # fmt: skip


@family_door
def tie_change(request: Any, networktie: UUID) -> HttpResponse:
    """Change how a tie feels, or the day it ended."""
    at, by = now(), request.principal
    tie, row = open_fact(by, NetworkTie, networktie, at=at, page=EDIT)
    if seen.tie_is_kept(tie, by, at=at):
        raise NotFound("")
    names = ("label", "strength", "can_do", "points_to_place", "ends")
    return answer_form(
        request, row, ChangeTieForm, draft=drafts.TIE_CHANGE, title=_("Change who is around this person"),
        button=_("Save"), said=_("Saved."), part="netwerk", record=tie,
        values=lambda r: {name: getattr(r, name) for name in names},
        write=lambda typed, version: actions.change_tie(by=by, at=at, tie=tie, changes=typed, opened_version=version),
    )  # fmt: skip


@family_door
def kin_new(request: Any, person: UUID) -> HttpResponse:
    """Write down how somebody is related to this person; it says nothing about authority."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    persons = queries.around(row, by, at=at)
    known = {str(p.pk): p for p in persons}

    def write(typed: dict[str, Any], _version: int) -> object:
        kind, _sep, forward = typed["word"].partition(":")
        one, two = (known[typed["other"]], row) if forward == "1" else (row, known[typed["other"]])
        return actions.record_kinship(
            by=by, at=at, person=one, other=two, kind=KinshipKind(kind), source=FactSource(typed["source"])
        )

    return answer_form(
        request, row, KinForm, draft=drafts.KIN, title=_("How somebody is related"), button=_("Add"),
        said=_("Added."), part="netwerk", persons=persons, whose=row.short_name, write=write,
        intro=_("Being family says nothing about authority. Write that down apart."),
    )  # fmt: skip


@family_door
def kin_remove(request: Any, kinship: UUID) -> HttpResponse:
    """Take away that two people are related, after a question."""
    at, by = now(), request.principal
    kin, row = open_fact(by, Kinship, kinship, at=at, page=EDIT)
    shown, _hidden = seen.kin_in_sight(row, by, at=at)
    line = next((k for k in shown if k.kinship.pk == kin.pk), None)
    if line is None:
        raise NotFound("")
    if request.method == "POST":

        def act() -> str:
            actions.remove_kinship(by=by, at=at, kinship=kin, opened_version=kin.version)
            return done(request, _("Taken away."), _back(row, "netwerk"))

        return act_once(request, act)
    context = {"person": row, "line": line, "once_key": once.fresh(), "back": _back(row, "netwerk")}
    return render(request, "desk/kin_remove.html", context)
