"""Pages of the data steward: possible doubles, one pair, and undoing a merge. Identity fields only."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role
from rondom.core import clock, once
from rondom.core.components import Column, Row, Step, Table
from rondom.core.errors import RondomError
from rondom.core.events import look
from rondom.core.words import date_words, moment_words
from rondom.people import duplicates, merging
from rondom.people.enums import DuplicateReason, DuplicateRuling, FactSource, Sex
from rondom.people.forms import MergeForm
from rondom.people.models import DuplicateCandidate, Person

door = staff_door(Role.DATA_STEWARD)
PAGE = 50


@door
def doubles(request: Any) -> HttpResponse:
    """Pairs that may be one person, oldest first; below them the newest merges, to undo."""
    by, at = request.principal, clock.now()
    page = Paginator(duplicates.open_candidates(by), PAGE).get_page(request.GET.get("blad"))
    merges = list(merging.recent_merges(by))
    shown = {pk for c in page for pk in (c.one_id, c.other_id)} | {m.kept_id for m in merges}
    look(by, "people.doubles_shown", subjects=[("person", pk) for pk in shown], at=at)
    rows = [
        Row(
            c.one.name, reverse("people:double", args=[c.pk]),
            _("%(born)s and %(other)s, %(other_born)s: %(reason)s") % {
                "born": _born(c.one), "other": c.other.name, "other_born": _born(c.other),
                "reason": DuplicateReason(c.reason).label,
            },
            step=Step(_("Compare"), reverse("people:double", args=[c.pk]), about=c.one.name),
        )
        for c in page
    ]  # fmt: skip
    context = {"page": page, "rows": rows, "merges": merges, "once_key": once.fresh()}
    return render(request, "people/doubles.html", context)


def _born(person: Person) -> str:
    return date_words(person.born_on) if person.born_on else _("date of birth unknown")


@door
def double(request: Any, duplicatecandidate: UUID) -> HttpResponse:
    """One pair side by side: what would move, then merge or say that they are two."""
    by, at = request.principal, clock.now()
    row = duplicates.candidate_for(by, duplicatecandidate, at=at)
    pair = [row.one, row.other]
    look(by, "people.double_shown", row, subjects=[("person", p.pk) for p in pair], at=at)
    if row.ruling != DuplicateRuling.OPEN or any(p.merged_into_id for p in pair):
        messages.info(request, _("A decision was taken on this pair already."))
        return HttpResponseRedirect(reverse("people:doubles"))
    form = MergeForm(
        request.POST if request.POST.get("do") == "merge" else None, pair=pair, initial={"keep": row.one_id}
    )
    if request.method == "POST":
        answer = _ruled(request, row, pair, form)
        if answer:
            return answer
    context = {
        "row": row, "form": form, "once_key": once.typed(request) or once.fresh(), "table": _compared(pair),
        "previews": [
            (title, merging.preview(kept, gone, by=by, at=at))
            for title, kept, gone in (
                (_("When the left one is kept"), pair[0], pair[1]), (_("When the right one is kept"), pair[1], pair[0]),
            )
        ],
        "versions": {"row": row.version, "pair": f"{pair[0].version}-{pair[1].version}"},
    }  # fmt: skip
    return render(request, "people/double.html", context, status=422 if form.errors else 200)


def _ruled(request: Any, row: DuplicateCandidate, pair: list[Person], form: MergeForm) -> HttpResponse | None:
    by, at = request.principal, clock.now()

    def different() -> str:
        merging.rule_different(by=by, at=at, candidate=row, opened_version=row.version)
        messages.success(request, _("Kept as two persons. They are not proposed again."))
        return reverse("people:doubles")

    def merge() -> str:
        kept = next(p for p in pair if str(p.pk) == form.cleaned_data["keep"])
        gone = next(p for p in pair if p is not kept)
        merging.merge_persons(
            by=by, at=at, kept=kept, gone=gone, reason=form.cleaned_data["reason"], opened_version=gone.version
        )
        messages.success(request, _("They are one person now. You can undo this below."))
        return reverse("people:doubles")

    if request.POST.get("do") == "different":
        return once.answer(request, different)
    if not form.is_valid():
        return None
    if request.POST.get("_pair") != f"{pair[0].version}-{pair[1].version}":
        form.add_error(None, _("Somebody changed one of the two while you were looking. Compare them again."))
        return None
    try:
        return once.answer(request, merge)
    except RondomError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return None


def _compared(pair: list[Person]) -> Table:
    def line(label: Any, values: list[Any]) -> list[Any]:
        return [label, *(value or _("not known") for value in values)]

    rows = [
        line(_("First names"), [p.first_names for p in pair]),
        line(_("Called"), [p.called for p in pair]),
        line(_("Family name"), [" ".join(filter(None, (p.name_prefix, p.family_name))) for p in pair]),
        line(_("Date of birth"), [date_words(p.born_on) if p.born_on else "" for p in pair]),
        line(_("Sex"), [Sex(p.sex).label for p in pair]),
        line(_("BSN"), [p.bsn for p in pair]),
        line(_("Source of the BSN"), [FactSource(p.bsn_source).label if p.bsn_source else "" for p in pair]),
        line(_("Registered"), [moment_words(p.created_at) for p in pair]),
    ]
    return Table(_("The two beside each other"), [Column(""), Column(_("Left")), Column(_("Right"))], rows)


@door
@require_POST
def undo(request: Any, merge: UUID) -> HttpResponse:
    """Take a merge back."""
    by, at = request.principal, clock.now()
    row = duplicates.merge_for(by, merge, at=at)

    def act() -> str:
        merging.undo_merge(by=by, at=at, merge=row, opened_version=row.version)
        messages.success(request, _("Undone: they are two persons again."))
        return reverse("people:doubles")

    return once.answer(request, act)
