"""Small questions about worries and referrals."""

from typing import Any

from rondom.core import clock
from rondom.entry.enums import Channel, ReferrerKind, ReporterKind
from rondom.entry.models import Concern, Referral
from rondom.entry.ways import REFERRERS, REPORTERS
from rondom.law.engine import Answer
from rondom.law.procedure import ApplicationFacts, DecisionTerm, ReferralFacts, decision_term, referral_is_valid
from rondom.reference import queries as reference

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
    """Return what whoever asked, reported or referred may hear about what follows (practice 16)."""
    return (REPORTERS.get(kind) or REFERRERS[kind]).hears


def validity_of(row: Referral) -> Answer[bool] | None:
    """Return what the law room says about a doctor's referral with the days that are known, else None.

    None for the court and a certified institution: their decisions have terms of their own. The number of months is a
    norm of the municipality on the day of the referral; without one the answer asks for it (REF-06).
    """
    if row.kind not in ReferrerKind.doctors() or row.referred_on is None or row.registered_on is None:
        return None
    numbers = reference.for_law(row.referred_on, reference.scopes_of(row.municipality, on=row.referred_on))
    days = ReferralFacts(referred_on=row.referred_on, registered_on=row.registered_on, crisis=row.crisis)
    return referral_is_valid(days, numbers)


def reads_as_application(concern: Concern) -> Answer[DecisionTerm] | None:
    """Return until when must be decided when a written question of the family can be read as an application, else None.

    Any written request that can be read as one is an application; the term runs from receipt, form or no form (Awb 1:3,
    4:1; practice 5). A person decides whether it is one; this only says what follows.
    """
    if concern.reporter_kind not in ReporterKind.family() or concern.channel not in Channel.written():
        return None
    return decision_term(ApplicationFacts(received_on=clock.today(concern.received_at)))
