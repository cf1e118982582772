"""In time before the 18th birthday: make a plan for afterwards with the young person, look at it again (practice 20).

Where the municipality chose the ages, a date is made each night for every young person in an open case who has reached
them; once each, resting with who coordinates. The right moment is a choice of the place: no law names it.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from rondom.core import clock
from rondom.core.periods import on
from rondom.core.principals import machine
from rondom.dossiers import actions as dossiers
from rondom.dossiers.actions import Why
from rondom.dossiers.enums import DossierKind
from rondom.dossiers.models import Case, CaseDossier, Clock
from rondom.law.calendar import add_months
from rondom.people.queries import ADULT_AGE
from rondom.plans.actions.plan import coordinator
from rondom.plans.parameters import FUTURE_PLAN, FUTURE_REVIEW
from rondom.reference import queries as reference

KINDS = {FUTURE_PLAN: "plans.future", FUTURE_REVIEW: "plans.future_again"}


def remind(*, at: dt.datetime) -> int:
    """Make the dates that are due and not there yet; return how many. Run each night, and the same the second time."""
    day, made = clock.today(at), 0
    places = Case.objects.filter(closed_on=None).order_by().values_list("municipality", flat=True).distinct()
    for municipality in sorted(places):
        held = reference.parameter_set(day, reference.scopes_of(municipality, on=day))
        for name in KINDS:
            if name in held:
                made += _remind(municipality, name, held[name], at)
    return made


def _remind(municipality: str, name: str, age: Any, at: dt.datetime) -> int:
    by, months, made = machine("plans", municipality), int(age.value), 0
    for link in _reached(municipality, KINDS[name], months, clock.today(at)):
        youth = link.dossier.youth
        title = _("Plan for after 18: %(name)s") if name == FUTURE_PLAN else _("Look again at after 18: %(name)s")
        dossiers.start_clock(
            by=by, at=at, case=link.case, kind=KINDS[name], title=(title % {"name": youth.short_name})[:160],
            due=max(clock.today(at), add_months(youth.born_on, months)), rests_with=coordinator(link.case, at),
            about=link.dossier,
            why=Why(_("Guidance by the Youth Act stops at 18: look in time, together."), age.source),
        )  # fmt: skip
        made += 1
    return made


def _reached(municipality: str, kind: str, months: int, day: dt.date) -> QuerySet[Any]:
    """Return the young people under 18 in open cases who have reached an age and have no date of this kind yet."""
    there: Any = Clock.objects.filter(kind=kind, subject=OuterRef("dossier"))
    rows = CaseDossier.objects.filter(
        on(day), case__municipality=municipality, case__closed_on=None, dossier__kind=DossierKind.FULL,
        dossier__youth__born_on__lte=add_months(day, -months),
        dossier__youth__born_on__gt=add_months(day, -12 * ADULT_AGE),
    )  # fmt: skip
    return (
        rows.exclude(Exists(there)).select_related("case", "dossier__youth").order_by("dossier__youth__born_on", "pk")
    )
