"""The iJw messages (berichten) between municipality and provider: read, checked, written, answered and explained.

One declaration per message (`ijw32/jw301.py` and its thirteen likes) says which elements there are, in which order,
how often, of which type and with which key. The reader, the writer and the checks of level 1 are made from it. The
rules of levels 2, 3 and 4 (`ijw32/rules/`) are small functions with their id; `answering` makes the answer they lead
to.

What it is not: the sending and keeping of messages, and what a message means for an allocation. The names of the
standard stay in this room, and in the mapping of `exchange`, which takes the release of today from `current`. No
Django and no database: what a rule must know of earlier messages, the contract and the lists it asks of two small
interfaces (`knowing.Earlier`, `knowing.Outside`).

Words: bericht = message, heenbericht = forward message, retourbericht = return message, retourcode = return code,
klasse = class, toewijzing = allocation, declaratie = claim, prestatie = line.
"""
