"""Making two rows of one human being one, and undoing it.

Every foreign key to a person moves by itself: it is found from the models, so that no room can be forgotten. A room
registers what is not an ordinary foreign key (`ids`: columns that hold the id of a person), and what may not simply
move (`checks`: a refusal, or rows that stay behind). A row that would say the same twice stays behind with the row that
goes; nothing is deleted, and undoing brings everything back that is still there.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rondom.accounts.models import Resident
from rondom.core.actions import action
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.events import record, subject
from rondom.core.models import Record
from rondom.core.periods import moment_filter, overlaps
from rondom.core.principals import Principal
from rondom.core.registry import Registry
from rondom.core.saving import save_changes
from rondom.people import signals
from rondom.people.actions.persons import IDENTITY, keep_tokens
from rondom.people.enums import DuplicateRuling, Sex
from rondom.people.models import (
    Address,
    Authority,
    DuplicateCandidate,
    HouseholdMember,
    Kinship,
    Merge,
    Person,
)
from rondom.privacy.actions import end_relation, relate
from rondom.privacy.enums import RelationKind, SubjectKind
from rondom.privacy.models import Consent, OwnRelative, Relation

Check = Callable[[Person, Person], "Stays | None"]


@dataclass
class Stays:
    """Rows of a model that stay behind when a person is merged: they would say the same twice."""

    model: type[models.Model]
    keys: set[Any] = field(default_factory=set)


ids: Registry[tuple[type[models.Model], str]] = Registry("column with the id of a person")
"""name -> (model, column): columns without foreign key that hold the id of a person and move along."""

checks: Registry[Check] = Registry("check before a merge")
"""name -> function(kept, gone): raises a refusal, returns the rows that stay behind, or None."""

OWN = frozenset({"people.Person", "people.SearchToken", "people.Merge", "people.DuplicateCandidate"})
FOLLOW = 20  # merges shown back


@dataclass
class Preview:
    """What a merge would do: rows that move and that stay, counted by kind; identity fields the kept one takes over."""

    moves: dict[str, int] = field(default_factory=dict)
    stays: dict[str, int] = field(default_factory=dict)
    filled: list[str] = field(default_factory=list)
    refused: Any = ""


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Return every column that holds a person: foreign keys found from the models, and the registered ones."""
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if isinstance(model, type) and model._meta.label not in OWN and not relation.many_to_many:
            yield model, relation.field.name
    for _name, column in ids:
        yield column


# --- what may not simply move


@checks("people.households")
def _households(kept: Person, gone: Person) -> Stays:
    stays = Stays(HouseholdMember)
    for row in HouseholdMember.objects.filter(person=gone):
        same = HouseholdMember.objects.filter(overlaps(row.starts, row.ends), person=kept, household=row.household_id)
        if same.exists():
            stays.keys.add(row.pk)
    return stays


@checks("people.kinship")
def _kinship(kept: Person, gone: Person) -> Stays:
    pair = [kept.pk, gone.pk]
    return Stays(Kinship, set(Kinship.objects.filter(person__in=pair, other__in=pair).values_list("pk", flat=True)))


@checks("people.addresses")
def _addresses(kept: Person, gone: Person) -> Stays:
    stays = Stays(Address)
    for row in Address.objects.filter(person=gone):
        if Address.objects.filter(overlaps(row.starts, row.ends), person=kept, kind=row.kind).exists():
            stays.keys.add(row.pk)
    return stays


@checks("people.authority")
def _authority(kept: Person, gone: Person) -> Stays:
    """The same holder of the same kind stays behind; what contradicts is for the case worker, not for the steward."""
    stays = Stays(Authority)
    for row in Authority.objects.filter(child=gone):
        others = Authority.objects.filter(overlaps(row.starts, row.ends), child=kept)
        if others.filter(holder=row.holder, holder_organisation=row.holder_organisation, kind=row.kind).exists():
            stays.keys.add(row.pk)
        elif others.exists():
            raise BadInput(
                _("About who has authority these two say different things. Ask the team to correct that first.")
            )
    return stays


@checks("accounts.residents")
def _residents(kept: Person, gone: Person) -> None:
    if Resident.objects.filter(person__in=[kept.pk, gone.pk]).count() == 2:
        raise BadInput(_("Both can sign in as a resident. Ask the functional administrator to end one sign-in first."))


@checks("people.bsn")
def _bsn(kept: Person, gone: Person) -> None:
    if kept.bsn_index and gone.bsn_index:
        raise VoidByLaw(
            _("Both have a BSN of their own: then they are two persons. If a BSN is wrong, correct that first."),
            source="Wabb 1",
        )


