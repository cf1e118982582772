"""Addresses of the room `allocations`. A number, never a name."""

from django.urls import path

from rondom.allocations.views import back_office, changes, family, handing, lists, registration

app_name = "allocations"
urlpatterns = [
    path("gezin/<uuid:case>/hulp/", family.of_family, name="of_family"),
    path("gezin/<uuid:case>/hulp/bestellen/", family.order_new, name="order_new"),
    path("gezin/<uuid:case>/hulp/wachten/", lists.waits_of_family, name="waits_of_family"),
    path("hulp/wacht/", lists.waiting, name="waiting"),
    path("hulp/eindigt/", lists.ending, name="ending"),
    path("hulp/<uuid:allocation>/", family.allocation, name="allocation"),
    path("hulp/<uuid:allocation>/begonnen/", family.start, name="start"),
    path("hulp/<uuid:allocation>/gaat-door/", family.resume, name="resume"),
    path("hulp/<uuid:allocation>/stoppen/", family.stop, name="stop"),
    path("hulp/<uuid:allocation>/veranderen/", changes.change, name="change"),
    path("hulp/<uuid:allocation>/intrekken/", changes.withdraw, name="withdraw"),
    path("hulp/<uuid:allocation>/wachten/", changes.write_wait, name="write_wait"),
    path("hulp/<uuid:allocation>/wie-kijkt/", changes.watch_wait, name="watch_wait"),
    path("hulp/<uuid:allocation>/overdracht/", handing.plan, name="handover_plan"),
    path("hulp/<uuid:allocation>/overdracht/verslag/", handing.told, name="handover_told"),
    path("hulp/<uuid:allocation>/overdracht/overgenomen/", handing.accept, name="handover_accept"),
    path("hulp/<uuid:allocation>/overdracht/niet-nodig/", handing.leave, name="handover_leave"),
    path("registratie/<uuid:referral>/bestellen/", registration.order_registration, name="order_registration"),
    path("bestellingen/", back_office.orders, name="orders"),
    path("bestelling/<uuid:allocation>/", back_office.order, name="order"),
    path("bestelling/<uuid:allocation>/doorlaten/", back_office.let_through, name="let_through"),
    path("bestelling/<uuid:allocation>/terug/", back_office.send_back, name="send_back"),
]
