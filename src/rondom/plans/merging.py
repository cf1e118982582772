"""What happens with goals and agreements when two persons turn out to be one (people.merging)."""

from rondom.people.merging import Stays, checks
from rondom.people.models import Person
from rondom.plans.models import GoalConcern, PlanAgreement


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
