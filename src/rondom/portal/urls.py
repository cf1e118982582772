"""Addresses of the portal, under /mijn/."""

from django.urls import path

from rondom.portal import help, invitation, plan, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("dossier/<uuid:dossier>/", views.dossier, name="dossier"),
    path("dossier/<uuid:dossier>/wie-keek/", views.who_looked, name="who_looked"),
    path("afspraak/<uuid:meetingparticipant>/", invitation.invitation, name="invitation"),
    path("toestemming/", views.consents, name="consents"),
    path("toestemming/<uuid:consent>/intrekken/", views.consent_withdraw, name="consent_withdraw"),
    path("dossier/<uuid:dossier>/schrijven/", plan.write, name="write"),
    path("dossier/<uuid:dossier>/hulp/", help.help_and_decisions, name="help"),
    path("besluit/<uuid:decision>/", help.decision, name="decision"),
    path("besluit/brief/<uuid:decisionletter>/", help.letter, name="letter"),
    path("aanvraag/brief/<uuid:applicationletter>/", help.notice, name="notice"),
    path("plan/<uuid:familyplan>/eerder/", help.earlier, name="plan_earlier"),
    path("plan/ondertekend/<uuid:filedplan>/", help.filed, name="filed"),
    path("plan/<uuid:familyplan>/", plan.plan, name="plan"),
    path("plan/<uuid:familyplan>/ondertekenen/", plan.sign, name="plan_sign"),
    path("geschreven/<uuid:writing>/", plan.writing, name="writing"),
    path("gegevens/", views.kept, name="kept"),
]
