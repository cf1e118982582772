"""Local words: singular, plural and article per municipality and organisation, said through one tag."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from rondom.core.errors import BadInput, NotAllowed, Stale
from rondom.reference import actions, queries, vocabulary

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def choose(cast, at):
    def run(singular="regisseur", plural="regisseurs", article="de", starts=TODAY, who="tom", **changes):
        scope = changes.get("scope", "GM0303")
        latest = queries.latest_word("coordinator", scope)
        arguments = {
            "by": cast.principal(who), "at": at, "key": "coordinator", "scope": scope, "singular": singular,
            "plural": plural, "article": article, "starts": starts,
            "seen": (latest.pk, latest.version) if latest else None,
        }  # fmt: skip
        return actions.choose_word(**{**arguments, **changes})

    return run


def say(template: str, principal=None) -> str:
    request = SimpleNamespace(principal=principal)
    return Template("{% load words i18n %}" + template).render(Context({"request": request}))


ALL = '{% term "coordinator" %}|{% term "coordinator" "plural" %}|{% term "coordinator" "article" "capital" %}'


def test_without_a_choice_the_word_of_rondom_is_used(cast):
    assert say(ALL) == "casusregisseur|casusregisseurs|De casusregisseur"
    assert say(ALL, cast.principal("sanne")) == say(ALL)
    assert say('{% term "plan" "article" %}|{% term "plan" "article" "plural" %}') == "het gezinsplan|de gezinsplannen"


def test_a_municipality_reads_its_own_word_and_another_does_not(cast, choose):
    choose(singular="gezinscoach", plural="gezinscoaches")
    assert say(ALL, cast.principal("sanne")) == "gezinscoach|gezinscoaches|De gezinscoach"
    assert say(ALL, cast.principal("karin")).startswith("planbewaker|")


def test_the_word_of_an_organisation_outweighs_that_of_the_municipality(cast, choose):
    choose()
    organisation = cast.organisation["jeugdteam"].pk
    choose(singular="gezinswerker", plural="gezinswerkers", scope=f"GM0303/organisation:{organisation}")
    assert say('{% term "coordinator" %}', cast.principal("sanne")) == "gezinswerker"
    assert say('{% term "coordinator" %}', cast.principal("rob")) == "regisseur"


def test_a_word_goes_into_a_sentence_as_one_piece(cast, choose):
    choose()
    template = (
        '{% term "coordinator" "article" "capital" as who %}{% blocktranslate %}{{ who }} | x{% endblocktranslate %}'
    )
    assert say(template, cast.principal("sanne")) == "De regisseur | x"


def test_in_english_the_article_is_english(cast):
    with translation.override("en"):
        assert say('{% term "plan" "article" %}') == "the family plan"


def test_words_are_read_once_per_request(cast, django_assert_num_queries):
    sanne = cast.principal("sanne")
    with django_assert_num_queries(1):
        say(ALL, sanne)


def test_a_word_has_a_period(cast, choose):
    choose(starts=dt.date(2027, 1, 1))
    assert queries.word("coordinator", "GM0303", on=TODAY).singular == vocabulary.TERMS["coordinator"].word.singular
    assert queries.word("coordinator", "GM0303", on=dt.date(2027, 1, 1)).singular == "regisseur"


def test_another_choice_on_the_same_day_replaces_and_on_a_later_day_follows(choose):
    choose()
    choose(singular="regievoerder", plural="regievoerders")
    choose(singular="coach", plural="coaches", starts=dt.date(2027, 1, 1))
    kept = [(word.singular, word.starts, word.ends) for word in queries.word_history("coordinator", "GM0303")]
    assert kept == [
        ("coach", dt.date(2027, 1, 1), None),
        ("regievoerder", TODAY, dt.date(2027, 1, 1)),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"singular": ""},
        {"plural": " "},
        {"singular": "=1+1"},
        {"singular": "x" * 61},
        {"article": "een"},
        {"starts": dt.date(2026, 11, 23)},
        {"key": "no_such_word"},
    ],
)
def test_what_is_no_word_is_refused_with_a_sentence(choose, wrong):
    with pytest.raises(BadInput) as refusal:
        choose(**wrong)
    assert str(refusal.value)


def test_only_an_administrator_of_the_municipality_chooses(choose):
    for wrong in ({"who": "sanne"}, {"who": "karin"}, {"scope": "GM0171"}, {"scope": ""}):
        with pytest.raises(NotAllowed):
            choose(**wrong)


def test_two_who_choose_at_once_are_told(choose):
    choose()
    with pytest.raises(Stale):
        choose(singular="coach", plural="coaches", seen=None)
    with pytest.raises(Stale):
        choose(singular="coach", plural="coaches", starts=dt.date(2027, 1, 1), seen=None)


def test_the_tag_refuses_what_it_does_not_know(cast):
    with pytest.raises(TemplateSyntaxError):
        say('{% term "coordinator" "upper" %}')
    with pytest.raises(BadInput):
        say('{% term "no_such_word" %}')
