"""States of a publication."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationState(models.TextChoices):
    """Where a publication stands; moved by `actions.propose`, `.publish`, `.decline`, `.call_off`."""

    PROPOSED = "proposed", _("waits for a second person")
    PUBLISHED = "published", _("published")
    DECLINED = "declined", _("declined")
    CALLED_OFF = "called_off", _("called off")
