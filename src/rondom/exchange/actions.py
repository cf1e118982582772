"""What can be done with messages. The content is in the store before the row exists; without row it is swept away."""

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import OrganisationKind, Role
from rondom.accounts.models import Organisation, StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record, subject
from rondom.core.principals import Principal
from rondom.documents import store
from rondom.dossiers.actions import relate_once
from rondom.dossiers.models import Dossier
from rondom.exchange import queries, signals
from rondom.exchange.books import OurBooks, OurOutside, dossiers_of
from rondom.exchange.enums import HEALTHY, Direction, State, Trouble
from rondom.exchange.judging import Judged, Routing, bsns_in, code_of, judge, refused_for_size, routing_of, too_large
from rondom.exchange.models import Message, MessageDossier, Rejection
from rondom.messages.checking import check
from rondom.privacy.enums import RelationKind

MOST_ATTEMPTS = 5
LONGEST_REFUSAL = 300
LEAST_WORDS = 5
GROUND = "handles its messages"
CLERKS = (Role.BACK_OFFICE,)


@dataclass(frozen=True)
class Kept:
    """A content in the store."""

    blob: UUID
    size: int
    digest: str


def keep(content: Iterable[bytes]) -> Kept:
    """Keep a content, encrypted; without a row it is swept away after a day."""
    return Kept(*store.keep(content))


def judged(kept: Kept, municipality: str, *, at: dt.datetime, but: UUID | None = None) -> Judged:
    """Return what a received message is, read from what was kept. `but` is itself, when it was judged before."""

    def beside(routing: Routing, bsns: frozenset[str]) -> tuple[OurBooks, OurOutside]:
        outside = OurOutside(municipality, routing.sender, clock.today(at))
        return OurBooks(municipality, routing.sender, bsns=bsns, but=but), outside

    if too_large(kept.size):
        return refused_for_size()
    content = b"".join(store.read(kept.blob))
    return judge(content, municipality, digest=kept.digest, beside=beside, at=at)


@action
def receive(
    *, by: Principal, at: dt.datetime, municipality: str, kept: Kept, judgement: Judged, reply: Kept | None
) -> Message:
    """Take a message in, with the answer to it, in one transaction: both are in our books or neither.

    Raises IntegrityError when the same content was taken in by another worker just now.
    """
    row = Message(
        municipality=municipality, direction=Direction.IN, at=at, size=kept.size, digest=kept.digest, blob=kept.blob
    )
    _settle(by, at, row, judgement, reply)
    return row


@action
def note_double(*, by: Principal, at: dt.datetime, message: Message) -> None:
    """Note that a message came again: it is dropped, and answered no second time."""
    _tell(by, at, "exchange.message_came_again", message, [])


def _settle(by: Principal, at: dt.datetime, row: Message, judgement: Judged, reply: Kept | None) -> None:
    """Write what became of a received message: its routing, its state, its dossiers, and what answers what."""
    _route(row, judgement.routing)
    row.state, row.trouble = judgement.state, judgement.trouble
    original = _answered(row, judgement)
    row.save()
    dossiers = dossiers_of(judgement.bsns, row.municipality)
    link(by, at, row, dossiers or (list(original.dossiers.all()) if original else []))
    if original is not None and not row.trouble:
        _tell_original(by, at, original, judgement.grants)
    if not row.trouble:
        _note_codes(row if judgement.original is None else original, judgement.codes)
    _tell(by, at, "exchange.message_received", row, ["state", "trouble"])
    if judgement.reply is not None and reply is not None:
        _reply(by, at, row, judgement.reply[0], reply)
    signals.message_taken_in.send(sender=Message, message=row, judgement=judgement, by=by, at=at)


def _note_codes(rejected: Message | None, codes: Iterable[str]) -> None:
    """Note why a forward message was rejected, for counting."""
    if rejected is not None and rejected.state == State.REJECTED:
        rows = [Rejection(message=rejected, code=code) for code in codes]
        Rejection.objects.bulk_create(rows, ignore_conflicts=True)


def _route(row: Message, routing: Routing) -> None:
    row.name, row.release, row.sender = routing.name, routing.release, routing.sender
    row.receiver, row.identification, row.dated_on = routing.receiver, routing.identification, routing.dated_on


