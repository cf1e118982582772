"""Keys change while people work: killed halfway and resumed, every BSN found, the old key gone, the audit whole."""

import argparse
import contextlib
import datetime as dt
import shutil

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection, transaction
from django.db.models import BinaryField

from rondom.cli import keys as command
from rondom.core import clock, keys, rotation, sealing
from rondom.core.declarations import our_models
from rondom.core.fields import Box, EncryptedTextField
from rondom.core.principals import machine
from rondom.documents import store
from rondom.dossiers.opening import open_case
from rondom.people.actions import add_contact_point
from rondom.people.models import Address, ContactPoint, Person
from rondom.people.residents import person_of_bsn
from rondom.people.search import same_phone

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
BY = machine("keys")
LATER = dt.timedelta(minutes=2)


@pytest.fixture(autouse=True)
def own_keys(cast, settings, tmp_path):  # the cast first: its documents lie in the common store
    """Keys and documents of this test, begun as a copy; the process goes back to the common ones afterwards."""
    with contextlib.suppress(shutil.Error):  # of what another process of the tests just removed
        shutil.copytree(settings.RONDOM_DOCUMENTS, tmp_path / "documents")
    settings.RONDOM_DOCUMENTS = tmp_path / "documents"
    common = settings.RONDOM_KEY_FILE
    copy = tmp_path / "own.keys"
    shutil.copy(common, copy)
    copy.chmod(0o600)
    settings.RONDOM_KEY_FILE = copy
    keys.read_again()
    yield copy
    settings.RONDOM_KEY_FILE = common
    keys.read_again()


def generations(model, column) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}" WHERE "{column}" IS NOT NULL')
        return {bytes(row[0])[0] for row in cursor.fetchall()}


def bsns() -> dict[str, str]:
    return {str(p.pk): p.bsn for p in Person.objects.filter(bsn__isnull=False)}


def test_everything_moves_to_the_new_key_and_the_old_one_can_go(cast, at, own_keys):
    before = bsns()
    assert len(before) > 10
    addresses = {a.pk: a.lines for a in Address.objects.all()}
    assert rotation.begin(by=BY, at=at) == 2
    assert rotation.rewrite() > 20
    assert rotation.rewrite() == 0
    assert rotation.left() == {}
    assert generations(Person, "bsn") == {2}
    assert rotation.retire(by=BY, at=at + LATER) == [1]
    assert own_keys.read_text().splitlines()[0].startswith("1 retired ")
    assert bsns() == before
    assert {a.pk: a.lines for a in Address.objects.all()} == addresses
    for person in Person.objects.filter(bsn__isnull=False):
        assert person_of_bsn(person.bsn, person.municipality) == person.pk


def test_people_are_found_by_either_key_while_it_goes_on(cast, at):
    rotation.begin(by=BY, at=at)
    row = Person.objects.filter(bsn__isnull=False).first()
    number = row.bsn
    assert person_of_bsn(number, row.municipality) == row.pk
    rotation.rewrite()
    assert person_of_bsn(number, row.municipality) == row.pk


def test_a_killed_rotation_goes_on_where_it_stopped(cast, at, monkeypatch):
    rotation.begin(by=BY, at=at)
    original, calls = EncryptedTextField.rewrite, []

    def dies(self, pk, box):
        calls.append(pk)
        if len(calls) > 7:
            raise KeyboardInterrupt
        return original(self, pk, box)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(EncryptedTextField, "rewrite", dies)
        rotation.rewrite()
    left = sum(rotation.left().values())
    assert left > 0
    assert rotation.rewrite() >= left  # rows, and the documents
    assert rotation.left() == {}
    assert rotation.rewrite() == 0


def test_a_beginning_killed_between_file_and_database_is_finished(cast, at, own_keys):
    keys.write_key_file(own_keys, own_keys.read_text() + keys.new_key_line(2))
    keys.read_again()
    assert rotation.begin(by=BY, at=at) == 2
    with pytest.raises(rotation.NotYet):
        rotation.begin(by=BY, at=at)


def test_what_somebody_saves_meanwhile_is_not_overwritten(cast, at, monkeypatch):
    row = _phone(cast, at)
    rotation.begin(by=BY, at=at)
    original = EncryptedTextField.rewrite

    def saved_between(self, pk, box):
        if pk == row.pk:
            fresh = ContactPoint.objects.get(pk=pk)
            fresh.value = "0600000000"
            fresh.save()
        return original(self, pk, box)

    monkeypatch.setattr(EncryptedTextField, "rewrite", saved_between)
    rotation.rewrite()
    assert ContactPoint.objects.get(pk=row.pk).value == "0600000000"


def _phone(cast, at):
    return add_contact_point(by=BY, at=at, person=cast.person["mirjam"], kind="phone", value="06 1234 5678")


