"""News of this room, sent within the transaction of the act: what it is about, by, at."""

from django.dispatch import Signal

application_registered = Signal()
"""The time to decide runs: application, by, at."""
decision_signed = Signal()
"""A decision was taken: decision, by, at."""
decision_made_known = Signal()
"""A decision works from now, and the time to object runs: decision, by, at."""
