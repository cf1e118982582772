"""What can be done with persons and the facts about them. Every action checks, or raises; never half."""

from rondom.people.actions.addresses import (
    end_address,
    grant_whereabouts,
    keep_address_secret,
    lift_address_secrecy,
    move,
    withdraw_whereabouts,
)
from rondom.people.actions.authority import (
    end_authority,
    end_measure,
    end_representation,
    record_authority,
    record_measure,
    record_representation,
)
from rondom.people.actions.contacts import (
    add_contact_point,
    add_tie,
    change_contact_point,
    change_tie,
    end_contact_point,
)
from rondom.people.actions.households import (
    join_household,
    leave_household,
    live_with,
    open_household,
    record_kinship,
    remove_kinship,
)
from rondom.people.actions.persons import correct_person, record_bsn, register_person
from rondom.people.actions.residence import find_residence

__all__ = [
    "add_contact_point",
    "add_tie",
    "change_contact_point",
    "change_tie",
    "correct_person",
    "end_address",
    "end_authority",
    "end_contact_point",
    "end_measure",
    "end_representation",
    "find_residence",
    "grant_whereabouts",
    "join_household",
    "keep_address_secret",
    "leave_household",
    "lift_address_secrecy",
    "live_with",
    "move",
    "open_household",
    "record_authority",
    "record_bsn",
    "record_kinship",
    "record_measure",
    "record_representation",
    "register_person",
    "remove_kinship",
    "withdraw_whereabouts",
]
