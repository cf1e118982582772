"""What stays after a destruction because it also concerns another child is read by nobody new (ADR 0518)."""

import datetime as dt

import pytest

from rondom.core import clock
from rondom.core.principals import machine
from rondom.documents import actions as documents
from rondom.documents import store
from rondom.documents.enums import DocumentKind, MediaType, Regime
from rondom.documents.queries import documents_for
from rondom.dossiers import resident
from rondom.dossiers.actions import open_with_ground, plan_meeting, write_note
from rondom.dossiers.actions.destruction import approve_destruction, ask_destruction
from rondom.dossiers.actions.meetings import Invited
from rondom.dossiers.enums import Channel, MeetingGround
from rondom.dossiers.models import Dossier, Note
from rondom.dossiers.queries import meetings_for, notes_for
from rondom.people import actions as people
from rondom.people.enums import AuthorityKind, FactSource
from rondom.people.models import Authority
from rondom.plans import actions as plans
from rondom.plans.enums import Goes
from rondom.plans.filing import Filing, sheets_of
from rondom.plans.models import FamilyPlan, Goal
from rondom.plans.queries import findings_for, goals_for
from rondom.plans.resident import earlier_for, part_for
from rondom.plans.signers import signers_of
from rondom.privacy.models import Relation, Remainder
from rondom.privacy.witness import relations_without_event
from tests.trust.walking import principal

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TEXT = "Lot en Sem slapen weer door."


@pytest.fixture(autouse=True)
def own_ledger(tmp_path, settings):
    settings.RONDOM_LEDGER = tmp_path / "ledger"


def give_karim(cast, at, child):
    """Let Karim, who had none, have authority over one of his children together with their mother."""
    Authority.objects.filter(child=cast.person[child]).update(kind=AuthorityKind.JOINT)
    people.record_authority(
        by=machine("demo", "GM0303"), at=at, child=cast.person[child], holder=cast.person["karim"],
        kind=AuthorityKind.JOINT, source=FactSource.REGISTER, starts=cast.person[child].born_on,
    )  # fmt: skip


@pytest.fixture
def two_fathers(cast, at):
    """Peter has authority over Lot, Karim from now on over Sem; Mirjam, the mother, over both."""
    give_karim(cast, at, "sem")
    return cast


def shared_goal(cast, at, *children):
    return plans.add_goal(
        by=cast.principal("sanne"), at=at, plan=plan_of(cast), text=TEXT, said_by="Mirjam", kept_by=cast.staff["sanne"],
        concerns=[cast.person[child] for child in children],
    )  # fmt: skip


def plan_of(cast):
    return FamilyPlan.objects.get(case=cast.case["visser"])


def note(cast, at, *children):
    return write_note(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], author=cast.staff["sanne"], text=TEXT,
        concerns=[cast.person[child] for child in children], channel=Channel.PHONE, happened_at=at,
    )  # fmt: skip


def destroy(cast, at, child):
    row = ask_destruction(
        by=cast.principal("els"), at=at, dossier=cast.dossier[child], reason="mistake", balancing="besproken",
        despite="het gezin is het eens",
    )  # fmt: skip
    return approve_destruction(by=cast.principal("ineke"), at=at, row=row)


def reads(cast, name, at):
    """Return which of the shared words somebody reads: in the plan, and in the notes about Sem."""
    by = principal(name, at)
    part = part_for(by, plan_of(cast), at=at)
    return (
        any(TEXT in text for text in part.texts),
        any(TEXT in note.text for note in resident.notes_for(by, cast.dossier["sem"], at=at)),
    )


def test_of_two_fathers_neither_reads_more_and_the_mother_as_much(two_fathers, at):
    cast = two_fathers
    shared_goal(cast, at, "lot", "sem")
    note(cast, at, "lot", "sem")
    plans.tell_finding(
        by=cast.principal("sanne"), at=at, plan=plan_of(cast), goes=Goes.WELL, text=TEXT, said_by="Mirjam",
        concerns=[cast.person["lot"], cast.person["sem"]], written_by=cast.staff["sanne"],
    )  # fmt: skip
    assert [reads(cast, name, at) for name in ("karim", "mirjam")] == [(False, False), (True, True)]
    later = at + dt.timedelta(minutes=1)
    destroy(cast, later, "lot")
    goal = Goal.objects.get(text=TEXT)
    assert list(goal.concerns.all()) == [cast.person["sem"]]
    assert [reads(cast, name, later) for name in ("karim", "mirjam")] == [(False, False), (True, True)]
    assert [
        each for each in earlier_for(principal("karim", later), plan_of(cast), at=later) if TEXT in each.texts
    ] == []
    assert goals_for(cast.principal("sanne"), at=later).filter(pk=goal.pk).exists()  # who works with Sem needs it
    assert list(relations_without_event()) == []


