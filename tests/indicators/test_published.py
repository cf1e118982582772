"""Published figures: what a file may hold, that it is stored as a whole, and that figures made of it are right.

The hand computations stand written out, on the counts CBS published of 2021 (the files that come with Rondom).
RONDOM_CBS_FOLDER names a folder with the whole files; with it the same is asked of all of the Netherlands.
"""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from rondom.core.errors import BadInput
from rondom.core.models import Event
from rondom.demo.cast_figures import CARRIED, published
from rondom.indicators import importing
from rondom.indicators.enums import ImportState
from rondom.indicators.layouts import LAYOUTS, MEASURES
from rondom.indicators.models import FigureImport, PublishedFigure
from rondom.indicators.published import COMPARISONS, Known, current, periods_of, ranks, values
from tests.crisis.conftest import BY
from tests.indicators import by_hand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
SHARE_HEAD = "code,naam,pct_jongeren_met_jeugdzorg"


def file_of(folder, *lines, head=SHARE_HEAD):
    path = folder / "figures.csv"
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return path


@pytest.fixture
def loaded(at, own_folder):
    published(at)


# --- bringing in ---


def test_the_carried_files_are_stored_with_source_licence_table_column_and_day(loaded, at):
    one = current().get(measure="youths", place="GM0303", period="2021")
    assert (one.value, one.name, one.column) == (1140, "Dronten", "jongeren_jeugdzorg_natura")
    assert (one.batch.source, one.batch.licence) == ("CBS", "CC BY 4.0 (CBS)")
    assert one.batch.table == "Jongeren met jeugdzorg en jeugdzorgtrajecten in natura; wijken"
    assert one.batch.ended_at == at
    assert {row.layout for row in FigureImport.objects.all()} == set(LAYOUTS)


def test_what_is_not_published_is_unknown_and_not_zero(at, own_folder):
    importing.load(by=BY, at=at, path=file_of(own_folder, "GM0303,Dronten,.", "GM0034,Almere,", "GM0171,NOP,-"))
    assert set(current().values_list("value", flat=True)) == {None}
    assert values(COMPARISONS["share"], "2021", level="GM").known == {}


def test_importing_again_changes_nothing(loaded, at):
    before = current().count()
    published(at)
    assert current().count() == before
    assert sum(FigureImport.objects.values_list("new", flat=True)) == before
    assert sum(FigureImport.objects.values_list("unchanged", flat=True)) == before
    assert PublishedFigure.objects.count() == before


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("GM303,Dronten,10.0", "“GM303” is geen plaats"),
        ("GM0303,Dronten,veel", "“veel” is geen cijfer"),
        ("GM0303,Dronten,-3", "“-3” is geen cijfer"),
        ("GM0303,Dronten,100.1", "meer dan 100 procent"),
        ("GM0303,Dronten,10.05", "geen veelvoud van 0.1"),
        ("GM0303,Dronten", "ander aantal cellen"),
        ("GM0034,Almere,10.7", "staat ook op regel 2"),
    ],
)
def test_a_line_that_cannot_be_stored_is_named_with_its_reason_and_nothing_is_stored(at, own_folder, line, why):
    path = file_of(own_folder, "GM0034,Almere,10.7", line, "GM0171,Noordoostpolder,8.6")
    with pytest.raises(importing.ImportRefused) as refused:
        importing.load(by=BY, at=at, path=path)
    ((number, reason),) = refused.value.report.refused
    assert number == 3
    assert why in reason
    assert not current().exists()
    assert not PublishedFigure.objects.exists()
    assert FigureImport.objects.get().state == ImportState.DISCARDED


def test_a_count_that_is_no_multiple_of_five_is_not_how_cbs_rounds(at, own_folder):
    head = "regio,jongeren_met_jeugdzorg,pct_0_22"
    with pytest.raises(importing.ImportRefused) as refused:
        importing.load(by=BY, at=at, path=file_of(own_folder, "Flevoland,11843,9.6", head=head))
    assert "geen veelvoud van 5" in refused.value.report.refused[0][1]


def test_a_revised_figure_is_refused_until_a_reason_is_given_and_then_the_old_one_stays_on_record(at, own_folder):
    importing.load(by=BY, at=at, path=file_of(own_folder, "GM0303,Dronten,10.0"))
    revised = file_of(own_folder, "GM0303,Dronten,10.2", "GM0034,Almere,10.7")
    with pytest.raises(importing.ImportRefused):
        importing.load(by=BY, at=at, path=revised)
    report = importing.load(by=BY, at=at, path=revised, correct="CBS, definitieve cijfers")
    assert (report.new, report.corrected) == (1, 1)
    assert current().get(place="GM0303").value == Decimal("10.2")
    assert PublishedFigure.objects.get(place="GM0303", replaced_at=at).value == Decimal("10.0")
    assert Event.objects.filter(kind="indicators.figures_imported").count() == 2


