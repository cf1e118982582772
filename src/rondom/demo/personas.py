"""The people somebody can be with one click, and what each does today."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Persona:
    """A card on the start page of the demonstration.

    key is used in addresses and checks; username names the account of the cast; start is the path of the first page.
    """

    key: str
    label: Any
    person: str
    today: Any
    username: str
    start: str = "/"


PERSONAS: dict[str, Persona] = {
    persona.key: persona
    for persona in (
        Persona(
            "parent", _("Parent"), "Mirjam Visser",
            _("Signs her part of the plan, writes for it at home, and looks who looked."), "mirjam",
        ),
        Persona(
            "youth", _("Young person"), "Esra Yılmaz",
            _("Is 16 and decides herself: sees her own page, her mother does not."), "esra",
        ),
        Persona(
            "teacher", _("Teacher"), "Henk Talsma",
            _("Goes on with a worry he began to write, and reads whether an earlier one was picked up."), "henk",
        ),
        Persona(
            "practice", _("Practice assistant"), "Joke Wiersma",
            _("Reads what became of a referral of the practice, and whom of the team to call."), "joke",
        ),
        Persona(
            "front_office", _("Front-office worker"), "Loes Kramer",
            _("Answers a mother who mailed, and counts an advice by phone."), "loes",
        ),
        Persona(
            "case_worker", _("Youth and family worker"), "Sanne Bakker",
            _("Starts the day with what cannot wait, and writes down a conversation."), "sanne",
        ),
        Persona(
            "process_coordinator", _("Process coordinator"), "Yasmin Haddad",
            _("Looks at the worries that came in, and as a second person at a goal."), "yasmin",
        ),
        Persona(
            "back_office", _("Back office worker"), "Rob Kuiper",
            _("Handles only the orders that deviate; sees no plans and no conversations."), "rob",
        ),
        Persona(
            "jurist", _("Jurist"), "Judith Veen",
            _("Reads the new words that a colleague proposes for the letter of a decision; sees no family at all."),
            "judith",
        ),
        Persona(
            "provider", _("Care administrator of a provider"), "Floor Hendriks",
            _("Confirms a new order and reports when help begins and stops; sees no plan, no conversation."), "floor",
        ),
        Persona(
            "privacy_officer", _("Privacy officer"), "Ineke Postma",
            _("Checks who looked where, and judges emergency access."), "ineke",
        ),
        Persona(
            "data_steward", _("Data steward"), "Wim Oosterhuis",
            _("Finds out whether two rows are one person, and brings them together."), "wim",
        ),
        Persona(
            "functional_administrator", _("Functional administrator"), "Tom Jansen",
            _("Lets a new colleague in and awards roles; sees no family at all."), "tom",
        ),
        Persona(
            "policy_maker", _("Policy maker"), "Hanna Mulder",
            _("Lays the figures of the municipality beside what CBS published, and sees no family."), "hanna",
        ),
        Persona(
            "crisis_desk", _("Crisis desk worker"), "Anneke Terpstra",
            _("Brings in the lines of a quarter, looks at what does not fit, and freezes it."), "anneke",
        ),
    )
}  # fmt: skip
"""Personas by key, in the order of the cards. A room adds its own with `PERSONAS[key] = Persona(...)`."""
