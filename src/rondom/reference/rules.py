"""Who may change what: a functional administrator in the own municipality; privileged values with a second person."""

from rondom.core.principals import Principal
from rondom.reference import scopes

ADMINISTRATOR = "functional_administrator"
SECOND_PERSONS = (ADMINISTRATOR, "privacy_officer")


def may_change(by: Principal, scope: str) -> bool:
    """Tell whether a principal may change values in a scope: staff in their own municipality, the command anywhere."""
    if by.kind == "machine":
        return True
    return by.has(ADMINISTRATOR) and by.municipality in scopes.parts(scope)


def is_other_person(by: Principal, first: object) -> bool:
    """Tell whether somebody is another natural person than the first."""
    return by.kind == "staff" and by.has(*SECOND_PERSONS) and by.key != first
