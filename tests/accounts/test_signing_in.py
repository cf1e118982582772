"""Staff sign in with a password and a second factor; without one they set it up and can do nothing else."""

import datetime as dt

import pytest
from allauth.mfa.adapter import get_adapter
from django.core.cache import cache
from django.test import Client

from rondom.accounts.models import Account
from rondom.core import clock
from rondom.core.models import Event
from tests.accounts.conftest import PASSWORD, SECRET, code_now, factor_rows, sign_in, with_password


def test_the_sign_in_page_is_calm_and_dutch(client, db):
    page = client.get("/aanmelden/").content.decode()
    assert "Voor inwoners" in page
    assert "Voor medewerkers" in page


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "3rdparty/", "signup/passkey/"])
def test_there_is_no_sign_up_and_no_other_page_of_the_library(client, db, path):
    assert client.get(f"/aanmelden/{path}").status_code == 404


def test_password_and_code_let_somebody_in(client, sanne):
    assert sign_in(client, "sanne").url == "/aanmelden/tweede-stap/code/"
    assert client.get("/account/").status_code == 302  # a password alone opens nothing
    assert client.post("/aanmelden/tweede-stap/code/", {"code": code_now()}).status_code == 302
    assert client.get("/account/").status_code == 200


def test_after_signing_in_one_is_back_on_the_same_page(client, sanne):
    to_sign_in = client.get("/account/")
    assert to_sign_in.url == "/aanmelden/?next=%2Faccount%2F"
    sign_in(client, "sanne", next="/account/")
    assert client.post("/aanmelden/tweede-stap/code/", {"code": code_now()}).url == "/account/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_sends_nobody_to_another_site(client, sanne, elsewhere):
    sign_in(client, "sanne", next=elsewhere)
    assert client.post("/aanmelden/tweede-stap/code/", {"code": code_now()}).url == "/"


def test_without_second_factor_one_can_only_set_it_up(client, cast):
    with_password(cast.staff["mark"].account)
    sign_in(client, "mark")
    for path in ("/", "/account/", "/beheer/"):
        assert client.get(path).url == "/aanmelden/tweede-stap/"
    page = client.get("/aanmelden/tweede-stap/").content.decode()
    assert "Stel eerst je tweede stap in" in page


