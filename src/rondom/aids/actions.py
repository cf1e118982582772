"""Publishing decision tables: one person proposes, another looks at what changes and publishes."""

import datetime as dt
import json

from django.utils.translation import gettext_lazy as _

from rondom.aids import queries
from rondom.aids.checks import check
from rondom.aids.enums import PublicationState
from rondom.aids.models import Publication
from rondom.aids.rules import may_decide, may_propose
from rondom.aids.tables import Table
from rondom.core import clock, locks
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, NotFound, Stale
from rondom.core.events import record
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.saving import save_changes


@action
def propose(*, by: Principal, at: dt.datetime, table: Table, starts: dt.date) -> Publication:
    """Propose to put a table in force in the own municipality from a day in the future; a second person publishes it.

    Raises BadInput when the table has gaps or failing examples, is not valid on that day, or another proposal waits.
    """
    if not may_propose(by):
        raise NotAllowed(_("A functional administrator or process coordinator proposes this."))
    if table.municipality not in ("", by.municipality):
        raise NotFound("")
    _must_be_later(starts, at)
    if not table.holds_on(starts):
        raise BadInput(_("The table itself is not valid on that day. Choose a day within its period."), field="starts")
    errors = check(table).errors
    if errors:
        raise BadInput(_("The table is not sound: %(problem)s") % {"problem": errors[0]})
    locks.hold("aids.publish")
    if queries.waiting(by.municipality).filter(key=table.key).exists():
        raise BadInput(_("Another version of this aid waits for a second person. Have that one decided first."))
    publication = Publication.objects.create(
        municipality=by.municipality, key=table.key, table_version=table.version, digest=table.digest,
        content=json.dumps(table.data, ensure_ascii=False), starts=starts, proposed_by=by.key, created_at=at,
        changed_at=at,
    )  # fmt: skip
    record(by, "aids.publication_proposed", publication, at=at, municipality=publication.municipality)
    return publication


@action
def publish(*, by: Principal, at: dt.datetime, publication: Publication, opened_version: int) -> Publication:
    """Put a proposed table in force from its day, as another person than the proposer; the former one ends then."""
    _must_be_second(by, publication)
    _must_be_later(publication.starts, at)
    locks.hold("aids.publish")
    _must_be_as_opened(publication, opened_version)
    others = Publication.objects.filter(
        municipality=publication.municipality, key=publication.key, state=PublicationState.PUBLISHED
    )
    if others.filter(starts__gte=publication.starts).exists():
        raise BadInput(_("A version from that day or later is published already. Call that one off first."))
    former = others.filter(on(publication.starts)).first()
    changes = {
        "state": PublicationState.PUBLISHED, "decided_by": by.key, "decided_at": at, "replaces": former,
        "ends": former.ends if former else None,
    }  # fmt: skip
    if former:
        former.ends = publication.starts
        former.save(update_fields=["ends"])
    save_changes(publication, changes, opened_version=opened_version, at=at)
    record(
        by, "aids.published", publication, at=at, fields=[publication.key], rules=[publication.digest],
        municipality=publication.municipality,
    )  # fmt: skip
    return publication


@action
def decline(*, by: Principal, at: dt.datetime, publication: Publication, opened_version: int) -> None:
    """Decline a proposed table; the proposer can do so too, to withdraw it."""
    if by.key != publication.proposed_by:
        _must_be_second(by, publication)
    if publication.state != PublicationState.PROPOSED:
        raise BadInput(_("This was decided already."))
    changes = {"state": PublicationState.DECLINED, "decided_by": by.key, "decided_at": at}
    save_changes(publication, changes, opened_version=opened_version, at=at)
    record(by, "aids.publication_declined", publication, at=at, municipality=publication.municipality)


@action
def call_off(*, by: Principal, at: dt.datetime, publication: Publication, opened_version: int) -> None:
    """Call off a published table before its day; the one it would have replaced stays in force."""
    if not may_propose(by) or by.municipality != publication.municipality:
        raise NotFound("")
    if publication.state != PublicationState.PUBLISHED or publication.starts <= clock.today(at):
        raise BadInput(_("This table is in force already. Publish another version from a later day."))
    if publication.replaced_by.filter(state=PublicationState.PUBLISHED).exists():
        raise BadInput(_("A later version replaces this one. Call that one off first."))
    locks.hold("aids.publish")
    former, ends = publication.replaces, publication.ends
    changes = {"state": PublicationState.CALLED_OFF, "decided_by": by.key, "decided_at": at}
    save_changes(publication, changes, opened_version=opened_version, at=at)
    if former is not None:
        former.ends = ends
        former.save(update_fields=["ends"])
    record(by, "aids.publication_called_off", publication, at=at, municipality=publication.municipality)


def _must_be_second(by: Principal, publication: Publication) -> None:
    if by.municipality != publication.municipality:
        raise NotFound("")
    if not may_decide(by, publication.proposed_by):
        raise NotAllowed(_("Somebody else than the proposer publishes this, after a look at what changes."))
    if publication.state != PublicationState.PROPOSED:
        raise BadInput(_("This was decided already."))


def _must_be_as_opened(publication: Publication, opened_version: int) -> None:
    current = Publication.objects.get(pk=publication.pk)
    if current.version != opened_version:
        raise Stale(_("Somebody else decided on this in the meantime. Look again."), current=current)


def _must_be_later(starts: dt.date, at: dt.datetime) -> None:
    if starts <= clock.today(at):
        sentence = _("A table begins tomorrow at the earliest: what was decided until now keeps its reasons.")
        raise BadInput(sentence, field="starts")
