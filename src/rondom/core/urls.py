"""Health of the process; nothing about families."""

from django.urls import path

from rondom.core import views

app_name = "core"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
