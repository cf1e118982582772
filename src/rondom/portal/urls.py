"""Addresses of the portal, under /mijn/."""

from django.urls import path

from rondom.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("dossier/<uuid:dossier>/", views.dossier, name="dossier"),
    path("dossier/<uuid:dossier>/wie-keek/", views.who_looked, name="who_looked"),
    path("toestemming/", views.consents, name="consents"),
    path("toestemming/<uuid:consent>/intrekken/", views.consent_withdraw, name="consent_withdraw"),
    path("gegevens/", views.kept, name="kept"),
]
