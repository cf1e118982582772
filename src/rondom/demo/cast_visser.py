"""The family Visser through the whole chain: four children of two fathers, a secret address, a foster child.

Lot      her mother asked help with reading; both parents with authority have the decision, each a letter of their own;
         the treatment waits to begin
Sem      his mother asked for two talks a week and got one, with the reason; help runs
Daan     is 16 and decides himself: a case and a plan of his own, signed by him alone, looked back at with less help
         as outcome, a decision that he asked for, and help that waits
Finn     a worry about him came from school and went through triage; he has a goal in the plan. Noordoostpolder is
         responsible for him, so nothing is decided or ordered for him here

A chapter: a demonstration tells it, and tests that ask for the whole cast.
"""

import datetime as dt

from rondom.allocations import actions as allocations
from rondom.allocations import changing
from rondom.allocations.actions import Basis, Help
from rondom.allocations.enums import Frequency as Per
from rondom.decisions import actions, making
from rondom.decisions.actions import Content
from rondom.decisions.enums import DecisionKind, Delivery, Frequency
from rondom.decisions.models import Decision
from rondom.decisions.queries import letters_of
from rondom.demo.cast import Cast, safe_enough
from rondom.demo.cast_chain import SINGLE, agreed_plan, concern, goal
from rondom.demo.cast_decisions import ORDINANCE, apply, prepare
from rondom.demo.cast_desk import day, moment
from rondom.demo.cast_plan import resident
from rondom.documents import store
from rondom.documents.enums import MediaType
from rondom.dossiers import actions as dossiers
from rondom.dossiers.enums import CaseRoleKind, ClockState
from rondom.dossiers.models import Case
from rondom.entry import actions as entry
from rondom.entry.actions import Known, Named, Reporter
from rondom.entry.enums import Part, ReporterKind
from rondom.plans import actions as plans
from rondom.plans.actions import Answers
from rondom.plans.enums import Answer, Doer, GoalState, Outcome
from rondom.plans.filing import as_text
from rondom.plans.models import FamilyPlan, Goal
from rondom.plans.resident import part_for
from rondom.providers.models import Product

FOUND = {
    "problems": "Het is druk in huis, en er komt weinig van rustig oefenen.", "help_needed": "Iemand die het voordoet.",
    "extent": "een uur per week, een half jaar", "own_strength": "Oma Truus is er op woensdag.",
    "remaining_help": "Begeleiding, een uur per week.",
}  # fmt: skip


def add(cast: Cast) -> None:
    """Write what happened since the plan of the family was agreed."""
    _finn(cast)
    own = _plan_of_daan(cast)
    _lot(cast)
    _sem(cast)
    _daan(cast, own)


def _finn(cast: Cast) -> None:
    case, me = cast.case["visser"], cast.staff["yasmin"]
    came, judged, talked = moment(cast, -19, 10), moment(cast, -18, 9), moment(cast, -17, 15)
    row = concern(
        cast, "yasmin", came, Reporter(ReporterKind.SCHOOL, "Meester Ivo", "Basisschool De Wilgen", "0321 555 710"),
        "Finn vraagt elke dag wanneer hij zijn broer weer ziet.", [Named(Part.CHILD, "Finn Dijkstra", cast.year(11))],
        going_well="Finn helpt de jongere kinderen op het plein.", talked=1, agreed="Zijn voogd weet ervan.",
    )  # fmt: skip
    by = cast.principal("yasmin", judged)
    entry.judge(by=by, at=judged, concern=row, made_by=me, answers=SINGLE)
    entry.join(
        by=by, at=judged, concern=row, decided_by=me, case=case, first_contact_by=day(cast, -16),
        people_=[Known(row.persons.get(), cast.person["finn"])],
    )  # fmt: skip
    asked = case.clocks.get(kind=entry.FIRST_CONTACT, state=ClockState.RUNNING)
    dossiers.meet_clock(by=cast.principal("sanne", talked), at=talked, row=asked)
    plan = FamilyPlan.objects.get(case=case)
    goal(
        cast, plan, "sanne", talked, "Ik wil mijn broer elke maand zien.", "Finn", [cast.person["finn"]],
        [(Doer.PROVIDER, "Zijn voogd", "spreekt met het andere pleeggezin een dag af", -3)],
    )  # fmt: skip


