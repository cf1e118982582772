"""Search within sight; outside it an exact key that answers nothing."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rondom.core import clock
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.models import Event
from rondom.dossiers.queries import questions_for
from rondom.people import actions
from rondom.people.enums import ContactKind
from rondom.people.models import KnownElsewhereRequest, Person, SearchToken
from rondom.people.search import EXACT_KEYS_A_DAY, ask_elsewhere, search

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def found(cast, at, who, text):
    return {p.short_name for p in search(cast.principal(who), text, at=at)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lot", {"Lot"}),
        ("LO", {"Lot"}),
        ("wit lot", {"Lot"}),
        ("de wit", {"Peter", "Daan", "Lot"}),
        ("yilmaz", {"Esra", "Emine", "baby"}),
        ("YILMAZ esr", {"Esra"}),
        ("amrani sem", {"Sem"}),
        ("El-Amrani s", {"Sem"}),
        ("lo w", {"Lot"}),
        ("ot", set()),
        ("", set()),
        ("  ", set()),
        ("l", set()),
        ("%", set()),
        ("de", set()),
        ("lot' OR 1=1 --", set()),
    ],
)
def test_words_are_beginnings_of_names_in_any_order(cast, at, text, names):
    from django.utils import translation

    with translation.override("en"):
        assert found(cast, at, "sanne", text) == names


def test_a_date_of_birth_is_found_as_people_type_it(cast, at):
    born = cast.person["lot"].born_on
    for text in (f"{born:%d-%m-%Y}", f"{born.day}/{born.month}/{born:%y}", f"{born:%d%m%Y}", f"lot {born:%d.%m.%Y}"):
        assert found(cast, at, "sanne", text) == {"Lot"}, text
    assert found(cast, at, "sanne", f"daan {born:%d-%m-%Y}") == set()


def test_a_phone_number_finds_the_person_however_it_is_typed(cast, at):
    actions.add_contact_point(
        by=cast.principal("sanne"), at=at, person=cast.person["mirjam"], kind=ContactKind.PHONE, value="06 12 34 56 78"
    )
    for text in ("0612345678", "06-12345678", "+31612345678", "0031 6 1234 5678"):
        assert found(cast, at, "sanne", text) == {"Mirjam"}, text
    assert found(cast, at, "karin", "0612345678") == set()


def test_nobody_is_found_outside_ones_sight(cast, at):
    assert found(cast, at, "karin", "lot") == set()
    assert found(cast, at, "fatima", "visser") == set()
    assert found(cast, at, "rob", "kuiper") == set()
    assert found(cast, at, "mark", "kramer") == {"Thijs", "Julia"}


def test_search_is_a_constant_number_of_queries_and_uses_the_index(cast, at):
    SearchToken.objects.bulk_create(
        SearchToken(person=cast.person["lot"], municipality="GM0303", token=f"vul{number}") for number in range(500)
    )
    sanne = cast.principal("sanne")
    with CaptureQueriesContext(connection) as made:
        assert [p.short_name for p in search(sanne, "visser mir", at=at)] == ["Mirjam"]
    assert len(made) == 1
    tokens = SearchToken.objects.filter(municipality="GM0303", token__begins="vis")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = tokens.explain()
    assert "people_token_begins" in plan, plan


def key_of(cast, who):
    person = cast.person[who]
    return {"family_name": person.family_name, "born_on": person.born_on}


def test_an_exact_key_answers_the_same_for_hit_and_miss(cast, at):
    karin_like = cast.principal("fatima")  # another team of the same municipality
    hit = ask_elsewhere(by=karin_like, at=at, reason="Opa belt", postcode="8251 CC", **key_of(cast, "thijs"))
    miss = ask_elsewhere(by=karin_like, at=at, reason="Opa belt", postcode="8251 CC", **key_of(cast, "anna"))
    assert (hit.person, miss.person) == (cast.person["thijs"], None)
    assert KnownElsewhereRequest.objects.count() == 2
    assert Event.objects.filter(kind="people.exact_key_asked").count() == 2
    assert [row.pk for row, _case in questions_for(cast.principal("mark"), at=at)] == [hit.pk]
    assert not questions_for(karin_like, at=at)
    assert not questions_for(cast.principal("karin"), at=at)


def test_a_bsn_is_an_exact_key_within_the_municipality_only(cast, at):
    fatima, karin = cast.principal("fatima"), cast.principal("karin")
    bsn = cast.person["lot"].bsn
    assert ask_elsewhere(by=fatima, at=at, reason="melding", bsn=bsn).person == cast.person["lot"]
    assert ask_elsewhere(by=karin, at=at, reason="melding", bsn=bsn).person is None


@pytest.mark.parametrize("half", [{}, {"family_name": "Kramer"}, {"family_name": "Kramer", "postcode": "8251 CC"}])
def test_half_a_key_is_refused(cast, at, half):
    with pytest.raises(BadInput):
        ask_elsewhere(by=cast.principal("fatima"), at=at, reason="melding", **half)


def test_hit_and_miss_count_the_same_towards_the_limit_of_a_day(cast, at):
    fatima = cast.principal("fatima")
    for number in range(EXACT_KEYS_A_DAY):
        key = key_of(cast, "thijs" if number % 2 else "anna")
        ask_elsewhere(by=fatima, at=at, reason="melding", postcode="8251 CC", **key)
    with pytest.raises(NotAllowed):
        ask_elsewhere(by=fatima, at=at, reason="melding", postcode="8251 CC", **key_of(cast, "thijs"))
    tomorrow = at + dt.timedelta(days=1)
    assert ask_elsewhere(by=fatima, at=tomorrow, reason="melding", postcode="8251 CC", **key_of(cast, "thijs"))


def test_search_words_follow_a_correction(cast, at):
    lot = cast.person["lot"]
    actions.correct_person(
        by=cast.principal("sanne"), at=at, person=lot, changes={"called": "Çelôtte"}, opened_version=lot.version
    )
    assert found(cast, at, "sanne", "celot") == {"Çelôtte"}
    assert Person.objects.get(pk=lot.pk).tokens.count() == 3
    assert clock.today(at)
