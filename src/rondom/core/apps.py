"""The room `core`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Guards audit records and the kind of installation in the database, schedules core's jobs, compiles catalogues."""

    name = "rondom.core"
    label = "core"

    def ready(self) -> None:
        from rondom.core import guards, jobs, navigation
        from rondom.core.models import GUARDED, Installation
        from rondom.core.translations import compile_if_needed

        compile_if_needed()
        navigation.footer.register("shortcuts", navigation.NavItem(_("Keyboard shortcuts"), "shell:shortcuts"))
        for model in GUARDED:
            guards.guard(model)
        guards.guard(Installation, may_change=("data_version",), when="NEW.data_version >= OLD.data_version")
        post_migrate.connect(guards.install_after_migrate, sender=self)
        jobs.register()
