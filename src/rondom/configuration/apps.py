"""The room `configuration`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigurationConfig(AppConfig):
    """Registers the room under the label `configuration` and its entry in the navigation."""

    name = "rondom.configuration"
    label = "configuration"

    def ready(self) -> None:
        from rondom.accounts.enums import Role
        from rondom.core.navigation import NavItem, navigation

        who = frozenset({Role.FUNCTIONAL_ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.PROCESS_COORDINATOR})
        navigation.register("configuration", NavItem(_("Set-up"), "configuration:home", roles=who, order=80))
