"""Who decides for a person: authority, measures of the judge, and who acts for somebody."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rondom.core.clock import now
from rondom.core.words import date_words
from rondom.desk import drafts
from rondom.desk.doors import family_door
from rondom.desk.person_forms import AuthorityForm, EndAuthorityForm, EndForm, MeasureForm, RepresentationForm
from rondom.desk.persons import answer_form
from rondom.desk.views.person import EDIT
from rondom.dossiers import queries
from rondom.dossiers.opening import open_fact, open_person
from rondom.people import actions
from rondom.people.enums import AuthorityKind, FactSource, MeasureKind, RepresentationKind
from rondom.people.models import Authority, Measure, Representation
from rondom.people.queries import of_age_on

PART = "gezag"


@family_door
def authority_new(request: Any, person: UUID) -> HttpResponse:
    """Record who has authority over this child, since when, and how that is known."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    persons = queries.around(row, by, at=at)
    known = {str(p.pk): p for p in persons}
    return answer_form(
        request, row, AuthorityForm, draft=drafts.AUTHORITY, title=_("Who has authority"), button=_("Record"),
        said=_("Recorded."), part=PART, persons=persons, initial={"starts": row.born_on},
        intro=_("With joint authority you record each holder. Not sure? Choose “unknown” as the source."),
        write=lambda typed, _version: actions.record_authority(
            by=by, at=at, child=row, kind=AuthorityKind(typed["kind"]), source=FactSource(typed["source"]),
            starts=typed["starts"], ends=typed["ends"], holder=known.get(typed["holder"]),
            holder_organisation=typed["holder_organisation"],
        ),
    )  # fmt: skip


@family_door
def authority_end(request: Any, authority: UUID) -> HttpResponse:
    """End authority on a day, with where that is known from."""
    at, by = now(), request.principal
    fact, row = open_fact(by, Authority, authority, at=at, page=EDIT, of="child")
    name = fact.holder.name if fact.holder else fact.holder_organisation
    by_itself = of_age_on(row)
    intro = _("%(name)s: %(kind)s.") % {"name": name, "kind": AuthorityKind(fact.kind).label}
    if by_itself:
        intro += " " + _("It ends by itself on %(day)s, the 18th birthday.") % {"day": date_words(by_itself)}
    return answer_form(
        request, row, EndAuthorityForm, draft=drafts.AUTHORITY_END, title=_("End authority"), button=_("End"),
        said=_("Ended."), part=PART, record=fact, intro=intro, values=lambda r: {"ends": r.ends, "source": r.source},
        write=lambda typed, version: actions.end_authority(
            by=by, at=at, authority=fact, ends=typed["ends"], source=FactSource(typed["source"]),
            opened_version=version,
        ),
    )  # fmt: skip


@family_door
def measure_new(request: Any, person: UUID) -> HttpResponse:
    """Record a measure of the judge."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    return answer_form(
        request, row, MeasureForm, draft=drafts.MEASURE, title=_("Measure of the judge"), button=_("Record"),
        said=_("Recorded."), part=PART,
        intro=_("An extension is a measure of its own: it starts on the day the old one ends."),
        write=lambda typed, _version: actions.record_measure(
            by=by, at=at, child=row, kind=MeasureKind(typed["kind"]), body=typed["body"], starts=typed["starts"],
            ends=typed["ends"], source=FactSource(typed["source"]),
        ),
    )  # fmt: skip


@family_door
def measure_end(request: Any, measure: UUID) -> HttpResponse:
    """End a measure on another day than was ordered."""
    at, by = now(), request.principal
    fact, row = open_fact(by, Measure, measure, at=at, page=EDIT, of="child")
    return answer_form(
        request, row, EndForm, draft=drafts.MEASURE_END, title=_("End a measure"), button=_("End"), said=_("Ended."),
        part=PART, record=fact, values=lambda r: {"ends": r.ends},
        intro=_("%(kind)s, %(body)s.") % {"kind": MeasureKind(fact.kind).label, "body": fact.body},
        write=lambda typed, version: actions.end_measure(
            by=by, at=at, measure=fact, ends=typed["ends"], opened_version=version
        ),
    )  # fmt: skip


@family_door
def representation_new(request: Any, person: UUID) -> HttpResponse:
    """Record a curator, mentor or written proxy."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    persons = queries.around(row, by, at=at)
    known = {str(p.pk): p for p in persons}
    return answer_form(
        request, row, RepresentationForm, draft=drafts.REPRESENTATION, title=_("Who acts for somebody"),
        button=_("Record"), said=_("Recorded."), part=PART, persons=persons,
        write=lambda typed, _version: actions.record_representation(
            by=by, at=at, person=row, representative=known[typed["representative"]],
            kind=RepresentationKind(typed["kind"]), starts=typed["starts"], ends=typed["ends"],
            source=FactSource(typed["source"]),
        ),
    )  # fmt: skip


@family_door
def representation_end(request: Any, representation: UUID) -> HttpResponse:
    """End that somebody acts for this person."""
    at, by = now(), request.principal
    fact, row = open_fact(by, Representation, representation, at=at, page=EDIT)
    return answer_form(
        request, row, EndForm, draft=drafts.REPRESENTATION_END, title=_("End of acting for somebody"),
        button=_("End"), said=_("Ended."), part=PART, record=fact, values=lambda r: {"ends": r.ends},
        intro=_("%(name)s: %(kind)s.") % {
            "name": fact.representative.name, "kind": RepresentationKind(fact.kind).label,
        },
        write=lambda typed, version: actions.end_representation(
            by=by, at=at, representation=fact, ends=typed["ends"], opened_version=version
        ),
    )  # fmt: skip
