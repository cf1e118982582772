"""The room `aids`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AidsConfig(AppConfig):
    """Registers the room under the label `aids`, and its entry in the navigation for who publishes."""

    name = "rondom.aids"
    label = "aids"

    def ready(self) -> None:
        from rondom.aids.rules import SECOND_PERSONS
        from rondom.core.navigation import NavItem, navigation

        who = frozenset(role.value for role in SECOND_PERSONS)
        navigation.register("aids", NavItem(_("Decision aids"), "aids:aids", roles=who, order=85))
