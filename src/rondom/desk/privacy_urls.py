"""Addresses of who watches over the looks. Dutch paths; nothing personal in any of them."""

from django.urls import path

from rondom.desk.views import privacy_emergencies, privacy_log, privacy_start

app_name = "privacy"
urlpatterns = [
    path("", privacy_start.start, name="start"),
    path("noodtoegang/", privacy_emergencies.emergencies, name="emergencies"),
    path("noodtoegang/<uuid:emergency>/", privacy_emergencies.emergency, name="emergency"),
    path("wie-keek/", privacy_log.log, name="log"),
    path("wat-opvalt/", privacy_log.standing_out, name="standing_out"),
]
