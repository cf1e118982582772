"""Pages of the functional administrator about connected systems, under /beheer/koppelingen/."""

from django.urls import path

from rondom.api import views

app_name = "connections"
urlpatterns = [
    path("", views.connections, name="connections"),
    path("nieuw/", views.new, name="new"),
    path("<uuid:apikey>/", views.connection, name="connection"),
    path("<uuid:apikey>/intrekken/", views.withdraw, name="withdraw"),
]
