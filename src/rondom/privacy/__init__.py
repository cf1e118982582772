"""Privacy: who may see what, since when and why; looks, emergency access, grounds and consent, retention, destruction.

`Relation` is the only source of sight: every query about people, dossiers and cases joins it. Rooms above write
relations in their actions and register how their rows are destroyed.

Dutch words: betrokkenheid (relation), inzage (subject access), grondslag (legal basis), toestemming (consent),
noodtoegang (emergency access), afscherming (shielding), vernietiging (destruction), bewaartermijn (retention period).
"""
