"""Forms of crisis help, and where an import stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """What was given; the value is the word in the file (table 1 of Zorglandschap Jeugd Flevoland 2016/17)."""

    AMBULATORY = "ambulant", _("ambulatory")
    BED = "crisisbed", _("crisis bed")
    FOSTER = "pleegzorg", _("foster care")
    NONE = "geen", _("none")


STAYS = frozenset({Form.BED.value, Form.FOSTER.value})


class ImportState(models.TextChoices):
    """Moved by `actions.begin`, `.store` and `.discard` only. Lines count from the moment it is stored."""

    STAGING = "staging", _("being read")
    STORED = "stored", _("stored")
    DISCARDED = "discarded", _("not stored")
