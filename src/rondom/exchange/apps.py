"""The room `exchange`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Registers the room: its work on the schedule, its contents in the store, its list in the navigation."""

    name = "rondom.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Give what others need from here."""
        from rondom.accounts.enums import Role
        from rondom.core.navigation import NavItem, navigation
        from rondom.documents import store
        from rondom.exchange import (  # noqa: F401 - they register on import
            blocks,
            checks,
            delivering,
            destroying,
            ordering,
            post,
            queries,
            requests,
        )

        delivering.listen()
        ordering.listen()
        requests.listen()
        post.register()
        store.OWNERS.register("exchange", queries.blobs)
        roles = frozenset({Role.BACK_OFFICE})
        navigation.register("messages", NavItem(_("Messages"), "exchange:messages", roles=roles, order=20))
        navigation.register("requests", NavItem(_("Requests"), "exchange:requests", roles=roles, order=19))
