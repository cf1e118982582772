"""Finding people: within one's sight by what one types; outside it only with an exact key that answers nothing.

Words are beginnings of names, in any order and case, with or without accents; a date of birth or a phone number is
recognised as typed. At most `LIMIT` persons come back, in the order of family name.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rondom.core import clock, keys
from rondom.core.actions import action
from rondom.core.bsn import read_bsn
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record, subject
from rondom.core.fields import blind_index
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.saving import save_changes
from rondom.people import (
    lookups,  # noqa: F401 - registers `begins`
    signals,
)
from rondom.people.enums import ElsewhereAnswer, ExactKey
from rondom.people.models import Address, ContactPoint, KnownElsewhereRequest, Person, SearchToken
from rondom.people.normalising import asked_words, phone_digits, plain, postcode_in, read_date, words
from rondom.people.sight import persons_in_sight
from rondom.people.whereabouts import is_secret
from rondom.privacy.enums import Sight

LIMIT = 50
WORDS = 5
EXACT_KEYS_A_DAY = 10


def _indexes(purpose: str, value: str, municipality: str) -> list[bytes]:
    """Blind indexes of a value under every key generation on file: rows wait their turn while keys rotate."""
    return [blind_index(purpose, value, municipality, generation) for generation in keys.ring().generations]


def same_phone(number: str, municipality: str, *, day: dt.date) -> QuerySet[ContactPoint]:
    """Return the contact points with this phone number, whoever's they are; for joins within a scope."""
    indexes = _indexes("contact", phone_digits(number), municipality)
    return ContactPoint.objects.filter(on(day), municipality=municipality, value_index__in=indexes)


def search_within(scope: QuerySet[Person], text: str, *, municipality: str, at: dt.datetime) -> QuerySet[Person]:
    """Return the persons of a scope who fit what was typed, at most LIMIT; nothing typed finds nobody.

    A text that is a phone number or a date is looked up as such; a date may also stand beside names ("lot 12-3-2018").
    """
    day = clock.today(at)
    if phone_digits(text):
        return _bounded(scope.filter(pk__in=same_phone(text, municipality, day=day).values("person")))
    born, left = _date_in(text, day)
    asked = _beginnings(left)[:WORDS]
    if born is None and (not asked or max(map(len, asked)) < 2):
        return Person.objects.none()
    condition = Q(municipality=municipality)
    if born is not None:
        condition &= Q(born_on=born) | Q(expected_on=born)
    for place, word in enumerate(sorted(asked, key=len, reverse=True)):
        found = SearchToken.objects.filter(municipality=municipality, token__begins=word)
        if place == 0:  # the word that tells most leads; the others are looked up for those it finds
            condition &= Q(pk__in=found.values("person"))
        else:
            condition &= Q(Exists(found.filter(person=OuterRef("pk"))))
    return _bounded(scope.filter(condition))


def _beginnings(text: str) -> list[str]:
    """Return the words that tell something; when one letter is left ("te s"), what could be a prefix is a beginning."""
    asked = asked_words(text)
    return asked if max(map(len, asked), default=0) > 1 else words(text)


def _bounded(found: QuerySet[Person]) -> QuerySet[Person]:
    return found.order_by("family_name", "called", "pk")[:LIMIT]


def _date_in(text: str, day: dt.date) -> tuple[dt.date | None, str]:
    """Find a typed date at either end of the text; return it and what is left."""
    parts = text.split()
    for length in range(min(3, len(parts)), 0, -1):
        for head, tail in ((parts[:-length], parts[-length:]), (parts[length:], parts[:length])):
            found = read_date(" ".join(tail), today=day)
            if found:
                return found, " ".join(head)
    return None, text


def search(by: Principal, text: str, *, at: dt.datetime, sight: Sight = Sight.ROW) -> QuerySet[Person]:
    """Return the persons within the viewer's sight who fit what was typed, at most LIMIT."""
    scope = persons_in_sight(by, at=at, sight=sight)
    return search_within(scope, text, municipality=by.municipality, at=at)


