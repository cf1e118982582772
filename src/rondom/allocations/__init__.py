"""Allocations: what help is ordered for a youth, from whom, how much, from when; and when it starts and stops.

Help is ordered per youth (dossier), mostly within a case. The back office sees product, volume, period and ground of
what the municipality pays, never the plan or anything about safety (`Sight.PRODUCT`). An order in which nothing
deviates passes by itself; one that deviates asks a reason and waits for the back office.

What this room is not: the decision (`decisions`), the message to the provider (`messages`, which listens to the
signals), a place to stay (`placements`).

Dutch words: toewijzing (allocation), bestelling (order), vrij toegankelijk aanbod (free offer), omvang (volume).
"""
