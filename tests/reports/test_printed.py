"""S20: the sums of a printed table stand beside what is printed; nothing is repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rondom.reports import printed

BUDGET = """Taakveld;2019;2020;2021;2022;2023
6.1 Samenkracht en burgerparticipatie;864;860;858;858;858
6.2 Wijkteams;647;647;647;647;647
6.72 Maatwerkdienstverlening 18-;10.882;10.873;10.864;10.864;10.864
6.82 Geëscaleerde zorg 18-;1.135;1.135;1.135;1.135;1.135
7.1 Volksgezondheid;649;649;649;649;649
Totaal;14.160;14.165;14.153;14.153;14.153
"""  # Krachtig Noordoostpolder voor de jeugd, deelplan Jeugd 2020-2024, 8.1


def check(text, *named):
    return printed.check(text.encode(), named)


def test_the_budget_of_noordoostpolder():
    found = check(BUDGET)
    (total,) = found.totals
    assert total["printed"] == [14160, 14165, 14153, 14153, 14153]
    assert total["computed"] == [14177, 14164, 14153, 14153, 14153]
    assert total["difference"] == [-17, 1, 0, 0, 0]
    assert [(flag["id"], flag["left"], flag["right"]) for flag in found.flags] == [
        ("Totaal/2019", 14160, 14177), ("Totaal/2020", 14165, 14164),
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    BUDGET.replace(".", "").replace("61", "6.1"), BUDGET.replace(";", "\t"),
    BUDGET.replace("10.8", "10,8").replace("14.1", "14,1").replace("1.135", "1,135"),
    "\ufeff" + BUDGET.replace("\n", "\r\n"), BUDGET.replace("14.160", "€ 14.160"),
    BUDGET.replace("Totaal", "TOTAAL"), BUDGET.replace("Totaal", "Eindtotaal"),
])  # fmt: skip
def test_numbers_and_totals_are_read_as_people_write_them(text):
    assert check(text).totals[0]["difference"] == [-17, 1, 0, 0, 0]


def test_a_total_with_another_name_is_named():
    text = BUDGET.replace("Totaal", "Alles bij elkaar")
    with pytest.raises(printed.NoTable, match="--total"):
        check(text)
    assert len(check(text, "alles bij elkaar").flags) == 2
    assert len(check(text, printed.LAST).flags) == 2
    with pytest.raises(printed.NoTable, match="Anders"):
        check(text, "Anders")


def test_total_columns_subtotals_and_printed_zeros():
    found = check(
        "vorm;12-;12+;Totaal\nAmbulant;11;13;24\nBed;4;23;28\nSubtotaal;15;36;52\nGeen;-;18;18\nTotaal;15;54;\n"
    )
    rows = {(total["kind"], total["label"]): total["difference"] for total in found.totals}
    assert rows["row", "Subtotaal"] == [0, 0, 0]
    assert rows["row", "Totaal"] == [0, 0, None]
    assert rows["column", "Totaal"] == [0, 1, 1, 0, None]
    assert [flag["id"] for flag in found.flags] == ["Bed/Totaal", "Subtotaal/Totaal"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"a", b"a;b", b"a;b\nc;1", b"a;b\nTotaal;veel", b"a;b\nTotaal;1;2", b'a;b\nTotaal;"1', b"a;b\nTotaal;\xff",
     b"a;b\nTotaal;1e9", b"a;b\nTotaal;NaN"],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_a_sentence(raw):
    with pytest.raises(printed.NoTable) as error:
        printed.check(raw)
    assert len(str(error.value)) > 20


@pytest.mark.slow
@given(
    rows=st.lists(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), min_size=1, max_size=8),
    off=st.integers(-9, 9),
)
def test_only_a_wrong_total_is_flagged(rows, off):
    totals = [sum(column) for column in zip(*rows, strict=True)]
    totals[1] += off
    body = "".join(f"r{n};{';'.join(map(str, row))}\n" for n, row in enumerate(rows))
    found = check(f"x;a;b;c\n{body}Totaal;{';'.join(map(str, totals))}\n")
    assert [flag["difference"] for flag in found.flags] == ([off] if off else [])
