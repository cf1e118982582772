"""The API: what systems of organisations we already know can ask of us and send us, under /api/v1/.

A school, practice, provider or the municipality itself connects a system with a key that belongs to one organisation.
A key is no person: it is a principal of its own kind, sees through the relations of its organisation, and does what the
pages do by calling the same actions and queries.

    endpoints, wire   what can be asked, in the words that go over the line (Dutch, as the NL API design rules ask)
    door, problems    who comes in, how much and how often; what a refusal looks like (RFC 9457)
    models, queries, actions   the keys, what was sent with them, and the sight of a provider's system
    views, forms      pages of the functional administrator: list, make and withdraw a key

What this room is not: the messages of the chain (iJw), which stay in `exchange`; nor a way for staff or residents to
sign in. No plan, note or safety assessment ever passes here.

Dutch words: koppeling (connection), sleutel (key), zorg (worry), toewijzing (allocation), wijziging (change).
"""
