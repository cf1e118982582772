"""What happens with goals and agreements when two persons turn out to be one (people.merging)."""

from rondom.people.merging import Stays, checks
from rondom.people.models import Person
from rondom.plans.models import FindingConcern, GoalConcern, PlanAgreement, PlanSignature


@checks("plans.goals")
def goals(kept: Person, gone: Person) -> Stays:
    """A goal that concerns both concerns the one person once."""
    stays = Stays(GoalConcern)
    named = GoalConcern.objects.filter(person=kept).values("goal")
    stays.keys |= set(GoalConcern.objects.filter(person=gone, goal__in=named).values_list("pk", flat=True))
    return stays


@checks("plans.agreements")
def agreements(kept: Person, gone: Person) -> Stays:
    """Who agreed twice with a version, under two rows, agreed once."""
    stays = Stays(PlanAgreement)
    for row in PlanAgreement.objects.filter(person=gone):
        same = PlanAgreement.objects.filter(person=kept, plan=row.plan_id, plan_version=row.plan_version)
        if same.exists():
            stays.keys.add(row.pk)
    return stays


@checks("plans.findings")
def findings(kept: Person, gone: Person) -> Stays:
    """What was told about both was told about the one person once."""
    stays = Stays(FindingConcern)
    named = FindingConcern.objects.filter(person=kept).values("finding")
    stays.keys |= set(FindingConcern.objects.filter(person=gone, finding__in=named).values_list("pk", flat=True))
    return stays


@checks("plans.signatures")
def signatures(kept: Person, gone: Person) -> Stays:
    """Who was asked twice to sign a version, under two rows, was asked once."""
    stays = Stays(PlanSignature)
    for row in PlanSignature.objects.filter(person=gone):
        same = PlanSignature.objects.filter(person=kept, plan=row.plan_id, plan_version=row.plan_version)
        if same.exists():
            stays.keys.add(row.pk)
    return stays
