"""Addresses of the room `allocations`. A number, never a name."""

from django.urls import path

from rondom.allocations import views

app_name = "allocations"
urlpatterns = [
    path("gezin/<uuid:case>/hulp/", views.of_family, name="of_family"),
    path("gezin/<uuid:case>/hulp/bestellen/", views.order_new, name="order_new"),
    path("hulp/<uuid:allocation>/", views.allocation, name="allocation"),
    path("hulp/<uuid:allocation>/begonnen/", views.start, name="start"),
    path("hulp/<uuid:allocation>/stoppen/", views.stop, name="stop"),
    path("bestellingen/", views.orders, name="orders"),
    path("bestelling/<uuid:allocation>/", views.order, name="order"),
    path("bestelling/<uuid:allocation>/doorlaten/", views.let_through, name="let_through"),
    path("bestelling/<uuid:allocation>/terug/", views.send_back, name="send_back"),
]
