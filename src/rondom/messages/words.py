"""The Dutch sentences of the checks, in one place. They name elements and values, never a person."""

LONGEST = 40

EMPTY = "Dit element is leeg; laat het weg of vul het in."
TOO_LONG = "De waarde is {length} tekens lang; het mogen er {most} zijn."
OTHER_FORM = "De waarde {text} heeft niet de goede vorm: {meaning}."
ONE_LINE = "De waarde moet op één regel staan."
FIXED = "Hier staat {text}; in dit bericht hoort hier {value}."
NO_CODE = "De waarde {text} komt niet voor in codelijst {codes}."
NO_NUMBER = "De waarde {text} is geen geheel getal."
OUT_OF_RANGE = "De waarde {text} ligt niet tussen {least} en {most}."
NO_DATE = "De waarde {text} is geen bestaande datum zonder tijdzone (jjjj-mm-dd)."
NO_TIME = "De waarde {text} is geen tijd zonder tijdzone (uu:mm:ss)."

NOT_EXPECTED = "Het element {name} hoort hier niet; hier wordt verwacht: {expected}."
NOTHING_EXPECTED = "Het element {name} hoort hier niet; hierna wordt niets meer verwacht."
OTHER_NAMESPACE = "Het element {name} staat in de verkeerde naamruimte; verwacht wordt {namespace}."
MISSING = "In {parent} ontbreekt: {expected}."
TEXT_BETWEEN = "In {name} staat losse tekst; daar mogen alleen elementen staan."
ELEMENTS_INSIDE = "In {name} staan andere elementen; daar mag alleen een waarde staan."
ATTRIBUTES = "Het element {name} heeft een attribuut ({attribute}); iJw kent geen attributen."
NOT_UTF8 = "Het bestand is gecodeerd als {encoding}; een bericht is UTF-8 (OP192)."
BYTE_ORDER_MARK = "Het bestand begint met een byte-order mark; dat mag niet (OP192)."
ENOUGH = "Er zijn meer dan {most} bevindingen; de rest is niet meer gezocht."

TOO_LARGE = "Het bestand is groter dan 25 MB (OP179)."
TOO_BIG_PART = "Eén onderdeel van het bericht is groter dan 1 MB; dat wordt niet gelezen."
NOT_XML = "Dit is geen geldige XML."
CUT_OFF = "Het bestand houdt midden in het bericht op."
NO_FILE = "Het bestand kan niet worden gelezen: {why}."
HAS_DTD = "Het bestand bevat een DOCTYPE; een bericht mag geen DTD of entiteiten bevatten."
LATE_START = "In de eerste {most} tekens begint geen bericht."
NO_MESSAGE = "Dit is geen iJw-bericht: het eerste element is {name}."
OTHER_RELEASE = "Dit is een bericht van een andere release of standaard ({namespace}); gelezen wordt iJw {known}."

FOR_ANOTHER = "Dit bericht is voor {there}, niet voor {here}. Het wordt niet verwerkt."
NOT_OURS = "Dit is geen bericht van {here} zelf maar van {sender}. Het wordt niet verstuurd."


def shown(text: str) -> str:
    """Return a value as it can stand in a sentence: quoted, without line ends, cut."""
    flat = " ".join(text.split())
    return f"“{flat[:LONGEST]}…”" if len(flat) > LONGEST else f"“{flat}”"
