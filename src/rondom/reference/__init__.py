"""Reference: what is the same for every family but not for every day or place.

Dated code lists (municipalities, iJw, CBS), areas and what they belonged to, scoped parameters with their source, and
the local words for roles, teams and plans. Answers are always asked for a day; what is added later never changes the
answer for an earlier day.

It does not hold decision tables (that is `aids`), nor the law itself (that is `law`).

Dutch words: codelijst (code list), geldigheid (period), instelling (parameter), bereik (scope), woordgebruik
(vocabulary), gebied (area).
"""
