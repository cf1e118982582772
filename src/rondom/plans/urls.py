"""Addresses of the room `plans`. A number, never a name."""

from django.urls import path

from rondom.plans.views import advising, board, family, signing
from rondom.plans.views import plan as views

app_name = "plans"
urlpatterns = [
    path("planbord/", board.board, name="board"),
    path("gezin/<uuid:case>/plan/", views.of_family, name="of_family"),
    path("gezin/<uuid:case>/plan/nieuw/", views.begin, name="begin"),
    path("plan/<uuid:familyplan>/", views.plan, name="plan"),
    path("plan/<uuid:familyplan>/veranderen/", views.change, name="change"),
    path("plan/<uuid:familyplan>/doel/", views.goal_new, name="goal_new"),
    path("plan/<uuid:familyplan>/afspreken/", views.agree, name="agree"),
    path("plan/<uuid:familyplan>/terugkijken/", views.evaluate, name="evaluate"),
    path("plan/<uuid:familyplan>/versies/", views.versions, name="versions"),
    path("gezin/<uuid:case>/plan/bijeenkomst/", family.meeting_new, name="meeting_new"),
    path("gezin/<uuid:case>/advies/", advising.advice_new, name="advice_new"),
    path("advies/<uuid:advice>/", advising.advice, name="advice"),
    path("advies/<uuid:advice>/antwoord/", advising.advice_answer, name="advice_answer"),
    path("advies/<uuid:advice>/in-orde/", advising.limit, name="advice_limit"),
    path("plan/<uuid:familyplan>/verteld/", family.finding_new, name="finding_new"),
    path("plan/<uuid:familyplan>/planbewaker/", family.guardian, name="guardian"),
    path("plan/<uuid:familyplan>/handtekeningen/", signing.ask, name="ask_signatures"),
    path("plan/<uuid:familyplan>/opbergen/", signing.file, name="file"),
    path("verteld/<uuid:finding>/terugnemen/", family.finding_withdraw, name="finding_withdraw"),
    path("handtekening/<uuid:plansignature>/papier/", signing.paper, name="paper"),
    path("doel/<uuid:goal>/tweede-paar-ogen/", signing.screening_new, name="screening_new"),
    path("tweede-paar-ogen/<uuid:screening>/", signing.screening, name="screening"),
    path("thuis-geschreven/<uuid:writing>/", family.writing, name="writing"),
    path("thuis-geschreven/<uuid:writing>/niet-in-plan/", family.writing_leave, name="writing_leave"),
    path("doel/<uuid:goal>/veranderen/", views.goal_change, name="goal_change"),
    path("doel/<uuid:goal>/wie-doet-wat/", views.line_new, name="line_new"),
    path("planregel/<uuid:planline>/klaar/", views.line_end, name="line_end"),
]
