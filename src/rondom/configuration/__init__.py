"""Configuration: the pages of the functional administrator about what differs per municipality.

Parameters, code lists and words live in `reference`, below the sign-in of `accounts`; a page about them needs both, so
it is a door of its own. Pages about decision tables live in `aids`, those about staff and roles in `accounts`.

Dutch words: inrichting (configuration), instelling (parameter), voorstel (proposed change), woordenlijst (vocabulary).
"""
