"""News of this room, sent within the transaction of the act."""

from django.dispatch import Signal

message_taken_in = Signal()
"""A message is in our books and judged: message, judgement (`judging.Judged`), by, at. Tried again: it comes again."""
