"""The table of rules is whole, true, and its computed part only grows."""

from collections import Counter

from rondom.law import engine, subjects

RULES_PER_SECTION = {
    "JW": 42, "GES": 11, "WPB": 18, "CNS": 11, "DOS": 12, "BSN": 5, "VIR": 15, "PGB": 9, "AWB": 22, "OBJ": 13,
    "LOC": 9, "REF": 9, "MC": 11, "VT": 8, "CP": 17, "JR": 4, "WT": 7, "CAL": 11,
}  # fmt: skip
COMPUTED = 126  # raise this with every rule that becomes a function; never lower it


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
    assert sum(bool(entry.computed) for entry in engine.rule_table().values()) >= COMPUTED
