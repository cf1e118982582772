"""Looks in words: which page, on which ground."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rondom.accounts.enums import Role
from rondom.privacy.enums import LookGround, RelationKind
from rondom.privacy.looking import Seen

PAGES: dict[str, Any] = {
    "desk.family_shown": _("the family page"),
    "desk.journal_shown": _("the journal"),
    "desk.timeline_shown": _("the timeline"),
    "desk.meetings_shown": _("the meetings"),
    "desk.meeting_shown": _("a meeting"),
    "desk.note_shown": _("a note"),
    "desk.note_begun": _("a new note"),
    "desk.ground_asked": _("the question why"),
    "desk.handover_shown": _("a handover"),
    "documents.listed": _("the documents"),
    "entry.concern_shown": _("a worry that came in"),
    "plans.plan_shown": _("the plan"),
    "safety.safety_shown": _("the page about safety"),
    "safety.weekend_shown": _("the page for the weekend"),
    "allocations.help_shown": _("the help"),
    "allocations.order_shown": _("an order"),
    "desk.looks_shown": _("who looked"),
    "desk.members_shown": _("who takes part"),
    "desk.roles_shown": _("who does what"),
    "desk.person_shown": _("the page of a person"),
    "desk.person_form_shown": _("a form about a person"),
    "desk.address_asked": _("a form about a person"),
    "desk.whereabouts_rights_shown": _("who may see what"),
    "desk.residence_shown": _("which municipality is responsible"),
    "desk.residences_shown": _("the list of municipalities to find out"),
    "desk.question_shown": _("a question of a colleague"),
    "desk.process_shown": _("a request for process coordination"),
    "desk.families_shown": _("a list of families"),
    "desk.day_shown": _("the list of the day"),
    "desk.team_shown": _("the list of the team"),
    "desk.standstill_shown": _("the list of what stands still"),
    "desk.inbox_shown": _("an inbox"),
    "plans.board_shown": _("the plan board"),
    "desk.search_shown": _("a search"),
    "dossiers.door_closed": _("a page that is not for this role"),
    "api.allocations_listed": _("a list of orders, by a connected system"),
    "api.concern_heard": _("whether a worry was picked up, by a connected system"),
    "dossiers.drafts_listed": _("own drafts"),
    "desk.emergency_shown": _("an emergency access, to judge it"),
    "desk.destruction_shown": _("a request to destroy, to decide on it"),
    "desk.destruction_asked": _("a request to destroy"),
    "desk.looking_log_shown": _("who looked, for the privacy officer"),
    "portal.home_shown": _("the first page of the portal"),
    "portal.dossier_shown": _("the dossier in the portal"),
    "portal.consents_shown": _("own consent, in the portal"),
    "portal.looks_shown": _("who looked, in the portal"),
    "portal.plan_shown": _("the plan in the portal"),
    "portal.plan_earlier_shown": _("the plan as it was, in the portal"),
    "portal.filed_plan_downloaded": _("a signed plan, in the portal"),
    "portal.help_shown": _("help and decisions in the portal"),
    "portal.decision_shown": _("a decision in the portal"),
    "portal.letter_downloaded": _("the own letter, in the portal"),
    "portal.writing_begun": _("a text of their own, in the portal"),
    "portal.writing_shown": _("a text of their own, in the portal"),
    "portal.invitation_shown": _("an invitation, in the portal"),
    "portal.place_referrals_shown": _("the own referrals of a practice"),
    "portal.provider_orders_shown": _("a list of orders, by the provider"),
    "portal.provider_order_shown": _("an order, by the provider"),
    "portal.provider_messages_shown": _("a list of messages, by the provider"),
    "portal.provider_message_shown": _("a message about the help, by the provider"),
    "portal.provider_message_downloaded": _("a message about the help, by the provider"),
    "people.doubles_shown": _("a list of possible doubles"),
    "people.double_shown": _("a comparison of two persons"),
}
LISTS = frozenset(
    {
        "desk.families_shown", "desk.day_shown", "desk.team_shown", "desk.search_shown", "safety.weekend_shown",
        "desk.standstill_shown", "desk.inbox_shown", "plans.board_shown",
    }
)  # fmt: skip
UNUSUAL = (RelationKind.STATED_GROUND, RelationKind.EMERGENCY)


def page_words(seen: Seen) -> Any:
    """Return which page was looked at."""
    return PAGES.get(seen.kind, _("a page about this family"))


def role_words(seen: Seen) -> Any:
    """Return the role in which somebody looked."""
    others: dict[str, Any] = {
        "system": _("connected system"), "referrer": _("somebody of a practice or school"),
        "asker": _("somebody who asked something"), "provider": _("provider"),
    }  # fmt: skip
    return others.get(seen.actor_kind) or dict(Role.choices).get(seen.role, seen.role)


def ground_words(seen: Seen) -> Any:
    """Return the ground of a look: the stated one in its own words, else why this person sees the family."""
    kind, _sep, ground = seen.ground.partition(": ")
    if kind == RelationKind.STATED_GROUND and ground in LookGround.values:
        return LookGround(ground).label
    return dict(RelationKind.choices).get(kind, "")


def is_unusual(seen: Seen) -> bool:
    """Tell whether somebody opened a family that is not theirs: with a stated ground or as an emergency."""
    return seen.ground.partition(": ")[0] in UNUSUAL and not seen.denied
