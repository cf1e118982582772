"""`{% load rondom %}`: the components of the shell. What each looks like, with its states, stands in the gallery."""

import datetime as dt
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rondom.core import clock, words
from rondom.core.components import TONES, Chip, Entry, Fact, Pill, Row, Step, Tab, Table
from rondom.core.why import Why, of_law
from rondom.law.engine import Answer

register = template.Library()

SHAPES = {  # drawn in a box of 16, in the colour of the words beside it
    "late": "M8 1.5 15 14H1Zm-.9 4.5.2 4h1.4l.2-4Zm.9 5.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z",
    "due": "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm.8 3v3.7l2.5 1.5-.7 1.2-3.2-2V4Z",
    "calm": "M6.3 12.6 2 8.3l1.4-1.4 2.9 2.9 6.3-6.3L14 4.9Z",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw the icon of late, due or calm, hidden from screen readers: the words say it already."""
    return format_html(
        '<svg class="rondom-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path fill="currentColor" fill-rule="evenodd" d="{}"/></svg>',
        SHAPES[name],
    )


@register.inclusion_tag("core/pill.html")
def pill(text: Any, tone: str = "plain", why: str = "") -> dict[str, Any]:
    """Show a few words with a tone; takes a Pill, or words and a tone."""
    return {"pill": text if isinstance(text, Pill) else Pill(text, tone, why)}


@register.inclusion_tag("core/pill.html")
def deadline(due: dt.date | dt.datetime, why: str = "") -> dict[str, Any]:
    """Show how far a deadline is: "1 dag te laat", "nog 2 dagen", "vandaag 16.00"."""
    said = words.clock_words(due, clock.now())
    return {"pill": Pill(said.text, said.tone, why), "title": words.date_words(due)}


@register.simple_tag
def day(when: dt.date | dt.datetime) -> str:
    """Say a day near today: "vandaag 16.00", "morgen", "do 26 nov"."""
    return words.day_words(when, clock.now())


@register.filter
def date_words(when: dt.date | dt.datetime | None) -> str:
    """Say a date in full: "3 april 2019"."""
    return words.date_words(when) if when else ""


@register.filter
def moment_words(when: dt.datetime | None) -> str:
    """Say a moment in full: "3 april 2019, 16.00"."""
    return words.moment_words(when) if when else ""


@register.inclusion_tag("core/why.html", name="why")
def why_(item: Why | None, about: Any = "", *, open: bool = False) -> dict[str, Any]:
    """Show why something is so, behind "waarom?" (`about` is read aloud with it), or at once with `open=True`."""
    return {"why": item, "about": about, "open": open}


@register.filter
def law_why(answer: Answer[Any] | None, question: str) -> Why | None:
    """Return an answer of the law for `{% why %}`, under a question."""
    return of_law(answer, question) if answer else None


@register.inclusion_tag("core/step.html", takes_context=True)
def step(context: Context, step: Step) -> dict[str, Any]:
    """Show a next step as a button with a verb: a link, or a small form when it changes something."""
    return {"step": step, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("core/rows.html", takes_context=True)
def rows(context: Context, items: list[Row]) -> dict[str, Any]:
    """Show lines of work with their clocks and next steps."""
    clocks = any(row.pill for row in items)
    return {"items": items, "clocks": clocks, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("core/head.html")
def head(title: Any, facts: list[Fact]) -> dict[str, Any]:
    """Show the head of a case: it never moves."""
    return {"title": title, "facts": facts}


@register.inclusion_tag("core/facts.html")
def facts(items: list[Fact]) -> dict[str, Any]:
    """Show labels with their values."""
    return {"facts": items}


@register.inclusion_tag("core/tabs.html")
def tabs(items: list[Tab], label: Any = "") -> dict[str, Any]:
    """Show the parts of a page as links; the current one is marked."""
    return {"items": items, "label": label or gettext("Parts of this page")}


@register.inclusion_tag("core/table.html")
def table(table: Table) -> dict[str, Any]:
    """Show a table with its caption; on a phone every row becomes a block with its labels."""
    return {"table": table}


@register.inclusion_tag("core/chips.html")
def chips(items: list[Chip], label: Any = "") -> dict[str, Any]:
    """Show filters that say what they filter."""
    return {"items": items, "label": label or gettext("Filters")}


@register.inclusion_tag("core/timeline.html")
def timeline(entries: list[Entry]) -> dict[str, Any]:
    """Show moments, the newest first as they are given."""
    return {"entries": [(entry, words.day_words(entry.when, clock.now())) for entry in entries]}


@register.inclusion_tag("core/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, parameter: str = "blad") -> dict[str, Any]:
    """Show which rows these are and the way to the others, keeping the filters in the address."""
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    rest = query.urlencode()
    return {"page": page, "parameter": parameter, "rest": f"&{rest}" if rest else ""}


@register.inclusion_tag("core/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """Show what is wrong in a form on top, each with a link to its field."""
    found = [(field.label, field.errors, _anchor(field)) for field in form if field.errors]
    return {"general": form.non_field_errors(), "found": found, "wrong": bool(form.errors)}


def _anchor(field: Any) -> str:
    """The id of the first control of a field: where the link in the error summary goes."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)


@register.inclusion_tag("core/actions.html")
def actions(label: Any, cancel_url: str = "", cancel: Any = "") -> dict[str, Any]:
    """Close a form: one button with a verb, and a way back."""
    return {"label": label, "cancel_url": cancel_url, "cancel": cancel}


@register.inclusion_tag("core/figure.html")
def figure(picture: SafeString, summary: Any, table: Table, title: Any = "") -> dict[str, Any]:
    """Show a drawing made on the server, what it says in words, and the same as a table one click away."""
    return {"picture": picture, "summary": summary, "table": table, "title": title}


@register.inclusion_tag("core/empty.html")
def empty(title: Any, text: Any = "", step: Step | None = None) -> dict[str, Any]:
    """Say what will stand here and what to do first."""
    return {"title": title, "text": text, "step": step}


@register.inclusion_tag("core/loading.html")
def loading(text: Any = "") -> dict[str, Any]:
    """Say that something is being fetched; the page around it stays usable."""
    return {"text": text or gettext("Just a moment, this is being fetched.")}


@register.inclusion_tag("core/failing.html")
def failing(url: str, text: Any = "") -> dict[str, Any]:
    """Say that a part could not be shown, that nothing is lost, and how to try again."""
    return {"url": url, "text": text or gettext("This part cannot be shown now. Nothing is lost.")}


@register.simple_block_tag
def card(content: SafeString, title: Any = "", tone: str = "", level: int = 2) -> SafeString:
    """Put a part of the page on a white card."""
    classes = f"rondom-card rondom-card--{tone}" if tone in TONES else "rondom-card"
    heading = format_html("<h{0}>{1}</h{0}>", int(level), title) if title else ""
    return format_html('<section class="{}">{}{}</section>', classes, heading, content)


@register.simple_block_tag
def alert(content: SafeString, tone: str = "plain", title: Any = "", role: str = "") -> SafeString:
    """Say something that must not be missed: what happened, and what to do."""
    Pill("", tone)
    heading = format_html("<p><strong>{}</strong></p>", title) if title else ""
    live = format_html(' role="{}"', role) if role else ""
    return format_html('<div class="rondom-alert rondom-alert--{}"{}>{}{}</div>', tone, live, heading, content)


@register.filter
def is_pill(value: Any) -> bool:
    """Tell whether a value is a Pill."""
    return isinstance(value, Pill)


@register.filter
def is_required(field: Any) -> bool:
    """Tell whether a bound field must be filled in."""
    return bool(field.field.required)
