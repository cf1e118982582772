"""What we find of a request before anybody looks at it: residence, age, contract, product, referrer, stacking.

One finding per thing: what was looked at, what the rule says, and one of yes, no, not certain. Doubt stays doubt: it is
put before a person and never counted as yes or no. The checks are those the administration protocols expect of both
sides (reference 12.3), no more. From them follows the answer that lies ready; nothing is sent by it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rondom.allocations import continuity
from rondom.allocations import queries as orders
from rondom.allocations.enums import AllocationState
from rondom.allocations.enums import Decision as Awarded
from rondom.allocations.models import Allocation
from rondom.core import clock
from rondom.core.errors import BadInput
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.why import kept
from rondom.core.words import date_words
from rondom.decisions.models import Decision
from rondom.decisions.queries import awards_for
from rondom.dossiers.models import Dossier
from rondom.entry.models import Referral
from rondom.exchange import wishes
from rondom.exchange.enums import Outcome, Proposal, Refusal
from rondom.exchange.models import Assignment
from rondom.exchange.wishes import Named, Referred, Wish
from rondom.law.engine import Answer
from rondom.people.enums import ContactKind, ContactSafety
from rondom.people.models import Address, ContactPoint, Person
from rondom.people.residence import findings_on, known_of
from rondom.providers.models import Contract, Product, Provider
from rondom.providers.queries import running_contracts
from rondom.reference.queries import municipality_name

PERSON, RESIDENCE, AGE, CONTRACT, PRODUCT, REFERRER, STACKED, ORDERED, ADDRESS = (
    "person", "residence", "age", "contract", "product", "referrer", "stacked", "ordered", "address",
)  # fmt: skip
CHECKS: dict[str, Any] = {
    PERSON: gettext_lazy("Who it is"), RESIDENCE: gettext_lazy("Responsible municipality"), AGE: gettext_lazy("Age"),
    CONTRACT: gettext_lazy("Contract"), PRODUCT: gettext_lazy("Product"), REFERRER: gettext_lazy("Who referred"),
    STACKED: gettext_lazy("Does such help run already?"), ORDERED: gettext_lazy("The order that changes"),
    ADDRESS: gettext_lazy("Address for the order"),
}  # fmt: skip
"""What is looked at, in words."""
ORDER = (RESIDENCE, AGE, CONTRACT, PRODUCT, STACKED)
"""Of several that are not right, the first of these names the reason of the refusal."""


@dataclass(frozen=True)
class Finding:
    """One check. `looked_at` are facts of ours, `says` what the rule says of them; `reason` is that of a refusal.

    `law` is the kept answer of the law, when it was asked (`core.why.kept`).
    """

    check: str
    outcome: Outcome
    looked_at: str
    says: str
    reason: Refusal | str = ""
    law: dict[str, Any] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Return it as plain values, to be kept as it was said."""
        return {
            "check": self.check, "outcome": str(self.outcome), "looked_at": str(self.looked_at), "says": str(self.says),
            "reason": str(self.reason), "law": self.law,
        }  # fmt: skip


@dataclass(frozen=True)
class Weighed:
    """Everything that was found, and the answer that lies ready.

    `products` are what can be ordered for each wish, in the order of the wishes (None: a person chooses); `running` the
    orders that a change is about, in the same order. `place` is who is responsible when that is another municipality.
    """

    findings: tuple[Finding, ...]
    proposal: Proposal
    reason: Refusal | str = ""
    products: tuple[Product | None, ...] = ()
    running: tuple[Allocation | None, ...] = ()
    place: str = ""
    award: Decision | None = None


@dataclass(frozen=True)
class Asked:
    """What is weighed: for whom, by whom, and what. `referred` is empty for a change."""

    dossier: Dossier
    named: Named
    provider: Provider | None
    wishes: tuple[Wish, ...]
    referred: Referred | None
    day: dt.date


