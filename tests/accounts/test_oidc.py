"""Residents come through an identity provider: the whole protocol over HTTP, with the stand-in of the demonstration."""

import re

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rondom.accounts import assurance, oidc
from rondom.accounts.models import Account, Asker, Resident
from rondom.core.principals import machine
from rondom.demo import digid
from rondom.people.residents import person_of_bsn
from rondom.privacy.actions import relate
from rondom.privacy.enums import RelationKind, SubjectKind

OVER_HTTP = pytest.mark.django_db(databases=["default", "looks"], transaction=True)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """A browser without pictures: keeps cookies, follows redirects, fills forms in."""

    def __init__(self, server):
        self.server, self.session = server, requests.Session()

    def get(self, path):
        return self.session.get(self.server + path)

    def choose(self, person, level="substantieel", next_page="/mijn/", means="digid", **changed):
        """Go from the sign-in page to the stand-in, choose, and come back."""
        page = self.get(f"/aanmelden/via/demo-{means}/?next={next_page}")
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        words = {**hidden, "person": person, "level": level, **changed}
        address = f"{self.server}/demo/{means}/authorize/"
        return self.session.post(address, words, headers={"Referer": page.url})


@pytest.fixture
def browser(cast, live_server):
    return Browser(live_server.url)


def key(cast, name):
    return str(cast.person[name].pk)


@OVER_HTTP
def test_a_resident_signs_in_and_lands_on_the_own_page(cast, browser):
    relate(
        by=machine("test"), at=cast.began, principal=cast.person["mirjam"].pk, kind=RelationKind.AUTHORITY,
        subject_kind=SubjectKind.DOSSIER, subject=cast.dossier["lot"].pk, ground="authority", municipality="GM0303",
    )  # fmt: skip
    page = browser.choose(key(cast, "mirjam"))
    assert page.url.endswith("/mijn/")
    assert "Lot" in page.text
    assert "bsn" not in str(browser.session.cookies)


@OVER_HTTP
@pytest.mark.parametrize("level", ["basis", "midden"])
def test_below_the_level_asked_is_refused_with_a_sentence(cast, browser, level):
    page = browser.choose(key(cast, "mirjam"), level=level)
    assert page.status_code == 403
    assert "minstens niveau substantieel" in page.text
    assert browser.get("/mijn/").url.startswith(browser.server + "/aanmelden/")


@OVER_HTTP
def test_the_level_is_a_setting(cast, browser, settings):
    settings.RONDOM_PORTAL_ASSURANCE = "high"
    assert browser.choose(key(cast, "mirjam"), level="substantieel").status_code == 403
    assert browser.choose(key(cast, "mirjam"), level="hoog").status_code == 200


@OVER_HTTP
def test_an_unknown_person_gets_a_friendly_page_and_nothing_is_stored(cast, browser):
    before = Account.objects.count(), Resident.objects.count()
    page = browser.choose("nobody")
    assert page.status_code == 200
    assert "We vinden u hier niet" in page.text
    assert (Account.objects.count(), Resident.objects.count()) == before
    assert browser.get("/mijn/").url.startswith(browser.server + "/aanmelden/")


@OVER_HTTP
def test_an_unknown_person_who_comes_to_ask_gets_a_page_of_questions_and_nothing_else(cast, browser):
    page = browser.choose("nobody", next_page="/vraag/eigen/")
    assert page.url.endswith("/vraag/eigen/") and "Mijn vragen" in page.text
    row = Asker.objects.get()
    assert row.account.kind == "asker" and digid.unknown_number() not in row.account.username
    assert browser.get("/mijn/").status_code == 404
    again = Browser(browser.server).choose("nobody", next_page="/vraag/eigen/")
    assert again.status_code == 200 and Asker.objects.count() == 1


@OVER_HTTP
def test_somebody_of_a_school_signs_in_for_work_with_enough_certainty(cast, browser):
    assert browser.choose("henk", level="eh2plus", means="eherkenning").status_code == 403
    page = browser.choose("henk", level="eh3", means="eherkenning", next_page="/beheer/")
    assert page.url.endswith("/mijn-plek/") and "VO De Polderborg" in page.text
    assert browser.get("/mijn/").status_code == 404


@OVER_HTTP
def test_somebody_of_a_provider_comes_in_with_the_same_means_to_pages_of_its_own(cast, browser):
    page = browser.choose("floor", level="eh3", means="eherkenning", next_page="/mijn-plek/")
    assert page.url.endswith("/aanbieder/") and "Onze opdrachten" in page.text
    assert browser.get("/mijn-plek/").status_code == 404


@OVER_HTTP
def test_who_was_named_for_no_school_is_told_what_to_do(cast, browser):
    page = browser.choose("nobody", level="eh3", means="eherkenning")
    assert page.status_code == 403 and "U kunt hier nog niet naar binnen" in page.text
    assert browser.get("/mijn-plek/").url.startswith(browser.server + "/aanmelden/")


