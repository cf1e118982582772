"""Facts say what they are; what is different does not add up."""

import datetime as dt

import pytest

from rondom.facts import coarse, counts, schema
from rondom.facts.schema import Grain, Release, column, table


def test_every_column_of_every_table_says_what_it_means_and_how_it_may_be_released():
    assert "crisis_line" in schema.tables
    for each in schema.tables.values():
        assert each.definition
        for said in each.columns:
            assert said.definition.endswith("."), f"{each.name}.{said.name}"
            assert said.source, f"{each.name}.{said.name}"
            assert said.type in schema.TYPES.values()


def test_a_key_is_never_released():
    for each in schema.tables.values():
        keys = [said for said in each.columns if said.name.endswith("_key")]
        assert keys
        assert {said.release for said in keys} == {Release.NONE}


def test_a_day_of_somebody_is_released_coarser_only():
    for each in schema.tables.values():
        days = [said for said in each.columns if said.type.startswith("day")]
        assert {said.release for said in days} <= {Release.COARSE, Release.NONE}


def test_what_is_released_coarser_says_how():
    for each in schema.tables.values():
        ways = {said.coarse for said in each.columns if said.release is Release.COARSE}
        assert ways <= set(coarse.COARSER)
        assert coarse.COARSER.keys() == coarse.TYPES.keys()


def test_persons_and_lines_do_not_add_up():
    assert (counts.lines(63) + counts.lines(29)).value == 92
    with pytest.raises(counts.Mixed):
        counts.lines(92) - counts.persons(79)


def test_a_table_with_an_undeclared_column_or_a_taken_name_is_refused():
    class Bare:
        day: dt.date

    class Odd:
        day: dict = column("What is odd.", source="nowhere", release=Release.NONE)

    class Again:
        day: dt.date = column("A day.", source="nowhere", release=Release.NONE)

    class Vague:
        day: dt.date = column("A day.", source="nowhere", release=Release.COARSE)

    for name, row in (("bare", Bare), ("odd", Odd), ("crisis_line", Again), ("vague", Vague)):
        with pytest.raises(TypeError):
            table(name, grain=Grain.LINE, produced_by="nobody")(row)
    assert {"bare", "odd", "vague"}.isdisjoint(schema.tables)
