"""People: persons, households, kinship and network, authority and measures as dated facts, addresses, contact points.

A person belongs to one municipality; across municipalities there is only an explicit, dated link. Whereabouts have one
reader: `people.whereabouts.address_for`.

Dutch words: persoon, jeugdige (youth), huishouden, gezag (authority), maatregel (measure), netwerk, adres, wijk.
"""