def weigh(asked: Asked, by: Principal, *, at: dt.datetime, alone: bool = False) -> Weighed:
    """Look at everything. `alone`: a secret address or shielded dossier, of which a person always chooses."""
    running = tuple(_running(wish, asked.dossier.municipality) for wish in asked.wishes)
    new = [wish for wish in asked.wishes if not wish.stays]
    starts = min((wish.starts for wish in new if wish.starts), default=asked.day)
    contract = _contract_on(asked.provider, starts)
    products = tuple(
        order.product if order else _product(wish, contract) for wish, order in zip(asked.wishes, running, strict=True)
    )
    place, home = _residence(asked.dossier, by, at)
    found = [_person(asked), home, _age(asked, starts, new), _contract(asked.provider, contract, starts)]
    award = None
    if asked.referred is not None:
        award, said = _referrer(asked.dossier, asked.provider, asked.referred, starts)
        found.append(said)
    pairs = list(zip(asked.wishes, products, running, strict=True))
    for wish, product, order in pairs:
        if wish.stays:
            continue
        found.append(_ordered(wish, order) if wish.number is not None else _wished(wish, product, contract))
        if product is not None and wish.starts:
            replaced = [one for each, _product, one in pairs if one is not None and not each.stays]
            found.append(_stacking(asked, wish, product, replaced))
    if any(one is not None and one.decision == Awarded.TAKEN for one in running):
        found.append(_by_decision())
    if not reachable(asked.dossier.youth, at):
        found.append(_unreachable())
    return _ready(tuple(found), products, running, place, award, alone)


def _ready(
    found: tuple[Finding, ...], products: tuple[Product | None, ...], running: tuple[Allocation | None, ...],
    place: str, award: Decision | None, alone: bool,
) -> Weighed:  # fmt: skip
    """Return the answer that follows: what is not right refuses, what is not certain is for a person, else as asked."""
    wrong = [one for one in found if one.outcome == Outcome.NO]
    wrong.sort(key=lambda one: ORDER.index(one.check) if one.check in ORDER else len(ORDER))
    certain = all(one.outcome in (Outcome.YES, Outcome.UNKNOWN) for one in found)
    if alone:
        return Weighed(found, Proposal.CHOOSE, "", products, running, place, award)
    if wrong and wrong[0].reason:
        return Weighed(found, Proposal.REFUSE, wrong[0].reason, products, running, place, award)
    proposal = Proposal.GRANT if certain else Proposal.CHOOSE
    return Weighed(found, proposal, "", products, running, place, award)


def _running(wish: Wish, municipality: str) -> Allocation | None:
    if wish.number is None:
        return None
    row = Assignment.objects.filter(municipality=municipality, number=wish.number).select_related(
        "allocation__product__lot__contract__provider", "allocation__dossier__youth", "allocation__provider"
    )
    given = row.first()
    return given.allocation if given else None


# --- the checks


def _person(asked: Asked) -> Finding:
    youth, named = asked.dossier.youth, asked.named
    if asked.dossier.closed_on is not None:
        says = _("The dossier of this youth is closed. Ask the team to open it again before you order.")
        return Finding(PERSON, Outcome.DOUBT, _("our dossiers of this youth"), says)
    if named.born_on is None and not named.family_name:
        return Finding(PERSON, Outcome.YES, _("the BSN in the message"), _("We know this youth by this BSN."))
    differs = []
    if named.born_on and youth.born_on and named.born_on != youth.born_on:
        differs.append(_("another date of birth"))
    if named.family_name and youth.family_name.casefold() != named.family_name.casefold():
        differs.append(_("another family name"))
    looked = _("BSN, name and date of birth in the message, and ours")
    if differs:
        words = {"what": ", ".join(map(str, differs))}
        return Finding(
            PERSON, Outcome.DOUBT, looked,
            _("The BSN is that of this youth, but the message has %(what)s. Ask the provider whom they mean.") % words,
        )  # fmt: skip
    return Finding(PERSON, Outcome.YES, looked, _("It is this youth."))