ids.register("accounts.resident", (Resident, "person"))
ids.register("privacy.consent_of", (Consent, "person"))
ids.register("privacy.consent_by", (Consent, "given_by"))
ids.register("privacy.own_relative", (OwnRelative, "person"))


# --- the acts


@action
def merge_persons(
    *, by: Principal, at: dt.datetime, kept: Person, gone: Person, reason: str, opened_version: int
) -> Merge:
    """Make two rows one: everything known about `gone` moves to `kept`; `gone` remains as an empty shell.

    Raises a refusal when these are two persons, or when rooms hold what cannot be combined. When either has a secret
    address, all addresses of `kept` are secret afterwards, also after undoing: the safe side.
    """
    if not reason.strip():
        raise BadInput(_("Write in one sentence why these are one person."), field="reason")
    if kept.pk == gone.pk or kept.municipality != gone.municipality or kept.merged_into_id or gone.merged_into_id:
        raise BadInput(_("Choose two persons of this municipality that both still stand on their own."))
    Person.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).values_list("pk").first()
    moved, _left = _move(by, at, kept, gone)
    filled = _fill(kept, gone)
    save_changes(gone, {"merged_into": kept}, opened_version=opened_version, at=at)
    keep_tokens(gone)
    keep_tokens(kept)
    merge = Merge.objects.create(
        municipality=kept.municipality, kept=kept, gone=gone, moved=moved, filled=filled, reason=reason.strip(),
        merged_by=by.key, merged_at=at,
    )  # fmt: skip
    _rule(kept, gone, DuplicateRuling.SAME, by, at)
    record(
        by, "people.merged", merge, at=at, subjects=[subject(kept), subject(gone)], fields=filled,
        municipality=kept.municipality,
    )  # fmt: skip
    signals.persons_merged.send(sender=Person, kept=kept, gone=gone, by=by, at=at)
    return merge


class _Undo(Exception):
    """Only a look at what would happen."""


def preview(kept: Person, gone: Person, *, by: Principal, at: dt.datetime) -> Preview:
    """Return what a merge would do, by doing it and taking it back; a refusal stands in `refused`."""
    shown = Preview()
    one, two = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    try:
        with transaction.atomic():
            moved, left = _move(by, at, one, two)
            shown.filled = _fill(one, two)
            shown.moves = dict(Counter(str(apps.get_model(label)._meta.verbose_name) for label, _key, _column in moved))
            shown.stays = dict(Counter(str(model._meta.verbose_name) for model in left))
            raise _Undo
    except _Undo:
        pass
    except (BadInput, VoidByLaw) as refusal:
        shown.refused = refusal.sentence
    return shown


def _move(
    by: Principal, at: dt.datetime, kept: Person, gone: Person
) -> tuple[list[list[str]], list[type[models.Model]]]:
    staying: dict[type[models.Model], set[Any]] = {}
    for _name, check in checks:
        found = check(kept, gone)
        if found:
            staying.setdefault(found.model, set()).update(found.keys)
    secret = Address.objects.filter(person__in=[kept.pk, gone.pk], secret=True).exists()
    moved: list[list[str]] = []
    left: list[type[models.Model]] = []
    for model, column in columns():
        for key in list(model._default_manager.filter(**{column: gone.pk}).values_list("pk", flat=True)):
            if key in staying.get(model, ()) or not _point(model, key, column, kept.pk, at):
                left.append(model)
            else:
                moved.append([model._meta.label, str(key), column])
    for relation in Relation.objects.filter(moment_filter(at), Q(subject=gone.pk) | Q(principal=gone.pk)):
        new = _follow(by, at, relation, gone.pk, kept.pk, "merged with the same person")
        moved.append([Relation._meta.label, str(relation.pk), str(new.pk)])
    if secret:
        Address.objects.filter(person=kept, secret=False).update(secret=True, version=F("version") + 1, changed_at=at)
    return moved, left


def _point(model: type[models.Model], key: Any, column: str, person: UUID, at: dt.datetime) -> bool:
    """Point a column of a row to another person; False when that would say the same twice."""
    values: dict[str, Any] = {column: person}
    if issubclass(model, Record):
        values |= {"version": F("version") + 1, "changed_at": at}
    try:
        with transaction.atomic():
            model._default_manager.filter(pk=key).update(**values)
    except IntegrityError:
        return False
    return True


