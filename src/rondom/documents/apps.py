"""The room `documents`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Registers the room under the label `documents`, with its receivers and forms that keep drafts."""

    name = "rondom.documents"
    label = "documents"

    def ready(self) -> None:
        """Connect what the room answers to."""
        from rondom.core.rotation import hoards
        from rondom.documents import (  # noqa: F401 - register and connect on import
            checks,
            destroying,
            jobs,
            receivers,
            store,
        )
        from rondom.documents import timeline as entries  # noqa: F401 - registers on import
        from rondom.documents.forms import register_drafts
        from rondom.dossiers.frame import FamilyTab, family_tabs

        register_drafts()
        family_tabs.register("documents", FamilyTab(_("Documents"), "documents:list", 45))
        jobs.register()
        hoards.register("documents", store.rewrite_older)
