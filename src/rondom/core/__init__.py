"""Core: what every room stands on.

Record (a row with a key that says nothing, a version and its moments), Event (an append-only audit record without
values), Principal (who acts or looks), action (one write, one transaction, one event), the errors people read, keys
and encrypted fields, half-open periods.

It is not the place for anything that knows about families: that lives in the rooms above.

Dutch words: gebeurtenis (event), versie (version), termijn/periode (period).
"""
