"""The plan with the family: what they tell, what they write at home, who signs, a second pair of eyes.

Visser      Mirjam wrote something about Sem for Sanne, and began something she has not shared; the plan waits for the
            signatures of Mirjam, of Daan himself and of Peter, each for what concerns them
Postma      Mark asked Yasmin to look at a goal before more help is ordered for it
"""

import datetime as dt

from rondom.accounts.models import Account
from rondom.accounts.queries import principal_for
from rondom.core import clock
from rondom.core.principals import Principal
from rondom.demo.cast import Cast
from rondom.demo.cast_desk import day, moment
from rondom.plans import actions as plans
from rondom.plans.enums import Goes, WritingKind
from rondom.plans.models import FamilyPlan, Goal
from rondom.plans.queries import domains


def add(cast: Cast) -> None:
    """Write it as it stands today."""
    _told(cast)
    _written_at_home(cast)
    _signatures(cast)
    _second_pair_of_eyes(cast)


def resident(name: str, at: dt.datetime) -> Principal:
    """Return the principal of a resident of the cast."""
    found = principal_for(Account.objects.get(username=name), at=at, assurance="substantial")
    assert found is not None
    return found


def _told(cast: Cast) -> None:
    plan, at = FamilyPlan.objects.get(case=cast.case["visser"]), moment(cast, -9, 14)
    listed = dict(domains(clock.today(at)))  # an installation may have other lists
    for goes, text, said_by, about, domain in (
        (Goes.WELL, "Lot zwemt weer elke zaterdag en slaapt beter.", "Mirjam", "lot", "spare_time"),
        (Goes.ATTENTION, "Rekenen vind ik nog moeilijk.", "Lot", "lot", "school"),
        (Goes.WELL, "Ik kook op maandag voor iedereen.", "Daan", "daan", ""),
    ):
        plan.refresh_from_db()
        plans.tell_finding(
            by=cast.principal("sanne", at), at=at, plan=plan, goes=goes, text=text, said_by=said_by,
            domain=domain if domain in listed else "", concerns=[cast.person[about]], written_by=cast.staff["sanne"],
        )  # fmt: skip


def _written_at_home(cast: Cast) -> None:
    shared, begun = moment(cast, -2, 20), moment(cast, -1, 21)
    row = plans.keep_writing(
        by=resident("mirjam", shared), at=shared, dossier=cast.dossier["sem"], kind=WritingKind.GOAL,
        text="Ik wil dat Sem naar groep 2 gaat zonder te huilen bij de deur.",
    )  # fmt: skip
    plans.share(by=resident("mirjam", shared), at=shared, writing=row)
    plans.keep_writing(
        by=resident("mirjam", begun), at=begun, dossier=cast.dossier["noor"], kind=WritingKind.GOING_WELL,
        text="Noor zegt nu ook zinnetjes van drie woorden.",
    )  # fmt: skip
    esra = moment(cast, -3, 22)
    own = plans.keep_writing(
        by=resident("esra", esra), at=esra, dossier=cast.dossier["esra"], kind=WritingKind.GOAL,
        text="Ik wil mijn school afmaken, ook als de baby er is.",
    )  # fmt: skip
    plans.share(by=resident("esra", esra), at=esra, writing=own)


def _signatures(cast: Cast) -> None:
    plan, at = FamilyPlan.objects.get(case=cast.case["visser"]), moment(cast, -4, 11)
    plans.ask_signatures(by=cast.principal("sanne", at), at=at, plan=plan, asked_by=cast.staff["sanne"])


def _second_pair_of_eyes(cast: Cast) -> None:
    at = moment(cast, -1, 15)
    goal = Goal.objects.get(case=cast.case["postma"], said_by="Anouk")
    plans.ask_screening(
        by=cast.principal("mark", at), at=at, goal=goal, asked_by=cast.staff["mark"], asked_of=cast.staff["yasmin"],
        due_on=day(cast, 3),
    )  # fmt: skip
