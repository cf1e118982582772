"""Addresses of the room `exchange`. A number, never a name."""

from django.urls import path

from rondom.exchange import order_views, views

app_name = "exchange"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("bestellingen/", order_views.orders, name="orders"),
    path("bestellingen/<uuid:allocation>/versturen/", order_views.send_order, name="send_order"),
    path("afkeuringen/", order_views.rejections, name="rejections"),
    path("<uuid:message>/overnemen/", order_views.follow, name="follow"),
    path("<uuid:message>/", views.message, name="message"),
    path("<uuid:message>/opnieuw/", views.again, name="again"),
    path("<uuid:message>/opzij/", views.aside, name="aside"),
    path("<uuid:message>/bestand/", views.download, name="download"),
]
