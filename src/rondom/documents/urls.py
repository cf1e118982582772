"""Addresses of documents. A number, never a name."""

from django.urls import path

from rondom.documents import template_views, views

app_name = "documents"
urlpatterns = [
    path("gezin/<uuid:case>/documenten/", views.documents, name="list"),
    path("document/<uuid:document>/", views.document, name="document"),
    path("document/<uuid:document>/wijzigen/", views.correct, name="correct"),
    path("document/<uuid:document>/nieuwe-versie/", views.newer, name="newer"),
    path("document/<uuid:document>/vrijgeven/", views.release, name="release"),
    path("document/<uuid:document>/bestand/", views.download, name="download"),
    path("brieven/", template_views.templates, name="templates"),
    path("brieven/voorstel/<uuid:lettertemplate>/", template_views.proposal, name="proposal"),
    path("brieven/voorstel/<uuid:lettertemplate>/gebruiken/", template_views.use, name="proposal_use"),
    path("brieven/voorstel/<uuid:lettertemplate>/voorbeeld/", template_views.proposal_example, name="proposal_example"),
    path("brieven/<slug:letter_key>/", template_views.template, name="template"),
    path("brieven/<slug:letter_key>/voorbeeld/", template_views.example, name="template_example"),
]
