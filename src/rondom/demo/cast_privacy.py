"""What the privacy officer of the cast has to do: emergencies to judge, and (in a demonstration) looks of others."""

import datetime as dt

from rondom.core.events import look
from rondom.demo.cast import Cast
from rondom.demo.cast_desk import day, moment
from rondom.dossiers import actions
from rondom.dossiers.actions.destruction import ask_destruction
from rondom.privacy.actions import review_emergency
from rondom.privacy.enums import DestructionReason, RelationKind, Requester, Verdict
from rondom.privacy.models import EmergencyAccess


def add(cast: Cast) -> None:
    """Write an emergency that waits for a judgement, one that was judged, and a request to destroy a dossier."""
    _emergency(cast, "fatima", "julia", moment(cast, -1, 16, 40), "Buurvrouw belt: kind staat alleen op straat, ouders "
               "nemen niet op en de collega is vrij")  # fmt: skip
    judged = _emergency(cast, "yasmin", "timo", moment(cast, -12, 17, 5), "School belt na sluitingstijd: niemand haalt "
                        "het kind op en Joris is ziek")  # fmt: skip
    review_emergency(
        by=cast.principal("ineke", moment(cast, -10, 9)), at=moment(cast, -10, 9), row=judged,
        verdict=Verdict.JUSTIFIED, remark="Yasmin belde de moeder en schreef het op.",
    )  # fmt: skip
    asked = moment(cast, -5, 11)
    ask_destruction(
        by=cast.principal("els", asked), at=asked, dossier=cast.dossier["milan"], reason=DestructionReason.REQUEST,
        requester=Requester.AUTHORITY, received_on=day(cast, -7),
        balancing="De casus is klaar. De jongere en zijn moeder vroegen het samen, er loopt geen klacht of bezwaar.",
    )  # fmt: skip


def _emergency(cast: Cast, who: str, child: str, at: dt.datetime, reason: str) -> EmergencyAccess:
    return actions.open_in_emergency(by=cast.principal(who, at), at=at, dossier=cast.dossier[child], reason=reason)


def looked(cast: Cast) -> None:
    """Record looks of the last days, so that a demonstration shows who looked; tests start without looks."""
    for who, case, child, days, hour, page, kind, ground, result in (
        ("fatima", "de_boer", "julia", -1, 16, "desk.family_shown", RelationKind.EMERGENCY, "emergency", "done"),
        ("fatima", "de_boer", "julia", -1, 16, "desk.journal_shown", RelationKind.EMERGENCY, "emergency", "done"),
        ("mark", "visser", "lot", -3, 11, "desk.family_shown", RelationKind.STATED_GROUND, "call", "done"),
        ("sanne", "visser", "lot", -1, 16, "desk.family_shown", RelationKind.ASSIGNED, "coordination", "done"),
        ("rob", "kuiper", "roos", -2, 20, "desk.family_shown", "", "", "denied"),
        ("fatima", "kuiper", "roos", -2, 10, "desk.family_shown", RelationKind.ASSIGNED, "coordination", "done"),
    ):
        at = moment(cast, days, hour, 45)
        subjects = [("case", cast.case[case].pk), ("dossier", cast.dossier[child].pk)]
        look(
            cast.principal(who, at), page, cast.case[case], subjects=subjects, result=result, at=at,
            ground=f"{kind}: {ground}" if kind else "",
        )  # fmt: skip
