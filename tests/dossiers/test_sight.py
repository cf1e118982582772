"""Who sees which family: owner, a colleague on the team, a stranger (architecture, scope and trust)."""

import pytest

from rondom.core.errors import NotFound
from rondom.core.models import Look
from rondom.dossiers.opening import open_case
from rondom.dossiers.queries import cases_for, dossiers_for, dossiers_in, persons_for
from rondom.privacy.enums import Sight

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.mark.parametrize(
    ("name", "case", "row", "opened"),
    [
        ("sanne", "visser", True, True),
        ("mark", "visser", True, False),
        ("sanne", "de_boer", True, False),
        ("fatima", "visser", False, False),
        ("fatima", "kuiper", True, True),
        ("mark", "kuiper", False, False),
        ("rob", "visser", False, False),
        ("tom", "visser", False, False),
        ("karin", "visser", False, False),
        ("karin", "hofstra", True, True),
        ("sanne", "hofstra", False, False),
    ],
)
def test_sight_follows_role_and_team(cast, at, name, case, row, opened):
    by, wanted = cast.principal(name), cast.case[case].pk
    assert cases_for(by, at=at, sight=Sight.ROW).filter(pk=wanted).exists() is row
    assert cases_for(by, at=at, sight=Sight.OPEN).filter(pk=wanted).exists() is opened


def test_coordinator_opens_every_dossier_of_the_case(cast, at):
    found = dossiers_in(cast.case["visser"], cast.principal("sanne"), at=at)
    assert {d.youth.short_name for d in found} == {"Daan", "Lot", "Sem", "Noor", "Finn"}


def test_nobody_outside_the_case_finds_its_people(cast, at):
    assert not persons_for(cast.principal("mark"), at=at).filter(pk=cast.person["mirjam"].pk).exists()
    assert persons_for(cast.principal("sanne"), at=at).filter(pk=cast.person["mirjam"].pk).exists()
    assert not dossiers_for(cast.principal("karin"), at=at).filter(pk=cast.dossier["lot"].pk).exists()


def test_a_refused_look_is_recorded_and_answers_as_if_nothing_exists(cast, at):
    with pytest.raises(NotFound):
        open_case(cast.principal("karin"), cast.case["visser"].pk, at=at, page="desk.family_shown")
    refused = Look.objects.get()
    assert (refused.result, refused.actor, refused.object_id) == (
        "denied", cast.staff["karin"].pk, str(cast.case["visser"].pk),
    )  # fmt: skip
    assert ("dossier", cast.dossier["lot"].pk) in set(refused.subjects.values_list("kind", "subject"))


def test_an_opened_case_records_who_and_why(cast, at):
    open_case(cast.principal("sanne"), cast.case["visser"].pk, at=at, page="desk.family_shown")
    opened = Look.objects.get()
    assert (opened.result, opened.ground) == ("done", "assigned: role: coordination")
