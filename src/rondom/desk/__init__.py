"""Desk: the pages of staff that need several rooms: my day, the family, search, the team.

It decides nothing and stores nothing: it asks queries and calls actions of the rooms below. Pages about one room live
in that room.

Dutch words: mijn dag (my day), gezin (family, the page of a case), werkvoorraad (work list).
"""
