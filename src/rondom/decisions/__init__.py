"""Decisions: what is asked of the municipality, what it decides for each youth, why, and how that is made known.

An application is per youth and has its own clock: eight weeks from the day it came in, form or no form. A decision is
prepared by who works with the family and signed by somebody else who holds a mandate: the second pair of eyes, with
whom the clock rests meanwhile. What is void by law is refused; what is unwise asks a reason that stays (`standing`).
Each decision gives a letter per person it is addressed to; the day it is made known starts the time to object.

What this room is not: the order of help (`allocations`), the handling of an objection (later; its clock starts here),
the plan of the family (`plans`, from which the goals come).

Dutch words: aanvraag (application), onderzoek (inquiry), besluit (decision), mandaat (mandate), bekendmaken (make
known), bezwaar (objection), ingebrekestelling (notice of default).
"""
