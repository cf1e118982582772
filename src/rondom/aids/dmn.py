"""Exchange with other tools: a decision table as DMN 1.3 XML, and back, for the part of DMN that our cells can say.

A DMN file has no examples, sources per row, author or reviewer: what comes in is a proposal that a person completes.
"""

import re
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from django.utils.translation import gettext as _

from rondom.aids.tables import CHOICE, FIRST, NUMBER, UNIQUE, WHOLE, YES_NO, Question, Table, TableRefused

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
LARGEST, DEEPEST, MOST = 1_000_000, 12, 20_000
TYPE_OUT = {CHOICE: "string", YES_NO: "boolean", WHOLE: "integer", NUMBER: "number"}
TYPE_IN = {name: kind for kind, name in TYPE_OUT.items()} | {"long": WHOLE, "double": NUMBER}
HIT = {FIRST: "FIRST", UNIQUE: "UNIQUE"}
BOOLEAN = {"true": "ja", "false": "nee"}


def write(table: Table) -> bytes:
    """Return a table as DMN XML."""
    ET.register_namespace("", MODEL)
    top = ET.Element(_tag("definitions"), id=table.key, name=table.title, namespace="urn:rondom:aids")
    decision = ET.SubElement(top, _tag("decision"), id=f"{table.key}-decision", name=table.title)
    ET.SubElement(decision, _tag("description")).text = table.about
    grid = ET.SubElement(decision, _tag("decisionTable"), id=f"{table.key}-table", hitPolicy=HIT[table.hit])
    for question in table.questions:
        column = ET.SubElement(grid, _tag("input"), id=f"in-{question.name}", label=question.words)
        expression = ET.SubElement(column, _tag("inputExpression"), typeRef=TYPE_OUT[question.type])
        ET.SubElement(expression, _tag("text")).text = question.name
        _write_answers(column, "inputValues", question)
    for outcome in table.outcomes:
        column = ET.SubElement(
            grid, _tag("output"), id=f"out-{outcome.name}", name=outcome.name, label=outcome.words,
            typeRef=TYPE_OUT[outcome.type],
        )  # fmt: skip
        _write_answers(column, "outputValues", outcome)
    for number, row in enumerate(table.rows, 1):
        rule = ET.SubElement(grid, _tag("rule"), id=f"row-{number}")
        ET.SubElement(rule, _tag("description")).text = row.because
        for question, cell in zip(table.questions, row.cells, strict=True):
            entry = ET.SubElement(rule, _tag("inputEntry"))
            ET.SubElement(entry, _tag("text")).text = _feel(question, cell.text)
        for outcome, value in zip(table.outcomes, row.then, strict=True):
            entry = ET.SubElement(rule, _tag("outputEntry"))
            ET.SubElement(entry, _tag("text")).text = _literal(outcome, value)
    return ET.tostring(top, encoding="utf-8", xml_declaration=True)


def _tag(name: str) -> str:
    return f"{{{MODEL}}}{name}"


def _write_answers(column: ET.Element, name: str, question: Question) -> None:
    if question.answers:
        values = ET.SubElement(column, _tag(name))
        ET.SubElement(values, _tag("text")).text = ",".join(f'"{value}"' for value, _words in question.answers)
    if question.lowest is not None or question.highest is not None:
        values = ET.SubElement(column, _tag(name))
        ET.SubElement(values, _tag("text")).text = f"[{question.lowest}..{question.highest}]"


