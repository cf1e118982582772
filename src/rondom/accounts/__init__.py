"""Accounts: the organisations that run this installation, their teams and staff, roles, residents, and signing in.

It does not say who may see which family: that is `privacy.Relation`.

Dutch words: organisatie, team, medewerker (staff member), rol, inwoner (resident), aanmelden (sign in).
"""
