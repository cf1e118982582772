"""What entry puts in the inbox: worries that wait, questions without a name, places that lost their contact person."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.inbox import Box, Incoming, boxes
from rondom.entry.enums import Part
from rondom.entry.queries import triages, unanswered, waiting
from rondom.entry.registrations import left_alone


def _worries(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    if not triages(by):
        return
    for row in waiting(by, at=at):
        names = ", ".join(who.name for who in row.persons.all() if who.part == Part.CHILD)
        step = Step(_("Look and decide"), reverse("entry:concern", args=[row.pk]))
        yield Incoming(row.received_at, names or _("A worry"), step, row.case_id, (("concern", row.pk),),
                       pressing=row.danger_now)  # fmt: skip


def _without_name(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    for row in unanswered(by):
        since = dt.datetime.combine(row.asked_on, dt.time(), clock.AMSTERDAM)
        step = Step(_("Answer"), reverse("entry:question", args=[row.pk]))
        yield Incoming(since, Truncator(row.text).chars(80), step, subjects=(("openquestion", row.pk),))


def _without_contact(by: Principal, at: dt.datetime) -> Iterable[Incoming]:
    if not by.has(Role.TEAM_LEAD, Role.PROCESS_COORDINATOR):
        return
    for place, since in left_alone(by, at=at):
        text = _("%(place)s has nobody of us to call any more") % {"place": place.name}
        step = Step(_("Choose a successor"), reverse("entry:partner", args=[place.pk]))
        yield Incoming(dt.datetime.combine(since, dt.time(), clock.AMSTERDAM), text, step)


boxes.register("worries", Box("zorg", gettext_lazy("Worries"), _worries))
boxes.register("without_name", Box("zonder-naam", gettext_lazy("Questions without a name"), _without_name))
boxes.register("without_contact", Box("contactpersoon", gettext_lazy("Contact persons"), _without_contact))
