"""Asking, taking up, approving and refusing that a dossier is destroyed: two people, never a machine alone (DOS-03)."""

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, NotFound, Unwise, VoidByLaw
from rondom.core.events import record
from rondom.core.periods import on
from rondom.core.principals import MACHINE_ID, Principal
from rondom.dossiers.models import CaseDossier, Dossier
from rondom.dossiers.retention import past_retention, retention_of
from rondom.law.consent import DestructionFacts, WhoAsksFacts, destruction_by, who_may_ask_destruction
from rondom.law.engine import Answer
from rondom.privacy.actions.destruction import carry_out, refuse_held
from rondom.privacy.enums import DestructionReason, Requester
from rondom.privacy.models import Destruction

APPROVERS = (Role.PRIVACY_OFFICER, Role.TEAM_LEAD)
PROPOSED_AT_ONCE = 200


def _told(answer: Answer[object]) -> dict[str, object]:
    """Return an answer of the law as it is kept with a request."""
    doubt = answer.doubt.why if answer.doubt else ""
    return {"rules": list(answer.grounds), "words": answer.explanation, "doubt": doubt}


def _open_request(dossier: Dossier) -> bool:
    return Destruction.objects.filter(dossier=dossier.pk, done_at=None, refused_reason="").exists()


@action
def ask_destruction(
    *,
    by: Principal,
    at: dt.datetime,
    dossier: Dossier,
    reason: DestructionReason | str,
    balancing: str,
    requester: Requester | str = "",
    received_on: dt.date | None = None,
    despite: str = "",
) -> Destruction:
    """Ask that a dossier is destroyed, with the weighing of the interests of others; another person approves.

    A request of the youth or of those with authority gets its last day by law (Jw 7.3.9: three months). Raises
    VoidByLaw for a legal hold, a request by who may not ask it, or a retention period that has not passed; Unwise
    while the dossier is in an open case, without `despite`.
    """
    if by.kind != "staff" or dossier.municipality != by.municipality:
        raise NotFound("")
    day = clock.today(at)
    if reason not in DestructionReason.values:
        raise BadInput(_("Choose why this dossier is destroyed."), field="reason")
    if not balancing.strip():
        raise BadInput(
            _("Write why nobody else has a great interest in keeping it. The second person reads this."),
            field="balancing",
        )
    if _open_request(dossier):
        raise BadInput(_("For this dossier a request waits already."))
    refuse_held(dossier.pk)
    row = Destruction(
        municipality=dossier.municipality, dossier=dossier.pk, reason=reason, asked_by=by.key, asked_at=at,
        created_at=at, changed_at=at,
    )  # fmt: skip
    if reason == DestructionReason.REQUEST:
        _by_request(row, dossier, requester, received_on, day)
    elif reason == DestructionReason.RETENTION:
        _by_retention(row, dossier, day)
    running = CaseDossier.objects.filter(on(day), dossier=dossier, case__closed_on=None).exists()
    if running and not despite.strip():
        raise Unwise(
            _("This dossier is in a case that is open: whoever helps needs a dossier. Close the case first, or write "
              "why it is destroyed all the same."), field="despite",
        )  # fmt: skip
    row.balancing = "\n\n".join(filter(None, (balancing.strip(), despite.strip() if running else "")))
    row.save(force_insert=True)
    _tell(by, "privacy.destruction_asked", row, at)
    return row


def _by_request(
    row: Destruction, dossier: Dossier, requester: Requester | str, received_on: dt.date | None, day: dt.date
) -> None:
    if requester not in Requester.values:
        raise BadInput(_("Choose who asks it."), field="requester")
    if received_on is None or received_on > day:
        raise BadInput(_("Give the day on which the request came in, today or earlier."), field="received_on")
    who = who_may_ask_destruction(WhoAsksFacts(born_on=dossier.youth.born_on, on=received_on))
    if who.outcome is not None and not getattr(who.outcome, str(requester)):
        raise VoidByLaw(
            _("At this age somebody else asks it. %(why)s") % {"why": who.explanation}, field="requester",
            source="Jw 7.3.9; Jw 7.3.15",
        )  # fmt: skip
    term = destruction_by(DestructionFacts(asked_on=received_on))
    row.requester, row.received_on = str(requester), received_on
    row.due_on = term.certain.last_day
    row.explanation = _told(term)


def _by_retention(row: Destruction, dossier: Dossier, day: dt.date) -> None:
    kept = retention_of(dossier, on=day)
    if kept.outcome is None or kept.outcome >= day:
        raise VoidByLaw(
            _("This dossier must still be kept. %(why)s") % {"why": kept.explanation}, field="reason",
            source="Jw 7.3.8 lid 3",
        )  # fmt: skip
    row.explanation = _told(kept)


def _tell(by: Principal, kind: str, row: Destruction, at: dt.datetime, *fields: str) -> None:
    record(
        by, kind, row, at=at, ground=row.reason, municipality=row.municipality, subjects=[("dossier", row.dossier)],
        fields=fields,
    )  # fmt: skip


