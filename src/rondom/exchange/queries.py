"""Messages within sight: of the municipality, as far as one has sight of every dossier they are about."""

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from rondom.accounts.enums import OrganisationKind
from rondom.accounts.models import Organisation
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.principals import Principal
from rondom.documents import store
from rondom.dossiers.models import Dossier
from rondom.dossiers.opening import ground_of
from rondom.dossiers.queries import dossiers_for
from rondom.exchange.enums import Direction, State
from rondom.exchange.judging import Routing, rejecting, too_large
from rondom.exchange.models import Message, MessageDossier, Rejection
from rondom.law.calendar import add_working_days
from rondom.messages.checking import Checked, check
from rondom.messages.explaining import ReturnCode, return_codes
from rondom.messages.showing import show
from rondom.messages.transport import Folder
from rondom.people.models import Authority
from rondom.people.whereabouts import has_right, secret_among
from rondom.privacy.enums import Sight, SubjectKind
from rondom.providers.models import AgbCode

ANSWER_DAYS = 3  # working days for a return message (OP090)
ORDER = "JW301"
FORWARD = (ORDER, "JW319")  # what a municipality sends and is answered by a return message
LATELY = 90  # days over which rejections are counted
STUCK = (State.DEAD, State.WAITING)


# --- what there is


def offices() -> list[str]:
    """Return the municipalities whose messages are handled here: those with a back office."""
    rows = Organisation.objects.filter(kind=OrganisationKind.BACK_OFFICE)
    return sorted(set(rows.values_list("municipality", flat=True)))


def folder_of(municipality: str) -> Folder:
    """Return the watched folder of a municipality."""
    return Folder(Path(settings.RONDOM_EXCHANGE) / municipality)


def known(municipality: str, direction: Direction, digest: str) -> Message | None:
    """Return the message with exactly this content, if it is in our books."""
    return Message.objects.filter(municipality=municipality, direction=direction, digest=digest).first()


def same_identification(municipality: str, direction: Direction, routing: Routing) -> QuerySet[Message]:
    """Return the messages of the same kind and sender with the same identification (TR056), the refused left out."""
    return Message.objects.filter(
        municipality=municipality, direction=direction, name=routing.name, sender=routing.sender,
        receiver=routing.receiver, identification=routing.identification, trouble="",
    ).exclude(identification="").order_by("at", "pk")  # fmt: skip


def waiting_for(message: Message) -> QuerySet[Message]:
    """Return the return messages that came before the message they answer was in our books."""
    return Message.objects.filter(
        municipality=message.municipality, state=State.WAITING, sender=message.receiver, receiver=message.sender
    ).order_by("at", "pk")


def to_send(municipality: str) -> QuerySet[Message]:
    """Return what waits to be sent, the oldest first."""
    return Message.objects.filter(municipality=municipality, state=State.READY).order_by("at", "pk")


def held_for(row: Message, day: dt.date) -> Message | None:
    """Return the JW301 whose answer a next one to the same provider about the same youth waits for (iJw OP080).

    None when there is none, or when its answer is late: then the clerk calls, and a changed order waits no longer.
    """
    if row.name != ORDER or row.state != State.READY:
        return None
    before = Message.objects.filter(
        municipality=row.municipality, direction=Direction.OUT, name=ORDER, receiver=row.receiver, at__lte=row.at,
        state__in=(State.READY, State.SENT), dossiers__in=row.dossiers.values("pk"),
    ).exclude(pk=row.pk)  # fmt: skip
    for each in before.order_by("at", "pk").distinct():
        due = answer_due(each)
        if (due is None and (each.at, each.pk) < (row.at, row.pk)) or (due is not None and due >= day):
            return each
    return None


def sent_as(municipality: str, pk: UUID) -> Message | None:
    """Return a message of ours that went to the hub and has no answer yet."""
    return Message.objects.filter(municipality=municipality, pk=pk, state=State.SENT).first()


def blobs() -> Iterable[UUID]:
    """Return every content in the store that belongs to a message."""
    return Message.objects.values_list("blob", flat=True)


def contents() -> Iterable[tuple[UUID, UUID, int, str]]:
    """Return key, blob, size and digest of every message."""
    return Message.objects.values_list("pk", "blob", "size", "digest").iterator()


# --- within sight


def messages_for(by: Principal, *, at: dt.datetime) -> QuerySet[Message]:
    """Return the messages of the own municipality, without those about a dossier that is out of sight.

    A shielded dossier is seen by named people only, so never by a whole organisation.
    """
    seen = dossiers_for(by, at=at, sight=Sight.PRODUCT).filter(shielded=False).values("pk")
    named = dossiers_for(by, at=at, sight=Sight.OPEN).values("pk")
    links = MessageDossier.objects.filter(message=OuterRef("pk"))
    hidden: Any = links.exclude(Q(dossier__in=seen) | Q(dossier__in=named))
    return Message.objects.filter(~Exists(hidden), municipality=by.municipality).order_by("-at", "-pk")


def subjects_of(rows: Iterable[Message]) -> list[Subject]:
    """Return what a look at messages concerns: the dossiers they are about."""
    links = MessageDossier.objects.filter(message__in=list(rows)).values_list("dossier_id", flat=True)
    return [("dossier", dossier) for dossier in sorted(set(links))]


def open_message(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> Message:
    """Return a message within sight and record the look. Raises NotFound; a refusal is recorded."""
    row = messages_for(by, at=at).select_related("answers", "handled_by").filter(pk=pk).first()
    if row is None:
        hidden = Message.objects.filter(pk=pk).first()
        if hidden is not None:
            look(by, page, hidden, subjects=[subject(hidden), *subjects_of([hidden])], result="denied", at=at)
        raise NotFound("")
    about = subjects_of([row])
    grounds = [ground_of(by, SubjectKind.DOSSIER, pk, at=at, sight=Sight.PRODUCT) for _kind, pk in about[:1]]
    look(by, page, row, subjects=[subject(row), *about], ground=grounds[0] if grounds else "", at=at)
    return row


def is_closed(message: Message, by: Principal, *, at: dt.datetime) -> bool:
    """Tell whether the content is kept from somebody: it is about a secret address they have no right to see."""
    return any(not has_right(by, person, at=at) for person in _secret_of(message.dossiers.all()))


def needs_a_person(dossiers: Iterable[Dossier]) -> bool:
    """Tell whether a message about these dossiers is never sent by itself (OP003): secret address, or shielded."""
    rows = list(dossiers)
    return any(row.shielded for row in rows) or bool(_secret_of(rows))


def _secret_of(dossiers: Iterable[Dossier]) -> set[UUID]:
    """Return whose secret address a message about these dossiers can tell: of the youths and who has authority."""
    youths = {row.youth_id for row in dossiers}
    holders = Authority.objects.filter(child__in=youths, holder__isnull=False).values_list("holder_id", flat=True)
    return secret_among({*youths, *holders})


def providers_among(rows: Iterable[Message], day: dt.date) -> dict[str, str]:
    """Return the names of providers by the AGB code they have or had in a municipality."""
    pairs = {(row.municipality, party_of(row)) for row in rows}
    codes = {code for _place, code in pairs}
    places = {place for place, _code in pairs}
    held = AgbCode.objects.filter(code__in=codes, municipality__in=places).select_related("provider").order_by("starts")
    return {row.code: row.provider.name for row in held}


def parties_of(by: Principal) -> list[tuple[str, str]]:
    """Return the providers of a municipality as (AGB code, name), for a filter."""
    rows = AgbCode.objects.filter(municipality=by.municipality).select_related("provider")
    return sorted({(row.code, row.provider.name) for row in rows}, key=lambda pair: pair[1].lower())


def party_of(row: Message) -> str:
    """Return the other side of a message: the AGB code of the provider."""
    return row.sender if row.direction == Direction.IN else row.receiver


def with_party(rows: QuerySet[Message], code: str) -> QuerySet[Message]:
    """Narrow to the messages with one provider."""
    return rows.filter(Q(sender=code) | Q(receiver=code))


def unanswered(rows: QuerySet[Message]) -> QuerySet[Message]:
    """Narrow to what we sent and has to be answered by a return message."""
    return rows.filter(direction=Direction.OUT, state=State.SENT, name__in=FORWARD)


def answer_due(row: Message) -> dt.date | None:
    """Return the day on which the return message must be there, None when none is awaited (OP090)."""
    if row.state != State.SENT or row.direction != Direction.OUT or row.name not in FORWARD or row.sent_at is None:
        return None
    return add_working_days(clock.today(row.sent_at), ANSWER_DAYS)


@dataclass(frozen=True)
class RejectionCount:
    """How many messages were rejected with one code; `ours`: sent by us and rejected by the provider, else by us."""

    code: str
    says: str
    party: str
    ours: bool
    number: int


def rejection_counts(by: Principal, *, at: dt.datetime, since: dt.date | None) -> list[RejectionCount]:
    """Return rejected messages within sight by return code, provider and direction, the most first."""
    seen = messages_for(by, at=at).order_by()
    rows = Rejection.objects.filter(message__in=since_day(seen, since).values("pk"))
    party = Case(When(message__direction=Direction.OUT, then="message__receiver"), default="message__sender")
    counted = rows.values("code", "message__direction", party=party).annotate(number=Count("pk"))
    known = return_codes()
    found = [
        RejectionCount(
            row["code"], known[row["code"]].says if row["code"] in known else "", row["party"],
            row["message__direction"] == Direction.OUT, row["number"],
        )
        for row in counted
    ]  # fmt: skip
    return sorted(found, key=lambda count: (-count.number, count.code, count.party, count.ours))


def since_day(rows: QuerySet[Message], day: dt.date | None) -> QuerySet[Message]:
    """Narrow to what came or was made on a day or later."""
    return rows.filter(at__gte=dt.datetime.combine(day, dt.time(), clock.AMSTERDAM)) if day else rows


def exchange_of(row: Message, by: Principal, *, at: dt.datetime) -> list[Message]:
    """Return the messages within sight that belong together, in order: what is answered, and all its answers.

    A request (JW315) is answered by its return message, and later by a JW301 or JW319 that has a return message too.
    """
    above = row.answers
    first = (above.answers_id or above.pk) if above is not None else row.pk
    rows = messages_for(by, at=at).filter(Q(pk=first) | Q(answers=first) | Q(answers__answers=first))
    return list(rows.order_by("at", "direction", "pk"))


# --- content


@dataclass(frozen=True)
class Shown:
    """The content of a message for a page: as text, as it stands in the file, its findings and its return codes."""

    text: str = ""
    xml: str = ""
    findings: list[str] = field(default_factory=list)
    codes: list[ReturnCode] = field(default_factory=list)
    damaged: bool = False
    cut: bool = False


MOST_SHOWN = 200_000  # characters of the file on a page; the file itself can be downloaded


def content_of(message: Message) -> bytes:
    """Return the content as it was. Raises store.Damaged when it is not what was kept."""
    content = b"".join(store.read(message.blob))
    if len(content) != message.size:
        raise store.Damaged(str(message.blob))
    return content


def shown(message: Message) -> Shown:
    """Return the content of a message as a page shows it."""
    if too_large(message.size):
        return Shown()
    try:
        content = content_of(message)
    except store.Damaged:
        return Shown(damaged=True)
    xml = content.decode("utf-8", "replace")
    checked = check(io.BytesIO(content))
    found = _findings(checked)
    if checked.reading is None or checked.reading.content is None:
        return Shown(xml=xml[:MOST_SHOWN], findings=found, cut=len(xml) > MOST_SHOWN)
    read = checked.reading
    text = show(read.message, read.content)
    codes = [return_codes()[code] for code in rejecting(read.content)]
    return Shown(
        text[:MOST_SHOWN], xml[:MOST_SHOWN], found, codes,
        cut=max(len(text), len(xml)) > MOST_SHOWN,
    )  # fmt: skip


def _findings(checked: Checked) -> list[str]:
    return [f"{one.path}: {one.text}" if one.path else one.text for one in checked.level1]
