"""What may change in place, when that asks a decision, and how much an order comes to: tables without a database."""

import datetime as dt

import pytest

from rondom.allocations.enums import ChangeKind, ChangeReason, Decision, Frequency
from rondom.allocations.rules import Terms, asks_decision, belongs_to_others, how
from rondom.allocations.volumes import at_most

TODAY, MAY, JUNE, JULY = dt.date(2026, 5, 15), dt.date(2026, 5, 1), dt.date(2026, 6, 1), dt.date(2026, 7, 1)
WEEKLY = Terms(JUNE, 3, Frequency.WEEK, "45A04")
WHOLE = Terms(JUNE, 40, Frequency.TOTAL, "45A04")
BUDGET = Terms(JUNE, product="45", budget=500_00)
LONGER, CONTRACT = ChangeReason.LONGER, ChangeReason.CONTRACT


# what holds, the wish, why -> kinds, under the same number, takes away (iJw OP033x1, OP257, OP380)
@pytest.mark.parametrize(
    ("now", "wish", "reason", "kinds", "in_place", "takes"),
    [
        (WEEKLY, WEEKLY, LONGER, (), True, False),
        (WEEKLY, Terms(JULY, 3, Frequency.WEEK, "45A04"), LONGER, ("longer",), True, False),
        (WEEKLY, Terms(None, 3, Frequency.WEEK, "45A04"), LONGER, ("longer",), True, False),
        (WEEKLY, Terms(dt.date(2026, 5, 20), 3, Frequency.WEEK, "45A04"), LONGER, ("shorter",), True, True),
        (WEEKLY, Terms(JUNE, 5, Frequency.WEEK, "45A04"), LONGER, ("followed",), False, False),
        (WEEKLY, Terms(JUNE, 2, Frequency.WEEK, "45A04"), LONGER, ("followed",), False, True),
        (WEEKLY, Terms(JULY, 3, Frequency.MONTH, "45A04"), LONGER, ("followed",), False, True),
        (WEEKLY, Terms(JUNE, 3, Frequency.WEEK, "45A53"), LONGER, ("followed",), False, True),
        (WEEKLY, Terms(JUNE, 3, Frequency.WEEK, "45B04"), CONTRACT, ("followed",), False, False),
        (WEEKLY, Terms(JUNE, 2, Frequency.WEEK, "45B04"), CONTRACT, ("followed",), False, True),
        (WEEKLY, Terms(MAY, 3, Frequency.WEEK, "45B04"), CONTRACT, ("followed",), False, True),
        (WHOLE, Terms(JUNE, 50, Frequency.TOTAL, "45A04"), LONGER, ("more",), True, False),
        (WHOLE, Terms(JULY, 30, Frequency.TOTAL, "45A04"), LONGER, ("longer", "less"), True, True),
        (BUDGET, Terms(JUNE, product="45", budget=600_00), LONGER, ("more",), True, False),
        (BUDGET, Terms(JULY, product="45", budget=400_00), LONGER, ("longer", "less"), True, True),
        (BUDGET, Terms(JUNE, product="45"), LONGER, ("followed",), False, True),
        (BUDGET, Terms(JUNE, product="", budget=500_00), LONGER, ("followed",), False, True),
        (Terms(MAY, 3, Frequency.WEEK, "45A04"), Terms(JULY, 3, Frequency.WEEK, "45A04"), LONGER, ("followed",), False,
         False),
    ],
)  # fmt: skip
def test_what_changes_under_the_same_number_and_what_follows(now, wish, reason, kinds, in_place, takes):
    found = how(now, wish, today=TODAY, reason=reason)
    assert (found.kinds, found.in_place, found.takes_away) == (tuple(map(ChangeKind, kinds)), in_place, takes)


# decision, reason, takes away -> a decision is asked (practice 6)
@pytest.mark.parametrize(
    ("decision", "reason", "takes", "asked"),
    [
        (Decision.TAKEN, ChangeReason.SHORTER, True, True), (Decision.TAKEN, ChangeReason.PROVIDER_ASKED, True, True),
        (Decision.TAKEN, ChangeReason.LONGER, False, True), (Decision.TAKEN, ChangeReason.CONTRACT, False, False),
        (Decision.TAKEN, ChangeReason.CONTRACT, True, True), (Decision.TAKEN, ChangeReason.DIED, True, False),
        (Decision.TAKEN, ChangeReason.CORRECTION, True, False),
        (Decision.FREE_OFFER, ChangeReason.SHORTER, True, False),
        (Decision.MEDICAL_AS_ASKED, ChangeReason.SHORTER, True, True),
        (Decision.MEDICAL_AS_ASKED, ChangeReason.PROVIDER_ASKED, True, False),
        (Decision.MEDICAL_AS_ASKED, ChangeReason.LONGER, False, False),
        (Decision.GI_DETERMINATION, ChangeReason.SHORTER, True, False),
    ],
)  # fmt: skip
def test_when_a_change_asks_a_decision(decision, reason, takes, asked):
    assert asks_decision(decision, reason, takes_away=takes) is asked


def test_what_the_court_or_an_institution_said_is_not_ours_to_make_less():
    for decision in (Decision.GI_DETERMINATION, Decision.COURT_ORDER):
        assert belongs_to_others(decision, ChangeReason.SHORTER, takes_away=True)
        assert not belongs_to_others(decision, ChangeReason.PROVIDER_ASKED, takes_away=True)
    assert not belongs_to_others(Decision.TAKEN, ChangeReason.SHORTER, takes_away=True)


# The worked examples of the standard (iJw IV076, IV077).
@pytest.mark.parametrize(
    ("volume", "frequency", "first", "last", "output", "most"),
    [
        (3, Frequency.WEEK, (2022, 10, 11), (2022, 12, 28), False, 36),
        (3, Frequency.WEEK, (2022, 4, 13), (2022, 6, 30), False, 36),
        (3, Frequency.WEEK, (2022, 7, 11), (2022, 9, 4), False, 24),
        (300, Frequency.WEEK, (2022, 10, 11), (2022, 12, 31), True, 3600),
        (150, Frequency.WEEK, (2022, 4, 15), (2022, 6, 4), True, 1200),
        (150, Frequency.WEEK, (2022, 4, 15), (2022, 7, 31), True, 2400),
        (15, Frequency.MONTH, (2021, 10, 12), (2021, 11, 3), False, 30),
        (2, Frequency.DAY, (2026, 1, 1), (2026, 1, 31), False, 62),
        (40, Frequency.TOTAL, (2026, 1, 1), (2026, 1, 31), False, 40),
    ],
)  # fmt: skip
def test_the_largest_volume_of_the_whole_period(volume, frequency, first, last, output, most):
    ends = dt.date(*last) + dt.timedelta(days=1)
    assert at_most(volume, frequency, dt.date(*first), ends, output=output) == most


def test_without_volume_or_end_there_is_no_largest_volume():
    assert at_most(None, "", MAY, JUNE) is None
    assert at_most(3, Frequency.MONTH, MAY, None) is None
