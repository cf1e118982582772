"""The words that differ per municipality, with the word used where nothing was chosen.

Each has a singular, a plural and an article. Pages say them through the tag `{% term %}`; sentences take the finished
word as one piece, so nothing is glued together.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rondom.core.errors import BadInput

ARTICLES = (("de", "de"), ("het", "het"))


@dataclass(frozen=True)
class Word:
    """A word as a sentence needs it."""

    singular: Any
    plural: Any
    article: Any

    def say(self, *, plural: bool = False, article: bool = False, capital: bool = False) -> str:
        """Return the word in the form asked for: "de casusregisseur", "Casusregisseurs"."""
        word = str(self.plural if plural else self.singular)
        if article:
            which = pgettext_lazy("article of a plural", "the") if plural else self.article
            word = str(_("%(article)s %(word)s") % {"article": which, "word": word})
        return word[:1].upper() + word[1:] if capital else word


@dataclass(frozen=True)
class Term:
    """A word of ours that a municipality may replace by its own."""

    key: str
    word: Word
    meaning: Any


DE = pgettext_lazy("article “de”", "the")
HET = pgettext_lazy("article “het”", "the")

TERMS: dict[str, Term] = {
    term.key: term
    for term in (
        Term("coordinator", Word(_("case coordinator"), _("case coordinators"), DE),
             _("Who coordinates the help for a family and is the first to ask.")),
        Term("process_coordinator", Word(_("process coordinator"), _("process coordinators"), DE),
             _("Who may break a deadlock between organisations.")),
        Term("contact_person", Word(_("contact person"), _("contact persons"), DE),
             _("Whom the family calls.")),
        Term("treatment_lead", Word(_("treatment lead"), _("treatment leads"), DE),
             _("Who is answerable for the treatment at the provider.")),
        Term("sight_on_safety", Word(_("sight on safety"), _("sights on safety"), HET),
             _("The duty to keep an eye on the safety of the children.")),
        Term("safety_holder", Word(_("safety watcher"), _("safety watchers"), DE),
             _("Who has sight on the safety of the children.")),
        Term("case_worker", Word(_("youth and family worker"), _("youth and family workers"), DE),
             _("A professional of the local team.")),
        Term("local_team", Word(_("local team"), _("local teams"), HET),
             _("The team where families come with their questions.")),
        Term("help_team", Word(_("help team"), _("help teams"), HET),
             _("The team that gives access to specialist help, where a municipality has one.")),
        Term("protection_table", Word(_("youth protection table"), _("youth protection tables"), DE),
             _("The meeting that discusses whether the Child Care and Protection Board should investigate.")),
        Term("case", Word(_("case"), _("cases"), DE),
             _("A family or group of children with whom a team works.")),
        Term("plan", Word(_("family plan"), _("family plans"), HET),
             _("The plan of a family with its goals and agreements.")),
        Term("plan_meeting", Word(_("plan meeting"), _("plan meetings"), DE),
             _("The meeting in which the family and its people make the plan.")),
        Term("youth", Word(_("young person"), _("young persons"), DE),
             _("The child or young person whom the help is for.")),
    )
}  # fmt: skip


def find(key: str) -> Term:
    """Return a term; raise BadInput for an unknown key."""
    if key not in TERMS:
        raise BadInput(_("There is no word “%(key)s” in the vocabulary.") % {"key": key[:60]}, field="key")
    return TERMS[key]
