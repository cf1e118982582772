"""Who may publish an aid, and who may be the second person."""

from uuid import UUID

from rondom.accounts.enums import Role
from rondom.core.principals import Principal

PUBLISHERS = (Role.FUNCTIONAL_ADMINISTRATOR, Role.PROCESS_COORDINATOR)
SECOND_PERSONS = (*PUBLISHERS, Role.PRIVACY_OFFICER)


def may_propose(by: Principal) -> bool:
    """Tell whether somebody may propose to publish an aid in the own municipality."""
    return by.kind == "staff" and by.has(*PUBLISHERS)


def may_decide(by: Principal, proposed_by: UUID) -> bool:
    """Tell whether somebody may decide on the proposal of somebody else."""
    return by.kind == "staff" and by.has(*SECOND_PERSONS) and by.key != proposed_by
