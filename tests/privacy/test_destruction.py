"""Destroying a dossier: by two people, everything that hangs on it, nothing that concerns others, and for good."""

import datetime as dt
import json
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from rondom.accounts.enums import Role
from rondom.accounts.models import Account, Resident
from rondom.accounts.models import RoleAssignment as StaffRole
from rondom.core import clock
from rondom.core.declarations import field_privacy, our_models
from rondom.core.errors import BadInput, NotAllowed, NotFound, Unwise, VoidByLaw
from rondom.core.models import Event, Look
from rondom.core.periods import moment_filter
from rondom.documents.models import Document
from rondom.documents.store import path_of
from rondom.dossiers import drafts, jobs
from rondom.dossiers.actions import close_case, write_note
from rondom.dossiers.actions.destruction import (
    approve_destruction,
    ask_destruction,
    lift_hold,
    refuse_destruction,
    take_up,
)
from rondom.dossiers.enums import Channel, DossierKind
from rondom.dossiers.models import Case, Dossier, Draft, Meeting, Note
from rondom.dossiers.retention import retention_of
from rondom.installation import DoesNotStart
from rondom.people.models import Address, Authority, Household, KnownElsewhereRequest, Person, SearchToken
from rondom.people.search import ask_elsewhere
from rondom.privacy import destruction, ledger, settling
from rondom.privacy.actions import record_consent
from rondom.privacy.models import Consent, Destruction, EmergencyAccess, Relation
from rondom.privacy.witness import relations_without_event
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
WITHOUT_CASE = {"dossiers.Draft": {"anchor__isnull": False}}  # a draft about nobody known yet is nobody's
WHY = "Niemand anders heeft dit dossier nog nodig; besproken in het team."


@pytest.fixture(autouse=True)
def own_ledger(tmp_path, settings):
    settings.RONDOM_LEDGER = tmp_path / "ledger"


def close(cast, at, case):
    who = {"visser": "sanne", "yilmaz": "sanne", "kuiper": "fatima", "de_boer": "mark"}[case]
    close_case(by=cast.principal(who), at=at, case=cast.case[case], reason="klaar", despite="klaar")


def ask(cast, at, child, *, who="els", requester="authority", **more):
    given = {"reason": "request", "balancing": WHY, "requester": requester, "received_on": clock.today(at)}
    if requester == "":
        given |= {"reason": "mistake", "received_on": None}
    return ask_destruction(by=cast.principal(who), at=at, dossier=cast.dossier[child], **(given | more))


def destroy(cast, at, child, **more):
    row = ask(cast, at, child, despite="het hele gezin is het eens", **more)
    return approve_destruction(by=cast.principal("ineke"), at=at, row=row)


# Nothing forgotten


def bound_models():
    """Models with rows about somebody, or with a foreign key to such rows."""
    quiet = {"installation", "staff", "operation", "reference", "contract"}
    named = {"people.Person", "dossiers.Dossier", "dossiers.Case"}
    for model in our_models():
        answers = field_privacy(model)
        about = [a for a in answers if a.privacy_class != "open"]
        ids = [a for a in about if model._meta.get_field(a.field).get_internal_type() == "UUIDField"]
        if (about and answers[0].retention not in quiet) or ids:
            named.add(model._meta.label)
    while True:
        more = {
            m._meta.label
            for m in our_models()
            if any(f.related_model and f.related_model._meta.label in named for f in m._meta.concrete_fields)
        }
        if more <= named:
            return sorted(named)
        named |= more


def test_every_model_about_people_says_what_becomes_of_its_rows():
    silent = [m for m in bound_models() if m not in destruction.handlers and m not in destruction.reasons_to_stay]
    assert not silent, (
        f"{silent}: say what becomes of these rows when a dossier is destroyed (destruction.follows, .goes or .stays "
        "in the room's destroying.py; docs/how-to/destroy.md)"
    )
    both = [m for m, _ in destruction.handlers if m in destruction.reasons_to_stay]
    assert both == []
    labels = {m._meta.label for m in our_models()}
    assert {m for m, _ in [*destruction.handlers, *destruction.reasons_to_stay]} <= labels


