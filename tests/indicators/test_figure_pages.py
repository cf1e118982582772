"""Pages of figures: one number wherever it stands, nothing small, no family for who makes policy."""

import datetime as dt
import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import resolve, reverse

import rondom
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.models import Event, Look
from rondom.demo.cast_figures import CARRIED, figures, published
from rondom.dossiers.models import CaseDossier
from rondom.dossiers.queries import cases_for
from rondom.entry import actions as entry
from rondom.entry.enums import AskerKind, Channel
from rondom.indicators import atlas, behind, drawing, linked, measuring, publishing, showing, snapshot, urls, words
from rondom.indicators.declared import indicators
from rondom.indicators.pages import KEY_FIGURES, TEAM_FIGURES
from rondom.indicators.periods import Period
from rondom.indicators.published import COMPARISONS
from rondom.plans.models import FamilyPlan
from tests.crisis.conftest import BY
from tests.indicators import by_hand
from tests.indicators.test_linked import assert_safe
from tests.trust.walking import sign_in

duckdb = pytest.importorskip("duckdb", reason="the extra insight is not installed")
pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.usefixtures("own_folder")]
FIGURE = re.compile(r'data-figure="([^"]+)"[^>]*>([^<]*)<')
LINK = re.compile(r'href="(/cijfers/[^"#]*)"')


@pytest.fixture
def ready(cast, at):
    """The cast with a snapshot and the published figures."""
    with clock.standing_at(at):
        figures(at)
        yield cast


def page(client, name, *args, **query):
    response = client.get(reverse(f"indicators:{name}", args=args), query)
    assert response.status_code == 200, (name, args)
    return response.content.decode()


def told(text):
    return [(unescape(key), unescape(said).strip()) for key, said in FIGURE.findall(text)]


class Collected:
    """Every marked figure on the pages that were read, with what it said where; their views and templates."""

    def __init__(self):
        self.seen, self.views, self.templates = {}, set(), set()

    def read(self, client, *starts, choose=()):
        """Read these pages and all that links lead to, files apart; return their addresses."""
        waiting, done = list(starts), set()
        while waiting:
            address = waiting.pop()
            if address in done or "/gezinnen/" in address:
                continue
            done.add(address)
            response = client.get(address)
            assert response.status_code == 200, address
            if not response["Content-Type"].startswith("text/html"):
                continue
            self.views.add(resolve(response.request["PATH_INFO"]).view_name)
            self.templates |= {template.name for template in response.templates}
            text = response.content.decode()
            for key, said in told(text):
                self.seen.setdefault(key, {}).setdefault(said, address)
            waiting += [unescape(link) for link in LINK.findall(text)]
            waiting += choices(address, text, choose)
        return done

    def differing(self):
        """Return the figures that say one thing here and another there."""
        return {key: found for key, found in self.seen.items() if len(found) > 1}


@pytest.mark.slow
def test_every_figure_is_the_same_number_wherever_it_stands(ready):
    """Must show 6: all pages that links lead to, with every split and period; of who leads a team as they open."""
    found = Collected()
    for name, starts, choose in (
        ("hanna", ["/cijfers/"], ("naar", "jaar", "periode", "regio")),
        ("els", ["/cijfers/", "/team/"], ()),
    ):
        done = found.read(sign_in(name), *starts, choose=choose)
        assert len(done) > len(indicators) + len(COMPARISONS)
    assert found.differing() == {}
    assert len(found.seen) > 400
    pages = {f"indicators:{route.name}" for route in urls.urlpatterns} - {"indicators:families"}  # it shows no figure
    assert pages <= found.views
    assert (
        templates_with_figures() - templates_with_figures("reports") <= found.templates
    )  # tests/reports/test_pages.py


def templates_with_figures(room="*"):
    """Return the templates that show a marked figure: each must be among the pages that are read."""
    every = Path(rondom.__file__).parent.glob(f"{room}/templates/**/*.html")
    return {
        str(path).partition("/templates/")[2] for path in every if "data-figure" in path.read_text("utf-8")
    }  # fmt: skip


def choices(address, text, names):
    """Return the addresses behind the choices of the form on a page."""
    if "?" in address:
        return []
    found = []
    if address.strip("/").rpartition("/")[2] not in (*KEY_FIGURES, *TEAM_FIGURES):
        names = [name for name in names if name != "jaar"]  # other years stand in a table of every page
    for name in names:
        block = re.search(rf'<select[^>]*name="{name}">(.*?)</select>', text, re.DOTALL)
        values = re.findall(r'<option(?: value="([^"]*)")?( selected)?>([^<]*)<', block[1]) if block else []
        found += [f"{address}?{name}={value or label}" for value, selected, label in values if not selected]
    return found


