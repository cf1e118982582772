"""Recording which municipality is responsible for a youth."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from rondom.core.actions import action
from rondom.core.errors import BadInput
from rondom.core.events import record, subject
from rondom.core.periods import overlaps
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.people import signals
from rondom.people.actions.shared import hold
from rondom.people.enums import ResidenceSource
from rondom.people.models import Person, ResidenceFinding


@action
def find_residence(
    *,
    by: Principal,
    at: dt.datetime,
    person: Person,
    place: str,
    starts: dt.date,
    source: ResidenceSource,
    evidence: str,
    provisional: bool = False,
    rules: Iterable[str] = (),
    explanation: str = "",
) -> ResidenceFinding:
    """Record that a municipality (CBS code) is responsible for a youth from a day, with what that rests on.

    The finding that held until then ends on that day; found again from the same day it is corrected by the new one.
    Raises BadInput without source or evidence, or when a finding from a later day is known.
    """
    if source not in ResidenceSource.values:
        raise BadInput(_("Choose what this rests on."), field="source")
    if not evidence.strip():
        raise BadInput(_("Write in one sentence what shows it, for example the date of the extract."), field="evidence")
    hold(person)
    rows = ResidenceFinding.objects.filter(person=person)
    if rows.filter(starts__gt=starts).exists():
        raise BadInput(_("From a later day something is found already. Choose that day or later."), field="starts")
    for row in rows.filter(overlaps(starts, None)):
        if row.starts == starts:
            row.delete()
        else:
            save_changes(row, {"ends": starts}, opened_version=row.version, at=at)
    finding = ResidenceFinding.objects.create(
        municipality=person.municipality, person=person, place=place, starts=starts, source=source,
        evidence=evidence.strip(), provisional=provisional, rules=sorted(rules), explanation=explanation,
        found_by=by.key,
    )  # fmt: skip
    record(
        by, "people.residence_found", finding, at=at, subjects=[subject(person)], ground=source, rules=rules,
        municipality=person.municipality,
    )  # fmt: skip
    signals.residence_found.send(sender=ResidenceFinding, finding=finding, by=by, at=at)
    return finding
