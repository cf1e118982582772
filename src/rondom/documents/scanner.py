"""Virus scan by clamd, when there is one: the file is streamed to it over its socket (command INSTREAM).

`RONDOM_CLAMD` names a unix socket, or host:port. Protocol: clamd(8), "zINSTREAM\\0", pieces with a four-byte length, a
length of zero ends; the answer is "stream: OK" or "stream: NAME FOUND".
"""

import socket
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

from django.conf import settings

TIMEOUT = 30  # seconds of silence after which the scanner counts as absent
PIECE = 65_536
PLACES = ("/run/clamav/clamd.ctl", "/var/run/clamav/clamd.ctl", "/run/clamd.scan/clamd.sock", "/tmp/clamd.socket")  # noqa: S108 - where distributions put the socket


class Verdict(Enum):
    """What the scanner says."""

    CLEAN = "clean"
    FOUND = "found"
    ABSENT = "absent"


def place() -> str:
    """Return the socket of the scanner, or "" when there is none."""
    named: str = settings.RONDOM_CLAMD
    if named:
        return named
    return next((p for p in PLACES if Path(p).is_socket()), "")


def _connect(where: str) -> socket.socket:
    if "/" in where:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(TIMEOUT)
            connection.connect(where)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)


def scan(pieces: Iterable[bytes]) -> Verdict:
    """Let the scanner look at a file; ABSENT when there is no scanner, or it does not answer as it should."""
    where = place()
    if not where:
        return Verdict.ABSENT
    try:
        with _connect(where) as connection:
            connection.sendall(b"zINSTREAM\0")
            for piece in pieces:
                for start in range(0, len(piece), PIECE):
                    part = piece[start : start + PIECE]
                    connection.sendall(len(part).to_bytes(4) + part)
            connection.sendall(bytes(4))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < 4096:
                received = connection.recv(4096)
                if not received:
                    break
                answer += received
    except (OSError, ValueError):
        return Verdict.ABSENT
    text = answer.rstrip(b"\0").strip()
    if text.endswith(b"OK"):
        return Verdict.CLEAN
    return Verdict.FOUND if text.endswith(b"FOUND") else Verdict.ABSENT
