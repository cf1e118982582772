"""Dossiers: the dossier per youth, the case (casus) as working unit, roles, notes, meetings, clocks and drafts.

A dossier carries law, consent, retention and rights of one youth at one responsible organisation. A case is where a
team works: any number of dossiers, adults without dossier, dated roles. Neither replaces the other.

Dutch words: dossier, casus (case), contactjournaal (contact journal), aantekening (note), bijeenkomst (meeting),
termijn (clock), concept (draft), casusregie (case coordination), zicht op veiligheid (sight on safety).
"""
