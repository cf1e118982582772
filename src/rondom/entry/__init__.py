"""Entry: how a worry or question comes in, who looks at it, and where it goes.

A named worry is a short-lived contact record for the eyes of triage only; after some weeks it is destroyed. Advice is a
count. A case and its dossiers come into being only when a worry is handed out to a team; from then on the record
belongs to that case. Who reported is class `source`: it reaches the people who work with the family, never a copy or
a page for residents.

What this room is not: an application (that is `decisions`), nor the plan of a family (`plans`).

Dutch words: toegang (entry), zorg (concern), melder (reporter), triage, uitgeven aan een team (hand out), advies
(advice).
"""
