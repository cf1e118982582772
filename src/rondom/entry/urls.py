"""Addresses of the room `entry`. A number, never a name."""

from django.urls import path

from rondom.entry import views

app_name = "entry"
urlpatterns = [
    path("zorgen/", views.concerns, name="concerns"),
    path("zorg/nieuw/", views.new, name="new"),
    path("zorg/advies/", views.count, name="count"),
    path("zorg/<uuid:concern>/", views.concern, name="concern"),
    path("zorg/<uuid:concern>/advies/", views.advise, name="advise"),
    path("zorg/<uuid:concern>/uitgeven/", views.hand_out, name="hand_out"),
]
