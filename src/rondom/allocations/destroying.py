"""What becomes of ordered help when a dossier is destroyed: it goes with the dossier it was ordered for."""

from django.db.models import F

from rondom.allocations.models import Allocation, HandoverGoal, WarmHandover
from rondom.privacy.destruction import Doomed, follows, goes, keys_where


def _without_goal(doomed: Doomed) -> None:
    """Help for a brother stays, also when the goal or clock beside it goes."""
    own = "allocations.Allocation"
    kinds = (
        ("goal", "plans.Goal"), ("start_clock", "dossiers.Clock"), ("wait_clock", "dossiers.Clock"), ("follows", own),
        ("bridges", own),
    )  # fmt: skip
    for column, label in kinds:
        rows = Allocation.objects.filter(**{f"{column}__in": doomed.of(label)})
        rows.exclude(pk__in=doomed.of("allocations.Allocation")).update(**{column: None}, version=F("version") + 1)


def _without_talk(doomed: Doomed) -> None:
    """A handover stays with the help of a brother, also when the meeting, the date or a goal beside it goes."""
    rows = WarmHandover.objects.exclude(pk__in=doomed.of("allocations.WarmHandover"))
    for column, label in (("meeting", "dossiers.Meeting"), ("handover_clock", "dossiers.Clock")):
        rows.filter(**{f"{column}__in": doomed.of(label)}).update(**{column: None}, version=F("version") + 1)
    HandoverGoal.objects.filter(goal__in=doomed.of("plans.Goal")).exclude(
        pk__in=doomed.of("allocations.HandoverGoal")
    ).update(goal=None)


goes(
    "allocations.Allocation", loosen=_without_goal,
    rows=lambda doomed: keys_where(Allocation, "dossier__in", doomed.of("dossiers.Dossier")),
)  # fmt: skip
follows("allocations.AllocationChange", "allocation", "follower")
goes(
    "allocations.WarmHandover", loosen=_without_talk,
    rows=lambda doomed: keys_where(WarmHandover, "allocation__in", doomed.of("allocations.Allocation")),
)  # fmt: skip
follows("allocations.HandoverGoal", "handover")
