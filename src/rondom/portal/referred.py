"""The referrals of a practice or institution as it may hear of them (ADR 0616, docs/reference/ways-in.md).

Without consent: that it reached us and which provider helps. When help began and ended is told with the consent of who
must agree by law; to who determines or orders help: from when, to carry out the measure. A provider is left out when
somebody's whereabouts are secret: where the help is would point to them.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from rondom.allocations.referred import Given, help_after
from rondom.core import clock
from rondom.core.components import Column, Pill, Table
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.dossiers.sharing import told_to_place
from rondom.entry import registrations
from rondom.entry.enums import ReferrerKind
from rondom.entry.models import Partner, Referral
from rondom.entry.rules import may_hear
from rondom.people.whereabouts import secret_among


def table_of(by: Principal, place: Partner, *, at: dt.datetime) -> tuple[Table | None, list[Any]]:
    """Return the referrals of a place as a table, None without any; and in sentences what it may hear of them."""
    rows = registrations.referred_by(by, at=at, page="portal.place_referrals_shown")
    if not rows:
        return None, []
    youths = [row.dossier.youth for row in rows]
    agreed = told_to_place(place.pk, youths, clock.today(at))
    secret, given = secret_among({youth.pk for youth in youths}), help_after(rows)
    columns = [Column(_("Which child")), Column(_("Reached us on")), Column(_("Help by"))]
    columns += [Column(_("How it goes")), Column(_("Why you may hear this"))]
    lines = [
        [
            row.dossier.youth.name, date_words(row.received_on), _provider(row, row.dossier.youth_id in secret),
            *_how(row, given.get(row.pk), agreed.get(row.dossier.youth_id)),
        ]
        for row in rows
    ]  # fmt: skip
    hears = list(dict.fromkeys(str(may_hear(row.kind)) for row in rows))
    return Table(_("Children you referred"), columns, lines), hears


def _provider(row: Referral, closed: bool) -> str:
    return row.provider.name if row.provider and not closed else "–"


def _how(row: Referral, given: Given | None, agreed: dt.date | None) -> list[Any]:
    """Return what is told of the help, and on which ground."""
    received = [Pill(_("received"), "calm"), _("you referred")]
    ordered = row.kind not in ReferrerKind.doctors()
    if given is None or not (agreed or ordered):
        return received
    if agreed and given.stopped_on:
        said = _("ended on %(day)s") % {"day": date_words(given.stopped_on)}
    else:
        said = _("began on %(day)s") % {"day": date_words(given.started_on)}
    if agreed:
        return [Pill(said, "calm"), _("with consent, given on %(day)s") % {"day": date_words(agreed)}]
    return [Pill(said, "calm"), _("to carry out the measure")]
