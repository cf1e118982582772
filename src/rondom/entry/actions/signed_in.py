"""What somebody from outside does after signing in: share a worry from a practice or school, or ask for the own family.

The record is the one of every worry; what is added is a relation, and that alone lets the sender read later what may be
heard. It ends with the contact record, or with the role of who sent it.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from rondom.accounts import actions as accounts
from rondom.accounts.models import Organisation, Referrer
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.principals import Principal
from rondom.entry import queries, registrations
from rondom.entry.actions.concerns import Named, Reporter, receive, tell
from rondom.entry.actions.partners import may_keep
from rondom.entry.enums import AnswerWay, Channel, Part, ReporterKind
from rondom.entry.models import Concern, Partner
from rondom.privacy import actions as sight


def receiver_for(place: Partner, day: dt.date) -> Organisation:
    """Return which organisation receives the worries of a practice or school: that of its contact person.

    Without a contact person in a local team: the first local team organisation of the municipality. Raises BadInput
    where there is none.
    """
    contact = registrations.contact_of(place, day)
    teams = list(queries.receivers(place.municipality))
    if contact and contact.organisation in teams:
        return contact.organisation
    if not teams:
        raise BadInput(_("Nobody here receives worries yet. Please call the municipality."))
    return teams[0]


@action
def share_worry(
    *,
    by: Principal,
    at: dt.datetime,
    referrer: Referrer,
    worry: str,
    persons: Iterable[Named],
    going_well: str = "",
    danger_now: bool = False,
    talked_on: dt.date | None = None,
    not_talked_because: str = "",
    agreed_with_family: str = "",
) -> Concern:
    """Share a worry as somebody of a practice or school who signed in: it waits for triage like every other.

    Asks the same as `receive`: the worry, a child, and whether one talked with the family or why not (D38). Who shares
    may read from now on what may be heard of it (practice 16). Raises NotAllowed for whose role has ended.
    """
    if by.key != referrer.pk or not referrer.holds_on(clock.today(at)):
        raise NotAllowed(_("You do not work here any more. Call the local team instead."))
    place = registrations.place_of(referrer)
    row = receive(
        by=by, at=at, entered_by=None, channel=Channel.WEB, worry=worry, persons=persons, going_well=going_well,
        reporter=Reporter(ReporterKind(place.kind), referrer.name, place.name, referrer.phone or place.phone),
        danger_now=danger_now, talked_on=talked_on, not_talked_because=not_talked_because,
        agreed_with_family=agreed_with_family, organisation=receiver_for(place, clock.today(at)),
    )  # fmt: skip
    tell(by=by, at=at, concern=row, who=by.key)
    return row


@action
def ask_for_family(
    *, by: Principal, at: dt.datetime, organisation: Organisation, kind: ReporterKind, name: str, contact: str,
    child: str, worry: str, danger_now: bool = False,
) -> Concern:  # fmt: skip
    """Ask something about the own family after signing in; the answer comes on the own page (S01).

    Nothing opens, also not for a resident who has a file here. Raises BadInput without a name or a question, or when
    somebody else than the family asks.
    """
    if by.kind not in ("resident", "asker"):
        raise NotAllowed(_("Sign in first."))
    if kind not in ReporterKind.family():
        raise BadInput(_("Only the family itself can ask here: a parent or the young person."), field="reporter_kind")
    row = receive(
        by=by, at=at, entered_by=None, channel=Channel.WEB, worry=worry, danger_now=danger_now,
        reporter=Reporter(kind, name, contact=contact), organisation=organisation, answer_wanted=AnswerWay.PAGE,
        persons=[Named(Part.CHILD, child.strip() or (name if kind == ReporterKind.YOUTH else ""))],
    )  # fmt: skip
    tell(by=by, at=at, concern=row, who=by.key)
    return row


@action
def let_refer(
    *, by: Principal, at: dt.datetime, partner: Partner, username: str, name: str, what: str = "", phone: str = ""
) -> Referrer:
    """Let somebody of a practice or school sign in from today. Checked before with the place itself."""
    may_keep(by)
    return accounts.admit_referrer(
        by=by, at=at, place=partner.pk, municipality=partner.municipality, username=username, name=name, what=what,
        phone=phone,
    )  # fmt: skip


@action
def end_referring(*, by: Principal, at: dt.datetime, referrer: Referrer) -> None:
    """Somebody does not work at that practice or school any more: signing in and every sight of worries end now."""
    may_keep(by)
    for relation in queries.relations_of_sender(referrer.pk, at=at):
        sight.end_relation(by=by, at=at, relation=relation, ground="the role at the practice or school ended")
    accounts.end_referrer(by=by, at=at, referrer=referrer)
