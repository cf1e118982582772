"""Safety: is each child safe, what is agreed to keep it so, and who has sight on that.

A safety assessment is a short judgement per child: was the child itself seen or spoken, what worries, what keeps it
safe, who said so, and one outcome. It is asked at the start of a case, when people look back at the plan, and at a
signal; it is a date that runs until it is done. A condition is an agreement about safety: who does what by when, who
checks it, for which child. While a child is not safe enough the badge on the family stays and the case does not close.
Sight on safety itself is a role in `dossiers`; this room shows with whom it lies and lets it move, on acceptance.

What this room is not: an instrument (which one is used is a setting; its text is not in here), a plan (`plans`), a
table or a request to a court (`protection`). The record of the reporting code and the signal index will live here; the
law room knows both already.

Dutch words: veiligheidsbeoordeling (safety assessment), veiligheidsafspraak (safety condition), zicht op veiligheid
(sight on safety), overdracht voor het weekend (weekend page).
"""
