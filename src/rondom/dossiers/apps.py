"""The room `dossiers`."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Registers the room under the label `dossiers`."""

    name = "rondom.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        """Give what others need from here: keeping a posted text; whom somebody may see, through a dossier or case."""
        import datetime as dt

        from rondom.accounts.actions import held_work
        from rondom.core import schedule
        from rondom.core.rescue import RESCUERS
        from rondom.dossiers import (  # noqa: F401 - they connect
            destroying,
            inbox,
            jobs,
            lanes,
            merging,
            parameters,
            receivers,
            receivers_sight,
            residence,
            resident_sight,
            turned_away,
        )
        from rondom.dossiers.drafts import expire, keep_posted
        from rondom.dossiers.queries import persons_for
        from rondom.people.sight import scopes

        RESCUERS.register("drafts", keep_posted)
        jobs.register()
        parameters.register()
        scopes.register("dossiers", persons_for)
        held_work.register("dossiers", receivers.held)
        schedule.every("dossiers.expire_drafts", dt.timedelta(hours=1), expire)
        schedule.nightly("dossiers.residence", dt.time(2, 15), residence.ask_for_all)
        schedule.nightly("dossiers.resident_sight", dt.time(0, 1), resident_sight.recompute)
