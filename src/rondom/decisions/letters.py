"""The letter of a decision: what its merge fields hold, and to whom it goes.

Nothing in it says where anybody but the addressee lives; and the address of the addressee itself is printed only when
neither theirs nor that of anybody they live with is secret.
"""

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.core.clock import today
from rondom.core.principals import Principal, machine
from rondom.core.words import date_words
from rondom.decisions import rules
from rondom.decisions.enums import DecisionKind, Form
from rondom.decisions.models import Decision
from rondom.decisions.resident import readable_goals
from rondom.documents.letters import LETTERS, Letter, LetterKind, merged
from rondom.documents.queries import wording_on
from rondom.law.money import euros
from rondom.people.enums import AddressPurpose
from rondom.people.models import Person
from rondom.people.queries import living_with
from rondom.people.whereabouts import address_for, secret_among
from rondom.reference.queries import municipality_name

KIND = "decision"
TEXT = (Path(__file__).parent / "texts" / "decision.txt").read_text("utf-8")
FIELDS = {
    "aanhef": (gettext_lazy("how the letter begins"), "Geachte Mirjam Visser,"),
    "naam_kind": (gettext_lazy("name of the young person"), "Lot de Wit"),
    "geboren_op": (gettext_lazy("date of birth"), "25 mei 2018"),
    "aanvraag_datum": (gettext_lazy("day on which the application came in"), "2 november 2026"),
    "gevraagd": (gettext_lazy("what was asked"), "Begeleiding voor Lot, twee uur per week."),
    "besluit": (gettext_lazy("what is decided, in a sentence"), "Wij kennen de hulp toe."),
    "hulp": (gettext_lazy("which help"), "Begeleiding in het gezin"),
    "omvang": (gettext_lazy("how much"), "120 minuten per week"),
    "eerste_dag": (gettext_lazy("first day"), "1 december 2026"),
    "laatste_dag": (gettext_lazy("last day"), "31 mei 2027"),
    "vorm": (gettext_lazy("in kind or personal budget"), "zorg in natura"),
    "bedrag": (gettext_lazy("amount of the personal budget"), "3.120,00 euro"),
    "doelen": (
        gettext_lazy("the goals of the plan, in the words of the family"), "Ik wil elke dag een kwartier met mama.",
    ),
    "motivering": (gettext_lazy("why this is decided"), "Lot slaapt slecht en er is thuis veel spanning."),
    "afwijzing": (gettext_lazy("why not all is given"), "Vier uur is meer dan nodig: oma helpt op woensdag."),
    "adviseur": (gettext_lazy("who advised"), "de orthopedagoog van het team"),
    "advies_nagezien": (gettext_lazy("how the advice was checked"), "Wij spraken de school en lazen het verslag."),
    "dwangsom": (gettext_lazy("amount of the penalty for deciding late"), ""),
    "artikel": (gettext_lazy("article of the law"), "artikel 2.3 van de Jeugdwet"),
    "verordening": (gettext_lazy("article of the ordinance"), "artikel 4 van de Verordening jeugdhulp"),
    "bezwaar_termijn": (gettext_lazy("within which time one can object"), "6 weken"),
    "nummer": (gettext_lazy("number of the decision"), "2026-00012"),
    "gemeente": (gettext_lazy("name of the municipality"), "Dronten"),
    "behandelaar": (gettext_lazy("who prepared it, with the phone number"), "Sanne Bakker, 0321 555 100,"),
    "mandaat": (gettext_lazy("by which mandate it is signed"), "Mandaatbesluit jeugd 2026"),
    "ondertekenaar": (gettext_lazy("who signed"), "Yasmin Haddad"),
}  # fmt: skip
NEEDS = {
    "besluit": (gettext_lazy("The letter does not say what is decided."), "Awb 1:3"),
    "motivering": (gettext_lazy("The letter does not say why."), "Awb 3:46, 3:47"),
    "bezwaar_termijn": (gettext_lazy("The letter does not say within which time one can object."), "Awb 3:45"),
    "mandaat": (gettext_lazy("The letter does not say by which mandate it is signed."), "Awb 10:10"),
}  # fmt: skip
LETTERS.register(
    KIND,
    LetterKind(
        title=gettext_lazy("Decision about youth help"),
        fields={name: said[0] for name, said in FIELDS.items()},
        examples={name: said[1] for name, said in FIELDS.items()},
        first_title="Besluit over jeugdhulp voor {naam_kind}", first_text=TEXT, needs=NEEDS,
    ),
)  # fmt: skip


