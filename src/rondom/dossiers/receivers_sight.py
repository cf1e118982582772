"""Sight follows the facts about people at once: news from `people` arrives here within its own transaction."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from rondom.core.principals import Principal
from rondom.dossiers.resident_sight import follow
from rondom.people import signals
from rondom.people.models import Authority, Person, Representation


@receiver(signals.authority_recorded)
@receiver(signals.authority_ended)
def authority_changed(sender: Any, authority: Authority, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Who gained or lost authority sees, or no longer sees, from this moment."""
    follow(by=by, at=at, person=authority.child)


@receiver(signals.representation_recorded)
@receiver(signals.representation_ended)
def representation_changed(
    sender: Any, representation: Representation, by: Principal, at: dt.datetime, **more: Any
) -> None:
    """A curator or mentor sees the dossier of an adult, or no longer does."""
    follow(by=by, at=at, person=representation.person)


@receiver(signals.person_corrected)
def person_corrected(sender: Any, person: Person, by: Principal, at: dt.datetime, **more: Any) -> None:
    """Another birth date is another day on which sight begins and ends."""
    follow(by=by, at=at, person=person)


@receiver(signals.persons_merged)
@receiver(signals.merge_undone)
def merged(sender: Any, kept: Person, gone: Person, by: Principal, at: dt.datetime, **more: Any) -> None:
    """The dossiers of both rows follow the facts of whoever is kept."""
    follow(by=by, at=at, person=kept)
    follow(by=by, at=at, person=gone)
