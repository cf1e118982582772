"""What `rondom check` asks of the messages: every content as it was, and folders only we may write to."""

from collections.abc import Iterator

from rondom.core.checking import CHECKS
from rondom.documents import store
from rondom.exchange import queries
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
