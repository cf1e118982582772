"""Ways in, who reports, and where a worry stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a worry or question reached us."""

    PHONE = "phone", _("by phone")
    MAIL = "mail", _("by e-mail or letter")
    OFFICE = "office", _("at the office")
    MEETING = "meeting", _("in a meeting")


class ReporterKind(models.TextChoices):
    """Who asks or reports (D38, DR141). Points to who reported: class `source`."""

    PARENT = "parent", _("a parent or carer of the child")
    YOUTH = "youth", _("the young person")
    NEIGHBOUR = "neighbour", _("a neighbour, relative or friend")
    SCHOOL = "school", _("school")
    CHILDCARE = "childcare", _("child care or playgroup")
    YOUTH_HEALTH = "youth_health", _("youth health care (JGZ)")
    GENERAL_PRACTICE = "general_practice", _("general practice")
    YOUTH_WORK = "youth_work", _("youth work or sports club")
    HOUSING = "housing", _("housing association")
    HOSPITAL = "hospital", _("hospital or specialist")
    POLICE = "police", _("police")
    OTHER = "other", _("another professional")

    @classmethod
    def family(cls) -> frozenset[str]:
        """Whoever asks for the own family: a talk with them is this very talk."""
        return frozenset({cls.PARENT, cls.YOUTH})

    @classmethod
    def no_professional(cls) -> frozenset[str]:
        """Whoever hears that it was received and picked up, and no more without consent (practice 16)."""
        return frozenset({cls.NEIGHBOUR})


class AskerKind(models.TextChoices):
    """Who asked for advice; counted, never named."""

    PARENT = "parent", _("parent or carer")
    YOUTH = "youth", _("young person")
    PROFESSIONAL = "professional", _("professional")
    OTHER = "other", _("somebody else")


class ConcernState(models.TextChoices):
    """A worry waits for triage, went to a team, or ended with advice."""

    WAITING = "waiting", _("waits for triage")
    HANDED_OUT = "handed_out", _("with a team")
    ADVISED = "advised", _("ended with advice")


class Part(models.TextChoices):
    """What somebody is in a worry."""

    CHILD = "child", _("child")
    ADULT = "adult", _("adult")


class Kind(models.TextChoices):
    """What triage finds (D26-D28); used when no decision aid is in force."""

    SINGLE = "single", _("single: one form of help is enough")
    MULTIPLE = "multiple", _("multiple: more questions or more forms of help")
    MULTIPROBLEM = "multiproblem", _("multiproblem: persistent problems on several domains")


class Route(models.TextChoices):
    """The way that follows from it (D42); used when no decision aid is in force."""

    PROVIDER = "provider", _("straight to a provider")
    SUPPORT_TEAM = "support_team", _("to the local team")
    HELP_TEAM = "help_team", _("to the help team")


ROUTE_OF = {Kind.SINGLE: Route.PROVIDER, Kind.MULTIPLE: Route.SUPPORT_TEAM, Kind.MULTIPROBLEM: Route.HELP_TEAM}
"""D42: after advice the route follows from the kind."""

ASKER_OF = {
    ReporterKind.PARENT: AskerKind.PARENT, ReporterKind.YOUTH: AskerKind.YOUTH, ReporterKind.NEIGHBOUR: AskerKind.OTHER,
}  # fmt: skip
"""As whom an advice is counted; everybody else is a professional."""

CHOICE_OF: dict[str, object] = {
    Kind.SINGLE: _("The family chooses the provider. We look on lightly."),
    Kind.MULTIPLE: _("The family chooses who helps. We look on together, more closely when it is vulnerable."),
    Kind.MULTIPROBLEM: _("The family has a say in which professional comes. We stay close."),
}
"""D74: how much choice, and how much interference."""
