"""Addresses of the room `exchange`. A number, never a name."""

from django.urls import path

from rondom.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("<uuid:message>/", views.message, name="message"),
    path("<uuid:message>/opnieuw/", views.again, name="again"),
    path("<uuid:message>/opzij/", views.aside, name="aside"),
    path("<uuid:message>/bestand/", views.download, name="download"),
]
