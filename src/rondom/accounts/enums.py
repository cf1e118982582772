"""Kinds of organisation and roles of staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """The controllers that live side by side in one installation (practice 11)."""

    LOCAL_TEAM = "local_team", _("local team organisation")
    BACK_OFFICE = "back_office", _("back office of the municipality")
    PURCHASE = "purchase", _("regional purchase organisation")
    CRISIS_DESK = "crisis_desk", _("crisis desk")
    POLICY = "policy", _("policy of the municipality")


class Role(models.TextChoices):
    """What a staff member may be; what each allows stands in `accounts.roles`."""

    CASE_WORKER = "case_worker", _("youth and family worker")
    TEAM_LEAD = "team_lead", _("team lead")
    PROCESS_COORDINATOR = "process_coordinator", _("process coordinator")
    FRONT_OFFICE = "front_office", _("front-office worker")
    BACK_OFFICE = "back_office", _("back office worker")
    JURIST = "jurist", _("jurist")
    DATA_STEWARD = "data_steward", _("data steward")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
    FUNCTIONAL_ADMINISTRATOR = "functional_administrator", _("functional administrator")
    POLICY_MAKER = "policy_maker", _("policy maker")
    CRISIS_DESK = "crisis_desk", _("crisis desk worker")


class AwardState(models.TextChoices):
    """A role that needs a second person waits, is confirmed, or is not given."""

    WAITING = "waiting", _("waits for a second person")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("not given")
