"""Addresses of the room `providers`."""

from django.urls import path

from rondom.providers import views

app_name = "providers"
urlpatterns = [
    path("", views.index, name="index"),
    path("nieuw/", views.new, name="new"),
    path("<uuid:provider>/", views.provider, name="provider"),
    path("<uuid:provider>/bereiken/", views.contact, name="contact"),
    path("<uuid:provider>/naam/", views.rename, name="rename"),
    path("<uuid:provider>/ook-bekend-als/", views.alias_new, name="alias_new"),
    path("<uuid:provider>/agb/", views.agb_new, name="agb_new"),
    path("<uuid:provider>/locatie/", views.location_new, name="location_new"),
    path("<uuid:provider>/samengaan/", views.merge, name="merge"),
    path("<uuid:provider>/bewijs/", views.proof_new, name="proof_new"),
    path("<uuid:provider>/aanmelden/", views.worker_new, name="worker_new"),
    path("aanmelden/<uuid:providerworker>/einde/", views.worker_end, name="worker_end"),
    path("<uuid:provider>/contract/", views.contract_new, name="contract_new"),
    path("contract/<uuid:contract>/einde/", views.contract_end, name="contract_end"),
    path("contract/<uuid:contract>/perceel/", views.lot_new, name="lot_new"),
    path("perceel/<uuid:lot>/jaarbedrag/", views.lot_sum, name="lot_sum"),
    path("perceel/<uuid:lot>/plafond/", views.lot_ceiling, name="lot_ceiling"),
    path("perceel/<uuid:lot>/product/", views.product_new, name="product_new"),
    path("product/<uuid:product>/tarief/", views.rate_new, name="rate_new"),
]
