"""From a worry to help: what came in, what was planned, ordered and looked back at. Norms of the places are invented.

Postma      went the way of a single question: school worries, parents of Ruben (13) and Fenna (3) want help, one
            provider helps for a while and a bit longer, and tomorrow they look back with Mark; Ruben waits for
            treatment, and gets short help until it begins
Visser      a worry led to it; its plan has a goal of Daan himself; help for Lot determined by the GI; a coach for Daan
            of the free offer ends soon
De Boer     a plan of both parents; help by decision runs, a second order waits for the back office
Willems     a worry that waits for triage
Van Dijk    a worry that ended with advice
"""

import datetime as dt

from rondom.allocations import actions as allocations
from rondom.allocations import changing, handing, waiting
from rondom.allocations.actions import Basis, Help
from rondom.allocations.changing import Because
from rondom.allocations.enums import ChangeReason, Decision, Frequency, Ground
from rondom.allocations.models import Allocation, WarmHandover
from rondom.core import clock
from rondom.core.principals import machine
from rondom.demo.cast import DRONTEN, Cast, safe_enough
from rondom.demo.cast_desk import day, moment
from rondom.demo.cast_reference import EARLIER
from rondom.dossiers import actions as dossiers
from rondom.dossiers.models import Case, RoleHandover
from rondom.dossiers.queries import adults_in
from rondom.entry import actions as entry
from rondom.entry.actions import Known, Named, Reporter
from rondom.entry.enums import Channel, Part, ReporterKind
from rondom.entry.models import Concern
from rondom.people import actions as people
from rondom.people import enums
from rondom.people.models import Person
from rondom.plans import actions as plans
from rondom.plans.enums import Doer
from rondom.plans.models import FamilyPlan, Goal
from rondom.providers.models import Product
from rondom.reference import actions as reference

NORMS = (
    ("concern_triage_days", "2", "Werkafspraak van de toegang"),
    ("safety_start_days", "5", "Werkafspraak van de teams"),
    ("safety_instrument", "Werkblad veiligheid", "Werkafspraak van de teams"),
    ("waiting_norm_help_days", "28", "Inkoopafspraak"),
    ("first_talk_working_days", "5", "Werkafspraak van de toegang"),
)
SINGLE = {"problems": "one", "help": "one_form", "parents": "able", "safety_signal": False}


def add(cast: Cast) -> None:
    """Write what came in and what followed from it."""
    began = cast.at - EARLIER
    for name, value, source in NORMS:
        reference.propose(
            by=cast.principal("tom", at=began), at=began, name=name, scope=DRONTEN, value=value, source=source,
            starts=clock.today(began) + dt.timedelta(days=30), seen=None,
        )  # fmt: skip
    _postma(cast)
    _visser(cast)
    _de_boer(cast)
    _ruben_waits(cast)
    _waiting(cast)


def concern(
    cast: Cast, who: str, at: dt.datetime, reporter: Reporter, worry: str, persons: list[Named], *,
    going_well: str = "", talked: int | None = None, because: str = "", agreed: str = "",
) -> Concern:  # fmt: skip
    """Write a worry down as somebody of the cast; `talked` is how many days before with the parents."""
    return entry.receive(
        by=cast.principal(who, at), at=at, entered_by=cast.staff[who], channel=Channel.PHONE, reporter=reporter,
        worry=worry, persons=persons, going_well=going_well, not_talked_because=because, agreed_with_family=agreed,
        talked_on=clock.today(at) - dt.timedelta(days=talked) if talked is not None else None,
    )  # fmt: skip


def goal(
    cast: Cast, plan: FamilyPlan, who: str, at: dt.datetime, text: str, said_by: str, about: list[Person],
    lines: list[tuple[Doer, str, str, int]],
) -> Goal:  # fmt: skip
    """Add a goal with who does what; days are counted from the moment of the cast."""
    by, me = cast.principal(who, at), cast.staff[who]
    made = plans.add_goal(by=by, at=at, plan=plan, text=text, said_by=said_by, concerns=about, kept_by=me)
    for doer, name, what, days in lines:
        plans.add_line(by=by, at=at, goal=made, doer=doer, who=name, what=what, due_on=day(cast, days), kept_by=me)
    return made