# What goes


def test_the_only_dossier_of_a_family_takes_everything_along(cast, at):
    roos, rob, case = cast.person["roos"], cast.person["rob_kuiper"], cast.case["kuiper"]
    close(cast, at, "kuiper")
    record_consent(
        by=cast.principal("fatima"), at=at, person=roos.pk, given_by=rob.pk, municipality="GM0303", purpose="school",
        parties="school", data="hoe het gaat",
    )  # fmt: skip
    ask_elsewhere(by=cast.principal("sanne"), at=at, bsn=roos.bsn, reason="kxroosq")
    account = Account.objects.create_user(username="rob-thuis", kind=Account.Kind.RESIDENT)
    Resident.objects.create(municipality="GM0303", account=account, person=rob.pk)
    others = Person.objects.exclude(pk__in=[roos.pk, rob.pk]).count()
    row = destroy(cast, at, "roos")
    assert not Dossier.objects.filter(pk=cast.dossier["roos"].pk).exists()
    assert not Case.objects.filter(pk=case.pk).exists()
    assert not Person.objects.filter(pk__in=[roos.pk, rob.pk]).exists()
    assert Person.objects.count() == others
    for model in (Address, Authority, SearchToken, Consent):
        column = "child" if model is Authority else "person"
        assert not model.objects.filter(**{f"{column}__in": [roos.pk, rob.pk]}).exists(), model
    assert not Household.objects.filter(members=None).exists()
    assert not Account.objects.filter(pk=account.pk).exists()
    assert KnownElsewhereRequest.objects.values_list("person", "reason").get() == (None, "")
    assert not Relation.objects.filter(moment_filter(at), subject__in=[roos.pk, case.pk, row.dossier]).exists()
    assert list(relations_without_event()) == []
    assert (row.balancing, row.done_at, row.counts["dossiers.Case"]) == ("", at, 1)
    assert Event.objects.get(kind="privacy.dossier_destroyed").subjects.filter(subject=roos.pk).exists()


def test_a_sister_keeps_what_concerns_her(cast, at):
    """Lot leaves; Daan, Sem, Noor and Finn stay, with the case, their parents and every note about them."""
    lot, daan, mirjam = cast.person["lot"], cast.person["daan"], cast.person["mirjam"]
    case, by = cast.case["visser"], cast.principal("sanne")

    def note(text, *about):
        return write_note(
            by=by, at=at, case=case, author=cast.staff["sanne"], text=text, concerns=list(about),
            channel=Channel.PHONE, happened_at=at,
        )  # fmt: skip

    shared, own, parent = note("samen", lot, daan), note("over lot", lot, mirjam), note("over moeder", mirjam)
    fixed = note("verbetering", daan)
    Note.objects.filter(pk=fixed.pk).update(corrects=own)
    planned = Meeting.objects.filter(case=case).count()
    report = Document.objects.get(title="Verslag van school, groep 4")
    both = Document.objects.get(title="Wat moeder wil dat we weten")
    content = path_of(report.blob)
    assert content.exists()
    row = destroy(cast, at, "lot")
    assert not Person.objects.filter(pk=lot.pk).exists()
    assert Person.objects.filter(pk__in=[cast.person[n].pk for n in ("daan", "mirjam", "peter", "karim")]).count() == 4
    assert Case.objects.filter(pk=case.pk).exists()
    kept = set(Note.objects.filter(pk__in=[shared.pk, own.pk, parent.pk, fixed.pk]).values_list("text", flat=True))
    assert kept == {"samen", "over moeder", "verbetering"}
    assert Note.objects.get(pk=fixed.pk).corrects is None
    assert list(shared.concerns.all()) == [daan]
    assert not Document.objects.filter(pk=report.pk).exists()
    assert list(both.concerns.order_by("called")) == [daan, mirjam]
    assert Meeting.objects.filter(case=case).count() == planned
    assert row.counts["dossiers.Note"] == 3  # two of the cast about Lot (one with her mother), and ours
    assert list(relations_without_event()) == []


