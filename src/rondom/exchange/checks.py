"""What `rondom check` asks of the messages: each content as it was, folders only we may write to, good certificates."""

from collections.abc import Iterator

from django.conf import settings

from rondom.core import clock
from rondom.core.checking import CHECKS
from rondom.documents import store
from rondom.exchange import queries
from rondom.messages import stuf_lines
from rondom.messages.transport import Unsafe


@CHECKS("messages")
def messages() -> Iterator[str]:
    """Read every message to its end and compare its digest; look whether the watched folders are safe."""
    for pk, blob, size, digest in queries.contents():
        try:
            if store.digest_of(blob) != (size, digest):
                yield f"message {pk}: its content is not what was kept"
        except store.Damaged:
            yield f"message {pk}: its content is missing or damaged; take it from a backup"
    for municipality in queries.offices():
        try:
            queries.folder_of(municipality).look()
        except Unsafe as error:
            yield f"the folder of messages: {error}"


@CHECKS("messages over https")
def certificates() -> Iterator[str]:
    """Read the file of lines to the hub; warn sixty days before a certificate ends, for a new one takes weeks."""
    yield from stuf_lines.worries(settings.RONDOM_STUF_FILE, clock.now())
