"""Signing in through an identity provider (OpenID Connect): residents by DigiD, staff by their employer, and who works
at a practice or school by eHerkenning or the like.

The protocol (discovery, code flow with PKCE and state, token) is allauth's; we add a nonce, always verify the signature
of the identity token, and decide ourselves who it is. Nothing of the token is stored: no social account, no number.
"""

import secrets
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import requests
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth import login as django_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from rondom.accounts import assurance, sessions
from rondom.accounts.actions import admit_asker, admit_resident
from rondom.accounts.doors import open_door
from rondom.accounts.models import Account
from rondom.accounts.queries import account_called, provider_worker_called, referrer_called
from rondom.core import clock
from rondom.core.bsn import passes_eleven_test
from rondom.core.errors import NotFound
from rondom.core.principals import machine
from rondom.core.registry import Registry

RESIDENT, STAFF, REFERRER = "resident", "staff", "referrer"
PLACE, ASKED, GIVEN = "/mijn-plek/", "/vraag/eigen/", "/aanbieder/"
"""Where a referrer works, the own page of who asked something, and where a provider works (addresses of the portal)."""
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NONCE = "oidc_nonce"

find_person: Registry[Callable[[str, str], UUID | None]] = Registry("person behind a number")
"""`people` tells which person of a municipality has a BSN: (bsn, municipality) -> id or None."""


@dataclass(frozen=True)
class Provider:
    """An identity provider this installation trusts; see docs/how-to/oidc.md for each line.

    server_url may be a path of this server itself (the stand-in of a demonstration).
    acr maps the provider's own words to "low", "substantial", "high".
    """

    id: str
    kind: str
    name: Any
    server_url: str
    client_id: str
    client_secret: str = ""
    municipality: str = ""
    person_claim: str = "bsn"
    username_claim: str = "preferred_username"
    scope: str = "openid"
    acr_values: str = ""
    acr: dict[str, str] = field(default_factory=dict)
    second_factor: tuple[str, ...] = ("mfa",)


stand_ins: Registry[Provider] = Registry("stand-in for an identity provider")
"""Only a demonstration registers one."""


def read(path: Path) -> list[Provider]:
    """Read the providers from a TOML file; raises ValueError with a sentence for what is missing or unknown."""
    found = []
    for entry in tomllib.loads(path.read_text("utf-8")).get("provider", []):
        entry["second_factor"] = tuple(entry.get("second_factor", ("mfa",)))
        try:
            provider = Provider(**entry)
        except TypeError as error:
            raise ValueError(f"{path}: provider {entry.get('id', '?')}: {error}") from error
        if provider.kind not in (RESIDENT, STAFF, REFERRER):
            raise ValueError(f"{path}: provider {provider.id}: kind must be resident, staff or referrer")
        if provider.kind == RESIDENT and not provider.municipality:
            raise ValueError(f"{path}: provider {provider.id}: name the municipality whose residents sign in")
        if not provider.server_url.startswith("https://"):
            raise ValueError(f"{path}: provider {provider.id}: server_url must begin with https://")
        found.append(provider)
    return found


def providers(kind: str = "") -> list[Provider]:
    """Return the providers for residents, staff or referrers (default: all)."""
    named = read(Path(settings.RONDOM_OIDC_FILE)) if settings.RONDOM_OIDC_FILE else []
    return [p for p in [*named, *(p for _name, p in stand_ins)] if kind in ("", p.kind)]


def provider_called(provider_id: str) -> Provider:
    """Return one provider; raises NotFound."""
    found = next((p for p in providers() if p.id == provider_id), None)
    if found is None:
        raise NotFound("")
    return found


class VerifyingAdapter(OpenIDConnectOAuth2Adapter):
    """The protocol of allauth; the signature of the identity token is verified however the token came."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        nonce = self.request.session.pop(NONCE, "")
        if not nonce or not secrets.compare_digest(str(claims.get("nonce", "")), nonce):
            raise jwtkit.OAuth2Error("nonce does not fit")
        return claims


class NonceLoginView(OAuth2LoginView):
    """Sends somebody to the provider with a number to be used once."""

    def get_provider(self) -> Any:
        provider = super().get_provider()
        nonce = self.request.session[NONCE] = secrets.token_urlsafe(24)
        provider.app.settings["auth_params"]["nonce"] = nonce
        return provider


@open_door()
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the identity provider."""
    provider_called(provider_id)
    try:
        return NonceLoginView.adapter_view(VerifyingAdapter(request, provider_id))(request)
    except requests.RequestException:  # the provider does not answer; nothing of ours is broken
        return render(request, "accounts/means_failed.html", status=503)


