"""What can be done with codes, areas, parameters and words. Values never enter events."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rondom.core import clock, locks
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed, NotFound, Stale
from rondom.core.events import record
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.reference import files, loading, parameters, queries, scopes, vocabulary
from rondom.reference.enums import AreaKind, ChangeState
from rondom.reference.loading import LoadReport
from rondom.reference.models import AreaLink, LocalWord, Parameter, ParameterChange
from rondom.reference.rules import is_other_person, may_change

# --- loading ---


class LoadRefused(BadInput):
    """Nothing of a file was stored; `report` names the refused lines."""

    def __init__(self, report: LoadReport) -> None:
        sentence = _("Nothing of %(file)s was loaded: %(count)s lines are refused.")
        super().__init__(sentence % {"file": report.file, "count": len(report.refused)})
        self.report = report


@action
def load(
    *,
    by: Principal,
    at: dt.datetime,
    file: files.ReferenceFile,
    history: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> LoadReport:
    """Store a reference file as a whole and return what changed; raise LoadRefused and store nothing otherwise.

    Loading the same file again changes nothing. Parameters that begin in the past are refused unless `history` is
    given, which is meant for filling a new installation.
    """
    locks.hold("reference.load")
    if file.what == files.PARAMETERS:
        locks.hold("reference.parameters")
    plan = loading.prepare(file, day=clock.today(at), history=history)
    if plan.report.refused:
        raise LoadRefused(plan.report)
    thing = loading.store(plan, by=by, at=at, progress=progress or (lambda done, total: None))
    record(by, f"reference.{file.what}_loaded", thing, at=at, fields=sorted(plan.report.touched))
    return plan.report


@action
def move_area(
    *, by: Principal, at: dt.datetime, kind: AreaKind, area: str, whole_kind: AreaKind, to: str, starts: dt.date,
    source: str,
) -> AreaLink:  # fmt: skip
    """Let an area be part of another larger area from a day in the future; what held before stays as it was."""
    _must_be_later(starts, at)
    source = _one_line(source, _("The source"), 300, field="source")
    if by.kind != "machine":
        raise NotAllowed(_("Areas come from national files. Ask who manages this installation to load them."))
    for list_key, value in ((kind, area), (whole_kind, to)):
        queries.code(list_key, value, on=starts)
    locks.hold("reference.load")
    links = AreaLink.objects.filter(kind=kind, area=area, whole_kind=whole_kind)
    if links.filter(starts__gte=starts).exists():
        raise BadInput(_("A later move of this area is planned already. Change that one first."), field="starts")
    former = links.filter(on(starts)).first()
    if former:
        former.ends = starts
        former.save(update_fields=["ends"])
    link = AreaLink.objects.create(kind=kind, area=area, whole_kind=whole_kind, whole=to, starts=starts, source=source)
    record(by, "reference.area_moved", link, at=at, fields=["whole"])
    return link


# --- parameters ---


@action
def propose(
    *,
    by: Principal,
    at: dt.datetime,
    name: str,
    scope: str,
    value: Any,
    starts: dt.date,
    source: str,
    seen: UUID | None,
    note: str = "",
) -> Parameter | ParameterChange:
    """Give a parameter another value from a day in the future.

    An ordinary one is planned at once and returned as Parameter; a privileged one waits for a second person and is
    returned as ParameterChange. `seen` is the key of the latest row when the form was opened: if somebody planned
    something since, Stale.
    """
    kind, scope = parameters.changeable(name), scopes.normal(scope)
    _check_scope(by, kind, scope)
    _must_be_later(starts, at)
    if not source.strip():
        raise BadInput(_("Name the source: the law, the decision or the agreement with its date."), field="source")
    source = _one_line(source, _("The source"), 300, field="source")
    note = _one_line(note, _("The remark"), 300, field="note") if note.strip() else ""
    written = kind.write(kind.read(value))
    locks.hold("reference.parameters")
    _must_be_latest(name, scope, seen)
    if not kind.privileged:
        return _place(by, at, kind, scope, written, starts, source, note, entered_by=by.key, approved_by=None)
    if ParameterChange.objects.filter(name=name, scope=scope, state=ChangeState.PROPOSED).exists():
        raise BadInput(_("A change of this value waits for a second person already. Have that one decided first."))
    change = ParameterChange.objects.create(
        municipality=_municipality(scope), name=name, scope=scope, value=written, starts=starts, source=source,
        note=note, seen=seen, proposed_by=by.key, created_at=at, changed_at=at,
    )  # fmt: skip
    record(by, "reference.parameter_change_proposed", change, at=at, fields=[name], municipality=change.municipality)
    return change


@action
def approve(*, by: Principal, at: dt.datetime, change: ParameterChange, opened_version: int) -> Parameter:
    """Approve a proposed change as the second person; the value is planned from its day."""
    if not is_other_person(by, change.proposed_by):
        raise NotAllowed(_("Somebody else than the proposer approves this: an administrator or the privacy officer."))
    _must_be_waiting(change)
    _must_be_later(change.starts, at)
    locks.hold("reference.parameters")
    _must_be_latest(change.name, change.scope, change.seen)
    _decide(by, at, change, ChangeState.APPROVED, opened_version)
    kind = parameters.find(change.name)
    return _place(
        by, at, kind, change.scope, change.value, change.starts, change.source, change.note,
        entered_by=change.proposed_by, approved_by=by.key,
    )  # fmt: skip


@action
def decline(*, by: Principal, at: dt.datetime, change: ParameterChange, opened_version: int) -> None:
    """Decline a proposed change as the second person; nothing changes."""
    if not is_other_person(by, change.proposed_by):
        raise NotAllowed(_("Withdraw your own proposal instead; another person declines it."))
    _must_be_waiting(change)
    _decide(by, at, change, ChangeState.DECLINED, opened_version)
    record(by, "reference.parameter_change_declined", change, at=at, municipality=change.municipality)


@action
def retract(*, by: Principal, at: dt.datetime, change: ParameterChange, opened_version: int) -> None:
    """Withdraw one's own proposed change."""
    if by.key != change.proposed_by:
        raise NotAllowed(_("Only the proposer withdraws a proposal; you can decline it."))
    _must_be_waiting(change)
    _decide(by, at, change, ChangeState.RETRACTED, opened_version)
    record(by, "reference.parameter_change_retracted", change, at=at, municipality=change.municipality)


