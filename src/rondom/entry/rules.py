"""Small questions about worries."""

PREFIXES = frozenset({"van", "de", "der", "den", "het", "'t", "ter", "ten", "te", "el", "al", "in", "op", "von", "du"})


def split_name(name: str) -> tuple[str, str, str]:
    """Return (called, prefix, family name) of a name as it was told: "Fenna van der Wal" -> Fenna, van der, Wal.

    One word is a first name. Words between the first one and the family name that are no known prefix belong to the
    family name ("Maria Lopez Garcia"); who hands out sees the result and can correct it.
    """
    words = name.split()
    if len(words) < 2:
        return name.strip(), "", ""
    called, rest = words[0], words[1:]
    prefix = []
    while len(rest) > 1 and rest[0].lower() in PREFIXES:
        prefix.append(rest.pop(0).lower())
    return called, " ".join(prefix), " ".join(rest)