@action
def ask_elsewhere(
    *,
    by: Principal,
    at: dt.datetime,
    reason: str,
    bsn: str = "",
    family_name: str = "",
    born_on: dt.date | None = None,
    postcode: str = "",
) -> KnownElsewhereRequest:
    """Ask, with an exact key, whether somebody outside one's scope is known. Returns a row, never an answer.

    The key is a BSN, or family name, date of birth and postcode together. Hit and miss do the same work and keep the
    same row; the door says one sentence for both. Those who work with a person found see the request and may ring.
    Raises BadInput for half a key or no reason; NotAllowed above EXACT_KEYS_A_DAY questions a day.
    """
    if not reason.strip():
        raise BadInput(_("Write in one sentence why you ask."), field="reason")
    if asked_on(by, at) >= EXACT_KEYS_A_DAY:
        raise NotAllowed(
            _("You asked %(count)s times today; that is the most for one day. Ask your team lead, or ask tomorrow.")
            % {"count": EXACT_KEYS_A_DAY}
        )
    if bsn:
        kind = ExactKey.BSN
        found = by_bsn(read_bsn(bsn), by.municipality)
    elif family_name and born_on and postcode_in(postcode):
        kind = ExactKey.NAME_BIRTH_POSTCODE
        found = by_name(family_name, born_on, postcode_in(postcode), by.municipality)
    else:
        raise BadInput(_("Give the BSN, or the family name, date of birth and postcode together."), field="bsn")
    request = KnownElsewhereRequest.objects.create(
        municipality=by.municipality, asked_by=by.key, asked_at=at, key_kind=kind, reason=reason.strip(), person=found
    )
    subjects = [subject(found)] if found else []
    record(by, "people.exact_key_asked", request, at=at, subjects=subjects, ground=kind)
    signals.known_elsewhere_asked.send(sender=KnownElsewhereRequest, request=request, by=by, at=at)
    return request


def by_bsn(bsn: str, municipality: str) -> Person | None:
    """Return whom a BSN fits; the answer is told to nobody who has no sight of that person."""
    indexes = _indexes("bsn", bsn, municipality)
    return Person.objects.filter(municipality=municipality, bsn_index__in=indexes).first()


def by_name(family_name: str, born_on: dt.date, postcode: str, municipality: str) -> Person | None:
    """Return whom family name, date of birth and a postcode of now or before fit; told to nobody without sight."""
    living = Address.objects.filter(
        municipality=municipality, postcode_index__in=_indexes("postcode", postcode, municipality)
    )
    born = Person.objects.filter(municipality=municipality, born_on=born_on, merged_into=None)
    asked = set(asked_words(family_name))
    for person in born.filter(pk__in=living.values("person")).order_by("pk"):
        if plain(person.family_name) == plain(family_name) or set(asked_words(person.family_name)) == asked:
            return person
    return None


def asked_on(by: Principal, at: dt.datetime) -> int:
    """Return how many exact keys this colleague asked on the day of a moment; hits and misses count alike."""
    since = dt.datetime.combine(clock.today(at), dt.time(), tzinfo=clock.AMSTERDAM)
    return KnownElsewhereRequest.objects.filter(asked_by=by.key, asked_at__gte=since).count()


def find_exactly(
    *, municipality: str, bsn: str = "", family_name: str = "", born_on: dt.date | None = None, postcode: str = ""
) -> Person | None:
    """Return whom an exact key fits within a municipality, for who watches over the looks; the door records the look.

    A postcode never fits somebody whose whereabouts are secret, not even an old one: the answer would confirm it.
    Raises BadInput for half a key.
    """
    if bsn:
        return by_bsn(read_bsn(bsn), municipality)
    if not (family_name and born_on and postcode_in(postcode)):
        raise BadInput(_("Give the BSN, or the family name, date of birth and postcode together."), field="bsn")
    found = by_name(family_name, born_on, postcode_in(postcode), municipality)
    return found if found and not is_secret(found.pk) else None


@action
def answer_elsewhere(
    *,
    by: Principal,
    at: dt.datetime,
    request: KnownElsewhereRequest,
    answer: ElsewhereAnswer,
    opened_version: int,
) -> None:
    """Say what was done with a question: somebody who works with the family got in touch, or chose not to.

    The one who asked is told nothing here: a colleague who chooses not to share looks the same as a miss.
    """
    if answer not in ElsewhereAnswer.values:
        raise BadInput(_("Choose what you did."), field="answer")
    changes = {"answered_by": by.key, "answered_at": at, "answer": answer}
    save_changes(request, changes, opened_version=opened_version, at=at)
    subjects = [("person", request.person_id)] if request.person_id else []
    record(by, "people.exact_key_answered", request, at=at, subjects=subjects, fields=sorted(changes), ground=answer)


def unanswered_requests(by: Principal) -> QuerySet[KnownElsewhereRequest]:
    """Return the unanswered questions of others in the municipality about somebody known, oldest first.

    Not cut to what the viewer may see: that is for who asks (`dossiers.queries.questions_for`).
    """
    rows = KnownElsewhereRequest.objects.filter(
        municipality=by.municipality, answered_at=None, person__merged_into=None
    )
    return rows.exclude(person=None).exclude(asked_by=by.key).select_related("person").order_by("asked_at", "pk")
