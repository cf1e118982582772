"""Addresses of the room `entry`. A number, never a name."""

from django.urls import path

from rondom.entry.views import concerns, contact_desk, partners, questions, registrations

app_name = "entry"
urlpatterns = [
    path("loket/", contact_desk.contact_desk, name="contact_desk"),
    path("zorgen/", concerns.concerns, name="concerns"),
    path("zorg/nieuw/", concerns.new, name="new"),
    path("zorg/advies/", concerns.count, name="count"),
    path("zorg/<uuid:concern>/", concerns.concern, name="concern"),
    path("zorg/<uuid:concern>/advies/", concerns.advise, name="advise"),
    path("zorg/<uuid:concern>/uitgeven/", concerns.hand_out, name="hand_out"),
    path("vraag-zonder-naam/<uuid:openquestion>/", questions.question, name="question"),
    path("registraties/", registrations.registrations, name="registrations"),
    path("registratie/nieuw/", registrations.new, name="registration_new"),
    path("registratie/<uuid:referral>/", registrations.registration, name="registration"),
    path("registratie/<uuid:referral>/aanvullen/", registrations.change, name="registration_change"),
    path("registratie/<uuid:referral>/datum-gevraagd/", registrations.date_asked, name="registration_date_asked"),
    path("registratie/<uuid:referral>/erbij/", registrations.add, name="registration_add"),
    path("registratie/<uuid:referral>/eindigen/", registrations.end, name="registration_end"),
    path("registratie/<uuid:referral>/heropenen/", registrations.reopen, name="registration_reopen"),
    path("registratie/<uuid:referral>/gezin-vraagt/", registrations.family_asks, name="registration_family_asks"),
    path("praktijken/", partners.partners, name="partners"),
    path("praktijk/nieuw/", partners.add, name="partner_new"),
    path("praktijk/<uuid:partner>/", partners.partner, name="partner"),
    path("praktijk/<uuid:partner>/aanmelden/", partners.let_refer, name="referrer_new"),
    path("praktijk/aanmelden/<uuid:referrer>/einde/", partners.end_referring, name="referrer_end"),
]
