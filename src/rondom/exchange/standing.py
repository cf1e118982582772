"""How an order stands with the provider: what was told, what came back, who has to act, and until when.

The days are counted in working days and follow from the standard, which the Regeling Jeugdwet makes an obligation
(art. 6c.1): a return message within 3 of receipt (iJw OP090), a start within 5 of the real start, or of receiving the
order when it was ordered afterwards (OP271). The real start is known to the provider alone: the first ordered day is
the earliest it can be. Nothing is late before that.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from rondom.allocations.enums import AllocationState
from rondom.allocations.models import Allocation
from rondom.allocations.queries import orders_for
from rondom.core import clock
from rondom.core.principals import Principal
from rondom.core.why import Why
from rondom.core.words import date_words
from rondom.exchange import queries
from rondom.exchange.delivering import not_taken
from rondom.exchange.enums import Hindrance, State
from rondom.exchange.models import Assignment, AssignmentVersion, Delivery, Message
from rondom.exchange.ordering import NOT_SENT, assignment_of, is_assigned, told, untold
from rondom.law.calendar import add_working_days
from rondom.messages.explaining import ReturnCode, return_codes

START_DAYS = 5  # working days for a start message (OP271)
REGULATION = "Regeling Jeugdwet art. 6c.1"


@dataclass(frozen=True)
class Due:
    """A day until which somebody may take, and why."""

    day: dt.date
    why: Why


@dataclass(frozen=True)
class Standing:
    """One order as it stands with the provider.

    `message` is the newest JW301 that tells of it; `repairs` is True when something has to be put right and sent again,
    `codes` what the provider did not accept. `refused` are starts and stops the order did not follow.
    """

    allocation: Allocation
    assignment: Assignment | None = None
    version: AssignmentVersion | None = None
    message: Message | None = None
    hindrance: str = ""
    codes: list[ReturnCode] = field(default_factory=list)
    repairs: bool = False
    refused: list[Delivery] = field(default_factory=list)
    answer: Due | None = None
    start: Due | None = None

    @property
    def goes_without(self) -> bool:
        """Tell whether this order is never told by message: task-based help, bought as a whole."""
        return self.assignment is None and self.allocation.product is not None and not is_assigned(self.allocation)


def standing_of(row: Allocation) -> Standing:
    """Return how an order stands; it was opened for the viewer."""
    assignment = assignment_of(row)
    refused = list(not_taken(Delivery.objects.filter(allocation=row)).select_related("message"))
    if assignment is None:
        return Standing(row, refused=refused)
    version = assignment.versions.select_related("message").order_by("-message__at", "-pk").first()
    message = version.message if version else None
    repairs = untold(assignment)
    rejected = repairs and message is not None and message.state == State.REJECTED
    return Standing(
        row, assignment, told(assignment) or version, message, assignment.hindrance,
        _codes(message) if rejected and message else [], repairs, refused, answer_due(message), start_due(row, version),
    )  # fmt: skip


def _codes(message: Message) -> list[ReturnCode]:
    known = return_codes()
    rows = message.rejections.order_by("code").values_list("code", flat=True)
    return [known[code] for code in rows if code in known]


def answer_due(message: Message | None) -> Due | None:
    """Return until when the return message may take, None when none is awaited."""
    due = queries.answer_due(message) if message else None
    if message is None or due is None or message.sent_at is None:
        return None
    words = {"days": queries.ANSWER_DAYS, "day": date_words(clock.today(message.sent_at))}
    return Due(due, Why(
        _("Why this day?"),
        (
            _("Who gets a message answers it within %(days)s working days. The message was sent on %(day)s.") % words,
            _("The provider has to act. Has the day passed? Then call them: they may never have got it."),
        ),
        (f"iJw 3.2 OP090; {REGULATION}",),
    ))  # fmt: skip


def start_due(row: Allocation, version: AssignmentVersion | None) -> Due | None:
    """Return the earliest day on which a start message can be late; None when none is awaited."""
    if row.state != AllocationState.ORDERED or version is None or version.message.sent_at is None:
        return None
    if version.message.state in NOT_SENT:
        return None
    sent = clock.today(version.message.sent_at)
    since = max(row.starts, sent)
    words = {"days": START_DAYS, "day": date_words(since)}
    return Due(add_working_days(since, START_DAYS), Why(
        _("Why this day?"),
        (
            _(
                "The provider reports the start within %(days)s working days of the real first day. It cannot have "
                "been before %(day)s."
            ) % words,
            _("Has the day passed? Then help may not have begun: ask the provider, and tell the team."),
        ),
        (f"iJw 3.2 OP271; {REGULATION}",),
    ))  # fmt: skip


def messages_of(row: Allocation, by: Principal, *, at: dt.datetime) -> list[Message]:
    """Return every message about an order within sight, with what answers it, in the order in which they went."""
    own = Q(versions__assignment__allocation=row) | Q(deliveries__allocation=row)
    firsts = Message.objects.filter(own).values("pk")
    rows = queries.messages_for(by, at=at).filter(Q(pk__in=firsts) | Q(answers__in=firsts))
    return list(rows.order_by("at", "direction", "pk").distinct())


def orders_of(message: Message, by: Principal, *, at: dt.datetime) -> list[Allocation]:
    """Return the orders a message is about, as far as the back office may see them."""
    about = Q(assignment__versions__message=message) | Q(deliveries__message=message)
    rows = orders_for(by, at=at).filter(about)
    return list(rows.distinct().order_by("starts", "pk"))


# --- who has to act


HINDERED, UNANSWERED, REJECTED, NO_START, REFUSED = "niet-weg", "antwoord", "afgekeurd", "start", "volgt-niet"


def _assignments(by: Principal, *, at: dt.datetime) -> QuerySet[Assignment]:
    seen = orders_for(by, at=at).order_by().values("pk")
    rows = Assignment.objects.filter(allocation__in=seen)
    return rows.select_related(
        "allocation__dossier__youth", "allocation__provider", "allocation__product__lot"
    ).order_by("decided_at", "pk")


def _untold(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Narrow to what the provider was not told: the same as `ordering.untold`, for a list."""
    sent = rows.annotate(
        told_at=Max("versions__decided_at", filter=~Q(versions__message__state__in=NOT_SENT))
    )  # fmt: skip
    return sent.filter(Q(told_at__lt=F("decided_at")) | (Q(told_at__isnull=True) & ~Q(reason="13")))