def _answered(row: Message, judgement: Judged) -> Message | None:
    """Return the message that a return message answers; without one it waits, beside another answer it is stuck."""
    if judgement.original is None:
        return None
    sent = queries.same_identification(row.municipality, Direction.OUT, judgement.original)
    original = sent.select_for_update().first()
    if original is None:
        row.state = State.WAITING
        return None
    row.answers = original
    if original.answered_by.filter(trouble="").exclude(pk=row.pk).exists():
        row.state, row.trouble = State.DEAD, Trouble.OTHER_CONTENT
    return original


def _tell_original(by: Principal, at: dt.datetime, original: Message, grants: bool) -> None:
    original.state = State.ACCEPTED if grants else State.REJECTED
    original.save(update_fields=["state"])
    _tell(by, at, "exchange.message_answered", original, ["state"])


def _reply(by: Principal, at: dt.datetime, row: Message, routing: Routing, kept: Kept) -> Message:
    answer = Message(
        municipality=row.municipality, direction=Direction.OUT, at=at, size=kept.size, digest=kept.digest,
        blob=kept.blob, state=State.READY, answers=row,
    )  # fmt: skip
    _route(answer, routing)
    answer.save()
    link(by, at, answer, list(row.dossiers.all()))
    _tell(by, at, "exchange.message_made", answer, ["state"])
    return answer


def link(by: Principal, at: dt.datetime, row: Message, dossiers: list[Dossier]) -> None:
    """Make a message part of dossiers. The back office handles it, so it sees what a message holds: no shielded one."""
    MessageDossier.objects.filter(message=row).exclude(dossier__in=dossiers).delete()
    linked = set(MessageDossier.objects.filter(message=row).values_list("dossier_id", flat=True))
    MessageDossier.objects.bulk_create([MessageDossier(message=row, dossier=d) for d in dossiers if d.pk not in linked])
    offices = Organisation.objects.filter(municipality=row.municipality, kind=OrganisationKind.BACK_OFFICE)
    for office in offices if dossiers else ():
        for dossier in dossiers:
            if not dossier.shielded:
                relate_once(by, at, dossier, office.pk, RelationKind.ORGANISATION, GROUND)


def _tell(by: Principal, at: dt.datetime, kind: str, row: Message, fields: list[str]) -> None:
    record(
        by, kind, row, at=at, municipality=row.municipality, fields=fields,
        subjects=[subject(row), *queries.subjects_of([row])],
    )  # fmt: skip


# --- from us


@action
def put_out(
    *,
    by: Principal,
    at: dt.datetime,
    municipality: str,
    kept: Kept,
    answers: Message | None = None,
    about: Iterable[Dossier] = (),
) -> Message:
    """Have a message sent. About a secret address or a shielded dossier it is stuck at once: a person decides (OP003).

    `about` are the dossiers of a message that names nobody by BSN (JW319).

    Raises BadInput for what is no good message on levels 1 and 2, is not from this municipality, or carries an
    identification that was used before.
    """
    content = b"".join(store.read(kept.blob))
    checked = check(io.BytesIO(content))
    if checked.reading is None or checked.reading.content is None or checked.level2:
        raise BadInput(_("This message does not keep to the standard, so it is not sent."))
    routing = routing_of(checked.reading.message, checked.reading.content)
    if routing.sender != code_of(municipality):
        raise BadInput(_("This message is not from this municipality, so it is not sent."))
    if queries.same_identification(municipality, Direction.OUT, routing).exists():
        raise BadInput(_("A message with this identification was made before."))
    dossiers = [*about] or dossiers_of(bsns_in(content), municipality)
    row = Message(
        municipality=municipality, direction=Direction.OUT, at=at, size=kept.size, digest=kept.digest, blob=kept.blob,
        state=State.READY, answers=answers,
    )  # fmt: skip
    _route(row, routing)
    if queries.needs_a_person(dossiers):
        row.state, row.trouble = State.DEAD, Trouble.SECRET
    row.save()
    link(by, at, row, dossiers)
    _tell(by, at, "exchange.message_made", row, ["state", "trouble"])
    for early in queries.waiting_for(row):
        match(by=by, at=at, message=early)
    return row


