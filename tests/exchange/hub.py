"""A hub of our own: a test authority, the certificates it signs, and a server that takes envelopes as the hub does."""

import datetime as dt
import hashlib
import http.client
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rondom.messages import stuf
from rondom.messages.stuf import Envelope, Fault

DAY = dt.timedelta(days=1)


class Authority:
    """Signs certificates; its own and theirs lie as files in a folder."""

    def __init__(self, folder: Path, name: str = "ca") -> None:
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Test {name}")])
        self.path = folder / f"{name}.pem"
        made = self._begin(self.name, self.key, days=3000)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        usage = dict.fromkeys(
            ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "encipher_only", "decipher_only"), False,
        )  # fmt: skip
        made = made.add_extension(x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
        self.path.write_bytes(_pem(made.sign(self.key, hashes.SHA256())))

    def sign(self, name: str, *, days: int = 300) -> tuple[Path, Path, str]:
        """Return a new certificate, its key, and the SHA-256 of the certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._begin(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key, days)
        local = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
        made = made.add_extension(local, critical=False)
        signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        certificate = made.add_extension(signer, critical=False).sign(self.key, hashes.SHA256())
        paths = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        paths[0].write_bytes(_pem(certificate))
        paths[1].write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        der = certificate.public_bytes(serialization.Encoding.DER)
        return *paths, hashlib.sha256(der).hexdigest()

    def _begin(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, days: int) -> x509.CertificateBuilder:
        now = dt.datetime.now(dt.UTC)
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
        made = made.serial_number(x509.random_serial_number())
        return made.not_valid_before(now - 10 * DAY).not_valid_after(now + dt.timedelta(days=days, hours=1))


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _fine(_hub: "TestHub", _envelope: Envelope) -> tuple[int, bytes]:
    return 200, b""


class TestHub:
    """A hub that keeps what comes; `says` decides what it answers. A reference it knows already gets IB016."""

    __test__ = False

    def __init__(self, authority: Authority, name: str = "hub") -> None:
        self.certificate, self.key, self.fingerprint = authority.sign(name)
        self.authority, self.got = authority, []
        self.says: Callable[[TestHub, Envelope], tuple[int, bytes]] = _fine
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(authority.path))
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(self.certificate, self.key)
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                status, body = hub.take(self.rfile.read(int(self.headers["Content-Length"])))
                if status:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def finish_request(self, request, client_address) -> None:
                with context.wrap_socket(request, server_side=True) as secure:
                    super().finish_request(secure, client_address)

            def handle_error(self, request, client_address) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"https://127.0.0.1:{self.server.server_port}/ggk"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def take(self, body: bytes) -> tuple[int, bytes]:
        """Keep an envelope, once per reference."""
        envelope = stuf.read(body)
        if envelope.reference in [one.reference for one in self.got]:
            return 200, fault("IB016", "niet uniek", envelope.reference)
        status, answer = self.says(self, envelope)
        if status in (0, 200) and not answer:
            self.got.append(envelope)
        return status, answer

    def send(self, port: int, body: bytes, *, certificate=None, key=None, path="/ggk", length=None):
        """Send bytes to who listens, with the hub's certificate or another; (0, b"") when there is no connection."""
        context = ssl.create_default_context(cafile=str(self.authority.path))
        if certificate != "":
            context.load_cert_chain(certificate or self.certificate, key or self.key)
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=context)
        try:
            headers = {"Content-Length": str(len(body) if length is None else length)}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def close(self) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()


def fault(code: str, words: str, answers) -> bytes:
    """Return a refusal of the hub."""
    now = dt.datetime.now(dt.UTC)
    return stuf.refused(Fault(code, words, answers), sender="GGk", receiver="0303", reference=answers, at=now)


@contextmanager
def listening(listener) -> Iterator[int]:
    """Let a listener run; the port it listens on."""
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield listener.server_port
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


def lines_file(folder: Path, hub: TestHub, *, days: int = 300, more: str = "") -> Path:
    """Write the file of lines for Dronten, with certificates of our own, and return it."""
    hub.authority.sign("ours", days=days)
    path = folder / "stuf.toml"
    path.write_text(
        f'[GM0303]\naddress = "{hub.address}"\ncertificate = "ours.pem"\nkey = "ours.key"\n'
        f'authority = "{hub.authority.path.name}"\nhub = ["{hub.fingerprint}"]\n{more}\n'
        '[listen]\nhost = "127.0.0.1"\nport = 0\ncertificate = "ours.pem"\nkey = "ours.key"\n',
        "utf-8",
    )
    return path
