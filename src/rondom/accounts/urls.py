"""Signing in and out, one's own account, and the pages of the functional administrator.

The names of allauth stay as they are: the library sends people to them. What is not listed does not exist: there is no
sign-up, no e-mail page, no linking of accounts.
"""

from django.urls import URLPattern, URLResolver, include, path

from rondom.accounts import administration, looking_again, oidc, signin, views

own = [
    path("", views.root, name="root"),
    path("account/", views.me, name="me"),
    path("toegang/", looking_again.access, name="access"),
    path("toegang/team/<uuid:membership>/", looking_again.membership, name="access_team"),
    path("toegang/rol/<uuid:assignment>/", looking_again.role, name="access_role"),
]
factors = [
    path("", signin.factors, name="mfa_index"),
    path("code/", signin.second_factor, name="mfa_authenticate"),
    path("opnieuw/", signin.again_code, name="mfa_reauthenticate"),
    path("opnieuw/sleutel/", signin.again_key, name="mfa_reauthenticate_webauthn"),
    path("app/", signin.add_app, name="mfa_activate_totp"),
    path("app/plaatje/", signin.app_picture, name="app_picture"),
    path("app/weg/", signin.remove_app, name="mfa_deactivate_totp"),
    path("herstelcodes/", signin.codes, name="mfa_view_recovery_codes"),
    path("herstelcodes/nieuw/", signin.new_codes, name="mfa_generate_recovery_codes"),
    path("sleutels/", signin.keys, name="mfa_list_webauthn"),
    path("sleutels/nieuw/", signin.add_key, name="mfa_add_webauthn"),
    path("sleutels/<int:pk>/weg/", signin.remove_key, name="mfa_remove_webauthn"),
]
signing_in: list[URLPattern | URLResolver] = [
    path("", signin.sign_in, name="account_login"),
    path("passkey/", signin.passkey_sign_in, name="mfa_login_webauthn"),
    path("opnieuw/", signin.again, name="account_reauthenticate"),
    path("wachtwoord/", signin.choose_password, name="choose_password"),
    path("wachtwoord/<str:token>/", signin.open_link, name="password_link"),
    path("tweede-stap/", include(factors)),
    path("via/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("via/<slug:provider_id>/terug/", oidc.callback, name="openid_connect_callback"),
]
beheer = [
    path("", administration.start, name="start"),
    path("medewerkers/", administration.staff_list, name="staff"),
    path("medewerkers/nieuw/", administration.add_staff, name="add_staff"),
    path("medewerkers/<uuid:staff>/", administration.staff_page, name="staff_member"),
    path("medewerkers/<uuid:staff>/rol/", administration.award, name="award"),
    path("medewerkers/<uuid:staff>/rol/<uuid:assignment>/einde/", administration.end_role, name="end_role"),
    path("medewerkers/<uuid:staff>/team/", administration.join, name="join"),
    path("medewerkers/<uuid:staff>/team/<uuid:membership>/einde/", administration.leave, name="leave"),
    path("medewerkers/<uuid:staff>/wachtwoord/", administration.password_link, name="password_link"),
    path("medewerkers/<uuid:staff>/tweede-stap/", administration.reset_factor, name="reset_factor"),
    path("medewerkers/<uuid:staff>/uit-dienst/", administration.leave_service, name="leave_service"),
    path("rollen/<uuid:award>/", administration.decide, name="decide"),
    path("organisaties/", administration.organisations, name="organisations"),
    path("organisaties/<uuid:organisation>/team/", administration.add_team, name="add_team"),
]
urlpatterns = [
    path("", include((own, "accounts"))),
    path("beheer/", include((beheer, "administration"))),
    path("aanmelden/", include(signing_in)),
    path("afmelden/", signin.sign_out, name="account_logout"),
]
