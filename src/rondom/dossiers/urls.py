"""Addresses of drafts: keeping one, and the list of one's own."""

from django.urls import path

from rondom.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("concept/", views.draft, name="draft"),
    path("concepten/", views.drafts, name="drafts"),
]
