"""Small questions about worries."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.core import clock
from rondom.entry.enums import Channel, ReporterKind
from rondom.entry.models import Concern
from rondom.law.engine import Answer
from rondom.law.procedure import ApplicationFacts, DecisionTerm, decision_term

PREFIXES = frozenset({"van", "de", "der", "den", "het", "'t", "ter", "ten", "te", "el", "al", "in", "op", "von", "du"})


def split_name(name: str) -> tuple[str, str, str]:
    """Return (called, prefix, family name) of a name as it was told: "Fenna van der Wal" -> Fenna, van der, Wal.

    One word is a first name. Words between the first one and the family name that are no known prefix belong to the
    family name ("Maria Lopez Garcia"); who hands out sees the result and can correct it.
    """
    words = name.split()
    if len(words) < 2:
        return name.strip(), "", ""
    called, rest = words[0], words[1:]
    prefix = []
    while len(rest) > 1 and rest[0].lower() in PREFIXES:
        prefix.append(rest.pop(0).lower())
    return called, " ".join(prefix), " ".join(rest)


def may_hear(kind: str) -> Any:
    """Return what whoever asked or reported may hear about what follows (practice 16)."""
    if kind in ReporterKind.family():
        return _("It is about them: they hear everything, and say who else may.")
    if kind in ReporterKind.no_professional():
        return _("Only that it was received and picked up. More with consent of the parents or the young person.")
    return _("That it was received and picked up, and who calls. More with consent of the parents or the young person.")


def reads_as_application(concern: Concern) -> Answer[DecisionTerm] | None:
    """Return until when must be decided when a written question of the family can be read as an application, else None.

    Any written request that can be read as one is an application; the term runs from receipt, form or no form (Awb 1:3,
    4:1; practice 5). A person decides whether it is one; this only says what follows.
    """
    if concern.reporter_kind not in ReporterKind.family() or concern.channel != Channel.MAIL:
        return None
    return decision_term(ApplicationFacts(received_on=clock.today(concern.received_at)))
