"""The room `indicators`."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the room under the label `indicators` and makes its parameters known."""

    name = "rondom.indicators"
    label = "indicators"

    def ready(self) -> None:
        import datetime as dt

        from django.utils.translation import gettext_lazy as _

        from rondom.accounts.enums import Role
        from rondom.accounts.start import START_PAGES
        from rondom.core import schedule
        from rondom.core.navigation import NavItem, navigation
        from rondom.core.principals import machine
        from rondom.indicators import care_measures, crisis_measures, known, snapshot, unique_clients
        from rondom.privacy.destruction import copies

        known.register()
        who = frozenset({Role.POLICY_MAKER, Role.TEAM_LEAD, Role.PROCESS_COORDINATOR})
        navigation.register("figures", NavItem(_("Figures"), "indicators:start", roles=who, order=60))
        START_PAGES.register(Role.POLICY_MAKER, "indicators:start")
        crisis_measures.register()
        care_measures.register()
        unique_clients.register()
        copies.register("indicators.snapshot", snapshot.forget)
        if snapshot.available():
            nightly = machine("scheduler:facts")
            schedule.nightly(
                "indicators.snapshot", dt.time(3, 45), lambda *, at: snapshot.make(by=nightly, at=at, whole=True)
            )
