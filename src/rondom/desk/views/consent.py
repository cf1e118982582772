"""Consent to share data of a person: what holds, record, take back; and whether something may be shared."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import once
from rondom.core.clock import now, today
from rondom.core.why import of_law
from rondom.desk import drafts
from rondom.desk.consent_forms import ConsentForm, MayShareForm, ObjectionForm, yes_or_no
from rondom.desk.doors import act_once, done, family_door
from rondom.desk.persons import answer_form
from rondom.desk.views.person import EDIT, PAGE
from rondom.dossiers import actions, sharing
from rondom.dossiers.enums import Receiver, SharePurpose, ShareWhat
from rondom.dossiers.opening import open_fact, open_person
from rondom.dossiers.why import sharing_why
from rondom.entry.registrations import partners_for
from rondom.law import consent as law
from rondom.law import grounds
from rondom.law.engine import word_for
from rondom.people.models import Person
from rondom.people.queries import authority_over
from rondom.privacy.actions import withdraw_consent
from rondom.privacy.models import Consent


@family_door
def consents(request: Any, person: UUID) -> HttpResponse:
    """What was agreed to share about this person, what is missing, what was taken back; and who must agree today."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=PAGE)
    day = today(at)
    picture = authority_over(row, day)
    agreements = sharing.agreements_seen(row, by, at=at, picture=picture)
    context = {
        "person": row, "givers": sharing.givers_for(row, day, picture), "why": sharing_why(row, picture, day),
        "now": [a for a in agreements if a.holds], "over": [a for a in agreements if not a.holds],
    }  # fmt: skip
    return render(request, "desk/consents.html", context)


@family_door
def consent_new(request: Any, person: UUID) -> HttpResponse:
    """Record that who must agree did: with whom, what for, which information."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    day = today(at)
    picture = authority_over(row, day)
    givers = sharing.givers_for(row, day, picture)
    return answer_form(
        request, row, ConsentForm, draft=drafts.CONSENT, title=_("Record consent to share"), button=_("Record"),
        said=_("Recorded. It can be taken back at any moment."), part="toestemming", givers=givers,
        places=partners_for(by, at=at), why=sharing_why(row, picture, day),
        intro=_("Consent in general does not exist: always for one purpose, with somebody by name, and certain "
                "information. Tell them that they may say no, and may take it back."),
        write=lambda typed, _version: actions.give_consent(
            by=by, at=at, person=row, givers=typed["givers"], purpose=typed["purpose"], parties=typed["parties"],
            data=typed["information"], ends=typed["ends"], points_to_place=typed["points_to_place"],
            place=typed["place"],
        ),
    )  # fmt: skip


@family_door
def objection_new(request: Any, person: UUID) -> HttpResponse:
    """Record that somebody who has a say objects to sharing; consent of others is not complete while it stands."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=EDIT)
    day = today(at)
    picture = authority_over(row, day)
    return answer_form(
        request, row, ObjectionForm, draft=drafts.OBJECTION, title=_("Record an objection to sharing"),
        button=_("Record"), said=_("Recorded. Nothing is shared on the consent of others while it stands."),
        part="toestemming", givers=sharing.givers_for(row, day, picture), why=sharing_why(row, picture, day),
        intro=_("Nobody has to say why. Tell who objects that a judge may decide, and that help goes on."),
        write=lambda typed, _version: actions.object_to_sharing(
            by=by, at=at, person=row, objector=typed["objector"], purpose=typed["purpose"], parties=typed["parties"],
            data=typed["information"], points_to_place=typed["points_to_place"],
        ),
    )  # fmt: skip


@family_door
def consent_withdraw(request: Any, consent: UUID) -> HttpResponse:
    """Take a consent or an objection back: one question, one button. From that moment it does not count."""
    at, by = now(), request.principal
    fact, row = _consent(request, consent, at)
    back = reverse("desk:consents", args=[row.pk])
    if request.method == "POST":

        def act() -> str:
            withdraw_consent(by=by, at=at, consent=fact)
            said = _("Taken back. From now on nothing is shared on it.")
            if fact.objection:
                said = _("Taken back. This person does not object any more.")
            return done(request, said, back)

        return act_once(request, act)
    listed = ((a, one) for a in sharing.agreements_seen(row, by, at=at) for one in a.given)
    agreement, given = next((a, one) for a, one in listed if one.row.pk == fact.pk)
    context = {"person": row, "agreement": agreement, "given": given, "back": back, "once_key": once.fresh()}
    return render(request, "desk/consent_withdraw.html", context)


def _consent(request: Any, pk: UUID, at: Any) -> tuple[Consent, Person]:
    return open_fact(request.principal, Consent, pk, at=at, page=EDIT)


@family_door
def may_share(request: Any, person: UUID) -> HttpResponse:
    """Ask whether information may be shared with somebody: yes, no or doubt, with the article and what to do."""
    at, by = now(), request.principal
    row = open_person(by, person, at=at, page=PAGE)
    day = today(at)
    agreements = sharing.agreements_seen(row, by, at=at)
    form = MayShareForm(request.POST or None, agreements=agreements)
    context: dict[str, Any] = {"person": row, "form": form, "back": reverse("desk:consents", args=[row.pk])}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = sharing.Asked(
            Receiver(said["receiver"]), SharePurpose(said["purpose"]), ShareWhat(said["what"]),
            needed=yes_or_no(said["needed"]), free_to_refuse=yes_or_no(said["free"]),
            agreement=next((a for a in agreements if a.in_force and a.key == said["agreement"]), None),
        )  # fmt: skip
        context |= _answer(row, asked, day)
    return render(request, "desk/may_share.html", context, status=422 if form.errors else 200)


def _answer(person: Person, asked: sharing.Asked, day: Any) -> dict[str, Any]:
    """Return what the page says: the verdict, the basis with what to do, what is still to be known, and why."""
    answer = sharing.may_be_shared(person, asked, day)
    order = sharing.supervision_of([person], day)
    return {
        "verdict": str(law.verdict(answer).value), "basis": grounds.table().get(str(answer.outcome or "")),
        "asks": [word_for(law.SharingFacts, name) for name in answer.asks], "why": of_law(answer, _("Why?")),
        "body": order.body if order and answer.outcome is law.Basis.SUPERVISION else "",
        "missing": asked.agreement.missing if asked.agreement else (),
        "objecting": asked.agreement.objecting if asked.agreement else (),
    }  # fmt: skip
