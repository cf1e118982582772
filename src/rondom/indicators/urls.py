"""Addresses of the room `indicators`, below /cijfers/."""

from django.urls import path

from rondom.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.start, name="start"),
    path("vragen/", views.questions, name="questions"),
    path("gepubliceerd/<slug:comparison>/", views.published_page, name="published"),
    path("<slug:indicator>/", views.indicator_page, name="indicator"),
    path("<slug:indicator>/gezinnen/", views.families, name="families"),
]
