"""The room `entry`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntryConfig(AppConfig):
    """Registers the room: its places in the navigation, its numbers, its night work, its part of the timeline."""

    name = "rondom.entry"
    label = "entry"

    def ready(self) -> None:
        """Give what others need from here."""
        import datetime as dt

        from rondom.accounts.enums import Role
        from rondom.accounts.start import START_PAGES
        from rondom.core import schedule
        from rondom.core.navigation import NavItem, navigation
        from rondom.entry import (  # noqa: F401 - they register on import
            actions,
            boxes,
            destroying,
            parameters,
            receivers,
            relatives,
        )
        from rondom.entry import timeline as entries  # noqa: F401 - registers on import
        from rondom.entry.views import concerns  # noqa: F401 - its form keeps drafts

        parameters.register()
        leads, desk = frozenset({Role.TEAM_LEAD, Role.PROCESS_COORDINATOR}), frozenset({Role.FRONT_OFFICE})
        START_PAGES.register(Role.FRONT_OFFICE, "entry:contact_desk")
        navigation.register("contact desk", NavItem(_("Contact desk"), "entry:contact_desk", roles=desk, order=10))
        navigation.register("concerns", NavItem(_("Worries"), "entry:concerns", roles=leads | desk, order=25))
        navigation.register(
            "concern",
            NavItem(
                _("Write a question or worry down"), "entry:new", roles=leads | desk | {Role.CASE_WORKER}, order=26
            ),
        )
        back_office = frozenset({Role.BACK_OFFICE})
        navigation.register(
            "registrations", NavItem(_("Registrations"), "entry:registrations", roles=back_office, order=27)
        )
        navigation.register(
            "partners", NavItem(_("Practices and schools"), "entry:partners", roles=leads | back_office, order=70)
        )
        schedule.nightly("entry.expire", dt.time(1, 15), actions.expire)
