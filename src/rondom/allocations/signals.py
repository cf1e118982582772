"""News of this room, sent within the transaction of the act: allocation, by, at (and `change` for a change)."""

from django.dispatch import Signal

allocation_ordered = Signal()
"""An order goes out to the provider: at once when nothing deviates, else when the back office lets it through."""
allocation_started = Signal()
"""Help began."""
allocation_stopped = Signal()
"""Help stopped, or never started."""
allocation_changed = Signal()
"""An order that had gone out changed: another last day, another volume, withdrawn, or ended because one follows."""
