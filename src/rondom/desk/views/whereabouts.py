"""Where somebody lives: household, addresses, keeping them secret, and seeing a secret one after a step-up."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts import sessions, stepup
from rondom.core import clock, once
from rondom.core.clock import now
from rondom.core.errors import NotAllowed, NotFound
from rondom.core.events import look, subject
from rondom.desk import drafts
from rondom.desk.doors import act_once, done, family_door, team_door, tried
from rondom.desk.forms import Choices, people_choices, staff_choices
from rondom.desk.person_forms import AddressForm, EndForm, GrantForm, HouseholdForm, PurposeForm, WhyForm
from rondom.desk.persons import address_line, answer_form
from rondom.desk.views.person import EDIT
from rondom.dossiers import queries
from rondom.dossiers.models import Case
from rondom.dossiers.opening import open_case, open_fact, open_person
from rondom.dossiers.rules import directs
from rondom.people import actions
from rondom.people.enums import AddressKind, AddressPurpose, Derived, FactSource, HouseholdPart
from rondom.people.models import Address, HouseholdMember, Person
from rondom.people.whereabouts import has_right, history_for, is_secret, may_show, reasons_for, rights_on, showable
from rondom.privacy.enums import Sight
from rondom.reference.enums import AreaKind
from rondom.reference.queries import area_name, areas_in, municipality_name, municipality_named

PART = "wonen"


def _closed() -> NotAllowed:
    return NotAllowed(
        _(
            "Where this person lives is secret, also with whom. Somebody with the right to see the address does this. "
            "Ask your team lead."
        )
    )


@family_door
def household_new(request: Any, person: UUID) -> HttpResponse:
    """Write down with whom somebody lives from a day."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    if not may_show(row.pk, by=by, what=Derived.HOUSEHOLD, at=at):
        raise _closed()
    around = queries.around(row, by, at=at)
    shown = showable((p.pk for p in around), by=by, what=Derived.HOUSEHOLD, at=at)
    known = {str(p.pk): p for p in around if p.pk in shown}
    return answer_form(
        request, row, HouseholdForm, draft=drafts.HOUSEHOLD, title=_("Where somebody lives"), button=_("Record"),
        said=_("Recorded."), part=PART, persons=list(known.values()),
        intro=_("A household is the people who live together. It is not the family of this case."),
        write=lambda typed, _version: actions.live_with(
            by=by, at=at, person=row, part=HouseholdPart(typed["part"]), starts=typed["starts"],
            other=known.get(typed["other"]), leaves=not typed["second_home"],
        ),
    )  # fmt: skip


@family_door
def household_end(request: Any, householdmember: UUID) -> HttpResponse:
    """Somebody lives in a household no longer, and where to is not known."""
    at, by = now(), request.principal
    fact, row = open_fact(by, HouseholdMember, householdmember, at=at, page=EDIT)
    if not may_show(row.pk, by=by, what=Derived.HOUSEHOLD, at=at):
        raise NotFound("")
    return answer_form(
        request, row, EndForm, draft=drafts.HOUSEHOLD_END, title=_("Lives here no longer"), button=_("End"),
        said=_("Ended."), part=PART, record=fact, values=lambda r: {"ends": r.ends},
        write=lambda typed, version: actions.leave_household(
            by=by, at=at, member=fact, ends=typed["ends"], opened_version=version
        ),
    )  # fmt: skip


