"""Crisis: the register of a crisis coordination point, and the quarter that is counted from it.

A line of the register is one form of crisis help that was asked for one youth (or `geen`: none was given). A youth can
have several lines, so lines are not persons. Lines come as a file of the whole quarter (`importing`), all or nothing.
A line that was wrong is corrected by a newer one; the older stays, and no longer counts.

The register knows youths by a pseudonym only. It holds no dossier, no place and no clock of a running crisis: those
come with the crisis desk.

Dutch words: crisisregister, regel (line), melding (report), hulpvorm (form), vervolg (follow-up), kwartaal (quarter).
"""
