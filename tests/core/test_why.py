"""`{% why %}`: the law's answer as a page shows it, or that somebody set it by hand."""

import datetime as dt
import tomllib

import pytest
from django.template import engines
from django.utils.translation import override

from rondom.core.why import agreed, from_kept, kept, norm, of_law, together
from rondom.law import engine
from rondom.law.engine import national
from rondom.law.procedure import ApplicationFacts, Suspension, decision_term

PLAIN = decision_term(ApplicationFacts(dt.date(2026, 10, 30)))
PAUSED = decision_term(
    ApplicationFacts(dt.date(2026, 11, 2), suspensions=(Suspension(dt.date(2026, 11, 10), dt.date(2026, 11, 20)),))
)


@pytest.fixture(autouse=True)
def _dutch():
    with override("nl"):
        yield


def shown(why, **more) -> str:
    template = "{% load rondom %}{% why why about open=open %}"
    return engines["django"].from_string(template).render({"why": why, "about": "", "open": False, **more})


def test_a_date_of_the_law_shows_rule_article_days_and_numbers():
    html = shown(of_law(PLAIN, "Waarom deze datum?"), about="besluit voor Lot")
    assert html.startswith('<details class="rondom-why"><summary>Waarom deze datum?')
    assert "besluit voor Lot" in html
    assert "8 weken na vrijdag 30 oktober 2026 is vrijdag 25 december 2026." in html
    assert "Awb 4:13 (AWB-03)" in html
    assert "weken om op een aanvraag te beslissen: 8, sinds 1 januari 1994: Awb 4:13 lid 2" in html


def test_doubt_is_shown_with_every_reading():
    html = shown(of_law(PAUSED, "Waarom deze datum?"))
    assert "Dit is niet zeker." in html
    assert "die dag telt niet mee (korter, veilig)" in html
    assert "die dag telt wel mee" in html


def test_what_was_set_by_hand_says_so_and_names_no_law():
    html = shown(agreed("Waarom deze datum?", "Acht weken na het gesprek"))
    assert "Dit is afgesproken en met de hand gezet." in html
    assert "Waar het staat" not in html
    assert "Dit volgt uit een werkregel" in shown(norm("Waarom deze datum?", "Binnen vijf dagen"))


def test_shown_at_once_there_is_nothing_to_open_and_without_reason_there_is_nothing():
    assert "<details" not in shown(of_law(PLAIN, "Waarom?"), open=True)
    assert shown(None).strip() == ""


def test_a_kept_answer_reads_as_it_was_said_then():
    assert from_kept("Waarom?", kept(PAUSED)) == of_law(PAUSED, "Waarom?")


def test_several_people_stand_under_one_question_with_their_grounds_once():
    both = together("Wie?", [("Lot", PLAIN), ("Daan", PAUSED)])
    assert [sentence.split(":")[0] for sentence in both.said] == ["Lot", "Daan"]
    assert len(both.grounds) == len(set(both.grounds))
    assert both.doubt.startswith("Daan: ")


def test_every_number_of_the_law_has_plain_words():
    words = tomllib.loads((engine.HERE / "parameter_words.toml").read_text("utf-8"))
    assert set(national().names()) <= set(words)
    asked_only = {"referral_validity_months", "waiting_norm_help_days", "start_after_decision_days",
                  "first_talk_working_days", "signal_index_repealed_on"}  # fmt: skip
    assert set(words) == set(national().names()) | asked_only
