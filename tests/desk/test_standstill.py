"""What stands still: each reason by itself, with whom it rests, for who directs the team, never what it is about."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core import clock
from rondom.core.periods import moment_filter
from rondom.dossiers import actions
from rondom.dossiers.models import Case, Dossier, Note
from rondom.dossiers.standstill import reasons, standing_still, told_of
from rondom.privacy.models import Relation
from rondom.reference import actions as reference
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
DAY = dt.timedelta(days=1)


def still(cast, at, code="", who="els"):
    by = cast.principal(who)
    rows = Case.objects.filter(standing_still(by, at=at, code=code), closed_on=None)
    return set(rows.values_list("pk", flat=True))


def family(cast, at, **more):
    """A new family of Sanne in team oost in which nothing is late."""
    from rondom.people.actions import register_person

    by = cast.principal("sanne")
    child = register_person(
        by=by, at=at, municipality="GM0303", called="Bo", family_name="Stil", born_on=dt.date(2016, 3, 3)
    )  # fmt: skip
    return actions.take_on(
        by=by, at=at, team=cast.team["oost"], youths=[child], coordinator=cast.staff["sanne"], **more
    )  # fmt: skip


def test_a_late_date_is_told_with_the_colleague_it_rests_with(cast, at):
    case = family(cast, at)
    assert case.pk not in still(cast, at, "datum")
    due = clock.today(at) + DAY
    actions.start_clock(
        by=cast.principal("sanne"), at=at, case=case, kind="agreement", title="Geheim onderwerp", due=due,
        why=actions.Why("Afgesproken"), rests_with=cast.staff["mark"],
    )  # fmt: skip
    later = at + 3 * DAY
    assert case.pk in still(cast, later, "datum")
    told = told_of([case.pk], cast.principal("els"), at=later)[case.pk]
    assert [(reason.code, each.since, each.rests_with) for reason, each in told if reason.code == "datum"] == [
        ("datum", due, cast.staff["mark"])
    ]


def test_without_contact_counts_the_agreed_rhythm_and_else_the_days_chosen_here(cast, at):
    case = family(cast, at)
    later = at + 40 * DAY
    assert case.pk not in still(cast, later, "zonder-contact")  # nothing was chosen, nothing agreed
    chosen = cast.principal("tom")
    reference.propose(
        by=chosen, at=at, name="standstill_days", scope="GM0303", value="30", source="Werkafspraak",
        starts=clock.today(at) + DAY, seen=None,
    )  # fmt: skip
    assert case.pk in still(cast, later, "zonder-contact")
    actions.set_rhythm(by=cast.principal("sanne"), at=at, case=case, days=60)
    assert case.pk not in still(cast, later, "zonder-contact")
    assert case.pk in still(cast, at + 62 * DAY, "zonder-contact")
    Note.objects.create(
        municipality="GM0303", case=case, written_by=cast.staff["sanne"], happened_at=at + 61 * DAY, channel="phone",
        text="Gebeld",
    )  # fmt: skip
    assert case.pk not in still(cast, at + 62 * DAY, "zonder-contact")


def test_every_reason_can_be_asked_by_itself_and_together_they_are_the_whole(cast, at):
    later = at + 90 * DAY
    each = {reason.code: still(cast, later, reason.code) for _name, reason in reasons}
    assert set().union(*each.values()) == still(cast, later)
    assert {"terugkijken", "wacht", "niet-begonnen"} <= {code for code, cases in each.items() if cases}


def test_a_date_about_a_dossier_outside_sight_counts_nowhere(cast, at):
    case = family(cast, at)
    dossier = case.dossier_links.get().dossier
    actions.start_clock(
        by=cast.principal("sanne"), at=at, case=case, kind="agreement", title="x", due=clock.today(at),
        why=actions.Why("Afgesproken"), about=dossier,
    )  # fmt: skip
    assert case.pk in still(cast, at + 2 * DAY, "datum")
    Dossier.objects.filter(pk=dossier.pk).update(shielded=True)
    Relation.objects.filter(moment_filter(at), subject=dossier.pk).update(ends_at=at)
    assert case.pk not in still(cast, at + 2 * DAY, "datum")


def test_the_page_tells_why_and_never_what_and_only_to_who_directs(cast, at):
    case = family(cast, at - 3 * DAY)
    actions.start_clock(
        by=cast.principal("sanne"), at=at - 3 * DAY, case=case, kind="agreement", title="Geheim onderwerp",
        due=clock.today(at) - 2 * DAY, why=actions.Why("Afgesproken"), rests_with=cast.staff["mark"],
    )  # fmt: skip
    address = reverse("desk:standing")
    text = sign_in("els").get(address).content.decode()
    assert "Bo (10)" in text and "een datum is te laat" in text and "Mark de Graaf" in text
    assert "Geheim onderwerp" not in text
    assert reverse("desk:state_ground", args=[case.pk]) in text  # a ground first: Els does not work with them
    narrowed = sign_in("els").get(address, {"wie": str(cast.staff["mark"].pk)}).content.decode()
    assert "Bo (10)" not in narrowed  # Sanne coordinates
    assert sign_in("sanne").get(address).status_code == 404
