"""Indicators of the chain: what came in, plans, safety, decisions, help and the waits for it.

Sources: the requirements by item, CBS where CBS defines the figure (figures 1), and practice 3 and 17.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _

from rondom.indicators.declared import (
    YOUTH,
    Direction,
    Grouping,
    Indicator,
    Made,
    When,
    declare,
    declare_groupings,
)  # fmt: skip

MORE, LESS = Direction.MORE, Direction.LESS
NUMBER, SHARE, MEDIAN, AVERAGE = Made.NUMBER, Made.SHARE, Made.MEDIAN, Made.AVERAGE
AGE = (
    "(EXTRACT(YEAR FROM :last) - EXTRACT(YEAR FROM born_on)"
    " - CASE WHEN EXTRACT(MONTH FROM born_on) > EXTRACT(MONTH FROM :last) THEN 1 ELSE 0 END)"
)

GROUPINGS = (
    Grouping("channel", _("how it came in"), "channel"),
    Grouping("route", _("which way it went"), "route"),
    Grouping("kind", _("kind"), "kind"),
    Grouping("asker", _("who asked"), "asker"),
    Grouping("outcome", _("outcome"), "outcome"),
    Grouping("occasion", _("occasion"), "occasion"),
    Grouping("category", _("product category"), "category"),
    Grouping("provider", _("provider"), "provider"),
    Grouping("ground", _("along which way the help was found"), "ground"),
    Grouping("stop_reason", _("why it stopped"), "stop_reason"),
    Grouping("reason", _("why it was refused"), "reason"),
    Grouping("district", _("wijk"), "district"),
    Grouping("team", _("team"), "team"),
    Grouping("reporter", _("who asked or reported"), "reporter"),
    Grouping("referrer", _("who referred"), "referrer"),
    Grouping("help_form", _("form of help"), "help_form"),
    Grouping(
        "age_group", _("age at the end of the period"),
        f"CASE WHEN born_on IS NULL THEN '' WHEN {AGE} < 4 THEN '0-3' WHEN {AGE} < 12 THEN '4-11' "
        f"WHEN {AGE} < 18 THEN '12-17' ELSE '18+' END",
    ),
)  # fmt: skip

HERE = ("municipality",)
OF_TRAJECTORY = (*HERE, "help_form", "referrer", "district", "provider")
came_in = partial(Indicator, table="concern", when=When.HAPPENED, day="received_on")
advised = partial(Indicator, table="advice", when=When.HAPPENED, day="given_on")
referred = partial(Indicator, table="referral", when=When.HAPPENED, day="received_on")
agreed = partial(Indicator, table="family_plan", when=When.HAPPENED, day="agreed_on", groups=(*HERE, "team"))
evaluated = partial(Indicator, table="evaluation", when=When.HAPPENED, day="held_on", groups=(*HERE, "team"))
judged = partial(Indicator, table="safety_judgement", when=When.HAPPENED, day="held_on")
asked = partial(Indicator, table="application", when=When.HAPPENED, day="received_on")
answered = partial(Indicator, table="application", when=When.HAPPENED, day="decided_on")
decided = partial(Indicator, table="decision", when=When.HAPPENED, day="decided_on")
ordered = partial(Indicator, table="allocation", when=When.HAPPENED, day="ordered_on")
started = partial(Indicator, table="allocation", when=When.HAPPENED, day="started_on")
stopped = partial(Indicator, table="allocation", when=When.HAPPENED, day="stopped_on")
helped_during = partial(Indicator, table="allocation", when=When.DURING, day="started_on", until="stopped_on")
helped_at_end = partial(Indicator, table="allocation", when=When.AT_THE_END, day="started_on", until="stopped_on")
trajectory = partial(Indicator, table="trajectory", made=NUMBER, unit="trajectory", groups=OF_TRAJECTORY)
begun = partial(trajectory, when=When.HAPPENED, day="started_on")
ended = partial(trajectory, when=When.HAPPENED, day="ended_on")
ran = partial(trajectory, when=When.DURING, day="started_on", until="ended_on")
waited = partial(Indicator, table="wait", when=When.HAPPENED, day="ordered_on")
requested = partial(Indicator, table="provider_request", when=When.HAPPENED, day="received_on")

ENTRY = (
    came_in(
        key="worries", name=_("Worries and questions"), question=_("How many worries and questions came in?"),
        made=NUMBER, unit="contact", groups=(*HERE, "channel", "route", "kind", "reporter"),
        source="N101, D64; figures 1",
    ),
    came_in(
        key="triage_multiproblem", name=_("Persistent problems on several domains"),
        question=_("Of all worries that were looked at, how many are about problems on several domains?"),
        made=SHARE, whole="kind <> ''", part="kind = 'multiproblem'", unit="%", groups=(*HERE, "channel"),
        source="D26-D28",
    ),
    came_in(
        key="triage_overruled", name=_("Decided otherwise than the aid"),
        question=_("Of all worries that were looked at, how often was decided otherwise than the aid said?"),
        made=SHARE, whole="kind <> ''", part="overruled", unit="%", source="D28",
    ),
    came_in(
        key="talked_first", name=_("Talked with the family first"),
        question=_("Of all worries, how often did somebody talk with the family before it came in?"),
        made=SHARE, part="talked_with_family", unit="%", groups=(*HERE, "channel", "reporter"), direction=MORE,
        source="D38",
    ),
    came_in(
        key="days_to_triage", name=_("Days until triage decided"),
        question=_("How many days until somebody decided where a worry goes (median)?"),
        made=MEDIAN, of="days_to_decide", unit="days", groups=(*HERE, "channel", "route"), direction=LESS,
        source="practice 17",
    ),
    advised(
        key="advice_given", name=_("Ended with advice"), question=_("How many questions ended with advice?"),
        made=NUMBER, unit="contact", groups=(*HERE, "channel", "asker"), source="S01; N61",
    ),
    referred(
        key="referrals", name=_("Referrals past our triage"),
        question=_("How many youths were referred by a doctor, a certified institution or the court?"),
        made=NUMBER, unit="contact", groups=(*HERE, "kind"), source="CBS, verwijzer (figures 2.5); practice 3",
    ),
    referred(
        key="referral_day_known", name=_("Day of the referral known"),
        question=_("Of all referrals, of how many do we know the day?"),
        made=SHARE, part="day_known", unit="%", groups=(*HERE, "kind"), direction=MORE, source="practice 7",
    ),
    referred(
        key="referral_too_late", name=_("Referral no longer valid"),
        question=_("Of all referrals that could be judged, how many were no longer valid?"),
        made=SHARE, whole="valid IS NOT NULL", part="NOT valid", unit="%", groups=(*HERE, "kind"), direction=LESS,
        source="N109; S17",
    ),
)  # fmt: skip

PLANS = (
    agreed(
        key="plans_agreed", name=_("Plans that came into force"), question=_("How many family plans came into force?"),
        made=NUMBER, unit="plan", source="N58",
    ),
    agreed(
        key="plans_by_family", name=_("Plans with something the family wrote"),
        question=_("In how many of the plans stands something the family wrote itself?"),
        made=SHARE, part="written_by_family", unit="%", direction=MORE, source="N58, N106 (familiegroepsplan)",
    ),
    agreed(
        key="plans_family_share", name=_("Plans with a share of the family"),
        question=_("In how many of the plans does the family itself do something?"),
        made=SHARE, part="family_lines > 0", unit="%", direction=MORE, source="D49",
    ),
    agreed(
        key="plans_network_share", name=_("Plans with a share of people around the family"),
        question=_("In how many of the plans do people around the family do something?"),
        made=SHARE, part="network_lines > 0", unit="%", direction=MORE, source="D49",
    ),
    agreed(
        key="plans_with_agreement", name=_("Plans the family agrees with"),
        question=_("With how many of the plans did somebody of the family agree?"),
        made=SHARE, part="with_agreement", unit="%", direction=MORE, source="D46",
    ),
    Indicator(
        key="plans_running", name=_("Plans in force"), question=_("How many plans are in force at the end?"),
        table="family_plan", when=When.AT_THE_END, day="agreed_on", until="ended_on", made=NUMBER, unit="plan",
        source="D49",
    ),
    Indicator(
        key="plan_goals_reached", name=_("Plans with every goal reached"),
        question=_("Of the plans that ended, in how many was every goal reached?"),
        table="family_plan", when=When.HAPPENED, day="ended_on", made=SHARE, whole="goals > 0",
        part="goals_reached = goals", unit="%", direction=MORE, source="DR15, N18, F4, R14",
    ),
    Indicator(
        key="plan_meetings", name=_("Plan meetings held"),
        question=_("How often did a family and its people come together about the plan?"),
        table="plan_meeting", when=When.HAPPENED, day="held_on", made=NUMBER, unit="contact", source="N58",
    ),
    Indicator(
        key="goals_not_smart", name=_("Goals sent back by a second person"),
        question=_("Of the goals a second person looked at, how many were not clear enough yet?"),
        table="screening", when=When.HAPPENED, day="judged_on", made=SHARE, part="outcome = 'not_smart'", unit="%",
        direction=LESS, source="N63",
    ),
    evaluated(
        key="evaluations", name=_("Evaluations held"), question=_("How often was looked back at a plan?"),
        made=NUMBER, unit="evaluation", groups=(*HERE, "team", "outcome"), source="D46, D50",
    ),
    evaluated(
        key="evaluations_on_time", name=_("Evaluations on time"),
        question=_("Of the evaluations with an agreed day, how many were held by that day?"),
        made=SHARE, whole="days_after_agreed_day IS NOT NULL", part="days_after_agreed_day <= 0", unit="%",
        direction=MORE, source="D50",
    ),
    evaluated(
        key="helped_enough", name=_("It helped enough"),
        question=_("How often does the family say that it helped enough?"),
        made=SHARE, part="helped = 'yes'", unit="%", direction=MORE, source="D46; DR16, N19, F5, R15",
    ),
    evaluated(
        key="family_content", name=_("The family is content"), question=_("How often is the family content?"),
        made=SHARE, part="satisfied = 'yes'", unit="%", direction=MORE, source="D46; DR16, N19, F5, R15",
    ),
    evaluated(
        key="on_their_own", name=_("The family goes on alone"),
        question=_("How often does an evaluation end with the family going on alone?"),
        made=SHARE, part="outcome = 'out'", unit="%", direction=MORE, source="D50",
    ),
    evaluated(
        key="steps_up", name=_("More help after an evaluation"),
        question=_("How often does an evaluation end with more help or another team?"),
        made=SHARE, part="outcome = 'up'", unit="%", source="D50, D56",
    ),
    evaluated(
        key="steps_down", name=_("Less help after an evaluation"),
        question=_("How often does an evaluation end with less help?"),
        made=SHARE, part="outcome = 'down'", unit="%", source="D50, D56",
    ),
)  # fmt: skip

SAFETY = (
    judged(
        key="children_judged", name=_("Children whose safety was judged"),
        question=_("Of how many children was safety judged?"),
        made=NUMBER, counts=YOUTH, unit="youth", groups=(*HERE, "occasion", "outcome"), source="D34",
    ),
    judged(
        key="child_met", name=_("The child was seen or spoken"),
        question=_("Of all judgements of safety, at how many was the child seen or spoken?"),
        made=SHARE, part="met <> 'not'", unit="%", groups=(*HERE, "occasion"), direction=MORE,
        source="D34; practice 18",
    ),
    judged(
        key="safety_risk", name=_("Unsafe, or safe only with agreements"),
        question=_("Of all judgements of safety, how many say that a child is not safe without more?"),
        made=SHARE, part="outcome IN ('unsafe', 'conditions')", unit="%", groups=(*HERE, "occasion"), source="D34",
    ),
    Indicator(
        key="conditions_running", name=_("Agreements about safety that run"),
        question=_("How many agreements about safety run at the end?"),
        table="safety_condition", when=When.AT_THE_END, day="starts_on", until="ended_on", made=NUMBER,
        unit="agreement", source="D34",
    ),
)  # fmt: skip

DECISIONS = (
    asked(
        key="applications", name=_("Applications"), question=_("How many applications came in?"),
        made=NUMBER, unit="contact", groups=(*HERE, "channel"), source="Awb 1:3; practice 5",
    ),
    asked(
        key="budget_asked", name=_("Personal budget asked"),
        question=_("Of all applications, in how many was a personal budget asked?"),
        made=SHARE, part="wants_budget", unit="%", source="Jw 8.1.1; figures 2.1",
    ),
    answered(
        key="decisions_on_time", name=_("Decisions on time"),
        question=_("Of the applications that were answered, how many within the term?"),
        made=SHARE, whole="in_time IS NOT NULL", part="in_time", unit="%", direction=MORE, source="Awb 4:13, 4:15",
    ),
    answered(
        key="days_to_decision", name=_("Days to the decision"),
        question=_("How many days from application to decision (median)?"),
        made=MEDIAN, of="days", unit="days", direction=LESS, source="Awb 4:13",
    ),
    decided(
        key="decisions_taken", name=_("Decisions taken"), question=_("How many decisions were taken?"),
        made=NUMBER, unit="decision", groups=(*HERE, "kind"), source="practice 6",
    ),
    decided(
        key="decisions_less_than_asked", name=_("Refused, or a part of it"),
        question=_("Of all decisions, how many refuse what was asked or a part of it?"),
        made=SHARE, part="kind IN ('refuse', 'part_refuse')", unit="%", source="practice 6",
    ),
)  # fmt: skip

HELP = (
    ordered(
        key="orders", name=_("Orders of help"), question=_("How often was help ordered?"), made=NUMBER,
        unit="allocation", groups=(*HERE, "ground", "referrer", "category", "provider"),
        source="CBS, verwijzer (figures 2.5)",
    ),
    ordered(
        key="orders_medical", name=_("Ordered after a doctor referred"),
        question=_("Of all orders, how many came along the medical way?"),
        made=SHARE, part="ground = 'medical'", unit="%", groups=(*HERE, "category"),
        source="CBS, verwijzer (figures 2.5); practice 3",
    ),
    ordered(
        key="orders_without_contract", name=_("Orders without a contract"),
        question=_("Of all orders, how many went to a provider without a contract?"),
        made=SHARE, whole="NOT free_offer", part="no_contract <> ''", unit="%", groups=(*HERE, "category"),
        source="practice 21",
    ),
    helped_during(
        key="youths_with_help", name=_("Youths with help"), question=_("How many youths had help in the period?"),
        made=NUMBER, counts=YOUTH, unit="youth",
        groups=(*HERE, "district", "age_group", "category", "ground", "provider"),
        source="CBS, jeugdhulp in the period",
    ),
    helped_at_end(
        key="youths_with_help_at_end", name=_("Youths with help at the end"),
        question=_("How many youths have help at the end of the period?"),
        made=NUMBER, counts=YOUTH, unit="youth", groups=(*HERE, "district", "age_group", "category", "ground"),
        source="CBS, peildatum",
    ),
    helped_during(
        key="orders_per_youth", name=_("Forms of help per youth"),
        question=_("How many orders of help does a youth with help have on average?"),
        made=AVERAGE, per=YOUTH, of="rows", unit="allocation", source="CBS, trajecten per jongere (figures 1); N47",
    ),
    helped_during(
        key="youths_with_several", name=_("Youths with more than one form of help"),
        question=_("Of the youths with help, how many had more than one order?"),
        made=SHARE, per=YOUTH, part="rows > 1", unit="%", source="D63, N47",
    ),
    started(
        key="help_started", name=_("Help that started"), question=_("How often did help start?"), made=NUMBER,
        unit="allocation", groups=(*HERE, "category", "ground", "provider"), source="CBS, begonnen trajecten",
    ),
    started(
        key="handed_over", name=_("Handed over in person"),
        question=_("Of the help that started with a handover from our team, how much did the provider take over?"),
        made=SHARE, whole="handover NOT IN ('', 'ended')", part="handover = 'accepted'", unit="%",
        groups=(*HERE, "category"), direction=MORE, source="D6, N6",
    ),
    stopped(
        key="help_stopped", name=_("Help that stopped"), question=_("How often did help stop, and why?"), made=NUMBER,
        unit="allocation", groups=(*HERE, "stop_reason", "category", "provider"), source="CBS, reden einde",
    ),
    stopped(
        key="stopped_as_planned", name=_("Stopped as planned"),
        question=_("Of the help that stopped, how much stopped as planned?"),
        made=SHARE, part="stop_reason = 'as_planned'", unit="%", groups=(*HERE, "category", "provider"), direction=MORE,
        source="CBS, reden einde; N81 (unplanned endings)",
    ),
    Indicator(
        key="orders_changed", name=_("Orders that changed"), question=_("How often was an order changed, and how?"),
        table="allocation_change", when=When.HAPPENED, day="made_on", made=NUMBER, unit="allocation",
        groups=(*HERE, "kind", "category"), source="iJw; practice 6",
    ),
)  # fmt: skip

TRAJECTORIES = (
    ran(
        key="trajectories", name=_("Trajectories of help"), question=_("How many trajectories of help were there?"),
        source="CBS, Jeugdhulp 2020, ch. 2",
    ),
    begun(
        key="trajectories_begun", name=_("Trajectories that began"), question=_("How many trajectories of help began?"),
        source="CBS, begonnen trajecten (85096NED)",
    ),
    ended(
        key="trajectories_ended", name=_("Trajectories that ended"),
        question=_("How many trajectories of help ended, and why?"), groups=(*OF_TRAJECTORY, "stop_reason"),
        source="CBS, beëindigde trajecten; only reliable when the next period is in",
    ),
    trajectory(
        key="trajectories_at_end", name=_("Trajectories at the end"),
        question=_("How many trajectories of help run at the end of the period?"),
        when=When.AT_THE_END, day="started_on", until="ended_on", source="CBS, peildatum",
    ),
    ran(
        key="trajectories_per_youth", name=_("Trajectories per youth"),
        question=_("How many trajectories does a youth with help have on average?"),
        made=AVERAGE, per=YOUTH, of="rows", groups=HERE, source="CBS, trajecten per jongere (figures 1); N47",
    ),
    ended(
        key="trajectory_days", name=_("Length of a trajectory"),
        question=_("How many days does a trajectory that ended last (median)?"),
        made=MEDIAN, of="days", unit="days", source="CBS, duur (85096NED)",
    ),
    begun(
        key="repeat_use", name=_("Help again"),
        question=_("Of the trajectories that began, how many are of a youth whose earlier help ended not long before?"),
        made=SHARE, part="days_since_help <= :repeat_use_days AND NOT follows", numbers=("repeat_use_days",), unit="%",
        direction=LESS, source="CBS, herhaald beroep (85096NED); how far CBS looks back is not known: a parameter",
    ),
)  # fmt: skip

WAITS = (
    Indicator(
        key="wait_first_talk", name=_("Wait for our first talk"),
        question=_("How many days until our first talk (median)?"),
        table="first_talk", when=When.HAPPENED, day="came_on", made=MEDIAN, whole="ended", of="days", unit="days",
        groups=(*HERE, "team"), direction=LESS, source="practice 17",
    ),
    waited(
        key="wait_intake", name=_("Wait for the intake"),
        question=_("How many days from registration at the provider to the intake (median)?"),
        made=MEDIAN, whole="kind = 'intake' AND ended", of="days", unit="days", groups=(*HERE, "category"),
        direction=LESS, source="practice 17",
    ),
    waited(
        key="wait_treatment", name=_("Wait for treatment"),
        question=_("How many days from intake to treatment (median)?"),
        made=MEDIAN, whole="kind = 'treatment' AND ended", of="days", unit="days", groups=(*HERE, "category"),
        direction=LESS, source="practice 17",
    ),
    waited(
        key="wait_start", name=_("Wait for the start of help"),
        question=_("How many days from order to start (median)?"),
        made=MEDIAN, whole="kind = 'start' AND ended", of="days", unit="days", groups=(*HERE, "category"),
        direction=LESS, source="practice 17; N58",
    ),
    waited(
        key="started_within_norm", name=_("Started within the norm"),
        question=_("Of the help with a norm for the start, how much started within it?"),
        made=SHARE, whole="kind = 'start' AND ended AND standing IN ('within_norm', 'over_norm')",
        part="standing = 'within_norm'", unit="%", groups=(*HERE, "category"), direction=MORE,
        source="DR52; the norm of the municipality on that day",
    ),
)  # fmt: skip

REQUESTS = (
    requested(
        key="requests", name=_("Requests of providers"),
        question=_("How often did a provider ask by message for an order or a change?"),
        made=NUMBER, unit="contact", groups=(*HERE, "kind", "provider"), source="iJw JW315, JW317",
    ),
    requested(
        key="requests_in_time", name=_("Requests answered in time"),
        question=_("Of the requests of which the term is over or that were answered, how many were answered in time?"),
        made=SHARE, whole="in_time IS NOT NULL", part="in_time", unit="%", groups=(*HERE, "kind", "provider"),
        direction=MORE, source="iJw OP274, OP346: 5 working days, or 8 weeks when it is looked into",
    ),
    requested(
        key="wait_request", name=_("Wait of a provider for an answer"),
        question=_("How many days until a request of a provider was ordered or refused (median)?"),
        made=MEDIAN, whole="ended", of="days", unit="days", groups=(*HERE, "kind", "provider"), direction=LESS,
        source="iJw OP274, OP346",
    ),
    requested(
        key="requests_refused", name=_("Requests refused"),
        question=_("How many requests of providers were refused, and why?"),
        made=NUMBER, whole="state = 'refused'", unit="contact", groups=(*HERE, "kind", "reason"),
        source="iJw OP344, WJ759",
    ),
)  # fmt: skip


def register() -> None:
    """Make them known, once."""
    declare_groupings(GROUPINGS)
    declare([*ENTRY, *PLANS, *SAFETY, *DECISIONS, *HELP, *TRAJECTORIES, *WAITS, *REQUESTS])
