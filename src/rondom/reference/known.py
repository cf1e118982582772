"""The parameters this installation starts with; loaded when the room is ready.

Sources of their first values stand with the values, in data/parameters.toml.
"""

from django.utils.translation import gettext_lazy as _

from rondom.reference.parameters import Level, ParameterKind, Type, Unit, add

LOCAL = (Level.NATIONAL, Level.MUNICIPALITY)
REGIONAL = (Level.NATIONAL, Level.REGION, Level.MUNICIPALITY, Level.PRODUCT)
DAYS, WEEKS, MONTHS = Unit(_("day"), _("days")), Unit(_("week"), _("weeks")), Unit(_("month"), _("months"))
YEARS, HOURS = Unit(_("year"), _("years")), Unit(_("hour"), _("hours"))
STEPS, TEAMS = Unit(_("step"), _("steps")), Unit(_("team"), _("teams"))
EURO_PER_UNIT = Unit(_("euro per unit"), _("euro per unit"))

STATUTORY = (
    ("decision_term_weeks", _("Time to decide"), WEEKS, "AWB-03",
     _("Within how many weeks the college decides on an application.")),
    ("objection_term_weeks", _("Time to object"), WEEKS, "OBJ-01",
     _("Within how many weeks somebody can object to a decision.")),
    ("objection_decision_weeks", _("Time to decide on an objection"), WEEKS, "OBJ-08",
     _("Within how many weeks the college decides on an objection without a committee.")),
    ("objection_decision_weeks_committee", _("Time to decide on an objection with a committee"), WEEKS, "OBJ-08",
     _("Within how many weeks the college decides on an objection when a committee advises.")),
    ("dossier_retention_years", _("How long a youth help dossier is kept"), YEARS, "DOS-02",
     _("How many years after the last change a youth help dossier is destroyed.")),
    ("destruction_months", _("Time to destroy at request"), MONTHS, "DOS-03",
     _("Within how many months a dossier is destroyed after a lawful request.")),
    ("rights_request_months", _("Time to answer a privacy request"), MONTHS, "DOS-05",
     _("Within how many months a request for a copy or a correction is answered.")),
)  # fmt: skip

