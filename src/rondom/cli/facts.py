"""The facts: what can be counted, as files for analysis, and the figures made of them.

    rondom facts snapshot                                    make a snapshot now (it is made every night too)
    rondom facts snapshot --whole                            the same, asking also what did not change
    rondom facts snapshot --show                             and let the pages show it, in the middle of a month
    rondom facts indicators                                  the indicators: question, definition, source
    rondom facts figure crisis_youths 2016Q3                 one figure, as JSON, with the SQL that was asked
    rondom facts figure crisis_lines 2016Q3 --by form,age    split
    rondom facts figure crisis_lines 2016 --public           what may be published of a period that is over
    rondom facts figure unique_clients 2026 --explain        the rule that is applied, per client (by pseudonym)
    rondom facts figure repeat_use 2026 --look-back 365      another number of days than the parameter says

A period is a year, a half-year, a quarter or a month: 2026, 2026H1, 2026Q3, 2026-09. A snapshot is personal data, and
so is a figure without --public, and an explanation: see docs/how-to/facts.md. Needs the extra `insight`.
"""

import argparse
import csv
import json
import sys
import time
from typing import Any

HELP = "make a snapshot of the facts; list and compute indicators"
WRONG = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three verbs: snapshot, indicators, figure."""
    verbs = parser.add_subparsers(dest="what", metavar="verb", required=True)
    snapshot = verbs.add_parser("snapshot", help="make a snapshot now")
    snapshot.add_argument("--whole", action="store_true", help="ask every table anew, also where nothing happened")
    verbs.add_parser("indicators", help="list the indicators")
    snapshot.add_argument("--show", action="store_true", help="let the pages show it now; else they move once a month")
    figure = verbs.add_parser("figure", help="compute one indicator over a period")
    figure.add_argument("indicator", help="its short name; rondom facts indicators lists them")
    figure.add_argument("period", help="for example 2026, 2026H1, 2026Q3 or 2026-09")
    figure.add_argument("--by", default="", metavar="A,B", help="split by one or two of its groupings")
    figure.add_argument("--of", default="", metavar="CODES", help="only these municipalities (CBS codes, with commas)")
    figure.add_argument("--public", action="store_true", help="only what may be published")
    figure.add_argument("--explain", action="store_true", help="how each client is counted, for unique clients")
    figure.add_argument("--look-back", type=int, metavar="DAYS", help="how far to look back for help again")
    figure.add_argument("--format", choices=("json", "csv"), default="json", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Do what was asked."""
    from django.utils import translation

    with translation.override("nl"):
        return {"snapshot": _snapshot, "indicators": _indicators, "figure": _figure}[options.what](options)


def _snapshot(options: argparse.Namespace) -> int:
    from rondom.core import clock
    from rondom.core.principals import machine
    from rondom.indicators import snapshot

    began = time.monotonic()
    by = machine("command:facts")
    made = snapshot.make(by=by, at=clock.now(), whole=options.whole)
    seconds = time.monotonic() - began
    if options.show:
        snapshot.show_newest(by=by, at=clock.now())
    for table, rows in made.rows.items():
        print(f"{table}: {rows} rijen{'' if table in made.asked else ', niets veranderd'}")
    print(f"{sum(made.rows.values()) / max(seconds, 0.001):.0f} rijen per seconde, in {made.folder}")
    shown = snapshot.shown()
    if shown:
        print(f"De pagina’s laten de cijfers zien van {clock.today(snapshot.made_at(shown)):%d-%m-%Y}.")
    return 0


def _indicators(_options: argparse.Namespace) -> int:
    from rondom.indicators.declared import indicators

    for key, each in indicators.items():
        print(f"{key}: {each.question} Bron: {each.source}. Te verdelen naar: {', '.join(each.groups)}.")
    return 0


