"""Making a decision known: its letters are filed, sent, and from the first of them it works (Awb 3:40, 3:41)."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.principals import Principal, machine
from rondom.decisions import rules, signals
from rondom.decisions.actions.applications import close_clock, decided, tell
from rondom.decisions.actions.deciding import _move
from rondom.decisions.enums import DecisionKind, DecisionState, Delivery, NoticeKind
from rondom.decisions.models import Application, ApplicationLetter, Decision, DecisionLetter, TermStep
from rondom.decisions.queries import past_objection
from rondom.documents import actions as documents
from rondom.documents.enums import DocumentKind, MediaType
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why
from rondom.people.models import Person

OBJECTION = "decisions.objection"


@action
def file_letter(
    *,
    by: Principal,
    at: dt.datetime,
    decision: Decision,
    addressee: Person,
    title: str,
    no_address: bool,
    blob: UUID,
    size: int,
    digest: str,
    media_type: MediaType,
    filed_by: StaffMember,
) -> DecisionLetter:
    """File the letter of a signed decision to one person, in the dossier of the youth alone.

    The content is in the store already. Raises BadInput when this person has a letter, or the decision is not signed.
    """
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if held.state not in DecisionState.taken():
        raise BadInput(_("A letter comes after the signature."))
    if DecisionLetter.objects.filter(decision=decision, addressee=addressee).exists():
        raise BadInput(_("The letter to this person was made already."))
    document = documents.file_own(
        by=by, at=at, case=decision.case, dossier=decision.dossier, kind=DocumentKind.FINANCE, title=title,
        author=decision.signed_by.name if decision.signed_by else "", blob=blob, size=size, digest=digest,
        media_type=media_type, added_by=filed_by,
    )  # fmt: skip
    row = DecisionLetter.objects.create(
        municipality=decision.municipality, decision=decision, addressee=addressee, document=document,
        no_address=no_address, created_at=at,
    )  # fmt: skip
    tell(by, "decisions.letter_filed", decision, at)
    return row


@action
def file_notice(
    *,
    by: Principal,
    at: dt.datetime,
    application: Application,
    kind: NoticeKind,
    step: TermStep | None,
    title: str,
    no_address: bool,
    blob: UUID,
    size: int,
    digest: str,
    media_type: MediaType,
    filed_by: StaffMember,
) -> ApplicationLetter:
    """File a letter about an application on its way, in the dossier of the youth alone; the content is in the store.

    Raises BadInput when it was made already.
    """
    Application.objects.select_for_update().get(pk=application.pk)
    if ApplicationLetter.objects.filter(application=application, kind=kind, step=step).exists():
        raise BadInput(_("This letter was made already."))
    document = documents.file_own(
        by=by, at=at, case=application.case, dossier=application.dossier, kind=DocumentKind.LETTER, title=title,
        author=application.handled_by.name, blob=blob, size=size, digest=digest, media_type=media_type,
        added_by=filed_by,
    )  # fmt: skip
    row = ApplicationLetter.objects.create(
        municipality=application.municipality, application=application, step=step, kind=kind, document=document,
        no_address=no_address, created_at=at,
    )  # fmt: skip
    tell(by, "decisions.notice_filed", application, at)
    return row


@action
def send_letter(
    *, by: Principal, at: dt.datetime, letter: DecisionLetter, delivery: Delivery, sent_on: dt.date
) -> DecisionLetter:
    """A letter was sent or handed over. The first one makes the decision known: the time to object starts.

    Raises BadInput for a day before the decision or in the future, or a letter that was sent already.
    """
    decision = letter.decision
    if decision.decided_on is None or sent_on < decision.decided_on:
        raise BadInput(_("This day lies before the decision was signed."), field="sent_on")
    if sent_on > clock.today(at):
        raise BadInput(_("This day lies in the future. Write it down when it was sent."), field="sent_on")
    taken = DecisionLetter.objects.filter(pk=letter.pk, delivery="").update(
        delivery=delivery, sent_on=sent_on, version=letter.version + 1, changed_at=at
    )
    if not taken:
        raise BadInput(_("It was written down already that this letter was sent."))
    letter.refresh_from_db()
    tell(by, "decisions.letter_sent", decision, at, "delivery", "sent_on")
    if decision.state == DecisionState.SIGNED:
        _make_known(by, at, decision, sent_on)
    return letter


def _make_known(by: Principal, at: dt.datetime, decision: Decision, day: dt.date) -> None:
    answer = rules.objection_until(day, decision.municipality)
    until = answer.certain.last_day
    row = dossiers.start_clock(
        by=by, at=at, case=decision.case, kind=OBJECTION, title=_("Until then they can object to the decision"),
        due=until, about=decision.dossier, why=Why.of_law(_("Who does not agree can object until then."), answer),
    )  # fmt: skip
    _move(
        decision, at, from_states=[DecisionState.SIGNED], state=DecisionState.KNOWN, published_on=day,
        objection_until=until, objection_clock=row,
    )  # fmt: skip
    tell(
        by,
        "decisions.decision_made_known",
        decision,
        at,
        "state",
        "published_on",
        "objection_until",
        rules=answer.grounds,
    )
    if decision.application and decision.kind != DecisionKind.PENALTY:
        decided(by, at, decision.application)
    signals.decision_made_known.send(sender=Decision, decision=decision, by=by, at=at)


@action
def note_received(*, by: Principal, at: dt.datetime, letter: DecisionLetter, received_on: dt.date) -> DecisionLetter:
    """Write down on which day somebody received the letter, when they say so or signed for it."""
    if letter.sent_on is None or received_on < letter.sent_on:
        raise BadInput(_("This day lies before the letter was sent."), field="received_on")
    if received_on > clock.today(at):
        raise BadInput(_("This day lies in the future."), field="received_on")
    DecisionLetter.objects.filter(pk=letter.pk).update(
        received_on=received_on, version=letter.version + 1, changed_at=at
    )
    letter.refresh_from_db()
    tell(by, "decisions.letter_received", letter.decision, at, "received_on")
    return letter


@action
def close_objection(*, by: Principal, at: dt.datetime, decision: Decision) -> None:
    """The time to object has passed: its date is met. What came in by post in the week after can still be in time."""
    close_clock(by, at, decision.objection_clock, "", met=True)
    tell(by, "decisions.objection_time_passed", decision, at)


def expire(*, at: dt.datetime) -> int:
    """Close the date of every decision whose time to object has passed; return how many. Run each night."""
    rows = list(past_objection(clock.today(at)))
    for row in rows:
        close_objection(by=machine("decisions", row.municipality), at=at, decision=row)
    return len(rows)