def test_contents_go_when_it_is_committed(cast, at, django_capture_on_commit_callbacks):
    report = Document.objects.get(title="Verslag van school, groep 4")
    with django_capture_on_commit_callbacks(execute=True):
        destroy(cast, at, "lot")
        assert path_of(report.blob).exists()
    assert not path_of(report.blob).exists()


def test_a_mother_with_a_dossier_of_her_own_stays_a_person_for_her_child(cast, at):
    destroy(cast, at, "esra", requester="youth")
    assert Person.objects.filter(pk=cast.person["esra"].pk).exists()
    assert Dossier.objects.filter(youth=cast.person["baby_yilmaz"]).exists()
    assert not Note.objects.filter(case=cast.case["yilmaz"], noteconcern__person=cast.person["esra"]).exists()


def test_drafts_about_the_child_go_and_other_drafts_stay(cast, at):
    case, by = cast.case["visser"], cast.principal("sanne")
    for subject, child in ((case.pk, "lot"), (cast.case["yilmaz"].pk, "daan")):
        binding = drafts.bind(by, form="desk.note", subject=subject, anchor=case)
        drafts.save(binding, {"text": ["x"], "concerns": [str(cast.person[child].pk)]}, at=at)
    hers = Draft.objects.filter(owner=by.key)
    assert hers.count() == 2
    destroy(cast, at, "lot")
    assert hers.values_list("subject", flat=True).get() == cast.case["yilmaz"].pk


def test_what_was_typed_about_an_emergency_goes_and_that_it_happened_stays(cast, at):
    destroy(cast, at, "julia")
    row = EmergencyAccess.objects.get(dossier=cast.dossier["julia"].pk)
    assert (row.reason, row.staff) == ("", cast.staff["fatima"].pk)


def test_a_row_that_nobody_thought_of_stops_everything(cast, at, monkeypatch):
    row = ask(cast, at, "roos", despite="ja")
    handlers = {k: v for k, v in destruction.handlers._items.items() if k != "people.Address"}
    monkeypatch.setattr(destruction.handlers, "_items", handlers)
    with pytest.raises(IntegrityError), transaction.atomic():
        approve_destruction(by=cast.principal("ineke"), at=at, row=row)
    row.refresh_from_db()
    assert row.done_at is None
    assert Dossier.objects.filter(pk=row.dossier).exists()
    assert ledger.read() == []


@pytest.mark.slow
def test_when_every_dossier_is_destroyed_nothing_of_any_family_is_left(cast, at):
    """One after the other, in any room: no row stands in the way, and none stays behind."""
    officers = {"GM0303": "ineke", "GM0171": "karin"}
    StaffRole.objects.create(
        municipality="GM0171", staff=cast.staff["karin"], role=Role.PRIVACY_OFFICER, starts=clock.today(cast.began)
    )
    for dossier in Dossier.objects.order_by("opened_on", "pk"):
        Destruction.objects.filter(dossier=dossier.pk, done_at=None).delete()
        row = Destruction.objects.create(
            municipality=dossier.municipality, dossier=dossier.pk, reason="mistake", asked_by=cast.staff["els"].pk,
            balancing="x",
        )  # fmt: skip
        approve_destruction(by=cast.principal(officers[dossier.municipality]), at=at, row=row)
    left = {
        label: count
        for label, handler in destruction.handlers
        if handler.rows or label == destruction.ROOT
        if label.startswith(("dossiers.", "documents.", "plans.", "allocations."))
        if (count := apps.get_model(label).objects.filter(**WITHOUT_CASE.get(label, {})).count())
    }
    assert left == {}
    stewards = {cast.person[name].pk for name in cast.person if name.startswith(("jasmijn", "milan"))}
    tied = Person.objects.exclude(pk__in=stewards).filter(born_on__isnull=False).values_list("called", flat=True)
    assert not set(tied) & {"Lot", "Daan", "Julia", "Esra", "Roos", "Bram", "Mirjam"}
    assert list(settling.differences()) == []


