"""What arrives with the web form: a question without a name, or a worry of somebody who leaves a name.

Nobody is signed in here. What came twice (a second press) is kept once; a flood is refused for an hour, and nothing is
kept with which a sender could be recognised.
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rondom.accounts.models import Organisation, StaffMember
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.entry import queries
from rondom.entry.actions.concerns import Named, Reporter, count_advice, receive
from rondom.entry.enums import AskerKind, Channel, QuestionState, ReporterKind
from rondom.entry.models import Concern, OpenQuestion

CODE = 12  # characters of base32: 60 bits, so that guessing is hopeless
AN_HOUR = dt.timedelta(hours=1)
MOST_IN_AN_HOUR = 60  # of one form, for one organisation; more is a flood


def code_of(form_key: UUID) -> str:
    """Return the code with which who asked reads the answer: "ABCD-EFGH-IJKL". Follows from the form alone."""
    digest = salted_hmac("rondom.entry.code", str(form_key), algorithm="sha256").digest()
    code = base64.b32encode(digest).decode()[:CODE]
    return "-".join(code[i : i + 4] for i in range(0, CODE, 4))


def digest_of(code: str) -> str:
    """Return what is kept of a code, typed with or without lines and capitals."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _no_flood(organisation: Organisation, at: dt.datetime, kind: ReporterKind | None = None) -> None:
    """Refuse more than MOST_IN_AN_HOUR of one form: questions without a name, with a name, or by professionals.

    Each form by itself, so that a flood of questions does not keep out the worry of a school. Who signed in sends
    outside these forms (no `form_key`) and is never counted or refused.
    """
    since, professionals = at - AN_HOUR, [each.value for each in ReporterKind.professional()]
    if kind is None:
        rows: Any = OpenQuestion.objects.filter(organisation=organisation, created_at__gte=since)
    else:
        rows = Concern.objects.filter(organisation=organisation, form_key__isnull=False, received_at__gte=since)
        same = Q(reporter_kind__in=professionals)
        rows = rows.filter(same if kind in professionals else ~same)
    if rows.count() >= MOST_IN_AN_HOUR:
        raise BadInput(_("Too many messages came in during the last hour. Please call us, or try again in an hour."))


@action
def ask(*, by: Principal, at: dt.datetime, organisation: Organisation, text: str, form_key: UUID) -> str:
    """Keep a question without a name; return the code with which the answer can be read.

    Nothing about who asked is kept: no name, no address of the browser, no cookie. The same form again gives the same
    code. Raises BadInput without a question, or when too much came in.
    """
    code = code_of(form_key)
    row = OpenQuestion.objects.filter(form_key=form_key).first()
    if row is None:
        if not text.strip():
            raise BadInput(_("Write your question."), field="text")
        _no_flood(organisation, at)
        day = clock.today(at)
        weeks = queries.weeks_kept(day, organisation.municipality)
        row, _made = OpenQuestion.objects.get_or_create(
            form_key=form_key,
            defaults={
                "municipality": organisation.municipality, "organisation": organisation, "asked_on": day,
                "text": text.strip(), "code_digest": digest_of(code), "destroy_on": day + dt.timedelta(weeks=weeks),
                "created_at": at,
            },
        )  # fmt: skip
    record(by, "entry.question_asked", row, at=at, municipality=row.municipality)
    return code


@action
def answer(*, by: Principal, at: dt.datetime, question: OpenQuestion, answered_by: StaffMember, text: str) -> None:
    """Answer a question without a name; it counts as advice. Who asked reads it with the code."""
    if not queries.triages(by) or by.organisation != question.organisation_id:
        raise NotAllowed(_("A question is answered by the front office, the team lead or the process coordinator."))
    if not text.strip():
        raise BadInput(_("Write the answer."), field="answer")
    taken = OpenQuestion.objects.filter(pk=question.pk, state=QuestionState.WAITING).update(
        state=QuestionState.ANSWERED, answer=text.strip(), answered_by=answered_by, answered_on=clock.today(at),
        changed_at=at, version=question.version + 1,
    )  # fmt: skip
    if not taken:
        raise BadInput(_("Somebody has answered this question already."))
    question.refresh_from_db()
    record(by, "entry.question_answered", question, at=at, fields=["answer"], municipality=question.municipality)
    count_advice(by=by, at=at, organisation=question.organisation, channel=Channel.WEB, asker=AskerKind.NAMELESS)


@action
def receive_from_form(
    *,
    by: Principal,
    at: dt.datetime,
    organisation: Organisation,
    form_key: UUID,
    reporter: Reporter,
    worry: str,
    persons: Iterable[Named],
    danger_now: bool = False,
    talked_on: dt.date | None = None,
    not_talked_because: str = "",
    answer_wanted: str = "",
) -> Concern:
    """Keep a question or worry that somebody sent with the web form under a name; it waits for triage.

    Nobody has checked who sent it: the page of the worry says so. The same form again returns the same worry.
    """
    found = Concern.objects.filter(form_key=form_key).first()
    if found is not None:
        return _again(found, by, at)
    if not reporter.contact.strip():
        raise BadInput(_("Write how we can call you back, or mail you."), field="reporter_contact")
    _no_flood(organisation, at, reporter.kind)
    try:
        with transaction.atomic():
            return receive(
                by=by, at=at, entered_by=None, organisation=organisation, channel=Channel.WEB, reporter=reporter,
                worry=worry, persons=persons, danger_now=danger_now, talked_on=talked_on,
                not_talked_because=not_talked_because, form_key=form_key, answer_wanted=answer_wanted,
            )  # fmt: skip
    except IntegrityError:  # two presses at the same moment: the other one was first
        found = Concern.objects.filter(form_key=form_key).first()
        if found is None:
            raise
        return _again(found, by, at)


def _again(found: Concern, by: Principal, at: dt.datetime) -> Concern:
    record(by, "entry.form_sent_again", found, at=at, municipality=found.municipality)
    return found
