"""Who hears and who comes: a practice reads its referral, an invitation is answered, process coordination is asked.

De Haven   a practice assistant signs in and reads that the referral of Bo Prins reached us
Yilmaz     Esra comes to the talk about later, her mother told Sanne that she does not
De Boer    Mark asks process coordination: school and the sports club wait for each other; Yasmin decides today
Mark       declared a relative who is not known here
Dronten    chose after how many days without contact a family stands still

A chapter: a demonstration tells it, and tests that ask for the whole cast.
"""

import datetime as dt

from rondom.core import clock
from rondom.demo.cast import DRONTEN, Cast
from rondom.demo.cast_desk import moment
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import InvitationAnswer, ProcessGround
from rondom.dossiers.models import Meeting
from rondom.entry import actions as entry
from rondom.entry.models import Partner
from rondom.people.relatives import declare_own
from rondom.privacy.enums import RelativeKind
from rondom.reference import actions as reference


def add(cast: Cast) -> None:
    """Write it."""
    began = moment(cast, -20, 10)
    entry.let_refer(
        by=cast.principal("yasmin", began), at=began, partner=Partner.objects.get(name="Huisartsenpraktijk De Haven"),
        username="joke", name="Joke Wiersma", what="praktijkassistent", phone="0321 555 720",
    )  # fmt: skip
    reference.propose(
        by=cast.principal("tom", began), at=began, name="standstill_days", scope=DRONTEN, value="60",
        source="Werkafspraak van de teams", starts=clock.today(began) + dt.timedelta(days=1), seen=None,
    )  # fmt: skip
    _answers(cast)
    _process(cast)
    declared = moment(cast, -30, 9)
    declare_own(
        by=cast.principal("mark", declared), at=declared, kind=RelativeKind.FAMILY, family_name="Zijlstra",
        born_on=dt.date(2014, 5, 9), postcode="8254 BK",
    )  # fmt: skip


def _answers(cast: Cast) -> None:
    heard = moment(cast, -1, 14)
    meeting = Meeting.objects.get(case=cast.case["yilmaz"], purpose="Toekomstgesprek")
    for name, answer, words in (
        ("esra", InvitationAnswer.COMES, ""),
        ("emine", InvitationAnswer.NOT, "Zij werkt tot vijf uur; later op de dag kan wel."),
    ):
        seat = meeting.participants.get(person=cast.person[name])
        dossiers.answer_invitation(
            by=cast.principal("sanne", heard), at=heard, seat=seat, answer=answer, words=words
        )  # fmt: skip


def _process(cast: Cast) -> None:
    asked = moment(cast, -2, 16)
    dossiers.ask_process(
        by=cast.principal("mark", asked), at=asked, case=cast.case["de_boer"], asked_by=cast.staff["mark"],
        ground=ProcessGround.INSTITUTIONS,
        words="School wacht op een verslag van de hulp, en de hulp wacht op school. Ik belde beide twee keer.",
    )  # fmt: skip
