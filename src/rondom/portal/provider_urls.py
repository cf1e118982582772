"""Addresses for who signed in for a provider, under /aanbieder/."""

from django.urls import path

from rondom.portal import provider

app_name = "provider"
urlpatterns = [
    path("", provider.home, name="home"),
    path("vragen/", provider.ask, name="ask"),
    path("berichten/", provider.messages, name="messages"),
    path("berichten/<uuid:message>/", provider.message, name="message"),
    path("berichten/<uuid:message>/antwoord/", provider.answer, name="answer"),
    path("berichten/<uuid:message>/bestand/", provider.download, name="download"),
    path("opdracht/<uuid:allocation>/", provider.order, name="order"),
    path("opdracht/<uuid:allocation>/start/", provider.start, name="start"),
    path("opdracht/<uuid:allocation>/stop/", provider.stop, name="stop"),
    path("opdracht/<uuid:allocation>/herstellen/", provider.correct, name="correct"),
    path("opdracht/<uuid:allocation>/terugnemen/", provider.withdraw, name="withdraw"),
    path("opdracht/<uuid:allocation>/wijzigen/", provider.change, name="change"),
    path("opdracht/<uuid:allocation>/vragen/", provider.ask_beside, name="ask_beside"),
]
