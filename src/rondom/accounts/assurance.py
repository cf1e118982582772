"""Assurance levels of residents' sign-in, and what DigiD, eHerkenning and eIDAS call them (AUTH-01, AUTH-02, AUTH-04).

A broker says in `acr` how sure it is. The words differ per means; the meaning is one of three levels.
"""

from django.conf import settings

LEVELS = ("low", "substantial", "high")

ACR: dict[str, str] = {
    # DigiD: Basis and Midden are low (SAML contexts as brokers pass them on)
    "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport": "low",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract": "low",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard": "substantial",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI": "high",
    # eHerkenning: EH2 and EH2+ low, EH3 substantial, EH4 high; EH1 ended in 2021 and means nothing here
    "urn:etoegang:core:assurance-class:loa2": "low",
    "urn:etoegang:core:assurance-class:loa2plus": "low",
    "urn:etoegang:core:assurance-class:loa3": "substantial",
    "urn:etoegang:core:assurance-class:loa4": "high",
    # eIDAS means of other member states
    "http://eidas.europa.eu/LoA/low": "low",
    "http://eidas.europa.eu/LoA/substantial": "substantial",
    "http://eidas.europa.eu/LoA/high": "high",
}


def level_of(acr: object, own: dict[str, str] | None = None) -> str:
    """Return the level an `acr` stands for; "" for a word nobody knows, which is enough for nothing.

    `own` is the mapping of this provider's settings and goes first.
    """
    word = acr if isinstance(acr, str) else ""
    level = (own or {}).get(word) or ACR.get(word, "")
    return level if level in LEVELS else ""


def enough(level: str, asked: str = "") -> bool:
    """Tell whether a level is at least what is asked (default: what this installation asks for the portal)."""
    needed = asked or settings.RONDOM_PORTAL_ASSURANCE
    return level in LEVELS and LEVELS.index(level) >= LEVELS.index(needed)
