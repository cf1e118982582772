"""What entry gives to the timeline of a family: that a worry or referral came in, never who reported a worry."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.components import Step
from rondom.core.principals import Principal
from rondom.dossiers.models import Case, Clock
from rondom.dossiers.steps import steps
from rondom.dossiers.timeline import NEWEST, Entry, timeline
from rondom.entry.actions import FIRST_CONTACT
from rondom.entry.models import Referral
from rondom.entry.queries import beginnings
from rondom.entry.registrations import referrals_in


@timeline("entry")
def entries(case: Case, by: Principal, at: dt.datetime) -> list[Entry]:
    """Return the worries with which a case began or that were added to it, and referrals past our triage."""
    return [
        Entry(
            at=row.received_at, lane=_("Worry"), title=_("A worry came in"), link="entry:concern",
            link_args={"concern": row.pk},
        )
        for row in beginnings(case, by, at=at)[:NEWEST]
    ] + [_referred(row) for row in referrals_in(case, by, at=at)[:NEWEST]]  # fmt: skip


def _referred(row: Referral) -> Entry:
    words = {"who": row.get_kind_display(), "provider": row.provider.name if row.provider else _("not known")}
    return Entry(
        at=dt.datetime.combine(row.received_on, dt.time(), clock.AMSTERDAM), lane=_("Worry"),
        title=_("A referral came in"), detail=_("%(who)s; provider: %(provider)s") % words, whole_day=True,
    )  # fmt: skip


@steps(FIRST_CONTACT)
def write_note(row: Clock) -> Step:
    """The first talk is written as a note; it meets the date."""
    return Step(_("Done"), reverse("desk:clock_meet", kwargs={"clock": row.pk}), post=True)
