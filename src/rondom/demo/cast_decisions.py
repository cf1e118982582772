"""What was asked of the municipality and decided, with who may sign. Mandates, numbers and reasons are invented.

Letters     Rob proposed new words for the letter of a decision; Judith, the jurist, reads along
De Boer     a decision for Julia that Mark handed to both parents; the time to object runs
Postma      Anouk asked help for Ruben and Fenna: both decisions wait for Yasmin, in one reading
Yilmaz      Esra (16) asked a personal budget herself; Sanne prepares the decision, one test is still open
"""

import datetime as dt
from typing import Any

from rondom.accounts.enums import Role
from rondom.core import clock
from rondom.decisions import actions, making
from rondom.decisions.actions import Asked, Content
from rondom.decisions.enums import Channel, DecisionKind, Delivery, Form, Frequency, Shape
from rondom.decisions.models import Application, Decision
from rondom.decisions.queries import letters_of
from rondom.demo.cast import DRONTEN, Cast, employ
from rondom.demo.cast_desk import day, moment
from rondom.documents import wording
from rondom.documents.letters import LETTERS
from rondom.plans import actions as plans
from rondom.plans.enums import Discipline
from rondom.plans.models import Goal
from rondom.providers.models import Product

GROUND = "Mandaatbesluit jeugdhulp Dronten 2026, artikel 3"
ORDINANCE = "artikel 4 van de Verordening jeugdhulp Dronten 2026"


def add(cast: Cast) -> None:
    """Write who may sign, and three families with a decision on its way."""
    rob = cast.principal("rob", cast.began)
    for role in (Role.TEAM_LEAD, Role.PROCESS_COORDINATOR):
        actions.give_mandate(
            by=rob, at=cast.began, organisation=cast.organisation["jeugdteam"], role=role, kinds=list(DecisionKind),
            ground=GROUND, starts=clock.today(cast.began) - dt.timedelta(days=200), recorded_by=cast.staff["rob"],
            most_cents=2_500_000,
        )  # fmt: skip
    _words(cast)
    _advice(cast)
    _de_boer(cast)
    _postma(cast)
    _yilmaz(cast)


def _words(cast: Cast) -> None:
    """Rob proposes a first page that is easier to read; Judith, the jurist, reads along today."""
    employ(cast, "judith", "Judith", "Veen", "backoffice", None, Role.JURIST)
    at = moment(cast, -2, 11)
    before = "In deze brief leest u wat wij besluiten, waarom, en wat u kunt doen als u het er niet mee eens bent."
    after = "Deze brief zegt drie dingen: wat wij besluiten, waarom, en wat u kunt doen als u het niet eens bent."
    wording.propose(
        by=cast.principal("rob", at), at=at, kind="decision", starts=day(cast, 7), written_by=cast.staff["rob"],
        title=LETTERS["decision"].first_title, text=LETTERS["decision"].first_text.replace(before, after),
        because="Ouders van het cliëntenpanel vonden het begin van de brief te moeilijk.",
    )  # fmt: skip


def _advice(cast: Cast) -> None:
    """Mark asked the orthopedagogue about Ruben, and wrote down what she said."""
    asked, heard = moment(cast, -40, 11), moment(cast, -33, 15)
    row = plans.ask_advice(
        by=cast.principal("mark", asked), at=asked, case=cast.case["postma"], dossier=cast.dossier["ruben"],
        expert=plans.Expert("Hedy Brouwer", Discipline.BEHAVIOURAL, "Stichting Jeugdteam Dronten"),
        question="Wat helpt Ruben om weer elke dag naar school te gaan?", until=day(cast, -30),
        asked_by=cast.staff["mark"],
    )  # fmt: skip
    plans.write_advice(
        by=cast.principal("mark", heard), at=heard, advice=row,
        said=plans.Said(
            "Ruben zorgt te veel. Spreek af wie Fenna brengt en haalt, en laat Ruben één keer per week met zijn mentor "
            "praten. Kijk na twee maanden of het beter gaat.", day(cast, -33),
        ),
    )  # fmt: skip


