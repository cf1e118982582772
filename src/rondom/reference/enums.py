"""Kinds of area and states of a proposed change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """The levels between a street and the country; each kind is also the key of its code list."""

    DISTRICT = "district", _("district")
    MUNICIPALITY = "municipality", _("municipality")
    YOUTH_REGION = "youth_region", _("youth region")
    PROVINCE = "province", _("province")


class ChangeState(models.TextChoices):
    """Where a proposed change of a parameter stands; moved by `actions.propose`, `.approve`, `.decline`, `.retract`."""

    PROPOSED = "proposed", _("waits for a second person")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    RETRACTED = "retracted", _("withdrawn by the proposer")
