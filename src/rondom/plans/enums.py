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
    GUARDIAN = "guardian", _("a plan guardian, because the parents cannot direct now")


class Goes(models.TextChoices):
    """How something goes, as somebody told it. Only what was told stands here."""

    WELL = "well", _("goes well")
    ATTENTION = "attention", _("needs attention")


class ScreeningOutcome(models.TextChoices):
    """What a second person found of a goal (N63)."""

    FINE = "fine", _("clear enough to order help for")
    NOT_SMART = "not_smart", _("not SMART yet: back to the family and the worker")


class SignatureState(models.TextChoices):
    """Where the answer of somebody who was asked to sign stands."""

    ASKED = "asked", _("asked")
    SIGNED = "signed", _("signed")
    DECLINED = "declined", _("does not sign")


class SignedBy(models.TextChoices):
    """How somebody answered."""

    PORTAL = "portal", _("signed in, on their own page")
    PAPER = "paper", _("on paper")


class WritingKind(models.TextChoices):
    """What somebody of the family writes at home for the plan."""

    GOING_WELL = "going_well", _("something that goes well")
    GOAL = "goal", _("something I want to reach")


class WritingState(models.TextChoices):
    """A text written at home is its writer's alone until shared; then it is in the plan, or left with an answer."""

    OWN = "own", _("only you see it")
    SHARED = "shared", _("shared")
    TAKEN = "taken", _("in the plan")
    LEFT = "left", _("talked about, not in the plan")


class Discipline(models.TextChoices):
    """Who can be asked for advice (N53, R35)."""

    BEHAVIOURAL = "behavioural", _("behavioural expert or orthopedagogue")
    PSYCHOLOGIST = "psychologist", _("psychologist")
    PSYCHIATRIST = "psychiatrist", _("child and adolescent psychiatrist")
    YOUTH_DOCTOR = "youth_doctor", _("youth doctor or nurse")
    DISABILITY = "disability", _("expert on mild intellectual disability")
    PROTECTION = "protection", _("certified institution (SAVE)")
    ATTENDANCE = "attendance", _("school attendance officer")
    VIOLENCE = "violence", _("expert on domestic violence and child abuse")
    OTHER = "other", _("another expert")
