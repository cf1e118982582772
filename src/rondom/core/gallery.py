"""Every component of the shell with its states: `/galerij/` shows them, docs/reference/components.md lists them.

The examples are what a template writes; the people in them are invented.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.core.components import Cell, Chip, Column, Entry, Fact, Pill, Row, Step, Tab, Table
from rondom.core.forms import DateField, DateTimeField
from rondom.core.why import agreed, of_law
from rondom.law.procedure import ApplicationFacts, Suspension, decision_term

HERE = "#inhoud"


class SampleForm(forms.Form):
    """One of each field."""

    who = forms.CharField(label="Wie belde er?", help_text="Bijvoorbeeld: de leerkracht van Lot")
    day = DateField(label="Op welke dag?")
    moment = DateTimeField(label="Wanneer spreken jullie af?", required=False)
    what = forms.CharField(label="Wat is er gezegd?", widget=forms.Textarea(attrs={"rows": 5}), required=False)
    how = forms.ChoiceField(
        label="Hoe sprak je elkaar?",
        choices=[("phone", "aan de telefoon"), ("home", "thuis")],
        widget=forms.RadioSelect,
    )
    about = forms.MultipleChoiceField(
        label="Over wie gaat het?", choices=[("lot", "Lot (8)"), ("daan", "Daan (11)")],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    part = forms.ChoiceField(label="Onderdeel", choices=[("", "Kies"), ("1", "School"), ("2", "Thuis")], required=False)
    readable = forms.BooleanField(label="Het gezin mag dit lezen", required=False)


@dataclass(frozen=True)
class State:
    """One state of a component: what a template writes, and the values it gets."""

    name: Any
    template: str
    context: Callable[[], dict[str, Any]] = field(default=dict)


@dataclass(frozen=True)
class Example:
    """A component: its name in the reference, what it is for, and its states."""

    key: str
    title: Any
    purpose: Any
    states: tuple[State, ...]


def _rows() -> dict[str, Any]:
    now = clock.now()
    return {
        "items": [
            Row(
                "Gezin Visser", HERE, "Perspectiefplan na crisisopname.", Pill("1 dag te laat", "late", why=HERE),
                Step("Plan maken", HERE, primary=True, about="gezin Visser"),
            ),
            Row(
                "Gezin El Amrani", HERE, "Planbijeenkomst, tante en leerkracht komen ook.",
                Pill("vandaag 16.00", "due"), Step("Openen", HERE, about="gezin El Amrani"),
            ),
            Row("Gezin Bos", HERE, "Evaluatie: is het goed genoeg?", Pill("do 26 nov"), Step("Navragen", HERE)),
        ],
        "yesterday": now - dt.timedelta(days=1),
        "later": now + dt.timedelta(days=2),
        "far": now + dt.timedelta(days=40),
    }  # fmt: skip


def _whys() -> dict[str, Any]:
    pause = Suspension(dt.date(2026, 11, 10), dt.date(2026, 11, 20))
    plain = decision_term(ApplicationFacts(dt.date(2026, 10, 30)))
    paused = decision_term(ApplicationFacts(dt.date(2026, 11, 2), suspensions=(pause,)))
    return {
        "law": of_law(plain, "Waarom deze datum?"),
        "doubt": of_law(paused, "Waarom deze datum?"),
        "hand": agreed("Waarom deze datum?", "Acht weken na het laatste gesprek", "afgesproken met beide ouders"),
    }


def _table() -> dict[str, Any]:
    rows = [
        [Cell("Opvoedhulp thuis", HERE), "tot 26 februari 2027", 12, Pill("loopt", "calm")],
        ["Dagbehandeling", "tot 1 januari 2027", 4, Pill("nog 12 dagen", "due")],
    ]
    columns = [Column("Hulp"), Column("Periode"), Column("Weken", numeric=True), Column("Stand")]
    return {"table": Table("Hulp die nu loopt", columns, rows), "none": Table("Hulp die nu loopt", columns)}


def _timeline() -> dict[str, Any]:
    now = clock.now()
    return {
        "entries": [
            Entry(now + dt.timedelta(days=2), "Evaluatie", who="Sanne Bakker", coming=True),
            Entry(
                now - dt.timedelta(days=3), "Gesprek thuis", "Lot gaat weer graag naar zwemmen.", HERE, "Sanne Bakker"
            ),
            Entry(now.date() - dt.timedelta(days=40), "Besluit: opvoedhulp thuis"),
        ]
    }


def _figure() -> dict[str, Any]:
    columns = [Column("Jaar"), Column("Jeugdigen", numeric=True)]
    return {
        "picture": render_to_string("core/sample_picture.html"),
        "table": Table("Jeugdigen met hulp", columns, [["2024", 200], ["2025", 120]]),
    }


def _form(data: dict[str, Any] | None = None) -> Callable[[], dict[str, Any]]:
    return lambda: {"form": SampleForm(data, auto_id="id_%s" if data is None else "fout_%s")}


EXAMPLES = (
    Example("button", _("Button"), _("One main step per page; its words are a verb."), (
        State(_("main, other, quiet"),
              '<button class="utrecht-button utrecht-button--primary-action" type="button">Opslaan</button> '
              '<a class="utrecht-button utrecht-button--secondary-action" href="#inhoud">Openen</a> '
              '<button class="utrecht-button utrecht-button--subtle" type="button">Weggooien</button>'),
        State(_("as a next step"), "{% step step %}",
              lambda: {"step": Step("Plan maken", HERE, primary=True, about="gezin Visser")}),
        State(_("cannot be used now"),
              '<button class="utrecht-button utrecht-button--primary-action" type="button" disabled>Opslaan</button>'),
    )),
    Example("pill", _("Pill"), _("A few words with a tone: late, due, calm or plain. Never a tone for a person."), (
        State(_("tones"), '{% pill "1 dag te laat" "late" %} {% pill "vandaag 16.00" "due" %} '
                          '{% pill "besproken 3 nov" "calm" %} {% pill "do 26 nov" %}'),
        State(_("a deadline says its own words"),
              "{% deadline yesterday %} {% deadline later %} {% deadline far %}", _rows),
    )),
    Example("why", _("Why?"), _("Beside every date or person that was worked out: what it rests on."), (
        State(_("from the law"), "{% why law %}", _whys),
        State(_("not certain"), "{% why doubt %}", _whys),
        State(_("set by hand"), "{% why hand %}", _whys),
        State(_("shown at once"), "{% why law open=True %}", _whys),
    )),
    Example("rows", _("Rows with a next step"), _("Work: clock, what it is about, and the step to take."), (
        State(_("filled"), "{% rows items %}", _rows),
        State(_("without clocks"), "{% rows items %}",
              lambda: {"items": [Row("Gezin Bos", HERE, "Je leest mee tot maandag.", step=Step("Openen", HERE))]}),
        State(_("empty"), '{% empty "Er is niets dat niet kan wachten." "Wat deze week moet, komt hier." %}'),
    )),
    Example("card", _("Card"), _("A part of the page with its own heading."), (
        State(_("plain and with a tone"),
              '<div class="rondom-grid rondom-grid--3">'
              '{% card title="Bellen terug" level=4 %}<p>Moeder van Daan, na 15 uur.</p>{% endcard %}'
              '{% card title="Code Merel" tone="late" level=4 %}<p>Nog 38 minuten.</p>{% endcard %}'
              '{% card title="Code Kraai" tone="calm" level=4 %}<p>Aankomst bevestigd.</p>{% endcard %}</div>'),
    )),
    Example("head", _("Head of a case"), _("Names, ages and what everybody must know; it never moves."), (
        State(_("as facts"), "{% facts facts %}", lambda: {"facts": [
            Fact("Casusregisseur", "Sanne Bakker", HERE), Fact("Gezag", "beide ouders"),
            Fact("Veiligheid", Pill("besproken 3 nov", "calm")), Fact("Eerste volgende", "evaluatie do 26 nov")]}),
    )),
    Example("tabs", _("Tabs"), _("The parts of a page, as links; the same for every family."), (
        State(_("one is current"), "{% tabs items %}", lambda: {"items": [
            Tab("Plan", HERE, True), Tab("Tijdlijn", HERE), Tab("Documenten", HERE), Tab("Wie keek er?", HERE)]}),
    )),
    Example("table", _("Table"), _("With a caption; on a phone every row becomes a block."), (
        State(_("filled"), "{% table table %}", _table),
        State(_("empty"), '{% empty "Er loopt nu geen hulp." "Hulp die start, komt hier vanzelf." %}'),
    )),
    Example("form", _("Form"), _("One column; help and error beside the field; a summary on top."), (
        State(_("first time"), '<form class="rondom-form" method="post" action="/galerij/" novalidate>'
                               '{% csrf_token %}{{ form }}'
                               '{% actions "Opslaan" "#inhoud" "Toch niet" %}</form>', _form()),
        State(_("with errors"), '<form class="rondom-form" method="post" action="/galerij/" novalidate>'
                                '{% csrf_token %}{{ form }}'
                                '{% actions "Opslaan" %}</form>',
              _form({"who": "", "day": "31-2-2019", "moment_day": "26-11-2026", "moment_time": "", "how": ""})),
    )),
    Example("alert", _("Alert"), _("What must not be missed: what happened, and what to do."), (
        State(_("tones"),
              '{% alert "plain" %}<p>Mark is ziek: 4 gezinnen zijn tijdelijk bij jou.</p>{% endalert %}'
              '{% alert "calm" %}<p>Opgeslagen.</p>{% endalert %}'
              '{% alert "due" title="Er is vandaag nog een gesprek" %}'
              '<p>Schrijf het op voor je naar huis gaat.</p>{% endalert %}'
              '{% alert "late" title="Het versturen lukte niet" %}<p>Wat je typte is bewaard. '
              'Probeer het over een minuut opnieuw.</p>{% endalert %}'),
    )),
    Example("empty", _("Empty, first time, loading, failing"), _("Says what will stand here, and what to do."), (
        State(_("empty"), '{% empty "Nog geen notities." "Wat je met het gezin bespreekt, komt hier." %}'),
        State(_("first time"), '{% empty "Welkom. Dit wordt jouw dag." "Begin met een gezin openen." step %}',
              lambda: {"step": Step("Gezinnen bekijken", HERE, primary=True)}),
        State(_("loading"), "{% loading %}"),
        State(_("failing"), "{% failing url %}", lambda: {"url": HERE}),
    )),
    Example("chips", _("Filters"), _("Each says what it filters; the count is that of the list behind it."), (
        State(_("one is on"), "{% chips items %}", lambda: {"items": [
            Chip("Team Noord", HERE, on=True), Chip("te laat", HERE, count=3), Chip("nieuw", HERE, count=0)]}),
    )),
    Example("pagination", _("Pages of a list"), _("Which rows these are, and the way to the others."), (
        State(_("in the middle"), "{% pagination page %}", lambda: {"page": Paginator(range(130), 50).page(2)}),
    )),
    Example("timeline", _("Timeline"), _("Moments in order, what is still to come marked as such."), (
        State(_("filled"), "{% timeline entries %}", _timeline),
        State(_("empty"), '{% empty "Er is nog niets gebeurd." "Elk gesprek en besluit komt hier vanzelf." %}'),
    )),
    Example("figure", _("Figure"), _("A drawing, what it says in words, and the same as a table."), (
        State(_("filled"),
              '{% figure picture "In 2024 kregen 200 jeugdigen hulp, in 2025 120." table %}', _figure),
    )),
    Example("quote", _("The family's own words"), _("Shown as theirs: who said it, and when."), (
        State(_("filled"), '<blockquote class="rondom-quote"><p>Ik wil weer bij oma logeren.</p>'
                           '<footer>Lot, 3 november</footer></blockquote>'),
    )),
)  # fmt: skip


def shown(example: Example, request: HttpRequest) -> list[tuple[Any, str, str]]:
    """Return (name, what the template writes, what comes out) per state."""
    engine = engines["django"]
    written = [(s.name, s.template, s.context()) for s in example.states]
    return [
        (name, text, engine.from_string("{% load rondom %}" + text).render(context, request))
        for name, text, context in written
    ]


def page(request: HttpRequest) -> HttpResponse:
    """Show every component; a posted form comes back with its errors, nothing is stored."""
    examples = [(example, shown(example, request)) for example in EXAMPLES]
    form = SampleForm(request.POST or None, auto_id="eigen_%s")
    return render(request, "core/gallery.html", {"examples": examples, "form": form})
