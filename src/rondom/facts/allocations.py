"""Help that was ordered: what, from whom, from when to when, what changed, and the waits."""

import datetime as dt

from rondom.facts.schema import Grain, Release, column, table

SOURCE = "orders of help, as they are kept"
FORMS = "Regeling Jeugdwet, bijlage 2; code list help_form_of_product"
REFERRERS = "Regeling Jeugdwet, bijlage 2; code list cbs_referrer"
TRAJECTORY = "CBS, Jeugdhulp 2020, ch. 2"
HELP_FORM = "Form of help of CBS: code; empty when the list does not say it of the product."
REFERRER = "Who referred, of CBS: code; empty for a doctor of whom no referral is on record."
PROVINCE = "Key of the province in which the municipality lies; empty when that is not known."


@table("allocation", grain=Grain.ALLOCATION, produced_by="allocations")
class AllocationFact:
    """One order of help for one youth. A change of provider or product is another order."""

    allocation_key: str = column(
        "Pseudonym of the allocation.", source=SOURCE, release=Release.NONE, renewed="allocation"
    )
    youth_key: str = column("Pseudonym of the youth.", source=SOURCE, release=Release.NONE, renewed="youth")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    district: str = column(
        "CBS code of the wijk where the youth lives; empty when it is unknown or must not be known.",
        source="CBS, wijken en buurten",
        release=Release.EXACT,
    )
    province: str = column(PROVINCE, source="CBS, gemeentelijke indeling", release=Release.EXACT)
    born_on: dt.date | None = column(
        "Day of birth of the youth; empty while unborn or unknown.",
        source=SOURCE,
        release=Release.COARSE,
        coarse="month",
    )
    provider: str = column("AGB code of the provider; empty for a free offer.", source=SOURCE, release=Release.EXACT)
    category: str = column(
        "Product category; empty for a free offer and for a free choice within a budget.",
        source="iJw, WJ049",
        release=Release.EXACT,
    )
    help_form: str = column(HELP_FORM, source=FORMS, release=Release.EXACT)
    product: str = column(
        "Product code; empty for a free offer and for what the provider chooses.", source=SOURCE, release=Release.EXACT
    )
    free_offer: bool = column("Help that everybody may use.", source=SOURCE, release=Release.EXACT)
    volume: int | None = column(
        "How much was ordered, in units; of unit 83 in cents.", source=SOURCE, release=Release.EXACT
    )
    unit: str = column("Unit of the volume.", source="iJw, WJ756", release=Release.EXACT)
    frequency: str = column("Per what the volume counts: code.", source=SOURCE, release=Release.EXACT)
    ordered_as: str = column(
        "How much the provider chooses: specific, aspecific (within a category) or generic; empty for a free offer.",
        source="iJw 3.2, kinds of assignment",
        release=Release.EXACT,
    )
    budget: int | None = column(
        "The most it may cost over the whole period; empty when it has a volume, or no limit.",
        source=SOURCE,
        release=Release.EXACT,
        unit="cents",
    )
    ground: str = column(
        "Along which way the help was found: municipal, medical, gi or court.",
        source="Jw 2.3, 2.6, 3.5",
        release=Release.EXACT,
    )
    referrer: str = column(REFERRER, source=REFERRERS, release=Release.EXACT)
    decision: str = column(
        "With a decision, or the reason why none is needed: code.", source=SOURCE, release=Release.EXACT
    )
    state: str = column("Code of where the order stands.", source=SOURCE, release=Release.EXACT)
    ordered_on: dt.date = column("Day of the order.", source=SOURCE, release=Release.COARSE, coarse="month")
    starts: dt.date = column("First day that was ordered.", source=SOURCE, release=Release.COARSE, coarse="month")
    last_on: dt.date | None = column(
        "Last day that was ordered.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    started_on: dt.date | None = column(
        "First day on which help was given.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    stopped_on: dt.date | None = column(
        "Last day on which help was given.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    stop_reason: str = column("Code of why it stopped.", source=SOURCE, release=Release.EXACT)
    days_since_help: int | None = column(
        "Days from the last day of earlier help of this youth to the first day; empty when there was none.",
        source=SOURCE,
        release=Release.EXACT,
        unit="days",
    )
    follows: bool = column("It goes on from another order.", source=SOURCE, release=Release.EXACT)
    bridges: bool = column("It bridges the wait for another order.", source=SOURCE, release=Release.EXACT)
    no_contract: str = column("Code of why there is no contract; empty with one.", source=SOURCE, release=Release.EXACT)
    not_counted: str = column(
        "Why the youth is not counted for this order among the unique clients: code; empty when it counts.",
        source="DR52",
        release=Release.EXACT,
    )
    handover: str = column(
        "Where the handing over in person to the provider stands: code; empty when nobody is handed over.",
        source="D6, N6",
        release=Release.EXACT,
    )
    handed_over_on: dt.date | None = column(
        "Day on which the provider took over.", source="D6, N6", release=Release.COARSE, coarse="month"
    )


@table("trajectory", grain=Grain.TRAJECTORY, produced_by="allocations")
class TrajectoryFact:
    """One trajectory of help (CBS): orders of one form at one provider for one youth that overlap are one.

    It runs from the first day of the first of these orders to the last day of the last. Orders of different
    municipalities are not put together: each municipality counts its own.
    """

    trajectory_key: str = column(
        "Pseudonym of the trajectory.", source=SOURCE, release=Release.NONE, renewed="trajectory"
    )
    youth_key: str = column("Pseudonym of the youth.", source=SOURCE, release=Release.NONE, renewed="youth")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    district: str = column(
        "CBS code of the wijk where the youth lives; empty when it is unknown or must not be known.",
        source="CBS, wijken en buurten",
        release=Release.EXACT,
    )
    province: str = column(PROVINCE, source="CBS, gemeentelijke indeling", release=Release.EXACT)
    born_on: dt.date | None = column(
        "Day of birth of the youth; empty while unborn or unknown.",
        source=SOURCE,
        release=Release.COARSE,
        coarse="month",
    )
    provider: str = column("AGB code of the provider; empty for a free offer.", source=SOURCE, release=Release.EXACT)
    category: str = column("Product category of the first order.", source="iJw, WJ049", release=Release.EXACT)
    help_form: str = column(HELP_FORM, source=FORMS, release=Release.EXACT)
    referrer: str = column(REFERRER, source=REFERRERS, release=Release.EXACT)
    orders: int = column(
        "Orders that were put together in it.", source=TRAJECTORY, release=Release.EXACT, unit="orders"
    )
    started_on: dt.date = column(
        "First day on which help was given.", source=TRAJECTORY, release=Release.COARSE, coarse="month"
    )
    ended_on: dt.date | None = column(
        "Last day on which help was given; empty while it runs.",
        source=TRAJECTORY,
        release=Release.COARSE,
        coarse="month",
    )
    days: int | None = column(
        "Days from the first to the last day, both counted; empty while it runs.",
        source=TRAJECTORY,
        release=Release.EXACT,
        unit="days",
    )
    stop_reason: str = column(
        "Code of why the order that ended last stopped; empty while it runs.", source=SOURCE, release=Release.EXACT
    )
    days_since_help: int | None = column(
        "Days from the last day of an earlier trajectory of this youth to the first day; empty when there was none.",
        source="CBS, herhaald beroep (85096NED)",
        release=Release.EXACT,
        unit="days",
    )
    follows: bool = column("Its first order goes on from another order.", source=SOURCE, release=Release.EXACT)


@table("wait", grain=Grain.ALLOCATION, produced_by="allocations")
class WaitFact:
    """One wait for one order (practice 17). An order has up to three."""

    allocation_key: str = column(
        "Pseudonym of the allocation.", source=SOURCE, release=Release.NONE, renewed="allocation"
    )
    youth_key: str = column("Pseudonym of the youth.", source=SOURCE, release=Release.NONE, renewed="youth")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    category: str = column("Product category.", source="iJw, WJ049", release=Release.EXACT)
    ordered_on: dt.date = column("Day of the order.", source=SOURCE, release=Release.COARSE, coarse="month")
    kind: str = column(
        "intake (registration to intake), treatment (intake to treatment) or start (order to first day).",
        source=SOURCE,
        release=Release.EXACT,
    )
    days: int = column("Calendar days; so far, while it goes on.", source=SOURCE, release=Release.EXACT, unit="days")
    ended: bool = column("The wait is over.", source=SOURCE, release=Release.EXACT)
    standing: str = column(
        "How it stands to its norm: code; empty without a norm or while a notice of the start can still come.",
        source=SOURCE,
        release=Release.EXACT,
    )
    reason: str = column("Code of why it lasts; empty when none was given.", source=SOURCE, release=Release.EXACT)
    accepted: bool = column("A reason that is counted apart (DR52).", source=SOURCE, release=Release.EXACT)


@table("first_talk", grain=Grain.CONTACT, produced_by="allocations")
class FirstTalkFact:
    """The wait of one case until our first talk."""

    case_key: str = column("Pseudonym of the case.", source=SOURCE, release=Release.NONE, renewed="case")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    team: str = column("Team of the case: its id.", source=SOURCE, release=Release.EXACT)
    came_on: dt.date = column(
        "Day of the first worry, or on which the case opened.", source=SOURCE, release=Release.COARSE, coarse="month"
    )
    from_worry: bool = column("Counted from a worry.", source=SOURCE, release=Release.EXACT)
    days: int = column("Calendar days; so far, while it goes on.", source=SOURCE, release=Release.EXACT, unit="days")
    ended: bool = column("The talk was held.", source=SOURCE, release=Release.EXACT)
    standing: str = column(
        "How it stands to its norm: code; empty without a norm.", source=SOURCE, release=Release.EXACT
    )


@table("allocation_change", grain=Grain.ALLOCATION, produced_by="allocations")
class ChangeFact:
    """One change of an order after it went out."""

    allocation_key: str = column(
        "Pseudonym of the allocation.", source=SOURCE, release=Release.NONE, renewed="allocation"
    )
    youth_key: str = column("Pseudonym of the youth.", source=SOURCE, release=Release.NONE, renewed="youth")
    municipality: str = column(
        "CBS code of the municipality that is responsible.", source="CBS, gemeentelijke indeling", release=Release.EXACT
    )
    category: str = column("Product category.", source="iJw, WJ049", release=Release.EXACT)
    kind: str = column("Code of what changed.", source=SOURCE, release=Release.EXACT)
    reason: str = column("Code of why.", source=SOURCE, release=Release.EXACT)
    made_on: dt.date = column("Day of the change.", source=SOURCE, release=Release.COARSE, coarse="month")
    days: int | None = column(
        "Calendar days by which the last day moved; empty when it did not, or had no end.",
        source=SOURCE,
        release=Release.EXACT,
        unit="days",
    )
