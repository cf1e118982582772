"""The store of contents: encrypted files with random names, outside the database, in `settings.RONDOM_DOCUMENTS`.

    RDOC1 | key generation (1) | salt (32) | chunks of at most 1 MiB, each AES-256-GCM with its tag (16)

Every blob has its own key: HKDF(key for documents, salt, info = name of the blob). The nonce is the number of the chunk
and whether it is the last, so chunks cannot be swapped, dropped or cut off without being noticed. A blob is written
under a `.part` name, synced, and renamed: it is there whole or not at all. The name is random: it says nothing and does
not tell in which order documents came (the first four characters make the folders).
"""

import contextlib
import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from rondom.core import keys
from rondom.core.errors import NoRoom
from rondom.core.registry import Registry

MAGIC = b"RDOC1"
CHUNK = 1 << 20
TAG = 16
HEADER = len(MAGIC) + 1 + 32
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})

OWNERS: Registry[Callable[[], Iterable[UUID]]] = Registry("owners of contents")
"""Name -> function that returns the contents its rows hold; what no owner holds is swept away after a day."""


class Damaged(Exception):
    """A blob is not what was written: altered, cut off, moved, or encrypted under keys we do not have."""


def path_of(blob: UUID) -> Path:
    """Return where a blob lies."""
    return Path(settings.RONDOM_DOCUMENTS) / blob.hex[:2] / blob.hex[2:4] / blob.hex


def _cipher(blob: UUID, generation: int, salt: bytes) -> AESGCM:
    master = keys.ring().derive("document", "", generation)
    return AESGCM(HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=blob.bytes).derive(master))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


@contextlib.contextmanager
def room() -> Iterator[None]:
    """Turn a full (or read-only) disk into NoRoom, a sentence for the person who was saving."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom() from error
        raise


class Writer:
    """Writes one blob as its content streams in; `keep` makes it real, `drop` leaves nothing.

    With a name that exists, `keep` puts the new content in its place, whole (the rotation of keys does this).
    """

    def __init__(self, blob: UUID | None = None) -> None:
        self.blob = blob or uuid4()
        self.size = 0
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._number = 0
        ring = keys.ring()
        salt = os.urandom(32)
        self._cipher = _cipher(self.blob, ring.newest, salt)
        self._path = path_of(self.blob)
        self._part = self._path.with_name(self._path.name + ".part")
        with room():
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            self._file: BinaryIO | None = os.fdopen(handle, "wb")
            self._file.write(MAGIC + bytes([ring.newest]) + salt)

    @property
    def digest(self) -> str:
        """SHA-256 of the content so far, in hex."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """Take in the next piece; raise NoRoom on a full disk."""
        self._digest.update(data)
        self.size += len(data)
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._put(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]

    def _put(self, piece: bytes, *, last: bool) -> None:
        with room():
            self._open_file().write(self._cipher.encrypt(_nonce(self._number, last), piece, MAGIC))
        self._number += 1

    def _open_file(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("this blob was kept or dropped already")
        return self._file

    def keep(self) -> UUID:
        """Write the rest, sync it to the disk and give it its name; return the name. Call it once."""
        self._put(bytes(self._buffer), last=True)
        with room():
            file = self._open_file()
            file.flush()
            os.fsync(file.fileno())
            file.close()
            self._part.rename(self._path)
            _sync(self._path.parent)
        self._file = None
        return self.blob

    def drop(self) -> None:
        """Leave nothing of a blob that was not kept; after `keep` this does nothing."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)
        self._file = None


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep(pieces: Iterable[bytes]) -> tuple[UUID, int, str]:
    """Write a blob in one go; return its name, size and digest."""
    writer = Writer()
    try:
        for piece in pieces:
            writer.write(piece)
        return writer.keep(), writer.size, writer.digest
    except BaseException:
        writer.drop()
        raise


def read(blob: UUID) -> Iterator[bytes]:
    """Yield the content of a blob in pieces; raise Damaged as soon as something does not fit."""
    try:
        with path_of(blob).open("rb") as file:
            header = file.read(HEADER)
            if len(header) != HEADER or not header.startswith(MAGIC):
                raise Damaged(str(blob))
            cipher = _cipher(blob, header[len(MAGIC)], header[len(MAGIC) + 1 :])
            number, piece = 0, file.read(CHUNK + TAG)
            while True:
                following = file.read(CHUNK + TAG)
                yield cipher.decrypt(_nonce(number, not following), piece, MAGIC)
                if not following:
                    return
                number, piece = number + 1, following
    except (InvalidTag, keys.KeysMissing, FileNotFoundError) as error:
        raise Damaged(str(blob)) from error


def digest_of(blob: UUID) -> tuple[int, str]:
    """Return size and SHA-256 of the content of a blob, reading all of it; raise Damaged."""
    digest, size = hashlib.sha256(), 0
    for piece in read(blob):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def remove(blob: UUID) -> None:
    """Remove a blob; one that is not there is quietly the same."""
    path_of(blob).unlink(missing_ok=True)


def stored() -> Iterator[tuple[UUID, float]]:
    """Yield every blob in the store with the moment it was written (seconds since 1970)."""
    for path in Path(settings.RONDOM_DOCUMENTS).glob("??/??/*"):
        with contextlib.suppress(ValueError, FileNotFoundError):
            yield UUID(path.name), path.stat().st_mtime


def rewrite_older(newest: int) -> int:
    """Encrypt again every blob that lies under an older key generation; return how many. Part of the key rotation."""
    count = 0
    for blob, _written in list(stored()):
        with path_of(blob).open("rb") as file:
            header = file.read(HEADER)
        if len(header) != HEADER or not header.startswith(MAGIC) or header[len(MAGIC)] == newest:
            continue
        path_of(blob).with_name(blob.hex + ".part").unlink(missing_ok=True)  # of a rotation that was killed
        writer = Writer(blob)
        try:
            for piece in read(blob):
                writer.write(piece)
            writer.keep()
        except BaseException:
            writer.drop()
            raise
        count += 1
    return count


def owned() -> set[UUID]:
    """Return every blob that a row of some room holds."""
    return {blob for _name, blobs in OWNERS for blob in blobs()}


def sweep(known: Iterable[UUID], *, older_than: float, now: float | None = None) -> int:
    """Remove blobs no row knows and half-written ones, when older than so many seconds; return how many."""
    keep_these, limit, count = set(known), (now or time.time()) - older_than, 0
    orphans = [path_of(blob) for blob, written in stored() if written < limit and blob not in keep_these]
    for path in [*orphans, *Path(settings.RONDOM_DOCUMENTS).glob("??/??/*.part")]:
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < limit:
                path.unlink()
                count += 1
    return count