def lists_for(by: Principal, *, at: dt.datetime) -> dict[str, QuerySet[Any]]:
    """Return what waits for somebody, by the word of the list: assignments, or deliveries that were not followed."""
    every, day = _assignments(by, at=at), clock.today(at)
    rejected: Any = AssignmentVersion.objects.filter(assignment=OuterRef("pk"), message__state=State.REJECTED)
    waiting: Any = AssignmentVersion.objects.filter(assignment=OuterRef("pk"), message__state=State.SENT)
    sent: Any = AssignmentVersion.objects.filter(
        assignment=OuterRef("pk"), message__state__in=(State.SENT, State.ACCEPTED)
    )
    seen = queries.messages_for(by, at=at).order_by().values("pk")
    return {
        HINDERED: every.exclude(hindrance=""),
        REJECTED: _untold(every.filter(hindrance="")).filter(Exists(rejected)),
        UNANSWERED: every.filter(Exists(waiting)),
        NO_START: every.filter(Exists(sent), allocation__state=AllocationState.ORDERED, allocation__starts__lte=day),
        REFUSED: not_taken(Delivery.objects.filter(message__in=seen))
        .select_related("message", "allocation__dossier__youth", "allocation__provider", "allocation__product")
        .order_by("message__at", "pk"),
    }  # fmt: skip


def hindered(municipality: str) -> Iterable[Assignment]:
    """Return what could not go out in a municipality, for another try."""
    rows = Assignment.objects.filter(municipality=municipality).exclude(hindrance="")
    return rows.select_related("allocation__dossier__youth", "allocation__provider").order_by("decided_at", "pk")


def hindrance_words(code: str) -> str:
    """Return what is missing and who puts it right, "" for nothing."""
    return str(Hindrance(code).label) if code else ""
