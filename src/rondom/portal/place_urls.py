"""Addresses for who signed in for a practice or school, under /mijn-plek/."""

from django.urls import path

from rondom.portal import place

app_name = "place"
urlpatterns = [
    path("", place.home, name="home"),
    path("zorg/", place.share, name="share"),
]
