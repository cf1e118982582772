"""Two applications that did not go as they should. A chapter: other tests begin without them.

De Boer     Thijs asked help for Julia and never sent what was missing: it can be left untreated, or decided
Visser      Mirjam asked help for Noor; nobody decided in time, and she wrote that: a penalty is near
"""

from rondom.decisions import actions
from rondom.demo.cast import Cast
from rondom.demo.cast_decisions import apply
from rondom.demo.cast_desk import day, moment


def add(cast: Cast) -> None:
    """Register both, with what happened to their time."""
    _never_completed(cast)
    _too_late(cast)


def _never_completed(cast: Cast) -> None:
    row = apply(cast, "mark", "de_boer", "julia", "thijs", -27, "Ik wil dat iemand Julia helpt met haar huiswerk.")
    asked, ended = moment(cast, -24, 11), moment(cast, -9, 9)
    actions.ask_to_complete(
        by=cast.principal("mark", asked), at=asked, application=row, asked_on=day(cast, -24),
        missing="Wat de school al doet, en uw handtekening.", written_by=cast.staff["mark"],
    )  # fmt: skip
    actions.completed(by=cast.principal("mark", ended), at=ended, application=row, ended_on=day(cast, -10))


def _too_late(cast: Cast) -> None:
    row = apply(cast, "sanne", "visser", "noor", "mirjam", -74, "Noor slaapt heel slecht. Wij willen daar hulp bij.")
    at = moment(cast, -15, 10)
    actions.note_default(
        by=cast.principal("sanne", at), at=at, application=row, received_on=day(cast, -16),
        words="Brief van Mirjam: zij wacht al tien weken.", written_by=cast.staff["sanne"],
    )  # fmt: skip