@family_door
def address_new(request: Any, person: UUID) -> HttpResponse:
    """Write down a new address; the one of the same kind that ran until then ends on that day.

    Also somebody without the right to a secret address may write one down: writing shows nothing.
    """
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    day = clock.today(at)
    districts: Choices = [
        (code, area_name(AreaKind.DISTRICT, code))
        for code in areas_in(AreaKind.MUNICIPALITY, row.municipality, AreaKind.DISTRICT, on=day)
    ]
    own = municipality_name(row.municipality, on=day)

    def write(typed: dict[str, Any], _version: int) -> object:
        place = municipality_named(typed["place"], on=day).code if typed["place"] else ""
        return actions.move(
            by=by, at=at, person=row, lines=typed["lines"], starts=typed["starts"], ends=typed["ends"],
            kind=AddressKind(typed["kind"]), place_municipality=place, district=typed.get("district", ""),
            source=FactSource(typed["source"]), secret=typed["secret"], in_investigation=typed["in_investigation"],
        )  # fmt: skip

    return answer_form(
        request, row, AddressForm, draft=drafts.ADDRESS, title=_("New address"), button=_("Record"),
        said=_("Recorded."), part=PART, districts=sorted(districts, key=lambda d: str(d[1])), write=write,
        initial={"place": own}, intro=_("It is for this person only. Record it for each person who moves along."),
    )  # fmt: skip


@family_door
def address_end(request: Any, address: UUID) -> HttpResponse:
    """End an address without a new one; a secret one is there only for who may see it, after a step-up."""
    at, by = now(), request.principal
    fact, row = open_fact(by, Address, address, at=at, page=EDIT)
    if is_secret(row.pk):
        if not has_right(by, row.pk, at=at):
            look(by, EDIT, row, subjects=[subject(row)], result="denied", at=at)
            raise NotFound("")
        if not sessions.proved_recently(request, at=at):
            return stepup.ask(request)
    return answer_form(
        request, row, EndForm, draft=drafts.ADDRESS_END, title=_("End an address"), button=_("End"),
        said=_("Ended."), part=PART, record=fact, values=lambda r: {"ends": r.ends},
        intro=_("Somebody left, and where to is not known. Is there a new address? Record that one instead."),
        write=lambda typed, version: actions.end_address(
            by=by, at=at, address=fact, ends=typed["ends"], opened_version=version
        ),
    )  # fmt: skip


