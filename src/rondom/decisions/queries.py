"""Applications and decisions within sight: of dossiers one may open, within cases one may open."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from rondom.accounts.models import Organisation, StaffMember, TeamMembership
from rondom.accounts.queries import principal_of_staff, roles_on
from rondom.core import clock
from rondom.core.errors import NotFound
from rondom.core.events import Subject, look, subject
from rondom.core.periods import on
from rondom.core.principals import Principal
from rondom.decisions.enums import ApplicationState, DecisionKind, DecisionState, Form
from rondom.decisions.models import Application, Decision, DecisionLetter, Mandate, TermStep
from rondom.dossiers.models import Case, Dossier
from rondom.dossiers.opening import ground_of
from rondom.dossiers.queries import cases_for, dossiers_for, is_barred
from rondom.dossiers.why import decides_from
from rondom.entry.models import Concern
from rondom.law.engine import national
from rondom.law.person import age_on
from rondom.people.models import Person
from rondom.people.queries import authority_over
from rondom.plans.models import Goal
from rondom.plans.queries import goals_for
from rondom.privacy.enums import Sight, SubjectKind
from rondom.providers.models import Product


def applications_for(by: Principal, *, at: dt.datetime) -> QuerySet[Application]:
    """Return the applications of the dossiers somebody may open, most pressing first."""
    rows = Application.objects.filter(
        dossier__in=dossiers_for(by, at=at).values("pk"), case__in=cases_for(by, at=at).values("pk")
    )
    steps = Prefetch("steps", TermStep.objects.select_related("written_by").order_by("starts_on", "created_at"))
    return (
        rows.select_related("dossier__youth", "case__team", "asked_by", "handled_by", "registered_by", "clock")
        .prefetch_related(steps, "decisions", "letters__document")
        .order_by("decide_by", "received_on", "pk")
    )


def decisions_for(by: Principal, *, at: dt.datetime) -> QuerySet[Decision]:
    """Return the decisions of the dossiers somebody may open, newest first."""
    rows = Decision.objects.filter(
        dossier__in=dossiers_for(by, at=at).values("pk"), case__in=cases_for(by, at=at).values("pk")
    )
    return rows.select_related(
        "dossier__youth", "case__team", "application__asked_by", "earlier", "product__lot__contract__provider",
        "prepared_by", "reader", "signed_by", "mandate__organisation", "clock", "inquiry", "budget",
    ).order_by("-created_at", "-pk")  # fmt: skip


def to_sign(by: Principal, *, at: dt.datetime) -> QuerySet[Decision]:
    """Return the decisions that wait for the second pair of eyes of this colleague, in the order they were asked."""
    return decisions_for(by, at=at).filter(state=DecisionState.ASKED, reader=by.key).order_by("asked_at", "pk")


def letters_of(decision: Decision) -> QuerySet[DecisionLetter]:
    """Return the letters of a decision in sight, in the order they were made."""
    return DecisionLetter.objects.filter(decision=decision).select_related("addressee", "document").order_by("pk")


def awards_for(dossier: Dossier, day: dt.date) -> QuerySet[Decision]:
    """Return the decisions that give this youth help on a day, the newest first: for an order that rests on one.

    No permission: for rooms above, which have opened the dossier.
    """
    return _awards(day).filter(dossier=dossier, starts__lte=day)


def awards_from(dossiers: Iterable[Dossier], day: dt.date) -> QuerySet[Decision]:
    """Return the decisions that give these youths help in kind on a day or later, the newest first, to choose from."""
    return _awards(day).filter(dossier__in=list(dossiers), form=Form.IN_KIND).select_related("dossier__youth")


def taken_for(dossier: Dossier) -> QuerySet[Decision]:
    """Return every decision about this youth that was signed, the newest first: for a change or end that rests on one.

    No permission: for rooms above, which have opened the dossier.
    """
    rows = Decision.objects.filter(dossier=dossier, state__in=DecisionState.taken()).exclude(number="")
    return rows.select_related("product", "dossier__youth").order_by("-decided_on", "-pk")


def _awards(day: dt.date) -> QuerySet[Decision]:
    """Return what was granted and is not over; not what a later decision revised or revoked from that day or before."""
    undone = Decision.objects.filter(
        state__in=DecisionState.taken(), starts__lte=day, kind__in=(DecisionKind.REVISE, DecisionKind.REVOKE),
        earlier__isnull=False,
    )  # fmt: skip
    rows = Decision.objects.filter(
        Q(ends=None) | Q(ends__gt=day), state__in=DecisionState.taken(), kind__in=DecisionKind.grants()
    )
    return rows.exclude(pk__in=undone.values("earlier")).select_related("product").order_by("-decided_on", "-pk")


def subjects_of(row: Application | Decision) -> list[Subject]:
    """Return what an act or look concerns: itself, the dossier, the case."""
    return [subject(row), ("dossier", row.dossier_id), ("case", row.case_id)]


def open_row[R: (Application, Decision)](
    by: Principal, rows: QuerySet[R], pk: UUID, *, at: dt.datetime, page: str
) -> R:
    """Return an application or decision within sight and record the look. Raises NotFound; a refusal is recorded."""
    row = rows.filter(pk=pk).first()
    if row is None:
        hidden = rows.model._default_manager.filter(pk=pk).first()
        if hidden is not None:
            look(by, page, hidden, subjects=subjects_of(hidden), result="denied", at=at)
        raise NotFound("")
    ground = ground_of(by, SubjectKind.DOSSIER, row.dossier_id, at=at, sight=Sight.OPEN)
    look(by, page, row, subjects=subjects_of(row), ground=ground, at=at)
    return row


def open_letter(by: Principal, pk: UUID, *, at: dt.datetime, page: str) -> DecisionLetter:
    """Return a letter of a decision within sight and record the look. Raises NotFound; a refusal is recorded."""
    row = DecisionLetter.objects.select_related("addressee", "document").filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    row.decision = open_row(by, decisions_for(by, at=at), row.decision_id, at=at, page=page)
    return row


def concern_of(case: Case, pk: UUID) -> Concern | None:
    """Return the worry or question of a case an application comes from; None when it is not of this case."""
    return Concern.objects.filter(case=case, pk=pk).first()


def goals_about(dossier: Dossier, case: Case, by: Principal, *, at: dt.datetime) -> list[Goal]:
    """Return the goals of the plans of a case that concern this youth, within sight."""
    return list(goals_for(by, at=at).filter(case=case, concerns=dossier.youth).exclude(plan__state="ended"))


def product_of(municipality: str, pk: UUID) -> Product:
    """Return a product of a municipality; raises NotFound."""
    row = Product.objects.filter(municipality=municipality, pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def addressees(decision: Decision, day: dt.date) -> list[Person]:
    """Return to whom a decision is addressed (Awb 3:41): who decides about the help, and who asked.

    From the age at which the young person alone decides (CNS-04) that is the young person; from the age of deciding
    together (CNS-03) the young person and those with authority; younger: those with authority.
    """
    youth = decision.dossier.youth
    age = age_on(youth.born_on, day) if youth.born_on else 0
    picture = authority_over(youth, day)
    found = [youth] if picture.adult or age >= int(national().on("consent_with_parents_from_age", day).value) else []
    alone = picture.adult or age >= decides_from(day)
    if not alone:
        found += [fact.holder for fact in picture.facts if fact.holder]
        if decision.application:
            found.append(decision.application.asked_by)
    return list({person.pk: person for person in found}.values())


# --- mandates


def mandates(municipality: str) -> QuerySet[Mandate]:
    """Return the register of mandates of a municipality: what holds or will hold first."""
    rows = Mandate.objects.filter(municipality=municipality).select_related("organisation", "staff", "recorded_by")
    return rows.order_by("organisation__name", "role", "staff__first_name", "kind", "starts", "pk")


def mandate_of(municipality: str, pk: UUID) -> Mandate:
    """Return a mandate of a municipality; raises NotFound."""
    row = mandates(municipality).filter(pk=pk).first()
    if row is None:
        raise NotFound("")
    return row


def mandates_of(staff: StaffMember, day: dt.date) -> list[Mandate]:
    """Return the mandates somebody holds on a day: the own ones, and those of a role held then."""
    of_role = Q(organisation=staff.organisation_id, role__in=roles_on(staff, day, day + dt.timedelta(days=1)))
    rows = Mandate.objects.filter(on(day), Q(staff=staff) | of_role, municipality=staff.municipality)
    return list(rows.order_by("kind", "starts", "pk"))


def organisations(municipality: str) -> QuerySet[Organisation]:
    """Return the organisations of a municipality that can get a mandate."""
    return Organisation.objects.filter(municipality=municipality).order_by("name", "pk")


def readers_for(decisions: Iterable[Decision], case: Case, preparer: UUID, *, at: dt.datetime) -> list[StaffMember]:
    """Return who can be the second pair of eyes: holds a mandate for each of these decisions, did not prepare one.

    Colleagues for whom a dossier is closed (relatives, own file) are left out, without a word why.
    """
    day, wanted = clock.today(at), list(decisions)
    kinds = {row.kind for row in wanted}
    held = Mandate.objects.filter(on(day), municipality=case.municipality, kind__in=kinds)
    people: dict[UUID, StaffMember] = {}
    for row in held.select_related("staff"):
        if row.staff:
            people[row.staff.pk] = row.staff
    roles = {(row.organisation_id, row.role) for row in held if row.role}
    for organisation, role in roles:
        members = StaffMember.objects.filter(
            on(day, "assignments__"), organisation=organisation, assignments__role=role
        ).distinct()
        people |= {staff.pk: staff for staff in members}
    not_prepared = {row.prepared_by_id for row in wanted} | {preparer}
    fits = []
    for staff in people.values():
        if staff.pk in not_prepared or kinds - {row.kind for row in mandates_of(staff, day)}:
            continue
        principal = principal_of_staff(staff, at=at)
        if not any(is_barred(principal, row.dossier, at=at) for row in wanted):
            fits.append(staff)
    near = set(TeamMembership.objects.filter(on(day), team=case.team_id).values_list("staff", flat=True))
    return sorted(fits, key=lambda staff: (staff.pk not in near, staff.name))


def open_applications(case: Case) -> QuerySet[Application]:
    """Return the applications of a case that wait for a decision, for the closing check."""
    return Application.objects.filter(case=case, state__in=ApplicationState.open_states())


def open_decisions(case: Case) -> QuerySet[Decision]:
    """Return the decisions of a case that are not made known yet, for the closing check."""
    return Decision.objects.filter(case=case, state__in=DecisionState.open_states())


def past_objection(day: dt.date) -> QuerySet[Decision]:
    """Return the decisions whose time to object has passed while its date still runs. No permission: night work."""
    rows = Decision.objects.filter(objection_clock__state__in=("running", "suspended"), objection_until__lt=day)
    return rows.select_related("objection_clock__case").order_by("pk")
