"""Which table is in force on a day, and deciding with it."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from rondom.aids.enums import PublicationState
from rondom.aids.evaluation import Outcome, evaluate
from rondom.aids.models import Publication
from rondom.aids.tables import Table, from_data
from rondom.core.errors import BadInput
from rondom.core.periods import on as holds_on


def publication_on(key: str, day: dt.date, *, municipality: str = "") -> Publication | None:
    """Return the publication in force on a day: the municipality's own, else the one for everybody."""
    found = Publication.objects.filter(
        holds_on(day), key=key, state=PublicationState.PUBLISHED, municipality__in={"", municipality}
    )
    return found.order_by("-municipality").first()


def table_on(key: str, day: dt.date, *, municipality: str = "") -> Table:
    """Return the decision table in force on a day; raises BadInput when there is none."""
    found = publication_on(key, day, municipality=municipality)
    table = content(found) if found else None
    if table is None or not table.holds_on(day):
        sentence = _("No aid “%(key)s” is in force on %(day)s. Decide without it, and say why in the dossier.")
        raise BadInput(sentence % {"key": key[:40], "day": date_format(day, "j F Y")})
    return table


def decide(key: str, inputs: Mapping[str, Any], *, on: dt.date, municipality: str = "") -> Outcome:
    """Return what the aid in force on a day says for these answers, with its trace.

    Raises AnswerNeeded (with the question) when an answer is missing, BadInput for an answer of the wrong type or when
    no table is in force. Store `Outcome.data` with the act: it names the table, the row and the reasons.
    """
    return evaluate(table_on(key, on, municipality=municipality), inputs)


def publications(key: str, municipality: str) -> QuerySet[Publication]:
    """Return all publications of an aid that a municipality can see, newest first."""
    found = Publication.objects.filter(key=key, municipality__in={"", municipality})
    return found.order_by("-starts", "-created_at")


def publication(pk: UUID, *, municipality: str) -> Publication | None:
    """Return a publication that a municipality can see, by its key."""
    return Publication.objects.filter(pk=pk, municipality__in={"", municipality}).first()


def table_before(publication: Publication) -> Table | None:
    """Return the table that a publication replaces, or would replace on its day."""
    former = publication.replaces
    if former is None and publication.state == PublicationState.PROPOSED:
        former = publication_on(publication.key, publication.starts, municipality=publication.municipality)
    return content(former) if former else None


def waiting(municipality: str) -> QuerySet[Publication]:
    """Return the publications of a municipality that wait for a second person."""
    found = Publication.objects.filter(state=PublicationState.PROPOSED, municipality=municipality)
    return found.order_by("created_at", "pk")


def content(publication: Publication) -> Table:
    """Return the table of a publication, as it was published."""
    return from_data(json.loads(publication.content))