def _mine(by: Principal, row: Destruction) -> None:
    if by.municipality != row.municipality:
        raise NotFound("")
    if not by.has(*APPROVERS):
        raise NotAllowed(_("The privacy officer or the team lead does this."))
    if not row.is_open:
        raise BadInput(_("This was carried out or refused already."))


@action
def take_up(*, by: Principal, at: dt.datetime, row: Destruction, balancing: str) -> Destruction:
    """Ask what the nightly job proposed: from now on a person asks it, and another one approves."""
    _mine(by, row)
    if not balancing.strip():
        raise BadInput(_("Write why nobody else has a great interest in keeping it. The second person reads this."),
                       field="balancing")  # fmt: skip
    taken = Destruction.objects.filter(pk=row.pk, asked_by=MACHINE_ID, done_at=None, refused_reason="").update(
        asked_by=by.key, asked_at=at, balancing=balancing.strip(), changed_at=at, version=F("version") + 1
    )
    if not taken:
        raise BadInput(_("Somebody else asked this already."))
    row.refresh_from_db()
    _tell(by, "privacy.destruction_asked", row, at, "asked_by")
    return row


@action
def approve_destruction(*, by: Principal, at: dt.datetime, row: Destruction) -> Destruction:
    """Approve and carry out: the dossier is gone when this returns. By another natural person than who asked.

    Raises NotAllowed for who asked it, VoidByLaw for a legal hold, BadInput for a proposal nobody asked yet.
    """
    _mine(by, row)
    if by.key == row.asked_by:
        raise NotAllowed(_("You asked this yourself; another person decides."))
    if row.is_proposal:
        raise BadInput(_("Nobody asked this yet. One person asks it, another one approves."))
    approved = Destruction.objects.filter(pk=row.pk, version=row.version, approved_by=None, refused_reason="").update(
        approved_by=by.key, approved_at=at, changed_at=at, version=F("version") + 1
    )
    if not approved:
        raise BadInput(_("Somebody decided on this in the meantime. Open it again."))
    row.refresh_from_db()
    _tell(by, "privacy.destruction_approved", row, at, "approved_by")
    return carry_out(by=by, at=at, row=row)


@action
def refuse_destruction(
    *, by: Principal, at: dt.datetime, row: Destruction, reason: str, hold: bool = False
) -> Destruction:
    """Keep the dossier, with the reason; the one who asked may take the request back this way too.

    With `hold` nobody can ask it again until the hold is lifted: an objection, a complaint or an incident runs.
    """
    _mine(by, row)
    if not reason.strip():
        raise BadInput(_("Write why the dossier is kept. Who asked it gets this answer."), field="reason")
    refused = Destruction.objects.filter(pk=row.pk, done_at=None, refused_reason="").update(
        refused_reason=reason.strip()[:200], refused_by=by.key, refused_at=at, changed_at=at,
        version=F("version") + 1,
    )  # fmt: skip
    if not refused:
        raise BadInput(_("Somebody decided on this in the meantime. Open it again."))
    row.refresh_from_db()
    _tell(by, "privacy.destruction_refused", row, at, "refused_reason")
    if hold:
        Dossier.objects.filter(pk=row.dossier).update(
            legal_hold=reason.strip()[:120], version=F("version") + 1, changed_at=at
        )
        _tell(by, "dossiers.legal_hold_set", row, at, "legal_hold")
    return row


@action
def lift_hold(*, by: Principal, at: dt.datetime, dossier: Dossier) -> Dossier:
    """Lift a legal hold: what forbade the destruction is over."""
    if by.municipality != dossier.municipality:
        raise NotFound("")
    if not by.has(Role.PRIVACY_OFFICER):
        raise NotAllowed(_("The privacy officer does this."))
    Dossier.objects.filter(pk=dossier.pk).update(legal_hold="", version=F("version") + 1, changed_at=at)
    record(
        by, "dossiers.legal_hold_lifted", dossier, at=at, municipality=dossier.municipality,
        subjects=[("dossier", dossier.pk)], fields=["legal_hold"],
    )  # fmt: skip
    dossier.refresh_from_db()
    return dossier


@action
def propose_due(*, by: Principal, at: dt.datetime) -> list[Destruction]:
    """Propose dossiers whose retention period has passed; nothing is destroyed. Proposed once, also when refused."""
    day = clock.today(at)
    made = []
    for dossier in past_retention(day)[:PROPOSED_AT_ONCE]:
        kept = retention_of(dossier, on=day)
        if kept.outcome is not None and kept.outcome < day:
            made.append(
                Destruction.objects.create(
                    municipality=dossier.municipality,
                    dossier=dossier.pk,
                    reason=DestructionReason.RETENTION,
                    asked_by=MACHINE_ID,
                    asked_at=at,
                    explanation=_told(kept),
                    created_at=at,
                    changed_at=at,
                )
            )
    record(by, "privacy.destructions_proposed", at=at, subjects=[("dossier", row.dossier) for row in made])
    return made
