"""Addresses of the room `safety`. A number, never a name."""

from django.urls import path

from rondom.safety import views

app_name = "safety"
urlpatterns = [
    path("gezin/<uuid:case>/veiligheid/", views.of_family, name="of_family"),
    path("gezin/<uuid:case>/veiligheid/beoordelen/", views.assess, name="assess"),
    path("gezin/<uuid:case>/veiligheid/afspraak/", views.agree, name="agree"),
    path("gezin/<uuid:case>/veiligheid/zicht/", views.sight, name="sight"),
    path("veiligheidsafspraak/<uuid:safetycondition>/", views.condition, name="condition"),
    path("weekend/", views.weekend, name="weekend"),
]