@pytest.mark.parametrize(("head", "why"), [("a,b,c", "passen bij geen"), (SHARE_HEAD, "geen regels")])
def test_a_file_of_an_unknown_kind_or_without_lines_is_refused_with_a_sentence(at, own_folder, head, why):
    with pytest.raises(BadInput, match=why):
        importing.load(by=BY, at=at, path=file_of(own_folder, *(["1,2,3"] if head == "a,b,c" else []), head=head))
    assert not current().exists()


# --- reckoning ---


def test_a_printed_figure_stands_for_everything_that_rounds_to_it():
    youths = Known.printed(Decimal(105), MEASURES["youths"], "GM0303")
    assert (youths.low, round(youths.high, 6)) == (102.5, 107.5)
    assert Known.printed(Decimal(0), MEASURES["youths"], "GM0303").low == 0
    assert youths.over(Known(0, 0, 2.5)) is None


def test_ranks_say_what_rounding_leaves_open():
    share = MEASURES["share"]
    printed = {"a": "10.2", "b": "10.1", "c": "10.1", "d": "9.0"}
    known = {place: Known.printed(Decimal(value), share, place) for place, value in printed.items()}
    assert ranks(known) == {"a": (1, 1), "b": (2, 3), "c": (2, 3), "d": (4, 4)}


FLEVOLAND = {"GM0034": "Almere", "GM0303": "Dronten", "GM0995": "Lelystad", "GM0171": "Noordoostpolder",
             "GM0184": "Urk", "GM0050": "Zeewolde"}  # fmt: skip


def test_shares_trajectories_and_referrers_equal_a_computation_by_hand(loaded):
    share = values(COMPARISONS["share"], "2021", level="GM")
    # printed by CBS (85039NED, 2021); Dronten 1 140 of about 11 400 youths of 0 to 22
    printed = {"Almere": 10.7, "Dronten": 10.0, "Lelystad": 10.4, "Noordoostpolder": 8.6, "Urk": 6.8, "Zeewolde": 12.8}
    assert {FLEVOLAND[code]: share.of("")[code].value for code in FLEVOLAND} == printed

    # trajectories / youths: 10005/6555, 1710/1140, 3390/2260, 1730/1155, 835/590, 1275/820
    per_youth = values(COMPARISONS["trajectories_per_youth"], "2021", level="GM").of("")
    by_hand = {
        "Almere": 1.53,
        "Dronten": 1.50,
        "Lelystad": 1.50,
        "Noordoostpolder": 1.50,
        "Urk": 1.42,
        "Zeewolde": 1.55,
    }
    assert {FLEVOLAND[code]: round(per_youth[code].value, 2) for code in FLEVOLAND} == by_hand
    # within rounding: 1707.5/1142.5 = 1.4945 to 1712.5/1137.5 = 1.5055
    assert round(per_youth["GM0303"].low, 4) == 1.4945
    assert round(per_youth["GM0303"].high, 4) == 1.5055

    # Dronten: 6 917 of 0-14 and 5 413 of 15-24 are 12 330; 1 140 of these is 9.25 per hundred
    hundred = values(COMPARISONS["per_hundred"], "2021", level="GM").of("")["GM0303"]
    assert round(hundred.value, 2) == 9.25
    assert (round(hundred.low, 2), round(hundred.high, 2)) == (9.23, 9.27)

    # referrers of Dronten: 905 + 135 + 50 + 175 + 60 + 165 + 70 = 1 560 have one in the table (court: not published)
    counts = {row.group: row.value for row in current().filter(measure="trajectories_by_referrer", place="GM0303")}
    mix = values(COMPARISONS["referrers"], "2021", within="GM0303")
    for group, count in counts.items():
        if count is None:
            assert ("GM0303", group) not in mix.known
        else:
            assert mix.known["GM0303", group].value == pytest.approx(100 * float(count) / 1560)
    assert round(mix.known["GM0303", "municipal"].value, 1) == 58.0
    # within rounding: 902.5 of at most 1 577.5, to 907.5 of at least 1 542.5
    assert (round(mix.known["GM0303", "municipal"].low, 1), round(mix.known["GM0303", "municipal"].high, 1)) == (
        57.2,
        58.8,
    )


