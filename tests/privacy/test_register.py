"""The register of processing: made from the declarations, for the privacy officer, without data about anybody."""

import csv
import io

import pytest
from django.urls import reverse

from rondom.core.declarations import field_privacy, our_models
from rondom.desk.views import privacy_register
from rondom.people.models import Address
from rondom.privacy import register
from tests.trust.walking import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def test_the_page_names_every_room_with_data_about_people_in_dutch(cast):
    text = sign_in("ineke").get(reverse("privacy:register")).content.decode()
    for words in ("Dossiers, casussen en wat er is opgeschreven", "Jw 7.3.8", "20 jaar na de laatste wijziging",
                  "Address.lines", "waar iemand woont"):  # fmt: skip
        assert words in text, words
    shown = {row.room for row in register.processings()}
    assert {"people", "dossiers", "documents", "privacy", "core", "accounts"} <= shown


def test_every_room_purpose_and_period_has_its_words():
    found = register.processings()
    assert {row.room for row in found} - set(privacy_register.ROOMS) == set()
    assert {row.purpose for row in found} - set(privacy_register.PURPOSES) == set()
    assert {period for row in found for period in row.retentions} - set(privacy_register.PERIODS) == set()


def test_the_download_holds_every_field_with_its_five_answers(cast):
    answer = sign_in("ineke").get(reverse("privacy:register_csv"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert tuple(header) == register.COLUMNS
    assert len(rows) == sum(len(field_privacy(model)) for model in our_models())
    assert ["people", "Address", "lines", "whereabouts"] in [row[:4] for row in rows]


def test_a_changed_answer_changes_the_fingerprint_of_that_room_only(monkeypatch):
    before = {room: register.digest_of(room) for room in register.rooms()}
    monkeypatch.setattr(Address.Privacy, "retention", "log")
    after = {room: register.digest_of(room) for room in register.rooms()}
    assert {room for room in before if before[room] != after[room]} == {"people"}


@pytest.mark.parametrize("name", ["sanne", "els", "tom", "mirjam"])
def test_the_register_is_for_the_privacy_officer(cast, name):
    for page in ("register", "register_csv"):
        assert sign_in(name).get(reverse(f"privacy:{page}")).status_code == 404