def apply(cast: Cast, who: str, case: str, child: str, asker: str, days: int, what: str, **more: Any) -> Application:
    """Register what somebody asked for a child, some days from the moment of the cast."""
    at = moment(cast, days + 1, 10)
    asked = Asked(
        received_on=day(cast, days), channel=Channel.MAIL, shape=Shape.FREE, what=what, by=cast.person[asker], **more
    )
    return actions.register_application(
        by=cast.principal(who, at), at=at, dossier=cast.dossier[child], case=cast.case[case], asked=asked,
        registered_by=cast.staff[who],
    )  # fmt: skip


def prepare(
    cast: Cast, who: str, application: Application, days: int, found: dict[str, Any], content: Content
) -> Decision:
    """Prepare a decision on an application: the inquiry and what is decided."""
    at = moment(cast, days, 14)
    by, me = cast.principal(who, at), cast.staff[who]
    row = actions.begin(
        by=by, at=at, kind=content.kind, prepared_by=me, application=application
    )  # fmt: skip
    actions.change_inquiry(by=by, at=at, decision=row, found=found, opened_version=1)
    return actions.change(by=by, at=at, decision=row, content=content, opened_version=row.version)


def _product(code: str) -> Product:
    return Product.objects.get(municipality=DRONTEN, code=code)


def _goals(cast: Cast, case: str, child: str) -> tuple[Goal, ...]:
    return tuple(Goal.objects.filter(case=cast.case[case], concerns=cast.person[child]).order_by("created_at", "pk"))


def _de_boer(cast: Cast) -> None:
    asked = apply(
        cast, "mark", "de_boer", "julia", "anna", -48, "Wij willen hulp voor Julia. Zij zit klem tussen ons twee.",
        extent="anderhalf uur per week",
    )  # fmt: skip
    found = {
        "problems": "Julia heeft buikpijn op dagen dat zij wisselt van huis. Zij slaapt dan slecht.",
        "help_needed": "Iemand die met Julia praat en haar ouders leert haar erbuiten te laten.",
        "extent": "anderhalf uur per week, een half jaar", "own_strength": "De turnjuf ziet Julia twee keer per week. "
        "Anna en Thijs praten weer over school.", "remaining_help": "Begeleiding in het gezin, in beide huizen.",
        "wishes": "Anna en Thijs kozen samen De Vuurtoren, omdat die op woensdag kan.",
    }  # fmt: skip
    row = prepare(
        cast, "mark", asked, -29, found,
        Content(
            kind=DecisionKind.AWARD, product=_product("45A04"), volume=90, unit="minuten", frequency=Frequency.WEEK,
            starts=day(cast, -26), ends=day(cast, 157), article="artikel 2.3 van de Jeugdwet", ordinance=ORDINANCE,
            motivation="Julia heeft last van de spanning tussen haar ouders. Met begeleiding in beide huizen leren zij "
            "haar erbuiten te laten. Wat haar ouders en de turnjuf zelf doen, is nog niet genoeg.",
            goals=_goals(cast, "de_boer", "julia"),
        ),
    )  # fmt: skip
    asked_at, signed_at, sent_at = moment(cast, -29, 15), moment(cast, -29, 16), moment(cast, -28, 11)
    actions.ask_second(
        by=cast.principal("mark", asked_at), at=asked_at, decisions=[row], reader=cast.staff["yasmin"],
        until=day(cast, -28),
    )  # fmt: skip
    actions.sign(by=cast.principal("yasmin", signed_at), at=signed_at, decision=row, signed_by=cast.staff["yasmin"])
    mark, me = cast.principal("mark", sent_at), cast.staff["mark"]
    making.make_letters(row, by=mark, at=sent_at, filed_by=me, handed=True)
    for letter in letters_of(row):
        letter.decision = row
        actions.send_letter(by=mark, at=sent_at, letter=letter, delivery=Delivery.HANDED, sent_on=day(cast, -28))


