"""States of a plan and its goals, who does what, and how an evaluation ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """A plan is a concept, agreed, or ended."""

    CONCEPT = "concept", _("concept")
    AGREED = "agreed", _("agreed")
    ENDED = "ended", _("ended")

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which the plan can still change."""
        return frozenset({cls.CONCEPT, cls.AGREED})


class GoalState(models.TextChoices):
    """How far a goal is; said at an evaluation."""

    OPEN = "open", _("we work on it")
    REACHED = "reached", _("reached")
    PARTLY = "partly", _("partly reached")
    LEFT = "left", _("not any more")


class Doer(models.TextChoices):
    """Whose share a line of the plan is (D35: parents, social network, providers)."""

    FAMILY = "family", _("the family itself")
    NETWORK = "network", _("somebody around the family")
    TEAM = "team", _("our team")
    PROVIDER = "provider", _("a provider or another professional")


class Answer(models.TextChoices):
    """The answer to a question of an evaluation."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class Outcome(models.TextChoices):
    """How an evaluation ends (D50): one of these, always."""

    OUT = "out", _("the family goes on alone")
    DOWN = "down", _("less help")
    CONTINUE = "continue", _("go on like this")
    ADAPT = "adapt", _("change the plan")
    UP = "up", _("more help, or another team beside us")
    STRUCTURAL = "structural", _("support that stays, looked at again on a date")


class Gap(models.TextChoices):
    """What a plan still lacks before it can be agreed."""

    GOAL = "goal", _("a goal")
    LINE = "line", _("who does what for each goal")
    NETWORK = "network", _("what people around the family do")
    FIRST_EVALUATION = "first_evaluation", _("the date of the first evaluation")
