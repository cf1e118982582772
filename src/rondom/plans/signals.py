"""News of this room, sent within the transaction of the act."""

from django.dispatch import Signal

plan_agreed = Signal()
"""A plan was agreed: plan, by, at."""
plan_evaluated = Signal()
"""People looked back at a plan: evaluation, by, at."""
