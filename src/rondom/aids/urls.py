"""Addresses of the room `aids`, below /beheer/hulpmiddelen/."""

from django.urls import path

from rondom.aids import views

app_name = "aids"
urlpatterns = [
    path("", views.aids, name="aids"),
    path("publicatie/<uuid:publication>/", views.publication, name="publication"),
    path("<slug:aid>/<slug:edition>/", views.aid, name="aid"),
    path("<slug:aid>/<slug:edition>/proberen/", views.attempt, name="attempt"),
    path("<slug:aid>/<slug:edition>/dmn/", views.as_dmn, name="dmn"),
    path("<slug:aid>/<slug:edition>/voorstellen/", views.propose, name="propose"),
]
