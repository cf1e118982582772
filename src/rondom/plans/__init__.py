"""Plans: the family's own plan, what everybody does for it, and looking back together.

A plan hangs on a case. Each goal carries whom it concerns and who said it, in the family's words; under it stand the
agreements: who does what, when. A plan is a concept until it is agreed; then the date of the first evaluation runs as a
clock and every change is kept as a version. An evaluation asks the same questions each time and ends in one outcome.

What this room is not: a decision (`decisions`), an order (`allocations`), or a conversation (`dossiers.Note`).

Dutch words: plan van het gezin (family plan), doel (goal), afspraak in het plan (plan line), terugkijken (evaluation).
"""
