"""Addresses of the shell: the language and the gallery of components, each with its door."""

from django.urls import path
from django.views.i18n import set_language

from rondom.accounts.doors import open_door, staff_door
from rondom.core import gallery, shortcuts

app_name = "shell"
urlpatterns = [
    path("taal/", open_door()(set_language), name="language"),
    path("sneltoetsen/", staff_door()(shortcuts.page), name="shortcuts"),
    path("galerij/", staff_door()(gallery.page), name="gallery"),
]
