"""When an assessment is made, how a child was met, and how it ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """Why safety is assessed (D34: at the start, at each evaluation, at a signal)."""

    START = "start", _("the start of our work")
    EVALUATION = "evaluation", _("looking back at the plan")
    SIGNAL = "signal", _("a signal")
    AGAIN = "again", _("looking again, as agreed")


class Met(models.TextChoices):
    """Whether the child itself was seen or spoken."""

    ALONE = "alone", _("spoken, without others there")
    WITH_OTHERS = "with_others", _("spoken, with others there")
    SEEN = "seen", _("seen, not spoken (too young, or did not want to)")
    NOT = "not", _("not seen")


class Outcome(models.TextChoices):
    """How safe a child is, as somebody judged it."""

    SAFE = "safe", _("safe enough")
    CONDITIONS = "conditions", _("safe only with agreements")
    UNSAFE = "unsafe", _("unsafe now")
    UNKNOWN = "unknown", _("not yet known")

    @classmethod
    def risks(cls) -> frozenset[str]:
        """Outcomes with which a case does not close."""
        return frozenset({cls.CONDITIONS, cls.UNSAFE})


class Risk(models.TextChoices):
    """What the badge of a family says, gravest first; follows from the last outcome and the agreements."""

    UNSAFE = "unsafe", _("Unsafe now")
    BROKEN = "broken", _("An agreement about safety was broken")
    CONDITIONS = "conditions", _("Safe only with agreements")
    UNKNOWN = "unknown", _("Safety not yet known")


class ConditionState(models.TextChoices):
    """An agreement about safety runs, was broken, or ended."""

    RUNNING = "running", _("runs")
    BROKEN = "broken", _("broken")
    ENDED = "ended", _("ended")


class Outside(models.TextChoices):
    """Where sight on safety can lie outside our organisation."""

    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis, after a report")
    CERTIFIED = "certified", _("a certified institution, by a measure of the court")
