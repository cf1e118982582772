"""The start page of a demonstration, one-click sign-in, the guided tour, the stand-ins for DigiD and eHerkenning."""

from django.urls import path

from rondom.demo import digid, tour_views, views

app_name = "demo"
FOR_WORK = {"means": digid.FOR_WORK}
urlpatterns = [
    path("", views.start, name="start"),
    path("aanmelden/", views.sign_in, name="sign_in"),
    path("rondleiding/", tour_views.tour, name="tour"),
    path("rondleiding/erheen/", tour_views.go, name="tour_go"),
    path("digid/.well-known/openid-configuration", digid.discovery, name="digid_discovery"),
    path("digid/jwks/", digid.jwks, name="digid_jwks"),
    path("digid/authorize/", digid.authorize, name="digid_authorize"),
    path("digid/token/", digid.token, name="digid_token"),
    path("eherkenning/.well-known/openid-configuration", digid.discovery, FOR_WORK, name="eherkenning_discovery"),
    path("eherkenning/jwks/", digid.jwks, FOR_WORK, name="eherkenning_jwks"),
    path("eherkenning/authorize/", digid.authorize, FOR_WORK, name="eherkenning_authorize"),
    path("eherkenning/token/", digid.token, FOR_WORK, name="eherkenning_token"),
]