def _residence(dossier: Dossier, by: Principal, at: dt.datetime) -> tuple[str, Finding]:
    """Return who is responsible when that is another, and what was found. What is not known is asked, not assumed."""
    ours, day = dossier.municipality, clock.today(at)
    known, finding = known_of([dossier.youth], by, at=at)[dossier.youth_id], findings_on([dossier.youth], day)
    if not known.shown:
        says = _("Where this youth lives is kept from you. Ask who holds that right.")
        return "", Finding(RESIDENCE, Outcome.DOUBT, _("nothing: the address is secret"), says)
    answer: Answer[Any] = known.answer
    found = finding.get(dossier.youth_id)
    if found is not None and not found.provisional:
        looked = _("what was found out and recorded about the responsible municipality")
        return _settled(found.place, ours, day, looked, kept(answer))
    said = answer.outcome.municipality if answer.outcome is not None and answer.doubt is None else ""
    recorded = dossier.responsible_municipality
    looked = _("the addresses of the population register and the municipality in the dossier")
    if said and said in (recorded, recorded or said) and said == ours:
        return "", Finding(RESIDENCE, Outcome.YES, looked, _("We are responsible."), law=kept(answer))
    if recorded == ours and not said:
        says = _("The dossier says that we are responsible; the register does not tell more.")
        return "", Finding(RESIDENCE, Outcome.YES, looked, says, law=kept(answer))
    other = said or recorded
    if other and other != ours:
        says = _(
            "%(place)s seems to be responsible. Ask that municipality and agree on it first; until then we stay "
            "responsible."
        ) % {"place": _place(other, day)}
        return other, Finding(RESIDENCE, Outcome.DOUBT, looked, says, law=kept(answer))
    return "", Finding(RESIDENCE, Outcome.DOUBT, looked, answer.explanation or _("Not known yet."), law=kept(answer))


def _settled(place: str, ours: str, day: dt.date, looked: Any, law: dict[str, Any]) -> tuple[str, Finding]:
    if place == ours:
        return "", Finding(RESIDENCE, Outcome.YES, looked, _("We are responsible."), law=law)
    says = _("%(place)s is responsible: that was found and recorded.") % {"place": _place(place, day)}
    return place, Finding(RESIDENCE, Outcome.NO, looked, says, Refusal.RESIDENCE, law)


def _place(code: str, day: dt.date) -> str:
    try:
        return municipality_name(code, on=day)
    except BadInput:
        return code


def _age(asked: Asked, starts: dt.date, new: Iterable[Wish]) -> Finding:
    youth = asked.dossier.youth
    looked = _("the date of birth: %(day)s") % {
        "day": date_words(youth.born_on) if youth.born_on else _("not known"),
    }  # fmt: skip
    if asked.referred and asked.referred.kind in (wishes.BY_GI, wishes.BY_COURT):
        says = _("A certified institution or court may ask it after the 18th birthday too; that is theirs to know.")
        return Finding(AGE, Outcome.YES, looked, says)
    ends = max((wish.ends for wish in new if wish.ends), default=None)
    until = continuity.youth_until(asked.dossier, starts, ends)
    if until is None:
        return Finding(AGE, Outcome.DOUBT, looked, _("Until when the Youth Act holds cannot be said."))
    words, law = {"day": date_words(until.last_day)}, kept(until.answer)
    if until.last_day < starts:
        says = _("The Youth Act does not hold on the first day.")
        return Finding(AGE, Outcome.NO, looked, says, Refusal.AGE, law)
    if ends and ends - wishes.DAY > until.last_day:
        says = _("The Youth Act holds up to and including %(day)s, and more is asked. Order until then.") % words
        return Finding(AGE, Outcome.DOUBT, looked, says, law=law)
    return Finding(AGE, Outcome.YES, looked, _("The Youth Act holds up to and including %(day)s.") % words, law=law)


def _contract_on(provider: Provider | None, day: dt.date) -> Contract | None:
    if provider is None:
        return None
    return next(iter(running_contracts([provider.pk], day).get(provider.pk, [])), None)


def _contract(provider: Provider | None, contract: Contract | None, starts: dt.date) -> Finding:
    looked = _("contracts of %(provider)s on %(day)s") % {
        "provider": provider.name if provider else _("a provider that we do not know"), "day": date_words(starts),
    }  # fmt: skip
    if contract is None:
        return Finding(CONTRACT, Outcome.NO, looked, _("No contract holds on the first day."), Refusal.NO_CONTRACT)
    words = {"number": contract.number, "day": date_words(contract.ends - wishes.DAY) if contract.ends else ""}
    if contract.ends:
        says = _("Contract %(number)s holds, up to and including %(day)s.") % words
    else:
        says = _("Contract %(number)s holds, without an end.") % words
    return Finding(CONTRACT, Outcome.YES, looked, says)


