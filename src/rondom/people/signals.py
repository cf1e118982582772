"""News from people for the rooms above. Sent within the transaction of the action, with `by` and `at`."""

from django.dispatch import Signal

person_registered = Signal()  # person
person_corrected = Signal()  # person, fields
authority_recorded = Signal()  # authority
authority_ended = Signal()  # authority
representation_recorded = Signal()  # representation
representation_ended = Signal()  # representation
address_changed = Signal()  # person, address; no values
secrecy_changed = Signal()  # person, secret
persons_merged = Signal()  # kept, gone
merge_undone = Signal()  # kept, gone
known_elsewhere_asked = Signal()  # request (a row; its person is empty for a miss)
relative_declared = Signal()  # row (privacy.OwnRelative): somebody of the staff declared an own relative
residence_found = Signal()  # finding
