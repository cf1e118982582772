"""What decisions put in the inbox: applications nobody began on, what is to be signed, what came back unsigned."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.core.components import Step
from rondom.core.events import Subject
from rondom.core.principals import Principal
from rondom.decisions.enums import ApplicationState, DecisionKind, DecisionState
from rondom.decisions.models import Decision
from rondom.decisions.queries import applications_for, decisions_for, to_sign
from rondom.dossiers.inbox import Box, Incoming, boxes
from rondom.dossiers.timeline import on_day


def _asked(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    begun = (
        Decision.objects.filter(application=OuterRef("pk"))
        .exclude(state=DecisionState.DROPPED)
        .exclude(kind=DecisionKind.PENALTY)
    )
    rows = applications_for(by, at=at).filter(~Exists(begun), state=ApplicationState.RUNNING, handled_by=by.key)
    for row in rows:
        step = Step(_("Look and go on"), reverse("decisions:application", args=[row.pk]))
        text = _("%(who)s asks help for %(child)s") % {
            "who": row.asked_by.name, "child": row.dossier.youth.short_name,
        }  # fmt: skip
        yield Incoming(on_day(row.received_on), text, step, row.case_id, _about(row.dossier_id))


def _sign(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in to_sign(by, at=at):
        step = Step(_("Read and sign"), reverse("decisions:sign", args=[row.case_id]))
        words = {"who": row.prepared_by.name, "child": row.dossier.youth.short_name}
        text = _("%(who)s asks your signature: decision for %(child)s") % words
        yield Incoming(row.asked_at or at, text, step, row.case_id, _about(row.dossier_id))


def _came_back(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    rows = decisions_for(by, at=at).filter(state=DecisionState.CONCEPT, prepared_by=by.key)
    for row in rows.exclude(sent_back_because=""):
        step = Step(_("Look and go on"), reverse("decisions:decision", args=[row.pk]))
        text = _("A decision for %(child)s came back unsigned") % {"child": row.dossier.youth.short_name}
        yield Incoming(row.changed_at, text, step, row.case_id, _about(row.dossier_id))


def _about(dossier: UUID) -> tuple[Subject, ...]:
    return (("dossier", dossier),)


boxes.register("asked", Box("aanvraag", gettext_lazy("Applications"), _asked))
boxes.register("to_sign", Box("tekenen", gettext_lazy("To sign"), _sign))
boxes.register("came_back", Box("ongetekend", gettext_lazy("Came back unsigned"), _came_back))