# By two people


def test_who_asked_does_not_approve_and_not_everybody_may(cast, at):
    row = ask(cast, at, "lot", who="ineke", despite="ja")
    for name, error in (("ineke", NotAllowed), ("sanne", NotAllowed), ("tom", NotAllowed), ("karin", NotFound)):
        with pytest.raises(error):
            approve_destruction(by=cast.principal(name), at=at, row=row)
    approve_destruction(by=cast.principal("els"), at=at, row=row)
    with pytest.raises(BadInput):
        approve_destruction(by=cast.principal("els"), at=at, row=Destruction.objects.get(pk=row.pk))


def test_the_database_knows_two_people_too(cast, at):
    row = ask(cast, at, "lot", despite="ja")
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=row.pk).update(approved_by=row.asked_by)


def test_a_legal_hold_refuses_until_it_is_lifted(cast, at):
    row = ask(cast, at, "lot", despite="ja")
    refuse_destruction(by=cast.principal("ineke"), at=at, row=row, reason="Er loopt een bezwaar", hold=True)
    with pytest.raises(VoidByLaw, match="Er loopt een bezwaar"):
        ask(cast, at, "lot", despite="ja")
    cast.dossier["lot"].refresh_from_db()
    lift_hold(by=cast.principal("ineke"), at=at, dossier=cast.dossier["lot"])
    row = ask(cast, at, "lot", despite="ja")
    Dossier.objects.filter(pk=row.dossier).update(legal_hold="klacht")
    with pytest.raises(VoidByLaw):
        approve_destruction(by=cast.principal("ineke"), at=at, row=row)


@pytest.mark.parametrize(
    ("child", "requester", "fits"),
    [("lot", "authority", True), ("lot", "youth", False), ("daan", "authority", False), ("daan", "youth", True)],
)
def test_who_may_ask_follows_from_age(cast, at, child, requester, fits):
    if fits:
        assert ask(cast, at, child, requester=requester, despite="ja").pk
        return
    with pytest.raises(VoidByLaw), translation.override("nl"):
        ask(cast, at, child, requester=requester, despite="ja")


def test_a_request_has_three_months_by_law_with_the_reason(cast, at):
    """DOS-03: 26-9-2026 plus three months is Saturday 26 December, so Monday the 28th."""
    row = ask(cast, at, "lot", received_on=dt.date(2026, 9, 26), despite="ja")
    assert row.due_on == dt.date(2026, 12, 28)
    assert "DOS-03" in row.explanation["rules"]


def test_an_open_case_asks_why_and_nothing_is_asked_twice(cast, at):
    with pytest.raises(Unwise):
        ask(cast, at, "lot")
    with pytest.raises(BadInput):
        ask(cast, at, "lot", balancing=" ", despite="ja")
    ask(cast, at, "lot", despite="ja")
    with pytest.raises(BadInput):
        ask(cast, at, "lot", despite="ja")


# The retention period


def test_nobody_destroys_before_the_period_has_passed_and_the_job_only_proposes(cast, at):
    roos, later = cast.dossier["roos"], at.replace(year=2047)
    with pytest.raises(VoidByLaw):
        ask(cast, at, "roos", reason="retention", despite="ja")
    assert jobs.propose_destruction(at=at) == 0
    Dossier.objects.exclude(pk=roos.pk).update(last_change_on=dt.date(2040, 1, 1))
    Dossier.objects.filter(pk=roos.pk).update(last_change_on=dt.date(2027, 11, 24))
    assert jobs.propose_destruction(at=later) == 0  # 24 November 2047 is the last day it must be kept
    assert jobs.propose_destruction(at=later + dt.timedelta(days=1)) == 1
    assert jobs.propose_destruction(at=later + dt.timedelta(days=2)) == 0
    row = Destruction.objects.get(dossier=roos.pk)
    assert row.is_proposal
    assert Dossier.objects.filter(pk=roos.pk).exists()
    with pytest.raises(BadInput):
        approve_destruction(by=cast.principal("ineke"), at=later, row=row)
    row = take_up(by=cast.principal("ineke"), at=later, row=row, balancing=WHY)
    with pytest.raises(NotAllowed):
        approve_destruction(by=cast.principal("ineke"), at=later, row=row)
    approve_destruction(by=cast.principal("els"), at=later, row=row)
    assert not Dossier.objects.filter(pk=roos.pk).exists()


