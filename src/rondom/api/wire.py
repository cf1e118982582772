"""What goes over the line: the shapes of requests and answers, in Dutch words as the NL API design rules ask.

The names are those of the API document (docs/reference/openapi.json); outside this module and `endpoints` our own words
are used. A field that is not listed is refused, so that nobody sends something that is quietly lost.
"""

import datetime as dt
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

LONG, LINE, NAME, SHORT = 5000, 300, 120, 60


def _typed(text: str) -> str:
    """Refuse signs nobody types; a line break and a tab are fine. PostgreSQL cannot keep a NUL."""
    if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text):
        raise ValueError("control")
    return text


_SIGNS = AfterValidator(_typed)
Told = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONG), _SIGNS]
Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONG), _SIGNS]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LINE), _SIGNS]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME), _SIGNS]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=SHORT), _SIGNS]


class Streng(Schema):
    """Takes no other fields than those listed."""

    model_config = ConfigDict(extra="forbid")


class Melder(Streng):
    """Wie de zorg meldt: een medewerker van uw organisatie."""

    naam: Name = Field(description="Naam van wie meldt, zodat wij kunnen terugbellen.")
    bereikbaar: Name = Field(description="Telefoonnummer of e-mailadres van wie meldt.")


class Kind(Streng):
    """Een kind om wie het gaat."""

    naam: Name = Field(description="Naam, voor zover bekend. Een voornaam is genoeg.")
    geboren_op: dt.date | None = Field(None, description="Geboortedatum, als die bekend is.")


class Volwassene(Streng):
    """Een ouder of verzorger."""

    naam: Name = Field(description="Naam, voor zover bekend.")
    wat: Short = Field("", description="Wie dit is voor het kind, bijvoorbeeld: moeder.")


class ZorgIn(Streng):
    """Een zorg over een kind. Schrijf die zo dat het gezin de tekst kan lezen, zonder wie het vertelde."""

    zorg: Told = Field(description="Wat is er gezien of gehoord, en wanneer?")
    gaat_goed: Long = Field("", description="Wat goed gaat.")
    nu_in_gevaar: bool = Field(False, description="Een kind kan nu in gevaar zijn. Bel dan eerst 112 of Veilig Thuis.")
    gesproken_op: dt.date | None = Field(None, description="Dag waarop met de ouders of de jongere is gesproken.")
    niet_gesproken_omdat: Line = Field("", description="Niet gesproken? Dan is de reden verplicht.")
    afgesproken: Line = Field("", description="Wat met de ouders of de jongere is afgesproken.")
    melder: Melder
    kinderen: list[Kind] = Field(min_length=1, max_length=8)
    volwassenen: list[Volwassene] = Field(default_factory=list, max_length=8)


class Contactpersoon(Schema):
    """Wie van ons u kunt bellen."""

    naam: str
    telefoon: str


class Zorg(Schema):
    """Wat u van een zorg mag horen: dat die is ontvangen en opgepakt, en wie u kunt bellen."""

    id: UUID
    ontvangen_op: dt.date
    staat: str = Field(description="`ontvangen` of `opgepakt`.")
    opgepakt_op: dt.date | None = None
    contactpersoon: Contactpersoon | None = None
    u_hoort: str = Field(description="Wat u mag horen over wat er verder gebeurt.")
    let_op: str | None = Field(None, description="Alleen als een kind nu in gevaar kan zijn: wat u eerst doet.")


class Product(Schema):
    """Het product, met de codes van iJw."""

    categorie: str
    code: str
    naam: str


class Omvang(Schema):
    """Hoeveel er is besteld."""

    aantal: int
    eenheid: str = Field(description="Code uit de lijst WJ756; leeg als het product geen eenheid heeft.")
    per: str = Field(description="`dag`, `week`, `maand` of `periode`.")


class Toewijzing(Schema):
    """Een bestelling: product, omvang, periode en grond. Over wie het gaat, staat in het bericht JW301."""

    id: UUID
    aanbieder: str
    product: Product
    omvang: Omvang | None = None
    begint_op: dt.date
    eindigt_op: dt.date | None = Field(None, description="Laatste dag. Leeg: geen einde afgesproken.")
    grond: str = Field(description="Langs welke weg: `gemeente`, `arts`, `gi` of `rechter`.")
    staat: str = Field(description="`besteld`, `gestart`, `onderbroken`, `gestopt` of `ingetrokken`.")
    gewijzigd_op: dt.datetime


class Wijziging(Schema):
    """Iets dat u mag lezen is nieuw of veranderd. Lees het zelf op met zijn id."""

    soort: str = Field(description="`toewijzing` of `zorg`.")
    id: UUID
    gewijzigd_op: dt.datetime


class Toewijzingen(Schema):
    """Een deel van de lijst."""

    resultaten: list[Toewijzing]
    volgende: str | None = Field(None, description="Geef dit mee als `na` voor het volgende deel. Leeg: dit is alles.")


class Zorgen(Schema):
    """Een deel van de lijst."""

    resultaten: list[Zorg]
    volgende: str | None = Field(None, description="Geef dit mee als `na` voor het volgende deel. Leeg: dit is alles.")


class Wijzigingen(Schema):
    """Wat er sinds een plek in de lijst veranderde, het oudste eerst."""

    resultaten: list[Wijziging]
    tot_hier: str | None = Field(None, description="Bewaar dit en geef het de volgende keer mee als `na`.")
    meer: bool = Field(description="Er is nu al meer: vraag meteen verder.")


class Veldfout(Schema):
    """Wat er mis is met een veld."""

    veld: str
    detail: str


class Probleem(Schema):
    """Waarom iets niet kan (RFC 9457, `application/problem+json`)."""

    type: str = Field(description="Vaste naam van dit soort probleem, voor uw programma.")
    title: str
    status: int
    detail: str = Field(description="Wat er is en wat u kunt doen, voor een mens.")
    velden: list[Veldfout] | None = None