@action
def call_off(*, by: Principal, at: dt.datetime, planned: Parameter) -> None:
    """Call off a value that has not begun; the value it would have replaced goes on."""
    if not may_change(by, planned.scope):
        raise NotFound("")
    locks.hold("reference.parameters")
    row = Parameter.objects.filter(pk=planned.pk).first()
    if row is None:
        raise BadInput(_("This plan was called off already."))
    if row.starts <= clock.today(at):
        raise BadInput(_("This value holds already. Plan another value from tomorrow instead."))
    if row.replaced_by.exists():
        raise BadInput(_("A later value replaces this one. Call that one off first."))
    former, ends = row.replaces, row.ends
    record(by, "reference.parameter_called_off", row, at=at, fields=[row.name], municipality=row.municipality)
    row.delete()
    if former is not None:
        former.ends = ends
        former.save(update_fields=["ends"])


def _place(
    by: Principal, at: dt.datetime, kind: parameters.ParameterKind, scope: str, written: Any, starts: dt.date,
    source: str, note: str, *, entered_by: UUID, approved_by: UUID | None,
) -> Parameter:  # fmt: skip
    rows = Parameter.objects.filter(name=kind.name, scope=scope)
    if rows.filter(starts__gte=starts).exists():
        raise BadInput(_("A value from that day or later is planned already. Call that one off first."), field="starts")
    former = rows.filter(on(starts)).first()
    ends = former.ends if former else None
    if former:
        former.ends = starts
        former.save(update_fields=["ends"])
    row = Parameter.objects.create(
        municipality=_municipality(scope), name=kind.name, scope=scope, value=written, starts=starts, ends=ends,
        source=source, note=note, replaces=former, entered_by=entered_by, approved_by=approved_by, created_at=at,
        changed_at=at,
    )  # fmt: skip
    record(by, "reference.parameter_planned", row, at=at, fields=[kind.name], municipality=row.municipality)
    return row


def _decide(by: Principal, at: dt.datetime, change: ParameterChange, state: ChangeState, opened_version: int) -> None:
    changes = {"state": state, "decided_by": by.key, "decided_at": at}
    save_changes(change, changes, opened_version=opened_version, at=at)


