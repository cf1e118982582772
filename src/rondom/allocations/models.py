"""Help that is ordered for a youth."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import StaffMember
from rondom.allocations import enums, volumes
from rondom.core.models import Record
from rondom.core.periods import Dated
from rondom.decisions.models import Decision as Award
from rondom.dossiers.models import YOUTH_HELP, Case, Clock, Dossier, Meeting
from rondom.plans.models import Goal
from rondom.providers.models import Product, Provider

ENDED = (enums.AllocationState.PAUSED, enums.AllocationState.STOPPED)


class Allocation(Record, Dated):
    """Help ordered from a provider for one youth: a contracted product, or a free offer by name.

    `starts` and `ends` are the ordered period (half-open); `started_on` the real first day, `stopped_on` the last day
    on which help was given. `volume` counts `unit` (WJ756) per `frequency`; empty for task-based and free help.
    `award` is the decision made here that it rests on; of one made elsewhere only number and date are known. `state`
    moves in `actions._move`. Of a kind of help, or whatever fits in a budget, no volume is ordered: `budget` is the
    most it may cost over the whole period, in cents (`product.kind`; ADR 0554). The volume of a product that is paid as
    a sum (unit 83) is in cents too. `deviations` are codes of `Deviation` with spaces between; `despite` is why it is
    right all the same, read by the back office too. `right_address` and `help_needed` are the provider's two questions
    (D44).

    The waits: `registered_on` is the day of registration at the provider (empty: not written), `first_talk_on` the
    first talk there; `wait_reason` why it may take longer. `bridges` is the help this one bridges; `follows` the order
    this one goes on from. After a stop for a while (`PAUSED`) `resumed_on` is the day on which it went on, `started_on`
    stays the first. `no_contract` is why it was ordered without a contract, `mandate` under which number.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="allocations")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="allocations")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="allocations")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="allocations")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="allocations")
    free_offer = models.CharField(_("free offer"), max_length=160, blank=True)
    volume = models.PositiveIntegerField(_("how much"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=2, blank=True)
    frequency = models.CharField(_("per"), max_length=6, choices=enums.Frequency, blank=True)
    budget = models.PositiveIntegerField(_("how much money at most, in cents"), null=True, blank=True)
    ground = models.CharField(_("along which way"), max_length=10, choices=enums.Ground)
    decision = models.CharField(_("decision"), max_length=20, choices=enums.Decision)
    decision_reference = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, related_name="allocations")
    deviations = models.CharField(max_length=200, blank=True)
    despite = models.CharField(_("why it is right all the same"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=enums.AllocationState)
    ordered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="allocations_ordered")
    ordered_on = models.DateField()
    no_contract = models.CharField(_("why without a contract"), max_length=14, choices=enums.NoContract, blank=True)
    mandate = models.CharField(_("number of the agreement or mandate"), max_length=60, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    bridges = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="bridged_by")
    let_through_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    let_through_at = models.DateTimeField(null=True)
    shown_to = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, related_name="+")
    sent_back_because = models.CharField(max_length=300, blank=True)
    start_clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")
    wait_clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")
    registered_on = models.DateField(_("registered at the provider"), null=True, blank=True)
    first_talk_on = models.DateField(_("first talk at the provider"), null=True, blank=True)
    wait_reason = models.CharField(_("why the wait may be longer"), max_length=28, choices=enums.WaitReason, blank=True)
    wait_words = models.CharField(_("in a few words"), max_length=300, blank=True)
    right_address = models.BooleanField(null=True)
    help_needed = models.BooleanField(null=True)
    started_on = models.DateField(null=True)
    start_told_on = models.DateField(null=True)
    resumed_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    stop_reason = models.CharField(_("why it stopped"), max_length=16, choices=enums.StopReason, blank=True)
    stop_words = models.CharField(_("in a few words"), max_length=300, blank=True)
    end_decision = models.CharField(_("decision about the end"), max_length=60, blank=True)
    end_award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["municipality", "state", "ordered_on"]),
            models.Index(fields=["dossier", "state"]),
            models.Index(fields=["case", "state"]),
            models.Index(fields=["municipality", "state", "ends"]),
        ]
        constraints: ClassVar[list[Any]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(product__isnull=False, provider__isnull=False, free_offer="")
                | (Q(product__isnull=True) & ~Q(free_offer="")),
                name="allocations_allocation_product_or_free",
            ),
            models.CheckConstraint(
                condition=(Q(decision=enums.Decision.TAKEN, decided_on__isnull=False) & ~Q(decision_reference=""))
                | (~Q(decision=enums.Decision.TAKEN) & Q(decided_on__isnull=True, decision_reference="")),
                name="allocations_allocation_decision_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=ENDED, stopped_on__isnull=False) & ~Q(stop_reason=""))
                | (~Q(state__in=ENDED) & Q(stopped_on__isnull=True, stop_reason="")),
                name="allocations_allocation_stopped_whole",
            ),
            models.CheckConstraint(
                condition=Q(volume__isnull=True, frequency="") | (Q(volume__gt=0) & ~Q(frequency="")),
                name="allocations_allocation_volume_whole",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True)
                | Q(budget__gt=0, volume__isnull=True, product__isnull=False, ends__isnull=False),
                name="allocations_allocation_budget_whole",
            ),
            models.CheckConstraint(
                condition=Q(deviations="") | ~Q(despite=""), name="allocations_allocation_deviates_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=enums.AllocationState.WAITING)
                | Q(no_contract="")
                | ~Q(mandate="")
                | Q(state=enums.AllocationState.SENT_BACK),
                name="allocations_allocation_without_contract_with_mandate",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = (
            "provider", "product", "unit", "frequency", "state", "deviations", "ordered_by", "let_through_by",
            "let_through_at", "shown_to", "no_contract", "mandate",
        )  # fmt: skip
        personal = (
            "dossier", "case", "goal", "free_offer", "volume", "budget", "ground", "decision", "decision_reference",
            "decided_on",
            "award", "despite", "ordered_on", "sent_back_because", "start_clock", "first_talk_on", "right_address",
            "help_needed", "started_on", "stopped_on", "stop_reason", "stop_words", "end_decision", "starts", "ends",
            "follows", "bridges", "registered_on", "wait_reason", "wait_words", "start_told_on", "resumed_on",
            "wait_clock", "end_award",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {
            "product": "exact", "provider": "exact", "volume": "exact", "unit": "exact", "frequency": "exact",
            "budget": "exact",
            "ground": "exact", "decision": "exact", "state": "exact", "stop_reason": "exact", "ordered_on": "coarse",
            "first_talk_on": "coarse", "started_on": "coarse", "stopped_on": "coarse", "starts": "coarse",
            "ends": "coarse", "registered_on": "coarse", "wait_reason": "exact", "no_contract": "exact",
        }  # fmt: skip

    @property
    def what(self) -> str:
        """What help it is, in words."""
        return self.product.name if self.product else self.free_offer

    @property
    def went_out(self) -> bool:
        """Tell whether the provider got this order: nothing was unusual, or the back office let it through."""
        stays = self.state in (enums.AllocationState.WAITING, enums.AllocationState.SENT_BACK)
        return not stays and (not self.deviations or self.let_through_at is not None)

    @property
    def last_day(self) -> dt.date | None:
        """The last ordered day; None: no end agreed."""
        return self.ends - dt.timedelta(days=1) if self.ends else None


class AllocationChange(Record):
    """One change of an order after it went out: what, why, under which decision. The order itself keeps the newest.

    `ends_before`, `volume_before` and `budget_before` (in cents) are what held until then, those with `after` what
    holds since. An
    ended order that another one follows points at it. `award` is the decision when it was made here.
    `agreed_with_provider`: less or earlier, in consultation (iJw OP186, OP298). `made_at` is the moment that decides
    which version is the newest (iJw IV013).
    """

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="changes")
    follower = models.ForeignKey(Allocation, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=enums.ChangeKind)
    reason = models.CharField(_("why"), max_length=16, choices=enums.ChangeReason)
    words = models.CharField(_("in a few words"), max_length=300, blank=True)
    ends_before = models.DateField(null=True)
    ends_after = models.DateField(null=True)
    volume_before = models.PositiveIntegerField(null=True)
    volume_after = models.PositiveIntegerField(null=True)
    budget_before = models.PositiveIntegerField(null=True)
    budget_after = models.PositiveIntegerField(null=True)
    decision_reference = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_with_provider = models.BooleanField(_("agreed with the provider"), default=False)
    made_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["allocation", "made_at"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(decision_reference="", decided_on__isnull=True)
                | (~Q(decision_reference="") & Q(decided_on__isnull=False)),
                name="allocations_change_decision_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind=enums.ChangeKind.FOLLOWED, follower__isnull=False)
                | (~Q(kind=enums.ChangeKind.FOLLOWED) & Q(follower__isnull=True)),
                name="allocations_change_followed_whole",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("kind", "agreed_with_provider", "made_by", "made_at")
        personal = (
            "allocation", "follower", "reason", "words", "ends_before", "ends_after", "volume_before", "volume_after",
            "budget_before", "budget_after", "decision_reference", "decided_on", "award",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"kind": "exact", "reason": "exact", "made_at": "coarse"}

    @property
    def took_effect(self) -> bool:
        """Tell whether it happened: an order that follows and was never let through changed nothing."""
        return self.follower is None or self.follower.went_out

    @property
    def extents(self) -> tuple[str, str] | None:
        """How much it was and became, in words; None when that stayed the same or went with the order."""
        unit = self.allocation.unit
        before = volumes.in_words(self.volume_before, self.budget_before, unit)
        after = volumes.in_words(self.volume_after, self.budget_after, unit)
        return (before, after) if after and after != before else None

    @property
    def last_day_before(self) -> dt.date | None:
        """The last day as it was before this change; None: there was none."""
        return self.ends_before - dt.timedelta(days=1) if self.ends_before else None


class WarmHandover(Record):
    """The team hands a youth over in person to who gives the help, with the family there (D6, N6). One per order.

    It is there from the day the order goes out. The talk is `meeting`; `received_by` is who comes for the provider.
    `words` is what was told, `chosen` which goals; `despite` why it was held without the family. Taken over means: the
    provider said so (`accepted_by`, `accepted_on`). Until then, and until help has begun, our team stays the first to
    answer (`is_complete`). `reason` is why no handover is needed, or why it never came. `state` moves in
    `handing._move`.
    """

    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, related_name="handover")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="warm_handovers")
    state = models.CharField(max_length=10, choices=enums.HandoverState, default=enums.HandoverState.OPEN)
    handover_clock = models.ForeignKey(Clock, on_delete=models.SET_NULL, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+")
    received_by = models.CharField(_("who comes for the provider"), max_length=80, blank=True)
    held_on = models.DateField(null=True)
    words = models.TextField(_("what we handed over"), blank=True)
    despite = models.CharField(_("why without the family"), max_length=300, blank=True)
    accepted_by = models.CharField(_("who said that they take over"), max_length=80, blank=True)
    accepted_on = models.DateField(null=True)
    reason = models.CharField(_("why no handover is needed"), max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "state"])]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(state__in=(enums.HandoverState.HELD, enums.HandoverState.ACCEPTED))
                | (Q(held_on__isnull=False) & ~Q(words="")),
                name="allocations_handover_held_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state=enums.HandoverState.ACCEPTED, accepted_on__isnull=False) & ~Q(accepted_by=""))
                | (~Q(state=enums.HandoverState.ACCEPTED) & Q(accepted_on__isnull=True, accepted_by="")),
                name="allocations_handover_accepted_whole",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=("ended", "missed")) & ~Q(reason=""))
                | (~Q(state__in=("ended", "missed")) & Q(reason="")),
                name="allocations_handover_ended_with_reason",
            ),
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("state",)
        personal = (
            "allocation", "case", "handover_clock", "meeting", "held_on", "words", "despite", "accepted_on", "reason",
            "received_by", "accepted_by",
        )  # fmt: skip
        release: ClassVar[dict[str, str]] = {"state": "exact", "held_on": "coarse", "accepted_on": "coarse"}

    @property
    def is_open(self) -> bool:
        """Tell whether our team still has something to do for it."""
        return self.state in enums.HandoverState.open_states()

    @property
    def is_complete(self) -> bool:
        """Tell whether the provider took over and help has begun: only then our team steps back (N6)."""
        return self.state == enums.HandoverState.ACCEPTED and self.allocation.started_on is not None

    @property
    def talk_stands(self) -> bool:
        """Tell whether a talk is planned that was not cancelled."""
        if self.state != enums.HandoverState.PLANNED or self.meeting is None:
            return False
        return not self.meeting.cancelled_reason


class HandoverGoal(models.Model):
    """A goal of the plan that was handed over, in the words it had then: typed once, in the plan."""

    id = models.BigAutoField(primary_key=True)
    handover = models.ForeignKey(WarmHandover, on_delete=models.CASCADE, related_name="chosen")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True)
    text = models.TextField()
    said_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["handover", "goal"], name="allocations_handovergoal_once")
        ]

    class Privacy:
        purpose, ground, retention = YOUTH_HELP.values()
        open = ("id",)
        personal = ("handover", "goal", "text", "said_by")
