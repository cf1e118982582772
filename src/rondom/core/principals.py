"""Who acts or looks. Built by `accounts` for people and by `core` for machines; passed as `by=` to every action."""

from dataclasses import dataclass, field
from uuid import UUID

MACHINE_ID = UUID(int=0)


@dataclass(frozen=True)
class Principal:
    """A person or machine role at work, with everything a permission needs.

    key          the own id of the staff member, resident, referrer, asker, worker of a provider or connected system
                 (MACHINE_ID for machines)
    kind         "staff", "resident", "referrer" (of a practice or school), "asker" (asked a question),
                 "provider" (works at one that gives help), "machine", or "system": the connected system of an
                 organisation, with its key
    role         the role in which is acted, e.g. "case_worker"; a code of accounts.Role or portal role
    roles        all roles held at this moment
    municipality CBS code (GM0303) this principal is bound to; "" for a machine
    organisation id of the organisation on whose responsibility is acted
    teams        ids of the teams of this moment; of a referrer the practice or school
    on_behalf_of id of the person for whom a representative acts, if any
    session      random id of the sign-in, so that looks of one sitting can be seen together
    assurance    assurance level of a resident's sign-in: "", "low", "substantial", "high"
    """

    key: UUID
    kind: str
    role: str
    roles: frozenset[str] = frozenset()
    municipality: str = ""
    organisation: UUID | None = None
    teams: frozenset[UUID] = frozenset()
    on_behalf_of: UUID | None = None
    session: str = ""
    assurance: str = ""
    person: UUID | None = field(default=None)

    @property
    def keys(self) -> frozenset[UUID]:
        """All ids under which a relation can name this principal: itself, its teams, its organisation."""
        organisation = {self.organisation} if self.organisation else set()
        return frozenset({self.key, *self.teams, *organisation})

    def has(self, *roles: str) -> bool:
        """Tell whether one of the roles is held."""
        return not self.roles.isdisjoint(roles)


def machine(role: str, municipality: str = "") -> Principal:
    """Return the principal for work nobody asked for by hand: the sealer, the scheduler, a command."""
    return Principal(key=MACHINE_ID, kind="machine", role=role, roles=frozenset({role}), municipality=municipality)
