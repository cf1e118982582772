"""The table of rules, the code lists and the return codes hold together."""

import pytest

from rondom.messages import codes, opening
from rondom.messages.answering import Signature, answer
from rondom.messages.checking import check, table
from rondom.messages.declaring import Release, walk
from rondom.messages.explaining import return_codes
from rondom.messages.ijw32 import RELEASE, types
from rondom.messages.judging import RULES, rules_of, targets_of
from rondom.messages.simple import Code
from rondom.messages.writing import written
from tests.messages.samples import DATED, jw305_good, start

LISTS = {kind.codes: kind for kind in vars(types).values() if isinstance(kind, Code)}


@pytest.mark.parametrize("rule", table().values(), ids=lambda rule: rule.id)
def test_every_rule_is_kept_or_says_why_not(rule):
    kept = bool(rules_of(RELEASE, rule.id)) or rule.by == "declaration"
    assert kept is not bool(rule.not_implemented)
    assert rule.code is not None or rule.no_code
    assert rule.code is None or rule.code in types.RETURN_CODES.split()
    assert {*rule.alike, *rule.implied_by} <= set(table())


def test_every_function_keeps_a_rule_of_the_table_on_elements_that_exist():
    assert set(RULES) == {rule.id for rule in table().values() if rule.by == "function"}
    for rules in RULES.values():
        for rule in rules:
            for name, where in rule.targets.items():
                assert rule.kind == "whole" or targets_of(RELEASE.messages[name], where)


def test_a_target_that_is_no_element_is_a_mistake():
    with pytest.raises(LookupError, match="JW305 has no Client/Onbekend"):
        targets_of(RELEASE.messages["JW305"], "Client/Onbekend")


def test_every_return_code_has_cause_and_repair_and_comes_from_a_rule():
    assert set(return_codes()) == set(types.RETURN_CODES.split())
    from_rules = {rule.code for rule in table().values() if rule.code}
    assert set(return_codes()) - from_rules == {"0200", "0233", "8001"}
    assert {code.code for code in return_codes().values() if not code.rejects} == {"0200", "0233", "8001"}


@pytest.mark.parametrize("name", sorted(set(LISTS) - {"WJ001"}))
def test_every_code_of_the_release_has_a_name(name):
    assert set(LISTS[name]) == set(codes.lists()[name])


def test_every_class_that_repeats_has_a_key():
    for message in RELEASE.messages.values():
        for way, element in walk(message.content):
            if element.times == "1..*" and isinstance(element.type, type):
                assert any(inner.key for inner in element.type.elements), way


def test_a_new_release_is_declarations_beside_those_of_the_release_before(monkeypatch):
    newer = Release(3, 9, before=RELEASE)
    for name in ("JW305", "JW306"):
        old = RELEASE.messages[name]
        newer.declare(name, old.title, old.code, old.content, answer=old.answer, forward=newer.messages.get("JW305"))
    monkeypatch.setattr(opening, "RELEASES", (RELEASE, newer))
    made = written(newer.messages["JW305"], jw305_good(start(StatusAanlevering="2")))
    checked = check(made)
    assert b"ijw/3_9/jw305" in made
    assert checked.reading.message is newer.messages["JW305"]
    assert [breach.rule for breach in checked.level2] == ["CS058"]
    reply, _ = answer(checked.reading.message, checked.reading.content, checked.level2, Signature("R1", DATED))
    assert reply is newer.messages["JW306"]
