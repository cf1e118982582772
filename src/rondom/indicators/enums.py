"""Where an import of published figures stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Moved by `actions.begin`, `.store` and `.discard` only. Figures count from the moment it is stored."""

    STAGING = "staging", _("being read")
    STORED = "stored", _("stored")
    DISCARDED = "discarded", _("not stored")