def _postma(cast: Cast) -> None:
    rows = []
    for child, what, help_needed, code, reason in (
        ("ruben", "Wij vragen hulp voor Ruben, zodat hij weer elke dag naar school gaat.",
         "Iemand die met Ruben en zijn mentor afspreekt wat hij nodig heeft.", "45A04",
         "Ruben mist veel school, omdat hij thuis zorgt. Met begeleiding kan hij weer leerling zijn en broer."),
        ("fenna", "En voor Fenna, zodat de ochtenden rustig worden.",
         "Hulp in de ochtend die ook na de acht weken van Samen Sterk doorgaat.", "45A53",
         "Fenna groeit op in een druk gezin. De hulp van Samen Sterk werkt, maar zonder kan nog niet."),
    ):  # fmt: skip
        asked = apply(cast, "mark", "postma", child, "anouk", -50, what, extent="een uur per week")
        found = {
            "problems": "De ouders werken in ploegen. Overdag is er vaak niemand die het overneemt.",
            "help_needed": help_needed, "extent": "een uur per week, een half jaar",
            "own_strength": "Oma Postma haalt Fenna op maandag en donderdag. Jelle brengt haar weg.",
            "remaining_help": "Begeleiding, een uur per week.", "adviser": "De orthopedagoog van het team",
            "advice": "Een uur per week, in het gezin.",
            "advice_checked": "" if child == "fenna" else "Mark sprak de mentor en las het verslag; het klopt.",
        }  # fmt: skip
        rows.append(
            prepare(
                cast, "mark", asked, -3, found,
                Content(
                    kind=DecisionKind.AWARD, product=_product(code), volume=60, unit="minuten",
                    frequency=Frequency.WEEK, starts=day(cast, 7), ends=day(cast, 189),
                    article="artikel 2.3 van de Jeugdwet", ordinance=ORDINANCE, motivation=reason,
                    goals=_goals(cast, "postma", child),
                ),
            )
        )  # fmt: skip
    at = moment(cast, -1, 15)
    despite = {rows[1].pk: "De orthopedagoog is ziek; ik sprak haar collega, die het net zo ziet."}
    actions.ask_second(
        by=cast.principal("mark", at), at=at, decisions=rows, reader=cast.staff["yasmin"], until=day(cast, 3),
        despite=despite,
    )  # fmt: skip


def _yilmaz(cast: Cast) -> None:
    asked = apply(
        cast, "sanne", "yilmaz", "esra", "esra", -16,
        "Ik wil zelf iemand kiezen die mij helpt als de baby er is. Ik ken haar van school.",
        extent="vier uur per week", wants_budget=True,
    )  # fmt: skip
    found = {
        "problems": "Esra is 16 en krijgt over vier maanden een kind. Zij wil naar school blijven gaan.",
        "help_needed": "Iemand die haar helpt met de zorg voor de baby en met plannen.", "extent": "vier uur per week",
        "own_strength": "Haar moeder Emine past op als Esra op school is. De mentor ziet haar elke week.",
    }  # fmt: skip
    row = prepare(
        cast, "sanne", asked, -2, found,
        Content(
            kind=DecisionKind.AWARD, help_words="Begeleiding bij het ouder worden", form=Form.BUDGET,
            starts=day(cast, 30), ends=day(cast, 212), article="artikel 2.3 van de Jeugdwet", ordinance=ORDINANCE,
        ),
    )  # fmt: skip
    at = moment(cast, -1, 11)
    actions.change_budget(
        by=cast.principal("sanne", at), at=at, decision=row,
        found={
            "informed": True, "capable": True, "capable_words": "Haar moeder helpt met de administratie; zij zei ja.",
            "reasoned": True, "reasoned_words": "Zij wil iemand die zij kent en die in het weekend kan.",
            "quality": None, "quality_words": "", "requested_cents": 3200, "in_kind_cents": 7860, "hours": 104,
        },
    )  # fmt: skip