def _check_scope(by: Principal, kind: parameters.ParameterKind, scope: str) -> None:
    levels = {scopes.kind_of(part) for part in scopes.parts(scope)} or {"national"}
    if not levels <= set(kind.levels):
        sentence = _("%(title)s cannot differ there. It can differ by: %(levels)s.")
        words = {"title": kind.title, "levels": ", ".join(str(level.label) for level in kind.levels)}
        raise BadInput(sentence % words, field="scope")
    if not may_change(by, scope):
        raise NotAllowed(_("You can change the values of your own municipality. National ones come with the law."))


def _municipality(scope: str) -> str:
    return next((part for part in scopes.parts(scope) if part.startswith("GM")), "")


def _must_be_later(starts: dt.date, at: dt.datetime) -> None:
    if starts <= clock.today(at):
        raise BadInput(
            _("A change begins tomorrow at the earliest: what was decided until now keeps its ground."), field="starts"
        )


def _must_be_latest(name: str, scope: str, seen: UUID | None) -> None:
    latest = queries.latest(name, scope)
    if (latest.pk if latest else None) != seen:
        sentence = _("Somebody else planned a value since you opened this page. Look at it and decide again.")
        raise Stale(sentence, current=latest)


def _must_be_waiting(change: ParameterChange) -> None:
    if change.state != ChangeState.PROPOSED:
        raise BadInput(_("This proposal was decided already."))


# --- words ---


@action
def choose_word(
    *,
    by: Principal,
    at: dt.datetime,
    key: str,
    scope: str,
    singular: str,
    plural: str,
    article: str,
    starts: dt.date,
    seen: tuple[UUID, int] | None,
) -> LocalWord:
    """Use another word for a term from today or later. `seen` is (key, version) of the latest word when opened."""
    vocabulary.find(key)
    scope = scopes.normal(scope)
    if not may_change(by, scope):
        raise NotAllowed(_("You can choose the words of your own municipality."))
    if article not in dict(vocabulary.ARTICLES):
        raise BadInput(_("Choose “de” or “het”."), field="article")
    if starts < clock.today(at):
        raise BadInput(_("A word begins today or later: letters already sent keep their words."), field="starts")
    chosen = {
        "singular": _one_line(singular, _("The singular"), 60, field="singular"),
        "plural": _one_line(plural, _("The plural"), 60, field="plural"),
        "article": article,
    }
    locks.hold("reference.words")
    latest = queries.latest_word(key, scope)
    if latest is not None and latest.starts == starts:
        save_changes(latest, chosen, opened_version=seen[1] if seen else 0, at=at)
        word = latest
    else:
        word = _new_word(latest, key, scope, chosen, starts, seen, at)
    record(by, "reference.word_chosen", word, at=at, fields=[key], municipality=word.municipality)
    return word


def _new_word(
    latest: LocalWord | None, key: str, scope: str, chosen: dict[str, str], starts: dt.date,
    seen: tuple[UUID, int] | None, at: dt.datetime,
) -> LocalWord:  # fmt: skip
    if latest is not None and latest.starts > starts:
        raise BadInput(_("Another word is planned from a later day. Choose that day or a later one."), field="starts")
    if (latest.pk if latest else None) != (seen[0] if seen else None):
        sentence = _("Somebody else chose a word since you opened this page. Below you see both.")
        raise Stale(sentence, current=latest)
    if latest is not None and latest.ends is None:
        save_changes(latest, {"ends": starts}, opened_version=seen[1] if seen else 0, at=at)
    return LocalWord.objects.create(
        municipality=_municipality(scope), key=key, scope=scope, starts=starts, created_at=at, changed_at=at, **chosen
    )


def _one_line(text: str, what: Any, longest: int, *, field: str) -> str:
    try:
        return files.plain(text, what, longest)
    except files.LineRefused as reason:
        raise BadInput(reason.args[0], field=field) from reason


def load_shipped(*, by: Principal, at: dt.datetime) -> Iterable[LoadReport]:
    """Load every file that comes with Rondom into a new installation, each as a whole; yields the reports."""
    for path in files.shipped():
        yield load(by=by, at=at, file=files.read(path), history=True)


def fill(*, by: Principal, at: dt.datetime) -> str:
    """Load every shipped file that a new installation lacks; returns what was loaded."""
    reports = list(load_shipped(by=by, at=at))
    return f"{sum(report.new for report in reports)} codes, areas and values from {len(reports)} files"
