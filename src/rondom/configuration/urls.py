"""Addresses of the room `configuration`, below /beheer/inrichting/."""

from django.urls import path

from rondom.configuration import views

app_name = "configuration"
urlpatterns = [
    path("", views.home, name="home"),
    path("instellingen/", views.parameters, name="parameters"),
    path("instellingen/voorstel/<uuid:parameterchange>/", views.change, name="change"),
    path("instellingen/gepland/<uuid:parameter>/", views.call_off, name="call_off"),
    path("instellingen/<slug:parameter_name>/", views.parameter, name="parameter"),
    path("instellingen/<slug:parameter_name>/wijzigen/", views.propose, name="propose"),
    path("codelijsten/", views.code_lists, name="code_lists"),
    path("codelijsten/<slug:code_list>/", views.code_list, name="code_list"),
    path("woorden/", views.words, name="words"),
    path("woorden/<slug:term>/", views.word, name="word"),
]