@action
def note_sent(*, by: Principal, at: dt.datetime, message: Message) -> None:
    """Note that the transport has taken a message."""
    message.state, message.sent_at, message.attempts = State.SENT, at, message.attempts + 1
    message.save(update_fields=["state", "sent_at", "attempts"])
    _tell(by, at, "exchange.message_sent", message, ["state", "sent_at"])


@action
def note_failed(
    *, by: Principal, at: dt.datetime, message: Message, trouble: Trouble, refusal: str = ""
) -> None:  # fmt: skip
    """Note that sending failed; after five times, or with a damaged content at once, it is stuck.

    `refusal` is what the hub said.
    """
    message.attempts += 1
    message.refusal = refusal[:LONGEST_REFUSAL]
    if trouble == Trouble.DAMAGED or message.attempts >= MOST_ATTEMPTS:
        message.state, message.trouble = State.DEAD, trouble
    message.save(update_fields=["state", "trouble", "attempts", "refusal"])
    _tell(by, at, "exchange.message_not_sent", message, ["state", "attempts"])


@action
def match(*, by: Principal, at: dt.datetime, message: Message) -> bool:
    """Look again whether the message that a return message answers is in our books; tell whether it was."""
    judgement = judged(_kept(message), message.municipality, at=at, but=message.pk)
    _settle(by, at, message, judgement, None)
    return message.state != State.WAITING


def _kept(message: Message) -> Kept:
    return Kept(message.blob, message.size, message.digest)


# --- by a clerk


def _stuck(by: Principal, message: Message, *states: State) -> Message:
    """Return the message as it is now, held; raises BadInput when it is not stuck any more, NotAllowed for others."""
    if not by.has(*CLERKS):
        raise NotAllowed(_("Only the back office works on messages."))
    row: Message = Message.objects.select_for_update().get(pk=message.pk)
    if row.state not in states:
        raise BadInput(_("This message is not stuck any more. Open it again to see where it stands."))
    return row


def _words(reason: str) -> str:
    if len(reason.strip()) < LEAST_WORDS:
        raise BadInput(_("Write in a few words why."), field="reason")
    return reason.strip()[:200]


@action
def try_again(
    *, by: Principal, at: dt.datetime, message: Message, staff: StaffMember, reason: str = "", reply: Any = None
) -> Message:
    """Try a stuck message again: judge it once more, or have it sent.

    `reply` is a function that keeps the answer (bytes -> Kept). A message about a secret address or a shielded dossier
    goes only on somebody's name and with a reason.
    """
    row = _stuck(by, message, State.DEAD, State.WAITING, State.ASIDE)
    if row.trouble == Trouble.SECRET:
        row.reason = _words(reason)
    row.handled_by = staff
    if row.direction == Direction.OUT:
        row.state, row.trouble, row.attempts, row.refusal = State.READY, HEALTHY, 0, ""
        row.save()
        _tell(by, at, "exchange.message_tried_again", row, ["state"])
        return row
    try:
        judgement = judged(_kept(row), row.municipality, at=at, but=row.pk)
    except store.Damaged:
        judgement = Judged(_routing(row), Trouble.DAMAGED, state=State.DEAD)
    made = judgement.reply and (reply or _keep_one)(judgement.reply[1])
    _settle(by, at, row, judgement, made or None)
    _tell(by, at, "exchange.message_tried_again", row, ["state", "trouble"])
    return row


def _keep_one(content: bytes) -> Kept:
    return keep([content])


def _routing(row: Message) -> Routing:
    return Routing(row.name, row.release, row.sender, row.receiver, row.identification, row.dated_on)


@action
def put_aside(*, by: Principal, at: dt.datetime, message: Message, staff: StaffMember, reason: str) -> Message:
    """Put a stuck message aside, with why; it stays in the list of what was put aside."""
    row = _stuck(by, message, State.DEAD, State.WAITING)
    row.reason, row.handled_by, row.state = _words(reason), staff, State.ASIDE
    row.save(update_fields=["reason", "handled_by", "state"])
    _tell(by, at, "exchange.message_put_aside", row, ["state", "reason"])
    return row