def assert_equal_to_hand(youth_care, share_file):
    """Every municipality of the files: share, trajectories per youth, who referred, and both ranks."""
    share = values(COMPARISONS["share"], "2021", level="GM").of("")
    printed = by_hand.shares(share_file)
    assert {code: Decimal(str(one.value)) for code, one in share.items()} == printed
    assert ranks(share) == by_hand.share_ranks(printed)

    found = values(COMPARISONS["trajectories_per_youth"], "2021", level="GM").of("")
    wanted = by_hand.per_youth(youth_care)
    assert found.keys() == wanted.keys()
    for code, (value, low, high) in wanted.items():
        assert (found[code].value, found[code].low) == (pytest.approx(float(value)), pytest.approx(float(low))), code
        assert found[code].high == pytest.approx(float(high)), code
    assert ranks(found) == by_hand.per_youth_ranks(wanted)

    mix = values(COMPARISONS["referrers"], "2021", level="GM")
    wanted_mix = by_hand.mixes(youth_care)
    assert {place for place, _group in mix.known} == wanted_mix.keys()
    for place, parts in wanted_mix.items():
        mine = {group: one.value for (code, group), one in mix.known.items() if code == place}
        assert mine == {group: pytest.approx(float(part)) for group, part in parts.items()}, place
    return len(printed), len(wanted), len(wanted_mix)


def test_of_every_municipality_we_carry_all_comparisons_equal_a_computation_by_hand(loaded):
    numbers = assert_equal_to_hand(CARRIED / "cbs-youth-care-2021.csv", CARRIED / "cbs-youth-care-share-2021.csv")
    assert numbers == (18, 18, 18)
    found = ranks(values(COMPARISONS["share"], "2021", level="GM").of(""))
    # highest of the eighteen: Assen 14.6; lowest: Urk 6.8 (figures 3.2)
    assert (found["GM0106"], found["GM0184"]) == ((1, 1), (18, 18))


def test_of_the_country_who_referred_and_how_long_help_lasted(loaded):
    begun = values(COMPARISONS["referrers_begun"], "2021", within="NL00")
    by_hand = {
        "municipal": 30.8,
        "gp": 38.5,
        "youth_doctor": 3.1,
        "gi": 8.1,
        "specialist": 4.9,
        "court": 0.4,
        "none": 13.4,
    }
    assert {group: round(begun.known["NL00", group].value, 1) for group in by_hand} == by_hand
    lasted = values(COMPARISONS["durations"], "2021", within="NL00")
    by_hand = {"0-3m": 16.1, "3-6m": 17.2, "6-12m": 29.6, "1-2j": 23.3, "2-3j": 6.7, "3-4j": 3.1, "4j+": 3.9}
    assert {group: round(lasted.known["NL00", group].value, 1) for group in by_hand} == by_hand


def test_periods_are_those_of_which_every_measure_is_there(loaded):
    assert periods_of(COMPARISONS["share"]) == ["2021", "2020", "2019", "2018"]
    assert periods_of(COMPARISONS["share"], "GM0303") == ["2021"]
    assert periods_of(COMPARISONS["per_hundred"]) == ["2021"]


def test_a_comparison_asks_two_questions_at_most_whatever_the_number_of_places(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        values(COMPARISONS["per_hundred"], "2021", level="WK")


# --- the whole files ---

WHOLE = Path(os.environ.get("RONDOM_CBS_FOLDER", ""))
whole = pytest.mark.skipif(
    not os.environ.get("RONDOM_CBS_FOLDER"), reason="RONDOM_CBS_FOLDER names no folder with the whole files of CBS"
)


@whole
@pytest.mark.slow
def test_the_whole_files_of_cbs_load_and_agree_with_themselves(at, own_folder):
    for name in (
        "cbs_jeugdzorg_gemeenten_2021", "cbs_jeugdzorg_wijken_2021", "cbs_pct_jeugdzorg_gemeenten_2021",
        "cbs_pct_jeugdzorg_wijken_2018_2019", "cbs_jeugdzorg_provincies_2020", "cbs_trajecten_verwijzer_duur_2021",
        "cbs_kerncijfers_gemeenten_2021", "cbs_kerncijfers_wijken_regio_2021",
    ):  # fmt: skip
        importing.load(by=BY, at=at, path=WHOLE / f"{name}.csv")
    published(at)  # what we carry is a part of it, figure for figure
    assert PublishedFigure.objects.filter(replaced_at__isnull=False).count() == 0

    youth_care, share_file = WHOLE / "cbs_jeugdzorg_gemeenten_2021.csv", WHOLE / "cbs_pct_jeugdzorg_gemeenten_2021.csv"
    assert assert_equal_to_hand(youth_care, share_file)[0] == 352
    hundred = values(COMPARISONS["per_hundred"], "2021", level="GM").of("")
    people = by_hand.rows(WHOLE / "cbs_kerncijfers_gemeenten_2021.csv")
    for code, row in by_hand.rows(youth_care).items():
        young = int(people[code]["lft_0_14"]) + int(people[code]["lft_15_24"])
        assert hundred[code].value == pytest.approx(100 * int(row["jongeren_jeugdzorg_natura"]) / young)
        assert hundred[code].low < hundred[code].value < hundred[code].high


def test_the_files_we_carry_are_small():
    assert sum(path.stat().st_size for path in CARRIED.iterdir()) < 200_000