def test_phones_are_found_before_and_after(cast, at):
    point = _phone(cast, at)
    day = point.starts
    for step in (lambda: rotation.begin(by=BY, at=at), rotation.rewrite, lambda: rotation.retire(by=BY, at=at + LATER)):
        step()
        assert same_phone("0612345678", "GM0303", day=day).filter(pk=point.pk).exists()


def test_documents_move_too(cast, at):
    blob, _size, digest = store.keep([b"brief " * 300_000])
    rotation.begin(by=BY, at=at)
    rotation.rewrite()
    assert store.path_of(blob).read_bytes()[5] == 2
    assert store.digest_of(blob)[1] == digest
    rotation.retire(by=BY, at=at + LATER)
    assert store.digest_of(blob)[1] == digest
    store.remove(blob)


def test_old_audit_records_verify_after_the_old_key_is_gone(cast, at):
    open_case(cast.principal("sanne"), cast.case["visser"].pk, at=at, page="desk.family_shown")
    sealing.seal_all(at=at)
    rotation.begin(by=BY, at=at)
    rotation.rewrite()
    rotation.retire(by=BY, at=at + LATER)
    open_case(cast.principal("sanne"), cast.case["visser"].pk, at=at, page="desk.family_shown")
    sealing.seal_all(at=at)
    reports, further = sealing.verify_all()
    assert not [f for r in reports for f in r.broken] + further


def test_a_retired_generation_decrypts_nothing(cast, at):
    old = keys.ring()
    box = old.encrypt("bsn", b"999900006", b"x")
    rotation.begin(by=BY, at=at)
    rotation.rewrite()
    rotation.retire(by=BY, at=at + LATER)
    with pytest.raises(keys.KeysMissing):
        keys.ring().decrypt("bsn", box, b"x")


def test_the_old_key_stays_while_another_worker_may_write_under_it(cast, at):
    rotation.begin(by=BY, at=at)
    rotation.rewrite()
    with pytest.raises(rotation.NotYet):
        rotation.retire(by=BY, at=at + dt.timedelta(seconds=30))


def test_a_worker_takes_up_a_new_generation_without_restart(cast, at, own_keys):
    stale = keys.ring()
    text = own_keys.read_text() + keys.new_key_line(2)
    keys.write_key_file(own_keys, text)
    newer = keys.KeyRing.read(own_keys)
    box = newer.encrypt("bsn", b"1", b"x")
    assert stale.decrypt("bsn", box, b"x") == b"1"


def test_the_commands_say_what_is_left(cast, capsys):
    def rondom_keys(word):
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        code = command.run(parser.parse_args([word]))
        return code, capsys.readouterr().out

    assert rondom_keys("rotate")[0] == 0
    code, said = rondom_keys("status")
    assert code == 0
    assert "generation 2" in said
    assert "Nothing lies under an older generation" in said


def test_what_was_written_under_the_old_key_just_before_it_goes_is_moved_first(cast, at, capsys):
    rotation.begin(by=BY, at=at)  # the last minute: nothing was moved yet
    with pytest.raises(rotation.NotYet), transaction.atomic():
        rotation.retire(by=BY, at=at + LATER)
    assert generations(Person, "bsn") == {1}
    with clock.standing_at(at + LATER):
        assert command.retire() == 0
    assert "generation 1 put away" in capsys.readouterr().out
    assert generations(Person, "bsn") == {2}


def test_every_blind_index_takes_part():
    columns = {
        (model._meta.label, field.name)
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, BinaryField) and field.name.endswith("_index")
    }
    assert columns == {(index.model._meta.label, index.column) for _, index in rotation.indexes}


# A text that nobody encrypted


def test_an_update_with_a_plain_text_is_refused(cast):
    row = Person.objects.first()
    with pytest.raises(TypeError, match="encrypted"):
        Person.objects.filter(pk=row.pk).update(bsn="999900006")


def test_a_bulk_update_with_a_plain_text_is_refused(cast):
    row = Person.objects.first()
    row.bsn = "999900006"
    with pytest.raises(TypeError, match="encrypted"):
        Person.objects.bulk_update([row], ["bsn"])


def test_a_look_up_by_value_is_refused(cast):
    with pytest.raises(TypeError, match="encrypted"):
        Person.objects.filter(bsn="999900006").exists()


def test_a_ciphertext_cannot_be_moved_to_another_person(cast):
    one, other = Person.objects.filter(bsn__isnull=False)[:2]
    box = Person.objects.only("bsn").get(pk=one.pk).__dict__["bsn"].box
    Person.objects.filter(pk=other.pk).update(bsn=Box(box))
    with pytest.raises(InvalidTag):
        _ = Person.objects.get(pk=other.pk).bsn
