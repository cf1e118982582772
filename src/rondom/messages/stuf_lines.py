"""How each municipality reaches the hub: one TOML file, named by RONDOM_STUF_FILE.

    [GM0303]
    address = "https://hub.example/ggk"       where our envelopes go
    certificate = "ours.pem"                  with which we come, and its key (both beside this file, or a whole path)
    key = "ours.key"
    authority = "hub-ca.pem"                  who signs the certificate of the hub; nobody else is believed
    hub = ["5f0c..."]                         SHA-256 of each certificate with which the hub may come to us
    application = "Rondom"                    and what else `stuf.Choice` leaves open

    [listen]                                  where we receive; not there: we only send
    host = "0.0.0.0"
    port = 8443
    certificate = "ours.pem"
    key = "ours.key"

A municipality that is not in the file keeps the watched folder.
"""

import datetime as dt
import ssl
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from cryptography import x509

from rondom.messages.stuf import Choice

WARNINGS = (60, 30, 7)  # days before the end of a certificate (trust, section 2)
FILES = ("certificate", "key", "authority")


class BadLines(Exception):
    """The file cannot be used; says what is wrong."""


@dataclass(frozen=True)
class Line:
    """How one municipality reaches the hub, and with which certificates the hub reaches us."""

    municipality: str
    address: str
    certificate: Path
    key: Path
    authority: Path
    hub: frozenset[str] = frozenset()
    choice: Choice = field(default_factory=Choice)


@dataclass(frozen=True)
class Listen:
    """Where we receive, with which certificate."""

    host: str
    port: int
    certificate: Path
    key: Path


@dataclass(frozen=True)
class Lines:
    """All of the file."""

    of: dict[str, Line]
    listen: Listen | None = None


def read(path: Path | str) -> Lines:
    """Return what the file says; no file: nothing. Raises BadLines for anything that cannot be used."""
    if not str(path):
        return Lines({})
    where = Path(path)
    try:
        found = tomllib.loads(where.read_text("utf-8"))
        listen = found.pop("listen", None)
        lines = {name: _line(name, said, where.parent) for name, said in found.items()}
        return Lines(lines, _listen(listen, where.parent) if listen else None)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadLines(f"{where}: {type(error).__name__}: {error}") from None


def _line(name: str, said: dict[str, Any], beside: Path) -> Line:
    if not str(said["address"]).startswith("https://"):
        raise ValueError(f"{name}: the address begins with https://")
    open_ = {each.name for each in fields(Choice)}
    known = {"address", "hub", *FILES, *open_}
    if strange := set(said) - known:
        raise ValueError(f"{name}: {', '.join(sorted(strange))} is not known")
    hub = frozenset(str(each).replace(":", "").lower() for each in said.get("hub", ()))
    paths = {each: beside / said[each] for each in FILES}
    choice = Choice(**{key: value for key, value in said.items() if key in open_})
    return Line(name, said["address"], hub=hub, choice=choice, **paths)


def _listen(said: dict[str, Any], beside: Path) -> Listen:
    return Listen(said["host"], int(said["port"]), beside / said["certificate"], beside / said["key"])


def to_hub(line: Line) -> ssl.SSLContext:
    """Return how we come to the hub: with our certificate, believing only who its authority signed."""
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=str(line.authority))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(line.certificate, line.key)
    return context


def from_hub(lines: Lines, listen: Listen) -> ssl.SSLContext:
    """Return how the hub comes to us: nobody without a certificate that one of the authorities signed."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    for line in lines.of.values():
        context.load_verify_locations(str(line.authority))
    context.load_cert_chain(listen.certificate, listen.key)
    return context


def ends(lines: Lines) -> Iterator[tuple[str, dt.datetime]]:
    """Yield each certificate of our own and of the authorities, with the moment until which it holds."""
    files = {path for line in lines.of.values() for path in (line.certificate, line.authority)}
    files |= {lines.listen.certificate} if lines.listen else set()
    for path in sorted(files):
        for certificate in x509.load_pem_x509_certificates(path.read_bytes()):
            yield path.name, certificate.not_valid_after_utc


def _ending(lines: Lines, at: dt.datetime) -> Iterator[tuple[str, dt.datetime]]:
    """Yield the certificates that end within sixty days, or did."""
    yield from (each for each in ends(lines) if (each[1] - at).days <= max(WARNINGS))


def soon(path: Path | str, municipality: str, at: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """Return the certificates on the line of a municipality that end within sixty days, or did, the first one first.

    A file that cannot be used gives none: `worries` says what is wrong with it.
    """
    try:
        lines = read(path)
        own = {name: line for name, line in lines.of.items() if line.municipality == municipality}
        return sorted(_ending(Lines(own, lines.listen if own else None), at), key=lambda each: each[1])
    except (BadLines, OSError, ValueError):
        return []


def worries(path: Path | str, at: dt.datetime) -> Iterator[str]:
    """Yield what is wrong with the file, and which certificate ends within sixty days or has ended."""
    try:
        lines = read(path)
        for line in lines.of.values():
            to_hub(line)
            if lines.listen and not line.hub:
                yield f"{line.municipality}: no certificate of the hub is named, so nothing can come in"
        if lines.listen:
            from_hub(lines, lines.listen)
        for name, until in _ending(lines, at):
            if until <= at:
                yield f"the certificate {name} ended on {until:%Y-%m-%d}: no message goes or comes"
            else:
                days = (until - at).days
                yield f"the certificate {name} ends on {until:%Y-%m-%d}, in {days} days: ask for a new one"
    except (BadLines, OSError, ValueError) as error:  # an SSL mistake is an OSError
        yield f"messages over https: {error}"
