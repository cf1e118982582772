"""Every way in: who comes with what, what opens then, what is asked first, and what they hear. One table.

The pages ask this table, and docs/reference/ways-in.md is made from it. Sources are the items of practice, the articles
of the law, and the lines of the policy documents.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rondom.dossiers.enums import DossierGround
from rondom.entry.enums import GROUND_OF_REFERRER, ReferrerKind, ReporterKind


class Opens(models.TextChoices):
    """What comes into being when somebody comes this way (practice 3, 4)."""

    COUNT = "count", _("nothing about a person: advice is counted")
    CONTACT_RECORD = "contact_record", _("a contact record for triage; case and dossier when it is handed out")
    AT_ONCE = "at_once", _("case and dossier at once, without triage")
    REGISTRATION = "registration", _("a dossier that only registers, at once: no coordinator, no plan")


@dataclass(frozen=True)
class Way:
    """One way in.

    who      who comes; `comes` is with what
    opens    what comes into being; `ground` is written in the dossier that opens, if it is not the hand-out
    talked   somebody is asked whether they talked with the family first, or why not (D38)
    hears    what they may hear about what follows (practice 16)
    """

    who: Any
    comes: Any
    opens: Opens
    hears: Any
    source: str
    talked: bool = False
    ground: DossierGround = DossierGround.CASE


OWN, NEIGHBOUR, COLLEAGUE = (
    _("It is about them: they hear everything, and say who else may."),
    _("Only that it was received and picked up. More with consent of the parents or the young person."),
    _("That it was received and picked up, and who calls. More with consent of the parents or the young person."),
)
HANDED_OVER = _("Who took it over and when, as agreed at the handover.")
REFERRED = _("That it was received and which provider helps. How it goes: from the provider, or with consent.")
ORDERED = _("What is needed to carry out the measure: which help, by whom, from when.")
WORRY, QUESTION = _("a worry"), _("a question or worry of their own")


def _reporter(kind: ReporterKind) -> Way:
    if kind in ReporterKind.family():
        return Way(kind.label, QUESTION, Opens.CONTACT_RECORD, OWN, "Jw 2.3; practice 4, 5; D37")
    if kind == ReporterKind.VEILIG_THUIS:
        return Way(
            kind.label, _("a handover"), Opens.AT_ONCE, HANDED_OVER, "Wmo 2015 4.1.1; practice 4, 9",
            ground=DossierGround.VT_HANDOVER,
        )  # fmt: skip
    hears = NEIGHBOUR if kind in ReporterKind.no_professional() else COLLEAGUE
    return Way(kind.label, WORRY, Opens.CONTACT_RECORD, hears, "Jw 2.3; D38; practice 4, 16", talked=True)


def _referrer(kind: ReferrerKind) -> Way:
    doctor = kind in ReferrerKind.doctors()
    comes = _("a referral") if doctor else _("a care determination or an order")
    source = "Jw 2.6 lid 1 g; practice 3, 7" if doctor else "Jw 3.5; Jw 2.4 lid 2; practice 3, 4, 6"
    return Way(
        kind.label, comes, Opens.REGISTRATION, REFERRED if doctor else ORDERED, source, ground=GROUND_OF_REFERRER[kind]
    )


ADVICE = Way(
    _("anybody"), _("a question that is answered at once"), Opens.COUNT, _("The answer."), "Jw 2.3; practice 4; D37"
)
NAMELESS = Way(
    _("anybody, with the web form without a name"), _("a question"), Opens.COUNT,
    _("The answer, with the code of the question."), "AVG 5 lid 1 c; practice 4",
)  # fmt: skip
REPORTERS: dict[str, Way] = {kind.value: _reporter(kind) for kind in ReporterKind}
REFERRERS: dict[str, Way] = {kind.value: _referrer(kind) for kind in ReferrerKind}


def every_way() -> list[Way]:
    """Return all ways in, in the order in which they are printed."""
    return [ADVICE, NAMELESS, *REPORTERS.values(), *REFERRERS.values()]
