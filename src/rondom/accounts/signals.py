"""What happened to staff, for rooms above: sight follows teams and roles (sent within the transaction of the act)."""

from django.dispatch import Signal

team_left = Signal()  # staff: StaffMember, team: Team, by: Principal, at: datetime
role_ended = Signal()  # staff: StaffMember, role: str, roles: frozenset[str] still held, by: Principal, at: datetime
turned_away = Signal()  # by: Principal, named: dict[str, Any] from the address, at: datetime. The door is not theirs