def test_setting_up_an_app_opens_the_work_and_gives_recovery_codes(client, cast, at_once):
    account = with_password(cast.staff["mark"].account)
    sign_in(client, "mark")
    page = client.get("/aanmelden/tweede-stap/app/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    done = client.post("/aanmelden/tweede-stap/app/", {"code": code_now(secret)})
    assert done.url.endswith("/herstelcodes/")
    codes = client.get("/aanmelden/tweede-stap/herstelcodes/").content.decode()
    assert codes.count("<code>") == 10
    assert client.get("/aanmelden/tweede-stap/herstelcodes/").content.decode().count("<code>") == 0  # shown once
    assert client.get("/account/").status_code == 200
    assert factor_rows(account).count() == 2


def test_another_session_of_the_same_password_stays_outside_until_it_shows_the_factor(cast, at_once):
    account = with_password(cast.staff["mark"].account)
    first, second = Client(), Client()
    sign_in(first, "mark")
    sign_in(second, "mark")
    second.get("/aanmelden/tweede-stap/app/")
    second.post("/aanmelden/tweede-stap/app/", {"code": code_now(second.session["mfa.totp.secret"])})
    assert second.get("/account/").status_code == 200
    assert first.get("/account/").url == "/aanmelden/tweede-stap/"
    assert account.pk


def test_a_code_counts_once(sanne):
    code = code_now()
    assert sign_in(Client(), "sanne", code=code).status_code == 302
    again = sign_in(Client(), "sanne", code=code)
    assert again.status_code == 200
    assert "klopt niet" in again.content.decode()


def test_the_first_code_of_a_new_app_counts_as_used(client, cast):
    with_password(cast.staff["mark"].account)
    sign_in(client, "mark")
    client.get("/aanmelden/tweede-stap/app/")
    code = code_now(client.session["mfa.totp.secret"])
    client.post("/aanmelden/tweede-stap/app/", {"code": code})
    assert sign_in(Client(), "mark", code=code).status_code == 200


def test_a_recovery_code_works_once(client, sanne):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(sanne.account).get_unused_codes()[0]
    assert sign_in(client, "sanne", code=code).status_code == 302
    assert client.get("/account/").status_code == 200
    assert sign_in(Client(), "sanne", code=code).status_code == 200


def test_secrets_are_stored_encrypted(sanne):
    data = factor_rows(sanne.account).get().data
    assert SECRET not in str(data)
    assert get_adapter().decrypt(data["secret"]) == SECRET


def test_after_five_wrong_passwords_the_right_one_waits_too(sanne):
    for _ in range(5):
        assert sign_in(Client(), "sanne", password="fout wachtwoord").status_code == 200
    page = sign_in(Client(), "sanne")
    assert page.status_code == 200
    assert "Te veel pogingen" in page.content.decode()


def test_another_host_name_or_port_gives_no_new_attempts(sanne):
    """The sender chooses the host header: the count may not hang on it."""
    for port in range(5):
        there = {"headers": {"host": f"localhost:{4000 + port}"}}
        assert Client(**there).post("/aanmelden/", {"login": "sanne", "password": "fout woord"}).status_code == 200
    assert "Te veel pogingen" in sign_in(Client(), "sanne").content.decode()


def test_after_five_wrong_codes_the_right_one_waits_too(sanne):
    for _ in range(5):
        assert sign_in(Client(), "sanne", code="000000").status_code == 200
    assert sign_in(Client(), "sanne", code=code_now()).status_code == 200


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(sanne):
    wrong = sign_in(Client(), "sanne", password="fout wachtwoord").context["form"].non_field_errors()
    cache.clear()
    unknown = sign_in(Client(), "niemand").context["form"].non_field_errors()
    assert wrong == unknown


def test_a_closed_account_and_a_resident_cannot_sign_in_with_a_password(cast):
    with_password(cast.staff["mark"].account)
    Account.objects.filter(username="mark").update(is_active=False)
    with_password(Account.objects.get(username="mirjam"))
    assert sign_in(Client(), "mark").status_code == 200
    assert sign_in(Client(), "mirjam").status_code == 200


def test_signing_in_and_out_and_a_wrong_password_are_events(client, sanne):
    sign_in(client, "sanne", password="fout wachtwoord")
    sign_in(client, "sanne", code=code_now())
    client.post("/afmelden/")
    kinds = Event.objects.filter(object_id=str(sanne.account.pk)).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["accounts.sign_in_refused", "accounts.signed_in", "accounts.signed_out"]


def test_signing_out_clears_the_browser_and_the_session(client, sanne):
    sign_in(client, "sanne", code=code_now())
    response = client.post("/afmelden/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get("/account/").status_code == 302
    assert client.get("/afmelden/").status_code == 405


def test_a_session_that_rested_too_long_ends_and_says_so(client, sanne, at):
    with clock.standing_at(at):
        sign_in(client, "sanne", code=code_now())
        client.get("/account/")
    with clock.standing_at(at + dt.timedelta(minutes=29)):
        assert client.get("/account/").status_code == 200
    with clock.standing_at(at + dt.timedelta(minutes=60)):
        over = client.get("/account/")
    assert over.url == "/aanmelden/?next=%2Faccount%2F&verlopen=1"
    assert "even weg" in client.get(over.url).content.decode()


def test_a_part_of_a_page_sends_the_whole_page_to_signing_in(client, db):
    response = client.get(
        "/account/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/gezin/", "Host": "testserver"}
    )
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/aanmelden/?next=%2Fgezin%2F"


def test_a_new_password_ends_other_sessions(client, sanne):
    sign_in(client, "sanne", code=code_now())
    sanne.account.set_password(PASSWORD + " nog een")
    sanne.account.save()
    assert client.get("/account/").status_code == 302
