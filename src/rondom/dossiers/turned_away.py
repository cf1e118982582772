"""Who tries a page about a family through a door that is not for them: a refused look, like any other attempt.

The door knows no families; it tells what the address names. What that is about is found along the columns `case`,
`dossier` and `person` of the row that is named, and of what is about several (a message) along its `dossiers`.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.dispatch import receiver

from rondom.accounts.signals import turned_away
from rondom.core.declarations import our_models
from rondom.core.events import Subject, look, subject
from rondom.core.principals import Principal
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.opening import around_case, around_person
from rondom.people.models import Person

OTHER_NAMES = {"adult": "caseadult", "handover": "rolehandover"}  # named in an address otherwise than the model


@receiver(turned_away, dispatch_uid="dossiers.turned_away")
def keep(*, by: Principal, named: dict[str, Any], at: dt.datetime, **_sent: Any) -> None:
    """Record the attempt at every family the address names; nothing when it names none, or none that exists."""
    for name, pk in named.items():
        row = _row(name, pk) if isinstance(pk, UUID) else None
        subjects = _about(row) if row is not None else []
        if row is not None and subjects:
            look(by, "dossiers.door_closed", row, subjects=subjects, result="denied", at=at)


def _row(name: str, pk: UUID) -> Model | None:
    wanted = OTHER_NAMES.get(name, name)
    models = [m for m in our_models() if m._meta.model_name == wanted]
    return models[0]._default_manager.filter(pk=pk).first() if len(models) == 1 else None


def _about(row: Model) -> list[Subject]:
    """Return the case, the dossiers and the person a row is about; empty for what is about no family."""
    if isinstance(row, Case):
        return around_case(row)
    if isinstance(row, Dossier):
        return [subject(row)]
    if isinstance(row, Person):
        return around_person(row)
    around = [*(_named(row, column) for column in ("case", "dossier", "person")), *_several(row)]
    return list(dict.fromkeys(about for one in around if isinstance(one, Model) for about in _about(one)))


def _several(row: Model) -> list[Dossier]:
    """Return the dossiers that a row links itself with; not those that point to it (an organisation has thousands)."""
    linked = next((column for column in row._meta.many_to_many if column.name == "dossiers"), None)
    found: list[Dossier] = list(linked.value_from_object(row)) if linked else []
    return found


def _named(row: Model, column: str) -> Any:
    """Return what a column of a row names; a room below `people` keeps only the id of a person."""
    found = getattr(row, column, None)
    return Person.objects.filter(pk=found).first() if column == "person" and isinstance(found, UUID) else found
