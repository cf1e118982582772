"""What allocations put in the inbox: orders the back office sent back, until somebody orders again or leaves it."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.allocations.actions import SENT_BACK
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.inbox import Box, Incoming, boxes
from rondom.dossiers.queries import clocks_for


def _sent_back(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in clocks_for(by, at=at).filter(kind=SENT_BACK):
        step = Step(_("To the help"), reverse("allocations:of_family", args=[row.case_id]))
        yield Incoming(row.started_at, row.title, step, row.case_id, (("case", row.case_id),))


boxes.register("sent_back", Box("terug", gettext_lazy("Orders sent back"), _sent_back))