def _literal(question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if question.type == CHOICE else str(value)


def _feel(question: Question, text: str) -> str:
    if text == "-":
        return text
    pieces = text.split(", ")
    if question.type == CHOICE:
        return ", ".join(f'"{piece}"' for piece in pieces)
    if question.type == YES_NO:
        return ", ".join("true" if piece == "ja" else "false" for piece in pieces)
    return ", ".join(f"[{piece}]" if ".." in piece else piece for piece in pieces)


# --- in ---


class _Tree:
    """Builds a tree and stops at a document type, at entities, and at what is too deep or too much."""

    def __init__(self) -> None:
        self.builder = ET.TreeBuilder()
        self.depth = self.count = 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.ProcessingInstructionHandler = self.refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.builder.data

    def refuse(self, *_what: Any) -> None:
        raise TableRefused([_("This file holds a document type or instruction. Export plain DMN and try again.")])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > DEEPEST or self.count > MOST:
            raise TableRefused([_("This file is deeper or longer than a decision table can be.")])
        self.builder.start(name.rpartition("}")[2], attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(name.rpartition("}")[2])


def read(raw: bytes) -> dict[str, Any]:
    """Return the plain data of the one decision table in a DMN file; raises TableRefused.

    Author, reviewer, sources and examples are not in it: `rondom aids import` writes a file in which they are asked.
    """
    if len(raw) > LARGEST:
        raise TableRefused([_("This file is larger than a decision table can be.")])
    tree = _Tree()
    try:
        tree.parser.Parse(raw, True)
        top = tree.builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        raise TableRefused([_("This file is not whole XML: %(problem)s.") % {"problem": error}]) from error
    grids = list(top.iter("decisionTable"))
    if len(grids) != 1:
        raise TableRefused([_("This file should hold one decision table; it holds %(count)s.") % {"count": len(grids)}])
    return _data(top, grids[0])


def _data(top: ET.Element, grid: ET.Element) -> dict[str, Any]:
    hits = {written: hit for hit, written in HIT.items()}
    policy = grid.get("hitPolicy", "UNIQUE")
    if policy not in hits:
        raise TableRefused(
            [_("The hit policy %(policy)s is not known here; use FIRST or UNIQUE.") % {"policy": policy}]
        )
    inputs = [_input(column) for column in grid.iterfind("input")]
    outcomes = [_output(column) for column in grid.iterfind("output")]
    rows = [_row(rule, inputs, outcomes) for rule in grid.iterfind("rule")]
    return {
        "key": top.get("id", ""),
        "title": top.get("name", ""),
        "about": top.findtext("decision/description", ""),
        "hit": hits[policy],
        "inputs": inputs,
        "outcomes": outcomes,
        "rows": rows,
    }


def _column(name: str, words: str, type_name: str, values: str) -> dict[str, Any]:
    if type_name not in TYPE_IN:
        raise TableRefused([_("The type %(type)s of %(name)s is not known here.") % {"type": type_name, "name": name}])
    column: dict[str, Any] = {"name": name, "question": words or name, "type": TYPE_IN[type_name]}
    if column["type"] == CHOICE:
        column["values"] = {value: value for value in _strings(values)}
    elif column["type"] in (WHOLE, NUMBER):
        bounds = re.fullmatch(r"\[(-?[\d.]+?)\.\.(-?[\d.]+)\]", values.strip())
        column |= {"lowest": bounds[1], "highest": bounds[2]} if bounds else {}
    return column


def _input(column: ET.Element) -> dict[str, Any]:
    expression = column.find("inputExpression")
    name = (column.findtext("inputExpression/text") or "").strip()
    kind = expression.get("typeRef", "") if expression is not None else ""
    return _column(name, column.get("label", ""), kind, column.findtext("inputValues/text", ""))


def _output(column: ET.Element) -> dict[str, Any]:
    words = column.get("label", "")
    return _column(column.get("name", ""), words, column.get("typeRef", ""), column.findtext("outputValues/text", ""))


def _strings(text: str) -> list[str]:
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if not all(re.fullmatch(r'"[^"\\]*"', piece) for piece in pieces):
        raise TableRefused([_("“%(text)s” is not a list of values between quotes.") % {"text": text[:60]}])
    return [piece[1:-1] for piece in pieces]


def _row(rule: ET.Element, inputs: list[dict[str, Any]], outcomes: list[dict[str, Any]]) -> dict[str, Any]:
    cells = [entry.findtext("text", "") for entry in rule.iterfind("inputEntry")]
    values = [entry.findtext("text", "") for entry in rule.iterfind("outputEntry")]
    if len(cells) != len(inputs) or len(values) != len(outcomes):
        raise TableRefused([_("A row has another number of cells than the table has columns.")])
    return {
        "when": {column["name"]: _cell(column, text) for column, text in zip(inputs, cells, strict=True)},
        "then": {column["name"]: _cell(column, text) for column, text in zip(outcomes, values, strict=True)},
        "because": rule.findtext("description", ""),
    }


def _cell(column: dict[str, Any], text: str) -> str:
    text = text.strip()
    if text in ("", "-"):
        return "-"
    if column["type"] == CHOICE:
        return ", ".join(_strings(text))
    pieces = [piece.strip() for piece in text.split(",")]
    if column["type"] == YES_NO:
        return ", ".join(BOOLEAN.get(piece, piece) for piece in pieces)
    return ", ".join(re.sub(r"^\[(.*)\.\.(.*)\]$", r"\1..\2", piece) for piece in pieces)