def agreed_plan(
    cast: Cast, who: str, case: Case, at: dt.datetime, going_well: str, first: int, duration: str
) -> FamilyPlan:
    """Begin a plan with its first evaluation some days from now."""
    by, me = cast.principal(who, at), cast.staff[who]
    plan = plans.begin(by=by, at=at, case=case, begun_by=me, going_well=going_well)
    return plans.change(
        by=by, at=at, plan=plan, opened_version=plan.version, kept_by=me,
        changes={"first_evaluation_on": day(cast, first), "duration": duration},
    )  # fmt: skip


def _postma(cast: Cast) -> None:
    came, judged, accepted = moment(cast, -64, 9, 20), moment(cast, -63, 10), moment(cast, -62, 8, 50)
    row = concern(
        cast, "els", came,
        Reporter(ReporterKind.SCHOOL, "Henk Talsma, mentor", "VO De Polderborg", "0321 555 700"),
        "Ruben was dit schooljaar al veertien keer een dag niet op school. Hij zegt dat hij op zijn zusje past. "
        "Fenna wordt vaak laat en zonder eten naar de opvang gebracht.",
        [
            Named(Part.CHILD, "Ruben Postma", cast.year(13)), Named(Part.CHILD, "Fenna Postma", cast.year(3)),
            Named(Part.ADULT, "Anouk Postma", what="moeder"), Named(Part.ADULT, "Jelle Postma", what="vader"),
        ],
        going_well="Ruben is zorgzaam en haalt goede cijfers als hij er is. De ouders komen altijd op gesprek.",
        talked=2, agreed="De ouders willen graag hulp en wachten op een telefoontje.",
    )  # fmt: skip
    yasmin, me = cast.principal("yasmin", judged), cast.staff["yasmin"]
    entry.judge(by=yasmin, at=judged, concern=row, made_by=me, answers=SINGLE)
    case = entry.hand_out(
        by=yasmin, at=judged, concern=row, decided_by=me, team=cast.team["oost"], to=cast.staff["mark"],
        people_=[Known(person) for person in row.persons.order_by("pk")], first_contact_by=day(cast, -58),
        passed_on="Bel moeder, liefst na vier uur. Ruben wil er zelf bij zijn.",
        team_answers={"school": "polderborg", "age": 13, "area": "unknown"},
    )  # fmt: skip
    mark = cast.principal("mark", accepted)
    for handover in RoleHandover.objects.filter(case=case, ended_at=None):
        dossiers.accept_handover(by=mark, at=accepted, handover=handover)
    talked = moment(cast, -60, 15)
    dossiers.meet_clock(by=cast.principal("mark", talked), at=talked, row=case.clocks.get(kind=entry.FIRST_CONTACT))
    safe_enough(cast, "mark", case, talked)
    _plan_of_postma(cast, case)


def _plan_of_postma(cast: Cast, case: Case) -> None:
    by_name = {link.dossier.youth.called.lower(): link.dossier for link in case.dossier_links.all()}
    ruben, fenna = by_name["ruben"], by_name["fenna"]
    adults = [adult.person for adult in adults_in(case, at=cast.at)]
    cast.case["postma"] = case
    cast.dossier |= by_name
    cast.person |= {"ruben": ruben.youth, "fenna": fenna.youth, "anouk": adults[0], "jelle": adults[1]}
    written = moment(cast, -56, 16)
    for child in ("ruben", "fenna"):
        for parent in ("anouk", "jelle"):
            people.record_authority(
                by=machine("demo", DRONTEN), at=written, child=cast.person[child], holder=cast.person[parent],
                kind=enums.AuthorityKind.JOINT, source=enums.FactSource.DECLARED,
                starts=cast.person[child].born_on or clock.today(written),
            )  # fmt: skip
    plan = agreed_plan(
        cast, "mark", case, written,
        "Ruben zorgt goed voor Fenna en haalt goede cijfers. Anouk en Jelle willen dat het anders gaat.", 1,
        "twee maanden",
    )  # fmt: skip
    goal(
        cast, plan, "mark", written, "Ik ga elke dag naar school. Ook als het thuis druk is.", "Ruben", [ruben.youth],
        [
            (Doer.FAMILY, "Jelle", "brengt Fenna weg, zodat Ruben op tijd is", -54),
            (Doer.NETWORK, "Oma Postma", "haalt Fenna op maandag en donderdag op", -54),
        ],
    )  # fmt: skip
    care = goal(
        cast, plan, "mark", written, "Fenna heeft ontbeten en is op tijd op de opvang.", "Anouk",
        [fenna.youth, ruben.youth],
        [(Doer.PROVIDER, "Samen Sterk Polder", "komt twee keer per week, in de ochtend", -50)],
    )  # fmt: skip
    agreed = moment(cast, -55, 16)
    plan.refresh_from_db()
    plans.agree(
        by=cast.principal("mark", agreed), at=agreed, plan=plan, kept_by=cast.staff["mark"],
        agreed=[*adults, ruben.youth], opened_version=plan.version,
    )  # fmt: skip
    row = allocations.order(
        by=cast.principal("mark", agreed), at=agreed, dossier=fenna, case=case, ordered_by=cast.staff["mark"],
        what=Help(starts=day(cast, -52), ends=day(cast, -8), product=_product("45A48")), goal=care,
        basis=Basis(Ground.MUNICIPAL, Decision.FREE_OFFER),
    )  # fmt: skip
    started = moment(cast, -49, 12)
    allocations.start(
        by=cast.principal("mark", started), at=started, allocation=row, started_on=day(cast, -50),
        first_talk_on=day(cast, -52), right_address=True, help_needed=True,
    )  # fmt: skip
    longer = moment(cast, -12, 15)
    changing.change(
        by=cast.principal("mark", longer), at=longer, allocation=row, changed_by=cast.staff["mark"],
        wish=Help(starts=row.starts, ends=day(cast, 8), product=row.product), opened_version=row.version,
        because=Because(ChangeReason.LONGER, "Drie weken erbij, tot het terugkijken."),
    )  # fmt: skip


