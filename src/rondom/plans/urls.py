"""Addresses of the room `plans`. A number, never a name."""

from django.urls import path

from rondom.plans import views

app_name = "plans"
urlpatterns = [
    path("gezin/<uuid:case>/plan/", views.of_family, name="of_family"),
    path("gezin/<uuid:case>/plan/nieuw/", views.begin, name="begin"),
    path("plan/<uuid:familyplan>/", views.plan, name="plan"),
    path("plan/<uuid:familyplan>/veranderen/", views.change, name="change"),
    path("plan/<uuid:familyplan>/doel/", views.goal_new, name="goal_new"),
    path("plan/<uuid:familyplan>/afspreken/", views.agree, name="agree"),
    path("plan/<uuid:familyplan>/terugkijken/", views.evaluate, name="evaluate"),
    path("plan/<uuid:familyplan>/versies/", views.versions, name="versions"),
    path("doel/<uuid:goal>/veranderen/", views.goal_change, name="goal_change"),
    path("doel/<uuid:goal>/wie-doet-wat/", views.line_new, name="line_new"),
    path("planregel/<uuid:planline>/klaar/", views.line_end, name="line_end"),
]
