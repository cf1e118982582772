"""Addresses of the room `crisis`, below /crisisregister/."""

from django.urls import path

from rondom.crisis import views

app_name = "crisis"
urlpatterns = [
    path("", views.register, name="register"),
    path("inlezen/", views.bring_in, name="bring_in"),
    path("regel/<uuid:registerline>/", views.line, name="line"),
]
