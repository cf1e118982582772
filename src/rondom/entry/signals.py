"""News of this room, sent within the transaction of the act."""

from django.dispatch import Signal

concern_handed_out = Signal()
"""A worry became a case, or was added to one: concern, case, by, at."""
