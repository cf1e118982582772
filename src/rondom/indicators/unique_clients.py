"""Unique clients as Drenthe counts them (DR50-DR52, DR62): the count in the facts, and the rule said per client.

The figure is asked of the facts like any other. Per client the rule of `law` is applied to the same orders and says
which order counts, or why none does; a test holds the two together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.indicators.declared import (
    YOUTH,
    Grouping,
    Indicator,
    Made,
    When,
    declare,
    declare_groupings,
)  # fmt: skip
from rondom.indicators.measuring import behind
from rondom.indicators.periods import Period
from rondom.law.counting import Claim, CountFacts, Exclusion, Form, unique_clients

FORM_OF = {
    "01": Form.AMBULATORY, "02": Form.AMBULATORY, "04": Form.AMBULATORY, "03": Form.DAY, "11": Form.FOSTER,
    "12": Form.RESIDENTIAL, "13": Form.RESIDENTIAL, "14": Form.RESIDENTIAL,
}  # fmt: skip
"""The four forms of the Drenthe count, of the forms of help of CBS. A family home (12) is a stay, no foster care."""

SOURCE = "Meerjarenkader Drenthe 2013-2016 (DR50-DR52, DR62)"


def _case(said: dict[str, str], otherwise: str) -> str:
    words = " ".join(f"WHEN '{code}' THEN {value}" for code, value in said.items())
    return f"CASE help_form {words} ELSE {otherwise} END"


COUNT_FORM = _case({code: f"'{form.value}'" for code, form in FORM_OF.items()}, "''")
HEAVIEST = _case({code: str(list(Form).index(form) + 1) for code, form in FORM_OF.items()}, "9")
NEWEST = "starts DESC, municipality, district, not_counted"
ORDERED = (
    "state NOT IN ('waiting', 'sent_back', 'withdrawn')"
    " AND (state <> 'stopped' OR stopped_on IS NULL OR stopped_on >= :first)"
)
CLAIM = f"{ORDERED} AND {COUNT_FORM} <> ''"
NOT_EXCLUDED = "CASE WHEN not_counted = '' THEN 0 ELSE 1 END"

GROUPINGS = (
    Grouping("count_form", gettext_lazy("heaviest form of help"), COUNT_FORM),
    Grouping("not_counted", gettext_lazy("why not counted"), "not_counted"),
    Grouping("province", gettext_lazy("province"), "province"),
)

clients = partial(
    Indicator, table="allocation", when=When.DURING, day="starts", until="last_on", made=Made.NUMBER, counts=YOUTH,
    unit="youth",
)  # fmt: skip
WHERE = ("district", "municipality", "province")

ALL = clients(
    key="unique_clients_all", name=gettext_lazy("Unique clients, with those who are not counted"),
    question=gettext_lazy("How many unique clients are there in all, without exclusions?"),
    whole=CLAIM, first_by=f"{HEAVIEST}, {NEWEST}", groups=(*WHERE, "count_form"), source=SOURCE,
)  # fmt: skip
INDICATORS = (
    clients(
        key="unique_clients", name=gettext_lazy("Unique clients"),
        question=gettext_lazy("How many unique clients have help ordered, each counted in the heaviest form?"),
        whole=f"{CLAIM} AND not_counted = ''", first_by=f"{HEAVIEST}, {NEWEST}", groups=(*WHERE, "count_form"),
        source=SOURCE,
    ),
    clients(
        key="unique_clients_not_counted", name=gettext_lazy("Clients who are not counted"),
        question=gettext_lazy("How many clients are not counted among the unique clients, and why?"),
        whole=CLAIM, first_by=f"{NOT_EXCLUDED}, {HEAVIEST}, {NEWEST}", then="not_counted <> ''",
        groups=(*WHERE, "not_counted"), source=SOURCE,
    ),
    ALL,
    clients(
        key="clients_form_unknown", name=gettext_lazy("Clients without a known form of help"),
        question=gettext_lazy("How many youths have only help of which the list does not say the form?"),
        whole=ORDERED, first_by=f"CASE WHEN {COUNT_FORM} = '' THEN 1 ELSE 0 END, {NEWEST}",
        then=f"{COUNT_FORM} = ''", groups=WHERE, source="code list help_form_of_product",
    ),
)  # fmt: skip
APPLIES = {"unique_clients": True, "unique_clients_not_counted": True, "unique_clients_all": False}
"""Indicators of which the rule can be said per client, and whether the exclusions are applied."""


@dataclass(frozen=True)
class Client:
    """One client: the pseudonym in this snapshot, the forms that were ordered, and what the rule makes of them.

    `form` is the form in which the client counts, "" when it does not; `exclusion` the code of why it does not.
    """

    key: str
    forms: tuple[str, ...]
    form: str
    exclusion: str
    said: str


def explained(connection: Any, indicator: Indicator, period: Period) -> list[Client]:
    """Return the clients of one of these indicators with the rule applied to each; KeyError for another one."""
    applied = APPLIES[indicator.key]
    forms: dict[str, tuple[str, ...]] = {}
    claims = []
    asked = behind(ALL, period, f"{YOUTH}, {COUNT_FORM}, not_counted")
    for key, rows in groupby(connection.execute(asked).fetchall(), key=lambda row: row[0]):
        mine = [Claim(key, Form(form), Exclusion(code) if code else None) for _key, form, code in rows]
        forms[key] = tuple(claim.form.value for claim in mine)
        claims += mine
    facts = CountFacts(on=period.last, claims=tuple(claims), with_exclusions=applied)
    answer = unique_clients(facts)
    counted = answer.outcome.clients if answer.outcome else ()
    found = (_client(each.client, forms[each.client], each.form, each.exclusion) for each in counted)
    return [each for each in found if each.exclusion or indicator.key != "unique_clients_not_counted"]


def _client(key: str, forms: tuple[str, ...], form: Form, exclusion: Exclusion | None) -> Client:
    if exclusion is not None:
        return Client(key, forms, "", exclusion.value, REASONS[exclusion] % {"form": form.value})
    return Client(key, forms, form.value, "", " ".join(_why(forms, form.value)))


def _why(forms: tuple[str, ...], form: str) -> Iterator[str]:
    different = sorted(set(forms), key=lambda name: list(Form).index(Form(name)))
    if len(forms) > 1 and len(different) == 1:
        yield _("%(count)s orders of %(form)s count as one.") % {"count": len(forms), "form": form}
    if len(different) > 1:
        yield _("%(forms)s: only the heaviest form counts.") % {"forms": ", ".join(different)}
    yield _("Counts as %(form)s.") % {"form": form}


REASONS = {
    Exclusion.WANTS_TO_WAIT: gettext_lazy("%(form)s; does not count: wants to wait longer than nine weeks."),
    Exclusion.IN_CARE_ELSEWHERE: gettext_lazy("%(form)s; does not count: gets help elsewhere and cannot come now."),
    Exclusion.THROUGH_LWI: gettext_lazy("%(form)s; does not count: registered through a national institution."),
}


def register() -> None:
    """Make them known, once."""
    declare_groupings(GROUPINGS)
    declare(INDICATORS)
