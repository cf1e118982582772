"""Facts: the schema of what is counted. No Django here.

A table is a dataclass of one kind of row (`schema.table`); every column says what it means, its unit, its source and
how it may leave the house (`schema.Release`). A table exists when a room produces it (`extract` of that room). Persons,
lines, trajectories and claims are different things: a table has one `Grain`, and a `counts.Count` never adds two.

Keys are pseudonyms made by the room that produces the table: an HMAC under its own key of the key tree, never a BSN, a
name or a number people know. No mapping back is kept here.

Dutch words: feit (fact), regel (line), jeugdige (person), traject (trajectory), declaratieregel (claim).
"""

from rondom.facts import allocations as allocations  # each module declares its tables
from rondom.facts import crisis as crisis
from rondom.facts import decisions as decisions
from rondom.facts import entry as entry
from rondom.facts import plans as plans
from rondom.facts import requests as requests
from rondom.facts import safety as safety
