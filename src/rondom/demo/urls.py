"""The start page of a demonstration and one-click sign-in."""

from django.urls import path

from rondom.demo import digid, views

app_name = "demo"
urlpatterns = [
    path("", views.start, name="start"),
    path("aanmelden/", views.sign_in, name="sign_in"),
    path("digid/.well-known/openid-configuration", digid.discovery, name="digid_discovery"),
    path("digid/jwks/", digid.jwks, name="digid_jwks"),
    path("digid/authorize/", digid.authorize, name="digid_authorize"),
    path("digid/token/", digid.token, name="digid_token"),
]
