"""News of this room, sent within the transaction of the act: allocation, by, at."""

from django.dispatch import Signal

allocation_ordered = Signal()
"""An order goes out to the provider: at once when nothing deviates, else when the back office lets it through."""
allocation_started = Signal()
"""Help began."""
allocation_stopped = Signal()
"""Help stopped, or never started."""
