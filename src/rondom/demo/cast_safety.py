"""Safety of the cast: a family with an open risk, agreements that are checked, and something to do about it now.

Smeets      Inge drank again and Timo was alone in the evening: he is safe only with agreements. Joris has sight on it
            and is away this week; Sanne sees to the family, and finds the next check on her day
Everybody   was judged safe enough when the team began (`cast.safe_enough`)
"""

from rondom.demo.cast import Cast
from rondom.demo.cast_desk import day, moment
from rondom.people.actions import add_contact_point
from rondom.people.enums import ContactKind, ContactSafety
from rondom.safety import actions
from rondom.safety.actions import Judged
from rondom.safety.enums import Met, Occasion, Outcome


def add(cast: Cast) -> None:
    """Write what the neighbor told, what was agreed, and one check."""
    case, me, timo = cast.case["smeets"], cast.staff["joris"], cast.person["timo"]
    written = moment(cast, -4, 16)
    by = cast.principal("joris", written)
    judged = Judged(
        child=timo, met=Met.ALONE, outcome=Outcome.CONDITIONS, said_by="Timo en buurvrouw Corrie",
        worries="Timo was twee avonden alleen. Inge had gedronken en wist de volgende dag niet meer hoe laat het was.",
        keeps_safe="Buurvrouw Corrie heeft een sleutel. Timo belt haar als het niet goed gaat.",
        child_says="Als mama slaapt ga ik naar Corrie.",
    )  # fmt: skip
    actions.assess(
        by=by, at=written, case=case, written_by=me, occasion=Occasion.SIGNAL, held_on=day(cast, -4), judged=[judged],
        signal="Buurvrouw Corrie belde: Timo stond om tien uur 's avonds bij haar voor de deur.",
        parents_spoken="Inge, thuis", next_on=day(cast, 4),
    )  # fmt: skip
    evening = actions.agree_condition(
        by=by, at=written, case=case, written_by=me, who="Buurvrouw Corrie", concerns=[timo],
        what="is er elke avond om zeven uur, of Timo eet en slaapt bij haar", checked_by="Timo",
        check_on=day(cast, -1), until=day(cast, 30),
    )  # fmt: skip
    actions.agree_condition(
        by=by, at=written, case=case, written_by=me, who="Inge", concerns=[timo],
        what="drinkt niet als Timo thuis is; lukt dat niet, dan belt zij eerst Corrie", checked_by="Corrie",
        check_on=day(cast, 4),
    )  # fmt: skip
    add_contact_point(
        by=by, at=written, person=cast.person["inge"], kind=ContactKind.PHONE, value="06 1234 5009",
        safety=ContactSafety.SAFE, remark="'s avonds eerst Corrie vragen",
    )  # fmt: skip
    asked = moment(cast, -1, 17)
    actions.check_condition(
        by=cast.principal("joris", asked), at=asked, row=evening, written_by=me, kept=True, said_by="Timo",
        words="Corrie was er elke avond.", next_on=day(cast, 2),
    )  # fmt: skip
