"""What plans put in the inbox: what a family wrote at home, who does not sign, goals a second person is to look at."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.inbox import Box, Incoming, boxes
from rondom.dossiers.queries import rests_with
from rondom.plans.enums import WritingState
from rondom.plans.queries import declined, screenings_for, writings_for


def _from_home(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    rows = writings_for(by, at=at).filter(state=WritingState.SHARED, case__in=rests_with(by, at=at))
    for row in rows:
        step = Step(_("Read and take over"), reverse("plans:writing", args=[row.pk]))
        text = _("%(who)s wrote at home: %(kind)s") % {"who": row.person.name, "kind": row.get_kind_display()}
        yield Incoming(row.shared_at or at, text, step, row.case_id, (("case", row.case_id),))


def _not_signed(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in declined(by, at=at).filter(case__in=rests_with(by, at=at)):
        step = Step(_("Talk about signing"), reverse("plans:plan", args=[row.plan_id]))
        text = _("%(who)s does not sign the plan") % {"who": row.person.name}
        yield Incoming(row.answered_at or at, text, step, row.case_id, (("case", row.case_id),))


def _to_screen(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in screenings_for(by, at=at).filter(judged_at=None, asked_of=by.key):
        step = Step(_("Read and answer"), reverse("plans:screening", args=[row.pk]))
        text = _("%(who)s asks you to look at a goal") % {"who": row.asked_by.name}
        yield Incoming(row.asked_at, text, step, row.case_id, (("case", row.case_id),))


boxes.register("from_home", Box("thuis", gettext_lazy("Written at home"), _from_home))
boxes.register("not_signed", Box("niet-getekend", gettext_lazy("Does not sign"), _not_signed))
boxes.register("to_screen", Box("doelen", gettext_lazy("Goals to look at"), _to_screen))
