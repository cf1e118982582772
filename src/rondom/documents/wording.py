"""New words of a letter: one person proposes them, another reads and puts them in use. One of the two is a jurist.

Nothing is sent with words that only one person saw (ADR 0543). Letters that were made keep the words they had.
"""

import datetime as dt

from django.utils.translation import gettext as _

from rondom.accounts.enums import Role
from rondom.accounts.models import StaffMember
from rondom.accounts.queries import roles_on
from rondom.core import clock
from rondom.core.actions import action
from rondom.core.errors import BadInput, NotAllowed
from rondom.core.events import record
from rondom.core.principals import Principal
from rondom.documents.enums import TemplateState
from rondom.documents.letters import checked
from rondom.documents.models import LetterTemplate
from rondom.documents.queries import letter_kind, proposal_of


@action
def propose(
    *, by: Principal, at: dt.datetime, kind: str, starts: dt.date, title: str, text: str, written_by: StaffMember,
    because: str = "",
) -> LetterTemplate:  # fmt: skip
    """Propose new words for a kind of letter from a day on; a second person puts them in use.

    Raises NotAllowed for anybody but a jurist or the back office; BadInput for a field that does not exist, a day that
    has passed, or while another proposal for this letter waits.
    """
    _may_word(by)
    checked(letter_kind(kind), title, text)
    if starts < clock.today(at):
        raise BadInput(
            _("This day has passed. Letters of that day were made already; choose today or later."), field="starts"
        )
    if proposal_of(kind, written_by.municipality) is not None:
        raise BadInput(_("Other words for this letter wait for a second person. Decide about those first."))
    row = LetterTemplate.objects.create(
        municipality=written_by.municipality, kind=kind, starts=starts, title=title.strip(),
        text=text.replace("\r\n", "\n").strip(), because=because.strip(), state=TemplateState.PROPOSED,
        written_by=written_by, created_at=at,
    )  # fmt: skip
    _tell(by, "documents.wording_proposed", row, at, "title", "text", "starts")
    return row


@action
def put_in_use(*, by: Principal, at: dt.datetime, wording: LetterTemplate, decided_by: StaffMember) -> LetterTemplate:
    """Put proposed words in use from their day; has that day passed, then from today.

    Raises NotAllowed for who wrote them, or when neither of the two is a jurist; BadInput when it was decided already,
    or when other words begin on that day.
    """
    _may_word(by)
    _waits(wording)
    if wording.written_by_id == decided_by.pk:
        raise NotAllowed(_("You wrote these words yourself. Ask a colleague to read them and put them in use."))
    day = clock.today(at)
    if not (by.has(Role.JURIST) or _is_jurist(wording.written_by, day)):
        raise NotAllowed(_("One of the two is a jurist. Ask a jurist to read these words and put them in use."))
    starts = max(wording.starts, day)
    others = LetterTemplate.objects.filter(
        municipality=wording.municipality, kind=wording.kind, starts=starts, state=TemplateState.IN_USE
    )
    if others.exists():
        raise BadInput(_("There are new words from this day already. Leave these, and propose them from another day."))
    _move(wording, at, state=TemplateState.IN_USE, starts=starts, decided_by=decided_by, decided_at=at)
    _tell(by, "documents.wording_in_use", wording, at, "state", "starts")
    return wording


@action
def leave(
    *, by: Principal, at: dt.datetime, wording: LetterTemplate, decided_by: StaffMember, reason: str
) -> LetterTemplate:
    """Leave proposed words, with why; who wrote them can take them back like this too."""
    _may_word(by)
    _waits(wording)
    if not reason.strip():
        raise BadInput(_("Write what is not right yet, so that it can be put right."), field="reason")
    _move(
        wording, at, state=TemplateState.LEFT, decided_by=decided_by, decided_at=at, left_because=reason.strip()[:300]
    )
    _tell(by, "documents.wording_left", wording, at, "state", "left_because")
    return wording


def _may_word(by: Principal) -> None:
    if not by.has(Role.JURIST, Role.BACK_OFFICE):
        raise NotAllowed(_("The jurist of the municipality owns the words of letters, together with the back office."))


def _is_jurist(staff: StaffMember, day: dt.date) -> bool:
    return Role.JURIST in roles_on(staff, day, day + dt.timedelta(days=1))


def _waits(row: LetterTemplate) -> None:
    if row.state != TemplateState.PROPOSED:
        raise BadInput(_("This was decided already."))


def _move(row: LetterTemplate, at: dt.datetime, **values: object) -> None:
    """The one place where the state of words moves: conditional, so of two people at once one wins."""
    taken = LetterTemplate.objects.filter(pk=row.pk, state=TemplateState.PROPOSED).update(
        version=row.version + 1, changed_at=at, **values
    )
    if not taken:
        raise BadInput(_("This was decided already."))
    row.refresh_from_db()


def _tell(by: Principal, kind: str, row: LetterTemplate, at: dt.datetime, *fields: str) -> None:
    record(by, kind, row, at=at, municipality=row.municipality, fields=fields)
