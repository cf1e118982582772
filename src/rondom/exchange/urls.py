"""Addresses of the room `exchange`. A number, never a name."""

from django.urls import path

from rondom.exchange import order_views, request_views, views

app_name = "exchange"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("verzoeken/", request_views.asked, name="requests"),
    path("verzoeken/<uuid:providerrequest>/", request_views.asking, name="request"),
    path("verzoeken/<uuid:providerrequest>/antwoord/", request_views.answer, name="request_answer"),
    path("verzoeken/<uuid:providerrequest>/bestellen/", request_views.order, name="request_order"),
    path("verzoeken/<uuid:providerrequest>/weigeren/", request_views.refuse, name="request_refuse"),
    path("verzoeken/<uuid:providerrequest>/onderzoek/", request_views.look_into, name="request_look_into"),
    path("verzoeken/<uuid:providerrequest>/besluit/", request_views.decided, name="request_decided"),
    path("bestellingen/", order_views.orders, name="orders"),
    path("bestellingen/<uuid:allocation>/versturen/", order_views.send_order, name="send_order"),
    path("afkeuringen/", order_views.rejections, name="rejections"),
    path("<uuid:message>/overnemen/", order_views.follow, name="follow"),
    path("<uuid:message>/", views.message, name="message"),
    path("<uuid:message>/opnieuw/", views.again, name="again"),
    path("<uuid:message>/opzij/", views.aside, name="aside"),
    path("<uuid:message>/bestand/", views.download, name="download"),
]
