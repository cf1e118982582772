"""Every address of Rondom. Dutch paths: people read them. No personal data in any address."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("rondom.core.urls")),
    path("", include("rondom.shell")),
    path("", include("rondom.accounts.urls")),
    path("", include("rondom.dossiers.urls")),
    path("", include("rondom.documents.urls")),
    path("", include("rondom.safety.urls")),
    path("", include("rondom.entry.urls")),
    path("", include("rondom.plans.urls")),
    path("", include("rondom.decisions.urls")),
    path("", include("rondom.allocations.urls")),
    path("berichten/", include("rondom.exchange.urls")),
    path("crisisregister/", include("rondom.crisis.urls")),
    path("cijfers/", include("rondom.reports.urls")),
    path("cijfers/", include("rondom.indicators.urls")),
    path("aanbieders/", include("rondom.providers.urls")),
    path("", include("rondom.desk.urls")),
    path("privacy/", include("rondom.desk.privacy_urls")),
    path("beheer/dubbelen/", include("rondom.people.urls")),
    path("beheer/hulpmiddelen/", include("rondom.aids.urls")),
    path("beheer/inrichting/", include("rondom.configuration.urls")),
    path("beheer/koppelingen/", include("rondom.api.urls")),
    path("api/v1/", include("rondom.api.api_urls")),
    path("mijn/", include("rondom.portal.urls")),
    path("mijn-plek/", include("rondom.portal.place_urls")),
    path("aanbieder/", include("rondom.portal.provider_urls")),
    path("vraag/", include("rondom.portal.public_urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("rondom.demo.urls")))

handler400 = "rondom.core.views.bad_request"
handler403 = "rondom.core.views.not_allowed"
handler404 = "rondom.core.views.not_found"
handler500 = "rondom.core.views.broken"
