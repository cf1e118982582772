"""What all messages of the release share: the header, the return codes, how a return message is made."""

from typing import Any

from rondom.messages.declaring import Class, Declared, Group, Message, Release, Wrapper, derive, many, maybe, one
from rondom.messages.ijw32.types import (
    CDT_BerichtIdentificatie,
    CDT_XsdVersie,
    LDT_AgbCode,
    LDT_Datum,
    LDT_Gemeente,
    LDT_IdentificatieBericht,
    LDT_RetourCode,
    LDT_Versie,
)
from rondom.messages.simple import Fixed, FixedNumber

RELEASE = Release(3, 2, rules="rondom.messages.ijw32.rules")
XSD_VERSION = "1.0.0"  # of the public examples; the production schemas may carry another (IV034): give it when writing


class RetourCodes(Wrapper):
    """The verdict on one class."""

    RetourCode = many(LDT_RetourCode)


def _code(code: str) -> Any:
    return one(Fixed("LDT_BerichtCode", value=code))


def header(code: str, sender: Any, receiver: Any) -> type[Class]:
    """Return the header of a forward message (reference 4.1)."""

    class Header(Class):
        """Who sends what to whom."""

        BerichtCode = _code(code)
        BerichtVersie = one(FixedNumber("LDT_BerichtVersie", value="3"))
        BerichtSubversie = one(FixedNumber("LDT_BerichtSubversie", value="2"))
        Afzender = one(sender)
        Ontvanger = one(receiver)
        BerichtIdentificatie = one(CDT_BerichtIdentificatie)
        XsdVersie = one(CDT_XsdVersie)

    return Header


def by_municipality(code: str) -> type[Class]:
    """Return the header of a message from municipality to provider."""
    return header(code, LDT_Gemeente, LDT_AgbCode)


def by_provider(code: str) -> type[Class]:
    """Return the header of a message from provider to municipality."""
    return header(code, LDT_AgbCode, LDT_Gemeente)


def returning(name: str, title: str, code: str, forward: Message) -> Message:
    """Declare the return message of a forward message (reference 4.2 and 6.9).

    A longer header; the class after it may be absent; every class, but no wrapper, ends with RetourCodes. Sender and
    receiver stay those of the forward message (IV028).
    """
    first, body = forward.content.elements
    start = {element.name: element for element in first.type.elements}
    kinds = start["Afzender"].type, start["Ontvanger"].type

    class Header(header(code, *kinds)):  # type: ignore[misc]
        """The header of the forward message, with what the answerer adds."""

        IdentificatieRetour = one(LDT_IdentificatieBericht)
        DagtekeningRetour = one(LDT_Datum)
        XsltVersie = maybe(LDT_Versie)
        XsdVersieRetour = one(CDT_XsdVersie)
        RetourCodes = maybe(RetourCodes)

    judged = derive(body.type, _with_codes)
    content: Any = Declared("Bericht", (Group,), {"Header": one(Header), body.name: maybe(judged)})
    return RELEASE.declare(name, title, code, content, forward=forward)


def _with_codes(group: type[Group], elements: dict[str, Any]) -> dict[str, Any]:
    return elements | {"RetourCodes": one(RetourCodes)} if issubclass(group, Class) else elements
