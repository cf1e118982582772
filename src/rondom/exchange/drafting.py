"""A draft decision for what says less than a provider asked: the parents must be able to object (practice 6; Awb 1:3).

It lies ready with who works with the family: their application, their words, their signature. Where no team works with
a youth there is nobody to decide here; then the request itself keeps that a decision has to be made.
"""

import datetime as dt

from django.utils.translation import gettext as _

from rondom.accounts.models import StaffMember
from rondom.core import clock
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.core.words import date_words
from rondom.decisions import actions as decisions
from rondom.decisions.actions import Asked, Content
from rondom.decisions.enums import Channel, DecisionKind, Shape
from rondom.decisions.models import Decision
from rondom.dossiers.enums import CaseRoleKind
from rondom.dossiers.models import Case, CaseDossier, Dossier
from rondom.dossiers.queries import roles_in
from rondom.exchange.enums import RequestState
from rondom.exchange.models import ProviderRequest


def case_of(dossier: Dossier, at: dt.datetime) -> Case | None:
    """Return the open case a dossier is part of today, None when no team works with the youth."""
    links = CaseDossier.objects.filter(on(clock.today(at)), dossier=dossier, case__closed_on=None)
    link = links.select_related("case__team").order_by("starts", "pk").first()
    return link.case if link else None


def draft(by: Principal, at: dt.datetime, request: ProviderRequest, staff: StaffMember) -> Decision | None:
    """Begin the decision on what was refused or is to be less, None when no team works with the youth.

    What the doctor asked for counts as what the family asks: the time to decide runs from the day it came in.
    """
    case = case_of(request.dossier, at)
    if case is None:
        return None
    if request.decision is not None:
        return request.decision
    roles = roles_in(case, at=at)
    maker = next((role.staff for role in roles if role.kind == CaseRoleKind.COORDINATION and role.staff), staff)
    asked = Asked(
        received_on=request.received_on, channel=Channel.MAIL, shape=Shape.FREE, by=request.dossier.youth,
        what=_("Help asked by %(provider)s in a message of %(day)s.") % {
            "provider": request.provider.name if request.provider else request.provider_code,
            "day": date_words(request.dated_on),
        },
    )  # fmt: skip
    application = decisions.register_application(
        by=by, at=at, dossier=request.dossier, case=case, asked=asked, registered_by=maker
    )
    refused = request.state == RequestState.REFUSED
    kind = DecisionKind.REFUSE if refused else DecisionKind.PART_REFUSE
    made = decisions.begin(by=by, at=at, kind=kind, prepared_by=maker, application=application)
    return decisions.change(
        by=by, at=at, decision=made, opened_version=made.version,
        content=Content(kind=kind, article=made.article, refusal=request.words),
    )  # fmt: skip