@open_door()
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Receive somebody from the identity provider."""
    provider_called(provider_id)
    return OAuth2CallbackView.adapter_view(VerifyingAdapter(request, provider_id))(request)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Our providers instead of rows in a table; our decision who somebody is instead of stored social accounts."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Return the providers of the settings as allauth wants them."""
        return [
            _app(request, p)
            for p in providers()
            if provider in (None, "openid_connect", p.id) and client_id in (None, p.client_id)
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Decide who it is and sign them in, or say why not; allauth's own sign-up never begins."""
        provider = provider_called(sociallogin.account.provider)
        claims = sociallogin.account.extra_data.get("id_token", {})
        page = str(sociallogin.state.get("next") or "/")
        enter = {RESIDENT: _resident, REFERRER: _referrer, STAFF: _staff}[provider.kind]
        raise ImmediateHttpResponse(enter(request, provider, claims, page))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        """Say that it did not work, without telling the details to whoever tries."""
        raise ImmediateHttpResponse(render(request, "accounts/means_failed.html", status=401))


def _app(request: HttpRequest, provider: Provider) -> SocialApp:
    url = provider.server_url
    parameters = {"acr_values": provider.acr_values} if provider.acr_values else {}
    return SocialApp(
        provider="openid_connect",
        provider_id=provider.id,
        name=str(provider.name),
        client_id=provider.client_id,
        secret=provider.client_secret,
        settings={
            "server_url": request.build_absolute_uri(url) if url.startswith("/") else url,
            "scope": provider.scope.split(),
            "oauth_pkce_enabled": True,
            "fetch_userinfo": False,
            "auth_params": parameters,
        },
    )


def _too_low(request: HttpRequest, provider: Provider) -> HttpResponse:
    context = {"needed": LEVEL_WORDS[settings.RONDOM_PORTAL_ASSURANCE], "means": provider}
    return render(request, "accounts/level_too_low.html", context, status=403)


def _let_in(request: HttpRequest, account: Account, level: str) -> None:
    """Sign somebody from outside in; whoever was signed in here before, is not any more."""
    request.session.flush()
    django_login(request, account, backend=BACKEND)
    request.session[sessions.ASSURANCE] = level
    sessions.note_proof(request, account, second_factor=False, at=clock.now())


def _resident(request: HttpRequest, provider: Provider, claims: dict[str, Any], page: str) -> HttpResponse:
    """Let a resident in; somebody who is in no file here, too, but only to the page of what was asked (S01)."""
    level = assurance.level_of(claims.get("acr"), provider.acr)
    if not assurance.enough(level):
        return _too_low(request, provider)
    number = str(claims.get(provider.person_claim, ""))
    found = (find(number, provider.municipality) for _name, find in find_person) if number else ()
    person = next(filter(None, found), None)
    by, at = machine("sign-in", provider.municipality), clock.now()
    if person is None and page.startswith(ASKED) and passes_eleven_test(number):
        asker = admit_asker(by=by, at=at, number=number, municipality=provider.municipality)
        _let_in(request, asker.account, level)
        return redirect(ASKED)
    if person is None:
        return render(request, "accounts/person_unknown.html")
    resident = admit_resident(by=by, at=at, person=person, municipality=provider.municipality)
    if not resident.account.is_active:
        return render(request, "accounts/person_unknown.html")
    _let_in(request, resident.account, level)
    return redirect(page if page.startswith(("/mijn/", ASKED)) else "/")


def _referrer(request: HttpRequest, provider: Provider, claims: dict[str, Any], page: str) -> HttpResponse:
    """Let in who was named for a practice, school or provider, today; else there is one page, whatever the reason.

    One means for work serves them all: a user name belongs to one account.
    """
    level = assurance.level_of(claims.get("acr"), provider.acr)
    if not assurance.enough(level):
        return _too_low(request, provider)
    name, day = str(claims.get(provider.username_claim, "")), clock.today(clock.now())
    found, home = referrer_called(name, day) or provider_worker_called(name, day), PLACE
    if found is None:
        return render(request, "accounts/referrer_unknown.html", status=403)
    if found.account.kind == Account.Kind.PROVIDER:
        home = GIVEN
    _let_in(request, found.account, level)
    return redirect(page if page.startswith(home) else home)


def _staff(request: HttpRequest, provider: Provider, claims: dict[str, Any], page: str) -> HttpResponse:
    account = account_called(str(claims.get(provider.username_claim, "")))
    if account is None:
        return render(request, "accounts/staff_unknown.html", status=403)
    if request.user.is_authenticated and request.user.pk != account.pk:
        request.session.flush()
    target = page if page.startswith("/") and not page.startswith("//") else "/"
    record_authentication(request, account, "socialaccount", provider=provider.id)
    if set(provider.second_factor).isdisjoint(claims.get("amr") or ()):
        return perform_login(request, account, email_verification="none", redirect_url=target)
    django_login(request, account, backend=BACKEND)
    sessions.note_proof(request, account, second_factor=True, at=clock.now())
    return redirect(target)


LEVEL_WORDS = {"low": _("low"), "substantial": _("substantial"), "high": _("high")}
