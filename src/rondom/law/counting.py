"""Counting: unique clients as Drenthe prints it (requirements DR51, DR52; scenario S09).

Several claims in one form of help count as one; in several forms only the heaviest counts. Three printed exclusions are
counted apart, with their code; the total is counted plus excluded.
"""

import dataclasses
import datetime as dt
import enum

from rondom.law import words
from rondom.law.engine import Answer, Reasoning, fact, rule


class Form(enum.StrEnum):
    """Forms of help of the Drenthe count, heaviest first."""

    RESIDENTIAL = "residentieel"
    DAY = "daghulp"
    AMBULATORY = "ambulant"
    FOSTER = "pleegzorg"


class Exclusion(enum.StrEnum):
    """Printed reasons not to count a client (DR52)."""

    WANTS_TO_WAIT = "wants_to_wait_over_9_weeks"
    IN_CARE_ELSEWHERE = "in_care_elsewhere"
    THROUGH_LWI = "registered_through_lwi"


@dataclasses.dataclass(frozen=True)
class Claim:
    """One claim of a client in a form of help; the exclusion, if one holds for it."""

    client: str
    form: Form
    exclusion: Exclusion | None = None


@dataclasses.dataclass(frozen=True)
class CountFacts:
    """The claims of a list on a day."""

    on: dt.date | None = fact("de dag van de telling")
    claims: tuple[Claim, ...] | None = fact("de aanspraken: cliënt, zorgvorm en eventueel waarom die niet telt")
    with_exclusions: bool = fact("of de drie uitzonderingen worden toegepast", default=True)


@dataclasses.dataclass(frozen=True)
class Counted:
    """What was counted for one client, and as what."""

    client: str
    form: Form
    exclusion: Exclusion | None


@dataclasses.dataclass(frozen=True)
class UniqueClients:
    """Unique clients, by form, the excluded by code, and the rule applied to each client."""

    unique: int
    by_form: dict[str, int]
    excluded: dict[str, int]
    total: int
    clients: tuple[Counted, ...]


@rule(title="Unieke cliënten (Drenthe)", ids=("DR51", "DR52"), day="on", valid_from=dt.date(2013, 1, 1))
def unique_clients(why: Reasoning[CountFacts]) -> Answer[UniqueClients]:
    """Return unique clients by their heaviest form; a client is excluded when every claim of theirs is."""
    facts = why.facts
    why.need("on", "claims")
    why.rests_on("DR51", "DR52")
    per_client: dict[str, list[Claim]] = {}
    for claim in facts.claims:
        per_client.setdefault(claim.client, []).append(claim)
    clients = tuple(_count(name, claims, apply=facts.with_exclusions) for name, claims in sorted(per_client.items()))
    counted = [c for c in clients if c.exclusion is None]
    by_form = {form.value: sum(c.form is form for c in counted) for form in Form}
    codes = [c.exclusion for c in clients if c.exclusion]
    excluded = {code.value: codes.count(code) for code in Exclusion if code in codes}
    counted_words = words.count(len(counted), "unieke cliënt", "unieke cliënten")
    why.say(f"{counted_words}: per cliënt telt alleen de zwaarste zorgvorm. Niet geteld: {len(codes)}.")
    return why.answer(UniqueClients(len(counted), by_form, excluded, len(clients), clients))


def _count(client: str, claims: list[Claim], *, apply: bool) -> Counted:
    weight = list(Form).index
    standing = [claim for claim in claims if not (apply and claim.exclusion)]
    heaviest = min(standing or claims, key=lambda claim: weight(claim.form))
    return Counted(client, heaviest.form, None if standing else heaviest.exclusion)
