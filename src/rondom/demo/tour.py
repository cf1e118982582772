"""The guided tour: one family's chain, from the first worry to closing, in steps that each open a page of the cast.

The family is Postma (Ruben of 13 and Fenna of 3). The first three steps show how a worry comes in today; from the
fourth on everything is about Ruben and Fenna, at the point where their help has come.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rondom.demo.personas import PERSONAS, Persona
from rondom.dossiers.models import Case
from rondom.entry.models import Concern
from rondom.plans.models import FamilyPlan, Screening

FAMILY = "Postma"
MARK = Persona(
    "tour_case_worker", _("Youth and family worker of this family"), "Mark de Graaf",
    _("Coordinates the case of Ruben and Fenna."), "mark",
)  # fmt: skip
ANOUK = Persona(
    "tour_parent", _("Mother of Ruben and Fenna"), "Anouk Postma", _("Reads the plan of her children."), "anouk"
)


@dataclass(frozen=True)
class TourStep:
    """A step of the tour: what happens, who does it, which page of the cast opens, and what to look at there."""

    title: Any
    happens: Any
    who: Persona
    address: Callable[[], str]
    look: tuple[Any, ...]


def _family() -> Case:
    return Case.objects.get(
        dossier_links__dossier__youth__called="Ruben", dossier_links__dossier__youth__family_name=FAMILY
    )


def _of_family(name: str) -> Callable[[], str]:
    return lambda: reverse(name, kwargs={"case": _family().pk})


def _plan(name: str) -> Callable[[], str]:
    return lambda: reverse(name, kwargs={"familyplan": FamilyPlan.objects.get(case=_family()).pk})


def _worry_about(child: str) -> Callable[[], str]:
    return lambda: reverse("entry:concern", kwargs={"concern": Concern.objects.get(persons__name=child).pk})


def _screening() -> str:
    row = Screening.objects.filter(goal__case=_family()).latest("created_at")
    return reverse("plans:screening", kwargs={"screening": row.pk})


STEPS: tuple[TourStep, ...] = (
    TourStep(
        _("A mentor is worried"),
        _("Henk sees Ruben every day, and called the team two months ago. Today he shares such a worry himself, after "
          "signing in for his school."),
        PERSONAS["teacher"], lambda: reverse("place:share"),
        (
            _("He is asked whether he talked with the parents. If not, he writes why; without that it does not go."),
            _("What he began yesterday is still here: text is kept while one types."),
            _("On his own page he reads later that it was picked up, and no more without the parents' consent."),
        ),
    ),
    TourStep(
        _("It comes in"),
        _("The front office answers what it can itself. Advice is only counted; no dossier is opened for it."),
        PERSONAS["front_office"], lambda: reverse("entry:contact_desk"),
        (
            _("The most pressing stands on top, with until when somebody looks, and why that date."),
            _("A question without a name is answered with a code: nobody knows who asked."),
        ),
    ),
    TourStep(
        _("Somebody judges"),
        _("A process coordinator answers the questions of a decision aid. It proposes; a person decides, and may "
          "choose otherwise with a reason."),
        PERSONAS["process_coordinator"], _worry_about("Lieke Vonk"),
        (
            _("What goes well stands first, then the worry."),
            _("Who reports stands apart, with what this person may hear. The family never reads this part."),
        ),
    ),
    TourStep(
        _("How it began for Ruben and Fenna"),
        _("Their worry was handed out. Only then a dossier opened for each child, and one case for the family."),
        MARK, _worry_about("Ruben Postma"),
        (
            _("What triage found, and why: the trace of the decision aid."),
            _("Which team the aid proposed, by school and age."),
        ),
    ),
    TourStep(
        _("One family, one coordinator"),
        _("Mark accepted the family. Until then it stayed with who handed it out: sight on safety is never empty."),
        MARK, _of_family("desk:family"),
        (
            _("The head never moves: the children, who has authority, who coordinates, what comes next."),
            _("Under Who looked? stands everybody who opened this file, also who was refused."),
        ),
    ),
    TourStep(
        _("Are the children safe?"),
        _("At the start, at every look back, and at every signal, somebody says per child how safe it is, and who "
          "said so."),
        MARK, _of_family("safety:of_family"),
        (
            _("What keeps them safe stands beside what worries."),
            _("With an open risk a case cannot be closed."),
        ),
    ),
    TourStep(
        _("The plan is theirs"),
        _("With the family, and people around it, Mark wrote goals in their own words: who does what, until when."),
        MARK, _of_family("plans:of_family"),
        (
            _("Each goal says about whom it is and who said it."),
            _("Who does what: the family itself, grandmother, the team, a provider."),
        ),
    ),
    TourStep(
        _("Anouk reads along"),
        _("A parent with authority reads the plan on her own page, and only what concerns her and her children."),
        ANOUK, _plan("portal:plan"),
        (
            _("She reads whom to call, and what everybody does."),
            _("Something that is kept from her view is not announced either."),
        ),
    ),
    TourStep(
        _("A second pair of eyes"),
        _("Before more help is ordered, Yasmin looks whether the goal is clear enough to see later if it was reached."),
        PERSONAS["process_coordinator"], _screening,
        (_("She says what is not clear yet, or that it is fine. Both stay with the goal."),),
    ),
    TourStep(
        _("A decision per child"),
        _("Anouk asked for help. Mark prepared two decisions; only the second person is missing."),
        PERSONAS["process_coordinator"], _of_family("decisions:sign"),
        (
            _("Brother and sister in one reading, each with an own letter."),
            _("Per rule: what was looked at, what the rule says, what follows, and what is still weak."),
        ),
    ),
    TourStep(
        _("Help begins"),
        _("Help for Fenna began, and was made three weeks longer. Ruben waits for treatment, with help until it "
          "starts."),
        MARK, _of_family("allocations:of_family"),
        (
            _("Three waits: until our first talk, until the intake, until treatment."),
            _("An order in which nothing is unusual goes out by itself."),
        ),
    ),
    TourStep(
        _("The back office"),
        _("Rob sees only orders that deviate: product, volume, period and ground. No plan, no conversation."),
        PERSONAS["back_office"], lambda: reverse("allocations:orders"),
        (_("Why it deviates, in the words of who ordered. He lets it through, or sends it back."),),
    ),
    TourStep(
        _("Looking back together"),
        _("Tomorrow Mark sits with the family: did it help enough, are they content, can they go on alone?"),
        MARK, _plan("plans:evaluate"),
        (
            _("The same questions each time, and one outcome."),
            _("More problems came up? Then the same plan goes along to more help."),
        ),
    ),
    TourStep(
        _("And out again"),
        _("When the family goes on by itself, the case is closed. The dossiers stay as long as the law says."),
        MARK, _of_family("desk:family_close"),
        (_("What is still open is named first: help that runs, dates, decisions."),),
    ),
)  # fmt: skip


def present() -> bool:
    """Tell whether the family of the tour is in this demonstration."""
    return Case.objects.filter(dossier_links__dossier__youth__family_name=FAMILY).exists()
