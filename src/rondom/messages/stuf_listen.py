"""Listening for the hub: one address, over TLS in which the hub shows its certificate; what came is put in the folder.

The certificate is looked at here, in this process: no proxy in front tells us who somebody is, so nothing can be
forged by a header. Without a certificate of a named authority there is no connection; with one that is not named for
the receiver, nothing is taken. The process knows no database and no keys: it only puts files down.
"""

import datetime as dt
import hashlib
import logging
import ssl
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

from rondom.messages.opening import LARGEST
from rondom.messages.stuf_hub import Taking
from rondom.messages.stuf_lines import Lines, Listen, from_hub
from rondom.messages.transport import Unsafe

logger = logging.getLogger("rondom.hub")
PATH = "/ggk"
PATIENCE = 30.0  # seconds a connection may be silent, the handshake included
AT_ONCE = 8  # connections; more wait in the queue of the system


class Listener(ThreadingHTTPServer):
    """The server: a thread per connection, no more than a few at once."""

    daemon_threads = True
    request_queue_size = 32

    def __init__(self, listen: Listen, lines: Lines, root: Path) -> None:
        self.taking = Taking(lines, root, lambda: dt.datetime.now(dt.UTC))
        self.context = from_hub(lines, listen)
        self.places = threading.BoundedSemaphore(AT_ONCE)
        super().__init__((listen.host, listen.port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Wait for a place, then let a thread handle the connection."""
        self.places.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Shake hands and handle one connection; whatever goes wrong ends that one only."""
        try:
            request.settimeout(PATIENCE)
            with suppress(OSError), self.context.wrap_socket(request, server_side=True) as secure:
                self.finish_request(secure, client_address)
        finally:
            self.shutdown_request(request)
            self.places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say that something broke, and nothing about what was sent."""
        logger.error("a connection of the hub went wrong")


class _Handler(BaseHTTPRequestHandler):
    """Takes one POST to one path."""

    timeout = PATIENCE
    server_version, sys_version = "rondom", ""

    def do_POST(self) -> None:
        """Read what came, bounded, and put it down before it is answered."""
        length = self.headers.get("Content-Length", "")
        if self.path != PATH:
            return self._answer(404)
        if not length.isdigit() or int(length) > LARGEST:
            return self._answer(413)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return None  # cut off: nothing was said, so it is sent again
        listener, secure = cast(Listener, self.server), cast(ssl.SSLSocket, self.connection)
        shown = secure.getpeercert(binary_form=True) or b""
        try:
            return self._answer(*listener.taking.take(body, hashlib.sha256(shown).hexdigest()))
        except (OSError, Unsafe) as error:
            logger.error("a message of the hub could not be put down: %s", type(error).__qualname__)
            return self._answer(503)

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        if body:
            self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on standard error: an address or path is nobody's business."""
