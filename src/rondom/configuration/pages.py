"""What the pages show: values, scopes and periods in words."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rondom.accounts.queries import staff_names
from rondom.aids.models import Publication
from rondom.aids.queries import content
from rondom.configuration.forms import PROVIDER_KINDS
from rondom.core.components import Cell, Chip, Column, Fact, Pill, Row, Table
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.reference import parameters as known
from rondom.reference import queries, scopes, vocabulary
from rondom.reference.models import Code, CodeList, LocalWord, Parameter, ParameterChange
from rondom.reference.parameters import Level, ParameterKind
from rondom.reference.vocabulary import Word

# --- words for values and scopes ---


def say_scope(scope: str, day: dt.date) -> str:
    """Return a scope in words: "Dronten, product 45A04"."""
    if scope == scopes.NATIONAL:
        return _("the whole country")
    return ", ".join(_say_part(part, day) for part in scopes.parts(scope))


def _say_part(part: str, day: dt.date) -> str:
    kind, name = scopes.kind_of(part), part.partition(":")[2]
    if kind == "municipality":
        return queries.municipality_name(part, on=day)
    if kind == "region":
        return _("region %(name)s") % {"name": queries.area_name("youth_region", name)}
    if kind == "product":
        return _("product %(name)s") % {"name": name}
    if kind == "organisation":
        return _("one organisation")
    return _("help by %(name)s") % {"name": dict(PROVIDER_KINDS).get(name, name)}


def is_local(kind: ParameterKind) -> bool:
    """Tell whether a municipality may choose its own value."""
    return not kind.statutory and Level.MUNICIPALITY in kind.levels


# --- start ---


def waiting_rows(by: Principal, changes: Iterable[ParameterChange], tables: Iterable[Publication]) -> list[Row]:
    """Return what waits for a second person, as lines of work."""
    found = []
    for change in changes:
        mine = change.proposed_by == by.key
        found.append(
            Row(
                known.find(change.name).title,
                url=reverse("configuration:change", args=[change.pk]),
                text=_("A new value from %(day)s") % {"day": date_words(change.starts)},
                pill=Pill(_("waits for a colleague"), "calm") if mine else Pill(_("waits for you"), "due"),
            )
        )
    for table in tables:
        mine = table.proposed_by == by.key
        found.append(
            Row(
                content(table).title,
                url=reverse("aids:publication", args=[table.pk]),
                text=_("A decision aid from %(day)s") % {"day": date_words(table.starts)},
                pill=Pill(_("waits for a colleague"), "calm") if mine else Pill(_("waits for you"), "due"),
            )
        )
    return found


# --- parameters ---

FILTERS = {
    "": lambda kind, value, own, planned: True,
    "eigen": lambda kind, value, own, planned: own,
    "te-kiezen": lambda kind, value, own, planned: is_local(kind),
    "gepland": lambda kind, value, own, planned: planned,
    "wet": lambda kind, value, own, planned: kind.statutory,
}


def parameter_list(municipality: str, day: dt.date, *, chosen: str, search: str) -> dict[str, Any]:
    """Return the table of parameters, the filters with their counts and how many there are."""
    chosen = chosen if chosen in FILTERS else ""
    values = queries.parameter_set(day, queries.scopes_of(municipality, on=day))
    planned = queries.planned_names(municipality, after=day)
    lines = []
    for name, kind in known.known:
        value = values.get(name)
        own = value is not None and municipality in scopes.parts(value.scope)
        lines.append((kind, value, own, name in planned))
    words = search.casefold()
    lines = [line for line in lines if words in f"{line[0].title} {line[0].meaning}".casefold()]
    labels = {
        "": _("All"), "eigen": _("Chosen here"), "te-kiezen": _("Can differ here"), "gepland": _("Change planned"),
        "wet": _("Set by law"),
    }  # fmt: skip
    query = f"&zoek={search}" if search else ""
    chips = [
        Chip(
            label, f"?soort={'' if key == chosen else key}{query}", key == chosen, sum(FILTERS[key](*x) for x in lines)
        )
        for key, label in labels.items()
    ]
    shown = sorted((line for line in lines if FILTERS[chosen](*line)), key=lambda line: str(line[0].title))
    return {"chips": chips, "table": _parameter_table(shown, day), "count": len(shown)}


def _parameter_table(lines: list[tuple[ParameterKind, Any, bool, bool]], day: dt.date) -> Table:
    columns = [Column(_("Parameter")), Column(_("Value now")), Column(_("Holds for")), Column(_("Since")), Column("")]
    rows = []
    for kind, value, own, planned in lines:
        rows.append(
            [
                Cell(kind.title, url=reverse("configuration:parameter", args=[kind.name])),
                kind.say(value.value) if value else _("no value"),
                (say_scope(value.scope, day) if value else ""),
                date_words(value.valid_from) if value else "",
                _state(kind, own=own, planned=planned),
            ]
        )
    return Table(_("Parameters and their value of today"), columns, rows)


def _state(kind: ParameterKind, *, own: bool, planned: bool) -> Any:
    if planned:
        return Pill(_("change planned"), "due")
    if kind.statutory:
        return Pill(_("law"))
    return Pill(_("chosen here"), "calm") if own else ""


def value_now(by: Principal, kind: ParameterKind, day: dt.date) -> dict[str, Any]:
    """Return the value that holds here today, as facts for the head of a page."""
    values = queries.parameter_set(day, queries.scopes_of(by.municipality, on=day))
    if kind.name not in values:
        return {"now": [Fact(_("Now"), _("no value"))]}
    value = values[kind.name]
    return {
        "now": [
            Fact(_("Now"), kind.say(value.value)),
            Fact(_("Since"), date_words(value.valid_from)),
            Fact(_("Holds for"), say_scope(value.scope, day)),
            Fact(_("Source"), value.source),
        ]
    }


def parameter_page(by: Principal, kind: ParameterKind, day: dt.date) -> dict[str, Any]:
    """Return everything about one parameter."""
    rows = list(queries.history(kind.name, municipality=by.municipality))
    names = staff_names({row.entered_by for row in rows} | {row.approved_by for row in rows if row.approved_by})
    waiting = queries.waiting_changes(by.municipality).filter(name=kind.name).first()
    decided = list(queries.decided_changes(kind.name, by.municipality))
    return {
        **value_now(by, kind, day),
        "may_propose": by.has("functional_administrator") and is_local(kind),
        "planned": [
            {"row": row, "said": say_row(row), "for": say_scope(row.scope, day)}
            for row in rows
            if row.starts > day and by.municipality in scopes.parts(row.scope)
        ],
        "history": _history_table(kind, rows, day, names) if rows else None,
        "law": kind.statutory,
        "waiting": waiting,
        "decided": _decided_table(kind, decided) if decided else None,
    }


def say_row(row: Parameter) -> str:
    """Return a row in one sentence: "21 dagen vanaf 1 januari 2027"."""
    kind = known.find(row.name)
    words = {"value": kind.say(kind.read(row.value)), "day": date_words(row.starts)}
    return _("%(value)s from %(day)s") % words


def _history_table(kind: ParameterKind, rows: list[Parameter], day: dt.date, names: dict[UUID, str]) -> Table:
    columns = [
        Column(_("Value")), Column(_("Holds for")), Column(_("From")), Column(_("Until")), Column(_("Source")),
        Column(_("Entered by")),
    ]  # fmt: skip
    return Table(
        _("Values through time"),
        columns,
        [
            [
                Cell(kind.say(kind.read(row.value))),
                say_scope(row.scope, day),
                date_words(row.starts),
                date_words(row.ends) if row.ends else Pill(_("planned"), "due") if row.starts > day else _("now"),
                _("%(source)s (%(note)s)") % {"source": row.source, "note": row.note} if row.note else row.source,
                _who(row, names),
            ]
            for row in rows
        ],
    )


def _who(row: Parameter, names: dict[UUID, str]) -> str:
    first = names.get(row.entered_by, _("file"))
    second = names.get(row.approved_by, "") if row.approved_by else ""
    return _("%(first)s, approved by %(second)s") % {"first": first, "second": second} if second else first


def _decided_table(kind: ParameterKind, changes: list[ParameterChange]) -> Table:
    names = staff_names({c.proposed_by for c in changes} | {c.decided_by for c in changes if c.decided_by})
    columns = [Column(_("Proposal")), Column(_("Proposed by")), Column(_("Decided by")), Column(_("Outcome"))]
    rows = [
        [
            Cell(kind.say(kind.read(change.value)), url=reverse("configuration:change", args=[change.pk])),
            names.get(change.proposed_by, ""),
            names.get(change.decided_by, "") if change.decided_by else "",
            change.get_state_display(),
        ]
        for change in changes
    ]
    return Table(_("Earlier proposals"), columns, rows)


def change_facts(change: ParameterChange) -> list[Fact]:
    """Return what a proposal says, and who proposed and decided."""
    names = staff_names({change.proposed_by} | ({change.decided_by} if change.decided_by else set()))
    kind = known.find(change.name)
    facts = [
        Fact(_("New value"), kind.say(kind.read(change.value))),
        Fact(_("From"), date_words(change.starts)),
        Fact(_("Holds for"), say_scope(change.scope, change.starts)),
        Fact(_("Ground"), change.source),
        Fact(_("Proposed by"), names.get(change.proposed_by, "")),
    ]
    if change.note:
        facts.append(Fact(_("Remark"), change.note))
    if change.decided_by:
        facts.append(Fact(change.get_state_display().capitalize(), names.get(change.decided_by, "")))
    return facts


# --- code lists ---


def lists_table(lists: Iterable[CodeList]) -> Table:
    """Return all code lists."""
    columns = [Column(_("List")), Column(_("In the standard")), Column(_("Source"))]
    rows = [
        [Cell(each.name, url=reverse("configuration:code_list", args=[each.key])), each.standard, each.source]
        for each in lists
    ]
    return Table(_("Code lists"), columns, rows)


def codes_table(listed: CodeList, codes: Iterable[Code], day: dt.date, *, every: bool) -> Table:
    """Return the codes of a list with their periods and what else the list says about them."""
    columns = [Column(_("Code")), Column(_("Meaning")), Column(_("From")), Column(_("Until")), Column(_("More"))]
    rows = [
        [
            each.code,
            each.label,
            date_words(each.starts),
            date_words(each.ends) if each.ends else "",
            "; ".join(_("%(key)s: %(value)s") % {"key": key, "value": value} for key, value in each.extra.items()),
        ]
        for each in codes
    ]
    if every:
        caption = _("%(list)s, all periods") % {"list": listed.name}
    else:
        caption = _("%(list)s on %(day)s") % {"list": listed.name, "day": date_words(day)}
    return Table(caption, columns, rows)


# --- words ---


def words_table(by: Principal, day: dt.date, *, may_change: bool) -> Table:
    """Return the vocabulary as it is used here, with what each word means."""
    used = queries.words(by.municipality, on=day)
    own = queries.own_word_keys(by.municipality, on=day)
    columns = [Column(_("Word here")), Column(_("More than one")), Column(_("What it is")), Column("")]
    rows = []
    for key, term in vocabulary.TERMS.items():
        address = reverse("configuration:word", args=[key]) if may_change else ""
        state = Pill(_("chosen here"), "calm") if key in own else ""
        said = used[key].say(article=True)
        rows.append([Cell(said, url=address), used[key].say(plural=True), term.meaning, state])
    return Table(_("Words of this municipality"), columns, rows)


def word_initial(by: Principal, term: str, day: dt.date, latest: LocalWord | None) -> dict[str, Any]:
    """Return what the form for a word begins with: the word used now."""
    used = queries.words(by.municipality, on=day)[term]
    return {
        "singular": used.singular, "plural": used.plural,
        "article": "het" if used.article is vocabulary.HET else "de", "starts": day,
        "seen": f"{latest.pk} {latest.version}" if latest else "",
    }  # fmt: skip


def read_seen(typed: str) -> tuple[UUID, int] | None:
    """Return the key and version of the word that was shown, from the form."""
    try:
        key, version = typed.split()
        return UUID(key), int(version)
    except ValueError:
        return None


def sentences(word: Word) -> list[str]:
    """Return a word in the sentences it will stand in."""
    one, more = word.say(article=True), word.say(plural=True)
    first = word.say(article=True, capital=True)
    return [
        pgettext("preview of a word", "%(one)s of this family is known.") % {"one": first},
        pgettext("preview of a word", "Ask %(one)s.") % {"one": one},
        pgettext("preview of a word", "All %(more)s of this municipality.") % {"more": more},
    ]


def word_history(words: Iterable[LocalWord]) -> Table | None:
    """Return the words used before and planned, or None when there are none."""
    columns = [Column(_("Word")), Column(_("More than one")), Column(_("From")), Column(_("Until"))]
    rows = [
        [
            _("%(article)s %(word)s") % {"article": each.article, "word": each.singular},
            each.plural,
            date_words(each.starts),
            date_words(each.ends) if each.ends else "",
        ]
        for each in words
    ]
    return Table(_("Words chosen here"), columns, rows) if rows else None
