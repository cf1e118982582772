"""The table of legal bases is whole, and sharing is never allowed by what was not said."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rondom.law import engine, grounds
from rondom.law.consent import Basis, SharingFacts, Table, Verdict, may_share, verdict

DAY = dt.date(2026, 11, 24)
unknown = st.sampled_from([True, False, None])


def test_every_basis_stands_in_the_table_with_article_rules_and_what_to_do():
    assert set(grounds.table()) == {str(basis.value) for basis in Basis} - {"none"}
    for ground in grounds.table().values():
        assert ground.name, ground.key
        assert ground.article, ground.key
        assert ground.gives.endswith("."), ground.key
        assert all(step.endswith(".") for step in ground.then), ground.key
        assert ground.then, ground.key
        assert all(engine.article_of(rule) for rule in ground.rules), ground.key


def test_the_basis_of_an_answer_rests_on_a_rule_its_table_names():
    for facts in (
        SharingFacts(DAY, to_veilig_thuis=True, suspicion=True),
        SharingFacts(DAY, to_institution_of_order=True, order_from=DAY),
        SharingFacts(DAY, to_college=True, help_content=False, needed=True),
        SharingFacts(DAY, directly_involved=True, needed=True),
        SharingFacts(DAY, directly_involved=False, consent=True),
        SharingFacts(DAY, consent_holder=True),
    ):
        answer = may_share(facts)
        assert set(grounds.table()[answer.certain].rules) & set(answer.grounds), facts


def test_an_order_counts_on_its_last_day_and_not_the_day_after():
    def during(until):
        return may_share(
            SharingFacts(DAY, to_institution_of_order=True, order_from=dt.date(2026, 1, 1), order_until=until,
                         directly_involved=False, consent=False)
        ).outcome  # fmt: skip

    assert during(DAY) is Basis.SUPERVISION
    assert during(DAY - dt.timedelta(days=1)) is Basis.NONE


@given(unknown, unknown, unknown, st.booleans(), st.booleans(), st.sampled_from([None, *Table]))
def test_without_a_ground_nobody_gets_a_yes(needed, content, suspicion, domain, danger, table):
    """Nobody asked, nobody involved, no consent, no order, no report: never yes, whatever else is said."""
    facts = SharingFacts(
        DAY, consent=False, directly_involved=False, needed=needed, help_content=content, suspicion=suspicion,
        other_domain=domain, ends_danger=danger, table=table,
    )  # fmt: skip
    assert verdict(may_share(facts)) is not Verdict.YES


@given(st.booleans(), unknown)
def test_the_content_of_help_never_goes_to_the_college(consent, needed):
    facts = SharingFacts(DAY, to_college=True, help_content=True, consent=consent, needed=needed)
    assert verdict(may_share(facts)) is Verdict.NO
