"""News of this room, sent within the transaction of the act."""

from django.dispatch import Signal

role_assigned = Signal()
"""Somebody holds a role in a case from now: role, first (nobody held it before), by, at."""