def _product(code: str) -> Product:
    return Product.objects.select_related("lot__contract__provider").get(municipality=DRONTEN, code=code)


def _visser(cast: Cast) -> None:
    case, me = cast.case["visser"], cast.staff["yasmin"]
    came, added = cast.began + dt.timedelta(hours=1), cast.began + dt.timedelta(hours=3)
    row = concern(
        cast, "yasmin", came, Reporter(ReporterKind.SCHOOL, "Anja de Leeuw", "Basisschool De Wilgen", "0321 555 710"),
        "Lot is stil in de klas en gaat na schooltijd niet naar huis.",
        [Named(Part.CHILD, "Lot de Wit"), Named(Part.ADULT, "Mirjam Visser", what="moeder")],
        going_well="Lot zwemt graag en heeft een vriendin.", because="Moeder was twee weken niet bereikbaar.",
    )  # fmt: skip
    lot, mirjam = row.persons.get(part=Part.CHILD), row.persons.get(part=Part.ADULT)
    entry.join(
        by=cast.principal("yasmin", added), at=added, concern=row, decided_by=me, case=case,
        people_=[Known(lot, cast.person["lot"]), Known(mirjam, cast.person["mirjam"])],
        first_contact_by=clock.today(added) + dt.timedelta(days=4),
    )  # fmt: skip
    talked = added + dt.timedelta(days=2)
    dossiers.meet_clock(by=cast.principal("sanne", talked), at=talked, row=case.clocks.get(kind=entry.FIRST_CONTACT))
    written = moment(cast, -21, 17)
    plan = agreed_plan(
        cast, "sanne", case, written, "Oma past elke woensdag op. Lot zwemt weer. Daan denkt mee.", 40, "een half jaar"
    )
    together = goal(
        cast, plan, "sanne", written, "Ik wil elke dag een kwartier met mama alleen.", "Lot",
        [cast.person["lot"], cast.person["mirjam"]],
        [
            (Doer.FAMILY, "Mirjam", "plant elke dag een kwartier samen", -14),
            (Doer.NETWORK, "Oma Truus", "haalt Lot op woensdag van school", -13),
            (Doer.TEAM, "Sanne", "vraagt de school hoe het in de klas gaat", -6),
        ],
    )  # fmt: skip
    goal(
        cast, plan, "sanne", written, "Ik wil bij elk gesprek over mij zelf aan tafel zitten.", "Daan",
        [cast.person["daan"]], [(Doer.TEAM, "Sanne", "vraagt Daan eerst of het uitkomt", -14)],
    )  # fmt: skip
    agreed = moment(cast, -20, 10)
    plan.refresh_from_db()
    plans.agree(
        by=cast.principal("sanne", agreed), at=agreed, plan=plan, kept_by=cast.staff["sanne"],
        agreed=[cast.person["mirjam"], cast.person["daan"]], opened_version=plan.version,
    )  # fmt: skip
    row_ = allocations.order(
        by=cast.principal("sanne", agreed), at=agreed, dossier=cast.dossier["lot"], case=case,
        ordered_by=cast.staff["sanne"], goal=together, basis=Basis(Ground.GI, Decision.GI_DETERMINATION),
        what=Help(
            starts=day(cast, -18), ends=day(cast, 160), product=_product("45A04"), volume=120, frequency=Frequency.WEEK
        ),
    )  # fmt: skip
    started = moment(cast, -10, 12)
    allocations.start(
        by=cast.principal("sanne", started), at=started, allocation=row_, started_on=day(cast, -11),
        first_talk_on=day(cast, -15), right_address=True, help_needed=True,
    )  # fmt: skip
    coach = allocations.order(
        by=cast.principal("sanne", agreed), at=agreed, dossier=cast.dossier["daan"], case=case,
        ordered_by=cast.staff["sanne"], basis=Basis(Ground.MUNICIPAL, Decision.FREE_OFFER),
        what=Help(starts=day(cast, -18), ends=day(cast, 20), free_offer="Jongerencoach Dronten"),
    )  # fmt: skip
    allocations.start(
        by=cast.principal("sanne", started), at=started, allocation=coach, started_on=day(cast, -13),
        right_address=True, help_needed=True,
    )  # fmt: skip