def test_a_page_says_question_moment_definition_source_and_the_sql_that_was_asked(ready, at):
    text = page(sign_in("hanna"), "indicator", "youths_with_help")
    each = indicators["youths_with_help"]
    assert str(each.question) in unescape(text)
    assert "24 november 2026" in text
    assert each.source in unescape(text)
    assert unescape(text).count("count(DISTINCT youth_key)") >= 2
    assert measuring.sql_of(each, Period.read("2026")) in unescape(text).replace("\r", "")
    assert "Niet hetzelfde cijfer als dat van ons" in text
    assert Look.objects.filter(kind="indicators.figure_shown", object_id="youths_with_help").exists()


def test_nothing_below_the_limit_stands_on_a_page_and_nothing_gives_it_away(ready):
    """What is counted is asked of the snapshot itself; what stands on the page passed the gate."""
    client, limit = sign_in("hanna"), 5
    small = 0
    with snapshot.opened(["GM0303"]) as facts:
        for key in ("orders", "worries", "youths_with_help", "help_started"):
            for way in ("", *[g for g in indicators[key].groups if g != "municipality"]):
                real = measuring.measured(facts, indicators[key], Period.read("2026"), [way] if way else [])
                shown = dict(told(page(client, "indicator", key, jaar="2026", naar=way)))
                for figure in real.figures:
                    mark = f"{key} 2026 " + (f"{way}={figure.group[0]}" if way else "")
                    if 0 < figure.number < limit:
                        assert shown.get(mark.strip(), "niet getoond") == "niet getoond", mark  # or no rows at all
                        small += 1
    assert small > 5


def test_without_a_snapshot_the_page_says_when_there_will_be_one_and_still_shows_what_others_published(cast, at):
    client = sign_in("hanna")
    assert "Nog geen eigen cijfers" in page(client, "start")
    assert "Nog geen eigen cijfers" in page(client, "indicator", "orders")
    assert "Nog geen gepubliceerde cijfers" in page(client, "start")
    published(at)
    text = page(client, "start")
    assert ("published:share 2021 place=GM0303,group=", "10,0%") in told(text)


def test_without_duckdb_the_page_says_what_to_install(cast, monkeypatch):
    monkeypatch.setattr(snapshot, "available", lambda: False)
    assert "insight" in page(sign_in("hanna"), "start")


def test_a_published_page_names_table_licence_and_rounding(ready):
    client = sign_in("hanna")
    for key in COMPARISONS:
        text = unescape(page(client, "published", key))
        assert "CC BY 4.0 (CBS)" in text, key
        assert "afgerond" in text, key
        assert told(text), key


def test_a_published_page_shows_rank_margin_map_and_the_own_wijken(ready):
    text = unescape(page(sign_in("hanna"), "published", "per_hundred"))
    assert text.count("rondom-map__place--") > 12
    assert "Wijk 06 Biddinghuizen" in text
    assert "9,23 tot 9,27" in text
    drenthe = unescape(page(sign_in("hanna"), "published", "share", regio="drenthe"))
    assert "Assen" in drenthe
    assert "Zeewolde" not in drenthe


def test_pages_ask_as_many_questions_of_the_database_for_few_places_as_for_many(ready, django_assert_max_num_queries):
    client = sign_in("hanna")
    for name, args in (("published", ["share"]), ("published", ["per_hundred"]), ("indicator", ["youths_with_help"])):
        with django_assert_max_num_queries(32):
            page(client, name, *args)


def test_who_may_come_in(ready):
    for name, code in (("hanna", 200), ("els", 200), ("yasmin", 200), ("rob", 404), ("sanne", 404), ("tom", 404)):
        assert sign_in(name).get("/cijfers/").status_code == code, name
    assert sign_in("hanna").get(reverse("indicators:families", args=["orders"])).status_code == 404


def test_the_families_behind_a_figure_are_those_the_asker_may_open_and_that_count(ready, at):
    for name in ("els", "yasmin"):
        by = ready.principal(name)
        open_to = set(cases_for(by, at=at).values_list("pk", flat=True))
        helped = Allocation.objects.filter(ordered_on__year=2026, municipality="GM0303")
        links = CaseDossier.objects.filter(dossier__in=helped.values("dossier"), case__in=open_to)
        expected = set(links.values_list("case", flat=True))
        assert {case for case, _name, _url in behind.families(by, indicators["orders"], "2026", at=at)} == expected
        agreed = set(FamilyPlan.objects.filter(agreed_on__year=2026, case__in=open_to).values_list("case", flat=True))
        assert {case for case, _n, _u in behind.families(by, indicators["plans_agreed"], "2026", at=at)} == agreed
    assert expected and agreed


