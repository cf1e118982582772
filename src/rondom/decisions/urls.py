"""Addresses of the room `decisions`. A number, never a name."""

from django.urls import path

from rondom.decisions.views import apart, applications, deciding, mandates

app_name = "decisions"
urlpatterns = [
    path("besluiten/", applications.desk, name="desk"),
    path("besluiten/nodig/", applications.needed, name="needed"),
    path("gezin/<uuid:case>/besluiten/", applications.of_family, name="of_family"),
    path("gezin/<uuid:case>/aanvraag/", applications.application_new, name="application_new"),
    path("gezin/<uuid:case>/besluit/", deciding.begin, name="begin"),
    path("gezin/<uuid:case>/besluiten/meelezen/", deciding.ask, name="ask"),
    path("gezin/<uuid:case>/besluiten/tekenen/", deciding.sign, name="sign"),
    path("aanvraag/<uuid:application>/", applications.application, name="application"),
    path("aanvraag/<uuid:application>/aanvullen/", applications.complete, name="complete"),
    path("aanvraag/<uuid:application>/loopt-weer/", applications.ended, name="ended"),
    path("aanvraag/<uuid:application>/stilstand/", applications.pause, name="pause"),
    path("aanvraag/<uuid:application>/uitstel/", applications.postpone, name="postpone"),
    path("aanvraag/<uuid:application>/in-gebreke/", applications.default, name="default"),
    path("aanvraag/<uuid:application>/ingetrokken/", applications.withdraw, name="withdraw"),
    path("aanvraag/<uuid:application>/brief/", applications.notice, name="notice"),
    path("aanvraag/<uuid:application>/niet-behandelen/", apart.leave, name="leave"),
    path("aanvraag/<uuid:application>/dwangsom/", apart.penalty, name="penalty"),
    path("besluit/<uuid:decision>/", deciding.decision, name="decision"),
    path("besluit/<uuid:decision>/onderzoek/", deciding.inquiry, name="inquiry"),
    path("besluit/<uuid:decision>/inhoud/", deciding.change, name="change"),
    path("besluit/<uuid:decision>/pgb/", deciding.budget, name="budget"),
    path("besluit/<uuid:decision>/terugvragen/", deciding.ask_back, name="ask_back"),
    path("besluit/<uuid:decision>/niet-nemen/", deciding.drop, name="drop"),
    path("besluit/<uuid:decision>/terugsturen/", deciding.send_back, name="send_back"),
    path("besluit/<uuid:decision>/brieven/", deciding.letters, name="letters"),
    path("besluitbrief/<uuid:decisionletter>/verstuurd/", deciding.letter_sent, name="letter_sent"),
    path("besluitbrief/<uuid:decisionletter>/ontvangen/", deciding.letter_received, name="letter_received"),
    path("mandaten/", mandates.mandates, name="mandates"),
    path("mandaten/nieuw/", mandates.mandate_new, name="mandate_new"),
    path("mandaat/<uuid:mandate>/eindigen/", mandates.mandate_end, name="mandate_end"),
]
