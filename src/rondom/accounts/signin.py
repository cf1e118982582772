"""Signing in, a second factor, step-up, signing out, and choosing a password: allauth's views behind our doors."""

from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account_views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import views as key_views
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rondom.accounts import actions, forms, oidc
from rondom.accounts.doors import open_door, setting_up_door
from rondom.accounts.queries import link_of
from rondom.core import clock
from rondom.core.errors import BadInput, NotFound

LINK = "password_link"


class SignInView(account_views.LoginView):
    """The sign-in page: residents through their means, staff by user name and password or passkey."""

    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        page = asked.get("next", "")
        page = page if page.startswith("/") and not page.startswith("//") else ""
        return context | {
            "next_page": page,
            "next_query": urlencode({"next": page}) if page else "",
            "timed_out": "verlopen" in self.request.GET,
            "signed_out": "uit" in self.request.GET,
            "chosen": "gekozen" in self.request.GET,
            "resident_means": oidc.providers(oidc.RESIDENT),
            "staff_means": oidc.providers(oidc.STAFF),
            "referrer_means": oidc.providers(oidc.REFERRER),
        }


sign_in = open_door()(SignInView.as_view())
second_factor = open_door()(mfa_views.AuthenticateView.as_view(template_name="accounts/second_factor.html"))
passkey_sign_in = open_door()(key_views.LoginWebAuthnView.as_view())

again = setting_up_door()(account_views.ReauthenticateView.as_view(template_name="accounts/again.html"))
again_code = setting_up_door()(mfa_views.ReauthenticateView.as_view(template_name="accounts/again.html"))
again_key = setting_up_door()(key_views.ReauthenticateWebAuthnView.as_view(template_name="accounts/again_key.html"))

factors = setting_up_door()(mfa_views.IndexView.as_view(template_name="accounts/factors.html"))
add_app = setting_up_door()(totp_views.ActivateTOTPView.as_view(template_name="accounts/add_app.html"))


@setting_up_door()
def app_picture(request: HttpRequest) -> HttpResponse:
    """Draw the picture an app scans: the secret that waits in this session for its first code."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise NotFound("")
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))  # type: ignore[arg-type]
    return HttpResponse(picture, content_type="image/svg+xml")


remove_app = setting_up_door()(totp_views.DeactivateTOTPView.as_view(template_name="accounts/remove_factor.html"))
keys = setting_up_door()(key_views.ListWebAuthnView.as_view(template_name="accounts/keys.html"))
add_key = setting_up_door()(key_views.AddWebAuthnView.as_view(template_name="accounts/add_key.html"))
remove_key = setting_up_door()(key_views.RemoveWebAuthnView.as_view(template_name="accounts/remove_factor.html"))
codes = setting_up_door()(code_views.ViewRecoveryCodesView.as_view(template_name="accounts/codes.html"))
new_codes = setting_up_door()(code_views.GenerateRecoveryCodesView.as_view(template_name="accounts/new_codes.html"))


@open_door()
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and tell the browser to forget what it kept, so that Back shows nothing."""
    logout(request)
    response = redirect("/aanmelden/?uit=1")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'  # not cookies: the domain may hold those of others
    return response


@open_door()
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token of a password link out of the address, so that it stays in no history and no referrer."""
    request.session[LINK] = actions.digest_of(token).hex()
    return redirect("choose_password")


@sensitive_post_parameters("password", "again")
@open_door()
def choose_password(request: HttpRequest) -> HttpResponse:
    """Let somebody with a password link choose a password."""
    at = clock.now()
    digest = request.session.get(LINK, "")
    link = link_of(bytes.fromhex(digest), at=at) if digest else None
    if link is None:
        return render(request, "accounts/link_over.html", status=410)
    form = forms.NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            by = actions.principal_of_link(link, at=at)
            actions.set_password(by=by, at=at, link=link, password=form.cleaned_data["password"])
        except BadInput as error:
            form.add_error("password", str(error))
        else:
            request.session.flush()
            return redirect("/aanmelden/?gekozen=1")
    return render(request, "accounts/choose_password.html", {"form": form, "username": link.account.username})
