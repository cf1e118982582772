"""News of this room, sent within the transaction of the act: message, by, at."""

from django.dispatch import Signal

message_accepted = Signal()
"""A forward message of a provider was accepted; `reading` is its content. Sent before the return message is made."""
message_rejected = Signal()
"""A return message rejected one of our messages: it counts as not sent (OP286)."""
