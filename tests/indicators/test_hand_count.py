"""The facts of the whole cast against a count by hand: each number was counted by reading the cast, with the reason.

Nothing here is computed from the database: who changes the cast counts again. The day is that of the cast (Tuesday 24
November 2026); days in the reasons are counted from it, as in the cast (-19 is nineteen days before).
"""

import pytest

from rondom.indicators import snapshot
from rondom.indicators.declared import indicators
from rondom.indicators.measuring import measured
from rondom.indicators.periods import Period
from tests.crisis.conftest import BY
from tests.whole import cast

duckdb = pytest.importorskip("duckdb", reason="the extra insight is not installed")
__all__ = ["cast"]
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.usefixtures("own_folder")]

COUNTED = (
    # table, what is counted (SQL), the number, why
    ("concern", "count(*)", 11,
     "Postma, Lot, Finn, Willems, Van Dijk, Vink, Bos, Maas, the mother of Nina Meijer; Jesse and Lieke"),
    ("concern", "count(*) FILTER (state = 'waiting')", 6, "Willems, Vink, Bos, Maas, Meijer, Lieke"),
    ("concern", "count(*) FILTER (state = 'handed_out')", 3, "Postma to Mark; Lot and Finn joined to Visser"),
    ("concern", "count(*) FILTER (state = 'advised')", 2, "Van Dijk, Jesse"),
    ("concern", "count(*) FILTER (channel = 'phone')", 8,
     "all but Vink (mail), Jesse and Lieke (the page of their school)"),
    ("concern", "count(*) FILTER (talked_with_family)", 5,
     "Postma, Finn, Willems, Van Dijk, Jesse; not about Lot: no answer"),
    ("concern", "count(*) FILTER (kind = 'single')", 2, "triage judged Postma and Finn; Lot was joined at once"),
    ("concern", "sum(days_to_decide)", 4, "Postma, Van Dijk, Finn and Jesse the day after (1), Lot the same day (0)"),
    ("advice", "count(*)", 2, "Van Dijk, Jesse"),
    ("referral", "count(*)", 4, "Prins, Kok, Bakels, Meijer"),
    ("referral", "count(*) FILTER (day_known)", 3, "not of Prins"),
    ("referral", "count(*) FILTER (valid)", 1, "Meijer: 10 days, norm three months"),
    ("referral", "count(*) FILTER (NOT valid)", 1, "Kok: 110 days; a GI has no term, Prins no day"),
    ("referral", "sum(days_to_registration)", 122, "Kok -120 to -10, Bakels -16 to -14, Meijer -45 to -35"),
    ("family_plan", "count(*) FILTER (state = 'agreed')", 4, "Postma, Visser, De Boer, and Daan's own"),
    ("family_plan", "count(*)", 4, "there is no concept and no ended plan"),
    ("family_plan", "sum(goals)", 7, "Postma 2 (Ruben, Anouk), Visser 3 (Lot, Daan, Finn), De Boer 1, Daan's own 1"),
    ("family_plan", "sum(goals_reached)", 0, "Daan's is partly reached"),
    ("family_plan", "sum(lines)", 12, "Postma 2 + 1, Visser 3 + 1 + 1, De Boer 2, Daan's own 2"),
    ("family_plan", "sum(family_lines)", 4, "Jelle, Mirjam, Anna and Thijs, Daan"),
    ("family_plan", "sum(network_lines)", 4, "oma Postma, oma Truus, the gym teacher, oom Bas"),
    ("family_plan", "sum(signed)", 1, "Daan signed his own; under the plan of Visser nobody has answered"),
    ("plan_meeting", "count(*)", 2, "Visser: held on -21, planned for this afternoon"),
    ("plan_meeting", "count(held_on)", 1, "the one of -21"),
    ("screening", "count(*) FILTER (outcome = '')", 1, "Mark asked Yasmin about the goal of Anouk"),
    ("evaluation", "count(*)", 1, "Daan's own plan on -3"),
    ("evaluation", "count(*) FILTER (outcome = 'down' AND route_to = 'provider')", 1, "one step down from the team"),
    ("evaluation", "sum(days_after_agreed_day)", 0, "on the day that was agreed"),
    ("application", "count(*)", 9, "Julia 2, Ruben, Fenna, Esra, Lot, Sem, Daan, Noor"),
    ("application", "count(*) FILTER (state = 'decided')", 4, "Julia, Lot, Sem, Daan"),
    ("application", "count(*) FILTER (wants_budget)", 1, "Esra"),
    ("application", "sum(days)", 71, "Julia -48 to -28, Lot -40 to -17, Sem -38 to -17, Daan -24 to -17"),
    ("application", "count(*) FILTER (in_time)", 4, "each within eight weeks (56 days)"),
    ("decision", "count(*)", 4, "Julia, Lot, Sem, Daan; Ruben and Fenna wait for Yasmin, Esra's is prepared"),
    ("decision", "count(*) FILTER (kind = 'award')", 3, "Julia, Lot, Daan"),
    ("decision", "count(*) FILTER (kind = 'part_refuse')", 1, "Sem: one talk a week, not two"),
    ("decision", "sum(unwise)", 0, "every step of these inquiries is described, nothing else was missing"),
    ("allocation", "count(*)", 11, "Fenna; Ruben 2; Lot 2; Daan 2; Julia 2; Sem; Timo"),
    ("allocation", "count(*) FILTER (state = 'started')", 6,
     "Fenna, Ruben's bridge, Lot (GI), Daan's coach, Julia, Sem"),
    ("allocation", "count(*) FILTER (state = 'ordered')", 4,
     "treatment of Ruben, reading of Lot, help with money of Daan, treatment of Timo"),
    ("allocation", "count(*) FILTER (state = 'waiting')", 1, "Julia's treatment beside the help that runs"),
    ("allocation", "count(*) FILTER (decision = 'taken')", 7, "Ruben, Julia 2, Lot, Sem, Daan, Timo"),
    ("allocation", "count(*) FILTER (decision = 'free_offer')", 3, "Fenna, Ruben's bridge, Daan's coach"),
    ("allocation", "count(*) FILTER (ground = 'gi')", 1, "the first order for Lot"),
    ("allocation", "count(*) FILTER (free_offer)", 1, "the coach; Fenna and Ruben get a task-based product"),
    ("allocation", "count(*) FILTER (bridges)", 1, "Ruben, until his treatment begins"),
    ("allocation", "count(DISTINCT youth_key) FILTER (started_on IS NOT NULL)", 6,
     "Fenna, Ruben, Lot, Daan, Julia, Sem"),
    ("allocation", "count(*) FILTER (provider <> '')", 6,
     "Fenna, Ruben 2, Julia 2, Timo: the children at a secret address not"),
    ("allocation_change", "count(*) FILTER (kind = 'longer')", 1, "Fenna"),
    ("allocation_change", "sum(days)", 16, "Fenna's first day without help goes from -8 to +8"),
    ("wait", "count(*)", 26,
     "three each, but for Lot (GI) no intake, for the coach, Daan and Timo no treatment; Julia's second 0"),
    ("wait", "sum(days) FILTER (kind = 'intake')", 40,
     "Fenna 3, Ruben 5, bridge 2, coach 7, Julia 3, Lot's reading 5, Sem 2, Daan 12 so far, Timo 1 so far"),
    ("wait", "sum(days) FILTER (kind = 'treatment')", 22,
     "Fenna 2, Ruben 3 so far, bridge 1, Lot 4, Julia 3, Lot's reading 6 so far, Sem 3"),
    ("wait", "sum(days) FILTER (kind = 'start')", 84,
     "Fenna 5, Ruben 6 (bridged on -4, as the norm of Flevoland counts: F50), bridge 3, Lot 9, coach "
     "7, Julia 7, Lot's reading 18 so far, Sem 10, Daan 18 so far, Timo 1 so far"),
    ("wait", "count(*) FILTER (NOT ended)", 7, "Ruben's treatment, Lot's reading 2, Daan 2, Timo 2"),
    ("first_talk", "count(*)", 11,
     "Visser, De Boer, Yilmaz, Kuiper, Hofstra, Smeets, Bos, Mulder, Tesfay, Postma, and Daan's own case"),
    ("first_talk", "count(*) FILTER (from_worry)", 2, "Visser and Postma"),
    ("first_talk", "sum(days) FILTER (ended)", 125,
     "Visser 2, Postma 4, De Boer 60 (Julia was handed over on -15), Yilmaz 59 (-16)"),
    ("first_talk", "sum(days) FILTER (NOT ended)", 480, "six cases of 75 days and Daan's of 30"),
    ("provider_request", "count(*)", 1, "De Kompas asked a treatment for Julia two days ago"),
    ("provider_request", "sum(days) FILTER (NOT ended)", 2, "received on -2, and nobody answered yet"),
    ("provider_request", "count(*) FILTER (in_time IS NULL AND NOT looked_into)", 1,
     "received on Sunday: five working days end on Friday"),
    ("safety_judgement", "count(*)", 18,
     "at the start Visser 5, De Boer 1, Yilmaz 2, five families with one child, Smeets 1, Postma 2, Daan 1; signal 1"),
    ("safety_condition", "count(*)", 2, "Corrie and Inge"),
    ("safety_condition", "sum(checks)", 1, "Joris asked Timo"),
)  # fmt: skip
MEASURED = (
    # indicator, the number in 2026, why
    ("worries", 11, "as in the table of worries"),
    ("advice_given", 2, "Van Dijk, Jesse"),
    ("referrals", 4, "Prins, Kok, Bakels, Meijer"),
    ("plans_agreed", 4, "Postma, Visser, De Boer, and Daan's own"),
    ("plan_meetings", 1, "the one that was held"),
    ("orders", 11, "all orders are of this autumn"),
    ("requests", 1, "the one for Julia"),
    ("requests_refused", 0, "nothing was answered yet"),
    ("youths_with_help", 6, "Fenna, Ruben, Lot, Daan, Julia, Sem"),
)  # fmt: skip


@pytest.fixture
def facts(cast, at):
    snapshot.make(by=BY, at=at)
    with snapshot.opened(snapshot.scopes()) as found:
        yield found


def test_the_facts_of_the_snapshot_agree_with_a_count_by_hand(facts):
    wrong = []
    for table, counts, number, why in COUNTED:
        found = facts.execute(f"SELECT {counts.replace('FILTER (', 'FILTER (WHERE ')} FROM {table}").fetchone()[0]
        if found != number:
            wrong.append(f"{table}, {counts}: {found}, by hand {number} ({why})")
    assert not wrong, "\n".join(wrong)


def test_the_indicators_agree_with_a_count_by_hand(facts):
    year = Period.read("2026")
    found = {key: measured(facts, indicators[key], year).total.number for key, _number, _why in MEASURED}
    assert found == {key: number for key, number, _why in MEASURED}