def _plan_of_daan(cast: Cast) -> Case:
    at, me, daan = moment(cast, -30, 11), cast.staff["sanne"], "daan"
    by = cast.principal("sanne", at)
    case = dossiers.open_case(by=by, at=at, team=cast.team["oost"], dossiers=[cast.dossier[daan]])
    cast.case[daan] = case
    for kind in (CaseRoleKind.COORDINATION, CaseRoleKind.SIGHT_ON_SAFETY):
        dossiers.assign_role(by=by, at=at, case=case, kind=kind, staff=me)
    safe_enough(cast, "sanne", case, at + dt.timedelta(hours=1))
    written, agreed, signed = moment(cast, -28, 15), moment(cast, -27, 16), moment(cast, -26, 20)
    plan = agreed_plan(
        cast, "sanne", case, written, "Daan kookt, werkt op zaterdag en zegt wat hij wil.", -3, "een jaar"
    )
    goal(
        cast, plan, "sanne", written, "Ik wil mijn diploma halen en dan op mezelf wonen.", "Daan", [cast.person[daan]],
        [
            (Doer.FAMILY, "Daan", "maakt met zijn mentor een rooster", -20),
            (Doer.NETWORK, "Oom Bas", "leert hem met geld omgaan", -10),
        ],
    )  # fmt: skip
    plan.refresh_from_db()
    by = cast.principal("sanne", agreed)
    plans.agree(by=by, at=agreed, plan=plan, kept_by=me, agreed=[cast.person[daan]], opened_version=plan.version)
    plans.ask_signatures(by=by, at=agreed, plan=plan, asked_by=me)
    himself = resident(daan, signed)
    digest = part_for(himself, plan, at=signed).digest
    plans.answer_signature(by=himself, at=signed, plan=plan, signs=True, digest=digest)
    filed = moment(cast, -25, 10)
    made = [plans.Made(sheet, as_text(sheet), MediaType.TXT) for sheet in plans.sheets_to_file(plan)]
    plans.file_signed(
        by=cast.principal("sanne", filed), at=filed, plan=plan, filed_by=me, made=made,
        keep=lambda content: store.keep([content]),
    )  # fmt: skip
    _looked_back(cast, plan)
    return case


def _looked_back(cast: Cast, plan: FamilyPlan) -> None:
    at = moment(cast, -3, 16)
    plan.refresh_from_db()
    own = Goal.objects.get(plan=plan)
    plans.evaluate(
        by=cast.principal("sanne", at), at=at, plan=plan, written_by=cast.staff["sanne"], held_on=day(cast, -3),
        answers=Answers(helped=Answer.YES, satisfied=Answer.YES, alone=Answer.PARTLY), outcome=Outcome.DOWN,
        goal_states={own.pk: GoalState.PARTLY}, words="Het rooster werkt. Met geld wil ik nog hulp.", said_by="Daan",
        next_on=day(cast, 60),
    )  # fmt: skip


def _product(code: str) -> Product:
    return Product.objects.select_related("lot__contract__provider").get(code=code)


def _made_known(cast: Cast, row: Decision) -> Decision:
    """Let Yasmin sign a decision, and hand its letters over the next day."""
    asked, signed, sent = moment(cast, -18, 15), moment(cast, -18, 16), moment(cast, -17, 11)
    sanne = cast.principal("sanne", asked)
    actions.ask_second(by=sanne, at=asked, decisions=[row], reader=cast.staff["yasmin"], until=day(cast, -17))
    row = actions.sign(by=cast.principal("yasmin", signed), at=signed, decision=row, signed_by=cast.staff["yasmin"])
    by, me = cast.principal("sanne", sent), cast.staff["sanne"]
    making.make_letters(row, by=by, at=sent, filed_by=me, handed=True)
    for letter in letters_of(row):
        letter.decision = row
        actions.send_letter(by=by, at=sent, letter=letter, delivery=Delivery.HANDED, sent_on=day(cast, -17))
    return row