def _figure(options: argparse.Namespace) -> int:
    from rondom.core import clock
    from rondom.core.events import look
    from rondom.core.principals import machine
    from rondom.indicators import measuring, publishing, snapshot, unique_clients
    from rondom.indicators.declared import indicators
    from rondom.indicators.periods import Period

    indicator, by = indicators.get(options.indicator), [name for name in options.by.split(",") if name]
    if indicator is None:
        return _wrong(f"“{options.indicator}” is geen indicator. Bekijk ze met: rondom facts indicators.")
    try:
        period = Period.read(options.period)
    except ValueError:
        return _wrong(f"“{options.period}” is geen periode. Schrijf het zo: 2026, 2026H1, 2026Q3 of 2026-09.")
    if set(by) - set(indicator.groups) or len(by) > 2:
        return _wrong(f"{indicator.key} is te verdelen naar één of twee van: {', '.join(indicator.groups)}.")
    wrong = _does_not_go(options, indicator, period, explains=indicator.key in unique_clients.APPLIES)
    if wrong:
        return _wrong(wrong)
    scopes = options.of.split(",") if options.of else snapshot.scopes()
    if options.explain:
        return _explain(indicator, period, scopes, options.format)
    numbers = {} if options.look_back is None else {"repeat_use_days": options.look_back}
    with snapshot.opened(scopes, snapshot.shown() if options.public else None) as connection:
        found = measuring.measured(connection, indicator, period, by, numbers=numbers)
        if options.public:
            limits = publishing.limits(period.starts)
            gate = publishing.gate(
                connection, indicator, period, by, smallest=limits["smallest"], numbers=numbers
            )  # fmt: skip
            found = publishing.public(found, gate, rounding=limits["rounding"])
    kind = "indicators.public_figure_given" if options.public else "indicators.figure_given"
    look(
        machine("command:facts"), kind, at=clock.now(), object_kind="indicators.indicator", object_id=indicator.key[:36]
    )
    _print(found, options.format)
    if options.public and by and not found.figures:
        print("Zo verdeeld is alles te klein, of niets geteld: hier is niets van te publiceren.", file=sys.stderr)
    return 0


def _does_not_go(options: argparse.Namespace, indicator: Any, period: Any, *, explains: bool) -> str:
    """Return a sentence when an option does not go with the indicator or with another option, else ""."""
    from rondom.core import clock

    if options.public and period.last >= clock.today():
        return (
            f"{period} is nog niet voorbij. Publiceer alleen wat voorbij is: van wat nog groeit kan iemand twee keer "
            "naast elkaar leggen en zien wie erbij kwam."
        )
    if options.explain and (not explains or options.public or options.by):
        return "--explain gaat over unieke cliënten (unique_clients...), zonder --by, en nooit met --public."
    if options.look_back is not None and ("repeat_use_days" not in indicator.numbers or options.look_back < 1):
        return "--look-back hoort bij repeat_use, met een aantal dagen vanaf 1."
    return ""


def _explain(indicator: Any, period: Any, scopes: list[str], form: str) -> int:
    """Print the rule applied per client; that it was asked is in the looking log."""
    from rondom.core import clock
    from rondom.core.events import look
    from rondom.core.principals import machine
    from rondom.indicators import snapshot, unique_clients
    from rondom.indicators.declared import indicators
    from rondom.indicators.measuring import measured

    with snapshot.opened(scopes) as connection:
        clients = unique_clients.explained(connection, indicator, period)
        unknown = measured(connection, indicators["clients_form_unknown"], period).total
    by, kind = machine("command:facts"), "indicators.clients_explained"
    look(by, kind, at=clock.now(), object_kind="indicators.indicator", object_id=indicator.key[:36])
    rows = [
        {"client": each.key, "forms": list(each.forms), "form": each.form, "excluded": each.exclusion, "why": each.said}
        for each in clients
    ]
    if form == "csv":
        writer = csv.DictWriter(sys.stdout, ["client", "forms", "form", "excluded", "why"])
        writer.writeheader()
        writer.writerows({**row, "forms": " + ".join(row["forms"])} for row in rows)
        return 0
    said = {
        "indicator": indicator.key, "question": str(indicator.question), "period": str(period),
        "source": indicator.source, "clients": rows, "form_unknown": unknown.number if unknown else 0,
    }  # fmt: skip
    print(json.dumps(said, ensure_ascii=False, indent=2))
    return 0


def _print(found: Any, form: str) -> None:
    rows = [
        {**dict(zip(found.by, each.group, strict=True)), "number": each.number, "part": each.part, "value": each.value}
        for each in found.figures
    ]
    if form == "csv":
        writer = csv.DictWriter(sys.stdout, [*found.by, "number", "part", "value"])
        writer.writeheader()
        writer.writerows(rows)
        return
    about = found.indicator
    said = {
        "indicator": about.key, "question": str(about.question), "period": str(found.period), "unit": about.unit,
        "counted": about.grain.value, "source": about.source, "figures": rows, "sql": found.sql,
    }  # fmt: skip
    print(json.dumps(said, ensure_ascii=False, indent=2))


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG
