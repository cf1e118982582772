"""Addresses of the forms anybody can use without signing in, under /vraag/."""

from django.urls import path

from rondom.portal import public

app_name = "public"
urlpatterns = [
    path("", public.start, name="start"),
    path("zonder-naam/", public.nameless, name="nameless"),
    path("met-naam/", public.named, name="named"),
    path("professional/", public.professional, name="professional"),
    path("antwoord/", public.answer, name="answer"),
]