def _lot(cast: Cast) -> None:
    asked = apply(cast, "sanne", "visser", "lot", "mirjam", -40, "Lot leest niet mee in de klas. Wij willen hulp.")
    together = Goal.objects.get(case=cast.case["visser"], said_by="Lot")
    row = _made_known(
        cast,
        prepare(
            cast, "sanne", asked, -18, FOUND,
            Content(
                kind=DecisionKind.AWARD, product=_product("54D01"), volume=1, unit="behandeling",
                frequency=Frequency.TOTAL, starts=day(cast, -14), ends=day(cast, 300), ordinance=ORDINANCE,
                article="artikel 2.3 van de Jeugdwet", goals=(together,),
                motivation="Lot leest twee jaar onder haar leeftijd. Oefenen op school was niet genoeg.",
            ),
        ),
    )  # fmt: skip
    at = moment(cast, -12, 10)
    order = allocations.order(
        by=cast.principal("sanne", at), at=at, dossier=cast.dossier["lot"], case=cast.case["visser"],
        ordered_by=cast.staff["sanne"], basis=Basis.resting_on(row), goal=together,
        what=Help(starts=day(cast, -10), ends=day(cast, 300), product=row.product, volume=1, frequency=Per.TOTAL),
    )  # fmt: skip
    told = moment(cast, -5, 10)
    changing.write_wait(
        by=cast.principal("sanne", told), at=told, allocation=order, registered_on=day(cast, -11),
        first_talk_on=day(cast, -6),
    )  # fmt: skip


def _sem(cast: Cast) -> None:
    asked = apply(
        cast, "sanne", "visser", "sem", "mirjam", -38, "Sem huilt bij elk afscheid. Ik wil twee gesprekken per week.",
        extent="twee uur per week",
    )  # fmt: skip
    row = _made_known(
        cast,
        prepare(
            cast, "sanne", asked, -18, FOUND | {"differs": False},
            Content(
                kind=DecisionKind.PART_REFUSE, product=_product("45A53"), volume=60, unit="minuten",
                frequency=Frequency.WEEK, starts=day(cast, -14), ends=day(cast, 150), ordinance=ORDINANCE,
                article="artikel 2.3 van de Jeugdwet",
                motivation="Sem vindt afscheid nemen moeilijk. Met behandeling leert hij dat mama terugkomt.",
                refusal="Twee gesprekken per week is te veel voor een jongen van vijf; één is genoeg om te oefenen.",
            ),
        ),
    )  # fmt: skip
    at, begun = moment(cast, -13, 10), moment(cast, -7, 12)
    order = allocations.order(
        by=cast.principal("sanne", at), at=at, dossier=cast.dossier["sem"], case=cast.case["visser"],
        ordered_by=cast.staff["sanne"], basis=Basis.resting_on(row),
        what=Help(starts=day(cast, -9), ends=day(cast, 150), product=row.product, volume=60, frequency=Per.WEEK),
    )  # fmt: skip
    allocations.start(
        by=cast.principal("sanne", begun), at=begun, allocation=order, started_on=day(cast, -8),
        first_talk_on=day(cast, -11), right_address=True, help_needed=True,
    )  # fmt: skip


def _daan(cast: Cast, case: Case) -> None:
    asked = apply(
        cast, "sanne", "daan", "daan", "daan", -24, "Ik wil iemand die met mij oefent met geld en met brieven."
    )
    own = Goal.objects.get(case=case)
    row = _made_known(
        cast,
        prepare(
            cast, "sanne", asked, -18, FOUND,
            Content(
                kind=DecisionKind.AWARD, product=_product("45A04"), volume=60, unit="minuten",
                frequency=Frequency.WEEK, starts=day(cast, -14), ends=day(cast, 150), ordinance=ORDINANCE,
                article="artikel 2.3 van de Jeugdwet", goals=(own,),
                motivation="Daan wil over een jaar op zichzelf wonen en oefent daarvoor met geld en brieven.",
            ),
        ),
    )  # fmt: skip
    at = moment(cast, -12, 11)
    allocations.order(
        by=cast.principal("sanne", at), at=at, dossier=cast.dossier["daan"], case=case, goal=own,
        ordered_by=cast.staff["sanne"], basis=Basis.resting_on(row),
        what=Help(starts=day(cast, -10), ends=day(cast, 150), product=row.product, volume=60, frequency=Per.WEEK),
    )  # fmt: skip
