"""Would this stand? What a decision lacks before it is signed, each either void by law or unwise.

Void: it cannot be signed, whoever asks. Unwise: it can, with a reason that stays to be read. The law room judges; this
module asks it with the facts of the decision and says what follows. `docs/reference/refusals.md` prints the list.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.accounts.models import StaffMember
from rondom.core.registry import Registry
from rondom.core.why import kept
from rondom.core.words import date_words
from rondom.decisions import rules
from rondom.decisions.enums import DecisionKind, Form, StepKind
from rondom.decisions.models import Decision, Inquiry, Mandate
from rondom.decisions.queries import mandates_of
from rondom.law import procedure
from rondom.law.engine import RULES, Answer
from rondom.law.procedure import INQUIRY_WORDS, PART_WORDS, DecisionPart, InquiryStep
from rondom.plans.queries import goals_of_youth


@dataclass(frozen=True)
class Finding:
    """Something a decision lacks: void by law or unwise, in a sentence, with its source and where it is put right."""

    sentence: Any
    source: str
    void: bool
    where: str = "decision"


FINDINGS: Registry[Finding] = Registry("what a decision can lack")
_add = FINDINGS.register
_add("no_ground", Finding(gettext_lazy("It does not say on which article it rests."), "Awb 3:46, 3:47", void=True))
_add("no_motivation", Finding(gettext_lazy("It does not say why this is decided."), "Awb 3:46, 3:47", void=True))
_add(
    "no_refusal_reason",
    Finding(
        gettext_lazy("It does not say why not all is given that was asked or given before."), "Awb 3:46", void=True
    ),
)
_add(
    "budget_not_met",
    Finding(
        gettext_lazy("A personal budget is given, but one of the three tests is not met or not answered."),
        "Jw 8.1.1",
        void=True,
        where="budget",
    ),
)
_add(
    "other_municipality",
    Finding(gettext_lazy("Another municipality is responsible for this youth and decides."), "Jw 1.1, 2.3", void=True),
)
_add(
    "no_mandate",
    Finding(
        gettext_lazy("Who signs has no mandate for this decision. Ask a colleague who has."),
        "Awb 10:3; Jw 2.11",
        void=True,
    ),
)
_add(
    "not_asked_to_complete",
    Finding(
        gettext_lazy("They were not asked to complete it, or the time given for that has not ended yet."),
        "Awb 4:5 lid 1",
        void=True,
    ),
)
_add(
    "left_too_late",
    Finding(
        gettext_lazy("The time to leave it untreated has passed: decide on what was asked."), "Awb 4:5 lid 4", void=True
    ),
)
_add(
    "no_penalty_amount",
    Finding(
        gettext_lazy("It does not say how much the penalty is; nothing due is 0 euros."), "Awb 4:17, 4:18", void=True
    ),
)
_add(
    "no_default",
    Finding(gettext_lazy("No notice of default came in, so no penalty can be due."), "Awb 4:17 lid 3", void=True),
)
_add(
    "penalty_runs",
    Finding(
        gettext_lazy("The penalty still grows every day: first make the decision on the application known."),
        "Awb 4:18",
        void=True,
    ),
)
_add(
    "inquiry_open",
    Finding(
        gettext_lazy("Not every step of the inquiry is described."),
        "Jw 2.3; ECLI:NL:CRVB:2017:1477",
        void=False,
        where="inquiry",
    ),
)
_add(
    "no_extent",
    Finding(gettext_lazy("The extent is not named, so it cannot be measured."), "Awb 3:46; Jw 2.9", void=False),
)
_add("no_period", Finding(gettext_lazy("The first or the last day is not named."), "Awb 3:46; Jw 2.9", void=False))
_add(
    "no_goal",
    Finding(
        gettext_lazy("The plan has goals for this youth, and it does not say for which of them the help is."),
        "Awb 3:46; Jw 2.9",
        void=False,
    ),
)
_add(
    "adviser_unchecked",
    Finding(
        gettext_lazy("It rests on an advice of which nobody wrote how it was checked."),
        "Awb 3:9",
        void=False,
        where="inquiry",
    ),
)
_add(
    "not_heard",
    Finding(
        gettext_lazy("It may rest on other facts than they gave, and they were not heard about that."),
        "Awb 4:7, 4:8",
        void=False,
        where="inquiry",
    ),
)
_add(
    "budget_asked",
    Finding(
        gettext_lazy("A personal budget was asked; care in kind is given although no test failed."),
        "Jw 8.1.1",
        void=False,
        where="budget",
    ),
)
_add(
    "penalty_differs",
    Finding(gettext_lazy("The amount is another one than the law gives."), "Awb 4:17 lid 2", void=False),
)
_add(
    "penalty_doubtful",
    Finding(
        gettext_lazy("The law leaves room about the first day or the amount per day: look it up, and write how."),
        "Awb 4:17 lid 2",
        void=False,
    ),
)


@dataclass(frozen=True)
class Judged:
    """One rule of the law applied to a decision: what was looked at, what it says, and what follows."""

    rule: str
    looked: tuple[str, ...]
    answer: Answer[Any]
    follows: str

    def values(self) -> dict[str, Any]:
        """Return it as plain values, to be kept with the decision as it was said."""
        title = RULES[self.rule].title
        return {"rule": title, "looked": list(self.looked), "follows": self.follows, **kept(self.answer)}


@dataclass
class Standing:
    """What was found: codes in the order of the list, and every rule that was asked."""

    codes: list[str] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    mandate: Mandate | None = None

    @property
    def void(self) -> list[tuple[str, Finding]]:
        """What makes signing impossible."""
        return [(code, FINDINGS[code]) for code in self.codes if FINDINGS[code].void]

    @property
    def unwise(self) -> list[tuple[str, Finding]]:
        """What can be signed with a reason."""
        return [(code, FINDINGS[code]) for code in self.codes if not FINDINGS[code].void]

    def find(self, code: str) -> str:
        """Note a finding and return its sentence."""
        self.codes.append(code)
        return str(FINDINGS[code].sentence)


def _yes(value: bool | None) -> str:
    return _("not known") if value is None else _("yes") if value else _("no")


def check(decision: Decision, *, day: dt.date, signer: StaffMember | None = None) -> Standing:
    """Return what a decision would lack if it were signed on a day, by whom when that is known."""
    found = Standing()
    inquiry: Inquiry | None = getattr(decision, "inquiry", None)
    _responsible(decision, found)
    if decision.kind in DecisionKind.apart():
        _content(decision, None, day, found)
        (_unhandled if decision.kind == DecisionKind.LEAVE else _penalty)(decision, day, found)
    else:
        _inquiry(decision, inquiry, day, found)
        _content(decision, inquiry, day, found)
        _hearing(decision, inquiry, day, found)
        _budget(decision, day, found)
    if signer is not None:
        _mandate(decision, signer, day, found)
    order = [code for code, _finding in FINDINGS]
    found.codes.sort(key=order.index)
    return found


def _responsible(decision: Decision, found: Standing) -> None:
    responsible = decision.dossier.responsible_municipality
    if responsible and responsible != decision.municipality:
        found.find("other_municipality")


def _inquiry(decision: Decision, inquiry: Inquiry | None, day: dt.date, found: Standing) -> None:
    done = tuple(step for step in InquiryStep if inquiry and getattr(inquiry, step.value).strip())
    extent = bool(inquiry and inquiry.extent.strip())
    answer = procedure.inquiry_gaps(
        procedure.InquiryFacts(day, done, extent), rules.numbers(decision.municipality, day)
    )
    looked = [_("Described: %(what)s.") % {"what": "; ".join(INQUIRY_WORDS[step] for step in done) or _("nothing yet")}]
    looked.append(
        _("How much help is needed: %(extent)s.")
        % {"extent": inquiry.extent if inquiry and extent else _("not described")}
    )
    gaps = answer.outcome is None or bool(answer.outcome)
    follows = found.find("inquiry_open") if gaps else _("Every step is described.")
    found.judged.append(Judged("inquiry_gaps", tuple(looked), answer, follows))


def _content(decision: Decision, inquiry: Inquiry | None, day: dt.date, found: Standing) -> None:
    adviser = bool(inquiry and inquiry.adviser.strip())
    has = {
        DecisionPart.GROUND: bool(decision.article.strip()), DecisionPart.MOTIVATION: bool(decision.motivation.strip()),
        DecisionPart.REFUSAL: bool(decision.refusal.strip()), DecisionPart.EXTENT: has_extent(decision),
        DecisionPart.PERIOD: decision.starts is not None and decision.ends is not None,
        DecisionPart.ADVISER: bool(inquiry and inquiry.advice_checked.strip()),
    }  # fmt: skip
    held = tuple(part for part, there in has.items() if there)
    facts = procedure.ContentFacts(
        day, decision.kind in DecisionKind.grants(), decision.kind in DecisionKind.takes(), held, adviser
    )
    answer = procedure.decision_gaps(facts, rules.numbers(decision.municipality, day))
    codes = {
        DecisionPart.GROUND: "no_ground", DecisionPart.MOTIVATION: "no_motivation",
        DecisionPart.REFUSAL: "no_refusal_reason", DecisionPart.EXTENT: "no_extent", DecisionPart.PERIOD: "no_period",
        DecisionPart.ADVISER: "adviser_unchecked",
    }  # fmt: skip
    sentences = [found.find(codes[part]) for part in answer.certain]
    if decision.kind in DecisionKind.grants() and names_no_goal(decision):
        sentences.append(found.find("no_goal"))
    looked = [
        _("In the decision stands: %(what)s.")
        % {"what": "; ".join(PART_WORDS[part] for part in held) or _("nothing yet")}
    ]
    looked.append(_("It rests on an advice: %(answer)s.") % {"answer": _yes(adviser)})
    follows = " ".join(sentences) or _("Nothing is missing in the decision.")
    found.judged.append(Judged("decision_gaps", tuple(looked), answer, follows))


def names_no_goal(decision: Decision) -> bool:
    """Tell whether the plan has goals about this youth while the decision is for none of them."""
    if decision.chosen.exists():
        return False
    return goals_of_youth(decision.case, decision.dossier.youth_id).exists()


def has_extent(decision: Decision) -> bool:
    """Tell whether a decision names something that can be measured: a volume, or the hours of a budget."""
    if decision.form == Form.BUDGET:
        test = getattr(decision, "budget", None)
        return bool(test and test.hours)
    return bool(decision.volume and decision.frequency)


def _hearing(decision: Decision, inquiry: Inquiry | None, day: dt.date, found: Standing) -> None:
    refuses = decision.kind in DecisionKind.takes()
    differs = inquiry.differs if inquiry else None
    heard = inquiry.heard_on if inquiry else None
    facts = procedure.RefusalFacts(day, refuses, differs, already_heard=heard is not None)
    answer = procedure.must_hear(facts, rules.numbers(decision.municipality, day))
    looked = (
        _("Something is refused, lowered or ended: %(answer)s.") % {"answer": _yes(refuses)},
        _("It rests on other facts than they gave: %(answer)s.") % {"answer": _yes(differs)},
        _("Heard on: %(day)s.") % {"day": date_words(heard) if heard else _("not heard")},
    )
    open_ = refuses and answer.outcome is not False and heard is None
    follows = found.find("not_heard") if open_ else _("Hearing is not needed, or was done.")
    found.judged.append(Judged("must_hear", looked, answer, follows))


def _budget(decision: Decision, day: dt.date, found: Standing) -> None:
    wanted = bool(decision.application and decision.application.wants_budget)
    gives = decision.form == Form.BUDGET and decision.kind in DecisionKind.grants()
    if not (wanted or gives):
        return
    test = getattr(decision, "budget", None)
    answer = rules.budget(test, day, decision.municipality)
    outcome = answer.outcome
    looked = tuple(
        _("%(test)s: %(answer)s.") % {"test": label, "answer": _yes(getattr(test, name, None))}
        for name, label in (
            ("informed", _("Told beforehand what a personal budget is")), ("capable", _("Can do the tasks")),
            ("reasoned", _("Explained why care in kind does not fit")), ("quality", _("The help is of good quality")),
        )
    )  # fmt: skip
    granted = outcome is not None and outcome.granted
    if gives and not granted:
        follows = found.find("budget_not_met")
    elif not gives and decision.kind in DecisionKind.grants() and (outcome is None or outcome.failed is None):
        follows = found.find("budget_asked")
    elif granted:
        follows = _("The personal budget is given.")
    else:
        follows = _("The personal budget is refused; the help comes in kind.")
    found.judged.append(Judged("personal_budget", looked, answer, follows))
    amount = rules.ceiling(test, day, decision.municipality)
    if gives and amount and test:
        looked = (_("%(hours)s hours, and the rates that were written down.") % {"hours": test.hours},)
        found.judged.append(Judged("budget_ceiling", looked, amount, _("This is the amount of the personal budget.")))


def _unhandled(decision: Decision, day: dt.date, found: Standing) -> None:
    """Whether an application may be left untreated: asked to complete, that time has ended, and not too long ago."""
    application = decision.application
    answer = rules.unhandled_until(application, day) if application else None
    if answer is None or application is None:
        found.find("not_asked_to_complete")
        return
    until = answer.certain.last_day
    asked = [step for step in application.steps.all() if step.kind == StepKind.COMPLETION]
    looked = tuple(_("Asked to complete: %(what)s.") % {"what": step.words.rstrip(".")} for step in asked)
    follows = found.find("left_too_late") if day > until else _("It can be left untreated.")
    found.judged.append(Judged("leave_unhandled_until", looked, answer, follows))


def _penalty(decision: Decision, day: dt.date, found: Standing) -> None:
    """Whether the amount of a penalty is the one of the law, and no longer grows."""
    application, cents = decision.application, decision.penalty_cents
    notice = rules.notice_of(application) if application else None
    answer = rules.penalty_on(application, notice, day) if application and notice else None
    if answer is None or notice is None or application is None:
        found.find("no_default")
        return
    due = answer.certain
    looked = (_("Notice of default received on: %(day)s.") % {"day": date_words(notice.starts_on)},)
    said = []
    if cents is None:
        said.append(found.find("no_penalty_amount"))
    elif cents != due.euros * 100:
        said.append(found.find("penalty_differs"))
    if rules.still_grows(application, due, day):
        said.append(found.find("penalty_runs"))
    if answer.doubt is not None:
        said.append(found.find("penalty_doubtful"))
    found.judged.append(Judged("penalty", looked, answer, " ".join(said) or _("This is what is due.")))


def _mandate(decision: Decision, signer: StaffMember, day: dt.date, found: Standing) -> None:
    held = mandates_of(signer, day)
    amount = rules.ceiling(getattr(decision, "budget", None), day, decision.municipality)
    cents = amount.certain.granted_cents if decision.form == Form.BUDGET and amount else 0
    answer = rules.may_sign(held, decision.kind, day, cents, decision.municipality)
    fits = [row for row in held if row.kind == decision.kind and (row.most_cents is None or cents <= row.most_cents)]
    looked = [_("Signs: %(name)s.") % {"name": signer.name}]
    looked += [row.ground for row in held if row.kind == decision.kind]
    found.mandate = fits[0] if answer.outcome and fits else None
    follows = _("May sign.") if found.mandate else found.find("no_mandate")
    found.judged.append(Judged("may_sign", tuple(looked), answer, follows))