def test_a_registration_only_is_for_the_archivist(cast, at):
    dossier = cast.dossier["roos"]
    dossier.last_change_on = dt.date(2026, 3, 15)
    assert retention_of(dossier, on=clock.today(at)).outcome == dt.date(2046, 3, 15)  # the example of DOS-02
    dossier.kind = DossierKind.REGISTRATION_ONLY
    answer = retention_of(dossier, on=clock.today(at))
    assert answer.outcome is None
    assert "selectielijst" in answer.explanation


# The ledger


def test_the_ledger_holds_ids_only_and_shows_what_was_altered(cast, at):
    destroy(cast, at, "lot")
    destroy(cast, at, "roos")
    path = settings.RONDOM_LEDGER / ledger.NAME
    text = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    for word in ("Lot", "Wit", "Visser", "Kuiper", WHY, cast.person["rob_kuiper"].called):
        assert word not in text
    lines = ledger.read()
    assert [line.dossier_id for line in lines] == [cast.dossier["lot"].pk, cast.dossier["roos"].pk]
    assert lines[0].approved_by == str(cast.staff["ineke"].pk)
    one, two = text.splitlines()
    other = json.dumps(json.loads(one) | {"dossier": str(cast.dossier["sem"].pk)})
    for altered in (f"{other}\n{two}\n", f"{two}\n", f"{two}\n{one}\n"):
        path.write_text(altered)
        with pytest.raises(DoesNotStart):
            ledger.read()
    path.write_text(f"{one}\n{two}\n" + one[:40])  # killed while writing: half a line never happened
    assert ledger.read() == lines
    ledger.append(lines[0])
    assert len(ledger.read()) == 2
    assert list(settling.differences()) == []


def test_what_the_ledger_tells_is_done_again(cast, at):
    """As after a restore of an older backup: the dossier is there, the request may not even be."""
    row = ask(cast, at, "roos", despite="ja")
    line = ledger.Line(
        str(row.pk), str(row.dossier), "GM0303", "request", str(row.asked_by), at.isoformat(),
        str(cast.staff["ineke"].pk), at.isoformat(),
    )  # fmt: skip
    Destruction.objects.filter(pk=row.pk).delete()
    ask(cast, at, "roos", despite="nog een keer")
    ledger.append(line)
    assert list(settling.differences()) != []
    assert settling.settle(at=at) == 1
    assert settling.settle(at=at) == 0
    assert not Dossier.objects.filter(pk=row.dossier).exists()
    assert Destruction.objects.get(dossier=row.dossier).done_at == at
    assert list(settling.differences()) == []


def test_a_restore_takes_over_the_newer_ledger(cast, at, tmp_path):
    destroy(cast, at, "lot")
    newer = settings.RONDOM_LEDGER
    settings.RONDOM_LEDGER = tmp_path / "restored"
    assert settling.replay(newer, at) == "0 repeated, 1 in the ledger (1 newer)"
    assert [line.dossier_id for line in ledger.read()] == [cast.dossier["lot"].pk]


def test_a_destroyed_dossier_without_its_line_is_named(cast, at):
    destroy(cast, at, "lot")
    (settings.RONDOM_LEDGER / ledger.NAME).unlink()
    assert len(list(settling.differences())) == 1


# The pages


