"""The room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room under the label `accounts`, its start page and navigation, and how staff are called."""

    name = "rondom.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rondom.accounts import receivers  # noqa: F401 - connects them
        from rondom.accounts.enums import Role
        from rondom.accounts.queries import staff_names
        from rondom.accounts.rotating import rewrite_second_factors
        from rondom.accounts.start import START_PAGES
        from rondom.core import navigation
        from rondom.core.rotation import hoards

        hoards.register("second factors", rewrite_second_factors)
        administrator = frozenset({Role.FUNCTIONAL_ADMINISTRATOR.value})
        navigation.names.register("staff", lambda by: staff_names({by.key}).get(by.key, ""))
        START_PAGES.register(Role.FUNCTIONAL_ADMINISTRATOR, "administration:start")
        for name, label, order in (
            ("administration:start", _("Start"), 10),
            ("administration:staff", _("Staff"), 20),
            ("administration:organisations", _("Organisations and teams"), 30),
        ):
            item = navigation.NavItem(label, name, roles=administrator, order=order)
            navigation.navigation.register(name, item)
        both = frozenset({Role.FUNCTIONAL_ADMINISTRATOR.value, Role.TEAM_LEAD.value})
        item = navigation.NavItem(_("Who still needs what?"), "accounts:access", roles=both, order=60)
        navigation.navigation.register("accounts:access", item)
        navigation.footer.register("my-account", navigation.NavItem(_("My account"), "accounts:me", order=90))
