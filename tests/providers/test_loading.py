"""Loading a file of contracts: all or nothing, repeatable, with a report by line."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rondom.core.errors import BadInput, RondomError
from rondom.core.models import Event
from rondom.core.principals import machine
from rondom.providers import loading
from rondom.providers.actions import register_provider, sign_contract
from rondom.providers.models import Contract, Product, Provider, Rate

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
HEAD = "aanbieder;agb;contract;soort;van;tot;perceel;bekostiging;jaarbedrag;categorie;product;naam;eenheid;resultaat;tarief;tarief_van;tarief_tot"  # noqa: E501
A = "Nieuwe Kans;73739999;NK-1;raamovereenkomst;1-1-2027;2029-01-01;Ambulant;inspanningsgericht;;45;45A04;Begeleiding;01;;1,25;1-1-2027;"  # noqa: E501
B = 'Nieuwe Kans;73739999;NK-1;raamovereenkomst;1-1-2027;2029-01-01;Ambulant;inspanningsgericht;;45;45A05;Groep;04;;"1.062,50";1-1-2027;'  # noqa: E501
C = "Vast & Zeker;;VZ-7;subsidie;1-1-2027;;Buurt;taakgericht;120000;45;45A48;Hulp dichtbij;;;;;"
BY = machine("command:test", "GM0303")


def load(at, *lines, **more):
    return loading.load(by=BY, at=at, content="\n".join([HEAD, *lines]).encode(), **more)


def counts(report):
    return len(report.new), len(report.changed), len(report.ended), report.unchanged


def test_a_file_is_loaded_and_a_second_time_changes_nothing(cast, at):
    assert counts(load(at, A, B, C)) == (11, 0, 0, 0)
    assert str(Rate.objects.get(product__code="45A05").amount) == "1062.50"
    assert counts(load(at, A, B, C)) == (0, 0, 0, 3)


def test_a_line_can_let_the_provider_choose(cast, at):
    kind = A.replace(";45A04;Begeleiding;01;;1,25;1-1-2027;", ";CATEGORIE;Op maat;;;;;")
    free = A.replace(";45;45A04;Begeleiding;01;;1,25;1-1-2027;", ";;BUDGET;Vrij;;;;;")
    load(at, A, kind, free)
    rows = Product.objects.filter(lot__contract__number="NK-1").order_by("code", "category")
    assert [(row.category, row.code) for row in rows] == [("", ""), ("45", ""), ("45", "45A04")]
    assert counts(load(at, A, kind, free)) == (0, 0, 0, 3)
    with pytest.raises(loading.LoadRefused):
        load(at, free.replace(";;BUDGET", ";45;BUDGET"))


def test_a_wrong_line_keeps_everything_out_and_says_which_and_why(cast, at):
    wrong = A.replace("45A04", "45-04")
    before = Provider.objects.count()
    with pytest.raises(loading.LoadRefused) as refused:
        load(at, C, wrong, B.replace("inspanningsgericht", "gratis"))
    assert [number for number, _ in refused.value.report.refused] == [3, 4]
    assert "45-04" in refused.value.report.refused[0][1]
    assert Provider.objects.count() == before


def test_changes_and_ends_are_told(cast, at):
    load(at, A, C)
    report = load(at, A.replace("2029-01-01", "1-7-2028").replace("1,25", "1,35"), C.replace("120000", "130000"))
    assert counts(report) == (0, 2, 1, 0)
    assert Contract.objects.get(number="NK-1").ends == dt.date(2028, 7, 1)
    assert str(Rate.objects.get(product__code="45A04", product__lot__contract__number="NK-1").amount) == "1.35"


def test_a_rate_that_has_begun_is_not_rewritten_by_a_file(cast, at):
    old = A.replace("1-1-2027", "1-1-2026").replace("2029-01-01", "1-1-2028")
    load(at, old)
    with pytest.raises(loading.LoadRefused):
        load(at, old.replace("1,25", "1,30"))
    next_rate = old.replace("1,25", "1,30").replace("1,30;1-1-2026", "1,30;1-1-2027")
    assert counts(load(at, next_rate)) == (1, 0, 0, 0)
    assert counts(load(at, old, next_rate)) == (0, 0, 0, 2)


def test_a_dry_run_tells_and_stores_nothing(cast, at):
    assert counts(load(at, A, dry_run=True))[0] == 5
    assert not Contract.objects.filter(number="NK-1").exists()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"naam;iets\n1;2", HEAD.replace("contract", "kontrakt").encode(), b'"open']
)
def test_what_is_no_such_file_is_refused_with_a_sentence(cast, at, content):
    with pytest.raises(BadInput):
        loading.load(by=BY, at=at, content=content)


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "NaN", "1e99", "-5", "0", "12,345"])
def test_amounts_that_are_none_are_refused(cast, at, cell):
    with pytest.raises(loading.LoadRefused):
        load(at, A.replace("1,25", cell))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(alphabet='A1;,"\n=é-', max_size=40), max_size=4))
def test_whatever_a_file_holds_nothing_breaks(cast, at, lines):
    products = Product.objects.count()
    try:
        load(at, *lines)
    except RondomError:
        assert Product.objects.count() == products


def test_the_command_prints_what_became_of_the_file(cast, tmp_path, capsys):
    from rondom.cli import providers as command

    file = tmp_path / "contracten.csv"
    file.write_text("\n".join([HEAD, A]), "utf-8")
    options = type("Options", (), {"municipality": "GM0303", "file": file, "dry_run": False})
    assert command.run(options) == 0
    assert "5 nieuw" in capsys.readouterr().out
    file.write_text("\n".join([HEAD, A.replace("45A04", "x")]), "utf-8")
    assert command.run(options) == 4
    assert "regel 2" in capsys.readouterr().err


def test_lines_that_need_each_other_are_tried_together(at):
    def line(number, aanbieder="", agb="", contract=""):
        return number, {"aanbieder": aanbieder, "agb": agb, "contract": contract}

    lines = [line(2, "A", "1"), line(3, "B", contract="x"), line(4, "C", "1"), line(5), line(6, "b", "2"), line(7, "D")]
    numbers = [[number for number, _cells in group] for group in loading._providers(lines)]
    assert numbers == [[2, 4], [3, 6], [5], [7]]


def test_a_contract_that_is_taken_while_a_file_loads_stops_it_and_says_so(cast, at, monkeypatch):
    other = register_provider(by=BY, at=at, name="De Ander", agb_code="", starts=dt.date(2026, 1, 1))
    passes = []

    def in_slices(items, work):
        if passes:  # every line was tried; now somebody signs the contract of one of them with another provider
            sign_contract(
                by=BY, at=at, provider=other, number="VZ-7", kind="framework", starts=dt.date(2027, 1, 1), ends=None,
                scale="regional",
            )  # fmt: skip
        passes.append(True)
        for item in items:
            work(item)

    with monkeypatch.context() as patched, pytest.raises(loading.LoadStopped) as stopped:
        patched.setattr(loading, "in_slices", in_slices)
        load(at, A, C)
    assert [number for number, _ in stopped.value.report.refused] == [3]
    assert Event.objects.latest("number").kind == "providers.file_stopped"
    with pytest.raises(loading.LoadRefused) as refused:
        load(at, A, C)
    assert not isinstance(refused.value, loading.LoadStopped)
