"""Where a value holds: nationally, or for a region, municipality, organisation, product, kind of provider.

A scope is written as text: "" is national, "region:flevoland", "GM0303", "organisation:<id>", "product:45A04",
"provider_kind:informal". Parts can be joined with "/" ("GM0303/product:45A04"); the order is always the same.
"""

import re
from collections.abc import Iterable
from itertools import combinations

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput

NATIONAL = ""
KINDS = ("region", "municipality", "organisation", "product", "provider_kind")
_MUNICIPALITY = re.compile(r"GM[0-9]{4}")
_PART = re.compile(r"(region|organisation|product|provider_kind):[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def kind_of(part: str) -> str:
    """Return the kind of one part of a scope; raise BadInput when it is none."""
    if _MUNICIPALITY.fullmatch(part):
        return "municipality"
    if _PART.fullmatch(part):
        return part.partition(":")[0]
    raise BadInput(
        _("“%(part)s” is not a scope. Write a municipality (GM0303), a region (region:flevoland) or leave it empty.")
        % {"part": part[:60]},
        field="scope",
    )


def parts(scope: str) -> tuple[str, ...]:
    """Return the parts of a scope; national has none."""
    return tuple(scope.split("/")) if scope else ()


def join(given: Iterable[str]) -> str:
    """Return the one way to write a scope with these parts; raise BadInput for a wrong part or a kind twice."""
    by_kind: dict[str, str] = {}
    for part in given:
        kind = kind_of(part)
        if kind in by_kind:
            raise BadInput(_("A scope names one %(kind)s, not two.") % {"kind": kind}, field="scope")
        by_kind[kind] = part
    return "/".join(by_kind[kind] for kind in KINDS if kind in by_kind)


def normal(scope: str) -> str:
    """Return a scope as it is stored; raise BadInput when it cannot be read."""
    return join(parts(scope.strip()))


def candidates(scopes: Iterable[str]) -> list[str]:
    """Return every scope that applies to somebody with these scopes, the national one included."""
    singles = [part for scope in scopes for part in parts(scope)]
    return [join(some) for size in range(len(singles) + 1) for some in combinations(singles, size)]


def weight(scope: str) -> tuple[int, ...]:
    """Return how specific a scope is: the highest weight wins (product before municipality before region)."""
    return tuple(sorted((KINDS.index(kind_of(part)) + 1 for part in parts(scope)), reverse=True))
