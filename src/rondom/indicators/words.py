"""A figure in words, the same wherever it stands; and the names of groups and places."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rondom.accounts.queries import team_names
from rondom.allocations import enums as allocations
from rondom.crisis.enums import Form
from rondom.decisions import enums as decisions
from rondom.entry import enums as entry
from rondom.exchange import enums as exchange
from rondom.facts.schema import Grain
from rondom.indicators.declared import Indicator, Made
from rondom.indicators.layouts import GROUP_NAMES
from rondom.indicators.measuring import Figure
from rondom.indicators.published import Comparison, Known
from rondom.plans import enums as plans
from rondom.providers.queries import names_by_agb
from rondom.reference import queries as reference
from rondom.reference.enums import AreaKind
from rondom.safety import enums as safety

HIDDEN = gettext_lazy("not shown")
NOTHING = gettext_lazy("nothing to count")
UNKNOWN = gettext_lazy("not published")

COUNTED: dict[Grain, Any] = {
    Grain.PERSON: gettext_lazy("youths, each once"),
    Grain.LINE: gettext_lazy("lines of the crisis register; one youth can have several"),
    Grain.TRAJECTORY: gettext_lazy("trajectories; one youth can have several"),
    Grain.CLAIM: gettext_lazy("claimed lines"),
    Grain.CONTACT: gettext_lazy("times that something came in or was held"),
    Grain.PLAN: gettext_lazy("plans, or agreements in them"),
    Grain.EVALUATION: gettext_lazy("times that somebody judged or looked back"),
    Grain.DECISION: gettext_lazy("decisions"),
    Grain.ALLOCATION: gettext_lazy("orders of help; one youth can have several"),
}

CODES: dict[tuple[str, str], type[TextChoices]] = {
    ("concern", "channel"): entry.Channel, ("concern", "route"): entry.Route, ("concern", "kind"): entry.Kind,
    ("advice", "channel"): entry.Channel, ("advice", "asker"): entry.AskerKind,
    ("referral", "kind"): entry.ReferrerKind, ("evaluation", "outcome"): plans.Outcome,
    ("safety_judgement", "occasion"): safety.Occasion, ("safety_judgement", "outcome"): safety.Outcome,
    ("application", "channel"): decisions.Channel, ("decision", "kind"): decisions.DecisionKind,
    ("allocation", "ground"): allocations.Ground, ("allocation", "stop_reason"): allocations.StopReason,
    ("trajectory", "stop_reason"): allocations.StopReason,
    ("allocation_change", "kind"): allocations.ChangeKind, ("crisis_line", "form"): Form,
    ("provider_request", "kind"): exchange.RequestKind, ("provider_request", "reason"): exchange.Refusal,
}  # fmt: skip
"""(table of facts, grouping) -> the codes its column holds."""
NAMES: dict[str, dict[str, Any]] = {
    "reporter": {
        "family": gettext_lazy("the family itself"), "network": gettext_lazy("people around the family"),
        "school": gettext_lazy("school or child care"), "health": gettext_lazy("doctors and youth health care"),
        "safety": gettext_lazy("police, Veilig Thuis or certified institution"), "other": gettext_lazy("others"),
    },
    "not_counted": {
        "wants_to_wait_over_9_weeks": gettext_lazy("wants to wait longer than nine weeks"),
        "in_care_elsewhere": gettext_lazy("gets help elsewhere and cannot come now"),
        "registered_through_lwi": gettext_lazy("registered through a national institution"),
    },
}  # fmt: skip
LISTS = {
    "help_form": "cbs_help_form",
    "referrer": "cbs_referrer",
    "province": AreaKind.PROVINCE.value,
    "category": "product_category",
    "district": AreaKind.DISTRICT.value,
    "municipality": AreaKind.MUNICIPALITY.value,
}


def number(value: float, decimals: int) -> str:
    """Return a number as it is written here, rounded half up; Django cuts it off instead."""
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(exact, decimals, force_grouping=True)


def figure_words(indicator: Indicator, figure: Figure | None, *, hidden: bool) -> str:
    """Return a figure as it stands on every page: the number, percentage, days or average; or why there is none."""
    if hidden:
        return str(HIDDEN)
    if figure is None or figure.value is None:
        return str(NOTHING)
    if indicator.made is Made.SHARE:
        return f"{number(figure.value, 1)}%"
    if indicator.made is Made.NUMBER:
        return number(figure.value, 0)
    text = number(figure.value, 0 if figure.value == round(figure.value) else 1)
    if indicator.unit == "days":
        return ngettext("%(days)s day", "%(days)s days", 1 if figure.value == 1 else 2) % {"days": text}
    return text


def known_words(comparison: Comparison, known: Known | None) -> str:
    """Return a published figure as it stands on every page."""
    if known is None:
        return str(UNKNOWN)
    text = number(known.value, comparison.decimals)
    return f"{text}%" if comparison.unit == "%" else text


def margin_words(comparison: Comparison, known: Known) -> str:
    """Return the least and the most a published figure can be, "" when it was not rounded."""
    if known.low == known.high:
        return ""
    least, most = (number(one, comparison.decimals + 1) for one in (known.low, known.high))
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def rank_words(rank: tuple[int, int] | None) -> str:
    """Return a rank within rounding: "3", or "3 to 5" when rounding leaves it open."""
    if rank is None:
        return ""
    best, worst = rank
    return f"{best}" if best == worst else _("%(best)s to %(worst)s") % {"best": best, "worst": worst}


def group_names(table: str, grouping: str, codes: Iterable[str], *, municipality: str, day: dt.date) -> dict[str, str]:
    """Return the names of the groups of a split; a code without a name is its own name, an empty one is not known."""
    codes = list(codes)
    names = {code: code for code in codes} | {"": _("not known")}
    if (table, grouping) in CODES:
        labels = dict(CODES[table, grouping].choices)
        return names | {code: str(labels.get(code, code)) for code in codes if code}
    if grouping in NAMES:
        return names | {code: str(NAMES[grouping].get(code, code)) for code in codes if code}
    if grouping in LISTS:
        return names | reference.labels(LISTS[grouping], codes)
    if grouping == "provider":
        return names | names_by_agb(codes, municipality, day)
    if grouping == "team":
        return names | team_names(codes)
    return names


def published_group(code: str) -> str:
    """Return the name of a group of a published figure."""
    if code in GROUP_NAMES:
        return str(GROUP_NAMES[code])
    years = {"0-3m": _("up to 3 months"), "3-6m": _("3 to 6 months"), "6-12m": _("6 to 12 months"),
             "1-2j": _("1 to 2 years"), "2-3j": _("2 to 3 years"), "3-4j": _("3 to 4 years"),
             "4j+": _("4 years and more")}  # fmt: skip
    return years.get(code, code)


def key_of(name: str, period: str, by: Sequence[str] = (), group: Sequence[str] = ()) -> str:
    """Return the mark of a figure on a page (`data-figure`): which figure, which period, which group."""
    return f"{name} {period} {','.join(f'{one}={code}' for one, code in zip(by, group, strict=True))}".strip()
