"""The room `portal`."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the room under the label `portal`, the start page of residents and how they are called."""

    name = "rondom.portal"
    label = "portal"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rondom.accounts.queries import provider_worker, referrer
        from rondom.accounts.start import START_PAGES
        from rondom.core import navigation
        from rondom.dossiers.resident import name_of
        from rondom.portal import own, place  # noqa: F401 - their forms keep drafts

        resident, asking, referring = frozenset({"resident"}), frozenset({"resident", "asker"}), frozenset({"referrer"})
        giving = frozenset({"provider"})
        START_PAGES.register("provider", "provider:home")
        navigation.names.register("provider", lambda by: provider_worker(by).name)
        START_PAGES.register("asker", "public:own")
        START_PAGES.register("referrer", "place:home")
        navigation.names.register("referrer", lambda by: referrer(by).name)
        for name, label, kinds, order in (
            ("public:own", _("My questions"), asking, 15),
            ("place:home", _("My place"), referring, 10),
            ("place:share", _("Share a worry"), referring, 20),
            ("provider:home", _("Our orders"), giving, 10),
            ("provider:ask", _("Ask for an order"), giving, 20),
            ("provider:messages", _("Messages"), giving, 30),
        ):
            navigation.navigation.register(name, navigation.NavItem(label, name, kinds=kinds, order=order))
        START_PAGES.register("resident", "portal:home")
        navigation.names.register("resident", name_of)
        navigation.navigation.register(
            "portal:home", navigation.NavItem(_("My page"), "portal:home", kinds=resident, order=10)
        )
        navigation.navigation.register(
            "portal:kept", navigation.NavItem(_("What is kept about me"), "portal:kept", kinds=resident, order=20)
        )
