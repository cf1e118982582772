"""Pages for parents and young people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from rondom.accounts.doors import DoorRequest, resident_door
from rondom.core import clock
from rondom.core.events import look
from rondom.dossiers import resident as queries
from rondom.dossiers.models import Dossier
from rondom.dossiers.opening import open_dossier
from rondom.dossiers.why import sight_why, told_until, told_why
from rondom.plans.resident import asked_of, plans_by_dossier
from rondom.portal import looks
from rondom.portal.kept import what_is_kept
from rondom.privacy.actions import withdraw_consent
from rondom.privacy.enums import Sight


def _open(request: DoorRequest, dossier: UUID, page: str) -> Dossier:
    return open_dossier(request.principal, dossier, at=clock.now(), page=page, sight=Sight.RESIDENT)


@resident_door()
def home(request: DoorRequest) -> HttpResponse:
    """Show whose dossiers one may see, whom to call and what is planned."""
    by, at = request.principal, clock.now()
    dossiers = queries.my_dossiers(by, at=at)
    look(by, "portal.home_shown", subjects=[("dossier", d.pk) for d in dossiers], at=at)
    contacts = queries.contacts_for(dossiers, at=at)
    planned = queries.planned_by_dossier(by, dossiers, at=at)
    plans = plans_by_dossier(by, dossiers, at=at)
    said_at = [(plan.pk, pk) for pk, rows in plans.items() for plan in rows]
    first = dict(reversed(said_at))  # said once, not at every child
    asked = {first[pk] for pk in asked_of(by, at=at) if pk in first}
    context = {
        "young": queries.is_young(by, at=at),
        "cards": [
            {
                "dossier": d,
                "is_me": d.youth_id == by.person,
                "contact": contacts[d.pk],
                "next": next(iter(planned[d.pk]), None),
                "plans": plans.get(d.pk, []),
                "to_sign": d.pk in asked,
            }
            for d in dossiers
        ],
    }
    return render(request, "portal/home.html", context)


@resident_door()
def dossier(request: DoorRequest, dossier: UUID) -> HttpResponse:
    """Show one dossier: the contact person, what is planned, what was written down."""
    by, at = request.principal, clock.now()
    row = _open(request, dossier, "portal.dossier_shown")
    context = {
        "young": queries.is_young(by, at=at),
        "dossier": row,
        "is_me": row.youth_id == by.person,
        "contact": queries.contact_for(row, at=at),
        "planned": queries.planned_for(by, row, at=at),
        "notes": queries.notes_for(by, row, at=at),
        "sight": sight_why(row, by.key, clock.today(at)),
        "until": told_until(row, clock.today(at)).outcome,
        "retention": told_why(row, clock.today(at)),
    }
    return render(request, "portal/dossier.html", context)


@resident_door()
def who_looked(request: DoorRequest, dossier: UUID) -> HttpResponse:
    """Show who looked at a dossier, in which role and why, refused attempts included."""
    by, at = request.principal, clock.now()
    row = _open(request, dossier, "portal.looks_shown")
    context = {
        "young": queries.is_young(by, at=at),
        "dossier": row,
        "is_me": row.youth_id == by.person,
        "lines": looks.lines_for(row.pk, since=queries.right_since(by, row, at=at)),
        "contact": queries.contact_for(row, at=at),
    }
    return render(request, "portal/who_looked.html", context)


@resident_door()
def kept(request: DoorRequest) -> HttpResponse:
    """Say in plain words what is kept about people, what for, and how long."""
    context = {"young": queries.is_young(request.principal, at=clock.now()), "purposes": what_is_kept()}
    return render(request, "portal/kept.html", context)


@resident_door()
def consents(request: DoorRequest) -> HttpResponse:
    """Show what one agreed to share oneself, and let it be taken back."""
    at = clock.now()
    day = clock.today(at)
    rows = queries.own_consents(request.principal, at=at, page="portal.consents_shown")
    context = {
        "young": queries.is_young(request.principal, at=at),
        "now": [one for one in rows if one[0].in_force_on(day)],
        "against": [one for one in rows if one[0].objects_on(day)],
        "over": [one for one in rows if not (one[0].in_force_on(day) or one[0].objects_on(day))],
    }
    return render(request, "portal/consents.html", context)


@resident_door()
def consent_withdraw(request: DoorRequest, consent: UUID) -> HttpResponse:
    """Take back a consent of one's own: one question, one button."""
    by, at = request.principal, clock.now()
    row, name = queries.own_consent(by, consent, at=at, page="portal.consents_shown")
    if request.method == "POST":
        withdraw_consent(by=by, at=at, consent=row)
        sentence = _("Taken back.") if row.objection else _("Taken back. From now on nothing is shared on it.")
        messages.success(request, str(sentence))
        return redirect("portal:consents")
    context = {
        "young": queries.is_young(by, at=at), "row": row, "name": name,
        "holds": row.in_force_on(clock.today(at)) or row.objects_on(clock.today(at)),
    }  # fmt: skip
    return render(request, "portal/consent_withdraw.html", context)