def _follow(by: Principal, at: dt.datetime, relation: Relation, old: UUID, new: UUID, ground: str) -> Relation:
    """End a relation of one row and begin the same one for the other; relations never change."""
    end_relation(by=by, at=at, relation=relation, ground=ground)
    return relate(
        by=by, at=at, subject_kind=SubjectKind(relation.subject_kind),
        subject=new if relation.subject == old else relation.subject,
        principal=new if relation.principal == old else relation.principal, kind=RelationKind(relation.kind),
        ground=relation.ground, municipality=relation.municipality, ends_at=relation.ends_at,
    )  # fmt: skip


def _fill(kept: Person, gone: Person) -> list[str]:
    """Give the kept row what it does not know itself; return the names of the fields."""
    filled = []
    for name in IDENTITY:
        value = getattr(gone, name)
        if getattr(kept, name) in ("", None, Sex.UNKNOWN) and value not in ("", None, Sex.UNKNOWN):
            setattr(kept, name, value)
            filled.append(name)
    if gone.bsn_index and not kept.bsn_index:
        _pass_bsn(gone, kept)
        filled.append("bsn")
    kept.version += 1
    kept.save()
    return filled


def _pass_bsn(giver: Person, taker: Person) -> None:
    taker.bsn, taker.bsn_index, taker.bsn_source = giver.bsn, giver.bsn_index, giver.bsn_source
    giver.bsn, giver.bsn_index, giver.bsn_source = None, None, ""
    giver.save(update_fields=["bsn", "bsn_index", "bsn_source"])
    taker.save(update_fields=["bsn", "bsn_index", "bsn_source"])


@action
def undo_merge(*, by: Principal, at: dt.datetime, merge: Merge, opened_version: int) -> Person:
    """Take a merge back: what moved and is still there goes back; what was added since stays with the kept one."""
    if merge.undone_at is not None:
        raise BadInput(_("This was undone already."))
    kept, gone = merge.kept, merge.gone
    save_changes(merge, {"undone_by": by.key, "undone_at": at}, opened_version=opened_version, at=at)
    for label, key, column in reversed(merge.moved):
        model = apps.get_model(label)
        if model is Relation:
            _follow_back(by, at, key, column, kept.pk, gone.pk)
        elif model._default_manager.filter(pk=key, **{column: kept.pk}).exists():
            _point(model, key, column, gone.pk, at)
    if "bsn" in merge.filled and kept.bsn_index and not gone.bsn_index:
        _pass_bsn(kept, gone)
    for name in set(merge.filled) - {"bsn"}:
        if getattr(kept, name) == getattr(gone, name):
            setattr(kept, name, getattr(Person(), name))
    kept.version += 1
    kept.save()
    save_changes(gone, {"merged_into": None}, opened_version=gone.version, at=at)
    keep_tokens(gone)
    keep_tokens(kept)
    _rule(kept, gone, DuplicateRuling.OPEN, by, at)
    record(
        by, "people.merge_undone", merge, at=at, subjects=[subject(kept), subject(gone)],
        municipality=merge.municipality,
    )  # fmt: skip
    signals.merge_undone.send(sender=Person, kept=kept, gone=gone, by=by, at=at)
    return gone


def _follow_back(by: Principal, at: dt.datetime, old: str, new: str, kept: UUID, gone: UUID) -> None:
    running = Relation.objects.filter(moment_filter(at), pk=new).first()
    if running is not None:
        _follow(by, at, running, kept, gone, "merge undone")


def _rule(one: Person, two: Person, ruling: DuplicateRuling, by: Principal, at: dt.datetime) -> None:
    a, b = sorted((one.pk, two.pk))
    ruled: dict[str, Any] = {"ruled_by": by.key, "ruled_at": at}
    if ruling == DuplicateRuling.OPEN:
        ruled = {"ruled_by": None, "ruled_at": None}
    DuplicateCandidate.objects.filter(one=a, other=b).update(ruling=ruling, version=F("version") + 1, **ruled)


@action
def rule_different(*, by: Principal, at: dt.datetime, candidate: DuplicateCandidate, opened_version: int) -> None:
    """Say that these are two persons; they are not proposed again."""
    changes = {"ruling": DuplicateRuling.DIFFERENT, "ruled_by": by.key, "ruled_at": at}
    save_changes(candidate, changes, opened_version=opened_version, at=at)
    record(
        by, "people.ruled_different", candidate, at=at, municipality=candidate.municipality,
        subjects=[("person", candidate.one_id), ("person", candidate.other_id)], fields=["ruling"],
    )  # fmt: skip


def recent_merges(by: Principal) -> models.QuerySet[Merge]:
    """Return the newest merges of the steward's municipality that stand."""
    rows = Merge.objects.filter(municipality=by.municipality, undone_at=None).select_related("kept", "gone")
    return rows.order_by("-merged_at")[:FOLLOW]