def test_behind_a_share_stand_the_families_that_have_the_property(ready, at):
    by = ready.principal("yasmin")
    open_to = set(cases_for(by, at=at).values_list("pk", flat=True))
    plans = FamilyPlan.objects.filter(agreed_on__year=2026, case__in=open_to)
    for key, has in (("plans_with_agreement", {"agreements__isnull": False}), ("plan_goals_reached", None)):
        wanted = set(plans.filter(**has).values_list("case", flat=True)) if has else set()  # no plan of theirs ended
        assert {case for case, _name, _url in behind.families(by, indicators[key], "2026", at=at)} == wanted
        assert has is None or wanted


@pytest.mark.slow
def test_every_indicator_about_families_can_be_asked_of_families(ready, at):
    by = ready.principal("yasmin")
    asked = [each for each in indicators.values() if behind.can_be_asked(each)]
    assert len(asked) > 30
    for each in asked:
        behind.families(by, each, "2026", at=at)


def test_opening_the_list_is_a_look_at_each_family_on_it(ready, at):
    client = sign_in("yasmin")
    rows = behind.families(ready.principal("yasmin"), indicators["orders"], "2026", at=at)
    text = page(client, "families", "orders", jaar="2026")
    assert [name for _case, name, _url in rows if name not in unescape(text)] == []
    look = Look.objects.filter(kind="indicators.families_shown").latest("number")
    assert {subject.subject for subject in look.subjects.all()} == {case for case, _name, _url in rows}


def test_figures_are_rounded_half_up_and_long_labels_are_cut_beside_a_whole_table():
    assert [words.number(value, 1) for value in (12.75, 12.749, 0.05, 1234.0)] == ["12,8", "12,7", "0,1", "1.234,0"]
    item = drawing.Item("rechter, officier van justitie of jeugdinrichting", 1.0, "niet gepubliceerd")
    assert len(f"{item.short}: {item.words}") <= 56
    assert drawing.draw([drawing.Item("niets", None, "niet getoond")]) is None


def test_teams_are_compared_through_the_same_gate(ready):
    agreed = FamilyPlan.objects.filter(agreed_on__year=2026, case__municipality="GM0303").count()
    with snapshot.opened(["GM0303"]) as facts:
        rows = measuring.measured(facts, indicators["plans_agreed"], Period.read("2026"), ["team"]).figures
    assert sum(row.number for row in rows) == agreed > 0
    assert {row.group[0] for row in rows} <= {str(team.pk) for team in ready.team.values()}


def test_a_map_holds_only_wijken_that_were_the_same_in_2021_and_says_what_a_shade_means():
    assert not [code for code in atlas.outlines("WK") if code.startswith("WK0034")]
    drawn = atlas.draw("GM", {"GM0303": ("Dronten", 10.0, "10,0%"), "GM0034": ("Almere", None, "niet getoond")})
    assert [(shape.code, shape.shade) for shape in drawn.shapes] == [("GM0034", 0), ("GM0303", 1)]
    assert [step.words for step in drawn.legend] == ["10,0%"]
    assert drawn.unknown
    assert atlas.draw("GM", {"GM9999": ("Nergens", 1.0, "1")}) is None


def figures_told(by):
    """Return every figure that the pages would show of the indicators, in every split."""
    scopes, day = showing.scopes_of(by, clock.today()), clock.today(showing.made_at())
    asked = tuple(
        (key, year, way)
        for key, each in indicators.items() if each.table in ("advice", "concern", "allocation")
        for year in showing.years(day)[:1] for way in ("", *each.groups)
    )  # fmt: skip
    found = showing.ask(asked, scopes)
    return {each.key: each.text for split in found for each in split.figures}


def told_by_pages(ready, at):
    with clock.standing_at(at):
        return figures_told(ready.principal("hanna"))


def advised(ready, at, number):
    for _each in range(number):
        entry.count_advice(
            by=ready.principal("yasmin"), at=at, organisation=ready.staff["yasmin"].organisation,
            channel=Channel.PHONE, asker=AskerKind.PARENT,
        )  # fmt: skip


@pytest.mark.slow
def test_from_one_night_to_the_next_no_figure_moves_so_nothing_can_be_subtracted(ready, at):
    """Whoever writes down every figure of every night knows on the last day of the month what he knew on the first."""
    advised(ready, at, 10)
    snapshot.make(by=BY, at=at + dt.timedelta(minutes=1))
    snapshot.show_newest(by=BY, at=at)
    first = told_by_pages(ready, at)
    assert first["advice_given 2026"] == "12"
    for night in (1, 2, 3, 4):
        advised(ready, at, 1)
        snapshot.make(by=BY, at=at + dt.timedelta(days=night))
        assert told_by_pages(ready, at + dt.timedelta(days=night)) == first
    with snapshot.opened(["GM0303"]) as newest:
        assert measuring.measured(newest, indicators["advice_given"], Period.read("2026")).total.number == 16
    later = at + dt.timedelta(days=7)  # 1 December
    snapshot.make(by=BY, at=later)
    assert showing.made_at() == later
    assert told_by_pages(ready, later)["advice_given 2026"] == "16"


