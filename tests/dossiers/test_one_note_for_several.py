"""One note written at the kitchen table concerns several persons: one row, on each page once, read by who may."""

import datetime as dt

import pytest
from django.urls import reverse

from rondom.core.periods import moment_filter
from rondom.demo.cast_plan import resident as signed_in
from rondom.dossiers import actions, resident
from rondom.dossiers.enums import Channel, ReadableBy
from rondom.dossiers.models import Dossier, Note
from rondom.dossiers.queries import notes_for
from rondom.privacy.models import Relation
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
TEXT = "Aan de keukentafel: samen eten gaat beter."


def write(cast, at, *about, readable_by=ReadableBy.FAMILY):
    return actions.write_note(
        by=cast.principal("sanne"), at=at, case=cast.case["visser"], author=cast.staff["sanne"], text=TEXT,
        concerns=[cast.person[name] for name in about], channel=Channel.VISIT, happened_at=at, readable_by=readable_by,
    )  # fmt: skip


def read_by(cast, at, parent, child):
    """The texts a parent reads on the page of a child; None when that page is not theirs."""
    by = signed_in(parent, at)
    if not resident.my_dossiers(by, at=at) or cast.dossier[child] not in resident.my_dossiers(by, at=at):
        return None
    return [note.text for note in resident.notes_for(by, cast.dossier[child], at=at)].count(TEXT)


def test_it_is_one_row_and_stands_once_on_the_page_of_each_person(cast, at):
    row = write(cast, at, "lot", "sem", "mirjam")
    assert Note.objects.filter(text=TEXT).count() == 1
    client, address = sign_in("sanne"), reverse("desk:journal", args=[cast.case["visser"].pk])
    for who in ("lot", "sem", "mirjam", "daan"):
        page = client.get(address, {"persoon": str(cast.person[who].pk)}).content.decode()
        assert page.count(TEXT) == (who != "daan"), who
    assert client.get(address).content.decode().count(TEXT) == 1
    assert {p.pk for p in row.concerns.all()} == {cast.person[name].pk for name in ("lot", "sem", "mirjam")}


def test_a_parent_of_one_reads_nothing_that_also_concerns_a_child_of_another_father(cast, at):
    later = at + dt.timedelta(minutes=1)
    write(cast, at, "lot", "sem")
    assert (read_by(cast, later, "mirjam", "lot"), read_by(cast, later, "mirjam", "sem")) == (1, 1)
    assert read_by(cast, later, "peter", "lot") == 0  # he has authority over Lot, and may not know of Sem
    assert read_by(cast, later, "peter", "sem") is None
    write(cast, at, "lot")
    assert (read_by(cast, later, "peter", "lot"), read_by(cast, later, "mirjam", "lot")) == (1, 2)


def test_what_is_for_those_who_work_with_them_is_on_no_page_of_a_parent(cast, at):
    write(cast, at, "lot", "daan", readable_by=ReadableBy.TEAM)
    later = at + dt.timedelta(minutes=1)
    assert (read_by(cast, later, "mirjam", "lot"), read_by(cast, later, "peter", "lot")) == (0, 0)


def test_a_colleague_from_whom_one_child_is_kept_does_not_read_it_either(cast, at):
    by, row = cast.principal("sanne"), write(cast, at, "lot", "daan")
    kept = cast.dossier["daan"]
    Dossier.objects.filter(pk=kept.pk).update(shielded=True)
    Relation.objects.filter(moment_filter(at), subject=kept.pk).update(ends_at=at)
    assert not notes_for(by, at=at).filter(pk=row.pk).exists()
