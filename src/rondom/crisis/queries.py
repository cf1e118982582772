"""What can be asked of the register: the lines that count, whether an import is under way, and who keeps it."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.queries import kind_of_organisation
from rondom.core.errors import NotFound
from rondom.core.events import look
from rondom.core.principals import Principal
from rondom.crisis import lists
from rondom.crisis.enums import ImportState
from rondom.crisis.models import RegisterImport, RegisterLine
from rondom.crisis.quarter import Quarter


def kept_by(by: Principal) -> str:
    """Return the region of the register somebody keeps; raise NotFound for who keeps none.

    It is kept by who works at a crisis desk, in that role: the desk of the region its municipality lies in. This is the
    only relation to the lines and to the internal figures that are made of them.
    """
    if by.has(Role.CRISIS_DESK) and kind_of_organisation(by) == OrganisationKind.CRISIS_DESK:
        region = lists.region_around(by.municipality)
        if region:
            return region
    raise NotFound("")


def line_kept_by(by: Principal, pk: UUID, *, at: dt.datetime) -> RegisterLine:
    """Return a line that counts in the register somebody keeps; raise NotFound, and note it for one of another."""
    region = kept_by(by)
    line = counting(region).filter(pk=pk).first()
    if line is None:
        if RegisterLine.objects.exclude(region=region).filter(pk=pk).exists():
            look(by, "crisis.line_opened", at=at, result="denied", object_kind="crisis.registerline", object_id=str(pk))
        raise NotFound("")
    return line


def imports_of(region: str) -> QuerySet[RegisterImport]:
    """Return the files that were stored in a register, newest first."""
    return RegisterImport.objects.filter(region=region, state=ImportState.STORED).order_by("-ended_at", "-pk")


def quarters(region: str) -> list[Quarter]:
    """Return the quarters in which a line that counts was reported or ended, newest first."""
    rows = counting(region)
    days = [*rows.dates("reported_on", "month"), *rows.filter(ended_on__isnull=False).dates("ended_on", "month")]
    found = {Quarter(day.year, (day.month + 2) // 3) for day in days}
    return sorted(found, key=lambda quarter: quarter.starts, reverse=True)


def counting(region: str) -> QuerySet[RegisterLine]:
    """Return the lines of a register that count: stored as a whole, not replaced by a correction, not withdrawn."""
    return _newest(region).filter(withdrawn_at__isnull=True)


def withdrawn(region: str, report_ids: Iterable[str]) -> dict[str, RegisterLine]:
    """Return the lines with these numbers in the register that were withdrawn and not put back, by number."""
    rows = _newest(region).filter(withdrawn_at__isnull=False, report_id__in=list(report_ids))
    counts = set(counting(region).filter(report_id__in=list(report_ids)).values_list("report_id", flat=True))
    return {line.report_id: line for line in rows if line.report_id not in counts}


def _newest(region: str) -> QuerySet[RegisterLine]:
    return RegisterLine.objects.filter(region=region, batch__state=ImportState.STORED, replaced_at__isnull=True)


def of_quarter(region: str, quarter: Quarter) -> QuerySet[RegisterLine]:
    """Return the counting lines that were reported or ended in a quarter."""
    within = (quarter.starts, quarter.last)
    return counting(region).filter(Q(reported_on__range=within) | Q(ended_on__range=within))


def known_lines(region: str, report_ids: Iterable[str]) -> dict[str, RegisterLine]:
    """Return the counting lines with these numbers in the register, by number."""
    return {line.report_id: line for line in counting(region).filter(report_id__in=list(report_ids))}


def unfinished(region: str) -> QuerySet[RegisterImport]:
    """Return the imports of a register that were begun and neither stored nor discarded."""
    return RegisterImport.objects.filter(region=region, state=ImportState.STAGING)


def regions_with_lines() -> list[str]:
    """Return the regions whose register holds a line that counts."""
    stored = RegisterImport.objects.filter(state=ImportState.STORED)
    return sorted(stored.values_list("region", flat=True).distinct())
