"""What can be asked of the register: the lines that count, and whether an import is under way."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from rondom.crisis.enums import ImportState
from rondom.crisis.models import RegisterImport, RegisterLine
from rondom.crisis.quarter import Quarter


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
