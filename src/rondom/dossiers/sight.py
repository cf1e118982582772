"""Which cases, dossiers and persons are within sight: the conditions that every query of this room carries.

A person who is closed to somebody (own relative, own file, a colleague's family) closes every case they are or were
in, and the dossiers of all who are in such a case. The sets are prepared (core.prepared): asked anew every time, built
once.
"""

import datetime as dt
from typing import Any

from django.db.models import Q

from rondom.core import clock
from rondom.core.periods import on
from rondom.core.prepared import Prepared, outer, slot
from rondom.core.principals import Principal
from rondom.dossiers.models import CaseAdult, CaseDossier, Dossier
from rondom.privacy.enums import Sight, SubjectKind
from rondom.privacy.queries import barred, seen


def _youth_barred(keys: int) -> Any:
    return CaseDossier.objects.filter(dossier__youth__in=barred(SubjectKind.PERSON, keys)).values("case")


def _adult_barred(keys: int) -> Any:
    return CaseAdult.objects.filter(person__in=barred(SubjectKind.PERSON, keys)).values("case")


def _own_barred(keys: int) -> Any:
    return Dossier.objects.filter(youth__in=barred(SubjectKind.PERSON, keys)).values("pk")


def _beside(cases: Any) -> Any:
    return CaseDossier.objects.filter(case__in=cases).values("dossier")


def _cases(sight: Sight, keys: int) -> Any:
    rows = seen(SubjectKind.CASE, sight, keys)
    return rows.exclude(subject__in=_youth_barred(keys)).exclude(subject__in=_adult_barred(keys))


def _dossiers(sight: Sight, keys: int) -> Any:
    rows = seen(SubjectKind.DOSSIER, sight, keys).exclude(subject__in=_own_barred(keys))
    return rows.exclude(subject__in=_beside(_youth_barred(keys))).exclude(subject__in=_beside(_adult_barred(keys)))


def _youths(sight: Sight, keys: int) -> Any:
    return Dossier.objects.filter(pk__in=_dossiers(sight, keys)).values("youth")


def _adults(sight: Sight, keys: int) -> Any:
    return CaseAdult.objects.filter(on(slot("day")), case__in=_cases(sight, keys)).values("person")


def _closed_dossiers(keys: int) -> Any:
    """Return the dossiers that are closed whatever relation there is or will be, but for a barrier on the dossier."""
    about = Q(pk__in=_own_barred(keys)) | Q(pk__in=_beside(_youth_barred(keys)))
    return Dossier.objects.filter(about | Q(pk__in=_beside(_adult_barred(keys)))).values("pk")


_CASES, _DOSSIERS, _YOUTHS, _ADULTS = Prepared(_cases), Prepared(_dossiers), Prepared(_youths), Prepared(_adults)
_CASE = Prepared(lambda sight, keys: _cases(sight, keys).filter(subject=outer()))
_DOSSIER = Prepared(lambda sight, keys: _dossiers(sight, keys).filter(subject=outer()))
_OWN = Prepared(lambda sight, keys: seen(SubjectKind.PERSON, sight, keys))
_BARRED = Prepared(lambda keys: barred(SubjectKind.PERSON, keys))
_CLOSED = Prepared(_closed_dossiers)


def case_seen(column: str, by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN, few: bool = False) -> Q:
    """Return the condition "the case in this column is within sight": as list row (Sight.ROW) or open (Sight.OPEN).

    few  the query has another condition that leaves few rows: each is looked up, instead of all that are in sight
    """
    ask = _CASE.exists if few else _CASES.holds
    return Q(ask(column, sight, len(by.keys), keys=by.keys, at=at))


def dossier_seen(column: str, by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN, few: bool = False) -> Q:
    """Return the condition "the dossier in this column is within sight"; `few` as in `case_seen`."""
    ask = _DOSSIER.exists if few else _DOSSIERS.holds
    return Q(ask(column, sight, len(by.keys), keys=by.keys, at=at))


def person_seen(column: str, by: Principal, *, at: dt.datetime, sight: Sight = Sight.OPEN) -> Q:
    """Return "the person in this column is within sight": by own relation, as youth of a dossier, or in a case."""
    count, values = len(by.keys), {"keys": by.keys, "at": at}
    own, youth = _OWN.holds(column, sight, count, **values), _YOUTHS.holds(column, sight, count, **values)
    adult = _ADULTS.holds(column, sight, count, day=clock.today(at), **values)
    return (Q(own) | Q(youth) | Q(adult)) & ~Q(_BARRED.holds(column, count, **values))


def person_closed(column: str, by: Principal, *, at: dt.datetime) -> Q:
    """Return "the person in this column is closed to the principal": a relative, the own file, a colleague's family."""
    return Q(_BARRED.holds(column, len(by.keys), keys=by.keys, at=at))


def dossier_closed(column: str, by: Principal, *, at: dt.datetime) -> Q:
    """Return "the dossier in this column is of, or beside, somebody who is closed to the principal"."""
    return Q(_CLOSED.holds(column, len(by.keys), keys=by.keys, at=at))