def _de_boer(cast: Cast) -> None:
    case, written, agreed = cast.case["de_boer"], moment(cast, -30, 15), moment(cast, -28, 15)
    plan = agreed_plan(
        cast, "mark", case, written, "Julia heeft het bij allebei haar ouders fijn. Zij praten weer over school.", 30,
        "drie maanden",
    )  # fmt: skip
    wish = goal(
        cast, plan, "mark", written, "Ik hoef geen briefjes meer over te brengen.", "Julia", [cast.person["julia"]],
        [
            (Doer.FAMILY, "Anna en Thijs", "praten over school via de app", -20),
            (Doer.NETWORK, "De turnjuf", "vraagt Julia elke week hoe het gaat", -20),
        ],
    )  # fmt: skip
    plan.refresh_from_db()
    by, me = cast.principal("mark", agreed), cast.staff["mark"]
    plans.agree(
        by=by, at=agreed, plan=plan, kept_by=me, agreed=[cast.person["anna"], cast.person["thijs"]],
        opened_version=plan.version,
    )  # fmt: skip
    row = allocations.order(
        by=by, at=agreed, dossier=cast.dossier["julia"], case=case, ordered_by=me, goal=wish,
        basis=Basis(Ground.MUNICIPAL, Decision.TAKEN, "2026-0412", day(cast, -29)),
        what=Help(
            starts=day(cast, -26), ends=day(cast, 90), product=_product("45A04"), volume=90, frequency=Frequency.WEEK
        ),
    )  # fmt: skip
    started = moment(cast, -20, 12)
    allocations.start(
        by=cast.principal("mark", started), at=started, allocation=row, started_on=day(cast, -22), right_address=True,
        help_needed=True, first_talk_on=day(cast, -25),
    )  # fmt: skip
    _hand_julia_over(cast, row)
    asked = moment(cast, -1, 14)
    allocations.order(
        by=cast.principal("mark", asked), at=asked, dossier=cast.dossier["julia"], case=case, ordered_by=me, goal=wish,
        basis=Basis(Ground.MUNICIPAL, Decision.TAKEN, "2026-0455", day(cast, -2)),
        what=Help(
            starts=day(cast, 6), ends=day(cast, 90), product=_product("45A53"), volume=60, frequency=Frequency.WEEK
        ),
        despite="De begeleiding stopt zodra de behandeling loopt; twee weken lopen zij naast elkaar.",
    )  # fmt: skip


