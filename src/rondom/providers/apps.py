"""The room `providers`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    """Registers the room under the label `providers`."""

    name = "rondom.providers"
    label = "providers"

    def ready(self) -> None:
        """Put the list of providers in the navigation of the back office."""
        from rondom.core.navigation import NavItem, navigation

        navigation.register(
            "providers", NavItem(_("Providers"), "providers:index", roles=frozenset({"back_office"}), order=40)
        )
