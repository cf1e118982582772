"""Who comes in to the register: the crisis desk."""

from rondom.accounts.doors import staff_door
from rondom.accounts.enums import Role

desk_door = staff_door(Role.CRISIS_DESK)