def _product(wish: Wish, contract: Contract | None) -> Product | None:
    """Return what the contract has of what is asked: a product, a kind of help, or a free choice; None for not one."""
    if contract is None:
        return None
    rows = Product.objects.filter(
        lot__contract__provider=contract.provider, category=wish.category, code=wish.code
    ).select_related("lot__contract__provider")  # fmt: skip
    hold = [row for row in rows.order_by("pk") if wish.starts and row.lot.contract.holds_on(wish.starts)]
    return hold[0] if len(hold) == 1 else None


def _wished(wish: Wish, product: Product | None, contract: Contract | None) -> Finding:
    looked = _("products of the contract: %(code)s") % {
        "code": wish.code or wish.category or _("no product named"),
    }  # fmt: skip
    if product is None and not wish.code:
        says = _(
            "The contract does not let the provider choose the product. Agree with them on a product of the contract, "
            "or refuse."
        )
        return Finding(PRODUCT, Outcome.DOUBT, looked, says)
    if product is None:
        if contract is None:
            return Finding(PRODUCT, Outcome.DOUBT, looked, _("Without a contract there is no product to look at."))
        says = _("This product is not in the contract.")
        return Finding(PRODUCT, Outcome.NO, looked, says, Refusal.NOT_IN_CONTRACT)
    named = f"{product.name} ({product.code_words})"
    if wish.volume is None and product.unit:
        return Finding(PRODUCT, Outcome.DOUBT, looked, _("It does not say how much is asked. Ask the provider."))
    counted = wish.counted_in(product.unit)
    if product.unit and counted is None:
        says = _("%(product)s is contracted in another unit than is asked. Agree with the provider on how much it is.")
        return Finding(PRODUCT, Outcome.DOUBT, looked, says % {"product": named})
    if wish.starts and not orders.can_be_ordered(product, wish.starts):
        return Finding(PRODUCT, Outcome.DOUBT, looked, _("No rate is agreed for %(product)s.") % {"product": named})
    if not product.is_specific and wish.budget is None:
        says = _("%(product)s can be ordered, without a limit to what it costs.") % {"product": named}
        return Finding(PRODUCT, Outcome.YES, looked, says)
    says = _("%(product)s can be ordered.") % {"product": named}
    if counted != wish.volume:
        says += " " + _("Hours become minutes, as the contract counts.")
    if product.lot.ceiling_reached_on:
        says += " " + _("The agreed sum has been used up; that is no ground to refuse (Jw 2.3).")
    return Finding(PRODUCT, Outcome.YES, looked, says)


def _ordered(wish: Wish, order: Allocation | None) -> Finding:
    looked = _("our order with number %(number)s") % {"number": wish.number}
    if order is None:
        return Finding(ORDERED, Outcome.DOUBT, looked, _("We cannot find this order. Ask the provider."))
    if order.state not in AllocationState.running_states():
        return Finding(ORDERED, Outcome.DOUBT, looked, _("This order does not run any more."))
    unit = order.unit
    if wish.volume is not None and wish.counted_in(unit) is None:
        says = _("It is ordered in another unit than is asked. Agree with the provider on how much it is.")
        return Finding(ORDERED, Outcome.DOUBT, looked, says)
    if wish.budget is not None and order.budget is None:
        return Finding(ORDERED, Outcome.DOUBT, looked, _("A budget is asked; this help is ordered without one."))
    if wish.budget is None and order.budget is not None:
        return Finding(ORDERED, Outcome.DOUBT, looked, _("This help is ordered with a budget; none is asked."))
    return Finding(ORDERED, Outcome.YES, looked, _("%(what)s runs and can change.") % {"what": order.what})


def _by_decision() -> Finding:
    says = _(
        "What runs rests on a decision, so a change asks a decision too: let it be looked into, or write its number."
    )
    return Finding(ORDERED, Outcome.DOUBT, _("on what the running orders rest"), says)