KINDS = (
    *(
        ParameterKind(name, title, meaning, Type.WHOLE, unit, rule=rule, statutory=True)
        for name, title, unit, rule, meaning in STATUTORY
    ),
    ParameterKind(
        "notification_starts_clock", _("A notification starts the clock"),
        _("Whether a notification that asks for help counts as an application, so that the time to decide runs."),
        Type.YES_NO, levels=LOCAL, rule="AWB-01, LOC-06",
    ),
    ParameterKind(
        "completion_term_days", _("Time to complete an application"),
        _("How many days an applicant gets to send what is missing."),
        Type.WHOLE, DAYS, LOCAL, lowest=1, highest=90, rule="AWB-05",
    ),
    ParameterKind(
        "suspension_inclusive", _("The day of completion counts as suspended"),
        _("Whether the day on which the application is completed still counts as a suspended day."),
        Type.YES_NO, levels=LOCAL, rule="AWB-06",
    ),
    ParameterKind(
        "objection_committee", _("A committee advises on objections"),
        _("Whether an advisory committee hears objections; the decision then takes longer."),
        Type.YES_NO, levels=LOCAL, rule="OBJ-08",
    ),
    ParameterKind(
        "referral_validity_months", _("How long a referral by a doctor is valid"),
        _("How many months after the referral a youth can register with a provider."),
        Type.WHOLE, MONTHS, LOCAL, lowest=1, highest=24, rule="REF-06, N109",
    ),
    ParameterKind(
        "personal_budget_rate", _("Rate for a personal budget"),
        _("The amount per unit of a personal budget, for a product and a kind of provider."),
        Type.DECIMAL, EURO_PER_UNIT, (Level.MUNICIPALITY, Level.PRODUCT, Level.PROVIDER_KIND), lowest=0,
        highest=10_000, rule="PGB-03, PGB-05",
    ),
    ParameterKind(
        "signal_index_enabled", _("The signal index is used"),
        _("Whether professionals report to the signal index for youths at risk."),
        Type.YES_NO, levels=LOCAL, rule="VIR-01",
    ),
    ParameterKind(
        "signal_index_repealed_on", _("The signal index ends by law"),
        _("The day from which the law has no signal index any more. Empty: no such day is known."),
        Type.DATE, rule="VIR", privileged=True,
    ),
    ParameterKind(
        "signal_index_same_reporter", _("Two reports by one person give a signal"),
        _("Whether two reports on a youth by the same reporter lead to a signal."),
        Type.YES_NO, rule="VIR-04",
    ),
    ParameterKind(
        "part_time_stay_counts_as_stay", _("Part-time stay counts as stay"),
        _("Whether staying over part of the week counts as stay when the responsible municipality is determined."),
        Type.YES_NO, rule="WPB-08",
    ),
    ParameterKind(
        "waiting_norm_intake_days", _("Longest wait for a first talk"),
        _("How many days may pass between registration with a provider and the first talk."),
        Type.WHOLE, DAYS, REGIONAL, lowest=1, highest=365, rule="WT-01",
    ),
    ParameterKind(
        "waiting_norm_treatment_days", _("Longest wait for treatment"),
        _("How many days may pass between the first talk and the start of treatment."),
        Type.WHOLE, DAYS, REGIONAL, lowest=1, highest=365, rule="WT-01",
    ),
    ParameterKind(
        "waiting_norm_help_days", _("Longest wait after access is given"),
        _("Within how many days help begins after access was given."),
        Type.WHOLE, DAYS, REGIONAL, lowest=1, highest=365, rule="DR29, DR44",
    ),
    ParameterKind(
        "start_after_decision_days", _("Longest wait after the decision letter"),
        _("Within how many days after the decision help, bridging help or a place begins."),
        Type.WHOLE, DAYS, REGIONAL, lowest=1, highest=365, rule="F50",
    ),
    ParameterKind(
        "crisis_response_hours", _("Response in a crisis"),
        _("Within how many hours after a crisis report a child has help or a safe place. Holidays count too."),
        Type.WHOLE, HOURS, (Level.NATIONAL, Level.REGION, Level.MUNICIPALITY), lowest=1, highest=168,
        rule="WT-05, DR43",
    ),
    ParameterKind(
        "crisis_plan_days", _("Perspective after a crisis placement"),
        _("Within how many days after a crisis placement an evaluation was held and the perspective is written down."),
        Type.WHOLE, DAYS, (Level.NATIONAL, Level.REGION), lowest=1, highest=90, rule="F28",
    ),
    ParameterKind(
        "crisis_stay_maximum_days", _("Longest crisis stay"),
        _("After how many days a crisis stay should have ended."),
        Type.WHOLE, DAYS, (Level.NATIONAL, Level.REGION), lowest=1, highest=365, rule="WT-05",
    ),
    ParameterKind(
        "formal_steps_maximum", _("Most formal steps before help"),
        _("How many formal meetings may lie between the question and the help."),
        Type.WHOLE, STEPS, (Level.NATIONAL, Level.REGION, Level.MUNICIPALITY), lowest=1, highest=10, rule="DR132",
    ),
    ParameterKind(
        "help_teams_maximum", _("Number of help teams"),
        _("How many help teams a municipality has; more gives a warning."),
        Type.WHOLE, TEAMS, (Level.MUNICIPALITY,), lowest=1, highest=50, rule="D31",
    ),
    ParameterKind(
        "log_retention_years", _("How long the log is kept"),
        _("How many years a line in the log is kept."),
        Type.WHOLE, YEARS, (Level.NATIONAL, Level.MUNICIPALITY, Level.ORGANISATION), lowest=5, highest=20,
        rule="SEC-04", privileged=True,
    ),
    ParameterKind(
        "recertification_months", _("How often access is looked at again"),
        _("After how many months somebody says again that a colleague still needs a role or a team."),
        Type.WHOLE, MONTHS, LOCAL, lowest=1, highest=12, rule="SEC-08", privileged=True,
    ),
    ParameterKind(
        "portal_assurance_level", _("Assurance of signing in for residents"),
        _("The lowest level of assurance with which a resident can sign in."),
        Type.CHOICE, levels=LOCAL,
        choices=(("low", _("low")), ("substantial", _("substantial")), ("high", _("high"))),
        rule="AUTH-01", privileged=True,
    ),
    ParameterKind(
        "cbs_protocol_version", _("Version of the CBS protocol"),
        _("The version of the information protocol in which figures are delivered to Statistics Netherlands."),
        Type.TEXT, rule="POL-10",
    ),
    ParameterKind(
        "archive_transfer_years", _("Transfer to the archive"),
        _("After how many years records that are kept for ever go to the archive."),
        Type.WHOLE, YEARS, lowest=5, highest=50, rule="ARC-01", privileged=True,
    ),
)  # fmt: skip


def register() -> None:
    """Make them known, once."""
    for kind in KINDS:
        add(kind)
