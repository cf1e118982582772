"""Keys: one master key per installation, a tree of derived keys, a place outside database and backups.

The key file holds one line per key generation, newest last: `<generation> <base64 of 32 bytes>`. Every derived key is
HKDF-SHA256(master, info="rondom/<purpose>/<scope>"). A check value stored in the database at initialisation tells at
start whether the keys belong to this database (`core.checks.keys_fit`).

A generation that was rotated away keeps a line of another form, `<generation> retired <base64 of 64 bytes>`: the mac
key and the public sealing key of its audit records. With it nothing can be decrypted or signed any more, yet the
records of those years can still be verified.
"""

import base64
import functools
import hmac
import os
import time
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class KeysMissing(Exception):
    """The key file is not there, cannot be read, or does not belong to this database. Rondom does not start."""


AUDIT = "event"
OTHERS = 0o077


class KeyRing:
    """The master keys of an installation by generation; derives every other key from them.

    `retired` holds, by generation, the mac key and public sealing key of audit records from before a rotation.
    """

    def __init__(self, masters: dict[int, bytes], retired: dict[int, bytes] | None = None) -> None:
        if not masters:
            raise KeysMissing("The key file holds no key.")
        self._masters, self._retired = masters, retired or {}
        self.newest = max(masters)

    @classmethod
    def read(cls, path: Path, *, private: bool = False) -> "KeyRing":
        """Read the key file; raise KeysMissing with a sentence when it is absent, damaged, or (private) open to others.

        Production asks for a private file; the keys of a demonstration protect invented people.
        """
        try:
            if private and path.stat().st_mode & OTHERS:
                raise KeysMissing(f"The key file {path} can be read by others. Run: chmod 600 {path}")
            lines = path.read_text("ascii").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise KeysMissing(f"The key file {path} cannot be read.") from error
        masters: dict[int, bytes] = {}
        retired: dict[int, bytes] = {}
        for line in filter(None, map(str.strip, lines)):
            try:
                generation, *state, text = line.split()
                key, number = base64.b64decode(text, validate=True), int(generation)
            except ValueError as error:
                raise KeysMissing(f"The key file {path} is damaged.") from error
            kept = {"": masters, "retired": retired}.get(" ".join(state))
            if kept is None or len(key) != (64 if state else 32) or not 0 < number < 256:
                raise KeysMissing(f"The key file {path} is damaged, or holds a key of the wrong length.")
            if number in masters or number in retired:
                raise KeysMissing(f"The key file {path} holds generation {number} twice.")
            kept[number] = key
        return cls(masters, retired)

    @property
    def generations(self) -> list[int]:
        """Generations that can decrypt, oldest first."""
        return sorted(self._masters)

    @property
    def audit_generations(self) -> list[int]:
        """Generations whose audit records can be verified, oldest first."""
        return sorted({*self._masters, *self._retired})

    def audit_mac(self, message: bytes, *, generation: int | None = None) -> bytes:
        """Return the mac of an audit record, also of a retired generation."""
        key = self._retired.get(generation or 0)
        return hmac.digest(key[:32], message, "sha256") if key else self.mac(AUDIT, message, generation=generation)

    def seal_key(self, generation: int) -> Ed25519PublicKey:
        """Return the public key that verifies the seals of a generation; raise KeysMissing when it is not on file."""
        key = self._retired.get(generation)
        return Ed25519PublicKey.from_public_bytes(key[32:]) if key else self.signer(generation).public_key()

    def retired_line(self, generation: int) -> str:
        """Return the line that takes the place of a generation's master key once nothing needs it any more."""
        kept = self.derive(AUDIT, "", generation) + self.signer(generation).public_key().public_bytes_raw()
        return f"{generation} retired {base64.b64encode(kept).decode()}\n"

    @functools.cache  # noqa: B019 - one ring per process, a handful of purposes
    def derive(self, purpose: str, scope: str = "", generation: int | None = None) -> bytes:
        """Return the 32-byte key for a purpose (and a municipality), of a generation (default: newest)."""
        master = self._masters.get(self.newest if generation is None else generation)
        if master is None:
            raise KeysMissing(f"Key generation {generation} is not in the key file.")
        info = f"rondom/{purpose}/{scope}".encode()
        return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(master)

    def mac(self, purpose: str, message: bytes, scope: str = "", generation: int | None = None) -> bytes:
        """Return HMAC-SHA-256 of the message under the derived key."""
        return hmac.digest(self.derive(purpose, scope, generation), message, "sha256")

    def encrypt(self, purpose: str, plain: bytes, aad: bytes) -> bytes:
        """Return generation (1 byte) + nonce (12) + AES-256-GCM ciphertext, bound to `aad`."""
        nonce = os.urandom(12)
        box = AESGCM(self.derive(purpose)).encrypt(nonce, plain, aad)
        return bytes([self.newest]) + nonce + box

    def decrypt(self, purpose: str, value: bytes, aad: bytes) -> bytes:
        """Undo `encrypt`; raises cryptography's InvalidTag when moved, altered or under another key."""
        value = bytes(value)
        holder = self if value[0] in self._masters else read_again()  # another worker may know a newer generation
        return AESGCM(holder.derive(purpose, "", value[0])).decrypt(value[1:13], value[13:], aad)

    def signer(self, generation: int | None = None) -> Ed25519PrivateKey:
        """Return the sealing key. Derived with its own purpose; production keeps it with the sealer (how-to keys)."""
        return Ed25519PrivateKey.from_private_bytes(self.derive("seal", "", generation))

    def check_value(self, generation: int) -> str:
        """Return a short public fingerprint of a generation: recognises the key, reveals nothing."""
        return self.mac("check", b"rondom", generation=generation)[:8].hex()


def new_key_line(generation: int) -> str:
    """Return a fresh line for a key file."""
    return f"{generation} {base64.b64encode(os.urandom(32)).decode()}\n"


def write_key_file(path: Path, text: str) -> None:
    """Write a key file whole or not at all, readable by its owner only."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


REFRESH = 5.0  # seconds after which a worker notices another key file


class _Current:
    """The key ring of this process, read again when the key file changed: a rotation needs no restart."""

    def __init__(self) -> None:
        self.ring: KeyRing | None = None
        self.looked = 0.0
        self.stamp: tuple[int, int, int] | None = None

    def get(self) -> KeyRing:
        now = time.monotonic()
        if self.ring is not None and now - self.looked < REFRESH:
            return self.ring
        path = Path(settings.RONDOM_KEY_FILE)
        try:
            found = path.stat()
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self.ring is None or stamp != self.stamp:
                self.ring, self.stamp = KeyRing.read(path, private=settings.PRODUCTION), stamp
        except (OSError, KeysMissing) as error:
            if self.ring is None:
                raise (
                    error if isinstance(error, KeysMissing) else KeysMissing(f"The key file {path} cannot be read.")
                ) from error
            # a file that is away for a moment stops no running worker; the start of a new one it does
        self.looked = now
        return self.ring


_current = _Current()


def ring() -> KeyRing:
    """Return the key ring of this installation, as the key file holds it now (at most REFRESH seconds ago)."""
    return _current.get()


def pseudonym(kind: str, value: object) -> str:
    """Return the pseudonym of a thing for counting: always the same, and nobody without the keys gets back."""
    return ring().mac(f"facts-{kind}", str(value).encode())[:16].hex()


def read_again() -> KeyRing:
    """Read the key file now: after a rotation in this process, or when a value asks for a generation not seen yet."""
    _current.looked, _current.stamp = 0.0, None
    return _current.get()