@family_door
def address_secret(request: Any, person: UUID) -> HttpResponse:
    """Make every address of somebody secret, at once; anybody who works with the family can do this."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    return answer_form(
        request, row, WhyForm, draft=drafts.SECRET, title=_("Keep an address secret"), button=_("Keep secret"),
        said=_("From now on nobody sees an address of this person without an explicit right."), part=PART,
        intro=_(
            "Every address is closed at once, old ones too, with the neighbourhood, the school and whom somebody lives "
            "with. You will not see them either. Your team lead can give one colleague the right for a time."
        ),
        write=lambda typed, _version: actions.keep_address_secret(by=by, at=at, person=row, reason=typed["reason"]),
    )  # fmt: skip


def _with_right(request: Any, person: UUID, at: dt.datetime, page: str) -> Person:
    """Return a person whose secret address the viewer may see; for anybody else this page does not exist."""
    by = request.principal
    row = open_person(by, person, at=at, page=page)
    if not (is_secret(row.pk) and has_right(by, row.pk, at=at)):
        look(by, page, row, subjects=[subject(row)], result="denied", at=at)
        raise NotFound("")
    return row


@family_door
@stepup.required
def address_lift(request: Any, person: UUID) -> HttpResponse:
    """Make the addresses of somebody ordinary again; only for who holds the right, after a step-up."""
    at, by = now(), request.principal
    row = _with_right(request, person, at, EDIT)
    return answer_form(
        request, row, WhyForm, draft=drafts.LIFT, title=_("Make an address known again"), button=_("Lift secrecy"),
        said=_("The addresses are ordinary again."), part=PART,
        intro=_("Everybody who works with this family sees them again. Are you sure that the danger is over?"),
        write=lambda typed, _version: actions.lift_address_secrecy(by=by, at=at, person=row, reason=typed["reason"]),
    )  # fmt: skip


@family_door
@stepup.required
def address_shown(request: Any, person: UUID) -> HttpResponse:
    """Show a secret address to who holds the right: first the second factor, then what for; each time it is kept."""
    at, by = now(), request.principal
    row = _with_right(request, person, at, "desk.address_asked")
    form = PurposeForm(request.POST if request.method == "POST" else None)
    lines, reasons = [], []
    if request.method == "POST" and form.is_valid():
        purpose, day = AddressPurpose(form.cleaned_data["purpose"]), clock.today(at)
        shown = history_for(row, by=by, purpose=purpose, at=at, stepped_up=True)
        lines = [address_line(each.lines, each.fact, day) for each in shown if each.fact]
        reasons = reasons_for(row, by=by, at=at)
    back = f"{reverse('desk:person', args=[person])}#{PART}"
    context = {"person": row, "form": form, "lines": lines, "back": back, "reasons": reasons}
    return render(request, "desk/address_shown.html", context, status=422 if form.errors else 200)


@team_door
def whereabouts_grant(request: Any, case: UUID) -> HttpResponse:
    """Who directs the team gives one colleague the right to a secret address for a time, or takes it back.

    Shows the children by name, adults only to who may open the family, and never whether an address is secret.
    """
    at, by = now(), request.principal
    row = open_case(by, case, at=at, page="desk.whereabouts_rights_shown", sight=Sight.ROW)
    if not directs(by, row.team):
        raise NotAllowed(_("The team lead or process coordinator of the team does this."))
    persons = _to_choose(row, by, at)
    colleagues = [c for c in queries.colleagues_in([row.team_id], clock.today(at)) if c.pk != by.key]
    granting = request.POST.get("do") == "grant"
    form = GrantForm(
        request.POST if granting else None, people=people_choices(persons), colleagues=staff_choices(colleagues),
        initial={"persons": [str(p.pk) for p in persons]},
    )  # fmt: skip
    answer = _granted(request, row, persons, form, at)
    if answer:
        return answer
    named = {p.pk: p.name for p in persons}
    staff = {c.pk: c.name for c in colleagues}
    rights = [
        {"who": staff.get(r.principal, _("a colleague")), "whose": named[r.subject], "until": r.ends_at, "key": r.pk}
        for r in rights_on(named, at=at)
    ]
    name = queries.case_names([row.pk], by, at=at, sight=Sight.ROW)[row.pk]
    context = {"form": form, "rights": rights, "name": name, "once_key": once.fresh()}
    return render(request, "desk/whereabouts_grant.html", context, status=422 if form.errors else 200)


def _to_choose(case: Case, by: Any, at: dt.datetime) -> list[Person]:
    opens = bool(queries.openable(by, [case.pk], at=at))
    sight = Sight.OPEN if opens else Sight.ROW
    children, adults = queries.members_of([case.pk], by, at=at, sight=sight)[case.pk]
    return [*children, *adults] if opens else children


def _granted(request: Any, case: Case, persons: list[Person], form: GrantForm, at: dt.datetime) -> HttpResponse | None:
    by, back = request.principal, reverse("desk:whereabouts_grant", args=[case.pk])
    by_key = {str(p.pk): p for p in persons}

    def withdraw() -> str:
        for right in rights_on([p.pk for p in persons], at=at):
            if str(right.pk) == request.POST.get("right"):
                person = by_key[str(right.subject)]
                actions.withdraw_whereabouts(by=by, at=at, person=person, staff=right.principal)
        return done(request, _("The right has ended."), back)

    def grant() -> str:
        said = form.cleaned_data
        day = said["until"] + dt.timedelta(days=1)
        until = dt.datetime.combine(day, dt.time(), tzinfo=clock.AMSTERDAM).astimezone(dt.UTC)
        for key in said["persons"]:
            actions.grant_whereabouts(
                by=by, at=at, person=by_key[key], staff=UUID(said["staff"]), reason=said["reason"], until=until
            )
        return done(request, _("The right is given. It ends by itself."), back)

    if request.method == "POST" and request.POST.get("do") == "withdraw":
        return act_once(request, withdraw)
    return tried(form, lambda: act_once(request, grant)) if form.is_bound and form.is_valid() else None
