"""Law: the rules of youth care as pure functions that explain themselves.

No Django, no clock, no database: facts go in, an `Answer` comes out, with the rules and articles it rests on, the
parameters it used (with their dates and sources) and a plain Dutch explanation. Doubt in the law is returned as doubt;
a missing fact is asked for by name. National numbers stand as reviewed files in `law/parameters`; scoped numbers are
handed in by `reference` as part of the parameter set. The table of all rules is `law/rules.toml`.

Not here: what a person decides, and what a municipality may choose (that is a decision table in `aids`).
"""
