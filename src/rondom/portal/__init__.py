"""Portal: the pages of parents and young people. Only what their own relation gives; nothing hidden is announced.

Beside it: pages for who asked something without having a file (`own`), and for who works at a practice or school and
shares a worry (`place`); both see only what they sent themselves, and of that what they may hear. And for who works at
a provider (`provider`): the messages that went to it and came from it, and what has to be done.

It is not a way for staff to see what a family sees, and holds no data of its own.

Dutch words: mijn omgeving (portal), contactpersoon (contact), wie keek er (who looked).
"""