def sentence(decision: Decision) -> str:
    """Return what is decided, in one sentence for who reads the letter."""
    return {
        DecisionKind.AWARD: _("We award the help."),
        DecisionKind.PART_REFUSE: _("We award a part of what was asked."),
        DecisionKind.REFUSE: _("We do not award the help."),
        DecisionKind.EXTEND: _("We extend the help."),
        DecisionKind.REVISE: _("We change the help that was awarded before."),
        DecisionKind.REVOKE: _("We end the help that was awarded before."),
        DecisionKind.LEAVE: _("We do not treat the application."),
        DecisionKind.PENALTY: _("We decided too late, and set what we owe for that."),
    }[DecisionKind(decision.kind)]


def extent_words(decision: Decision) -> str:
    """Return how much is given: "120 minuut per week"; empty when it is not named."""
    if not decision.volume:
        return ""
    return f"{decision.volume} {decision.unit} {decision.get_frequency_display()}".strip()


def as_reader(person: Person) -> Principal:
    """Return somebody as the reader of a letter: what a letter may say is what they may read as a resident."""
    return Principal(
        key=person.pk, kind="resident", role="resident", roles=frozenset({"resident"}),
        municipality=person.municipality, person=person.pk,
    )  # fmt: skip


def values(decision: Decision, to: Person, at: dt.datetime) -> dict[str, str]:
    """Return the merge fields of a decision for one addressee; a field without value is empty.

    What was asked, in their words, is for who asked it alone: another parent does not read it. Nor does anybody read a
    goal that is about somebody else too, whose dossier is not theirs to see (ADR 0620).
    """
    day, goals = today(at), readable_goals(decision, as_reader(to), at=at)
    inquiry, application = getattr(decision, "inquiry", None), decision.application
    asked = application if application and application.asked_by_id == to.pk else None
    youth, preparer = decision.dossier.youth, decision.prepared_by
    grants, budget = decision.kind in DecisionKind.grants(), decision.form == Form.BUDGET
    amount = rules.ceiling(getattr(decision, "budget", None), day, decision.municipality) if budget else None
    return {
        "aanhef": _("Dear %(name)s,") % {"name": to.name}, "naam_kind": youth.name,
        "geboren_op": date_words(youth.born_on) if youth.born_on else "",
        "aanvraag_datum": date_words(asked.received_on) if asked else "",
        "gevraagd": asked.asked if asked else "",
        "besluit": sentence(decision), "hulp": decision.what, "omvang": extent_words(decision),
        "eerste_dag": date_words(decision.starts) if decision.starts else "",
        "laatste_dag": date_words(decision.last_day) if decision.last_day else "",
        "vorm": str(decision.get_form_display()) if grants else "",
        "bedrag": euros(amount.certain.granted_cents) if amount and grants else "",
        "doelen": "\n\n".join(f"{goal.text} ({goal.said_by})" for goal in goals),
        "motivering": decision.motivation, "afwijzing": decision.refusal,
        "adviseur": inquiry.adviser if inquiry else "", "advies_nagezien": inquiry.advice_checked if inquiry else "",
        "dwangsom": euros(decision.penalty_cents) if decision.penalty_cents is not None else "",
        "artikel": decision.article, "verordening": decision.ordinance,
        "bezwaar_termijn": rules.objection_weeks(day, decision.municipality),
        "nummer": decision.number, "gemeente": municipality_name(decision.municipality, on=day),
        "behandelaar": f"{preparer.name}, {preparer.phone}" if preparer.phone else preparer.name,
        "mandaat": decision.mandate.ground if decision.mandate else "",
        "ondertekenaar": decision.signed_by.name if decision.signed_by else "",
    }  # fmt: skip


def printed_address(person: Person, municipality: str, at: dt.datetime) -> tuple[str, ...]:
    """Return the address to print above a letter; empty when there is none, or when it points to a secret one."""
    if secret_among(living_with([person], today(at)) | {person.pk}):
        return ()
    by = machine("decisions", municipality)
    return address_for(person, by=by, purpose=AddressPurpose.LETTER, at=at).lines


def letter_for(decision: Decision, to: Person, *, at: dt.datetime, handed: bool = False) -> tuple[Letter, bool]:
    """Return the letter of a decision to one person, and whether no address is printed.

    `handed`: it will be handed over, so that nobody needs to look at an address.
    """
    day = today(at)
    wording = wording_on(KIND, decision.municipality, day)
    filled = values(decision, to, at)
    address = () if handed else printed_address(to, decision.municipality, at)
    title = merged(wording.title, filled)
    name = municipality_name(decision.municipality, on=day)
    letter = Letter(
        sender=(_("Municipality of %(name)s") % {"name": name},), to=(to.name, *address),
        facts=((_("Date"), date_words(decision.decided_on or day)), (_("Number of the decision"), decision.number)),
        title=title[0].text if title else str(LETTERS[KIND].title), blocks=merged(wording.text, filled),
    )  # fmt: skip
    return letter, not address