def _hand_julia_over(cast: Cast, order: Allocation) -> None:
    """Both parents, Mark and the helper sat at one table; two days later she took over."""
    planned, held, taken = moment(cast, -19, 9), moment(cast, -15, 16), moment(cast, -13, 10)
    row = WarmHandover.objects.get(allocation=order)
    handing.plan_handover(
        by=cast.principal("mark", planned), at=planned, handover=row,
        talk=handing.Talk(
            moment(cast, -15, 15), [cast.person["anna"], cast.person["thijs"]], "Ilse Vos, gezinscoach",
            [cast.staff["mark"]], place="Bij ons op kantoor",
        ),
    )  # fmt: skip
    row.refresh_from_db()
    seats = row.meeting.participants.all() if row.meeting else []
    handing.write_handover(
        by=cast.principal("mark", held), at=held, handover=row,
        told=handing.Told(
            {seat.pk for seat in seats}, "Julia wil geen briefjes meer overbrengen. De coach praat eerst met haar "
            "alleen, daarna om de week in elk huis. Wisseldag is maandag.",
            [order.goal] if order.goal else [],
        ),
    )  # fmt: skip
    handing.accept_handover(
        by=cast.principal("mark", taken), at=taken, handover=row, accepted_by="Ilse Vos", accepted_on=day(cast, -13)
    )


def _ruben_waits(cast: Cast) -> None:
    case, me, ruben = cast.case["postma"], cast.staff["mark"], cast.dossier["ruben"]
    ordered, talked, bridged = moment(cast, -9, 11), moment(cast, -2, 16), moment(cast, -7, 10)
    row = allocations.order(
        by=cast.principal("mark", ordered), at=ordered, dossier=ruben, case=case, ordered_by=me,
        basis=Basis(Ground.MUNICIPAL, Decision.TAKEN, "2026-0440", day(cast, -10)),
        what=Help(
            starts=day(cast, -5), ends=day(cast, 160), product=_product("45A53"), volume=90, frequency=Frequency.WEEK
        ),
        despite="De gemeente wordt nog uitgezocht; zolang betaalt Dronten.",
    )  # fmt: skip
    passed = moment(cast, -9, 15)
    allocations.let_through(
        by=cast.principal("rob", passed), at=passed, allocation=row, let_through_by=cast.staff["rob"]
    )
    changing.write_wait(
        by=cast.principal("mark", talked), at=talked, allocation=row, registered_on=day(cast, -8),
        first_talk_on=day(cast, -3),
    )  # fmt: skip
    waiting.watch_wait(
        by=cast.principal("mark", talked), at=talked, allocation=row, watched_by=me, check_on=day(cast, 5),
        words="Kan Ruben het volhouden tot de behandeling begint?",
    )  # fmt: skip
    until_then = allocations.order(
        by=cast.principal("mark", bridged), at=bridged, dossier=ruben, case=case, ordered_by=me,
        basis=Basis(Ground.MUNICIPAL, Decision.FREE_OFFER), bridges=row,
        what=Help(starts=day(cast, -6), ends=day(cast, 21), product=_product("45A48")),
    )  # fmt: skip
    began = moment(cast, -3, 12)
    allocations.start(
        by=cast.principal("mark", began), at=began, allocation=until_then, started_on=day(cast, -4),
        first_talk_on=day(cast, -5), right_address=True, help_needed=True,
    )  # fmt: skip


def _waiting(cast: Cast) -> None:
    concern(
        cast, "sanne", min(moment(cast, 0, 9), cast.at),
        Reporter(ReporterKind.YOUTH_WORK, "Priya Nandoe", "Jongerenwerk De Meerpaal", "06 55 55 02 10"),
        "Mees komt sinds de herfst elke dag naar de inloop en wil niet naar huis. Hij zegt dat zijn ouders veel ruzie "
        "hebben over geld.",
        [Named(Part.CHILD, "Mees Willems", cast.year(11)), Named(Part.ADULT, "Carla Willems", what="moeder")],
        going_well="Mees helpt de jongere kinderen met voetbal.", talked=1,
        agreed="Moeder vindt het goed dat jullie bellen.",
    )  # fmt: skip
    at = moment(cast, -5, 11)
    row = concern(
        cast, "mark", at, Reporter(ReporterKind.CHILDCARE, "Joke Hoekstra", "Peuterspeelzaal Pinkeltje"),
        "Saar van Dijk van drie praat nog weinig. Haar ouders vragen zich af of dat erg is.",
        [Named(Part.CHILD, "Saar van Dijk", cast.year(3))], talked=0, agreed="De ouders willen graag tips.",
    )  # fmt: skip
    later = moment(cast, -4, 9)
    entry.advise(
        by=cast.principal("yasmin", later), at=later, concern=row, decided_by=cast.staff["yasmin"],
        advice="Samen voorlezen en spelen. Het consultatiebureau kijkt bij de afspraak van volgende maand mee.",
    )  # fmt: skip
