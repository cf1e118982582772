"""News of this room, sent within the transaction of the act."""

from django.dispatch import Signal

safety_assessed = Signal()
"""The safety of the children of a case was assessed: assessment, by, at."""
condition_broken = Signal()
"""An agreement about safety was broken: condition, by, at."""
