"""Addresses of the forms anybody can use, under /vraag/; those under /vraag/eigen/ ask to sign in."""

from django.urls import path

from rondom.portal import own, public

app_name = "public"
urlpatterns = [
    path("", public.start, name="start"),
    path("zonder-naam/", public.nameless, name="nameless"),
    path("met-naam/", public.named, name="named"),
    path("professional/", public.professional, name="professional"),
    path("antwoord/", public.answer, name="answer"),
    path("eigen/", own.asked, name="own"),
    path("eigen/nieuw/", own.ask, name="own_new"),
]