def _referrer(
    dossier: Dossier, provider: Provider | None, referred: Referred, starts: dt.date
) -> tuple[Decision | None, Finding]:
    """Return our decision that the request names, if any, and what can be said of who referred (practice 7)."""
    if referred.kind == wishes.BY_US:
        return _of_ours(dossier, referred, starts)
    if referred.kind == wishes.BY_NOBODY:
        says = _(
            "Nobody referred. Help by an own request of the family asks a decision of ours: ask the family, or refuse."
        )
        return None, Finding(REFERRER, Outcome.DOUBT, _("the referrer in the message"), says)
    if referred.kind in (wishes.BY_GI, wishes.BY_COURT):
        says = _("A certified institution or the court says which help is needed; we see to it that it is there.")
        return None, Finding(REFERRER, Outcome.YES, _("the referrer in the message"), says)
    rows = Referral.objects.filter(dossier=dossier, provider=provider) if provider else Referral.objects.none()
    row = rows.order_by("-received_on", "-pk").first()
    looked = _("referrals registered for this youth and this provider")
    if row is None or row.referred_on is None or row.valid is None:
        says = _("A doctor referred. The day is in no message: not knowing it is normal. Ask it, or look afterwards.")
        return None, Finding(REFERRER, Outcome.UNKNOWN, looked, says)
    if row.valid:
        return None, Finding(REFERRER, Outcome.YES, looked, _("The referral was valid."), law=row.explanation)
    says = _("The family came later than the referral is valid. Ask the provider for a new referral, or let it pass.")
    return None, Finding(REFERRER, Outcome.DOUBT, looked, says, law=row.explanation)


def _of_ours(dossier: Dossier, referred: Referred, starts: dt.date) -> tuple[Decision | None, Finding]:
    looked = _("our decisions for this youth")
    for award in awards_for(dossier, starts):
        if referred.decision is not None and as_number(award.number) == referred.decision:
            words = {"number": award.number}
            return award, Finding(REFERRER, Outcome.YES, looked, _("Our decision %(number)s gives this.") % words)
    says = _("The message names us as referrer, and no decision of ours gives this help on the first day.")
    return None, Finding(REFERRER, Outcome.DOUBT, looked, says)


def as_number(decision: str) -> int | None:
    """Return the number of a decision as messages carry it: 2026-00012 is 202600012."""
    digits = "".join(sign for sign in decision if sign.isdigit())
    return int(digits) if digits else None


def _stacking(asked: Asked, wish: Wish, product: Product, replaced: list[Allocation]) -> Finding:
    """Compare with what runs of the same kind; what the request itself changes may run beside it."""
    looked = _("orders of the same kind that run in this period")
    starts = wish.starts or asked.day
    rows = list(orders.alike(asked.dossier, product, starts, wish.ends, beside=replaced).select_related("product"))
    held = orders.within_each_other(asked.dossier, product, starts, wish.ends, beside=replaced)
    if not rows and not held.exists():
        return Finding(STACKED, Outcome.YES, looked, _("There is none."))
    same = [row for row in rows if row.product and row.product.code == product.code and row.provider == asked.provider]
    same = same or list(held.select_related("product"))
    if same:
        says = _("%(what)s at this provider runs already in this period.") % {"what": same[0].what}
        return Finding(STACKED, Outcome.NO, looked, says, Refusal.STACKED)
    names = {"what": ", ".join(row.what for row in rows)}
    return Finding(STACKED, Outcome.DOUBT, looked, _("Runs already: %(what)s. Both can be right.") % names)


def reachable(youth: Person, at: dt.datetime) -> bool:
    """Tell whether an order can tell the provider how to reach a youth: an address, or a phone number that is safe."""
    day = clock.today(at)
    phones = ContactPoint.objects.filter(on(day), person=youth, kind=ContactKind.PHONE, safety=ContactSafety.SAFE)
    return Address.objects.filter(on(day), person=youth).exists() or phones.exists()


def _unreachable() -> Finding:
    says = _("No address and no safe phone number is known; a JW301 needs one. Look it up and write it with the order.")
    return Finding(ADDRESS, Outcome.DOUBT, _("addresses and phone numbers of this youth"), says)
