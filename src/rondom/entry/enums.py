"""Ways in, who reports, and where a worry stands."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.dossiers.enums import DossierGround


class Channel(models.TextChoices):
    """How a worry or question reached us."""

    PHONE = "phone", _("by phone")
    MAIL = "mail", _("by e-mail")
    POST = "post", _("by letter")
    WEB = "web", _("with the web form")
    OFFICE = "office", _("at the office")
    MEETING = "meeting", _("in a meeting")

    @classmethod
    def written(cls) -> frozenset[str]:
        """Ways that are a request in writing: such a question can be an application (Awb 1:3)."""
        return frozenset({cls.MAIL, cls.POST, cls.WEB})


class AnswerWay(models.TextChoices):
    """How somebody who asked wants the answer, and how it was given."""

    PHONE = "phone", _("by phone")
    MAIL = "mail", _("by e-mail")
    POST = "post", _("by letter")
    OFFICE = "office", _("in a talk")
    PAGE = "page", _("on their own page, after signing in")

    @classmethod
    def to_ask(cls) -> list[tuple[str, Any]]:
        """What somebody who does not sign in can choose."""
        return [(way.value, way.label) for way in (cls.PHONE, cls.MAIL)]

    @classmethod
    def to_give(cls) -> list[tuple[str, Any]]:
        """How a colleague can have given the answer; a page needs no colleague."""
        return [(way.value, way.label) for way in cls if way != cls.PAGE]


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
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis, that hands over")
    GI = "gi", _("certified institution")
    OTHER = "other", _("another professional")

    @classmethod
    def family(cls) -> frozenset[str]:
        """Whoever asks for the own family: a talk with them is this very talk."""
        return frozenset({cls.PARENT, cls.YOUTH})

    @classmethod
    def no_professional(cls) -> frozenset[str]:
        """Whoever hears that it was received and picked up, and no more without consent (practice 16)."""
        return frozenset({cls.NEIGHBOUR})

    @classmethod
    def without_talk(cls) -> frozenset[str]:
        """Whoever is not asked whether they talked with the family: the family itself, and who investigated already."""
        return cls.family() | {cls.VEILIG_THUIS}

    @classmethod
    def professional(cls) -> list["ReporterKind"]:
        """Who can use the form for professionals; Veilig Thuis and the certified institution call."""
        others = cls.family() | cls.no_professional() | {cls.VEILIG_THUIS, cls.GI}
        return [kind for kind in cls if kind not in others]


class ReferrerKind(models.TextChoices):
    """Who opens help without our triage; the values are the words of the law room (Jw 2.6 lid 1 g; 3.5; 2.4)."""

    GP = "gp", _("general practitioner")
    YOUTH_DOCTOR = "youth_doctor", _("youth doctor")
    SPECIALIST = "specialist", _("medical specialist")
    CERTIFIED_INSTITUTION = "certified_institution", _("certified institution")
    JUDGE = "judge", _("court")

    @classmethod
    def doctors(cls) -> frozenset[str]:
        """Whose referral has a term within which the family registers at a provider (REF-06)."""
        return frozenset({cls.GP, cls.YOUTH_DOCTOR, cls.SPECIALIST})


GROUND_OF_REFERRER = {
    ReferrerKind.GP: DossierGround.MEDICAL, ReferrerKind.YOUTH_DOCTOR: DossierGround.MEDICAL,
    ReferrerKind.SPECIALIST: DossierGround.MEDICAL, ReferrerKind.JUDGE: DossierGround.COURT,
    ReferrerKind.CERTIFIED_INSTITUTION: DossierGround.GI_DETERMINATION,
}  # fmt: skip


class PartnerKind(models.TextChoices):
    """A place that refers or reports, with a contact person of ours."""

    GENERAL_PRACTICE = "general_practice", _("general practice")
    YOUTH_HEALTH = "youth_health", _("youth health care (JGZ)")
    HOSPITAL = "hospital", _("hospital or specialist")
    SCHOOL = "school", _("school")
    CHILDCARE = "childcare", _("child care or playgroup")
    OTHER = "other", _("another organisation")


class QuestionState(models.TextChoices):
    """A question without a name waits, or was answered."""

    WAITING = "waiting", _("waits for an answer")
    ANSWERED = "answered", _("answered")


class ReferralEnd(models.TextChoices):
    """Why a registered referral ended."""

    HELP_ENDED = "help_ended", _("the help has ended")
    NOT_BEGUN = "not_begun", _("the help never began")
    MOVED = "moved", _("another municipality is responsible now")
    TAKEN_BACK = "taken_back", _("who referred took it back")
    MISTAKE = "mistake", _("registered by mistake")


class AskerKind(models.TextChoices):
    """Who asked for advice; counted, never named."""

    PARENT = "parent", _("parent or carer")
    YOUTH = "youth", _("young person")
    PROFESSIONAL = "professional", _("professional")
    OTHER = "other", _("somebody else")
    NAMELESS = "nameless", _("somebody who gave no name")


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
