"""The answer to a message, built as the standard says (reference 9.3 and 9.4; IV028, IV032, IV087, IV088, TR342).

A message that fails on level 1 gets no answer at all: its sender hears from the transport (`TRANSPORT_ERROR`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rondom.messages.checking import TECHNICAL, TECHNICAL_LEVEL, table
from rondom.messages.declaring import MANY, Class, Element, Group, Message, group_of
from rondom.messages.ijw32.release import XSD_VERSION
from rondom.messages.ijw32.rules.inside import signed
from rondom.messages.ijw32.types import CDT_BerichtIdentificatie, CDT_TotaalBedragMetDC, CDT_XsdVersie
from rondom.messages.judging import Breach, class_at

FINE, NOT_CHECKED, GRANTED = "0200", "0233", "8001"
TRANSPORT_ERROR = "StUF055"  # what a municipality sends when a message fails on level 1 (reference 15.1)
HEADER = (("Bericht", 0), ("Header", 0))
Place = tuple[tuple[str, int], ...]
Codes = dict[Place, tuple[str, ...]]


class NoAnswer(Exception):
    """This message is not answered: a return message, or a JW325."""


@dataclass(frozen=True)
class Signature:
    """What whoever answers adds: an identification of at most 12 characters, the date, the versions used."""

    identification: str
    dated: dt.date
    xsd: tuple[str, str] = (XSD_VERSION, XSD_VERSION)  # basis schema, message schema (IV034)
    xslt: str | None = None  # of the official stylesheets, when those rejected the message (IV033)


def answer(message: Message, content: Any, found: Sequence[Breach], signature: Signature) -> tuple[Message, Any]:
    """Return the message that answers, and its content. `found` is what `checking.judge` returned.

    Raises NoAnswer.
    """
    if message.answer is None:
        raise NoAnswer(message.name)
    reply = message.release.messages[message.answer]
    codes = _codes(message, found)
    technical = any(table(message.release)[breach.rule].level == TECHNICAL_LEVEL for breach in found)
    build = _claim_answer if reply.forward is None else _return_message
    return reply, build(reply, content, {HEADER: (TECHNICAL,)} if technical else codes, technical, signature)


def _codes(message: Message, found: Iterable[Breach]) -> Codes:
    """Return the return codes by the class they belong to; a rule on the whole message speaks of its body."""
    codes: dict[Place, list[str]] = {}
    for breach in found:
        code = table(message.release)[breach.rule].code
        place = class_at(message, breach.place)
        if code is not None:
            codes.setdefault(place if len(place) > 1 else (*place, (message.body, 0)), []).append(code)
    return {place: tuple(dict.fromkeys(given)) for place, given in codes.items()}


def _return_message(reply: Message, content: Any, codes: Codes, technical: bool, by: Signature) -> Any:
    in_header = codes.get(HEADER, ())
    judged = bool(codes) and not in_header
    header_type, body = reply.content.elements
    header = header_type.type(
        **content.Header.by_name()
        | {
            "BerichtCode": reply.code,
            "IdentificatieRetour": by.identification,
            "DagtekeningRetour": by.dated,
            "XsltVersie": by.xslt if technical else None,
            "XsdVersieRetour": _versions(by),
            "RetourCodes": _verdict(header_type.type, in_header or ((FINE,) if judged else ())),
        }
    )
    copied = None
    if judged:
        copied = _copied(body.type, content[1], (("Bericht", 0), (body.name, 0)), codes)
    return reply.content(**{"Header": header, body.name: copied})


def _versions(by: Signature) -> Any:
    return CDT_XsdVersie(BasisschemaXsdVersie=by.xsd[0], BerichtXsdVersie=by.xsd[1])


def _verdict(group: type[Group], codes: Iterable[str]) -> Any:
    element = next(element for element in group.elements if element.name == "RetourCodes")
    given = tuple(codes)
    return element.type(RetourCode=given) if given else None


def _copied(group: type[Group], values: Any, place: Place, codes: Mapping[Place, Iterable[str]]) -> Any:
    """Return a class with everything in it copied, with its verdict and that of the classes in it."""
    copy: dict[str, Any] = {}
    for element, value in zip(values.elements, values, strict=True):
        copy[element.name] = _copied_element(_same(group, element), value, place, codes)
    if issubclass(group, Class):
        copy["RetourCodes"] = _verdict(group, codes.get(place, (FINE,)))
    return group(**copy)


def _same(group: type[Group], element: Element) -> Element:
    return next(one for one in group.elements if one.name == element.name)


def _copied_element(element: Element, value: Any, place: Place, codes: Mapping[Place, Iterable[str]]) -> Any:
    below = group_of(element)
    if value is None or below is None or isinstance(value, below):
        return value
    if element.times == MANY:
        here = ((*place, (element.name, number)) for number in range(1, len(value) + 1))
        return tuple(_copied(below, each, each_place, codes) for each, each_place in zip(value, here, strict=True))
    return _copied(below, value, (*place, (element.name, 0)), codes)


CLAIM = (("Bericht", 0), ("Declaratie", 0))


def _claim_answer(reply: Message, content: Any, codes: Codes, technical: bool, by: Signature) -> Any:
    """Return a JW325: a forward message of its own, from the municipality (reference 4.3)."""
    header_type, body = reply.content.elements
    claimed = content.Header
    header = header_type.type(
        BerichtCode=reply.code,
        BerichtVersie=claimed.BerichtVersie,
        BerichtSubversie=claimed.BerichtSubversie,
        Afzender=claimed.Ontvanger,
        Ontvanger=claimed.Afzender,
        BerichtIdentificatie=CDT_BerichtIdentificatie(Identificatie=by.identification, Dagtekening=by.dated),
        XsdVersie=_versions(by),
        DeclaratieIdentificatie=claimed.BerichtIdentificatie,
        XsltVersie=by.xslt if technical else None,
        XsdVersieDeclaratie=claimed.XsdVersie,
        RetourCodes=_verdict(header_type.type, codes.get(HEADER, (FINE,))),
    )
    verdict = None if HEADER in codes else _claim_verdict(body.type, content.Declaratie, codes)
    return reply.content(Header=header, DeclaratieAntwoord=verdict)


def _claim_verdict(group: type[Group], claim: Any, codes: Codes) -> Any:
    """Return what is granted of a claim and which lines are not; lines that are granted are not shown."""
    clients, rejected = (None, 0)
    of_claim = codes.get(CLAIM)
    if of_claim:
        granted = 0
    else:
        clients, rejected = _rejected(group, claim, codes)
        granted = signed(claim.TotaalIngediendBedrag) - rejected
    return group(
        DeclaratieNummer=claim.DeclaratieNummer,
        TotaalIngediendBedrag=claim.TotaalIngediendBedrag,
        TotaalToegekendBedrag=CDT_TotaalBedragMetDC(TotaalBedrag=abs(granted), DebetCredit="C" if granted < 0 else "D"),
        Clienten=clients,
        RetourCodes=_verdict(group, of_claim or ((GRANTED,) if clients is None else (FINE,))),
    )


def _rejected(group: type[Group], claim: Any, codes: Codes) -> tuple[Any, int]:
    """Return the clients with rejected lines, None when there are none, and what those lines come to (cents)."""
    wrapper: Any = _named(group, "Clienten")
    client_type: Any = _named(wrapper, "Client")
    shown, total = [], 0
    for number, client in enumerate(claim.Clienten.Client, 1):
        place = (*CLAIM, ("Clienten", 0), ("Client", number))
        lines = list(_rejected_lines(client_type, client, place, codes))
        if lines:
            total += sum(signed(line.IngediendBedrag) for line in lines)
            shown.append(
                client_type(
                    Bsn=client.Bsn,
                    Prestaties=_named(client_type, "Prestaties")(Prestatie=tuple(lines)),
                    RetourCodes=_verdict(client_type, codes.get(place, (FINE,))),
                )
            )
    return (wrapper(Client=tuple(shown)) if shown else None), total


def _rejected_lines(client_type: Any, client: Any, place: Place, codes: Codes) -> Iterable[Any]:
    """Yield the rejected lines of a client: all of them, not checked, when the client itself is rejected."""
    line_type: Any = _named(_named(client_type, "Prestaties"), "Prestatie")
    whole = place in codes
    for number, line in enumerate(client.Prestaties.Prestatie, 1):
        found = (NOT_CHECKED,) if whole else codes.get((*place, ("Prestaties", 0), ("Prestatie", number)))
        if found:
            yield line_type(**line.by_name() | {"RetourCodes": _verdict(line_type, found)})


def _named(group: type[Group], name: str) -> Any:
    return next(element.type for element in group.elements if element.name == name)


def accepted(content: Any) -> bool:
    """Tell whether a return message accepts: no codes in the header and no body (reference 9.3)."""
    return content.Header.RetourCodes is None and content[1] is None
