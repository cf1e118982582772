"""The room `api`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Registers the room: its page in the navigation, its night work, who gives sight, and who sent a worry."""

    name = "rondom.api"
    label = "api"

    def ready(self) -> None:
        """Give what others need from here."""
        import datetime as dt

        from rondom.accounts.enums import Role
        from rondom.api import actions, destroying, queries, receivers  # noqa: F401 - they register on import
        from rondom.core import schedule
        from rondom.core.navigation import NavItem, navigation
        from rondom.entry.following import origins

        origins.register("api", queries.origin_of_concern)
        schedule.nightly("api.settle", dt.time(2, 10), actions.settle_all)
        who = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})
        navigation.register(
            "connections", NavItem(_("Connected systems"), "connections:connections", roles=who, order=40)
        )
