"""The first page of the privacy officer: what waits, in four tiles."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from rondom.core.clock import now
from rondom.desk import privacy_places


@privacy_places.officer_door
def start(request: Any) -> HttpResponse:
    """What waits for the privacy officer, each tile with its count and the page behind it."""
    at, by = now(), request.principal
    return render(request, "desk/privacy/start.html", {"tiles": [make(by, at) for _name, make in privacy_places.tiles]})
