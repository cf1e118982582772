"""What the room tells the rooms above."""

from django.dispatch import Signal

document_received = Signal()  # document: the row, within the transaction that made it
