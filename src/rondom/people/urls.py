"""Addresses of the room `people`, below /beheer/dubbelen/. Pages within a family live at the desk."""

from django.urls import path

from rondom.people import views

app_name = "people"
urlpatterns = [
    path("", views.doubles, name="doubles"),
    path("<uuid:duplicatecandidate>/", views.double, name="double"),
    path("samenvoeging/<uuid:merge>/ongedaan/", views.undo, name="undo"),
]
