"""Giving and ending sight, and what is kept about it: barriers, emergencies, consent, destruction.

Called within the actions of rooms above, in their transaction.
"""

from rondom.privacy.actions.barriers import close_to, declare_relative, match_relative, open_again, withdraw_relative
from rondom.privacy.actions.consent import record_consent, withdraw_consent
from rondom.privacy.actions.emergencies import note_emergency, note_stated_ground, review_emergency
from rondom.privacy.actions.sight import end_relation, relate

__all__ = [
    "close_to", "declare_relative", "end_relation", "match_relative", "note_emergency", "note_stated_ground",
    "open_again", "record_consent", "relate", "review_emergency", "withdraw_consent", "withdraw_relative",
]  # fmt: skip
