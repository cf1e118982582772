"""Portal: the pages of parents and young people. Only what their own relation gives; nothing hidden is announced.

It is not a way for staff to see what a family sees, and holds no data of its own.

Dutch words: mijn omgeving (portal), contactpersoon (contact), wie keek er (who looked).
"""
