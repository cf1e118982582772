"""Addresses of who watches over the looks. Dutch paths; nothing personal in any of them."""

from django.urls import path

from rondom.desk.views import (
    privacy_destruction,
    privacy_emergencies,
    privacy_log,
    privacy_register,
    privacy_relatives,
    privacy_start,
)

app_name = "privacy"
urlpatterns = [
    path("", privacy_start.start, name="start"),
    path("noodtoegang/", privacy_emergencies.emergencies, name="emergencies"),
    path("noodtoegang/<uuid:emergency>/", privacy_emergencies.emergency, name="emergency"),
    path("verwerkingen/", privacy_register.page, name="register"),
    path("verwerkingen/csv/", privacy_register.download, name="register_csv"),
    path("wie-keek/", privacy_log.log, name="log"),
    path("vernietigen/", privacy_destruction.destructions, name="destructions"),
    path("vernietigen/verzoek/", privacy_destruction.register_request, name="destruction_request"),
    path("vernietigen/gezin/<uuid:case>/", privacy_destruction.ask, name="destruction_ask"),
    path("vernietigen/<uuid:destruction>/", privacy_destruction.destruction, name="destruction"),
    path("vernietigen/<uuid:destruction>/goedkeuren/", privacy_destruction.approve, name="destruction_approve"),
    path("vernietigen/vrijgeven/", privacy_destruction.lift, name="hold_lift"),
    path("eigen-kring/", privacy_relatives.relatives, name="relatives"),
    path("eigen-kring/<uuid:ownrelative>/", privacy_relatives.withdraw, name="relative_withdraw"),
    path("wat-opvalt/", privacy_log.standing_out, name="standing_out"),
]
