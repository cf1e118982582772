"""A backup is a sealed box: written to a public key, opened only with the private half, which is kept offline.

    RBOX1\n | HPKE-wrapped file key (80 bytes) | chunks of at most 1 MiB, each AES-256-GCM with its tag (16)

The file key is fresh for every box and wrapped with HPKE (RFC 9180: X25519, HKDF-SHA-256, AES-256-GCM). The nonce is
the number of the chunk and whether it is the last: a box that is cut off, swapped or altered does not open.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from rondom.installation import DoesNotStart

MAGIC = b"RBOX1\n"
INFO = b"rondom backup 1"
CHUNK, TAG, WRAPPED = 1 << 20, 16, 80
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Broken(DoesNotStart):
    """This file is not a whole backup, or not written to this key."""


def new_pair(private: Path, public: Path) -> None:
    """Write a fresh key pair; the private half is for its owner only and belongs on another machine."""
    key = X25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
        file.write(text)
    public.write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def read_public(path: Path) -> X25519PublicKey:
    """Return the public key in a PEM file; raise DoesNotStart with a sentence for anything else."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DoesNotStart(f"{path} holds no public key for backups. Make a pair with `rondom backup-keys`.") from error
    if not isinstance(key, X25519PublicKey):
        raise DoesNotStart(f"{path} holds another kind of key. Make a pair with `rondom backup-keys`.")
    return key


def read_private(path: Path) -> X25519PrivateKey:
    """Return the private key in a PEM file; raise DoesNotStart with a sentence for anything else."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise DoesNotStart(f"{path} holds no private key for backups.") from error
    if not isinstance(key, X25519PrivateKey):
        raise DoesNotStart(f"{path} holds another kind of key.")
    return key


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


class Writer:
    """A file to write to; what is written is sealed as it goes. `close` writes the last chunk."""

    def __init__(self, file: BinaryIO, public: X25519PublicKey) -> None:
        key = os.urandom(32)
        self._file, self._cipher = file, AESGCM(key)
        self._buffer, self._number = bytearray(), 0
        file.write(MAGIC + SUITE.encrypt(key, public, info=INFO))

    def write(self, data: bytes) -> int:
        """Take in the next piece."""
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._put(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]
        return len(data)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), piece, MAGIC))
        self._number += 1

    def close(self) -> None:
        """Seal the box."""
        self._put(bytes(self._buffer), last=True)


class Reader:
    """A file to read from; raises Broken as soon as something does not fit."""

    def __init__(self, file: BinaryIO, private: X25519PrivateKey) -> None:
        self._file, self._number, self._left = file, 0, b""
        head = file.read(len(MAGIC) + WRAPPED)
        if not head.startswith(MAGIC):
            raise Broken("This file is not a backup of Rondom.")
        try:
            self._cipher = AESGCM(SUITE.decrypt(head[len(MAGIC) :], private, info=INFO))
        except (InvalidTag, ValueError) as error:
            raise Broken("This backup was written to another key. Use the private key that belongs to it.") from error
        self._next: bytes | None = file.read(CHUNK + TAG)

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes (all of it: -1)."""
        pieces, have = [self._left], len(self._left)
        while size < 0 or have < size:
            piece = self._chunk()
            if not piece and self._next is None:
                break
            pieces.append(piece)
            have += len(piece)
        data = b"".join(pieces)
        cut = len(data) if size < 0 else size
        self._left = data[cut:]
        return data[:cut]

    def _chunk(self) -> bytes:
        if self._next is None:
            return b""
        following = self._file.read(CHUNK + TAG)
        try:
            piece = self._cipher.decrypt(_nonce(self._number, not following), self._next, MAGIC)
        except InvalidTag as error:
            raise Broken("This backup is damaged or cut off. Use another one.") from error
        self._number += 1
        self._next = following or None
        return piece


@contextmanager
def sealed(path: Path, public: X25519PublicKey) -> Iterator[Writer]:
    """Open a box to write: it is there whole, synced and named, or not at all."""
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            writer = Writer(file, public)
            yield writer
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
