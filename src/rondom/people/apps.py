"""The room `people`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Registers the room under the label `people`."""

    name = "rondom.people"
    label = "people"

    def ready(self) -> None:
        """Take part in key rotation and sign-in; give the data steward a first page and an entry in the navigation."""
        import datetime as dt

        from rondom.accounts.oidc import find_person
        from rondom.accounts.start import START_PAGES
        from rondom.core import schedule
        from rondom.core.navigation import NavItem, navigation
        from rondom.people import destroying, relatives, rotating  # noqa: F401 - the first registers on import
        from rondom.people.residents import person_of_bsn

        rotating.register()
        schedule.nightly("people.look_again_for_relatives", dt.time(0, 40), relatives.look_again)
        find_person.register("people", person_of_bsn)
        START_PAGES.register("data_steward", "people:doubles")
        navigation.register(
            "doubles", NavItem(_("Possible doubles"), "people:doubles", roles=frozenset({"data_steward"}), order=45)
        )