def test_a_request_goes_from_the_worker_to_the_officer_and_then_it_is_gone(cast, at):
    typed = {
        "dossier": str(cast.dossier["lot"].pk), "reason": "request", "requester": "authority", "received_on": "vandaag",
        "balancing": WHY, "despite": "",
    }  # fmt: skip
    sanne, address = sign_in("sanne"), reverse("privacy:destruction_ask", args=[cast.case["visser"].pk])
    assert "Sluit eerst de casus af" in sanne.post(address, typed).content.decode()
    assert sanne.post(address, typed | {"despite": "Iedereen wil het"}).status_code == 302
    row = Destruction.objects.get(dossier=cast.dossier["lot"].pk)
    ineke = sign_in("ineke")
    listed = ineke.get(reverse("privacy:destructions")).content.decode()
    assert "gevraagd door Sanne Bakker" in listed
    page = ineke.get(reverse("privacy:destruction", args=[row.pk])).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    for words in (WHY, "24 februari 2027", "Het gezin houdt zijn casus", "Sanne Bakker coördineert dit gezin"):
        assert words in main, words
    for name in ("Lot", "Mirjam", "Visser"):
        assert name not in main, name
    sure = reverse("privacy:destruction_approve", args=[row.pk])
    assert "Niemand kan dit ongedaan maken" in ineke.get(sure).content.decode()
    assert ineke.post(sure).status_code == 302
    assert not Dossier.objects.filter(pk=row.dossier).exists()
    assert "Vernietigd op" in ineke.get(reverse("privacy:destruction", args=[row.pk])).content.decode()


def test_the_officer_records_with_an_exact_key_and_hit_and_miss_say_the_same(cast, at):
    client, address = sign_in("ineke"), reverse("privacy:destruction_request")
    typed = {"reason": "mistake", "requester": "", "received_on": "", "balancing": WHY, "despite": "ja"}
    said = []
    for bsn in (cast.person["roos"].bsn, "999996769"):
        said.append(client.post(address, typed | {"bsn": bsn}, follow=True).content.decode())
    sentences = [re.findall(r"Vastgelegd\. Als er een dossier is[^<]*", text) for text in said]
    assert sentences[0] == sentences[1] != []
    assert Destruction.objects.filter(dossier=cast.dossier["roos"].pk, asked_by=cast.staff["ineke"].pk).count() == 1
    assert Look.objects.filter(kind="desk.destruction_asked").count() == 2


def test_keeping_a_dossier_tells_why_and_a_hold_is_lifted_from_the_list(cast, at):
    row = Destruction.objects.get()  # of the cast: Milan, asked by Els
    client, address = sign_in("ineke"), reverse("privacy:destruction", args=[row.pk])
    assert client.post(address, {"do": "keep", "reason": " "}).status_code == 200  # asked again
    assert client.post(address, {"do": "keep", "reason": "Er loopt een klacht", "hold": "on"}).status_code == 302
    assert Dossier.objects.get(pk=row.dossier).legal_hold == "Er loopt een klacht"
    assert "Het is voorbij" in client.get(reverse("privacy:destructions")).content.decode()
    client.post(reverse("privacy:hold_lift"), {"dossier": str(row.dossier)})
    assert Dossier.objects.get(pk=row.dossier).legal_hold == ""


@pytest.mark.parametrize("name", ["sanne", "fatima", "rob", "tom", "karin", "mirjam"])
def test_the_pages_of_destruction_are_closed_to_others(cast, name):
    client, row = sign_in(name), Destruction.objects.get()
    for page, args in (
        ("destructions", []), ("destruction_request", []), ("destruction", [row.pk]), ("destruction_approve", [row.pk]),
    ):  # fmt: skip
        assert client.get(reverse(f"privacy:{page}", args=args)).status_code == 404
    assert client.post(reverse("privacy:hold_lift"), {"dossier": str(row.dossier)}).status_code == 404


def test_who_asked_sees_no_button_to_approve(cast):
    row, els = Destruction.objects.get(), sign_in("els")
    assert "Je vroeg dit zelf" in els.get(reverse("privacy:destruction", args=[row.pk])).content.decode()
    assert els.post(reverse("privacy:destruction_approve", args=[row.pk])).status_code == 403
    assert Dossier.objects.filter(pk=row.dossier).exists()
