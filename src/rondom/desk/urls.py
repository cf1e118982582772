"""Addresses of the desk. Dutch paths; nothing personal in any of them."""

from django.urls import path

from rondom.desk.views import day, families, family, ground, intake, meetings, notes, roles, search, team

app_name = "desk"
urlpatterns = [
    path("dag/", day.my_day, name="day"),
    path("gezinnen/", families.families, name="families"),
    path("gezin/nieuw/", intake.new_family, name="family_new"),
    path("gezin/<uuid:case>/", family.overview, name="family"),
    path("gezin/<uuid:case>/waarom/", ground.state_ground, name="state_ground"),
    path("gezin/<uuid:case>/journaal/", family.journal, name="journal"),
    path("gezin/<uuid:case>/tijdlijn/", family.timeline_page, name="timeline"),
    path("gezin/<uuid:case>/afspraken/", meetings.meetings, name="meetings"),
    path("gezin/<uuid:case>/wie-keek/", family.looks, name="looks"),
    path("gezin/<uuid:case>/notitie/", notes.new_note, name="note_new"),
    path("gezin/<uuid:case>/afspraken/nieuw/", meetings.plan, name="meeting_new"),
    path("gezin/<uuid:case>/datums/nieuw/", family.new_clock, name="clock_new"),
    path("gezin/<uuid:case>/betrokkenen/", family.members, name="members"),
    path("gezin/<uuid:case>/rollen/", roles.roles, name="roles"),
    path("gezin/<uuid:case>/afsluiten/", family.close, name="family_close"),
    path("gezin/<uuid:case>/heropenen/", roles.reopen, name="family_reopen"),
    path("betrokkene/<uuid:adult>/weg/", family.member_gone, name="member_gone"),
    path("notitie/", notes.pick, name="note"),
    path("notitie/<uuid:note>/", notes.shown, name="note_shown"),
    path("notitie/<uuid:note>/veranderen/", notes.change, name="note_change"),
    path("afspraak/<uuid:meeting>/", meetings.meeting_page, name="meeting"),
    path("afspraak/<uuid:meeting>/veranderen/", meetings.change, name="meeting_change"),
    path("afspraak/<uuid:meeting>/verslag/", meetings.hold, name="meeting_hold"),
    path("afspraak/<uuid:meeting>/afzeggen/", meetings.cancel, name="meeting_cancel"),
    path("datum/<uuid:clock>/", family.clock_page, name="clock"),
    path("datum/<uuid:clock>/gedaan/", family.clock_met, name="clock_meet"),
    path("overdracht/<uuid:handover>/", roles.handover_page, name="handover"),
    path("zoeken/", search.search_page, name="search"),
    path("team/", team.team_page, name="team"),
    path("team/<uuid:team>/vervanging/", team.cover_page, name="cover"),
    path("vervanging/<uuid:cover>/stoppen/", team.cover_ended, name="cover_end"),
    path("team/<uuid:team>/verplaatsen/", team.move_page, name="move"),
    path("verplaatsing/<uuid:move>/", team.move_decision, name="move_decide"),
]
