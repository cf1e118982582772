"""Ordering help on a registration: what a doctor, a certified institution or the court asked, by the back office.

Nobody of a team works with this child, so the back office starts, changes and stops it too. What is unusual is looked
at by another colleague there than the one who ordered it.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rondom.accounts.queries import staff_member
from rondom.allocations import actions, queries
from rondom.allocations.enums import FITS, AllocationState, Decision, Ground
from rondom.allocations.forms import RegistrationOrderForm
from rondom.allocations.models import Allocation
from rondom.allocations.views.shared import back_office
from rondom.core.clock import now, today
from rondom.core.components import Step
from rondom.core.errors import NotFound
from rondom.dossiers.doors import answered, done, form_page
from rondom.dossiers.enums import DossierGround, DossierKind
from rondom.entry.enums import GROUND_OF_REFERRER, ReferrerKind
from rondom.entry.following import on_registration
from rondom.entry.models import Referral
from rondom.entry.registrations import open_referral

GROUNDS = {
    DossierGround.MEDICAL: Ground.MEDICAL, DossierGround.GI_DETERMINATION: Ground.GI, DossierGround.COURT: Ground.COURT,
}  # fmt: skip


def ground_of(referral: Referral) -> Ground:
    """Return along which way help on this referral comes."""
    return GROUNDS[GROUND_OF_REFERRER[ReferrerKind(referral.kind)]]


@on_registration("allocations")
def order_here(referral: Referral) -> Step | None:
    """Order help on a registration that is open; a team orders for a family it works with."""
    if not _can_be_ordered(referral):
        return None
    return Step(_("Order help"), reverse("allocations:order_registration", args=[referral.pk]))


def _can_be_ordered(referral: Referral) -> bool:
    return referral.dossier.kind == DossierKind.REGISTRATION_ONLY and referral.ended_on is None


@back_office
def order_registration(request: Any, referral: UUID) -> HttpResponse:
    """Order help on a referral: product, volume, period, and the basis that goes with who referred."""
    at, by = now(), request.principal
    row = open_referral(by, referral, at=at, page="entry.registration_shown")
    if not _can_be_ordered(row):
        raise NotFound("")
    ground = ground_of(row)
    holds, others = queries.products_by_contract(row.municipality, today(at))
    form = RegistrationOrderForm(
        request.POST or None, holds=holds, others=others, decisions=[d for d in Decision if d in FITS[ground]],
        initial={"starts": row.registered_on or today(at)},
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        made = actions.order(
            by=by, at=at, dossier=row.dossier, case=None, ordered_by=staff_member(by),
            what=_help(said, row.municipality), basis=_basis(ground, said),
            unusual=actions.Unusual(said["despite"], said["no_contract"], said["mandate"]),
        )  # fmt: skip
        return done(request, _said(made), reverse("allocations:order", args=[made.pk]))

    return answered(request, form, act) or form_page(
        request, None, form, at, title=_("Order help"), button=_("Order"), intro=row.dossier.youth.name,
        back=reverse("entry:registration", args=[row.pk]),
    )  # fmt: skip


def _help(said: dict[str, Any], municipality: str) -> actions.Help:
    return actions.Help.typed(
        queries.product_of(municipality, UUID(said["product"])), starts=said["starts"], last_day=said["last_day"],
        volume=said["volume"], frequency=said["frequency"], amount=said["amount"],
    )  # fmt: skip


def _basis(ground: Ground, said: dict[str, Any]) -> actions.Basis:
    taken = said["decision"] == Decision.TAKEN
    return actions.Basis(
        ground, Decision(said["decision"]), said["decision_reference"] if taken else "",
        said["decided_on"] if taken else None,
    )  # fmt: skip


def _said(made: Allocation) -> str:
    if made.state == AllocationState.WAITING:
        return _("Kept. A colleague of the back office looks at it first.")
    return _("Ordered.")