def test_authority_that_is_gained_afterwards_opens_nothing(cast, at):
    shared_goal(cast, at, "lot", "sem")
    later = at + dt.timedelta(days=2)
    destroy(cast, at, "lot")
    with clock.standing_at(later):
        give_karim(cast, later, "sem")
        assert reads(cast, "karim", later)[0] is False


def test_after_a_second_destruction_only_who_could_read_about_both(two_fathers, at):
    """About Lot, Sem and Noor: Mirjam reads; when Noor's dossier goes too, still only Mirjam."""
    cast = two_fathers
    goal = shared_goal(cast, at, "lot", "sem", "noor")
    destroy(cast, at, "lot")
    give_karim(cast, at, "noor")
    later = at + dt.timedelta(minutes=1)
    destroy(cast, later, "noor")
    assert (reads(cast, "karim", later)[0], reads(cast, "mirjam", later)[0]) == (False, True)
    assert Remainder.objects.filter(pk=goal.pk).count() == 1
    destroy(cast, later, "sem")
    assert not Remainder.objects.filter(pk=goal.pk).exists()
    assert not Relation.objects.filter(subject=goal.pk, ends_at=None).exists()


def test_a_colleague_who_could_not_read_about_a_shielded_child_still_cannot(cast, at):
    """Mark opens the family on a stated ground; Lot's dossier is shielded, Sanne's alone."""
    Dossier.objects.filter(pk=cast.dossier["lot"].pk).update(shielded=True)
    open_with_ground(by=cast.principal("mark"), at=at, case=cast.case["visser"], ground="call")
    case, by = cast.case["visser"], cast.principal("sanne")
    written, goal = note(cast, at, "lot", "sem"), shared_goal(cast, at, "lot", "sem")
    meeting = plan_meeting(
        by=by, at=at, case=case, planned_at=at + dt.timedelta(days=1), purpose="Gesprek",
        invited=[Invited(MeetingGround.CONCERNED, person=cast.person[child]) for child in ("lot", "sem")],
    )  # fmt: skip
    blob, size, digest = store.keep([b"Een verslag over Lot en Sem."])
    document = documents.receive(
        by=by, at=at, case=case, kind=DocumentKind.REPORT, title="Verslag", regime=Regime.YOUTH_HELP, blob=blob,
        size=size, digest=digest, media_type=MediaType.TXT, concerns=[cast.person["lot"], cast.person["sem"]],
    )  # fmt: skip

    def seen(name, at):
        by = cast.principal(name)
        return [
            notes_for(by, at=at).filter(pk=written.pk).exists(), goals_for(by, at=at).filter(pk=goal.pk).exists(),
            meetings_for(by, at=at).filter(pk=meeting.pk).exists(),
            documents_for(by, at=at).filter(pk=document.pk).exists(),
        ]  # fmt: skip

    later = at + dt.timedelta(minutes=1)
    assert (seen("mark", at), seen("sanne", at)) == ([False] * 4, [True] * 4)
    own = note(cast, at, "sem")
    destroy(cast, later, "lot")
    assert (seen("mark", later), seen("sanne", later)) == ([False] * 4, [True] * 4)
    assert notes_for(cast.principal("mark"), at=later).filter(pk=own.pk).exists()
    assert findings_for(cast.principal("mark"), at=later).model  # asked without an error


def test_a_sheet_for_the_dossier_of_the_sibling_leaves_it_out(two_fathers, at):
    cast = two_fathers
    shared_goal(cast, at, "lot", "sem")
    plans.add_goal(
        by=cast.principal("sanne"), at=at, plan=plan_of(cast), text="Sem gaat naar zwemles.", said_by="Sem",
        kept_by=cast.staff["sanne"], concerns=[cast.person["sem"]],
    )  # fmt: skip
    destroy(cast, at, "lot")
    plan = plan_of(cast)
    sheets = sheets_of(Filing(plan, [], signers_of(plan, clock.today(at))))
    text = "\n".join(goal for sheet in sheets for goal in sheet.goals)
    assert "zwemles" in text and TEXT not in text


def test_what_concerned_one_child_alone_is_no_remainder(cast, at):
    own = note(cast, at, "sem")
    destroy(cast, at, "lot")
    assert not Remainder.objects.filter(pk=own.pk).exists()
    assert Note.objects.filter(pk=own.pk).exists()
