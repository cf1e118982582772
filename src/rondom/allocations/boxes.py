"""What allocations put in the inbox: orders the back office sent back, until somebody orders again or leaves it."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.allocations.actions import SENT_BACK
from rondom.allocations.queries import handed_over_late
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.inbox import Box, Incoming, boxes
from rondom.dossiers.queries import clocks_for


def _sent_back(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in clocks_for(by, at=at).filter(kind=SENT_BACK):
        step = Step(_("To the help"), reverse("allocations:of_family", args=[row.case_id]))
        yield Incoming(row.started_at, row.title, step, row.case_id, (("case", row.case_id),))


def _to_hand_over(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in handed_over_late(by, at=at):
        order = row.allocation
        words = {"what": order.what, "child": order.dossier.youth.short_name}
        step = Step(_("Hand over"), reverse("allocations:allocation", args=[order.pk]))
        text = _("%(what)s for %(child)s has begun; the provider has not taken over yet") % words
        about = (("dossier", order.dossier_id), ("case", row.case_id))
        yield Incoming(row.created_at, text, step, row.case_id, about)


boxes.register("handed_over", Box("warm", gettext_lazy("Warm handovers"), _to_hand_over))
boxes.register("sent_back", Box("terug", gettext_lazy("Orders sent back"), _sent_back))
