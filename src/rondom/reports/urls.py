"""Addresses of the room `reports`, below /cijfers/. What stands under openbaar/ anybody may read."""

from django.urls import path

from rondom.reports import views

app_name = "reports"
QUARTER = "crisis/<slug:crisis_quarter>/"
INTERNAL = f"{QUARTER}editie/<int:edition_number>/"
PUBLIC = "crisis/openbaar/<slug:register_region>/<slug:crisis_quarter>/<int:edition_number>/"
urlpatterns = [
    path("tabel-natellen/", views.check_table, name="check_table"),
    path("crisis/", views.quarters, name="quarters"),
    path("crisis/openbaar/", views.published, name="published"),
    path(PUBLIC, views.public_edition, name="public_edition"),
    path(f"{PUBLIC}<slug:report_format>/", views.public_file, name="public_file"),
    path(QUARTER, views.quarter, name="quarter"),
    path(f"{QUARTER}vergelijken/", views.compare, name="compare"),
    path(f"{QUARTER}vastleggen/", views.freeze, name="freeze"),
    path(f"{QUARTER}signaal/<slug:flag_id>/", views.close_flag, name="close_flag"),
    path(INTERNAL, views.edition, name="edition"),
    path(f"{INTERNAL}<slug:report_format>/", views.edition_file, name="edition_file"),
]