def test_within_a_month_a_newer_snapshot_is_shown_when_that_is_said(ready, at):
    later = at + dt.timedelta(hours=1)
    snapshot.make(by=BY, at=later)
    assert showing.made_at() == at
    snapshot.show_newest(by=BY, at=later)
    assert showing.made_at() == later
    assert Event.objects.filter(kind="indicators.figures_moved").count() == 1
    snapshot.make(by=BY, at=later + dt.timedelta(hours=1))
    assert showing.made_at() == later


def test_after_a_destruction_the_pages_show_what_is_left(ready, at, monkeypatch):
    monkeypatch.setattr(snapshot, "make_anew", SimpleNamespace(enqueue=lambda: None))
    snapshot.show_newest(by=BY, at=at)
    snapshot.forget()
    assert showing.made_at() is None
    later = at + dt.timedelta(hours=1)
    snapshot.make(by=BY, at=later)
    assert showing.made_at() == later


def test_what_is_shown_of_a_figure_gives_nothing_back_with_all_its_splits_laid_together(ready, at):
    """The solver gets every count the pages show of a figure, and knows which kinds of orders there are."""
    year = Period.read("2026")
    tried = 0
    with snapshot.opened(["GM0303"], snapshot.shown()) as facts:
        for each in indicators.values():
            if each.made in publishing.ONE_BY_ONE:
                continue
            kinds = measuring.kinds(facts, each, year, [(name,) for name in each.groups])
            gate = publishing.gate(facts, each, year, smallest=5)
            tried += len(assert_safe(kinds, gate.closed))
            real = measuring.measured(facts, each, year).total
            told = publishing.public(measuring.measured(facts, each, year), gate).figures[0]
            assert (told.value is None) == ((*linked.TOTAL,) in gate.closed.figures or real.value is None), each.key
    assert tried > 50


def test_a_figure_of_ours_stands_beside_the_published_one_that_counts_the_same_way(ready):
    text = unescape(page(sign_in("hanna"), "indicator", "trajectories_per_youth"))
    assert reverse("indicators:published", args=["trajectories_per_youth"]) in text
    assert "voegen overlappende hulp" in text
    assert "published:trajectories_per_youth" not in page(sign_in("hanna"), "indicator", "orders_per_youth")


@pytest.mark.parametrize("key", ["share", "trajectories_per_youth"])
def test_the_page_of_a_comparison_shows_for_every_municipality_what_is_reckoned_by_hand(ready, key):
    """Figure and rank of all municipalities we carry, on the pages of their youth regions."""
    client, youth_care = sign_in("hanna"), CARRIED / "cbs-youth-care-2021.csv"
    if key == "share":
        printed = by_hand.shares(CARRIED / "cbs-youth-care-share-2021.csv")
        wanted = {code: f"{by_hand.written(value, 1)}%" for code, value in printed.items()}
        rank = by_hand.share_ranks(printed)
    else:
        reckoned = by_hand.per_youth(youth_care)
        wanted = {code: by_hand.written(value, 2) for code, (value, _low, _high) in reckoned.items()}
        rank = by_hand.per_youth_ranks(reckoned)
    seen = {}
    for region in ("flevoland", "drenthe"):
        text = page(client, "published", key, periode="2021", regio=region)
        said = dict(told(text))
        for code in wanted:
            mark = f"published:{key} 2021 place={code},group="
            if mark in said:
                row = re.search(rf'<tr[^>]*>(?:(?!</tr>).)*data-figure="{re.escape(mark)}".*?</tr>', text, re.DOTALL)
                cells = re.findall(r"<td[^>]*>(.*?)</td>", row[0], re.DOTALL)
                seen[code] = said[mark], re.sub(r"<[^>]+>", "", cells[-1]).strip()
    best_to_worst = {code: str(a) if a == b else f"{a} tot {b}" for code, (a, b) in rank.items()}
    assert seen == {code: (wanted[code], best_to_worst[code]) for code in wanted}


def test_who_referred_in_our_municipality_is_what_is_reckoned_by_hand(ready):
    parts = by_hand.mixes(CARRIED / "cbs-youth-care-2021.csv")["GM0303"]
    said = dict(told(page(sign_in("hanna"), "published", "referrers", periode="2021")))
    mine = {key.rpartition("group=")[2]: text for key, text in said.items() if key.startswith("published:referrers ")}
    assert {group: text for group, text in mine.items() if group in parts} == {
        group: f"{by_hand.written(part, 1)}%" for group, part in parts.items()
    }  # fmt: skip
    assert {text for group, text in mine.items() if group not in parts} == {"niet gepubliceerd"}