@OVER_HTTP
def test_a_person_who_never_came_before_gets_an_account_without_password_or_number(cast, browser):
    browser.choose(key(cast, "oma_visser"))
    account = Account.objects.get(resident__person=cast.person["oma_visser"].pk)
    assert not account.has_usable_password()
    assert str(cast.person["oma_visser"].bsn) not in account.username


@OVER_HTTP
def test_stopping_brings_one_back_with_a_sentence(cast, browser):
    page = browser.choose(key(cast, "mirjam"), cancel="1")
    assert "Aanmelden is niet gelukt" in page.text


@OVER_HTTP
def test_a_resident_session_takes_the_place_of_a_staff_session(cast, browser):
    page = browser.get("/demo/")
    words = {"persona": "case_worker", "csrfmiddlewaretoken": TOKEN.search(page.text).group(1)}
    browser.session.post(browser.server + "/demo/aanmelden/", words, headers={"Referer": page.url})
    assert browser.get("/account/").status_code == 200
    browser.choose(key(cast, "mirjam"))
    assert browser.get("/account/").status_code == 404
    assert browser.get("/mijn/").status_code == 200


@OVER_HTTP
@pytest.mark.parametrize(
    "change", [{"nonce": "another"}, {"code_challenge": "another"}, {"state": "another"}], ids=lambda c: next(iter(c))
)
def test_a_changed_question_is_not_answered(cast, browser, change):
    page = browser.choose(key(cast, "mirjam"), **change)
    assert "Aanmelden is niet gelukt" in page.text
    assert browser.get("/mijn/").url.startswith(browser.server + "/aanmelden/")


@OVER_HTTP
@pytest.mark.parametrize("change", [{"redirect_uri": "https://evil.example/"}, {"client_id": "another"}])
def test_the_stand_in_answers_only_to_this_server(cast, browser, change):
    assert browser.choose(key(cast, "mirjam"), **change).status_code == 400


@OVER_HTTP
def test_a_token_signed_by_somebody_else_is_refused(cast, browser, monkeypatch):
    real = digid.sign

    def forged(request, kept):
        claims = jwt.decode(real(request, kept), options={"verify_signature": False})
        headers = {"kid": digid.key_id()}
        return jwt.encode(claims, Ed25519PrivateKey.generate(), algorithm="EdDSA", headers=headers)

    monkeypatch.setattr(digid, "sign", forged)
    assert "Aanmelden is niet gelukt" in browser.choose(key(cast, "mirjam")).text


@OVER_HTTP
def test_a_page_outside_the_portal_is_not_where_a_resident_lands(cast, browser):
    page = browser.choose(key(cast, "mirjam"), next_page="/beheer/")
    assert page.url.endswith("/mijn/")


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", "low"),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract", "low"),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard", "substantial"),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI", "high"),
        ("urn:etoegang:core:assurance-class:loa2plus", "low"),
        ("urn:etoegang:core:assurance-class:loa3", "substantial"),
        ("urn:etoegang:core:assurance-class:loa4", "high"),
        ("urn:etoegang:core:assurance-class:loa1", ""),
        ("http://eidas.europa.eu/LoA/substantial", "substantial"),
        (None, ""),
        (["high"], ""),
        ("high", ""),
    ],
)
def test_levels_of_means(acr, level):
    assert assurance.level_of(acr) == level


@pytest.mark.parametrize(
    ("level", "asked", "enough"),
    [("low", "substantial", False), ("substantial", "substantial", True), ("high", "substantial", True),
     ("substantial", "high", False), ("", "low", False)],
)  # fmt: skip
def test_a_level_is_enough_or_not(level, asked, enough):
    assert assurance.enough(level, asked) is enough


def test_a_number_of_another_municipality_is_nobody(cast):
    bram = cast.person["bram"]
    assert person_of_bsn(str(bram.bsn), "GM0171") == bram.pk
    assert person_of_bsn(str(bram.bsn), "GM0303") is None
    assert person_of_bsn("123", "GM0303") is None


GOOD = """
[[provider]]
id = "digid"
kind = "resident"
name = "DigiD"
server_url = "https://broker.example"
client_id = "rondom"
municipality = "GM0303"
acr = { "hoog" = "high" }
"""


def test_providers_are_read_from_a_file(tmp_path, settings):
    path = tmp_path / "oidc.toml"
    path.write_text(GOOD)
    settings.RONDOM_OIDC_FILE = str(path)
    assert [p.id for p in oidc.providers(oidc.RESIDENT)] == ["digid", "demo-digid"]
    assert assurance.level_of("hoog", oidc.provider_called("digid").acr) == "high"


@pytest.mark.parametrize(
    "change",
    [
        ('kind = "resident"', 'kind = "guest"'),
        ('municipality = "GM0303"\n', ""),
        ("https://", "http://"),
        ('client_id = "rondom"\n', ""),
        ("name =", "nam ="),
    ],
)
def test_a_wrong_line_in_the_file_is_named(tmp_path, change):
    path = tmp_path / "oidc.toml"
    path.write_text(GOOD.replace(*change))
    with pytest.raises(ValueError, match="provider digid"):
        oidc.read(path)
