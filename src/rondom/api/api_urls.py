"""Addresses of the API, under /api/v1/. No trailing slash and no personal data, as the NL API design rules ask."""

from typing import Any

from django.urls import path

from rondom.api.door import system_door
from rondom.api.endpoints import api
from rondom.api.views import openapi

app_name = "api"
OUTSIDE = frozenset({"api-root"})  # a page of the library about itself
made: list[Any] = [pattern for pattern in api.urls[0] if getattr(pattern, "name", "") not in OUTSIDE]
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *(path(str(pattern.pattern), system_door(pattern.callback), name=pattern.name) for pattern in made),
]
