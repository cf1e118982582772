"""Small tables for tests, as plain data."""

import copy
from typing import Any

from hypothesis import strategies as st

BASE: dict[str, Any] = {
    "key": "sample", "version": "1", "title": "Voorbeeld", "about": "Een tabel voor een test.", "hit": "first",
    "valid_from": "2020-01-01", "source": "eigen keuze", "ground": "Jeugdwet 2.3", "author": "A. Auteur",
    "reviewer": "B. Lezer",
    "inputs": [
        {"name": "colour", "question": "Welke kleur?", "type": "choice", "values": {"red": "rood", "blue": "blauw"}},
        {"name": "age", "question": "Hoe oud?", "type": "whole", "lowest": 0, "highest": 20, "unit": "jaar"},
        {"name": "urgent", "question": "Heeft het haast?", "type": "yes_no"},
    ],
    "outcomes": [
        {"name": "to", "question": "Naar", "type": "choice", "values": {"team": "het team", "desk": "de balie"}},
    ],
    "rows": [
        {"when": {"urgent": "ja"}, "then": {"to": "team"}, "because": "Haast gaat voor.", "source": "regel 1"},
        {"when": {"age": ">= 18"}, "then": {"to": "desk"}, "because": "Volwassen.", "source": "regel 2"},
        {"when": {"colour": "red, blue", "age": "0..17"}, "then": {"to": "team"}, "because": "Kind.", "source": "3"},
    ],
    "examples": [
        {"name": "haast", "given": {"colour": "red", "age": 3, "urgent": "ja"}, "expect": {"to": "team"}},
        {"name": "groot", "given": {"colour": "blue", "age": 18, "urgent": "nee"}, "expect": {"to": "desk"}},
    ],
}  # fmt: skip


def sample(**changes: Any) -> dict[str, Any]:
    """Return the sample table with changes."""
    return {**copy.deepcopy(BASE), **changes}


def row(then: str = "team", **when: str) -> dict[str, Any]:
    """Return one row of the sample table."""
    return {"when": when, "then": {"to": then}, "because": "Daarom.", "source": "test"}


ANSWERS = {"colour": ["red", "blue"], "age": list(range(21)), "urgent": [True, False]}


@st.composite
def rows(draw: Any) -> list[dict[str, Any]]:
    """Rows with any cells of the grammar."""
    number = st.integers(0, 20)
    spans = st.one_of(
        number.map(str),
        st.tuples(st.sampled_from([">=", ">", "<=", "<"]), number).map(lambda pair: f"{pair[0]} {pair[1]}"),
        st.tuples(number, number).map(lambda pair: f"{min(pair)}..{max(pair)}"),
    )
    one = st.fixed_dictionaries(
        {},
        optional={
            "colour": st.sampled_from(["red", "blue", "red, blue", "-"]),
            "age": st.lists(spans, min_size=1, max_size=2).map(", ".join),
            "urgent": st.sampled_from(["ja", "nee", "ja, nee"]),
        },
    )
    whens = draw(st.lists(one, min_size=1, max_size=5))
    return [row(draw(st.sampled_from(["team", "desk"])), **when) for when in whens]
