"""Consent to share, and whether something may be shared: the law asked with what is held about a family."""

import datetime as dt

import pytest

from rondom.core import clock
from rondom.core.errors import BadInput, VoidByLaw
from rondom.core.models import Event
from rondom.dossiers import actions, sharing
from rondom.dossiers.enums import Receiver, SharePurpose, ShareWhat
from rondom.law.consent import Basis, Verdict, verdict
from rondom.people.queries import birthday
from rondom.privacy.actions import withdraw_consent

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
WHAT = {"purpose": "samen kijken hoe het gaat", "parties": "De judotrainer", "data": "de afspraken over sport"}


def keys(*people):
    return [str(person.pk) for person in people]


def give(cast, at, child, *givers):
    by = cast.principal("sanne")
    return actions.give_consent(
        by=by, at=at, person=cast.person[child], givers=keys(*(cast.person[g] for g in givers)), **WHAT
    )


def judo(cast, child, day):
    return next(a for a in sharing.agreements_of(cast.person[child], day) if a.parties == WHAT["parties"])


@pytest.mark.parametrize(
    ("child", "names"),
    [
        ("lot", {"Mirjam Visser", "Peter de Wit"}),
        ("sem", {"Mirjam Visser"}),
        ("esra", {"Esra Yılmaz"}),
        ("jip", {"Jip Mulder", "Ingrid Mulder"}),
        ("finn", {"Jeugdbescherming Polderland (GI)"}),
        ("sara", set()),
        ("baby_yilmaz", set()),
    ],
)
def test_who_may_agree_follows_age_and_authority(cast, at, child, names):
    assert {giver.name for giver in sharing.givers_for(cast.person[child], clock.today(at))} == names


def test_who_is_not_asked_by_law_cannot_agree(cast, at):
    with pytest.raises(VoidByLaw):
        give(cast, at, "sem", "karim")  # a father without authority
    with pytest.raises(VoidByLaw):
        give(cast, at, "esra", "emine")  # sixteen: she alone
    with pytest.raises(VoidByLaw):
        give(cast, at, "sara", "esra")  # nobody knows who has authority
    with pytest.raises(BadInput):
        give(cast, at, "lot")


def test_an_institution_with_guardianship_agrees_by_its_name(cast, at):
    rows = actions.give_consent(
        by=cast.principal("sanne"), at=at, person=cast.person["finn"], givers=[sharing.INSTITUTION], **WHAT
    )
    assert (rows[0].given_by, rows[0].given_by_organisation) == (None, "Jeugdbescherming Polderland (GI)")
    assert judo(cast, "finn", clock.today(at)).complete is True


def test_one_parent_speaks_for_both_until_the_other_takes_back(cast, at):
    day = clock.today(at)
    give(cast, at, "lot", "mirjam")
    assert judo(cast, "lot", day).complete is True
    [of_peter] = give(cast, at, "lot", "peter")
    withdraw_consent(by=cast.principal("sanne"), at=at, consent=of_peter)
    found = judo(cast, "lot", day)
    assert (found.complete, found.objecting) == (False, ("Peter de Wit",))
    give(cast, at, "lot", "peter")
    assert judo(cast, "lot", day).complete is True


def test_an_objection_stands_in_the_way_though_nothing_was_agreed_before(cast, at):
    day, lot, by = clock.today(at), cast.person["lot"], cast.principal("sanne")
    [peter] = keys(cast.person["peter"])
    with pytest.raises(VoidByLaw):
        actions.object_to_sharing(by=by, at=at, person=lot, objector=keys(cast.person["karim"])[0], **WHAT)
    row = actions.object_to_sharing(by=by, at=at, person=lot, objector=peter, **WHAT)
    assert (judo(cast, "lot", day).complete, judo(cast, "lot", day).in_force) == (False, False)
    give(cast, at, "lot", "mirjam")
    found = judo(cast, "lot", day)
    assert (found.complete, found.objecting) == (False, ("Peter de Wit",))
    withdraw_consent(by=by, at=at, consent=row)
    assert judo(cast, "lot", day).complete is True


