"""The room `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the room under the label `portal`, the start page of residents and how they are called."""

    name = "rondom.portal"
    label = "portal"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rondom.accounts.start import START_PAGES
        from rondom.core import navigation
        from rondom.dossiers.resident import name_of

        resident = frozenset({"resident"})
        START_PAGES.register("resident", "portal:home")
        navigation.names.register("resident", name_of)
        navigation.navigation.register(
            "portal:home", navigation.NavItem(_("My page"), "portal:home", kinds=resident, order=10)
        )
        navigation.navigation.register(
            "portal:kept", navigation.NavItem(_("What is kept about me"), "portal:kept", kinds=resident, order=20)
        )
