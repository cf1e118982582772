"""What a key may do, and the words of the wire for what we call otherwise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.allocations.enums import AllocationState, Frequency, Ground
from rondom.entry.enums import PartnerKind, ReporterKind


class Scope(models.TextChoices):
    """What a key may do; a key holds one or both."""

    CONCERNS = "concerns:write", _("send worries, and hear whether they were picked up")
    ALLOCATIONS = "allocations:read", _("read what was ordered: product, volume, period and ground")


REPORTER_OF = {
    PartnerKind.GENERAL_PRACTICE: ReporterKind.GENERAL_PRACTICE, PartnerKind.YOUTH_HEALTH: ReporterKind.YOUTH_HEALTH,
    PartnerKind.HOSPITAL: ReporterKind.HOSPITAL, PartnerKind.SCHOOL: ReporterKind.SCHOOL,
    PartnerKind.CHILDCARE: ReporterKind.CHILDCARE, PartnerKind.OTHER: ReporterKind.OTHER,
}  # fmt: skip
"""As which kind of professional a connected place reports; a provider or the municipality: another professional."""

WIRE_GROUND = {Ground.MUNICIPAL: "gemeente", Ground.MEDICAL: "arts", Ground.GI: "gi", Ground.COURT: "rechter"}
WIRE_STATE = {
    AllocationState.ORDERED: "besteld", AllocationState.STARTED: "gestart", AllocationState.PAUSED: "onderbroken",
    AllocationState.STOPPED: "gestopt", AllocationState.WITHDRAWN: "ingetrokken",
}  # fmt: skip
WIRE_FREQUENCY = {
    Frequency.DAY: "dag", Frequency.WEEK: "week", Frequency.MONTH: "maand", Frequency.TOTAL: "periode",
}  # fmt: skip