def test_who_agrees_after_all_objects_no_more_and_the_other_way_round(cast, at):
    day, by = clock.today(at), cast.principal("sanne")
    [jip] = keys(cast.person["jip"])
    give(cast, at, "jip", "ingrid", "jip")
    row = actions.object_to_sharing(by=by, at=at, person=cast.person["jip"], objector=jip, **WHAT)
    found = judo(cast, "jip", day)  # fourteen: without the child it is not complete
    assert (found.complete, found.objecting) == (False, ("Jip Mulder",))
    give(cast, at, "jip", "jip")
    row.refresh_from_db()
    assert (row.withdrawn_at, judo(cast, "jip", day).complete) == (at, True)


def test_from_twelve_the_child_is_needed_too_and_from_sixteen_alone(cast, at):
    jip = cast.person["jip"]
    give(cast, at, "jip", "ingrid")
    found = judo(cast, "jip", clock.today(at))
    assert (found.complete, found.missing) == (None, ("Jip Mulder",))
    give(cast, at, "jip", "jip")
    assert judo(cast, "jip", clock.today(at)).complete is True
    assert judo(cast, "jip", birthday(jip.born_on, 16)).complete is True
    lot = cast.person["lot"]
    give(cast, at, "lot", "mirjam")
    grown = judo(cast, "lot", birthday(lot.born_on, 16))
    assert (grown.complete, grown.missing) == (None, ("Lot de Wit",))


def test_an_end_is_the_first_day_it_no_longer_holds(cast, at):
    day = clock.today(at)
    actions.give_consent(
        by=cast.principal("sanne"), at=at, person=cast.person["sem"], givers=keys(cast.person["mirjam"]),
        ends=day + dt.timedelta(days=7), **WHAT,
    )  # fmt: skip
    assert judo(cast, "sem", day + dt.timedelta(days=6)).complete is True
    assert not judo(cast, "sem", day + dt.timedelta(days=7)).in_force


def ask(cast, at, child, receiver, purpose=SharePurpose.HELP, what=ShareWhat.CONTENT, **more):
    asked = sharing.Asked(receiver, purpose, what, **more)
    return sharing.may_be_shared(cast.person[child], asked, clock.today(at))


def test_the_institution_of_a_running_order_hears_what_it_needs_and_no_other(cast, at):
    assert ask(cast, at, "lot", Receiver.INSTITUTION).certain is Basis.SUPERVISION
    assert ask(cast, at, "julia", Receiver.INSTITUTION).asks == ("order_from",)


def test_a_school_hears_nothing_without_consent_and_no_more_after_it_is_taken_back(cast, at):
    assert ask(cast, at, "sem", Receiver.OTHER).certain is Basis.NONE
    [row] = give(cast, at, "sem", "mirjam")
    agreement = judo(cast, "sem", clock.today(at))
    assert ask(cast, at, "sem", Receiver.OTHER, agreement=agreement).certain is Basis.CONSENT
    withdraw_consent(by=cast.principal("sanne"), at=at, consent=row)
    agreement = judo(cast, "sem", clock.today(at))
    assert ask(cast, at, "sem", Receiver.OTHER, agreement=agreement).certain is Basis.NONE


def test_what_is_not_certain_is_doubt(cast, at):
    for receiver, purpose in (
        (Receiver.DOMAIN, SharePurpose.OTHER),
        (Receiver.CARE_AND_SAFETY, SharePurpose.HELP),
        (Receiver.OTHER, SharePurpose.SAFETY),
        (Receiver.HELPER, SharePurpose.HELP),  # is it needed?
    ):
        assert verdict(ask(cast, at, "sem", receiver, purpose)) is Verdict.DOUBT, receiver
    assert verdict(ask(cast, at, "sem", Receiver.VEILIG_THUIS, SharePurpose.SAFETY)) is Verdict.YES
    assert verdict(ask(cast, at, "sem", Receiver.COLLEGE, SharePurpose.ORDER)) is Verdict.NO


def test_giving_and_taking_back_are_events_without_what_was_typed(cast, at):
    before = Event.objects.count()
    [row] = give(cast, at, "sem", "mirjam")
    withdraw_consent(by=cast.principal("sanne"), at=at, consent=row)
    made = list(Event.objects.order_by("at", "number").values_list("kind", flat=True))[before:]
    assert sorted(made) == ["privacy.consent_given", "privacy.consent_withdrawn"]
