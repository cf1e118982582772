"""Kinds and states of dossier, role, note, meeting and clock."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class DossierKind(models.TextChoices):
    """A full dossier, or one that only registers help through another route (practice 3)."""

    FULL = "full", _("dossier")
    REGISTRATION_ONLY = "registration_only", _("registration only")


class DossierGround(models.TextChoices):
    """Why the dossier was opened (practice 4)."""

    CASE = "case", _("handed out to a worker")
    VT_HANDOVER = "vt_handover", _("handover by Veilig Thuis")
    GI_DETERMINATION = "gi_determination", _("care determination by a certified institution")
    COURT = "court", _("court order")
    MEDICAL = "medical", _("medical referral")


class CaseRoleKind(models.TextChoices):
    """The four dated roles people call "regie" (practice 9), and process coordination, which is asked for (N54)."""

    COORDINATION = "coordination", _("case coordination")
    SIGHT_ON_SAFETY = "sight_on_safety", _("sight on safety")
    CONTACT = "contact", _("contact person")
    TREATMENT_LEAD = "treatment_lead", _("treatment lead at the provider")
    PROCESS = "process", _("process coordination")

    @classmethod
    def to_give(cls) -> list[tuple[str, Any]]:
        """The roles that are given as such; process coordination comes with a request that is accepted."""
        return [(kind.value, kind.label) for kind in cls if kind != cls.PROCESS]


class ProcessGround(models.TextChoices):
    """Why process coordination is asked (N54)."""

    STANDS_STILL = "stands_still", _("the help stands still")
    FAMILY = "family", _("the family or the young person does not cooperate enough")
    INSTITUTIONS = "institutions", _("organisations do not cooperate enough")
    CAPACITY = "capacity", _("we agree on what is needed, but nobody has room for it")
    CONSULT = "consult", _("only a consult: think along with us once")


class ProcessState(models.TextChoices):
    """A request waits for a process coordinator, was taken up or answered, ended; or nobody asked what was proposed."""

    ASKED = "asked", _("waits for a process coordinator")
    TAKEN_UP = "taken_up", _("process coordination runs")
    DECLINED = "declined", _("not needed, says the process coordinator")
    ENDED = "ended", _("ended")
    NOT_NOW = "not_now", _("proposed, not asked")

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which a second request makes no sense."""
        return frozenset({cls.ASKED, cls.TAKEN_UP})


class Channel(models.TextChoices):
    """How a contact took place."""

    PHONE = "phone", _("phone call")
    VISIT = "visit", _("home visit")
    OFFICE = "office", _("conversation at the office")
    VIDEO = "video", _("video call")
    MESSAGE = "message", _("message")
    CONSULT = "consult", _("consultation with a colleague or partner")


class ReadableBy(models.TextChoices):
    """Who may read a note besides those who work with the family."""

    FAMILY = "family", _("the family may read it")
    TEAM = "team", _("only those who work with the family")


class ClockState(models.TextChoices):
    """A clock runs, rests, was met, or stopped for a reason."""

    RUNNING = "running", _("running")
    SUSPENDED = "suspended", _("suspended")
    MET = "met", _("met")
    STOPPED = "stopped", _("stopped")

    @classmethod
    def open_states(cls) -> frozenset[str]:
        """States in which the clock still asks attention."""
        return frozenset({cls.RUNNING, cls.SUSPENDED})


class ClockKind(models.TextChoices):
    """Clocks this room starts itself; rooms above name their own."""

    CALL_BACK = "call_back", _("call back")
    AGREEMENT = "agreement", _("agreement")
    TAKE_OVER = "take_over", _("take over")


class MeetingGround(models.TextChoices):
    """Why somebody may take part in a meeting about a family; no ground, no seat (practice 13)."""

    CONCERNED = "concerned", _("it is about them or their child")
    WORKS_WITH = "works_with", _("works with this family and needs to know")
    NETWORK = "network", _("asked by the family itself")
    CONSENT = "consent", _("parents or the young person gave consent for this talk")
    SAFETY = "safety", _("needed to end danger to a child")
    LEGAL_TASK = "legal_task", _("has a task by law for this child (certified institution, Veilig Thuis)")


class InvitationAnswer(models.TextChoices):
    """What somebody who is invited answered; empty while it is not known."""

    COMES = "comes", _("comes")
    NOT = "not", _("does not come")


class Receiver(models.TextChoices):
    """Who would receive information about a young person; what each may get is in `law.consent.may_share`."""

    HELPER = "helper", _("somebody who takes part in the help")
    HOLDER = "holder", _("somebody who must agree to the help, such as a parent with authority")
    INSTITUTION = "institution", _("the certified institution of the supervision order")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    COLLEGE = "college", _("the back office of the municipality")
    DOMAIN = "domain", _("another part of the municipality: Wmo, income, debts")
    CARE_AND_SAFETY = "care_and_safety", _("a Care and Safety House")
    TABLE = "table", _("another consultation, such as a protection table or a school team")
    OTHER = "other", _("somebody else: school, doctor, club, neighbor")


class SharePurpose(models.TextChoices):
    """What information would be shared for."""

    HELP = "help", _("for the help to this young person")
    ORDER = "order", _("for a decision, an order or a payment")
    SAFETY = "safety", _("because of danger, or a suspicion of violence or neglect")
    OTHER = "other", _("for something else")


class ShareWhat(models.TextChoices):
    """Which information would be shared."""

    OUTLINE = "outline", _("only which help, how much, when and on which ground")
    CONTENT = "content", _("what the help is about: a report, a plan, a diagnosis, what somebody said")


class Lane(models.TextChoices):
    """The kinds of lanes in the picture of a family, from top to bottom."""

    HELP = "help", _("help")
    PLAN = "plan", _("plan")
    DECISION = "decision", _("decisions")
    SAFETY = "safety", _("safety")
    MEASURE = "measure", _("measures")
    PEOPLE = "people", _("who does what")
