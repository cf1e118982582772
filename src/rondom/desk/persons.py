"""What the page of a person is made of, and the one way its forms are answered."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed, Stale, Unwise, VoidByLaw
from rondom.core.models import Record
from rondom.core.principals import Principal
from rondom.core.why import Why, agreed, of_law
from rondom.core.words import date_words
from rondom.desk.doors import done
from rondom.dossiers import queries
from rondom.dossiers.drafts import form_with_draft
from rondom.dossiers.frame import AuthorityLine, Reach, authority_lines, reach_of, spoken
from rondom.dossiers.residence import is_put
from rondom.dossiers.sharing import Agreement, agreements_seen
from rondom.dossiers.why import authority_ends_why, decides_from, help_why, sharing_why
from rondom.law.person import age_on
from rondom.people import seen
from rondom.people.enums import (
    AddressPurpose,
    AuthorityKind,
    ContactKind,
    ContactSafety,
    Derived,
    FactSource,
    ResidenceSource,
)
from rondom.people.models import Authority, Person, ResidenceFinding
from rondom.people.queries import (
    authority_history,
    authority_over,
    children_under,
    measure_history,
    representation_history,
)
from rondom.people.residence import finding_on, known_of
from rondom.people.whereabouts import history_for, may_show
from rondom.reference.enums import AreaKind
from rondom.reference.queries import area_name


@dataclass(frozen=True)
class Line:
    """One fact on the page: what, when and from where, and the address where it is changed."""

    text: str
    detail: str = ""
    change: str = ""
    tel: str = ""
    page: str = ""
    kept: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Part:
    """The facts of one kind: those that hold, and those of before."""

    now: list[Line] = field(default_factory=list)
    earlier: list[Line] = field(default_factory=list)
    closed: bool = False


@dataclass(frozen=True)
class Responsible:
    """Which municipality is responsible, for a youth with a dossier; `ask` names the dossier to ask about."""

    words: str
    detail: str = ""
    ask: UUID | None = None
    why: Why | None = None


@dataclass(frozen=True)
class PersonPage:
    """Everything the page of a person shows to one viewer."""

    person: Person
    age: int | None
    families: list[tuple[UUID, str]]
    reach: list[Reach]
    languages: list[str]
    authority: AuthorityLine | None
    until: dt.date | None
    decides: bool
    over: list[str]
    contacts: Part
    holders: Part
    measures: Part
    representation: Part
    homes: Part
    addresses: Part
    may_step: bool
    kin: list[Line]
    kin_hidden: bool
    ties: Part
    ties_hidden: bool
    agreements: list[Agreement]
    help_why: Why | None = None
    sharing_why: Why | None = None
    until_why: Why | None = None
    responsible: Responsible | None = None


def page_of(person: Person, by: Principal, *, at: dt.datetime) -> PersonPage:
    """Return the page of a person who was opened for this viewer."""
    day = clock.today(at)
    age = age_on(person.born_on, day) if person.born_on else None
    child = age < 18 if age is not None else person.is_unborn or bool(queries.youths_dossiers(person, by, at=at))
    picture = authority_over(person, day)
    held = [fact.holder for fact in picture.facts if fact.holder]
    nearby = seen.in_sight(by, {holder.pk for holder in held}, at=at)
    ends = [until for fact in picture.facts if (until := seen.authority_until(person, fact.ends))]
    holders = [holder for holder in held if holder.pk in nearby]
    addresses, may_step = _addresses(person, by, at)
    kin, kin_hidden = seen.kin_in_sight(person, by, at=at)
    ties, ties_hidden = _ties(person, by, at)
    until = min(ends, default=None)
    return PersonPage(
        person=person, age=age, families=queries.families_of(person, by, at=at),
        reach=_ringing(person, holders, day), languages=_languages(person, holders),
        authority=authority_lines([person], day)[0] if child else None, until=until,
        decides=child and age is not None and age >= decides_from(day), over=_over(person, by, at),
        contacts=_contacts(person, day), holders=_holders(person, day), measures=_measures(person, day),
        representation=_representation(person, by, at), homes=_homes(person, by, at), addresses=addresses,
        may_step=may_step, kin=[_kin_line(k, person) for k in kin], kin_hidden=kin_hidden, ties=ties,
        ties_hidden=ties_hidden, responsible=_responsible(person, by, at),
        agreements=agreements_seen(person, by, at=at, picture=picture),
        help_why=help_why(person, picture, day) if child else None,
        sharing_why=sharing_why(person, picture, day), until_why=authority_ends_why(person, until) if until else None,
    )  # fmt: skip


def _responsible(person: Person, by: Principal, at: dt.datetime) -> Responsible | None:
    dossiers = [d for d in queries.youths_dossiers(person, by, at=at) if d.closed_on is None]
    if not dossiers:
        return None
    if not may_show(person.pk, by=by, what=Derived.MUNICIPALITY, at=at):
        return Responsible(_("closed, with the address"))
    dossier, finding = dossiers[0], finding_on(person, clock.today(at))
    code = dossier.responsible_municipality
    why = _why_municipality(person, finding, by, at)
    if is_put(dossier, at=at):
        name = area_name(AreaKind.MUNICIPALITY, code) if code else _("not known yet")
        return Responsible(name, _("the back office finds it out"), why=why)
    if not code:
        return Responsible(_("not known yet"), ask=dossier.pk, why=why)
    detail = ""
    if finding:
        detail = f"{ResidenceSource(finding.source).label}, {period(finding.starts, None, clock.today(at))}"
    name = area_name(AreaKind.MUNICIPALITY, code)
    return Responsible(name, detail, ask=None if finding else dossier.pk, why=why)


def _why_municipality(person: Person, finding: ResidenceFinding | None, by: Principal, at: dt.datetime) -> Why:
    """Return why this municipality: how it was found, else what the law says of the addresses that are known."""
    question = _("Why this municipality?")
    if finding and finding.source != ResidenceSource.LAW:
        said = _("It was found out: %(source)s.") % {"source": ResidenceSource(finding.source).label}
        return agreed(question, said, "Jw 1.1")
    return of_law(known_of([person], by, at=at)[person.pk].answer, question)


def _ringing(person: Person, holders: list[Person], day: dt.date) -> list[Reach]:
    """Whom to ring about this person: the person, then who has authority; a number that is not safe is not shown."""
    own = reach_of([person], day)
    return [*own, *reach_of(holders, day)] if holders else own


def _languages(person: Person, holders: list[Person]) -> list[str]:
    """Return who needs an interpreter of those one talks with about this person: the person, and who has authority."""
    own = [_("interpreter %(language)s") % {"language": person.interpreter}] if person.interpreter else []
    return own + [
        _("%(name)s: interpreter %(language)s") % {"name": h.short_name, "language": h.interpreter}
        for h in holders
        if h.interpreter
    ]


def _over(person: Person, by: Principal, at: dt.datetime) -> list[str]:
    rows = list(children_under(person, clock.today(at)))
    shown = seen.in_sight(by, {row.child_id for row in rows}, at=at)
    return [row.child.short_name for row in rows if row.child_id in shown]


def period(starts: dt.date, ends: dt.date | None, day: dt.date) -> str:
    """Say a period: "since 3 april 2019", "from 3 april 2027", "3 april 2019 up to 5 mei 2020"."""
    words = {"starts": date_words(starts), "ends": date_words(ends) if ends else ""}
    if ends is None:
        return _("since %(starts)s") % words if starts <= day else _("from %(starts)s") % words
    return _("from %(starts)s until %(ends)s") % words


def _split(rows: list[Any], day: dt.date, line: Callable[[Any], Line]) -> Part:
    """Put facts that hold, or are to come, before those that ended."""
    return Part(
        [line(row) for row in rows if row.ends is None or row.ends > day],
        [line(row) for row in rows if row.ends is not None and row.ends <= day],
    )


def _contacts(person: Person, day: dt.date) -> Part:
    def line(row: Any) -> Line:
        value = spoken(str(row.value)) if row.kind == ContactKind.PHONE else str(row.value)
        running = row.ends is None or row.ends > day
        change = reverse("desk:contact_change", args=[row.pk]) if running else ""
        about = [row.remark] if row.remark else []
        if not running:
            return Line(str(ContactKind(row.kind).label), " · ".join([*about, period(row.starts, row.ends, day)]))
        if row.safety == ContactSafety.SAFE:
            tel = str(row.value) if row.kind == ContactKind.PHONE else ""
            return Line(value, " · ".join([str(ContactSafety(row.safety).label), *about]), change, tel=tel)
        kept = value if row.safety == ContactSafety.ASK else ""
        return Line(
            str(ContactKind(row.kind).label), " · ".join(about), change, kept=kept,
            warning=str(ContactSafety(row.safety).label),
        )  # fmt: skip

    return _split(seen.contact_history(person), day, line)


def _source(row: Any) -> str:
    return _("source: %(source)s") % {"source": FactSource(row.source).label}


def _holders(person: Person, day: dt.date) -> Part:
    def line(row: Authority) -> Line:
        name = row.holder.name if row.holder else row.holder_organisation
        until = seen.authority_until(person, row.ends)
        parts = [str(AuthorityKind(row.kind).label), _source(row), period(row.starts, until, day)]
        running = until is None or until > day
        return Line(name, " · ".join(parts), reverse("desk:authority_end", args=[row.pk]) if running else "")

    rows = list(authority_history(person))
    over = {row.pk for row in rows if (until := seen.authority_until(person, row.ends)) and until <= day}
    return Part([line(r) for r in rows if r.pk not in over], [line(r) for r in rows if r.pk in over])


def _measures(person: Person, day: dt.date) -> Part:
    def line(row: Any) -> Line:
        parts = [row.body, _source(row), period(row.starts, row.ends, day)]
        change = reverse("desk:measure_end", args=[row.pk]) if row.ends is None or row.ends > day else ""
        return Line(row.get_kind_display(), " · ".join(parts), change)

    return _split(list(measure_history(person)), day, line)


def _representation(person: Person, by: Principal, at: dt.datetime) -> Part:
    day = clock.today(at)
    rows = list(representation_history(person))

    def line(row: Any) -> Line:
        parts = [row.get_kind_display(), _source(row), period(row.starts, row.ends, day)]
        change = reverse("desk:representation_end", args=[row.pk]) if row.ends is None or row.ends > day else ""
        return Line(row.representative.name, " · ".join(parts), change)

    return _split(rows, day, line)


def _homes(person: Person, by: Principal, at: dt.datetime) -> Part:
    day = clock.today(at)
    homes = seen.homes_of(person, by, at=at)

    def line(home: seen.Home) -> Line:
        own = home.own
        others = ", ".join(m.person.name for m in home.others)
        text = _("with %(others)s") % {"others": others} if others else _("alone, as far as can be seen here")
        running = own.ends is None or own.ends > day
        detail = " · ".join([own.get_part_display(), period(own.starts, own.ends, day)])
        change = reverse("desk:household_end", args=[own.pk]) if running else ""
        return Line(text if running else str(own.get_part_display()).capitalize(), detail, change)

    return Part([line(h) for h in homes.now], [line(h) for h in homes.earlier], homes.closed)


def _addresses(person: Person, by: Principal, at: dt.datetime) -> tuple[Part, bool]:
    """Return the addresses, closed when they are secret, and whether the viewer may see them after a step-up."""
    day = clock.today(at)
    shown = history_for(person, by=by, purpose=AddressPurpose.WORK, at=at)
    if shown and shown[0].hidden:
        return Part(closed=True), shown[0].needs_step
    lines = [(address_line(each.lines, each.fact, day), each.fact) for each in shown if each.fact]
    return Part(
        [line for line, row in lines if row.ends is None or row.ends > day],
        [line for line, row in lines if row.ends is not None and row.ends <= day],
    ), False


def address_line(lines: tuple[str, ...], row: Any, day: dt.date, *, change: bool = True) -> Line:
    """Return one address as a line: its lines, kind, municipality and neighbourhood, source and period."""
    where = [
        area_name(kind, code)
        for kind, code in ((AreaKind.MUNICIPALITY, row.place_municipality), (AreaKind.DISTRICT, row.district))
        if code
    ]
    parts = [row.get_kind_display(), ", ".join(where), _source(row), period(row.starts, row.ends, day)]
    running = row.ends is None or row.ends > day
    return Line(
        ", ".join(lines), " · ".join(filter(None, parts)),
        reverse("desk:address_end", args=[row.pk]) if running and change else "",
        warning=_("under investigation") if row.in_investigation else "",
    )  # fmt: skip


def _kin_line(kin: Any, person: Person) -> Line:
    return Line(
        kin.other.name, f"{kin.word} {person.short_name}", reverse("desk:kin_remove", args=[kin.kinship.pk]),
        page=reverse("desk:person", args=[kin.other.pk]), warning=_("died") if kin.other.died_on else "",
    )  # fmt: skip


def _ties(person: Person, by: Principal, at: dt.datetime) -> tuple[Part, bool]:
    day = clock.today(at)
    rows, hidden = seen.ties_in_sight(person, by, at=at)

    def line(row: Any) -> Line:
        running = row.ends is None or row.ends > day
        parts = [str(row.get_strength_display()), row.can_do, "" if running else period(row.starts, row.ends, day)]
        change = reverse("desk:tie_change", args=[row.pk]) if running else ""
        return Line(row.label, " · ".join(filter(None, parts)), change)

    return _split(rows, day, line), hidden


def answer_form(
    request: Any,
    person: Person,
    form_class: type[forms.BaseForm],
    *,
    draft: str,
    title: Any,
    button: Any,
    said: Any,
    write: Callable[[dict[str, Any], int], object],
    part: str = "",
    record: Record | None = None,
    values: Callable[[Any], dict[str, Any]] | None = None,
    intro: Any = "",
    why: Why | None = None,
    initial: Mapping[str, Any] | None = None,
    **kwargs: Any,
) -> HttpResponse:
    """Show a form about a person, or carry out what it asks: `write(typed, opened_version)`.

    What is typed is kept as a draft; a refusal stands beside its field; of two savers of one `record` the second sees
    both values. `part` is where on the page of the person one comes back; `why` stands under the intro.
    """
    back = reverse("desk:person", args=[person.pk]) + (f"#{part}" if part else "")
    form, kept = form_with_draft(
        request, form_class, name=draft, subject=record.pk if record else person.pk, anchor=person, record=record,
        values=values, initial=dict(initial or {}), **kwargs,
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():

            def act() -> str:
                write(form.cleaned_data, kept.opened_version)
                return done(request, said, back)

            try:
                return kept.submit(act)
            except Stale as error:
                return kept.show_both(form, error)
            except (BadInput, VoidByLaw, Unwise, NotAllowed) as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
    context = {
        "person": person, "form": form, "draft": kept, "title": title, "button": button, "back": back, "intro": intro,
        "why": why,
    }  # fmt: skip
    return render(request, "desk/person_form.html", context, status=status)
