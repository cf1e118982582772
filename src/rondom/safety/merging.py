"""What happens with judgements and agreements about safety when two persons turn out to be one (people.merging)."""

from rondom.people.merging import Stays, checks
from rondom.people.models import Person
from rondom.safety.models import ChildJudgement, ConditionConcern


@checks("safety.judgements")
def judgements(kept: Person, gone: Person) -> Stays:
    """Both rows judged in one assessment: the second judgement stays with the row that goes."""
    stays = Stays(ChildJudgement)
    both = ChildJudgement.objects.filter(child=kept).values("assessment")
    stays.keys |= set(ChildJudgement.objects.filter(child=gone, assessment__in=both).values_list("pk", flat=True))
    return stays


@checks("safety.conditions")
def conditions(kept: Person, gone: Person) -> Stays:
    """An agreement that keeps both safe keeps the one person safe once."""
    stays = Stays(ConditionConcern)
    named = ConditionConcern.objects.filter(person=kept).values("condition")
    stays.keys |= set(ConditionConcern.objects.filter(person=gone, condition__in=named).values_list("pk", flat=True))
    return stays
