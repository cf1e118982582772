"""The table of rules is whole, true, and its computed part only grows."""

from collections import Counter

from rondom.law import engine, subjects

RULES_PER_SECTION = {
    "JW": 42, "GES": 11, "WPB": 18, "CNS": 11, "DOS": 12, "BSN": 5, "VIR": 15, "PGB": 9, "AWB": 22, "OBJ": 13,
    "LOC": 9, "REF": 9, "MC": 11, "VT": 8, "CP": 17, "JR": 4, "WT": 7, "CAL": 11,
}  # fmt: skip
LEFT = """
    JW-03 JW-04 JW-05 JW-11 JW-13 JW-17 JW-18 JW-19 JW-22 JW-23 JW-24 JW-32 JW-40 JW-45 JW-48 JW-50 DOS-01
    BSN-01 BSN-02 BSN-03 BSN-05 VIR-11 VIR-14 VIR-15 PGB-08 PGB-09 AWB-02 AWB-08 AWB-15 AWB-32
    OBJ-06 OBJ-09 OBJ-10 OBJ-11 OBJ-13 LOC-03 LOC-05 LOC-07 LOC-08 REF-02 REF-08 MC-08 MC-10 MC-11 VT-01
    VT-08 CP-03 CP-15 CP-16 CP-17 JR-04
"""
NOT_COMPUTED = frozenset(LEFT.split())  # this list only gets shorter: take out what becomes a function


def test_every_rule_of_the_reference_stands_in_the_table():
    assert Counter(key.split("-")[0] for key in engine.rule_table()) == RULES_PER_SECTION


def test_every_rule_is_computed_or_says_why_not():
    for entry in engine.rule_table().values():
        assert bool(entry.computed) != bool(entry.why_not), entry
        assert entry.about, entry
        assert entry.article, entry


def test_the_table_names_exactly_the_functions_that_rest_on_a_rule():
    named = {(key, name) for key, entry in engine.rule_table().items() for name in entry.computed}
    resting = {
        (key, f"{rule.subject}.{rule.name}")
        for rule in subjects.RULES.values()
        for key in rule.ids
        if key in engine.rule_table()
    }
    assert named == resting


def test_the_computed_part_only_grows():
    assert {key for key, entry in engine.rule_table().items() if not entry.computed} == NOT_COMPUTED


def test_every_rule_says_since_when_it_holds():
    assert all(entry.valid_from for entry in engine.rule_table().values())
