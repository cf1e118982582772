"""My school, my practice: for who works there and signed in. Whom of us to call, share a worry, what became of it.

What is told is what a reporter may hear (entry.ways, practice 16): received, picked up, and who calls. Nothing tells
whether a file was opened: what was picked up leaves this page after the same weeks, whatever was decided. A practice or
institution that refers also reads its referrals (portal.referred).
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.doors import referrer_door
from rondom.accounts.queries import referrer
from rondom.core.clock import now, today
from rondom.core.components import Column, Pill, Table
from rondom.core.words import date_words
from rondom.dossiers import drafts
from rondom.dossiers.doors import done, tried
from rondom.dossiers.drafts import FORMS, DraftForm, form_with_draft
from rondom.entry import actions, queries, registrations
from rondom.entry.enums import ConcernState, Part, PartnerKind
from rondom.entry.forms import OwnWorryForm
from rondom.entry.models import Concern, Partner
from rondom.entry.rules import may_hear
from rondom.portal.referred import table_of

DRAFT = "portal.worry"
FORMS.register(DRAFT, DraftForm(gettext_lazy("A worry"), lambda _key: reverse("place:share")))
PRACTICES = (PartnerKind.GENERAL_PRACTICE, PartnerKind.YOUTH_HEALTH)


def _title(place: Partner) -> str:
    if place.kind == PartnerKind.SCHOOL:
        return _("My school")
    return _("My practice") if place.kind in PRACTICES else _("My organisation")


@referrer_door()
def home(request: Any) -> HttpResponse:
    """Whom of us to call, what I began to write, what I shared, and what became of the referrals of this place."""
    at, by = now(), request.principal
    me = referrer(by)
    place = registrations.place_of(me)
    rows = queries.shared_by(by, at=at, page="portal.place_shown")
    referred, hears = table_of(by, place, at=at)
    columns = [Column(_("Which child")), Column(_("Shared on")), Column(_("What you may hear"))]
    context = {
        "title": _title(place), "place": place, "me": me, "may_hear": may_hear(place.kind),
        "contact": registrations.contact_of(place, today(at)),
        "begun": drafts.load(by, form=DRAFT, subject=by.key, at=at),
        "table": Table(_("What you shared"), columns, [_line(row) for row in rows]) if rows else None,
        "referred": referred, "hears": hears,
    }  # fmt: skip
    return render(request, "portal/place/home.html", context)


def _line(row: Concern) -> list[Any]:
    """Return a line of what was shared: the names as they were told, the day, and one of two words."""
    names = ", ".join(who.name for who in row.persons.all() if who.part == Part.CHILD)
    waits = row.state == ConcernState.WAITING
    return [names, date_words(today(row.received_at)), Pill(_("received") if waits else _("picked up"), "calm")]


@referrer_door()
def share(request: Any) -> HttpResponse:
    """Share a worry: what was seen, whether one talked with the parents, and if not, why."""
    at, by = now(), request.principal
    me = referrer(by)
    form, draft = form_with_draft(request, OwnWorryForm, name=DRAFT, subject=by.key)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def send() -> str:
            actions.share_worry(
                by=by, at=at, referrer=me, worry=said["worry"], going_well=said["going_well"],
                danger_now=said["danger_now"], talked_on=said["talked_on"],
                not_talked_because=said["not_talked_because"], agreed_with_family=said["agreed_with_family"],
                persons=[actions.Named(*named) for named in form.named()],
            )  # fmt: skip
            return done(request, _("Shared. Here you read when it is picked up."), reverse("place:home"))

        answer = tried(form, lambda: draft.submit(send))
        if answer:
            return answer
    context = {"form": form, "draft": draft, "me": me, "place": registrations.place_of(me)}
    return render(request, "portal/place/share.html", context)
